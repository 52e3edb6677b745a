"""A saved consultation → an exercise: gold proposed from ledger, terms, facts and record, names covered."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from consult_assist.app.exercise_files import SUFFIX, is_exercise_id, text_from_exercise
from consult_assist.app.exercises import open_exercise
from consult_assist.app.journal import Journal
from consult_assist.app.playing import spoken_times
from consult_assist.app.usecases import open_record
from consult_assist.app.workplace import Workplace, nobody_capturing
from consult_assist.audio.base import AudioBlock
from consult_assist.domain.audio import SAMPLE_RATE_HZ, AudioFrame
from consult_assist.domain.consultation import ConsentWithdrawn, RecordingOpened, TrainingConsent
from consult_assist.domain.document import RecordDocument
from consult_assist.domain.events import Event
from consult_assist.domain.exercise import Exercise, ExerciseLine, ExpectedFact, ExpectedReadback
from consult_assist.domain.guidance import Alert, Fact, LedgerState
from consult_assist.domain.record import LineKind, ReadbackItem
from consult_assist.domain.speech import Speaker
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.errors import ExerciseError
from consult_assist.export.base import Cover
from consult_assist.japanese.numerals import parse_number
from consult_assist.japanese.question_parts import asked_part
from consult_assist.record.spoken import Span, place_in

_AROUND_S = 0.5
"""Silenced before and after a replaced word, as much as is played around one.

Source: docs/decisions/0012-word-times.md.
"""
_PLACEHOLDER = re.compile(r"［[^［］]+］")
_NO_WORDS = frozenset({LineKind.NOT_ASKED, LineKind.UNSUPPORTED})
_COUNTED = frozenset(
    (
        *("arrears_months", "cash", "child_age", "children", "cost_monthly", "debt"),
        *("income_monthly", "rent_monthly", "resident_age", "support_payment"),
    )
)
_UNITS = re.compile(r"円|歳|才|人|[かヶカヵ]月分?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An exercise as the program would make it of a consultation, for a trainer to go through.

    Attributes:
        exercise: without title and goals yet.
        origins: id of its line → id of the utterance.
        replaced: placeholder → what was said; stays in the office.
    """

    exercise: Exercise
    origins: Mapping[str, str]
    replaced: Mapping[str, str] = field(repr=False)


# -- consent ------------------------------------------------------------------------------------------------


def record_training_consent(workplace: Workplace, consultation_id: str, *, given: bool, by: str) -> None:
    """Note that the resident agrees that the voice is used for training, or no longer does.

    Raises:
        StoreBusyError: the consultation is live in another window.
        StoreError: it could not be kept.
    """
    document = open_record(workplace, consultation_id)
    with nobody_capturing(workplace, document):
        Journal(consultation_id, workplace.store).keep(TrainingConsent(given=given, by=by))


def may_use_sound(events: Iterable[Event]) -> bool:
    """Tell whether the sound of a consultation may be used for training."""
    given = False
    for event in events:
        if isinstance(event, ConsentWithdrawn):
            return False
        if isinstance(event, TrainingConsent):
            given = event.given
    return given


# -- proposing ----------------------------------------------------------------------------------------------


def propose_exercise(workplace: Workplace, consultation_id: str, name: str, *, sound: bool) -> Proposal:
    """Return the exercise that a consultation would make, names, places and numbers covered.

    Args:
        workplace: where it lies.
        consultation_id: of a saved consultation.
        name: the id that the exercise is to have.
        sound: whether its sound is to be copied.

    Raises:
        RecordNotFoundError: there is no such consultation.
        ExerciseError: nothing was said in it, it may not be used so, or the name is taken.
    """
    _check_name(workplace, name)
    events = [stamped.event for stamped in workplace.store.events(consultation_id)]
    if any(isinstance(event, ConsentWithdrawn) for event in events):
        raise ExerciseError("同意が取り消された相談からは、練習を作れません。")
    if sound:
        _check_sound(events)
    document = open_record(workplace, consultation_id)
    said = [line for line in document.transcript if line.text.strip()]
    if not said:
        raise ExerciseError("この相談には文字がないので、練習を作れません。")
    cover = workplace.new_cover(document)
    gold = _Gold(document, events, cover)
    lines = tuple(gold.line(line, f"u{number:04d}") for number, line in enumerate(said, start=1))
    expected = {programme for line in lines for programme in line.programmes}
    exercise = Exercise(
        id=name,
        title="",
        level=2,
        goals=(),
        lines=_with_questions(lines),
        programmes_ok=tuple(sorted(gold.touched - expected)),
        record=gold.record(),
        made_from=consultation_id,
    )
    return Proposal(
        exercise=exercise,
        origins={line.id: spoken.id for line, spoken in zip(lines, said, strict=True)},
        replaced={placeholder: words for placeholder, words, _ in cover.replaced()},
    )


