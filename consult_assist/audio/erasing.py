"""Taking sound away for good: a stretch of a recording, or all of it.

What is to be silenced is marked first, durably and beside the recording, and the mark goes when it is done:
whatever a crash leaves undone is made good by `mend_recording` at the next start. The disk may keep the old
bytes until it needs the space: encrypt it.
"""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from consult_assist.audio.recording import (
    FlacFile,
    mark_of,
    marked_stretches,
    part_duration_s,
    part_sound,
    parts_of,
    stored_sound,
)
from consult_assist.disk import sync_folder, write_whole
from consult_assist.domain.audio import SAMPLE_RATE_HZ, SILENCE_SUFFIX
from consult_assist.errors import RecordingError, SoundFileError

_WHOLE_SUFFIX = ".whole"
Stretches = Sequence[tuple[float, float]]
"""Seconds from the start of a recording: from, to."""


def mark_for_silence(path: Path, stretches: Stretches) -> None:
    """Note on disk that stretches are to be silenced, beside what is noted already.

    Raises:
        RecordingError: it cannot be written.
    """
    try:
        write_whole(mark_of(path), json.dumps([*marked_stretches(path), *stretches]).encode())
    except (OSError, SoundFileError) as error:
        raise RecordingError(
            "録音の消す所を書き留められません。ディスクの空きとフォルダーの権限を確かめてください。"
        ) from error
    sync_folder(path.parent)


def recordings_to_mend(folder: Path) -> list[str]:
    """Return the names of recordings in which something is to be silenced, or that lie in parts."""
    suffixes = (SILENCE_SUFFIX, _WHOLE_SUFFIX, ".2")
    return sorted(
        {path.name.removesuffix(path.suffix) for end in suffixes for path in folder.glob(f"*.flac{end}")}
    )


def silence_marked(path: Path) -> None:
    """Replace what is marked with silence, in every part but the one still being written behind it.

    Raises:
        SoundFileError: the recording is missing or cannot be read.
        RecordingError: a new file cannot be written, or the old one is in use; the mark stays.
    """
    if stretches := marked_stretches(path):
        silence_recording(path, stretches)
        _unlink(mark_of(path))
        sync_folder(path.parent)


def silence_recording(path: Path, stretches: Stretches) -> None:
    """Replace stretches with silence, for good; every other sample stays as it is.

    A new file takes the place of the old one in one step, so a crash leaves one of the two.

    Raises:
        SoundFileError: the recording is missing or cannot be read.
        RecordingError: the new file cannot be written, or the old one is in use.
    """
    spans = [(round(start_s * SAMPLE_RATE_HZ), round(end_s * SAMPLE_RATE_HZ)) for start_s, end_s in stretches]
    last, begin = max(stop for _, stop in spans), 0
    for part in parts_of(path):
        if begin >= last:
            break  # what is still being written lies behind
        end = begin + round(part_duration_s(part) * SAMPLE_RATE_HZ)
        inside = [(start - begin, stop - begin) for start, stop in spans if start < end and stop > begin]
        if inside:
            _rewrite(part, _silenced(part_sound(part), inside), part)
        begin = end


def mend_recording(path: Path) -> None:
    """Finish what a crash left: silence what is marked, and make one file of all parts.

    Not while it is being written. A recording that is gone is fine.

    Raises:
        SoundFileError: it cannot be read.
        RecordingError: it cannot be written.
    """
    whole = path.with_name(path.name + _WHOLE_SUFFIX)
    _remove_half_done(path)
    if not (path.is_file() or whole.is_file()):
        remove_recording(path)
        return
    if not whole.is_file():
        silence_marked(path)
        if len(parts_of(path)) == 1:
            return
        _rewrite(path, stored_sound(path), whole)
    for part in reversed(parts_of(path)[1:]):
        _unlink(part)
    if whole.is_file():  # none where all parts were only begun
        _replace(whole, path)


def remove_recording(path: Path) -> None:
    """Delete a recording with its parts, marks and leftovers; one that is gone is fine.

    Raises:
        RecordingError: a file is in use or the folder is read-only.
    """
    _remove_half_done(path)
    for part in (*reversed(parts_of(path)), path.with_name(path.name + _WHOLE_SUFFIX), mark_of(path)):
        _unlink(part)
    sync_folder(path.parent)


def _silenced(
    sound: Iterator[tuple[int, NDArray[np.int16]]], spans: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, NDArray[np.int16]]]:
    for position, samples in sound:
        for start, end in spans:
            samples[max(start - position, 0) : max(end - position, 0)] = 0
        yield position, samples


def _rewrite(of: Path, sound: Iterable[tuple[int, NDArray[np.int16]]], target: Path) -> None:
    """Write sound into a new file, which takes the place of `target` when it is whole."""
    new_path = of.with_name(f"{of.name}.{os.getpid()}.new")
    new: FlacFile | None = None
    try:
        for _, samples in sound:
            new = new or FlacFile(new_path, "wb", samples.shape[1])
            new.write(samples)
        if new is None:
            return
        new.close()
        _replace(new_path, target)
    finally:
        if new is not None:
            with suppress(RecordingError):
                new.close()
        with suppress(OSError):
            new_path.unlink(missing_ok=True)


def _remove_half_done(path: Path) -> None:
    for half in path.parent.glob(f"{path.name}*.new"):
        _unlink(half)


def _unlink(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise RecordingError(
            "録音を消せません。音の再生を止め、フォルダーの権限を確かめて、もう一度お試しください。"
        ) from error


def _replace(new_path: Path, path: Path) -> None:
    try:
        new_path.replace(path)
    except OSError as error:
        raise RecordingError(
            "録音を書き換えられません。音の再生を止めて、もう一度お試しください。"
        ) from error
    sync_folder(path.parent)
