"""What is said and what the clerk does → findings and guidance, one after the other."""

import queue
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from consult_assist.app.journal import Journal
from consult_assist.app.live.analysis import Reading, as_read
from consult_assist.app.live.transcript_writer import TranscriptWriter
from consult_assist.counter.masking import OFF_RECORD
from consult_assist.domain.events import Event
from consult_assist.domain.found import found_by_line
from consult_assist.domain.guidance import AlertDismissed, Fact, LedgerEntry, Term
from consult_assist.domain.speech import Revision, SpeakerAssigned, Utterance
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.guidance.advisor import Advisor
from consult_assist.nlp.base import Analyzer

Act = SpeakerAssigned | AlertDismissed | LedgerEntry
"""What the clerk does that guidance must know."""


class Understanding:
    """Finds terms and facts, and what they suggest, ask, warn of and put on the ledger, in one thread: `run`.

    While something is concluded from a line, nothing is erased, so that no erased words come back.

    Args:
        journal: where everything found goes.
        writer: holds the text of each line as it stands now.
        load_analyzer: None when there is nothing to analyse.
        new_advisor: makes guidance that has heard nothing yet.
        on_fault: told what went wrong with one line or act; what comes after it is understood all the same.
    """

    def __init__(
        self,
        journal: Journal,
        writer: TranscriptWriter,
        load_analyzer: Callable[[], Analyzer] | None,
        new_advisor: Callable[[], Advisor],
        *,
        on_fault: Callable[[Exception], None],
    ) -> None:
        self._journal = journal
        self._writer = writer
        self._load_analyzer = load_analyzer
        self._analyzer: Analyzer | None = None
        self._new_advisor = new_advisor
        self._on_fault = on_fault
        self._waiting: queue.Queue[str | Act | None] = queue.Queue()
        """Ids of lines and acts that are still to be understood; None at the end."""
        self._read_as = dict(_read_by_earlier_run(writer, journal.events()))
        self.begin_anew()

    @property
    def ready(self) -> bool:
        """Whether what is heard can be understood at once."""
        return self._load_analyzer is None or self._analyzer is not None

    @property
    def unread(self) -> Sequence[str]:
        """The ids of the lines that are not analysed as they stand now."""
        return [
            line.id
            for line in self._writer.transcript
            if line.text and line.text != OFF_RECORD and self._read_as.get(line.id) != as_read(line)
        ]

    def put(self, item: Utterance | Revision | Act) -> None:
        """Queue a line that is new or was rewritten, or an act of the clerk; any thread may do so.

        A speaker is queued while nobody else takes anything down, so that its line is read once.
        """
        match item:
            case Utterance():
                self._waiting.put(item.id)
            case Revision():
                self._waiting.put(item.utterance_id)
            case _:
                if isinstance(item, SpeakerAssigned) and item.reread:
                    self._read_as.pop(item.utterance_id, None)  # even if it came back to whom it was
                self._waiting.put(item)

    def end(self) -> None:
        """Let `run` come to its end after what is waiting."""
        self._waiting.put(None)

    def run(self) -> None:
        """Load the analyzer, which takes seconds the first time, then understand what comes until `end`."""
        if self._load_analyzer is not None and self._analyzer is None:
            self._analyzer = self._load_analyzer()
        while (item := self._waiting.get()) is not None:
            try:
                self._understand(item)
            except Exception as error:  # noqa: BLE001 - one line must not end guidance for a whole talk
                self._on_fault(error)

    def begin_anew(self) -> None:
        """Bring guidance to what the journal holds now, as after an erasure; what is unread comes next."""
        with self._writer.alone():
            ending = False
            with suppress(queue.Empty):
                while True:  # acts are in the journal, lines follow below
                    ending |= self._waiting.get_nowait() is None
            events, unread = self._journal.events(), self.unread
            self._advisor = self._new_advisor()
            read = [line for line in self._writer.transcript if line.id not in unread]
            self._advisor.restore(read, found_by_line(events), events)
            self._read_as = {line.id: as_read(line) for line in read}  # erased words go from here, too
            for line_id in unread:
                self._waiting.put(line_id)
            if ending:
                self._waiting.put(None)

    def _understand(self, item: str | Act) -> None:
        if isinstance(item, str):
            self._read(item)
        elif not isinstance(item, SpeakerAssigned) or not self._read(item.utterance_id):
            with self._writer.alone():
                self._emit(self._advisor.note(item))

    def _read(self, line_id: str) -> bool:
        """Analyse a line and ask for advice on it; False where it was read already as it stands."""
        line = self._writer.transcript.get(line_id)
        if line is None or not line.text or self._read_as.get(line_id) == as_read(line):
            return False
        self._writer.understand(line_id, self._analyzer, self._conclude)
        return True

    def _conclude(self, line: TranscriptLine, found: Sequence[Term | Fact]) -> None:
        self._read_as[line.id] = as_read(line)
        self._emit(self._advisor.advise(line, found))

    def _emit(self, news: Iterable[Event]) -> None:
        for item in news:
            self._journal.emit(item)


def _read_by_earlier_run(writer: TranscriptWriter, events: Sequence[Event]) -> Iterable[tuple[str, Reading]]:
    """Yield the lines that an earlier run of the same consultation analysed, and as what.

    Lines are analysed in order: those before one with findings held nothing. One that a clerk corrected, or
    that came to another speaker, was read again if something was found in it since.
    """
    found = found_by_line(events)
    order = [event.id for event in events if isinstance(event, Utterance)]
    last = max((number for number, line_id in enumerate(order) if line_id in found), default=-1)
    changed: dict[str, int] = {}
    for event in events:
        match event:
            case SpeakerAssigned(reread=True):
                changed.setdefault(event.utterance_id, 0)
            case Revision(by="clerk"):
                changed[event.utterance_id] = event.revision
    for line_id in order[: last + 1]:
        line, since = writer.transcript.get(line_id), changed.get(line_id)
        again = since is None or any(item.revision >= since for item in found.get(line_id, ()))
        if line is not None and again:
            yield line_id, as_read(line)
