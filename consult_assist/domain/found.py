"""Events → what was found in each line and still counts."""

from collections.abc import Iterable, Mapping, Sequence

from consult_assist.domain.events import Event
from consult_assist.domain.guidance import Fact, Term
from consult_assist.domain.speech import Revision, SpeakerAssigned

_LINES_BACK = 4
"""A correction comes at once: behind what the clerk repeats, and a breath or two."""


def found_by_line(events: Iterable[Event]) -> dict[str, list[Term | Fact]]:
    """Return utterance id → what was found since the line was last heard or last came to another speaker.

    What was found in an earlier text of the same hearing is in it, too; each thing once.
    """
    found: dict[str, dict[Term | Fact, None]] = {}
    for event in events:
        match event:
            case Revision(by="again") | SpeakerAssigned(reread=True):
                found.pop(event.utterance_id, None)
            case Term() | Fact():
                found.setdefault(event.utterance_id, {})[event] = None
    return {line_id: list(items) for line_id, items in found.items()}


def retracted_facts(line_ids: Sequence[str], facts: Mapping[str, Sequence[Fact]]) -> frozenset[Fact]:
    """Return the facts that a later line corrects; where several values may be meant, all of them stand.

    Args:
        line_ids: in order of time.
        facts: line id → what it states.
    """
    gone: set[Fact] = set()
    for place, line_id in enumerate(line_ids):
        for fact in facts.get(line_id, ()):
            if fact.corrects:
                before = line_ids[max(0, place - _LINES_BACK) : place]
                gone.update(_corrected(fact, [[*facts.get(earlier, ())] for earlier in reversed(before)]))
    return frozenset(gone)


def _corrected(fact: Fact, before: Iterable[Sequence[Fact]]) -> Iterable[Fact]:
    """Return what a fact takes back: the one value told last, each time it was told just before."""
    told = [same for group in before if (same := [item for item in group if item.name == fact.name])]
    values = {item.value for item in told[0]} if told else set()
    if len(values) != 1 or fact.value in values:
        return ()
    return [item for group in told for item in group if item.value in values]
