"""A record on its way to the decision, in words: who has it, what was remarked, what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from rich.cells import cell_len

from consult_assist.app.records.reviewing import WaitingRecord
from consult_assist.counter.labels import PURPOSES, local_time
from consult_assist.domain.document import RecordDocument
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.domain.record import LineKind
from consult_assist.domain.review import Act, Commented, Review, ReviewState
from consult_assist.record.signing import Obstacle
from consult_assist.tui.presentation.cells import column, cut, pad
from consult_assist.tui.presentation.prose import Paragraph, Piece, plain

_QUOTE_CELLS = 40
_DATE, _CLERK, _STEP, _OPEN, _AGE = 17, 11, 9, 9, 8
_WIDE = 100
_DANGER, _DANGER_WIDE = 16, 30
"""Room for the title of a protocol; in a wide window for all but the longest."""


def act_words(act: Act) -> str:
    """Return who did something, and when."""
    name = f"{act.step} {act.by}" if act.step else act.by
    return f"{name}（{local_time(act.at)}）"


def review_words(review: Review) -> str:
    """Return where a record stands and who had it last; nothing for a first draft."""
    match review.state:
        case ReviewState.SUBMITTED:
            passed = [f"{act_words(act)} 承認" for act in review.acts]
            handed = [f"{act_words(review.submitted)} 提出"] if review.submitted else []
            return " → ".join([*handed, *passed, f"次は {review.step}"])
        case ReviewState.RETURNED if review.returned:
            return f"{act_words(review.returned)} 差戻し"
        case ReviewState.APPROVED if review.acts:
            return " → ".join(f"{act_words(act)} 承認" for act in review.acts)
        case ReviewState.AMENDED if review.amended:
            return f"{act_words(review.amended)} 訂正中: {review.reason}"
        case _:
            return ""


def review_note(review: Review) -> Sequence[Paragraph]:
    """Return what stands above the fields: where the record stands, and what was said about all of it."""
    words = review_words(review)
    paragraphs = [plain(words, "bold $accent", hanging=2)] if words else []
    general = [item for item in review.comments if item.field is None]
    return [
        *paragraphs,
        *(plain(f"指摘: {item.text}（{item.by}）", "bold $warning", hanging=3) for item in general),
    ]


def comments_by_field(comments: Iterable[Commented]) -> Mapping[str, Sequence[Commented]]:
    """Return field name → comments on it, in the order of its lines."""
    found: dict[str, list[Commented]] = {}
    for item in comments:
        if item.field is not None:
            found.setdefault(item.field, []).append(item)
    return {name: sorted(items, key=lambda item: item.place or 0) for name, items in found.items()}


def comment_paragraphs(comments: Iterable[Commented]) -> Sequence[Paragraph]:
    """Return the comments on one field, each with the line that it is about."""
    return [
        Paragraph(
            (
                (f"指摘: {item.text}（{item.by}）", "bold $warning"),
                (f" ←「{cut(item.line, _QUOTE_CELLS)}」" if item.line else "", "$quiet"),
            ),
            indent=2,
            hanging=3,
        )
        for item in comments
    ]


def obstacle_row(item: Obstacle) -> str:
    """Return one thing that is missing, for a list to choose from."""
    if item.line is None:
        return f"{item.label}: 空です（必ず書く欄）"
    return f"{item.label}: 根拠がありません「{cut(item.line, _QUOTE_CELLS)}」"


def approved_text(document: RecordDocument) -> Sequence[Paragraph]:
    """Return the approved version to read: who approved it, then field by field."""
    paragraphs = [plain(review_words(document.review), "bold $accent", hanging=2)]
    for item in document.record.fields:
        paragraphs += [plain(""), plain(item.label, "bold $primary")]
        lines = [line.text for line in item.lines if line.kind is not LineKind.NOT_ASKED]
        paragraphs += [plain(text, indent=2) for text in lines or ["（記載なし）"]]
    return paragraphs


def queue_header(width_cells: int) -> str:
    """Return the names of the columns of what waits."""
    date = pad("相談日時", _DATE) if width_cells >= _WIDE else ""
    left = (
        pad("危険のサイン", _danger_cells(width_cells))
        + pad("台帳", _OPEN)
        + pad("待ち", _AGE)
        + pad("段", _STEP)
    )
    return f"{left}{date}{pad('担当', _CLERK)}主訴"


def _danger_cells(width_cells: int) -> int:
    return _DANGER_WIDE if width_cells >= _WIDE else _DANGER


def queue_row(
    item: WaitingRecord, knowledge: KnowledgeBase, now: datetime, width_cells: int
) -> tuple[Piece, ...]:
    """Return one record that waits: danger, what is left open, for how long, whose turn, whose record."""
    titles = [knowledge.protocol_title(protocol) for protocol in item.summary.protocols]
    days = (now - item.submitted.at).days
    left = pad(f"残り {item.n_open}" if item.n_open else "", _OPEN)
    left += pad(f"{days} 日" if days else "今日", _AGE) + column(item.step, _STEP)
    if width_cells >= _WIDE:
        left += pad(local_time(item.summary.started_at), _DATE)
    left += column(item.summary.operator, _CLERK)
    marks = [mark for mark in ("訂正" if item.amended else "", PURPOSES[item.summary.purpose]) if mark]
    about = "".join(f"（{mark}）" for mark in marks) + item.summary.headline
    danger_cells = _danger_cells(width_cells)
    room = width_cells - cell_len(left) - danger_cells
    danger = column(f"！{titles[0]}" if titles else "", danger_cells)
    return (danger, "bold $warning"), (left, ""), (cut(about, room), "bold")
