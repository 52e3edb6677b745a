"""The status line: what is captured, how loud, how long, how far behind."""

from consult_assist.app.live.status import Phase, SessionStatus
from consult_assist.counter.labels import clock
from consult_assist.tui.presentation.prose import Piece

METER_CELLS = 10
_FLOOR_DB = -60.0
_NOTICEABLE_DELAY_S = 0.05
_UNFINISHED_S = 1.0
"""Sound not yet recognised that may hold words."""


def meter(level_db: float, cells: int = METER_CELLS) -> str:
    """Return a level as a bar that needs no colour; −60 dBFS is empty, 0 is full."""
    full = round((level_db - _FLOOR_DB) / -_FLOOR_DB * cells)
    full = max(0, min(cells, full))
    return "[" + "|" * full + " " * (cells - full) + "]"


_PHASE: dict[Phase, Piece] = {
    Phase.RUNNING: ("○ 録音なし（文字のみ）", "bold"),
    Phase.PAUSED: ("= 一時停止（F5 で再開）", "bold $warning"),
    Phase.MICROPHONE_LOST: ("× マイクが外れています", "bold $error"),
    Phase.HANDWRITTEN: ("○ 手書き（マイクは閉じています）", "bold"),
    Phase.RECORDING_FAILED: ("× 録音できません", "bold $error"),
    Phase.FINISHED: ("■ 終わりました", "bold"),
}


def phase_piece(status: SessionStatus, *, replay: bool) -> Piece:
    """Return what is going on, as a mark and words."""
    if status.phase is Phase.RUNNING and replay:
        return "● 見本を再生中", "bold $success"
    if status.phase is Phase.RUNNING and status.recording:
        return "● 録音中", "bold $success"
    if status.phase is Phase.RUNNING and not status.sound_s:  # whether it is kept, the first block tells
        return "○ マイクを開いています", "bold"
    return _PHASE[status.phase]


def status_pieces(status: SessionStatus, *, replay: bool) -> tuple[Piece, ...]:
    """Return the whole line, left to right; nothing changes its place while the state stays the same."""
    pieces: list[Piece] = [phase_piece(status, replay=replay)]
    if status.phase in {Phase.HANDWRITTEN, Phase.FINISHED}:
        return tuple(pieces)
    marks = ["左", "右"] if len(status.levels_db) == 2 else [""] * len(status.levels_db)
    for mark, level in zip(marks, status.levels_db, strict=True):
        cells = METER_CELLS if not mark else METER_CELLS // 2
        pieces.append((f"  {mark}{meter(level, cells)}", ""))
    pieces.append((f"  {clock(status.sound_s)}", ""))
    behind_s = status.behind_s if status.behind_s >= _NOTICEABLE_DELAY_S else 0.0
    pieces.append((f"  遅れ {behind_s:.1f}秒", "$quiet" if behind_s < 5 else "bold $warning"))
    if status.preparing:
        pieces.append(("  案内は準備中", "$quiet"))
    return tuple(pieces)


def ended_remark(status: SessionStatus) -> str:
    """Return what the line says once the sound of a replay has come to its end."""
    left = status.behind_s >= _UNFINISHED_S and status.trouble is None
    return "残りを文字にしています…" if left else "終わりました。F9 で記録へ"


def trouble_sentence(status: SessionStatus) -> str | None:
    """Return what the clerk has to know at once, or None."""
    if status.withdrawal_pending:
        return "消し残しがあります。もう一度 Ctrl+T を押して、同意の取り消しを選んでください。"
    if status.phase is Phase.RECORDING_FAILED:
        reason = status.trouble or "録音できません。"
        return f"{reason} 直ったら F5 で録音を再開できます。手書きでも続けられます。"
    return status.trouble
