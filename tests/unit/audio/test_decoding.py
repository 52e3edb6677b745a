"""Where decoded sound ends."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest

from consult_assist.audio.decoding import decoded_frames
from consult_assist.errors import SoundFileError


def _failing_disk(_stream: object) -> Iterator[Any]:
    yield SimpleNamespace(decode=list)
    raise OSError(5, "Input/output error")


def test_a_failing_disk_ends_a_file_but_not_what_is_to_be_rewritten() -> None:
    container = cast("Any", SimpleNamespace(demux=_failing_disk))
    assert list(decoded_frames(container, cast("Any", None))) == []
    with pytest.raises(SoundFileError, match="最後まで読めません"):
        list(decoded_frames(container, cast("Any", None), to_the_end=True))
