"""KnowledgeBase → what `consult-assist knowledge check` tells the office."""

from dataclasses import dataclass
from datetime import date

from consult_assist.domain.knowledge import KnowledgeBase, KnowledgeFault
from consult_assist.knowledge.base import Reader
from consult_assist.knowledge.entries import KnowledgeEntries
from consult_assist.knowledge.linter import (
    Finding,
    Severity,
    finding_from_fault,
    lint_entries,
    sorted_findings,
)
from consult_assist.knowledge.loader import close_entries


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeReport:
    """Findings over the whole knowledge base.

    Attributes:
        counts: how many of what, by its Japanese name, in the order to print.
    """

    counts: tuple[tuple[str, int], ...]
    findings: tuple[Finding, ...]

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """Return the findings of one severity."""
        return tuple(finding for finding in self.findings if finding.severity is severity)


def check_entries(entries: KnowledgeEntries, reader: Reader, today: date) -> KnowledgeReport:
    """Return counts and everything that is wrong or deserves a look."""
    knowledge = close_entries(entries)
    faults = (finding_from_fault(fault) for fault in knowledge.faults)
    return KnowledgeReport(
        counts=_counts(knowledge),
        findings=sorted_findings((*faults, *lint_entries(entries, reader, today))),
    )


def _counts(knowledge: KnowledgeBase) -> tuple[tuple[str, int], ...]:
    n_examples = sum(len(programme.examples) for programme in knowledge.programmes.values())
    return (
        ("制度", len(knowledge.programmes)),
        ("言い方の例", n_examples),
        ("何も出さない話", len(knowledge.everyday)),
        ("危険時の手順", len(knowledge.protocols)),
        ("連絡先", len(knowledge.contacts)),
        ("用語", len(knowledge.vocabulary)),
        ("記録の様式", len(knowledge.templates)),
    )


def fault_line(fault: KnowledgeFault) -> str:
    """Return a fault as one line to print: file, line, key, message."""
    place = fault.file.name
    if fault.line is not None:
        place += f" {fault.line} 行目"
    if fault.key:
        place += f" {fault.key}"
    return f"{place}: {fault.message}"
