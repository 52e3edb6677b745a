"""Sound file → how much of it is there, where it was cut off: copied in part, or on a full disk."""

import struct
from pathlib import Path

from av.audio.stream import AudioStream
from av.container import InputContainer

from consult_assist.audio.decoding import open_sound, readable_s
from consult_assist.counter.labels import clock

_TELLING = {"flac", "aiff", "mov,mp4,m4a,3gp,3g2,mj2"}
"""Formats in which a file says how long it is; of others FFmpeg works that out from what is there."""
_MIN_MISSING_S = 1.0
_UNKNOWN_BYTES = 0x7FFF_0000
"""Sizes from here on, and 0, are what programs write that do not know yet how much will come."""


def missing_sound(path: Path) -> str | None:
    """Return a sentence that says how much of a file can be read, None where nothing is known to be missing.

    Nothing is decoded, so that it can be told before a long file is heard.

    Raises:
        SoundFileError: the file is missing, empty or no sound.
    """
    with open_sound(path) as (container, stream):
        there_s = readable_s(container, stream)
        whole_s = _stated_s(path, container, stream, there_s)
    if whole_s is None or whole_s - there_s < _MIN_MISSING_S:
        return None
    return (
        f"{path.name} は途中で切れていて、"
        f"全体 {clock(round(whole_s))} のうち初めの {clock(round(there_s))} まで"
        "しか読めないので、元のファイルがあれば写し直してください。"
    )


def _stated_s(path: Path, container: InputContainer, stream: AudioStream, there_s: float) -> float | None:
    """Return how long a file says that it is, None where it does not say."""
    name = container.format.name
    if name == "wav":
        share = _share_of_wav(path)
        return there_s / share if share else None
    # Of the length of an mp3 the first frame tells, which then tells of the encoder's delay as well.
    if name in _TELLING or (name == "mp3" and stream.start_time):
        return float(stream.duration * stream.time_base) if stream.duration and stream.time_base else None
    return None


def _share_of_wav(path: Path) -> float | None:
    """Return how much of what a WAV file promises is there; FFmpeg takes what is there for all."""
    size = path.stat().st_size
    with path.open("rb") as file:
        if file.read(12)[:4] != b"RIFF":
            return None
        while len(head := file.read(8)) == 8:
            kind, n_bytes = struct.unpack("<4sI", head)
            if kind == b"data":
                known = 0 < n_bytes < _UNKNOWN_BYTES
                return min(1.0, (size - file.tell()) / n_bytes) if known else None
            file.seek(n_bytes + n_bytes % 2, 1)
    return None
