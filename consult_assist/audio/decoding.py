"""Sound file → decoded PyAV frames, with clear words for everything that is not sound."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import av
from av.audio.frame import AudioFrame as DecodedFrame
from av.audio.stream import AudioStream
from av.container import InputContainer

from consult_assist.errors import SoundFileError

_ONLY_LOCAL_FILES = {"protocol_whitelist": "file"}
"""A playlist names other places; FFmpeg would fetch them over the network unless told not to."""


@contextmanager
def open_sound(path: Path) -> Iterator[tuple[InputContainer, AudioStream]]:
    """Open a file and its first audio stream.

    Raises:
        SoundFileError: it is missing, empty, not sound, or may not be read.
    """
    _refuse_what_is_no_file(path)
    try:
        # The prefix keeps FFmpeg from taking "a:b.wav" for a protocol.
        container = av.open(f"file:{path.absolute()}", options=_ONLY_LOCAL_FILES)
    except PermissionError as error:
        raise SoundFileError(
            f"音声ファイル {path.name} を読む権限がありません。管理者に確かめてください。"
        ) from error
    except (av.FFmpegError, OSError) as error:
        raise SoundFileError(
            f"{path.name} は音声ファイルとして読めません。途中で切れていないか確かめ、"
            "wav、flac、mp3、m4a、ogg などの音声ファイルを選んでください。"
        ) from error
    with container:
        if not container.streams.audio or not container.streams.audio[0].rate:
            raise SoundFileError(f"{path.name} には音声が入っていません。音声ファイルを選んでください。")
        yield container, container.streams.audio[0]


def decoded_frames(
    container: InputContainer, stream: AudioStream, *, to_the_end: bool = False
) -> Iterator[DecodedFrame]:
    """Yield what can be decoded from here on; damaged packets are left out and a cut end just ends.

    Someone's only copy of a conversation may be damaged: half of it is better than an error.

    Args:
        container: an open file.
        stream: its sound.
        to_the_end: a disk that gives no more is no end, for what is read will take the place of the file.

    Raises:
        SoundFileError: the disk gave no more, and all was wanted.
    """
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets, None)
        except (av.FFmpegError, OSError) as error:
            if to_the_end and isinstance(error, OSError):
                raise SoundFileError(
                    "録音を最後まで読めませんでした。ディスクを確かめて、もう一度お試しください。"
                ) from error
            return
        if packet is None:
            return
        try:
            frames = packet.decode()
        except av.FFmpegError:
            continue
        for frame in frames:
            if isinstance(frame, DecodedFrame) and frame.samples:
                yield frame


def readable_s(container: InputContainer, stream: AudioStream, *, from_s: float = 0.0) -> float:
    """Return where the last packet that is there ends; nothing is decoded, nor read before `from_s`."""
    end = 0
    with suppress(av.FFmpegError, OSError):
        if from_s > 0 and stream.time_base:
            container.seek(int(from_s / stream.time_base), stream=stream)
        for packet in container.demux(stream):
            if packet.pts is not None:
                end = max(end, packet.pts + (packet.duration or 0))
    return float(end * stream.time_base) if stream.time_base else 0.0


def _refuse_what_is_no_file(path: Path) -> None:
    try:
        if path.is_dir():
            raise SoundFileError(f"{path.name} はフォルダーです。音声ファイルを選んでください。")
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise SoundFileError(
            f"音声ファイル {path.name} が見つかりません。場所と名前を確かめてください。"
        ) from error
    except OSError as error:
        raise SoundFileError(
            f"音声ファイル {path.name} を読めません。場所と権限を確かめてください。"
        ) from error
    if size == 0:
        raise SoundFileError(f"音声ファイル {path.name} は空です。別のファイルを選んでください。")
