"""Erasing single lines of a consultation for good: a 個人番号 that was said, or words off the record.

The sound is marked on disk first, then the words go from the store in one step, then the sound is silenced.
After a crash in between, `mend_sound` silences what is marked at the next start.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial

from consult_assist.app.journal import Journal
from consult_assist.app.projections import erased_recordings, recordings_in
from consult_assist.app.workplace import Workplace
from consult_assist.audio.base import SoundFiles
from consult_assist.counter.masking import MASK
from consult_assist.domain.consultation import RecordingOpened
from consult_assist.domain.events import StampedEvent
from consult_assist.domain.transcript import Transcript, TranscriptLine
from consult_assist.errors import RecordingError, SoundFileError
from consult_assist.record.redaction import Covered, cover_figures, cover_line, cover_number

Stretch = tuple[float, float]
"""Seconds on the consultation's clock: from, to."""
Starter = Callable[[str, Callable[[], None]], object]
"""Starts a thread, given its name and what it runs."""


def _at_once(_name: str, run: Callable[[], None]) -> None:
    run()


class Redactor:
    """Erases from one consultation; safe from any thread."""

    def __init__(
        self,
        journal: Journal,
        sound: SoundFiles,
        *,
        divide: Callable[[], None] = lambda: None,
        start_thread: Starter = _at_once,
    ) -> None:
        """Prepare to erase.

        Args:
            journal: of the consultation.
            sound: the recordings.
            divide: makes capture go on in a new part of its sound file, so that the part so far can change.
            start_thread: starts the thread that silences sound, so that nobody waits for it.
        """
        self._journal = journal
        self._sound = sound
        self._divide = divide
        self._silencing = threading.Lock()
        self._start_thread = start_thread

    def erase_number(self, texts: Mapping[str, tuple[str, str]], stretches: Sequence[Stretch]) -> None:
        """Cover a 個人番号 in lines that were kept before it was complete, and silence where it was said.

        Args:
            texts: utterance id → its text as it was kept, and with the number covered.
            stretches: where it was said, also in lines that are not kept yet.

        Raises:
            StoreError: the words could not be erased; the sound is.
            RecordingError: nothing was erased, as it could not be noted on disk.
        """
        self._erase(partial(cover_number, texts=texts), stretches)

    def erase_heard_again(self, before: Iterable[TranscriptLine], after: Transcript) -> None:
        """Erase a 個人番号 that only hearing again brought to light, from the first text and from the sound.

        Args:
            before: the lines as they stood.
            after: the lines as they stand.

        Raises:
            StoreError: the words could not be erased; the sound is.
            RecordingError: nothing was erased, as it could not be noted on disk.
        """
        found = [
            line
            for line in before
            if MASK not in line.text and (now := after.get(line.id)) is not None and MASK in now.text
        ]
        if found:
            texts = {line.id: line.text for line in found}
            stretches = [(line.start_s, line.end_s) for line in found]
            self._erase(partial(cover_figures, texts=texts), stretches)

    def erase_line(self, line: TranscriptLine, *, by: str) -> None:
        """Take a line out of the record, with its sound and everything that was concluded from it.

        Raises:
            StoreError: the words could not be erased; the sound is.
            RecordingError: nothing was erased, as it could not be noted on disk.
        """
        plan = partial(cover_line, utterance_id=line.id)
        self._erase(plan, [(line.start_s, line.end_s)], reason="off_record", by=by)

    def _erase(
        self,
        plan: Callable[[Sequence[StampedEvent]], Covered],
        stretches: Sequence[Stretch],
        *,
        reason: str = "personal_number",
        by: str = "program",
    ) -> None:
        names = self._mark(stretches)
        try:
            self._journal.redact_events(plan, reason=reason, by=by, silenced=stretches)
        finally:
            self._silence(names)

    def remove(self, name: str) -> None:
        """Delete a sound file; one that is gone already is fine."""
        with self._silencing:
            self._sound.remove(name)

    def settle(self) -> None:
        """Finish the sound files once nobody writes them; what fails is left to the next start."""
        with self._silencing, suppress(RecordingError, SoundFileError):
            for name in dict.fromkeys(item.name for item in recordings_in(self._journal.events())):
                if name in self._sound.to_mend():
                    self._sound.mend(name)

    def _mark(self, stretches: Sequence[Stretch]) -> list[str]:
        """Note on disk what is to be silenced where it is left, and return in which files."""
        events = self._journal.events()
        gone = erased_recordings(events)
        found = [each for each in _in_files(recordings_in(events), stretches) if each[0] not in gone]
        with self._silencing:
            for name, parts in found:
                self._sound.mark(name, parts)
        return [name for name, _ in found]

    def _silence(self, names: Sequence[str]) -> None:
        if names:
            with suppress(RecordingError):  # capture will say so itself
                self._divide()
            self._start_thread("silence", partial(self._silence_now, names))

    def _silence_now(self, names: Sequence[str]) -> None:
        with self._silencing:
            for name in names:
                with suppress(RecordingError, SoundFileError):  # it stays marked; the next start tries again
                    self._sound.silence(name)


def _in_files(
    recordings: Sequence[RecordingOpened], stretches: Sequence[Stretch]
) -> Iterator[tuple[str, list[Stretch]]]:
    """Yield the name of each sound file that holds some of the stretches, and where they are in it."""
    for number, recording in enumerate(recordings):
        begin = recording.start_s
        end = recordings[number + 1].start_s if number + 1 < len(recordings) else float("inf")
        inside = [
            (max(start_s, begin) - begin, min(end_s, end) - begin)
            for start_s, end_s in stretches
            if start_s < end and end_s > begin
        ]
        if inside:
            yield recording.name, inside


def mend_sound(workplace: Workplace) -> None:
    """Silence what an earlier run left marked, while nobody captures; what fails stays marked."""
    for name in workplace.sound_files.to_mend():
        with suppress(RecordingError, SoundFileError):
            workplace.sound_files.mend(name)
