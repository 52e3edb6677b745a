"""What screens see of a session in progress."""

from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    """What the consultation is doing now."""

    RUNNING = "running"
    PAUSED = "paused"
    MICROPHONE_LOST = "microphone_lost"
    HANDWRITTEN = "handwritten"
    RECORDING_FAILED = "recording_failed"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionStatus:
    """What the status line shows.

    Attributes:
        behind_s: seconds of sound captured and not yet recognised.
        levels_db: dBFS for each channel.
        withdrawal_pending: consent was withdrawn and something could not be erased yet.
        preparing: lines are understood a little later, because something is still being loaded.
        trouble: one sentence when something cannot be heard or kept or has stopped, else None.
    """

    phase: Phase
    recording: bool
    sound_s: float
    behind_s: float
    levels_db: tuple[float, ...]
    withdrawal_pending: bool = False
    preparing: bool = False
    trouble: str | None = None
