"""The layout of a CTranslate2 weights file: where each of its matrices lies.

Source: CTranslate2 4, binary versions 4 to 6 (little endian; `python/ctranslate2/specs/model_spec.py`).
"""

import math
import struct
from dataclasses import dataclass
from typing import BinaryIO

_VERSIONS = range(4, 7)
_KIND = b"WhisperSpec"


class UnfitFilesError(Exception):
    """A model folder does not hold what it should; the text names the file, for developers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """One array of the model: its name, its shape, and which bytes of the file it takes."""

    name: str
    shape: tuple[int, ...]
    offset: int
    n_bytes: int

    @property
    def bytes_per_number(self) -> int:
        """Size of one number, 2 where the weights are kept in 16 bits."""
        return self.n_bytes // max(1, math.prod(self.shape))


def read_variables(stream: BinaryIO) -> list[Variable]:
    """Walk through a weights file to its end and return what it holds.

    Raises:
        UnfitFilesError: it is something else, was cut off or is damaged.
    """
    try:
        if _number(stream, "<I") not in _VERSIONS or _text(stream) != _KIND:
            raise UnfitFilesError("not a CTranslate2 Whisper file")
        _number(stream, "<I")  # revision of the specification
        variables = [_variable(stream) for _ in range(_number(stream, "<I"))]
        for _ in range(2 * _number(stream, "<I")):  # other names of the same arrays
            _text(stream)
    except (struct.error, UnicodeDecodeError) as error:
        raise UnfitFilesError("cut off or damaged") from error
    return variables


def _variable(stream: BinaryIO) -> Variable:
    name = _text(stream).decode()
    shape = tuple(_number(stream, "<I") for _ in range(_number(stream, "<B")))
    _number(stream, "<B")  # kind of number
    n_bytes = _number(stream, "<I")
    variable = Variable(name=name, shape=shape, offset=stream.tell(), n_bytes=n_bytes)
    stream.seek(n_bytes, 1)
    return variable


def _number(stream: BinaryIO, layout: str) -> int:
    value: int = struct.unpack(layout, stream.read(struct.calcsize(layout)))[0]
    return value


def _text(stream: BinaryIO) -> bytes:
    length = _number(stream, "<H")
    return stream.read(length)[:-1]
