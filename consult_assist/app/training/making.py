"""A saved consultation → an exercise, with names covered.

What a trainee is to notice (the gold) is proposed from the ledger, the alerts, the facts and the record.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from consult_assist.app.journal import Journal
from consult_assist.app.projections import events_of
from consult_assist.app.records.documents import open_record
from consult_assist.app.training.exercises import open_exercise
from consult_assist.app.training.files import SUFFIX, is_exercise_id, text_from_exercise
from consult_assist.app.training.sound import check_sound, copy_sound
from consult_assist.app.workplace import Workplace, nobody_capturing
from consult_assist.counter.asking import split_spoken
from consult_assist.counter.labels import readback_value
from consult_assist.counter.masking import OFF_RECORD
from consult_assist.counter.question_parts import asks, parts_of
from consult_assist.counter.stated import MONEY_FACTS, fact_value
from consult_assist.disk import write_whole
from consult_assist.domain.consultation import ConsentWithdrawn, TrainingConsent
from consult_assist.domain.document import RecordDocument
from consult_assist.domain.events import Event
from consult_assist.domain.exercise import Exercise, ExerciseLine, ExpectedFact, ExpectedReadback
from consult_assist.domain.found import retracted_facts
from consult_assist.domain.guidance import Alert, Fact, LedgerState
from consult_assist.domain.record import WORDLESS, ReadbackItem
from consult_assist.domain.speech import Speaker
from consult_assist.domain.transcript import Transcript, TranscriptLine
from consult_assist.errors import ExerciseError
from consult_assist.export.base import Pseudonymizer
from consult_assist.japanese.difference import Span
from consult_assist.japanese.numerals import parse_number

_SOUND_SUFFIX = ".flac"
_PLACEHOLDER = re.compile(r"［[^［］]+］")
_NUMBERS = MONEY_FACTS | {"arrears_months", "child_age", "children", "resident_age"}
"""Names of facts whose value is a number."""
_UNITS = re.compile(r"円|歳|才|人|[かヶカヵ]月分?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An exercise as the program would make it of a consultation, for a trainer to go through.

    Attributes:
        exercise: without title and goals yet.
        origins: id of a line of the exercise → id of the utterance it was made of.
        spans: id of a line of the exercise → the parts of the utterance's text that were replaced.
        replaced: placeholder → the words it stands for, which stay in the office.
    """

    exercise: Exercise
    origins: Mapping[str, str]
    spans: Mapping[str, tuple[Span, ...]]
    replaced: Mapping[str, str] = field(repr=False)


# -- consent ------------------------------------------------------------------------------------------------


def record_training_consent(workplace: Workplace, consultation_id: str, *, given: bool, by: str) -> None:
    """Note that the resident agrees that the voice is used for training, or no longer does.

    Raises:
        StoreBusyError: the consultation is live in another window.
        StoreError: it could not be kept.
    """
    document = open_record(workplace, consultation_id)
    with nobody_capturing(workplace, document.summary):
        Journal(consultation_id, workplace.store).keep(TrainingConsent(given=given, by=by))


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
    events = events_of(workplace, consultation_id)
    if any(isinstance(event, ConsentWithdrawn) for event in events):
        raise ExerciseError("同意が取り消された相談からは、練習を作れません。")
    if sound:
        check_sound(events)
    document = open_record(workplace, consultation_id)
    said = [line for line in document.transcript if line.text.strip() and line.text != OFF_RECORD]
    if not said:
        raise ExerciseError("この相談には文字がないので、練習を作れません。")
    pseudonymizer = workplace.new_pseudonymizer(document)
    gold = _Gold(document, events, pseudonymizer)
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
        held_on=Transcript(events).held_on,
    )
    return Proposal(
        exercise=exercise,
        origins={line.id: spoken.id for line, spoken in zip(lines, said, strict=True)},
        spans=gold.spans,
        replaced={
            placeholder: words
            for placeholder, words, _ in pseudonymizer.replaced()
            if placeholder in text_from_exercise(exercise)
        },
    )


