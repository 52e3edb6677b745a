"""The program does the exercises and is scored as a trainee is: does it still notice what it should?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from consult_assist.app.live.assembly import new_pipeline
from consult_assist.app.projections import draft_record
from consult_assist.app.training.exercises import score
from consult_assist.app.training.hints import Hints
from consult_assist.app.workplace import Workplace
from consult_assist.domain.consultation import Consent, Finished, Started
from consult_assist.domain.events import Event, StampedEvent
from consult_assist.domain.exercise import (
    IN_TIME,
    CueKind,
    DangerCalled,
    Exercise,
    ExerciseScored,
    FactState,
    ProgrammeRaised,
    QuestionPut,
)
from consult_assist.domain.guidance import Alert, Fact, QuestionsChanged, SuggestionsChanged
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.domain.ratio import Ratio
from consult_assist.domain.record import FieldEdited
from consult_assist.domain.speech import Draft, SegmentFailed, SpeakerAssigned, Utterance
from consult_assist.domain.transcript import Transcript
from consult_assist.guidance.advisor import Advisor
from consult_assist.knowledge.crosscheck import name_key

SEEN = 3
"""Programmes that a clerk sees at once; only these count as raised."""
_NEAR_S = 2.0
"""A name counts as heard in a line that lies at most so far from the line in which it was said."""
FIGURES = ("names", "programmes", "precision", "dangers", "questions", "facts", "record")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseChecked:
    """How the program did on one exercise.

    Attributes:
        heard: whether its sound went through recognition; otherwise its text was given.
        figures: the shares, by the names in `FIGURES`.
        false_alerts: protocols that were raised although no line tells of such a danger.
        missed: programmes that were not raised in time.
    """

    exercise: Exercise
    heard: bool
    scored: ExerciseScored
    figures: dict[str, Ratio]
    false_alerts: tuple[str, ...]
    missed: tuple[str, ...]


def check_exercise(workplace: Workplace, exercise: Exercise, *, text_only: bool = False) -> ExerciseChecked:
    """Let the program do one exercise: from its sound where it has some and that is wanted, else its text.

    Raises:
        SoundFileError: its sound cannot be read.
        ModelError: the speech model is missing.
    """
    heard = exercise.sound is not None and not text_only
    spoken = _recognised(workplace, exercise) if heard else (line.utterance() for line in exercise.lines)
    events = list(_understood(workplace, exercise, spoken))
    scored = score(workplace, exercise, [*_acts(events), *_written(workplace, exercise, events)])
    said = [stamped.event for stamped in events]
    figures = {
        "programmes": _in_time(scored, "programme"),
        "precision": _precision(scored),
        "dangers": _in_time(scored, "danger"),
        "questions": _in_time(scored, "question"),
        "facts": _facts(exercise, said),
        "record": Ratio(len(scored.facts_in(FactState.WRITTEN)), len(scored.facts)),
        "names": _names(exercise, Transcript(said), workplace.knowledge) if heard else Ratio(0, 0),
    }
    return ExerciseChecked(
        exercise=exercise,
        heard=heard,
        scored=scored,
        figures=figures,
        false_alerts=tuple(act.target for act in scored.strays_of("danger", fitting=False)),
        missed=tuple(cue.target for cue in scored.cues_of("programme") if cue.state not in IN_TIME),
    )


def total(checked: Iterable[ExerciseChecked]) -> dict[str, Ratio]:
    """Return the shares over all of them."""
    sums = {name: Ratio(0, 0) for name in FIGURES}
    for one in checked:
        for name, share in one.figures.items():
            sums[name] += share
    return sums


def _recognised(
    workplace: Workplace, exercise: Exercise
) -> Iterator[Utterance | SpeakerAssigned | SegmentFailed]:
    assert exercise.sound is not None
    source = workplace.open_file(exercise.sound, None)
    pipeline = new_pipeline(workplace, source, live=False)
    for event in pipeline.listen([block] for block in source.blocks()):
        if not isinstance(event, Draft):
            yield event


def _understood(
    workplace: Workplace,
    exercise: Exercise,
    spoken: Iterable[Utterance | SpeakerAssigned | SegmentFailed],
) -> Iterator[StampedEvent]:
    """Yield all events that a consultation would bring, stamped with the end of the line behind each."""
    started = _started(exercise)
    held_on = exercise.held_on or started.held_on
    hints = Hints(workplace.load_analyzer(), Advisor(workplace.knowledge), held_on)
    yield _stamped(started, 0.0)
    now_s = 0.0
    for event in spoken:
        if isinstance(event, Utterance):
            now_s = max(now_s, event.end_s)
        yield _stamped(event, now_s)
        news: Sequence[Event] = ()
        if isinstance(event, Utterance):
            news = hints.understand(event)
        elif isinstance(event, SpeakerAssigned):
            news = hints.note(event)
        for item in news:
            yield _stamped(item, now_s)


def _acts(events: Iterable[StampedEvent]) -> Iterator[StampedEvent]:
    """Yield what the program showed, as acts of a trainee."""
    for stamped in events:
        shown: list[Event] = []
        match stamped.event:
            case SuggestionsChanged():
                shown = [ProgrammeRaised(programme=item) for item in stamped.event.shown[:SEEN]]
            case QuestionsChanged():
                shown = [QuestionPut(text=question.text) for question in stamped.event.shown]
            case Alert():
                shown = [DangerCalled(protocol=stamped.event.protocol)]
            case _:
                pass
        for event in shown:
            yield _stamped(event, stamped.sound_s)


def _written(
    workplace: Workplace, exercise: Exercise, events: Sequence[StampedEvent]
) -> Iterator[StampedEvent]:
    """Yield the record that the program drafts, as edits of a trainee."""
    end_s = max((stamped.sound_s for stamped in events), default=0.0)
    end_s = max(end_s, exercise.duration_s)
    for item in draft_record(workplace, [stamped.event for stamped in events]).fields:
        yield _stamped(FieldEdited(field=item.name, before=(), after=item.lines, by="program"), end_s)
    yield _stamped(Finished(duration_s=end_s), end_s)


def _started(exercise: Exercise) -> Started:
    return Started(
        id=exercise.id,
        started_at=datetime.now(UTC),
        operator="",
        source=f"exercise:{exercise.id}",
        purpose="exercise",
        consent=Consent.RECORDED,
    )


def _stamped(event: Event, sound_s: float) -> StampedEvent:
    return StampedEvent(event=event, at=datetime.now(UTC), at_s=sound_s, sound_s=sound_s)


def _in_time(scored: ExerciseScored, kind: CueKind) -> Ratio:
    return Ratio(len(scored.cues_of(kind, *IN_TIME)), len(scored.cues_of(kind)))


def _precision(scored: ExerciseScored) -> Ratio:
    """Return how many of the programmes shown were expected, or fitting all the same."""
    wrong = len(scored.strays_of("programme", fitting=False))
    expected = sum(cue.at_s is not None and cue.instead is None for cue in scored.cues_of("programme"))
    right = expected + len(scored.strays_of("programme", fitting=True))
    return Ratio(right, right + wrong)


def _facts(exercise: Exercise, events: Iterable[Event]) -> Ratio:
    found = Counter((event.name, str(event.value)) for event in events if isinstance(event, Fact))
    wanted = Counter((fact.name, str(fact.value)) for line in exercise.lines for fact in line.facts)
    return Ratio((found & wanted).total(), wanted.total())


def _names(exercise: Exercise, transcript: Transcript, knowledge: KnowledgeBase) -> Ratio:
    """Return how many names of programmes stand in the text where they were said."""
    names = sorted(
        {name_key(name.text) for item in knowledge.programmes.values() for name in item.names},
        key=len,
        reverse=True,
    )
    right = of = 0
    for line in exercise.lines:
        near = "\n".join(
            name_key(other.text)
            for other in transcript
            if other.end_s > line.start_s - _NEAR_S and other.start_s < line.end_s + _NEAR_S
        )
        for name in _said(name_key(line.text), names):
            of += 1
            right += name in near
    return Ratio(right, of)


def _said(text: str, names: Sequence[str]) -> Iterator[str]:
    """Yield the names in a text, the longest first; no name counts inside another."""
    for name in names:
        if name in text:
            yield name
            text = text.replace(name, "\n")
