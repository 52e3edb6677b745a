"""An exercise being played: its clock, and its sound in step with it."""

import threading
from collections.abc import Callable

from consult_assist.app.training.playhead import Playhead
from consult_assist.audio.base import Player
from consult_assist.domain.exercise import Exercise, ExerciseLine
from consult_assist.errors import SoundError

_NO_SOUND = "音を出せないので、文字だけで進めます。"


class ExercisePlay(Playhead):
    """Runs, stands still and goes back; without sound the clock runs alone. Safe from any thread."""

    def __init__(self, exercise: Exercise, player: Player, *, speed: float, now: Callable[[], float]) -> None:
        """Stand still at the start; arguments as of `Playhead`."""
        super().__init__(exercise.duration_s, speed=speed, now=now)
        self.silence: str | None = None
        """A sentence for the trainee where there should be sound and is none."""
        self._exercise = exercise
        self._player = player
        self._in_step = threading.RLock()

    @property
    def heard_again(self) -> ExerciseLine | None:
        """The line that is heard again, None while new ones come."""
        return self.line_at(self.position_s) if self.again else None

    def line_at(self, at_s: float) -> ExerciseLine | None:
        """Return the line that began last at this moment or before it."""
        begun = [line for line in self._exercise.lines if line.start_s <= at_s]
        return max(begun, key=lambda line: line.start_s, default=None)

    def run(self) -> None:
        """Go on from where it stands; the clock waits for the sound to begin."""
        with self._in_step:
            if not self.running:
                self._sound()
                super().run()

    def hold(self) -> bool:
        """Stand still; say whether it was running."""
        with self._in_step:
            was_running = super().hold()
            self._player.stop()
            return was_running

    def go_to(self, to_s: float) -> None:
        """Go on from a moment that was heard already."""
        with self._in_step:
            self.hold()
            super().go_to(to_s)
            self.run()

    def _sound(self) -> None:
        sound = self._exercise.sound
        if sound is None or self.silence is not None or self.position_s >= self.length_s:
            return
        try:
            self._player.play_from(sound, self.position_s, speed=self.speed)
        except SoundError:
            self.silence = _NO_SOUND
