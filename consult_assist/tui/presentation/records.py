"""The list of records as rows of a given width."""

from consult_assist.app.records.archive import FoundPage
from consult_assist.counter.labels import PURPOSES, REVIEW_STATES, local_time, sound_words, state_words
from consult_assist.domain.consultation import ConsultationState, ConsultationSummary
from consult_assist.tui.presentation.cells import column, cut, pad
from consult_assist.tui.presentation.prose import Piece

_DATE, _CLERK, _CASE, _STATE = 17, 11, 11, 7
_WIDE = 100
_NO_RECORDS = "記録はまだありません。最初の画面の F2 で相談を始めると、ここに残ります。"


def header(width_cells: int) -> str:
    """Return the names of the columns."""
    case = pad("案件番号", _CASE) if width_cells >= _WIDE else ""
    return pad("日時", _DATE) + pad("担当", _CLERK) + case + pad("状態", _STATE) + "主訴"


def record_row(summary: ConsultationSummary, width_cells: int) -> tuple[Piece, ...]:
    """Return one consultation: when, who, which case, state, and what it was about."""
    mark = PURPOSES[summary.purpose]
    left = pad(local_time(summary.started_at), _DATE) + column(summary.operator, _CLERK)
    if width_cells >= _WIDE:
        left += column(summary.case_number or "", _CASE)
    state = pad(state_words(summary), _STATE)
    room = width_cells - _DATE - _CLERK - _STATE - (_CASE if width_cells >= _WIDE else 0)
    about = f"（{mark}）{summary.headline}" if mark else summary.headline
    return (left, ""), (state, "$quiet"), (cut(about, room), "bold")


def records_note(page: FoundPage, n_shown: int, *, asked: bool) -> str:
    """Return the line below the list: what was not understood, otherwise how many there are.

    Args:
        page: what was found.
        n_shown: records on all pages read so far.
        asked: whether anything was asked for.
    """
    if page.asked.notes:
        return "　".join(page.asked.notes)
    if page.count is not None:
        if page.count:
            return f"{page.count:,} 件"
        if page.asked.advice is not None:
            return page.asked.advice
        return "見つかりません。言葉を減らすか、条件を外してください" if asked else _NO_RECORDS
    return f"新しいものから {n_shown} 件{'（下へ進むと、続きを出します）' if page.more else ''}"


def record_title(summary: ConsultationSummary, *, submits: bool = True) -> str:
    """Return the line above an opened record; what people named, which may be long, stands last.

    Args:
        summary: of the record.
        submits: whether F5 would hand it in.
    """
    going_on = summary.state is ConsultationState.OPEN
    parts = [
        local_time(summary.started_at),
        REVIEW_STATES[summary.review]
        + (f"（書きかけ{'。F5で提出' if submits else ''}）" if going_on else ""),
        sound_words(summary),
        PURPOSES[summary.purpose],
        summary.operator,
        f"案件 {summary.case_number}" if summary.case_number else "",
    ]
    return "   ".join(part for part in parts if part)
