"""Where exported files go."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

import platformdirs

from consult_assist.errors import ConsultAssistError


def export_folder() -> Path:
    """Return the user's documents folder, or the current one where there is none."""
    documents = Path(platformdirs.user_documents_dir())
    return documents if documents.is_dir() else Path.cwd()


def record_stem(started_at: datetime) -> str:
    """Return the name of an exported record, which says only when it began."""
    return f"相談記録_{started_at.astimezone():%Y%m%d-%H%M}"


def write_export(content: bytes, *, stem: str, suffix: str, folder: Path | None = None) -> Path:
    """Write an exported file under a name; nothing is overwritten.

    Raises:
        ConsultAssistError: the file cannot be written.
    """
    chosen = folder or export_folder()
    for number in range(1, 1000):
        name = f"{stem}.{suffix}" if number == 1 else f"{stem}-{number}.{suffix}"
        path = chosen / name
        try:
            with path.open("xb") as file:
                file.write(content)
        except FileExistsError:
            continue
        except OSError as error:
            with suppress(OSError):
                path.unlink(missing_ok=True)  # half a file would be taken for a whole one
            raise ConsultAssistError(
                f"{chosen} に書き出せません。空き容量と書き込みの許可を確かめてください。"
            ) from error
        return path
    raise ConsultAssistError(f"{chosen} に同じ名前のファイルが多すぎます。片づけてからもう一度どうぞ。")
