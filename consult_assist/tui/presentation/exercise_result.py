"""The score of an attempt as rows: what was noticed, when, what was missed, and why it counts so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from consult_assist.app.training.group import target_name
from consult_assist.counter.labels import SPEAKERS, clock, local_time
from consult_assist.counter.stated import fact_label, fact_value
from consult_assist.domain.exercise import (
    CueKind,
    CueScored,
    CueState,
    Exercise,
    ExerciseLine,
    ExerciseScored,
    FactScored,
    FactState,
    StrayAct,
    Try,
)
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.domain.record import ConsultationRecord, LineKind
from consult_assist.tui.presentation.cells import cut, pad
from consult_assist.tui.presentation.exercise import counts
from consult_assist.tui.presentation.prose import Paragraph, Piece, plain

MAX_TRIES = 3
_END_S = 0.5
_STATE_CELLS, _TIME_CELLS, _SPEAKER_CELLS = 16, 8, 8
_CUES: tuple[tuple[CueKind, str], ...] = (
    ("danger", "危険のサイン"),
    ("programme", "案内する制度"),
    ("question", "たずねること"),
)
_CUE_STATES: Mapping[CueState, Piece] = {
    CueState.NOTICED: ("○ 気づいた", "$success"),
    CueState.EARLY: ("○ 先に挙げた", "$success"),
    CueState.LATE: ("△ 遅れた", "$warning"),
    CueState.RELATED: ("△ 近い制度", "$warning"),
    CueState.MISSED: ("× 見のがし", "bold $error"),
    CueState.UNHEARD: ("・ まだ", "$quiet"),
}
_FACT_STATES: Mapping[FactState, Piece] = {
    FactState.WRITTEN: ("○ 書いた", "$success"),
    FactState.PARTLY: ("△ 一部だけ", "$warning"),
    FactState.CONTRADICTED: ("× ちがう値", "bold $error"),
    FactState.MISSING: ("× 書いていない", "bold $error"),
}
_FITTING: Piece = ("・ ほかに", "$quiet")
_WRONG: Mapping[CueKind, Piece] = {
    "danger": ("× サインなし", "bold $error"),
    "programme": ("× ちがう案内", "bold $error"),
    "question": ("× ちがう質問", "bold $error"),
}
_NOTHING = "（書いていません）"


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One row of the score; a row without details is a heading.

    Attributes:
        pieces: what stands in the list.
        details: shown when it is chosen.
        moment: from when to when the talk was about it.
    """

    pieces: tuple[Piece, ...]
    details: tuple[Paragraph, ...] = ()
    moment: tuple[float, float] | None = None

    @property
    def missed(self) -> bool:
        """Whether there is something to learn from it."""
        return any(text.startswith(("×", "△")) for text, _ in self.pieces)


def result_title(exercise: Exercise, scored: ExerciseScored) -> str:
    """Return the title with the plain counts."""
    return f"練習の結果   {counts(scored)}   {exercise.title}"


def result_rows(
    exercise: Exercise,
    scored: ExerciseScored,
    knowledge: KnowledgeBase,
    before: Sequence[Try],
    width_cells: int,
) -> tuple[ResultRow, ...]:
    """Return the whole score in the order a trainee learns most from; what was not heard is not told.

    Args:
        exercise: what was done.
        scored: its score.
        knowledge: names of programmes and protocols.
        before: own earlier tries, the latest first.
        width_cells: room for a row.
    """
    lines = {line.id: line for line in exercise.lines}
    last = {(cue.kind, cue.target): cue for cue in before[0].scored.cues} if before else {}
    rows: list[ResultRow] = []
    for kind, label in _CUES:
        cues = [
            _cue_row(cue, last.get((kind, cue.target)), lines, knowledge, width_cells)
            for cue in scored.cues_of(kind)
            if cue.state is not CueState.UNHEARD
        ]
        strays = [_stray_row(act, knowledge, width_cells) for act in scored.strays if act.kind == kind]
        rows += _section(label, [*cues, *strays])
    stated = [fact for fact in scored.facts if fact.state is not FactState.UNHEARD]
    rows += _section("記録", [_fact_row(fact, lines, width_cells) for fact in stated])
    if scored.heard_s < exercise.duration_s - _END_S:
        rows.append(_heading(f"{clock(scored.heard_s)} から先は、聞いてから出ます"))
    rows += _section("前の自分と比べる", [_try_row(item, width_cells) for item in before[:MAX_TRIES]])
    return tuple(rows)


