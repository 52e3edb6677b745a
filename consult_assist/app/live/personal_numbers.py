"""A 個人番号 that is read out: covered before anything shows it, and erased as soon as that is possible."""

from collections.abc import Mapping, Sequence
from itertools import islice

from consult_assist.app.live.redaction import Redactor, Stretch
from consult_assist.counter.masking import DICTATED_LINES, mask_dictated
from consult_assist.domain.speech import Utterance
from consult_assist.domain.transcript import Transcript, TranscriptLine
from consult_assist.errors import ConsultAssistError, RecordingError


def covered_with_lines_around(
    transcript: Transcript, channel: int, start_s: float, text: str
) -> tuple[str, dict[str, str]]:
    """Return a text with a 個人番号 covered, and id → text of the lines around that hold parts of it.

    Args:
        transcript: what was said so far, with or without this text.
        channel: that it is heard in; a number is read out by one voice.
        start_s: when it begins.
        text: what is said then.
    """
    before = list(islice(transcript.preceding(channel, start_s), DICTATED_LINES))[::-1]
    after = list(islice(transcript.following(channel, start_s), DICTATED_LINES))
    lines = [*before, *after]
    texts = [line.text for line in lines]
    texts.insert(len(before), text)
    covered = mask_dictated(texts)
    text = covered.pop(len(before))
    return text, {line.id: now for line, now in zip(lines, covered, strict=True) if now != line.text}


class PersonalNumberGuard:
    """Erases numbers from lines that are kept already; what cannot be erased yet waits for the next try.

    For use by one thread at a time.
    """

    def __init__(self, redactor: Redactor) -> None:
        """Begin with nothing to erase."""
        self._redactor = redactor
        self._to_erase: dict[str, tuple[str, str]] = {}
        """Utterance id → its text as kept, and covered."""
        self._to_silence: list[Stretch] = []
        """Where a number was said and could not be marked on disk."""

    @property
    def is_waiting(self) -> bool:
        """Whether anything could not be erased so far."""
        return bool(self._to_erase or self._to_silence)

    def erase(
        self,
        transcript: Transcript,
        covered: Mapping[str, str],
        said: Sequence[Utterance | TranscriptLine],
    ) -> bool:
        """Erase a number, and all that waits; return whether that was done.

        Where the words could not be erased but the sound was, only the words wait.

        Args:
            transcript: holds the lines as they are kept.
            covered: utterance id → its text with the number covered; ids of no line are passed over.
            said: the lines in which it was said, also one that is not kept yet.
        """
        lines = [line for line in map(transcript.get, covered) if line is not None]
        self._to_erase |= {line.id: (line.text, covered[line.id]) for line in lines}
        self._to_silence += _stretches(transcript, said)
        return self.erase_waiting()

    def erase_waiting(self) -> bool:
        """Try again to erase what waits; return whether that was done."""
        try:
            self._redactor.erase_number(self._to_erase, self._to_silence)
        except ConsultAssistError as error:
            if not isinstance(error, RecordingError):
                self._to_silence = []  # the sound is gone; the words wait
            return False
        self._to_erase, self._to_silence = {}, []
        return True

    def drop_missing(self, transcript: Transcript) -> None:
        """Wait no longer for lines that are gone from the transcript."""
        self._to_erase = {key: texts for key, texts in self._to_erase.items() if transcript.get(key)}


def _stretches(transcript: Transcript, said: Sequence[Utterance | TranscriptLine]) -> list[Stretch]:
    """Return where a number was said; neighbouring lines make one stretch: digits may lie in between."""
    stretches: list[Stretch] = []
    for line in sorted(said, key=lambda line: line.start_s):
        begin_s, last_s = stretches[-1] if stretches else (line.start_s, line.start_s)
        if any(last_s <= other.start_s < line.start_s for other in transcript):
            stretches.append((line.start_s, line.end_s))
        else:
            stretches[-1:] = [(begin_s, max(last_s, line.end_s))]
    return stretches
