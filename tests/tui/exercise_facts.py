"""A short exercise for the tests, a clock that a test moves, a loudspeaker that notes what it plays."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from consult_assist.app.journal import Journal
from consult_assist.app.training.group import GroupResults, results_of
from consult_assist.app.training.hints import Hints
from consult_assist.app.training.session import ExerciseSession, Way
from consult_assist.domain.consultation import Consent, Started
from consult_assist.domain.events import Event, StampedEvent
from consult_assist.domain.exercise import Exercise, ExerciseLine, ExerciseScored, ExpectedFact, Try
from consult_assist.domain.guidance import Match, Term
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.domain.record import ConsultationRecord
from consult_assist.domain.speech import Speaker
from consult_assist.errors import SoundError
from consult_assist.guidance.advisor import Advisor
from consult_assist.nlp.scripted import ScriptedAnalyzer
from consult_assist.record.builder import build_record
from consult_assist.storage.memory import MemoryStore
from consult_assist.trainer.scoring import score_attempt
from consult_assist.tui.training import TrainingDesk
from tests.tui.facts import NOON, knowledge

LINES = (
    ExerciseLine(
        id="u0001",
        speaker=Speaker.CLERK,
        channel=0,
        start_s=1.0,
        end_s=4.0,
        text="こんにちは。今日はどのようなご相談ですか。",
    ),
    ExerciseLine(
        id="u0002",
        speaker=Speaker.RESIDENT,
        channel=0,
        start_s=5.0,
        end_s=15.0,
        text="先月離婚して、五歳の娘と二人で暮らしています。仕事はパートで、収入が月に九万円くらいです。",
        programmes=("jidou-fuyou-teate",),
        ask=("養育費は受け取っていますか。",),
        facts=(ExpectedFact(name="income_monthly", value=90_000),),
    ),
    ExerciseLine(
        id="u0003",
        speaker=Speaker.CLERK,
        channel=0,
        start_s=16.0,
        end_s=20.0,
        text="そうでしたか。お住まいはいかがですか。",
    ),
    ExerciseLine(
        id="u0004",
        speaker=Speaker.RESIDENT,
        channel=0,
        start_s=21.0,
        end_s=30.0,
        text="家賃が払えなくて。それに、元の夫が家の前で待っていて、こわいんです。",
        programmes=("jukyo-kakuho",),
        protocols=("dv",),
    ),
)
DANGER = Term(
    utterance_id="", revision=0, start_char=0, end_char=3, name="こわい", protocol="dv", how=Match.CUE
)
EXERCISE = Exercise(
    id="01-rikon",
    title="離婚のあとの生活",
    level=1,
    goals=("ひとり親の手当に気づく", "暴力のサインを聞きのがさない"),
    lines=LINES,
    record={"choshu": ("離婚　五歳の娘と二人", "収入 月9万円")},
    sound=Path("01-rikon.ogg"),
    digest="d" * 64,
    shipped=True,
)


class StillClock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


class NotingPlayer:
    """Notes what it was to play; without a loudspeaker it says so."""

    def __init__(self, *, silent: bool = False) -> None:
        self.played: list[tuple[float, float | None, float]] = []
        self.stops = 0
        self._silent = silent

    def play(self, recording: Path, start_s: float, end_s: float) -> None:
        raise AssertionError("an exercise is no recording")

    def play_from(
        self, sound: Path, start_s: float, end_s: float | None = None, *, speed: float = 1.0
    ) -> None:
        if self._silent:
            raise SoundError("音を出せる機器が見つかりません。")
        self.played.append((round(start_s, 3), end_s, speed))

    def stop(self) -> None:
        self.stops += 1


class Attempt:
    """An attempt at the exercise and everything around it in view."""

    def __init__(
        self,
        way: Way | None = None,
        *,
        exercise: Exercise = EXERCISE,
        player: NotingPlayer | None = None,
        base: KnowledgeBase | None = None,
        number: int = 1,
        store: MemoryStore | None = None,
    ) -> None:
        self.clock = StillClock()
        self.player = player or NotingPlayer()
        self.store = store or MemoryStore()
        self.knowledge = base or knowledge()
        way = way or Way(trainee="研修 太郎")
        self.id = f"e{number}"
        journal = Journal(self.id, self.store)
        journal.emit(
            Started(
                id=self.id,
                started_at=NOON,
                operator=way.trainee,
                source=f"exercise:{exercise.id}",
                purpose="exercise",
                consent=Consent.HANDWRITTEN,
            )
        )

        analyzer = ScriptedAnalyzer({LINES[3].text: [DANGER]})

        def score(acts: Sequence[StampedEvent]) -> ExerciseScored:
            return score_attempt(exercise, acts, self.knowledge, hints=way.hints)

        self.session = ExerciseSession(
            self.id,
            exercise,
            way,
            journal=journal,
            player=self.player,
            draft=self._draft,
            hints=Hints(analyzer, Advisor(self.knowledge)) if way.hints else None,
            score=score,
            now=self.clock,
        )

    def _draft(self, events: Sequence[Event]) -> ConsultationRecord:
        template = next(iter(self.knowledge.templates.values()))
        return build_record(events, template=template, knowledge=self.knowledge)

    def hear_until(self, sound_s: float) -> None:
        """Let the talk come to a second, from wherever it stands."""
        play = self.session.play
        self.clock.now_s += (sound_s - play.position_s) / self.session.way.speed
        self.session.advance()

    @property
    def acts(self) -> list[StampedEvent]:
        """What is kept of it."""
        return list(self.store.events(self.id))


class ScriptedTraining(TrainingDesk):
    """Two exercises, a trainee's earlier tries, and every attempt begun."""

    def __init__(self) -> None:
        self.known = [EXERCISE, replace(EXERCISE, id="02-yachin", title="家賃の滞納", level=3, sound=None)]
        self.attempts: list[Attempt] = []
        self.heard: list[tuple[float, float]] = []
        self.player = NotingPlayer()
        self.everybody: list[Try] = []

    def exercises(self) -> Sequence[Exercise]:
        return self.known

    def tries(self, trainee: str) -> Sequence[Try]:
        return [
            Try(
                id=attempt.session.id,
                begun_at=NOON,
                trainee=trainee,
                scored=attempt.session.scored,
                record=attempt.session.record(),
            )
            for attempt in reversed(self.attempts)
            if attempt.session.scored is not None and attempt.session.way.trainee == trainee
        ]

    def group(self, since: datetime | None) -> GroupResults:
        tries = [item for item in self.everybody if since is None or item.begun_at >= since]
        return results_of(tries, {exercise.id: exercise for exercise in self.known})

    def export_group(self, results: GroupResults, suffix: str) -> bytes:
        return f"{suffix} {results.n_tries}".encode()

    def forget_by_rule(self) -> int:
        return 0

    def begin(self, exercise: Exercise, way: Way) -> ExerciseSession:
        attempt = Attempt(way, exercise=exercise, player=self.player, number=len(self.attempts) + 1)
        self.attempts.append(attempt)
        return attempt.session

    def hear(self, exercise: Exercise, start_s: float, end_s: float) -> None:
        self.heard.append((round(start_s, 1), round(end_s, 1)))

    def stop(self) -> None:
        self.heard.append((0.0, 0.0))
