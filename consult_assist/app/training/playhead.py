"""Where an exercise stands: a clock that runs at a speed, stops and goes back. It is asked; nothing runs."""

import threading
from collections.abc import Callable


class Playhead:
    """Seconds of an exercise, from its start to its end; safe from any thread."""

    def __init__(self, length_s: float, *, speed: float, now: Callable[[], float]) -> None:
        """Stand still at the start.

        Args:
            length_s: where it stops by itself.
            speed: 1 = real time.
            now: seconds that only go forward.
        """
        self.length_s = length_s
        self.speed = speed
        self._now = now
        self._lock = threading.Lock()
        self._from_s = 0.0
        self._since: float | None = None
        self._furthest_s = 0.0

    @property
    def running(self) -> bool:
        """Whether it moves, or came to the end while it did."""
        return self._since is not None

    @property
    def position_s(self) -> float:
        """Where it stands now."""
        with self._lock:
            return self._position()

    @property
    def furthest_s(self) -> float:
        """How far it has come; going back does not turn it back."""
        with self._lock:
            return max(self._furthest_s, self._position())

    @property
    def again(self) -> bool:
        """Whether what it passes was passed before."""
        with self._lock:
            return self._position() < self._furthest_s

    @property
    def ended(self) -> bool:
        """Whether everything has been heard."""
        return self.furthest_s >= self.length_s

    def run(self) -> None:
        """Go on from where it stands."""
        with self._lock:
            self._move(self._position(), running=True)

    def hold(self) -> bool:
        """Stand still; say whether it was running."""
        with self._lock:
            was_running = self._since is not None
            self._move(self._position(), running=False)
            return was_running

    def go_to(self, to_s: float) -> None:
        """Go to a moment that was heard already; it runs or stands still as before."""
        with self._lock:
            here = self._position()
            self._furthest_s = max(self._furthest_s, here)
            self._move(min(max(to_s, 0.0), self._furthest_s), running=self._since is not None)

    def _move(self, to_s: float, *, running: bool) -> None:
        self._furthest_s = max(self._furthest_s, to_s)
        self._from_s = to_s
        self._since = self._now() if running else None

    def _position(self) -> float:
        if self._since is None:
            return self._from_s
        return min(self.length_s, self._from_s + (self._now() - self._since) * self.speed)
