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
        raise ConsultAssistError(f"{path} に書けません。{_advice(path)}") from error
    print(f"書き出しました: {path}")


def _advice(path: Path) -> str:
    if path.is_dir():
        return "フォルダーなので、その中のファイルの名前まで指定してください。"
    if not path.parent.exists():
        return f"フォルダー {path.parent} を作るか、別の場所を指定してください。"
    return "空きと権限を確かめるか、別の場所を指定してください。"
