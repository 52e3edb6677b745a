"""KnowledgeBase → what `consult-assist knowledge check` tells the office."""

from dataclasses import dataclass
from datetime import date

from consult_assist.domain.knowledge import Contact, KnowledgeBase, KnowledgeFault, Programme
from consult_assist.knowledge.office import missing_contacts

_STALE_DAYS = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeReport:
    """Findings over the whole knowledge base.

    Attributes:
        counts: how many of what, by its Japanese name, in the order to print.
        stale: programmes compared with their sources more than a year ago, or never.
        missing_contacts: local contacts without a number.
    """

    faults: tuple[KnowledgeFault, ...]
    counts: tuple[tuple[str, int], ...]
    stale: tuple[Programme, ...]
    missing_contacts: tuple[Contact, ...]


def check_knowledge(knowledge: KnowledgeBase, today: date) -> KnowledgeReport:
    """Return faults, counts, entries that need another look, and local numbers still missing."""
    return KnowledgeReport(
        faults=knowledge.faults,
        counts=(
            ("制度", len(knowledge.programmes)),
            ("危険時の手順", len(knowledge.protocols)),
            ("連絡先", len(knowledge.contacts)),
            ("用語", len(knowledge.vocabulary)),
            ("記録の様式", len(knowledge.templates)),
        ),
        stale=tuple(programme for programme in knowledge.programmes.values() if _is_stale(programme, today)),
        missing_contacts=missing_contacts(knowledge),
    )


def fault_line(fault: KnowledgeFault) -> str:
    """Return a fault as one line to print: file, line, key, message."""
    place = fault.file.name
    if fault.line is not None:
        place += f" {fault.line} 行目"
    if fault.key:
        place += f" {fault.key}"
    return f"{place}: {fault.message}"


def _is_stale(programme: Programme, today: date) -> bool:
    return programme.checked_on is None or (today - programme.checked_on).days > _STALE_DAYS
