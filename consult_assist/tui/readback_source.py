"""Where a read-back list comes from and goes to: the consultation in progress, or a saved record."""

from collections.abc import Sequence
from typing import Protocol

from consult_assist.domain.record import ReadbackItem, ReadbackState
from consult_assist.domain.transcript import Transcript
from consult_assist.tui.desk import Desk, LiveSession


class ReadbackSource(Protocol):
    """A consultation whose list is confirmed; `look` and `decide` may block.

    Attributes:
        id: of the consultation.
        live: the consultation while its microphone may be open, else None.
        transcript: what was said, as of the last look.
    """

    id: str
    live: LiveSession | None
    transcript: Transcript

    def look(self) -> Sequence[ReadbackItem]:
        """Return the list as it is now."""

    def decide(self, item: ReadbackItem, state: ReadbackState, words: str | None) -> None:
        """Note what became of an item."""


class LiveReadback:
    """The consultation in progress; its transcript goes on growing."""

    def __init__(self, session: LiveSession, transcript: Transcript) -> None:
        self.id = session.id
        self.live: LiveSession | None = session
        self.transcript = transcript
        self._session = session

    def look(self) -> Sequence[ReadbackItem]:
        """Return the list as it is now."""
        return self._session.record().readback

    def decide(self, item: ReadbackItem, state: ReadbackState, words: str | None) -> None:
        """Note what became of an item."""
        self._session.decide_readback(item, state, words)


class SavedReadback:
    """A saved record; it is read again after every decision."""

    def __init__(self, desk: Desk, consultation_id: str) -> None:
        self.id = consultation_id
        self.live: LiveSession | None = None
        self.transcript = Transcript()
        self._desk = desk
        self._known: Sequence[ReadbackItem] | None = None

    def look(self) -> Sequence[ReadbackItem]:
        """Return the list as it is now; nobody else changes it meanwhile."""
        if self._known is None:
            document = self._desk.open_record(self.id)
            self.transcript = Transcript.of(document.transcript)
            self._known = document.record.readback
        return self._known

    def decide(self, item: ReadbackItem, state: ReadbackState, words: str | None) -> None:
        """Note what became of an item."""
        self._known = None
        self._desk.decide_readback(self.id, item, state, words)