class _Gold:
    """What the program and the clerk made of a consultation, by utterance."""

    def __init__(self, document: RecordDocument, events: Sequence[Event], cover: Cover) -> None:
        self._document = document
        self._cover = cover
        speakers = {line.id: line.speaker for line in document.transcript}
        self._programmes: dict[str, list[str]] = {}
        self.touched: set[str] = set()
        for entry in document.record.ledger:
            if entry.state is LedgerState.NOT_APPLICABLE:
                continue
            self.touched.add(entry.programme)
            told_by = [item for item in entry.utterance_ids if speakers.get(item) is not Speaker.CLERK]
            if told_by and entry.state is not LedgerState.UNTOLD:
                self._programmes.setdefault(told_by[0], []).append(entry.programme)
        self._alerts: dict[str, list[str]] = {}
        for event in events:
            if isinstance(event, Alert):
                self._alerts.setdefault(event.utterance_id, []).append(event.protocol)

    def line(self, line: TranscriptLine, line_id: str) -> ExerciseLine:
        """Return one line with what is to be noticed in it."""
        by_clerk = line.speaker is Speaker.CLERK
        text = self._cover.cover(line.text)
        spans = [(start, end) for start, end, _ in self._cover.spans(line.text)]
        covered = list(zip(spans, _PLACEHOLDER.findall(text), strict=False))
        facts = [item for item in self._document.facts if item.utterance_id == line.id]
        items = [item for item in self._document.record.readback if item.utterance_id == line.id]
        return ExerciseLine(
            id=line_id,
            speaker=Speaker.CLERK if by_clerk else Speaker.RESIDENT,
            channel=line.channel,
            start_s=round(line.start_s, 3),
            end_s=round(max(line.end_s, line.start_s + 0.001), 3),
            text=text,
            programmes=() if by_clerk else tuple(self._programmes.get(line.id, ())),
            protocols=() if by_clerk else tuple(dict.fromkeys(self._alerts.get(line.id, ()))),
            facts=tuple(
                ExpectedFact(name=fact.name, value=self._value(covered, fact.value, fact))
                for fact in facts
                if fact.revision == line.revision and not by_clerk
            ),
            readback=tuple(
                ExpectedReadback(kind=item.kind, value=self._value(covered, item.value, item))
                for item in items
                if item.revision == line.revision and item.end_char > item.start_char
            ),
        )

    def record(self) -> dict[str, tuple[str, ...]]:
        """Return the record with its words covered; who received whom and when stays out."""
        found = {}
        for item in self._document.record.fields:
            texts = tuple(self._cover.cover(line.text) for line in item.lines if line.kind not in _NO_WORDS)
            if texts and self._document.fills.get(item.name) != "reception":
                found[item.name] = texts
        return found

    def _value(
        self, covered: Sequence[tuple[Span, str]], value: int | str, at: Fact | ReadbackItem
    ) -> int | str:
        """Return a value, or the placeholders that took the place of its words."""
        placeholders = [
            placeholder
            for (start, end), placeholder in covered
            if start < at.end_char and end > at.start_char
        ]
        return "".join(placeholders) or (value if isinstance(value, int) else self._cover.cover(value))


def _with_questions(lines: Sequence[ExerciseLine]) -> tuple[ExerciseLine, ...]:
    """Propose what the clerk asked next as worth asking after what the resident said before."""
    found = list(lines)
    last: int | None = None
    for place, line in enumerate(lines):
        if line.speaker is Speaker.RESIDENT:
            last = place
        elif last is not None and (question := asked_part(line.text)):
            found[last] = replace(found[last], ask=(*found[last].ask, question))
    return tuple(found)


def with_stand_ins(exercise: Exercise, words: Mapping[str, str]) -> Exercise:
    """Return the exercise with invented words in place of placeholders, also in facts and record."""

    def put(text: str) -> str:
        return _PLACEHOLDER.sub(lambda match: words.get(match[0]) or match[0], text)

    def value(fact: ExpectedFact) -> int | str:
        if isinstance(fact.value, int):
            return fact.value
        text = put(fact.value)
        number = parse_number(_UNITS.sub("", text)) if fact.name in _COUNTED else None
        return text if number is None else number

    lines = tuple(
        replace(
            line,
            text=put(line.text),
            ask=tuple(put(text) for text in line.ask),
            facts=tuple(replace(fact, value=value(fact)) for fact in line.facts),
            readback=tuple(
                item if isinstance(item.value, int) else replace(item, value=put(item.value))
                for item in line.readback
            ),
        )
        for line in exercise.lines
    )
    record = {name: tuple(put(text) for text in texts) for name, texts in exercise.record.items()}
    return replace(exercise, lines=lines, record=record)


# -- keeping ------------------------------------------------------------------------------------------------


