"""What `consult-assist knowledge …` finds → lines of Japanese text. No use case is called here."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from consult_assist.app.upkeep.office_knowledge import Import
from consult_assist.domain.knowledge import Contact
from consult_assist.knowledge.difference import EntryDifference, KeyDifference
from consult_assist.knowledge.linter import Finding, Severity
from consult_assist.knowledge.office_changes import Change
from consult_assist.knowledge.report import KnowledgeReport

_ACTIONS = {"new": "足します", "changed": "直します", "back": "付属の内容に戻します"}
_MAX_LINES = 8


def text_from_report(report: KnowledgeReport) -> str:
    """Return the findings, file by file."""
    lines = ["、".join(f"{name} {count}" for name, count in report.counts)]
    for file, found in groupby(report.findings, key=lambda finding: finding.file):
        lines += ["", str(file)]
        lines += [f"  {_finding_line(finding)}" for finding in found]
    n_errors, n_notices = (len(report.of(severity)) for severity in Severity)
    lines.append("")
    if n_errors:
        lines.append(f"誤り {n_errors}、注意 {n_notices}。誤りの所は、直すまで使わないか、正しく働きません。")
    else:
        lines.append(
            f"誤りはありません。注意が {n_notices} 件あります。" if n_notices else "誤りはありません。"
        )
    return "\n".join(lines)


def json_from_report(report: KnowledgeReport) -> dict[str, Any]:
    """Return what `knowledge check --json` prints."""
    return {
        "counts": dict(report.counts),
        "findings": [
            {
                "severity": "error" if finding.severity is Severity.ERROR else "notice",
                "file": str(finding.file),
                "line": finding.line,
                "key": finding.key,
                "entry": finding.entry,
                "message": finding.message,
            }
            for finding in report.findings
        ],
    }


def _finding_line(finding: Finding) -> str:
    place = " ".join(filter(None, (f"{finding.line} 行目" if finding.line else "", finding.key)))
    return (
        f"{finding.severity} {place}: {finding.message}" if place else f"{finding.severity} {finding.message}"
    )


def text_from_import(found: Import) -> str:
    """Return what a workbook would change, or what is wrong in it."""
    if found.faults:
        lines = [f"{fault.key}: {fault.message}" for fault in found.faults]
        return "\n".join([*lines, f"直す所が {len(lines)} か所あります。何も書き込んでいません。"])
    lines = [_change_line(change) for change in found.changes]
    return "\n".join(lines or ["変わるところはありません。"])


def _change_line(change: Change) -> str:
    which = f"（{'、'.join(change.labels)}）" if change.labels else ""
    return f"{change.title}: {_ACTIONS[change.action]}{which}"


def text_from_differences(found: Sequence[EntryDifference]) -> str:
    """Return the office's entries beside the shipped ones."""
    if not found:
        return "事務所で足したもの、直したものはありません。"
    lines: list[str] = []
    for entry in found:
        lines += ["", f"{entry.title}: {'事務所で足した項目' if entry.own else '事務所で直した項目'}"]
        for key in () if entry.own else entry.keys:
            lines += _key_lines(key)
        if not (entry.own or entry.keys):
            lines.append("  付属の内容と同じです。ファイルを消すと、付属の内容がそのまま使われます。")
        if entry.renewed:
            lines += [
                f"  ※ 写したあとに、付属の内容が変わりました: {'、'.join(entry.renewed)}",
                f"    見比べて直したら: consult-assist knowledge diff --reviewed {entry.entry}",
            ]
        elif not entry.dated:
            lines.append(
                "  ※ いつの付属の内容から写したか分かりません。見比べたら --reviewed を付けてください。"
            )
    renewed = [entry for entry in found if entry.renewed]
    lines += ["", f"全部で {len(found)} 件。"]
    if renewed:
        lines[-1] += f"付属の内容が新しくなった {len(renewed)} 件を見直してください。"
    return "\n".join(lines).strip("\n")


def _key_lines(key: KeyDifference) -> list[str]:
    if len(key.before) <= 1 and len(key.after) <= 1:
        before, after = (" ".join(side) or "（なし）" for side in (key.before, key.after))
        return [f"  {key.label}: {before} → {after}"]
    return [f"  {key.label}", *_side("－", key.before), *_side("＋", key.after)]


def _side(sign: str, lines: Sequence[str]) -> Iterable[str]:
    shown = [f"    {sign} {line}" for line in lines[:_MAX_LINES]]
    rest = len(lines) - _MAX_LINES
    return [*shown, f"    {sign} ほか {rest}"] if rest > 0 else shown


def text_from_contacts(contacts: Sequence[Contact], file: object) -> str:
    """Return the local desks with their numbers."""
    lines = [f"{'○' if item.number else '×'} {item.name}: {item.number or '未登録'}" for item in contacts]
    missing = sum(1 for item in contacts if not item.number)
    lines.append("")
    lines.append(f"未登録が {missing} 件あります。" if missing else "すべて登録されています。")
    lines.append(f"書く所: {file}")
    return "\n".join(lines)
