"""Events → what was found in each line and still counts."""

from collections.abc import Iterable

from consult_assist.domain.events import Event
from consult_assist.domain.guidance import Fact, Term
from consult_assist.domain.speech import Revision, SpeakerAssigned


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
