"""Files that a command writes at the user's wish."""

from pathlib import Path

from consult_assist.disk import write_whole
from consult_assist.errors import ConsultAssistError


def write_file(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all, and say so in a sentence.

    Raises:
        ConsultAssistError: it cannot be written; a file that was there is as it was.
    """
    try:
        write_whole(path, content)
    except OSError as error:
        raise ConsultAssistError(
            f"{path} に書けません。空きと権限を確かめるか、別の場所を指定してください。"
        ) from error
    print(f"書き出しました: {path}")
