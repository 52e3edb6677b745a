"""Where the program runs to be measured, and what a run costs: memory and processor time of its processes.

Linux only (/proc); elsewhere memory reads 0 and only children that have ended count as processor time.
"""

import os
import resource
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parent.parent
POLL_S = 0.25
MEBIBYTE = 1024 * 1024
_NAME_END = b") "
_USER_TICKS, _SYSTEM_TICKS = 11, 12
"""Fields of /proc/PID/stat after the name. Source: proc(5), utime (14) and stime (15)."""


def program_environment(data_folder: Path) -> dict[str, str]:
    """Return the environment in which the program of this checkout runs on a data folder of its own."""
    return {
        "CONSULT_ASSIST_MODELS_FOLDER": str(ROOT / "models"),
        **os.environ,
        "CONSULT_ASSIST_DATA_FOLDER": str(data_folder),
        "PYTHONPATH": str(ROOT),
    }


def process_tree(pid: int) -> Iterator[int]:
    """Yield the process and all its descendants."""
    yield pid
    for listing in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = listing.read_text().split()
        except OSError:  # the thread has ended
            continue
        for child in children:
            yield from process_tree(int(child))


def resident_bytes(pid: int) -> int:
    """Return the memory of the whole process tree; 0 where there is no /proc."""
    pages = 0
    for member in process_tree(pid):
        try:
            pages += int(Path(f"/proc/{member}/statm").read_text().split()[1])
        except OSError:  # the process has ended
            continue
    return pages * resource.getpagesize()


def children_cpu_s() -> float:
    """Return the CPU time of all children that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def cpu_s(pid: int) -> float:
    """Return the CPU time one process has used so far.

    Raises:
        OSError: the process has ended.
    """
    fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(_NAME_END)[2].split()
    ticks = int(fields[_USER_TICKS]) + int(fields[_SYSTEM_TICKS])
    return ticks / os.sysconf("SC_CLK_TCK")


class TreeMeter:
    """Watch a process tree from a thread until the block ends: peak memory, and CPU time of every member.

    CPU time is read of living processes, because a worker may end in ways that its parent never counts.
    """

    def __init__(self, pid: int) -> None:
        self.peak_bytes = 0
        self._pid = pid
        self._cpu_s: dict[int, float] = {}
        self._history: list[tuple[float, float]] = []
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "TreeMeter":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._thread.join()

    def cpu_s_until(self, moment: float) -> float:
        """Return the CPU time of all members together up to a moment of `time.monotonic`, within a poll."""
        return max((total for at, total in self._history if at <= moment), default=0.0)

    def _watch(self) -> None:
        while not self._done.wait(POLL_S):
            self.peak_bytes = max(self.peak_bytes, resident_bytes(self._pid))
            for member in process_tree(self._pid):
                try:
                    self._cpu_s[member] = cpu_s(member)
                except OSError:  # the process has ended
                    continue
            self._history.append((time.monotonic(), sum(self._cpu_s.values())))
