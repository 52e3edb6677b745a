"""The transcript as a projection of events: each utterance with its latest text and speaker."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from consult_assist.domain.events import Event
from consult_assist.domain.speech import Revision, SegmentFailed, Speaker, SpeakerAssigned, Utterance


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptLine:
    """One utterance as known now, or a segment that failed (`failure` says why, `text` is empty)."""

    id: str
    channel: int
    speaker: Speaker | None
    start_s: float
    end_s: float
    heard: str = field(repr=False)
    text: str = field(repr=False)
    revision: int = 0
    failure: str | None = None


_BREATH_S = 2.5
_LEAST_CHARS = 60


class Transcript:
    """Lines in the order of their start; feed it events, ask it for lines."""

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self._lines: dict[str, TranscriptLine] = {}
        for event in events:
            self.apply(event)

    def __iter__(self) -> Iterator[TranscriptLine]:
        return iter(sorted(self._lines.values(), key=lambda line: (line.start_s, line.id)))

    def __len__(self) -> int:
        return len(self._lines)

    def get(self, utterance_id: str) -> TranscriptLine | None:
        """Return the line with this id, if there is one."""
        return self._lines.get(utterance_id)

    def before(self, utterance_id: str) -> str:
        """Return what the same voice said just before a line, as one text.

        Lines count while they follow on each other within a breath, in the same channel, and no other speaker
        is known to have come between.
        """
        line = self._lines[utterance_id]
        earlier = [other for other in self if other.channel == line.channel and other.start_s < line.start_s]
        texts: list[str] = []
        for other in reversed(earlier):
            known = {other.speaker, line.speaker} - {None}
            if line.start_s - other.end_s > _BREATH_S or len(known) > 1 or len("".join(texts)) > _LEAST_CHARS:
                break
            texts.insert(0, other.text)
            line = other
        return "".join(texts)

    def apply(self, event: Event) -> TranscriptLine | None:
        """Take in one event and return the line it added or changed, or None."""
        match event:
            case Utterance():
                line = TranscriptLine(
                    id=event.id,
                    channel=event.channel,
                    speaker=event.speaker,
                    start_s=event.start_s,
                    end_s=event.end_s,
                    heard=event.heard,
                    text=event.text,
                )
            case SegmentFailed():
                line = TranscriptLine(
                    id=event.id,
                    channel=event.channel,
                    speaker=None,
                    start_s=event.start_s,
                    end_s=event.end_s,
                    heard="",
                    text="",
                    failure=event.reason,
                )
            case Revision() if known := self._lines.get(event.utterance_id):
                line = replace(known, text=event.text, revision=event.revision)
            case SpeakerAssigned() if known := self._lines.get(event.utterance_id):
                line = replace(known, speaker=event.speaker)
            case _:
                return None
        self._lines[line.id] = line
        return line
