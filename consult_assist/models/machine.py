"""What this PC has to compute with: cores, free memory, the memory of a graphics card."""

import ctypes
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

_MEMINFO = Path("/proc/meminfo")
_ASK_CARD = ("nvidia-smi", "--query-gpu=memory.free", "--format=csv,noheader,nounits")
_ANSWER_WITHIN_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What there is; None where it cannot be found out.

    Attributes:
        cores: processors this program may use.
        free_bytes: main memory that is free.
        card_free_bytes: free memory of the first graphics card that recognition works on.
    """

    cores: int
    free_bytes: int | None
    card_free_bytes: int | None = None


def read_machine(*, card: bool) -> Machine:
    """Ask the system; `card` tells whether recognition works on a graphics card."""
    return Machine(
        cores=_cores(), free_bytes=_free_bytes(), card_free_bytes=_card_free_bytes() if card else None
    )


def free_bytes_in_meminfo(text: str) -> int | None:
    """Return what Linux says can be used without swapping."""
    for line in text.splitlines():
        name, _, value = line.partition(":")
        if name == "MemAvailable":
            return int(value.split()[0]) * 1024
    return None


def _cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)  # only Linux has it
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def _free_bytes() -> int | None:
    if os.name == "nt":
        return _free_bytes_of_windows()
    try:
        return free_bytes_in_meminfo(_MEMINFO.read_text(encoding="ascii"))
    except OSError:
        return None


class _MemoryStatus(ctypes.Structure):
    """MEMORYSTATUSEX.

    Source: Microsoft, sysinfoapi.h.
    """

    _fields_ = (
        ("length", ctypes.c_uint32),
        ("load", ctypes.c_uint32),
        *((name, ctypes.c_uint64) for name in ("total", "free", "page", "page_free", "space", "space_free")),
        ("extended", ctypes.c_uint64),
    )


def _free_bytes_of_windows() -> int | None:
    status = _MemoryStatus(length=ctypes.sizeof(_MemoryStatus))
    kernel = getattr(ctypes, "windll", None)
    if kernel is None or not kernel.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
        return None
    return int(status.free)


def _card_free_bytes() -> int | None:
    try:
        answer = subprocess.run(
            _ASK_CARD, capture_output=True, text=True, timeout=_ANSWER_WITHIN_S, check=True
        ).stdout
        return int(answer.splitlines()[0]) * 1024 * 1024
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return None