class _Gold:
    """What the program and the clerk made of each utterance of a consultation."""

    def __init__(
        self, document: RecordDocument, events: Sequence[Event], pseudonymizer: Pseudonymizer
    ) -> None:
        self._document = document
        self._pseudonymizer = pseudonymizer
        self.spans: dict[str, tuple[Span, ...]] = {}
        speakers = {line.id: line.speaker for line in document.transcript}
        facts = {line.id: _facts_in(document.facts, line) for line in document.transcript}
        self._gone = retracted_facts([*facts], facts)
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
        facts = _facts_in(self._document.facts, line)
        items = [
            item
            for item in self._document.record.readback
            if item.utterance_id == line.id and item.revision == line.revision and item.end_char
        ]
        covered = self._covered(line.text, facts)
        self.spans[line_id] = tuple(span for span, _ in covered)
        return ExerciseLine(
            id=line_id,
            speaker=Speaker.CLERK if by_clerk else Speaker.RESIDENT,
            channel=line.channel,
            start_s=round(line.start_s, 3),
            end_s=round(max(line.end_s, line.start_s + 0.001), 3),
            text=_with_placeholders(line.text, covered),
            programmes=() if by_clerk else tuple(self._programmes.get(line.id, ())),
            protocols=() if by_clerk else tuple(dict.fromkeys(self._alerts.get(line.id, ()))),
            facts=tuple(
                ExpectedFact(
                    name=fact.name,
                    value=self._value(covered, fact.value, fact, fact_value(fact.name, fact.value)),
                )
                for fact in facts
                if fact not in self._gone
            ),
            readback=tuple(
                ExpectedReadback(
                    kind=item.kind, value=self._value(covered, item.value, item, readback_value(item))
                )
                for item in items
            ),
        )

    def _covered(self, text: str, facts: Sequence[Fact]) -> list[tuple[Span, str]]:
        """Return the parts of a text that are replaced, and by what.

        Words behind a fact are replaced also where they were misheard (発祭 for 8歳).
        """
        spans = [(start, end) for start, end, _ in self._pseudonymizer.spans(text)]
        covered = list(zip(spans, _PLACEHOLDER.findall(self._pseudonymizer.pseudonymize(text)), strict=False))
        for fact in facts:
            free = all(end <= fact.start_char or start >= fact.end_char for (start, end), _ in covered)
            words = self._pseudonymizer.pseudonymize(fact_value(fact.name, fact.value))
            keeps = isinstance(fact.value, str) and self._pseudonymizer.pseudonymize(fact.value) == fact.value
            if free and not keeps and (placeholders := _PLACEHOLDER.findall(words)):
                covered.append(((fact.start_char, fact.end_char), "".join(placeholders)))
        return sorted(covered)

    def record(self) -> dict[str, tuple[str, ...]]:
        """Return the fields of the record with names covered, but not the field on reception."""
        found = {}
        for item in self._document.record.fields:
            texts = tuple(
                self._pseudonymizer.pseudonymize(line.text)
                for line in item.lines
                if line.kind not in WORDLESS
            )
            if texts and self._document.fills.get(item.name) != "reception":
                found[item.name] = texts
        return found

    def _value(
        self, covered: Sequence[tuple[Span, str]], value: int | str, at: Fact | ReadbackItem, words: str
    ) -> int | str:
        """Return a value, or the placeholders that stand in its place in the text.

        A value with nothing to cover (なし) stays, whatever is covered around it.
        """
        if isinstance(value, str) and self._pseudonymizer.pseudonymize(value) == value:
            return value
        placeholders = [
            placeholder
            for (start, end), placeholder in covered
            if start < at.end_char and end > at.start_char
        ]
        return "".join(placeholders) or self._pseudonymizer.pseudonymize(words)


def _facts_in(facts: Sequence[Fact], line: TranscriptLine) -> list[Fact]:
    """Return what a resident's line states as it reads now."""
    if line.speaker is Speaker.CLERK:
        return []
    return [item for item in facts if item.utterance_id == line.id and item.revision == line.revision]


def _with_placeholders(text: str, covered: Sequence[tuple[Span, str]]) -> str:
    pieces: list[str] = []
    at = 0
    for (start, end), placeholder in covered:
        pieces += (text[at:start], placeholder)
        at = end
    return "".join((*pieces, text[at:]))


def _with_questions(lines: Sequence[ExerciseLine]) -> tuple[ExerciseLine, ...]:
    """Propose what the clerk asked next as worth asking after what the resident said before."""
    found = list(lines)
    last: int | None = None
    for place, line in enumerate(lines):
        if line.speaker is Speaker.RESIDENT:
            last = place
        elif last is not None:
            found[last] = replace(found[last], ask=(*found[last].ask, *_questions(line.text)))
    return tuple(found)


def _questions(text: str) -> Iterator[str]:
    """Yield the sentences that ask for something (そうでしたか asks for nothing)."""
    for sentence in split_spoken(text):
        if asks(sentence) and parts_of(sentence):
            yield sentence.strip()


def with_stand_ins(exercise: Exercise, words: Mapping[str, str]) -> Exercise:
    """Return the exercise with invented words in place of placeholders, also in facts and record."""

    def put(text: str) -> str:
        return _PLACEHOLDER.sub(lambda match: words.get(match[0]) or match[0], text)

    def value(fact: ExpectedFact) -> int | str:
        if isinstance(fact.value, int):
            return fact.value
        text = put(fact.value)
        number = parse_number(_UNITS.sub("", text)) if fact.name in _NUMBERS else None
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


def save_exercise(
    workplace: Workplace, exercise: Exercise, heard: Mapping[str, Sequence[Span]] | None = None
) -> Exercise:
    """Write an exercise into the office's folder and return it as it is read back.

    Where that fails no sound is left: nobody would know whose voice it is once consent is withdrawn.

    Args:
        workplace: where the consultation lies.
        exercise: made of it.
        heard: id of each utterance to be heard → the parts of its text to be silenced; None copies no sound.

    Raises:
        ExerciseError: its id cannot be used or is taken, it cannot be written, or its sound may not be used.
        SoundError: the recording cannot be read.
        RecordingError: its copy cannot be written.
    """
    _check_name(workplace, exercise.id)
    folder = workplace.settings.exercises_folder
    with ExitStack() as undoing:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if heard is not None:
                exercise = replace(exercise, sound=Path(f"{exercise.id}{_SOUND_SUFFIX}"))
                undoing.callback(workplace.exercise_sounds.remove, f"{exercise.id}{_SOUND_SUFFIX}")
                copy_sound(workplace, exercise, heard)
            write_whole(folder / f"{exercise.id}{SUFFIX}", text_from_exercise(exercise).encode())
        except OSError as error:
            raise ExerciseError(f"{folder} に書けません。空きと権限を確かめてください。") from error
        undoing.pop_all()
    return open_exercise(workplace, exercise.id)


def _check_name(workplace: Workplace, name: str) -> None:
    if not is_exercise_id(name):
        raise ExerciseError("練習番号は、半角の英小文字・数字・「-」だけで書いてください。")
    folder = workplace.settings.exercises_folder
    if any((folder / f"{name}{suffix}").exists() for suffix in (SUFFIX, _SOUND_SUFFIX)):
        raise ExerciseError(
            f"練習 {name} はもうあります。別の練習番号にするか、前のファイルを消してください。"
        )
