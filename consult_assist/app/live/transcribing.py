"""A sound file → its text, without a consultation: nothing is kept."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from consult_assist.app.live.assembly import new_pipeline
from consult_assist.app.workplace import Workplace
from consult_assist.domain.transcript import Transcript, TranscriptLine
from consult_assist.record.redaction import covered_texts


def transcribe_sound(workplace: Workplace, path: Path) -> Iterator[TranscriptLine]:
    """Yield the lines of a sound file with their speakers; each 個人番号 is covered.

    They come when the whole file was heard, for who speaks is settled only in the end.

    Raises:
        SoundFileError: the file gives no sound.
        ModelError: the speech model is missing.
    """
    source = workplace.open_file(path, None)
    pipeline = new_pipeline(workplace, source, live=False)
    lines = tuple(Transcript(pipeline.listen([block] for block in source.blocks())))
    texts = covered_texts(lines)
    yield from (replace(line, text=texts[line.id], heard=texts[line.id]) for line in lines)