def save_exercise(workplace: Workplace, exercise: Exercise) -> Exercise:
    """Write an exercise into the office's folder and return it as it is read back.

    Raises:
        ExerciseError: its id cannot be used or is taken, or it cannot be written.
    """
    _check_name(workplace, exercise.id)
    file = workplace.settings.exercises_folder / f"{exercise.id}{SUFFIX}"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as stream:
            stream.write(text_from_exercise(exercise))
    except OSError as error:
        raise ExerciseError(f"{file.parent} に書けません。フォルダーの権限を確かめてください。") from error
    return open_exercise(workplace, exercise.id)


def _check_name(workplace: Workplace, name: str) -> None:
    if not is_exercise_id(name):
        raise ExerciseError("練習番号は、半角の英小文字・数字・「-」だけで書いてください。")
    if (workplace.settings.exercises_folder / f"{name}{SUFFIX}").exists():
        raise ExerciseError(
            f"練習 {name} はもうあります。別の練習番号にするか、前のファイルを消してください。"
        )


def _check_sound(events: Sequence[Event]) -> None:
    if not may_use_sound(events):
        raise ExerciseError(
            "声を研修に使う同意が記録されていません。"
            "同意を得たら consult-assist exercise consent で残してください。"
        )
    if not any(isinstance(event, RecordingOpened) for event in events):
        raise ExerciseError(
            "この相談は録音されていません。--sound を付けずに、文字の練習にしてください。"
        )


def copy_sound(workplace: Workplace, proposal: Proposal, exercise: Exercise, silent: Iterable[str]) -> str:
    """Copy the sound of a consultation with everything replaced silenced, and return the file's name.

    Silent is also whatever no line of the exercise says, and each line named in `silent`. A replaced word
    whose place in the sound cannot be found silences its whole line.

    Raises:
        ExerciseError: nobody agreed to it, or nothing was recorded.
        SoundError: the recording cannot be read.
        RecordingError: the copy cannot be written.
    """
    consultation_id = exercise.made_from or ""
    events = [stamped.event for stamped in workplace.store.events(consultation_id)]
    _check_sound(events)
    recordings = [event for event in events if isinstance(event, RecordingOpened)]
    kept = list(_heard_stretches(workplace, events, proposal, frozenset(silent)))
    name = f"{exercise.id}.flac"
    workplace.settings.exercises_folder.mkdir(parents=True, exist_ok=True)
    writer = workplace.exercise_sounds.open_writer(name, recordings[0].channels)
    try:
        for block in _all_blocks(workplace, recordings):
            writer.write(tuple(_only(frame, kept) for frame in block))
    finally:
        writer.close()
    return name


def _heard_stretches(
    workplace: Workplace, events: Sequence[Event], proposal: Proposal, silent: frozenset[str]
) -> Iterator[tuple[int, int]]:
    """Yield from and to which sample the sound is kept."""
    document = open_record(workplace, proposal.exercise.made_from or "")
    cover = workplace.new_cover(document)
    wanted = {origin for line_id, origin in proposal.origins.items() if line_id not in silent}
    cuts: list[tuple[float, float]] = []
    lines = [line for line in document.transcript if line.text.strip()]
    for line in lines:
        if line.id not in wanted:
            cuts.append((line.start_s, line.end_s))
            continue
        for start, end, _ in cover.spans(line.text):
            span = place_in(line.text, line.heard, (start, end))
            times = None if span is None else spoken_times(workplace, events, line, span)
            from_s, to_s = (line.start_s, line.end_s) if times is None else times
            cuts.append((from_s - _AROUND_S, to_s + _AROUND_S))
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


def _all_blocks(workplace: Workplace, recordings: Sequence[RecordingOpened]) -> Iterator[AudioBlock]:
    """Yield the sound of all recordings on the consultation's clock, with silence in between."""
    position = 0
    for recording in recordings:
        offset = round(recording.start_s * SAMPLE_RATE_HZ)
        while position < offset:
            silence = np.zeros(min(SAMPLE_RATE_HZ, offset - position), dtype=np.float32)
            yield tuple(AudioFrame(number, position, silence) for number in range(recording.channels))
            position += len(silence)
        for block in workplace.sound_files.read_blocks(recording.name, 0):
            yield tuple(replace(frame, start_sample=frame.start_sample + offset) for frame in block)
            position = block[0].end_sample + offset


def _only(frame: AudioFrame, kept: Iterable[tuple[int, int]]) -> AudioFrame:
    """Return a frame that is silent but for what is kept."""
    samples = np.zeros_like(frame.samples)
    for first, last in kept:
        start, end = max(first - frame.start_sample, 0), min(last, frame.end_sample) - frame.start_sample
        if start < end:
            samples[start:end] = frame.samples[start:end]
    return replace(frame, samples=samples)
