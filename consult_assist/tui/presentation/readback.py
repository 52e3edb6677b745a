"""The read-back list as rows, and what was said around one of its items."""

import re
from collections.abc import Mapping, Sequence

from consult_assist.counter.labels import READBACK_KINDS, SPEAKERS, clock, readback_value
from consult_assist.domain.record import ReadbackItem, ReadbackState
from consult_assist.domain.transcript import Transcript, TranscriptLine
from consult_assist.tui.presentation.cells import column, cut, pad
from consult_assist.tui.presentation.prose import Paragraph, Piece, plain
from consult_assist.tui.presentation.transcript_rows import heard_note

STATES: Mapping[ReadbackState, str] = {
    ReadbackState.OPEN: "・",
    ReadbackState.CONFIRMED: "確認",
    ReadbackState.CORRECTED: "訂正",
    ReadbackState.DROPPED: "除外",
}
NOTHING_YET = "復唱するもの（名前・日付・金額・電話番号など）は、まだ話に出ていません。"
_ISO_DATE = re.compile(r"^(\d{4})-(\d\d)-(\d\d)$", re.ASCII)
_STATE_CELLS = 6
_KIND_CELLS = 10
_MIN_VALUE_CELLS = 18
_MAX_VALUE_CELLS = 32
_SPEAKER_CELLS = 8


def n_open(items: Sequence[ReadbackItem]) -> int:
    """Return how many items are still to be confirmed."""
    return sum(item.state is ReadbackState.OPEN for item in items)


def readback_title(items: Sequence[ReadbackItem]) -> str:
    """Return the title with how much is left."""
    if not items:
        return "復唱リスト"
    left = n_open(items)
    return f"復唱リスト   {f'残り {left} 件' if left else 'すべて済み'}（全 {len(items)} 件）"


def readback_remark(items: Sequence[ReadbackItem], *, can_open: bool) -> str:
    """Return what the status line of the counter says, nothing where nothing is left."""
    left = n_open(items)
    key = "（Ctrl+R）" if can_open else ""
    return f"復唱 残り {left}{key}" if left else ""


def readback_row(item: ReadbackItem, kana: str | None, width_cells: int) -> tuple[Piece, ...]:
    """Return one row: state, kind, value, the words as they were said."""
    value = _ISO_DATE.sub(_as_read, readback_value(item)) if item.kind == "date" else readback_value(item)
    if item.kind == "name" and kana and kana != value:
        value = f"{value}（{kana}）"
    room = width_cells - _STATE_CELLS - _KIND_CELLS
    value_cells = max(_MIN_VALUE_CELLS, min(_MAX_VALUE_CELLS, room * 2 // 5))
    said = cut(f"「{item.text}」", max(0, room - value_cells))
    head = pad(STATES[item.state], _STATE_CELLS)
    kind = pad(READBACK_KINDS[item.kind], _KIND_CELLS)
    if item.state is ReadbackState.OPEN:
        return (
            (head, "bold"),
            (kind, "$primary"),
            (column(value, value_cells), "bold"),
            (said, ""),
        )
    return ((f"{head}{kind}{column(value, value_cells)}{said}", "$quiet"),)


def _as_read(date: re.Match[str]) -> str:
    """Return a date as it is read out, and as the record has it."""
    year, month, day = date.groups()
    return f"{year}年{int(month)}月{int(day)}日"


def said_around(item: ReadbackItem, transcript: Transcript) -> tuple[Paragraph, ...]:
    """Return what was said just before, and the utterance with the item's words marked."""
    line = transcript.get(item.utterance_id)
    if line is None:
        return (plain(f"「{item.text}」"),)
    before = [other for other in transcript if other.start_s < line.start_s and other.text][-1:]
    start, end = marked_span(item, line)
    said = Paragraph(
        (
            (pad(SPEAKERS[line.speaker], _SPEAKER_CELLS), "$quiet"),
            (line.text[:start], ""),
            (line.text[start:end], "bold underline"),
            (line.text[end:], ""),
        ),
        hanging=_SPEAKER_CELLS,
    )
    heard = (plain(note, "$quiet", most_rows=1),) if (note := heard_note(line)) else ()
    return (
        plain(clock(line.start_s), "$quiet"),
        *(_spoken(other) for other in before),
        said,
        *heard,
    )


def marked_span(item: ReadbackItem, line: TranscriptLine) -> tuple[int, int]:
    """Return where the item's words stand; nowhere in a text that changed since."""
    return (item.start_char, item.end_char) if item.revision == line.revision else (0, 0)


def _spoken(line: TranscriptLine) -> Paragraph:
    label = pad(SPEAKERS[line.speaker], _SPEAKER_CELLS)
    return plain(f"{label}{line.text}", "$quiet", hanging=_SPEAKER_CELLS)
