"""Events on their way from worker threads to the screen."""

import queue
from collections.abc import Sequence

from consult_assist.domain.events import Event, StampedEvent
from consult_assist.domain.speech import Draft

_MAX_TAKEN = 400
"""So many at once, so that taking up a long consultation does not hold the screen."""


class EventFeed:
    """Collects events from any thread; the screen takes them ten times a second."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[Event] = queue.SimpleQueue()

    def put(self, stamped: StampedEvent) -> None:
        """Take in one event; cheap, and safe from any thread."""
        self._waiting.put(stamped.event)

    def take(self) -> Sequence[Event]:
        """Return what has come, in order; of drafts of a channel in a row only the last."""
        taken: list[Event] = []
        last_draft: dict[int, int] = {}
        while len(taken) < _MAX_TAKEN:
            try:
                event = self._waiting.get_nowait()
            except queue.Empty:
                break
            if isinstance(event, Draft):
                if event.channel in last_draft:
                    taken[last_draft[event.channel]] = event
                    continue
                last_draft[event.channel] = len(taken)
            else:
                last_draft.clear()
            taken.append(event)
        return taken
