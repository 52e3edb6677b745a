"""A group's results over time without names, as tables; and the erasure of old attempts."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from consult_assist.app.training.exercises import open_exercise
from consult_assist.app.training.tries import list_tries
from consult_assist.app.workplace import Workplace
from consult_assist.counter.labels import clock
from consult_assist.domain.archive import RecordQuery
from consult_assist.domain.consultation import Redacted
from consult_assist.domain.exercise import CueKind, Exercise, Try
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.domain.ratio import Ratio
from consult_assist.domain.tables import Table, Value
from consult_assist.errors import ExerciseError
from consult_assist.export.tables import tables_as_file
from consult_assist.trainer.progress import (
    SUBJECTS,
    ExerciseProgress,
    MissedCue,
    Period,
    Subject,
    WrongAdvice,
    by_exercise,
    by_month,
    most_missed,
    wrong_advice,
)

SUBJECT_LABELS: Mapping[Subject, str] = {
    "danger": "危険",
    "programme": "制度",
    "question": "質問",
    "record": "記録",
}
TITLE = "練習の結果（集まり全体）"
_FORGOTTEN = "retention"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupResults:
    """How a group does, without anyone's name.

    Attributes:
        n_tries: attempts that count: done to their end, without the program's hints.
        n_with_hints: attempts left out because the hints were shown.
        exercises_known: the exercises that still exist, by id.
    """

    n_tries: int
    n_trainees: int
    n_with_hints: int
    months: Sequence[Period]
    exercises: Sequence[ExerciseProgress]
    missed: Sequence[MissedCue]
    wrong: Sequence[WrongAdvice]
    exercises_known: Mapping[str, Exercise]

    def title(self, exercise: str) -> str:
        """Return the title of an exercise, its id where it is gone."""
        known = self.exercises_known.get(exercise)
        return known.title if known is not None else exercise

    def said(self, cue: MissedCue) -> tuple[str, str]:
        """Return when the words of a cue are said, and the words; empty where the exercise has changed."""
        known = self.exercises_known.get(cue.exercise)
        line = next((line for line in known.lines if line.id == cue.line_id), None) if known else None
        return (clock(line.start_s), line.text) if line is not None else ("", "")


def group_results(
    workplace: Workplace, *, since: datetime | None = None, exercise: str | None = None
) -> GroupResults:
    """Count the attempts of everybody.

    Args:
        workplace: where they are kept.
        since: begun then or later.
        exercise: only attempts at this one.
    """
    tries = [item for item in list_tries(workplace, since=since) if exercise in {None, item.scored.exercise}]
    known: dict[str, Exercise] = {}
    for name in {item.scored.exercise for item in tries}:
        with suppress(ExerciseError):
            known[name] = open_exercise(workplace, name)
    return results_of(tries, known)


def results_of(tries: Sequence[Try], known: Mapping[str, Exercise]) -> GroupResults:
    """Return the counts over these attempts; `known` are the exercises that still exist."""
    alone = [item for item in tries if not item.scored.hints]
    return GroupResults(
        n_tries=len(alone),
        n_trainees=len({item.trainee for item in alone}),
        n_with_hints=len(tries) - len(alone),
        months=by_month(alone),
        exercises=by_exercise(alone),
        missed=most_missed(alone),
        wrong=wrong_advice(alone),
        exercises_known=known,
    )


def target_name(kind: CueKind, target: str, knowledge: KnowledgeBase) -> str:
    """Return the name of the programme or danger that a cue is about, or its question."""
    match kind:
        case "programme":
            return knowledge.programme_name(target)
        case "danger":
            return knowledge.protocol_title(target)
        case "question":
            return target


def result_tables(results: GroupResults, knowledge: KnowledgeBase) -> tuple[Table, ...]:
    """Return everything as tables, counts beside shares."""
    heads = tuple((f"{label}{part}", 8) for label in SUBJECT_LABELS.values() for part in ("", "の全数"))
    return (
        Table(
            title="月ごと",
            columns=(("月", 10), ("回数", 8), ("人数", 8), *heads),
            rows=tuple(
                (item.month, item.n_tries, item.n_trainees, *_counts(item.shares)) for item in results.months
            ),
        ),
        Table(
            title="練習ごと",
            columns=(("練習", 40), ("どの回か", 12), ("回数", 8), ("人数", 8), *heads),
            rows=tuple(
                (results.title(item.exercise), which, item.n_tries, item.n_trainees, *_counts(shares))
                for item in results.exercises
                for which, shares in (("はじめて", item.first), ("くり返した人の最新", item.latest))
                if any(share.total for share in shares.values())
            ),
        ),
        Table(
            title="見のがし",
            columns=(
                ("練習", 40),
                ("時刻", 8),
                ("種類", 8),
                ("気づくこと", 40),
                ("見のがし", 10),
                ("うち遅れ", 10),
                ("聞いた回数", 12),
                ("手がかりの発言", 70),
            ),
            rows=tuple(_missed_row(item, results, knowledge) for item in results.missed),
        ),
        Table(
            title="ちがう案内",
            columns=(("練習", 40), ("種類", 8), ("挙げたもの", 40), ("回数", 8)),
            rows=tuple(
                (
                    results.title(item.exercise),
                    SUBJECT_LABELS[item.kind],
                    target_name(item.kind, item.target, knowledge),
                    item.n_tries,
                )
                for item in results.wrong
            ),
        ),
    )


def _counts(shares: Mapping[Subject, Ratio]) -> tuple[int, ...]:
    return tuple(number for subject in SUBJECTS for number in (shares[subject].hits, shares[subject].total))


def _missed_row(cue: MissedCue, results: GroupResults, knowledge: KnowledgeBase) -> Sequence[Value]:
    at, words = results.said(cue)
    name = target_name(cue.kind, cue.target, knowledge)
    label = SUBJECT_LABELS[cue.kind]
    return (results.title(cue.exercise), at, label, name, cue.missed.hits, cue.late, cue.missed.total, words)


def export_results(workplace: Workplace, results: GroupResults, suffix: str) -> bytes:
    """Return the tables as a file.

    Args:
        workplace: names of programmes and dangers.
        results: what was counted.
        suffix: `xlsx` or `csv`.
    """
    tables = result_tables(results, workplace.knowledge)
    return tables_as_file(tables, suffix, TITLE, datetime.now(UTC))


def forget_tries(workplace: Workplace, before: datetime) -> int:
    """Erase what was done in attempts begun before a time, and how it was scored; return how many.

    That someone practised on that day stays; erased attempts count nowhere.

    Raises:
        StoreError: something could not be erased; call again.
    """
    number = 0
    for summary in workplace.store.summaries(RecordQuery(purposes=frozenset({"exercise"}), until=before)):
        events = workplace.store.events(summary.id)
        if not any(isinstance(stamped.event, Redacted) for stamped in events):
            workplace.store.redact(
                summary.id, texts=True, recordings=(), reason=_FORGOTTEN, at=datetime.now(UTC)
            )
            number += 1
    return number


def forget_by_rule(workplace: Workplace) -> int:
    """Erase the attempts that are older than the office keeps them; none where it has no such rule."""
    days = workplace.settings.exercise_keep_days
    return forget_tries(workplace, datetime.now(UTC) - timedelta(days=days)) if days is not None else 0
