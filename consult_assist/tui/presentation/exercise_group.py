"""A group's exercises as rows: how much is noticed the first time and later, and what is missed."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from consult_assist.app.training.group import SUBJECT_LABELS, GroupResults, target_name
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.domain.ratio import Ratio
from consult_assist.trainer.progress import SUBJECTS, ExerciseProgress, MissedCue, Subject
from consult_assist.tui.presentation.cells import cut, pad
from consult_assist.tui.presentation.prose import Paragraph, Piece, plain

_DAYS: Mapping[str, int | None] = {"この3か月": 92, "この1年": 366, "すべて": None}
PERIODS = tuple(_DAYS)
_MAX_MISSED_SHOWN = 12
_MAX_WRONG_SHOWN = 5
_SHARE_CELLS, _WHICH_CELLS, _NUMBER_CELLS, _KIND_CELLS = 12, 22, 10, 6
NOTHING = "この期間に、終わりまでした練習はありません。"


def period_start(period: str, now: datetime) -> datetime | None:
    """Return when a period begins, None where it has no beginning."""
    days = _DAYS[period]
    return now - timedelta(days=days) if days is not None else None


def next_period(period: str) -> str:
    """Return the period after this one, the first after the last."""
    return PERIODS[(PERIODS.index(period) + 1) % len(PERIODS)]


def group_head(results: GroupResults) -> str:
    """Return how much was done, and what does not count."""
    left_out = f"（案内を出した {results.n_with_hints} 回は数えません）" if results.n_with_hints else ""
    return f"{results.n_tries} 回 ・ {results.n_trainees} 人{left_out}"


def month_series(results: GroupResults) -> tuple[list[str], dict[str, list[float | None]]]:
    """Return every month from the first to the last, and what has figures in them, in percent."""
    known = {item.month: item.shares for item in results.months}
    months = list(_months(results.months[0].month, results.months[-1].month)) if results.months else []
    series = {
        SUBJECT_LABELS[subject]: [
            known[month][subject].percent if month in known else None for month in months
        ]
        for subject in SUBJECTS
    }
    drawn = {label: values for label, values in series.items() if any(value is not None for value in values)}
    return [month[2:] for month in months], drawn


def _months(first: str, last: str) -> Iterator[str]:
    """Yield the months from one to another, such as `2026-11`."""
    year, month = map(int, first.split("-"))
    while (name := f"{year:04}-{month:02}") <= last:
        yield name
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def group_paragraphs(
    results: GroupResults, knowledge: KnowledgeBase, width_cells: int
) -> tuple[Paragraph, ...]:
    """Return the tables, what can be learned from first."""
    rows: list[Paragraph] = []
    if results.missed:
        _section(rows, "見のがしの多いところ")
        rows += [_missed_row(cue, results, knowledge) for cue in results.missed[:_MAX_MISSED_SHOWN]]
    if results.wrong:
        _section(rows, "ちがう案内")
        for wrong in results.wrong[:_MAX_WRONG_SHOWN]:
            name = target_name(wrong.kind, wrong.target, knowledge)
            text = f"{pad(f'{wrong.n_tries} 回', _NUMBER_CELLS)}{name}（{results.title(wrong.exercise)}）"
            rows.append(plain(cut(text, width_cells)))
    if results.exercises:
        _section(rows, "練習ごと（気づいた数 / 全部）")
        for item in results.exercises:
            rows += _exercise_rows(item, results, width_cells)
    return tuple(rows)


def _section(rows: list[Paragraph], heading: str) -> None:
    """Begin a section, with a free row between it and the one before."""
    if rows:
        rows.append(plain(""))
    rows.append(plain(heading, "bold $primary"))


def _missed_row(cue: MissedCue, results: GroupResults, knowledge: KnowledgeBase) -> Paragraph:
    at, words = results.said(cue)
    late = f"（遅れ {cue.late}）" if cue.late else ""
    name = target_name(cue.kind, cue.target, knowledge)
    share = pad(f"{cue.missed.hits} / {cue.missed.total}", _NUMBER_CELLS)
    rest = f"  {results.title(cue.exercise)} {at}「{words}」" if words else f"  {results.title(cue.exercise)}"
    kind = pad(SUBJECT_LABELS[cue.kind], _KIND_CELLS)
    pieces: tuple[Piece, ...] = ((share + kind, ""), (name + late, "bold"), (rest, "$quiet"))
    return Paragraph(pieces, most_rows=1)


def _exercise_rows(item: ExerciseProgress, results: GroupResults, width_cells: int) -> Iterator[Paragraph]:
    yield plain(
        cut(f"{results.title(item.exercise)}  {item.n_tries} 回 ・ {item.n_trainees} 人", width_cells)
    )
    for which, shares in (("はじめての回", item.first), ("くり返した人の最新", item.latest)):
        if any(share.total for share in shares.values()):
            text = "".join(pad(_share(subject, shares[subject]), _SHARE_CELLS) for subject in SUBJECTS)
            yield plain(cut(f"  {pad(which, _WHICH_CELLS)}{text}", width_cells), "$quiet")


def _share(subject: Subject, share: Ratio) -> str:
    return f"{SUBJECT_LABELS[subject]} {share.hits}/{share.total}" if share.total else ""
