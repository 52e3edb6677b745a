"""Playing the sound of a saved consultation: a whole line, or only the words that matter in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from consult_assist.app.projections import (
    erased_recordings,
    events_of,
    read_sound,
    recording_at,
    recordings_in,
)
from consult_assist.app.workplace import Workplace
from consult_assist.asr.base import MARKS
from consult_assist.counter.labels import clock
from consult_assist.domain.consultation import Finished
from consult_assist.domain.events import Event, StampedEvent, sound_until_s
from consult_assist.domain.record import ReadbackItem, RecordLine
from consult_assist.domain.transcript import Transcript, TranscriptLine
from consult_assist.errors import ModelError, RecognitionError, SoundError
from consult_assist.japanese.difference import Span, place_in
from consult_assist.record.evidence import gather_evidence
from consult_assist.record.span_projection import spoken_span

_SHORT_S = 4.0
"""An utterance shorter than this is played whole: its words need not be searched for."""
AROUND_S = 0.5
"""Played before and after the words, so that no syllable is lost (docs/decisions/0012-word-times.md)."""
_READBACK_S = 3.0
"""Played of an item of the read-back list: enough to know what was meant, short enough to hear twice."""
_MIN_MISSING_S = 1.0
"""A power cut takes less than 0.8 s of a recording (`audio/recording.py`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A part of an utterance, on the consultation's clock."""

    start_s: float
    end_s: float


def find_words(workplace: Workplace, consultation_id: str, line_id: str, words: RecordLine) -> Stretch | None:
    """Return when the words behind a line of the record were said, and a moment around them.

    None means that the whole utterance is to be played: it is short, the line rests on all of it, or the
    words cannot be placed in the sound. Loads the speech model.
    """
    events = events_of(workplace, consultation_id)
    said = Transcript(events).get(line_id)
    if said is None or said.end_s - said.start_s < _SHORT_S:
        return None
    span = spoken_span(words, line_id, gather_evidence(events), workplace.knowledge.programme_name)
    spoken = None if span is None else spoken_times(workplace, events, said, span)
    if spoken is None:
        return None
    start_s, end_s = spoken
    return Stretch(start_s=max(said.start_s, start_s - AROUND_S), end_s=min(said.end_s, end_s + AROUND_S))


def find_item(workplace: Workplace, consultation_id: str, item: ReadbackItem) -> Stretch | None:
    """Return the three seconds around the words of an item of the read-back list, live or saved.

    None means that the whole utterance is to be played, as with `find_words`.
    """
    events = events_of(workplace, consultation_id)
    said = Transcript(events).get(item.utterance_id)
    if said is None or said.end_s - said.start_s < _SHORT_S:
        return None
    text = gather_evidence(events).texts.get((said.id, item.revision), "")
    span = place_in(text, said.heard, (item.start_char, item.end_char))
    spoken = None if span is None else spoken_times(workplace, events, said, span)
    if spoken is None:
        return None
    start_s, end_s = spoken
    around_s = max(AROUND_S, (_READBACK_S - (end_s - start_s)) / 2)
    return Stretch(start_s=max(0.0, start_s - around_s), end_s=end_s + around_s)


def spoken_times(
    workplace: Workplace, events: Sequence[Event], said: TranscriptLine, span: Span
) -> tuple[float, float] | None:
    """Return when a part of the text as heard was said, None where that cannot be found out."""
    try:
        sound = read_sound(workplace, events, said)
        times = workplace.load_recognizer().word_times(sound, said.heard)
    except (SoundError, ModelError, RecognitionError):
        return None
    spoken = [
        time
        for time in times
        if time.start_char < span[1]
        and time.end_char > span[0]
        and said.heard[time.start_char : time.end_char].strip(MARKS)
    ]
    return (spoken[0].start_s, spoken[-1].end_s) if spoken else None


def play_line(workplace: Workplace, consultation_id: str, line_id: str, part: Stretch | None = None) -> None:
    """Play the sound of one line of the transcript, or of a part of it.

    Raises:
        SoundError: there is no sound for it, or no loudspeaker.
    """
    events = events_of(workplace, consultation_id)
    line = Transcript(events).get(line_id)
    if line is None:
        raise SoundError("この行の音声はありません。文字起こしを見て確かめてください。")
    recording = recording_at(events, line.start_s)
    path = workplace.sound_files.path(recording.name)
    if not path.is_file():
        raise SoundError("この行の録音は消されたか、移されています。文字起こしを見て確かめてください。")
    played = part or line
    workplace.player.play(path, played.start_s - recording.start_s, played.end_s - recording.start_s)


def missing_sound(workplace: Workplace, consultation_id: str) -> str | None:
    """Return a sentence where a recording is lost or ends before its talk; None for one that was erased.

    Raises:
        RecordNotFoundError: there is no such consultation.
    """
    gaps = missing_stretches(workplace, workplace.store.events(consultation_id))
    if not gaps:
        return None
    return f"録音は {gaps_in_words(gaps)}が欠けているので、その間は文字起こしで確かめてください。"


def missing_stretches(workplace: Workplace, stamped: Sequence[StampedEvent]) -> Sequence[Stretch]:
    """Return what a talk's recordings lack at their ends; nothing of those that were erased.

    Args:
        workplace: where they lie.
        stamped: all events of the consultation.
    """
    events = [item.event for item in stamped]
    gone, opened = erased_recordings(events), recordings_in(events)
    finished = (event.duration_s for event in events if isinstance(event, Finished))
    ends_s = [*(event.start_s for event in opened[1:]), next(finished, sound_until_s(stamped))]
    gaps = []
    for recording, end_s in zip(opened, ends_s, strict=False):
        if recording.name in gone:
            continue
        held_s = recording.start_s + workplace.sound_files.duration_s(recording.name)
        if end_s - held_s > _MIN_MISSING_S:
            gaps.append(Stretch(start_s=held_s, end_s=end_s))
    return gaps


def gaps_in_words(gaps: Sequence[Stretch]) -> str:
    """Return stretches of a talk as a clerk reads them (0:03 から 0:08 まで)."""
    return "、".join(f"{clock(round(gap.start_s))} から {clock(round(gap.end_s))} まで" for gap in gaps)


def stop_playing(workplace: Workplace) -> None:
    """Stop the sound."""
    workplace.player.stop()
