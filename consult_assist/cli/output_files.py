"""Files that a command writes at the user's wish."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from consult_assist.errors import ConsultAssistError


@contextmanager
def written_file(path: Path) -> Iterator[None]:
    """Say in a sentence that a file was written, or raise one that says what to do.

    Raises:
        ConsultAssistError: it cannot be written.
    """
    try:
        yield
    except OSError as error:
        raise ConsultAssistError(f"{path} に書けません。別の場所を指定してください。") from error
    print(f"書き出しました: {path}")
