"""What changed between two readings of the same words: for people to see, for evidence to follow."""

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

Span = tuple[int, int]
"""First character of a stretch, and the one behind its last."""
OPEN, CLOSE = "【", "】"
_MIN_KEPT_SHARE = 0.5
"""Share of a stretch's characters that must still stand for the stretch to be the same words."""
_SHORT_BRIDGE_CHARS = 1
"""Changes with no more than this between them are shown as one: single characters agree by chance."""


@dataclass(frozen=True, slots=True)
class Change:
    """Characters `before[before_start:before_end]` became `after[after_start:after_end]`."""

    before_start: int
    before_end: int
    after_start: int
    after_end: int


def changes_between(before: str, after: str) -> list[Change]:
    """Return the changes from one text to the other, in their order; neighbouring ones are joined."""
    changes: list[Change] = []
    for step in Levenshtein.opcodes(before, after):
        if step.tag == "equal":
            continue
        change = Change(step.src_start, step.src_end, step.dest_start, step.dest_end)
        if changes and change.before_start - changes[-1].before_end <= _SHORT_BRIDGE_CHARS:
            last = changes.pop()
            change = Change(last.before_start, change.before_end, last.after_start, change.after_end)
        changes.append(change)
    return changes


def mark_changes(before: str, after: str) -> tuple[str, str]:
    """Return both texts with 【】 around what is only in that one."""
    changes = changes_between(before, after)
    return (
        _marked(before, [(change.before_start, change.before_end) for change in changes]),
        _marked(after, [(change.after_start, change.after_end) for change in changes]),
    )


def moved_span(before: str, after: str, span: Span) -> Span | None:
    """Return where a stretch of the earlier text stands in the later one, or None when too little is left.

    Words added right behind the stretch belong to it: Japanese denies at the end (払える → 払えるわけがない).
    """
    start, end = span
    kept = 0
    found: list[int] = []
    for step in Levenshtein.opcodes(before, after):
        if step.tag == "equal":
            first, last = max(step.src_start, start), min(step.src_end, end)
            if last <= first:
                continue
            kept += last - first
            found += [step.dest_start + first - step.src_start, step.dest_start + last - step.src_start]
        elif (step.src_start < end and step.src_end > start) or step.src_start == step.src_end == end:
            found += [step.dest_start, step.dest_end]
    if kept < max(1, _MIN_KEPT_SHARE * (end - start)):
        return None
    return min(found), max(found)


def place_in(before: str, after: str, span: Span) -> Span | None:
    """Return where the words of a stretch stand in another reading of the same sound, None when nowhere.

    Unlike `moved_span` it takes whatever stands there for them, and nothing that was added.
    """
    start, end = first, last = span
    for change in changes_between(before, after):
        grown = change.after_end - change.before_end
        if change.before_end <= start:
            first = start + grown
        elif change.before_start <= start:
            first = change.after_start
        if change.before_end < end:
            last = end + grown
        elif change.before_start < end:
            last = change.after_end
    return (first, last) if first < last else None


def _marked(text: str, spans: list[Span]) -> str:
    return "".join(_pieces(text, spans))


def _pieces(text: str, spans: list[Span]) -> Iterator[str]:
    at = 0
    for start, end in spans:
        yield text[at:start]
        if start < end:
            yield f"{OPEN}{text[start:end]}{CLOSE}"
        at = end
    yield text[at:]
