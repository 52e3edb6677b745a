"""The transcript as a projection of events: each utterance with its latest text and speaker."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from consult_assist.domain.consultation import Started
from consult_assist.domain.events import Event
from consult_assist.domain.speech import Revision, SegmentFailed, Speaker, SpeakerAssigned, Utterance

_BREATH_S = 2.5
"""Lines of one voice belong together while no longer pause lies between them."""
_MIN_CHARS = 60
"""So much of what was said before a line is enough to read it."""
_ANSWER_S = 8.0
"""An answer comes within this time of its question. Source: docs/decisions/0016-facts.md."""
_MAX_ASKED_CHARS = 120
_SENTENCE_ENDS = "。．！？!?"
_UNFINISHED = ("は", "が", "を", "に", "で", "も", "と", "の", "て", "、", ",")


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


class Transcript:
    """Lines in the order of their start; feed it events, ask it for lines.

    Attributes:
        held_on: the day of the talk, from which 今年 and 先月 are told; None where it is not known.
    """

    def __init__(self, events: Iterable[Event] = (), held_on: date | None = None) -> None:
        self.held_on = held_on
        self._lines: dict[str, TranscriptLine] = {}
        self._order: list[tuple[float, str]] = []
        for event in events:
            self.apply(event)

    @classmethod
    def of(cls, lines: Iterable[TranscriptLine]) -> "Transcript":
        """Return a transcript of lines as they are known already."""
        transcript = cls()
        for line in lines:
            transcript._lines[line.id] = line
            insort(transcript._order, (line.start_s, line.id))
        return transcript

    def __iter__(self) -> Iterator[TranscriptLine]:
        return (self._lines[line_id] for _, line_id in self._order.copy())

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
        texts: list[str] = []
        for other in self.preceding(line.channel, line.start_s):
            known = {other.speaker, line.speaker} - {None}
            if line.start_s - other.end_s > _BREATH_S or len(known) > 1 or len("".join(texts)) > _MIN_CHARS:
                break
            texts.insert(0, other.text)
            line = other
        return "".join(texts)

    def asked(self, utterance_id: str) -> str:
        """Return what anyone said just before a line, as one text: an answer needs its question.

        A line ends a sentence of its own unless it breaks off in the middle of one.
        """
        at_s = self._lines[utterance_id].start_s
        order = self._order.copy()
        texts: list[str] = []
        for _, line_id in reversed(order[: bisect_left(order, (at_s, ""))]):
            other = self._lines[line_id]
            if at_s - other.end_s > _ANSWER_S or sum(map(len, texts)) > _MAX_ASKED_CHARS:
                break
            if other.text:
                ended = other.text.endswith((*_SENTENCE_ENDS, *_UNFINISHED))
                texts.insert(0, other.text if ended else f"{other.text}。")
            at_s = other.start_s
        return "".join(texts)

    def preceding(self, channel: int, start_s: float) -> Iterator[TranscriptLine]:
        """Yield the lines of a channel that begin before a moment, the nearest first."""
        order = self._order.copy()
        for _, line_id in reversed(order[: bisect_left(order, (start_s, ""))]):
            if (line := self._lines[line_id]).channel == channel:
                yield line

    def following(self, channel: int, start_s: float) -> Iterator[TranscriptLine]:
        """Yield the lines of a channel that begin after a moment, the nearest first."""
        order = self._order.copy()
        for at_s, line_id in order[bisect_left(order, (start_s, "")) :]:
            if at_s > start_s and (line := self._lines[line_id]).channel == channel:
                yield line

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
                failed = self._lines.get(event.id)
                line = TranscriptLine(
                    id=event.id,
                    channel=event.channel,
                    speaker=failed.speaker if failed else None,
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
            case Started():
                self.held_on = event.held_on
                return None
            case _:
                return None
        known_line = self._lines.get(line.id)
        self._lines[line.id] = line
        if known_line is None:
            insort(self._order, (line.start_s, line.id))
        elif known_line.start_s != line.start_s:
            self._order = sorted((kept.start_s, kept.id) for kept in self._lines.values())
        return line
