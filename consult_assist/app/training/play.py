"""An exercise being played: its clock, and its sound in step with it."""

import threading

from consult_assist.app.training.playhead import Playhead
from consult_assist.audio.base import Player
from consult_assist.domain.exercise import Exercise, ExerciseLine
from consult_assist.errors import SoundError

_NO_SOUND = "音を出せないので、文字だけで進めます。"


class ExercisePlay:
    """Runs, stands still and goes back; without sound the clock runs alone. Safe from any thread."""

    def __init__(self, exercise: Exercise, head: Playhead, player: Player) -> None:
        self.silence: str | None = None
        """A sentence for the trainee where there should be sound and is none."""
        self._exercise = exercise
        self._head = head
        self._player = player
        self._lock = threading.RLock()

    @property
    def running(self) -> bool:
        """Whether it is not held."""
        return self._head.running

    @property
    def position_s(self) -> float:
        """Where it stands now."""
        return self._head.position_s

    @property
    def furthest_s(self) -> float:
        """How far it has come."""
        return self._head.furthest_s

    @property
    def length_s(self) -> float:
        """How long it is."""
        return self._head.length_s

    @property
    def ended(self) -> bool:
        """Whether everything was heard."""
        return self._head.ended

    @property
    def heard_again(self) -> ExerciseLine | None:
        """The line that is heard again, None while new ones come."""
        return self.line_at(self._head.position_s) if self._head.again else None

    def line_at(self, at_s: float) -> ExerciseLine | None:
        """Return the line that began last at this moment or before it."""
        begun = [line for line in self._exercise.lines if line.start_s <= at_s]
        return max(begun, key=lambda line: line.start_s, default=None)

    def run(self) -> None:
        """Go on from where it stands; the clock waits for the sound to begin."""
        with self._lock:
            if not self._head.running:
                self._sound()
                self._head.run()

    def hold(self) -> bool:
        """Stand still; say whether it was running."""
        with self._lock:
            was_running = self._head.running
            self._head.hold()
            self._player.stop()
            return was_running

    def go_to(self, to_s: float) -> None:
        """Go on from a moment that was heard already."""
        with self._lock:
            self.hold()
            self._head.go_to(to_s)
            self.run()

    def _sound(self) -> None:
        sound, speed = self._exercise.sound, self._head.speed
        if sound is None or self.silence is not None or self._head.position_s >= self._head.length_s:
            return
        try:
            self._player.play_from(str(sound), self._head.position_s, speed=speed)
        except SoundError:
            self.silence = _NO_SOUND
