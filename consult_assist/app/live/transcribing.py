"""A sound file → its text, without a consultation: nothing is kept."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from consult_assist.app.live.assembly import new_pipeline
from consult_assist.app.workplace import Workplace
from consult_assist.audio.base import AudioBlock
from consult_assist.domain.audio import SAMPLE_RATE_HZ
from consult_assist.domain.transcript import Transcript, TranscriptLine
from consult_assist.record.redaction import covered_texts


def transcribe_sound(
    workplace: Workplace, path: Path, on_heard: Callable[[float], object] = lambda _: None
) -> Iterator[TranscriptLine]:
    """Yield the lines of a sound file with their speakers; each 個人番号 is covered.

    They come when the whole file was heard, for who speaks is settled only in the end.

    Args:
        workplace: what the program works with.
        path: the sound file.
        on_heard: told the seconds of sound that were heard so far, once for each second.

    Raises:
        SoundFileError: the file gives no sound.
        ModelError: the speech model is missing.
    """
    source = workplace.open_file(path, None)
    pipeline = new_pipeline(workplace, source, live=False)
    lines = tuple(Transcript(pipeline.listen(told_by_second(source.blocks(), on_heard))))
    texts = covered_texts(lines)
    yield from (replace(line, text=texts[line.id], heard=texts[line.id]) for line in lines)


def told_by_second(
    blocks: Iterator[AudioBlock], on_heard: Callable[[float], object]
) -> Iterator[list[AudioBlock]]:
    """Pass blocks on one by one, and tell each full second that was heard."""
    second = 0
    for block in blocks:
        yield [block]
        if block[0].end_sample // SAMPLE_RATE_HZ > second:
            second = block[0].end_sample // SAMPLE_RATE_HZ
            on_heard(float(second))
