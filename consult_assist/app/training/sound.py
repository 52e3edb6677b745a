"""The sound of a consultation → the sound of an exercise, silent where words were replaced."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from consult_assist.app.projections import events_of, recordings_in
from consult_assist.app.records.playing import AROUND_S, spoken_times
from consult_assist.app.training.exercises import may_use_sound
from consult_assist.app.workplace import Workplace
from consult_assist.audio.base import AudioBlock
from consult_assist.domain.audio import SAMPLE_RATE_HZ, AudioFrame
from consult_assist.domain.consultation import RecordingOpened
from consult_assist.domain.events import Event
from consult_assist.domain.exercise import Exercise
from consult_assist.domain.transcript import Transcript
from consult_assist.errors import ExerciseError
from consult_assist.japanese.difference import Span, place_in


def check_sound(events: Sequence[Event]) -> None:
    """Refuse a consultation whose sound may not be used, or that has none.

    Raises:
        ExerciseError: nobody agreed to it, or nothing was recorded.
    """
    if not may_use_sound(events):
        raise ExerciseError(
            "声を研修に使う同意が記録されていません。"
            "同意を得たら consult-assist exercise consent で残してください。"
        )
    if not recordings_in(events):
        raise ExerciseError("この相談は録音されていません。--sound を付けずに、文字の練習にしてください。")


def copy_sound(workplace: Workplace, exercise: Exercise, spans: Mapping[str, Sequence[Span]]) -> None:
    """Copy the sound of a consultation, silent where words were replaced and between its utterances.

    A replaced word whose place in the sound cannot be found silences its whole line.

    Args:
        workplace: where the consultation lies.
        exercise: made of it; names its sound file in the folder of exercises.
        spans: id of each utterance to be heard → the parts of its text to be silenced.

    Raises:
        ExerciseError: nobody agreed to it, or nothing was recorded.
        SoundError: the recording cannot be read.
        RecordingError: the copy cannot be written.
    """
    assert exercise.made_from is not None
    assert exercise.sound is not None
    events = events_of(workplace, exercise.made_from)
    check_sound(events)
    recordings = recordings_in(events)
    channels = max(recording.channels for recording in recordings)
    kept = _joined(_heard_stretches(workplace, events, spans))
    writer = workplace.exercise_sounds.open_writer(exercise.sound.name, channels)
    try:
        for block in _all_blocks(workplace, recordings, channels):
            writer.write(tuple(_only(frame, kept) for frame in block))
    finally:
        writer.close()


def _heard_stretches(
    workplace: Workplace, events: Sequence[Event], spans: Mapping[str, Sequence[Span]]
) -> Iterator[tuple[int, int]]:
    """Yield from and to which sample the sound is kept."""
    cuts: list[tuple[float, float]] = []
    lines = [line for line in Transcript(events) if line.text.strip()]
    for line in lines:
        if line.id not in spans:
            cuts.append((line.start_s, line.end_s))
            continue
        for said in spans[line.id]:
            span = place_in(line.text, line.heard, said)
            times = None if span is None else spoken_times(workplace, events, line, span)
            from_s, to_s = (line.start_s, line.end_s) if times is None else times
            cuts.append((from_s - AROUND_S, to_s + AROUND_S))  # as much as is played around a word
    for line in lines:
        for from_s, to_s in _without(line.start_s, line.end_s, cuts):
            yield round(from_s * SAMPLE_RATE_HZ), round(to_s * SAMPLE_RATE_HZ)


def _without(
    start_s: float, end_s: float, cuts: Iterable[tuple[float, float]]
) -> Iterator[tuple[float, float]]:
    """Yield what is left of a stretch after every cut."""
    for from_s, to_s in sorted(cuts):
        if to_s <= start_s or from_s >= end_s:
            continue
        if from_s > start_s:
            yield start_s, from_s
        start_s = max(start_s, to_s)
    if start_s < end_s:
        yield start_s, end_s


def _all_blocks(
    workplace: Workplace, recordings: Sequence[RecordingOpened], channels: int
) -> Iterator[AudioBlock]:
    """Yield the sound of all recordings on the consultation's clock, with silence where there is none."""
    position = 0
    for recording in recordings:
        offset = round(recording.start_s * SAMPLE_RATE_HZ)
        while position < offset:
            silence = np.zeros(min(SAMPLE_RATE_HZ, offset - position), dtype=np.float32)
            yield tuple(AudioFrame(number, position, silence) for number in range(channels))
            position += len(silence)
        for block in workplace.sound_files.read_blocks(recording.name, 0):
            frames = [replace(frame, start_sample=frame.start_sample + offset) for frame in block]
            silence = np.zeros_like(frames[0].samples)
            silent = range(len(frames), channels)  # one microphone, two after the talk was taken up again
            yield (*frames, *(AudioFrame(number, frames[0].start_sample, silence) for number in silent))
            position = frames[0].end_sample


def _joined(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return stretches in order, those that overlap as one."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(stretches):
        if joined and first <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(last, joined[-1][1])
        else:
            joined.append((first, last))
    return joined


def _only(frame: AudioFrame, kept: Sequence[tuple[int, int]]) -> AudioFrame:
    """Return a frame that is silent but for what is kept, which is in order and does not overlap."""
    samples = np.zeros_like(frame.samples)
    begins_in = bisect_right(kept, frame.start_sample, key=lambda stretch: stretch[1])
    for place in range(begins_in, len(kept)):
        first, last = kept[place]
        if first >= frame.end_sample:
            break
        start, end = max(first - frame.start_sample, 0), min(last, frame.end_sample) - frame.start_sample
        samples[start:end] = frame.samples[start:end]
    return replace(frame, samples=samples)
