"""What an earlier run of the same consultation left behind: when each thing came, and what of it stands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from consult_assist.domain.events import Event
from consult_assist.domain.guidance import Alert, Fact, LedgerEntry, Term
from consult_assist.domain.speech import SpeakerAssigned
from consult_assist.domain.transcript import TranscriptLine


def dated(events: Iterable[Event], ends_s: Mapping[str, float]) -> Iterator[tuple[float, Event]]:
    """Yield advice and acts of the clerk with the earliest moment at which each can have come."""
    at_s = 0.0
    for event in events:
        match event:
            case Alert() | LedgerEntry() | SpeakerAssigned():
                at_s = max(at_s, ends_s.get(event.utterance_id or "", 0.0))
        yield at_s, event


def found_now(line: TranscriptLine, found: Sequence[Term | Fact]) -> Sequence[Term | Fact]:
    """Return each thing once that was found in the text of a line as it stands."""
    return [item for item in dict.fromkeys(found) if item.revision == line.revision]
