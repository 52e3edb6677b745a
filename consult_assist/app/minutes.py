"""What is said in a running consultation, taken down: transcript and journal brought forward together."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from consult_assist.app.journal import Journal
from consult_assist.app.pipeline import Heard
from consult_assist.domain.events import Event
from consult_assist.domain.speech import Draft, Revision, Speaker, SpeakerAssigned, Utterance
from consult_assist.domain.transcript import Transcript, TranscriptLine
from consult_assist.japanese.masking import DICTATED_LINES, mask_dictated, mask_personal_numbers


class Minutes:
    """Safe from any thread; a 個人番号 is covered before anything keeps or shows it."""

    def __init__(self, journal: Journal) -> None:
        """Begin with what an earlier run took down."""
        self._journal = journal
        self._lock = threading.RLock()
        self._set_by_clerk: set[str] = set()
        self.transcript = Transcript(journal.events())

    def take(self, event: Heard) -> Heard | None:
        """Take down what was heard and return it as it was kept, None where the clerk has said otherwise."""
        with self._lock:
            if isinstance(event, Utterance):
                event = self._masked(self._with_known_speaker(event))
            elif isinstance(event, Draft):
                event = replace(event, text=mask_personal_numbers(event.text))
            elif isinstance(event, SpeakerAssigned) and event.utterance_id in self._set_by_clerk:
                return None
            self.note(event)
            return event

    def note(self, event: Event) -> None:
        """Take down anything else that happened."""
        with self._lock:
            self.transcript.apply(event)
            self._journal.emit(event)

    def note_found(self, line: TranscriptLine, found: Sequence[Event]) -> bool:
        """Take down what was found in a line, unless it was rewritten since; say whether it was taken."""
        with self._lock:
            now = self.transcript.get(line.id)
            if now is None or (now.text, now.revision) != (line.text, line.revision):
                return False
            for event in found:
                self.note(event)
            return True

    def flip_speaker(self, utterance_id: str) -> SpeakerAssigned | None:
        """Set the speaker of a line in the clerk's name: unknown → resident → clerk → resident."""
        with self._lock:
            if (line := self.transcript.get(utterance_id)) is None:
                return None
            flipped = Speaker.CLERK if line.speaker is Speaker.RESIDENT else Speaker.RESIDENT
            event = SpeakerAssigned(utterance_id=utterance_id, speaker=flipped, by="clerk")
            self._set_by_clerk.add(utterance_id)
            self.note(event)
            return event

    def read_anew(self) -> None:
        """Begin again with what the journal holds now, as after something was erased."""
        with self._lock:
            self.transcript = Transcript(self._journal.events())

    def _with_known_speaker(self, utterance: Utterance) -> Utterance:
        """Keep the speaker that a failed line was given before it was recognised after all."""
        line = self.transcript.get(utterance.id)
        return utterance if line is None or line.speaker is None else replace(utterance, speaker=line.speaker)

    def _masked(self, utterance: Utterance) -> Utterance:
        """Cover a 個人番号 in an utterance, and what of it was read out in the lines around it."""
        place = utterance.channel, utterance.start_s
        before = list(islice(self.transcript.preceding(*place), DICTATED_LINES))[::-1]
        after = list(islice(self.transcript.following(*place), DICTATED_LINES))
        lines = [*before, *after]
        texts = [line.text for line in lines]
        texts.insert(len(before), utterance.text)
        covered = mask_dictated(texts)
        text = covered.pop(len(before))
        for line, now in zip(lines, covered, strict=True):
            if now != line.text:
                self.note(Revision(utterance_id=line.id, revision=line.revision + 1, text=now, by="terms"))
        heard = mask_personal_numbers(utterance.heard) if text == utterance.text else text
        return replace(utterance, heard=heard, text=text)
