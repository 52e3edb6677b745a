"""The history of a record as lines of text for the terminal."""

from collections.abc import Iterable, Iterator

from consult_assist.app.records.histories import Comparison, RecordHistory
from consult_assist.counter.labels import local_time
from consult_assist.record.history import Change
from consult_assist.record.marking import Ink, MarkedLine, mark_lines

_MARKS = {Ink.KEPT: ("", ""), Ink.DELETED: ("［－", "－］"), Ink.ADDED: ("［＋", "＋］")}
LEGEND = "［－消した言葉－］ ［＋足した言葉＋］"


def text_from_history(history: RecordHistory) -> str:
    """Return every change, oldest first, then what changed since the program's draft."""
    lines = [LEGEND, ""]
    for change in history.changes:
        lines.extend(_change_lines(change))
    whole = next((item for item in history.comparisons[::-1] if item.before == "下書き"), None)
    if whole is not None:
        lines.extend(["", *_comparison_lines(whole)])
    return "\n".join(lines)


def _change_lines(change: Change) -> Iterator[str]:
    note = f"　{change.note}" if change.note else ""
    yield f"{local_time(change.at)}　{change.by or '自動'}　{change.what}{note}"
    yield from _marked(mark_lines(change.before, change.after))


def _comparison_lines(comparison: Comparison) -> Iterator[str]:
    yield f"■ {comparison.before} → {comparison.after}"
    changed = [item for item in comparison.fields if item.changed]
    if not changed:
        yield "  違いはありません。"
    for item in changed:
        yield item.label
        yield from _marked(item.lines)


def _marked(lines: Iterable[MarkedLine]) -> Iterator[str]:
    for line in lines:
        pieces = [(_MARKS[stroke.ink], stroke.text) for stroke in line]
        yield "  " + "".join(f"{opened}{text}{closed}" for (opened, closed), text in pieces)