def _section(heading: str, rows: Sequence[ResultRow]) -> Sequence[ResultRow]:
    """Return rows below their heading, nothing where there are none."""
    return [_heading(heading), *rows] if rows else []


def _heading(text: str) -> ResultRow:
    return ResultRow(((text, "bold $primary"),))


def _row(state: Piece, at_s: float | None, text: str, width_cells: int) -> tuple[Piece, ...]:
    label, style = state
    when = pad(clock(at_s) if at_s is not None else "", _TIME_CELLS)
    room = width_cells - _STATE_CELLS - _TIME_CELLS - 2
    return (("  ", ""), (pad(label, _STATE_CELLS), style), (when, "$quiet"), (cut(text, room), "bold"))


def _cue_row(
    cue: CueScored,
    last: CueScored | None,
    lines: Mapping[str, ExerciseLine],
    knowledge: KnowledgeBase,
    width_cells: int,
) -> ResultRow:
    name = target_name(cue.kind, cue.target, knowledge)
    before = () if last is None else (plain(f"前回  {_CUE_STATES[last.state][0]}", "$quiet"),)
    return ResultRow(
        _row(_CUE_STATES[cue.state], cue.start_s, name, width_cells),
        (
            plain(name, "bold $primary"),
            plain(cue.reason),
            *_said(lines.get(cue.line_id)),
            *before,
        ),
        (cue.start_s, cue.end_s),
    )


def _stray_row(act: StrayAct, knowledge: KnowledgeBase, width_cells: int) -> ResultRow:
    name = target_name(act.kind, act.target, knowledge)
    state = _FITTING if act.fitting else _WRONG[act.kind]
    details = (plain(name, "bold $primary"), plain(act.reason))
    return ResultRow(_row(state, act.at_s, name, width_cells), details, None)


def _fact_row(fact: FactScored, lines: Mapping[str, ExerciseLine], width_cells: int) -> ResultRow:
    line = lines.get(fact.line_id)
    name = f"{fact_label(fact.name)}  {fact_value(fact.name, fact.value)}"
    written = (plain(f"あなたの記録: {fact.written}"),) if fact.written else ()
    reason = (plain(fact.reason),) if fact.reason else ()
    return ResultRow(
        _row(_FACT_STATES[fact.state], line.start_s if line else None, name, width_cells),
        (plain(name, "bold $primary"), *reason, *written, *_said(line)),
        (line.start_s, line.end_s) if line else None,
    )


def _try_row(item: Try, width_cells: int) -> ResultRow:
    text = f"{local_time(item.begun_at)}  {counts(item.scored)}"
    hints = "（案内を出して）" if item.scored.hints else ""
    return ResultRow((("  ", ""), (cut(text + hints, width_cells - 2), "")), (plain(text + hints),))


def _said(line: ExerciseLine | None) -> Iterator[Paragraph]:
    if line is not None:
        head = pad(SPEAKERS[line.speaker], _SPEAKER_CELLS)
        yield plain(f"{head}「{line.text}」", hanging=_SPEAKER_CELLS)


def record_paragraphs(exercise: Exercise, record: ConsultationRecord) -> tuple[Paragraph, ...]:
    """Return the trainee's record and the model record, field by field."""
    text: list[Paragraph] = []
    for field in record.fields:
        own = [line.text for line in field.lines if line.kind is LineKind.CLERK]
        model = exercise.record.get(field.name, ())
        if not own and not model:
            continue
        text += [plain("")] if text else []
        text.append(plain(field.label, "bold $primary"))
        text += [plain("あなたの記録", "$quiet"), *_lines(own or [_NOTHING])]
        if model:
            text += [plain("お手本の記録", "$quiet"), *_lines(model)]
    return tuple(text) or (plain("この練習には、お手本の記録がありません。"),)


def _lines(lines: Sequence[str]) -> list[Paragraph]:
    return [plain(f"・{line}", indent=1, hanging=2) for line in lines]
