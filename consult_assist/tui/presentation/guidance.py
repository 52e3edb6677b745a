"""Suggestions, questions and programmes as text."""

from collections.abc import Mapping, Sequence

from rich.cells import cell_len

from consult_assist.counter.labels import LEDGER_STATES
from consult_assist.domain.guidance import OPEN_STATES, LedgerState, Question
from consult_assist.domain.knowledge import Amount, Programme
from consult_assist.tui.presentation.cells import cut, pad, wrap
from consult_assist.tui.presentation.counter import CounterState
from consult_assist.tui.presentation.prose import Paragraph, Piece, headed_lists, plain
from consult_assist.tui.presentation.protocol import source_line

SUGGESTION_ROWS = 3
QUESTION_ROWS = 2
Row = tuple[Piece, ...]
_LEVELS = {"公的": "公の資料", "二次": "公の資料ではない", "未確認": "確かめていない"}


def no_suggestions(state: CounterState) -> str:
    """Return what stands where no programme was found so far."""
    if state.by_hand:
        return "手書きでは出ません。F8 で制度をさがせます"
    return "案内を準備しています。できしだい出ます" if state.preparing else "話に出た制度がここに出ます"


def no_questions(state: CounterState) -> str:
    """Return what stands where there is nothing to ask so far."""
    return "手書きでは出ません" if state.by_hand else "たずねるとよいことがここに出ます"


def suggestion_rows(
    place: int, programme: Programme | None, reason: str, ledger: LedgerState | None, width_cells: int
) -> tuple[Row, ...]:
    """Return the three rows of one place: name and state, reason, papers."""
    if programme is None:
        return ((("", ""),),) * SUGGESTION_ROWS
    state = LEDGER_STATES[ledger] if ledger is not None else ""
    state_style = "bold" if ledger in OPEN_STATES else "$quiet"
    gap = " " if state else ""
    room = width_cells - 2 - cell_len(gap + state)
    return (
        (
            (f"{place} ", "$quiet"),
            (pad(programme.name, room), "bold $primary"),
            (gap, ""),
            (state, state_style),
        ),
        (("  " + cut(reason or programme.summary, width_cells - 2), ""),),
        (("  " + cut(papers(programme), width_cells - 2), "$quiet"),),
    )


def papers(programme: Programme) -> str:
    """Return the papers needed in one line."""
    if not programme.documents:
        return "必要なもの: 資料にありません"
    return "必要なもの: " + "、".join(programme.documents)


def _amount_line(amount: Amount) -> str:
    """Return a figure with its date and where it comes from."""
    return f"{amount.text}（時点 {amount.as_of}・{_LEVELS[amount.level]}）"


def question_rows(question: Question | None, width_cells: int, *, packed: bool = False) -> tuple[Row, ...]:
    """Return the rows of one question; unless packed, its place is two rows high whatever stands there."""
    if question is None:
        return () if packed else ((("", ""),),) * QUESTION_ROWS
    rows = wrap(question.text, width_cells - 2)
    if len(rows) > QUESTION_ROWS:
        rest = question.text[len(rows[0]) :]
        rows = [rows[0], cut(rest, width_cells - 2)]
    lines: list[Row] = [((("・" if index == 0 else "  ") + row, ""),) for index, row in enumerate(rows)]
    return (*lines, *(() if packed else ((("", ""),),) * (QUESTION_ROWS - len(lines))))


def strip_text(state: CounterState, programmes: Mapping[str, Programme], width_cells: int) -> str:
    """Return all suggestions in one line, for a screen that has no more room."""
    names = [
        ("済 " if state.ledger.get(item) is LedgerState.TOLD else "") + programmes[item].name
        for item in state.suggestion_places
        if item is not None and item in programmes
    ]
    if not names:
        return f"案内  {no_suggestions(state)}"
    room = (width_cells - 6) // len(names) - 2
    return "案内  " + "  ".join(cut(name, room) for name in names)


def programme_paragraphs(
    programme: Programme, reason: str, ledger: LedgerState | None
) -> tuple[Paragraph, ...]:
    """Return everything the office knows about a programme."""
    state = f"  ［{LEDGER_STATES[ledger]}］" if ledger is not None else ""
    text = [Paragraph(((programme.name, "bold $primary"), (state, "")))]
    text.append(plain(programme.summary))
    if reason:
        text.append(plain(f"出した理由: {reason}", "$quiet", hanging=12))
    lists: tuple[tuple[str, Sequence[str]], ...] = (
        ("対象になる人", programme.target),
        ("金額", [_amount_line(item) for item in programme.amounts]),
        ("必要なもの", programme.documents),
        ("たずねること", programme.questions),
        ("窓口", programme.contacts),
        ("まちがえやすいこと", [f"× {item.wrong} → {item.right}" for item in programme.misconceptions]),
        ("確かめられていないこと", programme.unverified),
        ("根拠の法令", programme.laws),
        ("出典", [source_line(item) for item in programme.sources]),
    )
    text += headed_lists(lists)
    if programme.checked_on is not None:
        text += [plain(""), plain(f"この内容を確かめた日: {programme.checked_on.isoformat()}", "$quiet")]
    return tuple(text)
