"""Taking down what is said: transcript and journal of a consultation go forward together."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from consult_assist.app.journal import Journal
from consult_assist.app.live.analysis import analyze_line, as_read
from consult_assist.app.live.personal_numbers import PersonalNumberGuard, covered_with_lines_around
from consult_assist.app.live.pipeline import Heard
from consult_assist.app.live.redaction import Redactor
from consult_assist.counter.masking import mask_personal_numbers
from consult_assist.domain.events import Event
from consult_assist.domain.guidance import Fact, Term
from consult_assist.domain.record import ReadbackDecided, ReadbackItem, ReadbackState
from consult_assist.domain.speech import Draft, Revision, Speaker, SpeakerAssigned, Utterance
from consult_assist.domain.transcript import Transcript, TranscriptLine
from consult_assist.errors import TranscriptChangedError
from consult_assist.japanese.difference import moved_span
from consult_assist.nlp.base import Analyzer
from consult_assist.text_cache import forgetting_erased

TRANSCRIPT_CHANGED = "文字起こしが書き直されました。もう一度確かめてください。"


class TranscriptWriter:
    """The transcript of a consultation and the one way into it.

    A 個人番号 is covered before anything keeps or shows it. Safe from any thread.
    """

    def __init__(
        self,
        journal: Journal,
        redactor: Redactor,
        on_covered: Callable[[Revision], None] = lambda _: None,
    ) -> None:
        """Begin with what an earlier run took down.

        Args:
            journal: where everything is kept.
            redactor: erases a 個人番号.
            on_covered: told of each earlier line in which a number was covered, so that it is analysed again.
        """
        self._journal = journal
        self._redactor = redactor
        self._numbers = PersonalNumberGuard(redactor)
        self._on_covered = on_covered
        self._lock = threading.RLock()
        self._set_by_clerk: set[str] = set()
        self.transcript = Transcript(journal.events())
        self._corrected = {
            event.utterance_id
            for event in journal.events()
            if isinstance(event, Revision) and event.by == "clerk"
        }

    def take(self, event: Heard) -> Heard | None:
        """Take down what was heard and return it as kept; None for a speaker whom the clerk has set."""
        with self._lock:
            if isinstance(event, Utterance):
                event = self._masked(self._with_known_speaker(event))
            elif isinstance(event, Draft):
                text, _ = covered_with_lines_around(self.transcript, event.channel, event.start_s, event.text)
                event = replace(event, text=text)
            elif isinstance(event, SpeakerAssigned):
                if event.utterance_id in self._set_by_clerk:
                    return None
                event = self._with_rereading(event)
            self.note(event)
            return event

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let nobody else take anything down meanwhile."""
        with self._lock:
            yield

    def note(self, event: Event) -> None:
        """Take down an event as it is."""
        with self._lock:
            self.transcript.apply(event)
            self._journal.emit(event)

    def flip_speaker(self, utterance_id: str) -> SpeakerAssigned | None:
        """Set the speaker of a line in the clerk's name: unknown → resident → clerk → resident."""
        with self._lock:
            if (line := self.transcript.get(utterance_id)) is None:
                return None
            flipped = Speaker.CLERK if line.speaker is Speaker.RESIDENT else Speaker.RESIDENT
            event = self._with_rereading(
                SpeakerAssigned(utterance_id=utterance_id, speaker=flipped, by="clerk")
            )
            self._set_by_clerk.add(utterance_id)
            self.note(event)
            return event

    def correct(self, utterance_id: str, revision: int, text: str, operator: str | None = None) -> Revision:
        """Take down a line as a person corrected it, and return the correction.

        Args:
            utterance_id: of the line.
            revision: that the person saw.
            text: what was said.
            operator: who corrects; None is the clerk of the consultation.

        Raises:
            TranscriptChangedError: the text was rewritten since.
        """
        with self._lock:
            line = self.transcript.get(utterance_id)
            if line is None or line.revision != revision or line.failure is not None:
                raise TranscriptChangedError(TRANSCRIPT_CHANGED)
            return self._correct(line, text, operator)

    def _correct(self, line: TranscriptLine, text: str, operator: str | None) -> Revision:
        text = self._without_number(line, text)
        revision = Revision(
            utterance_id=line.id, revision=line.revision + 1, text=text, by="clerk", operator=operator
        )
        self._corrected.add(line.id)
        self.note(revision)
        return revision

    def decide(
        self, item: ReadbackItem, state: ReadbackState, words: str | None, operator: str | None = None
    ) -> Revision | None:
        """Take down what became of an item of the read-back list, and return the correction, if it is one.

        Only the item's own words are replaced; everything around them stays as it is.

        Raises:
            TranscriptChangedError: the text was rewritten since the item was listed.
        """
        with self._lock:
            line = self.transcript.get(item.utterance_id)
            if line is None or (words is not None and line.revision != item.revision):
                raise TranscriptChangedError(TRANSCRIPT_CHANGED)
            revision = None
            if words is not None:
                text = line.text[: item.start_char] + words + line.text[item.end_char :]
                revision = self._correct(line, text, operator)
                words = revision.text[item.start_char : item.start_char + len(words)]
            revised = revision.revision if revision is not None else None
            self.note(ReadbackDecided.of(item, state, words=words, revised=revised, operator=operator))
            return revision

    def understand(
        self,
        line_id: str,
        analyzer: Analyzer | None,
        conclude: Callable[[TranscriptLine, Sequence[Term | Fact]], None] = lambda _line, _found: None,
    ) -> None:
        """Analyse a line, again if it was rewritten meanwhile, and take down what was found.

        Args:
            line_id: of the line.
            analyzer: None finds nothing.
            conclude: told the line and what was found in it, before anything else is taken down or erased.
        """
        found: Sequence[Revision | Term | Fact] = ()
        while (line := (transcript := self.transcript).get(line_id)) is not None:
            if analyzer is not None:
                with forgetting_erased():
                    found = self.as_typed(line, analyze_line(analyzer, line, transcript))
            with self._lock:
                now = self.transcript.get(line_id)
                if now is not None and as_read(now) == as_read(line):
                    for event in found:
                        self.note(event)
                    meant = [event for event in found if not isinstance(event, Revision)]
                    conclude(self.transcript.get(line_id) or now, meant)
                    return

    def as_typed(
        self, line: TranscriptLine, found: Sequence[Revision | Term | Fact]
    ) -> Sequence[Revision | Term | Fact]:
        """Return what was found, placed in the text that the clerk typed: no finding rewrites that."""
        better = next((event for event in found if isinstance(event, Revision)), None)
        if better is None or line.id not in self._corrected:
            return found
        kept: list[Term | Fact] = []
        for event in found:
            if isinstance(event, Revision):
                continue
            span = moved_span(better.text, line.text, (event.start_char, event.end_char))
            if span is not None:
                start, end = span
                kept.append(replace(event, revision=line.revision, start_char=start, end_char=end))
        return kept

    def take_off_record(self, utterance_id: str) -> None:
        """Take a line out of the record, for good.

        Raises:
            ConsultAssistError: it could not be erased.
        """
        with self._lock:
            if (line := self.transcript.get(utterance_id)) is not None:
                try:
                    self._redactor.erase_line(line, by="clerk")
                finally:  # the words may be erased although a copy on disk could not be
                    self.read_anew()

    def erase_pending(self) -> None:
        """Erase a 個人番号 that could only be covered so far; it stays pending where that fails again."""
        with self._lock:
            if self._numbers.is_waiting and self._numbers.erase_waiting():
                self.read_anew()

    def read_anew(self) -> None:
        """Begin again with what the journal holds now, as after something was erased."""
        with self._lock:
            self.transcript = Transcript(self._journal.events())
            self._numbers.drop_missing(self.transcript)

    def _with_rereading(self, event: SpeakerAssigned) -> SpeakerAssigned:
        """Note in an event whether the line has to be read again: a clerk's words state no facts."""
        line = self.transcript.get(event.utterance_id)
        changes = line is not None and as_read(replace(line, speaker=event.speaker)) != as_read(line)
        return replace(event, reread=changes)

    def _with_known_speaker(self, utterance: Utterance) -> Utterance:
        """Give an utterance the speaker that its line was given while recognition had failed."""
        line = self.transcript.get(utterance.id)
        return utterance if line is None or line.speaker is None else replace(utterance, speaker=line.speaker)

    def _masked(self, utterance: Utterance) -> Utterance:
        """Cover a 個人番号 in an utterance, also where its digits run over from the lines around it."""
        text = self._without_number(utterance, utterance.text)
        heard = mask_personal_numbers(utterance.heard) if text == utterance.text else text
        return replace(utterance, heard=heard, text=text)

    def _without_number(self, line: Utterance | TranscriptLine, text: str) -> str:
        """Return the text of a line with a 個人番号 covered, and erase its digits from the lines around."""
        covered, around = covered_with_lines_around(self.transcript, line.channel, line.start_s, text)
        if covered != text or around:
            self._erase_number(around, line)
        else:
            self.erase_pending()
        return covered

    def _erase_number(self, around: Mapping[str, str], line: Utterance | TranscriptLine) -> None:
        """Erase a number; if that fails, cover it for now and erase it with the next line or in the end."""
        if self._numbers.erase(self.transcript, around, [*self._lines(around), line]):
            self.read_anew()
            for other in self._lines(around):
                self._on_covered(
                    Revision(utterance_id=other.id, revision=other.revision, text=other.text, by="terms")
                )
            return
        for other in self._lines(around):
            text = around[other.id]
            self.note(Revision(utterance_id=other.id, revision=other.revision + 1, text=text, by="terms"))

    def _lines(self, ids: Iterable[str]) -> list[TranscriptLine]:
        return [line for line in map(self.transcript.get, ids) if line is not None]
