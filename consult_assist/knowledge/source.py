"""Knowledge files as they lie on disk: found, read, parsed, and searched for the line of a key."""

import os
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from consult_assist.domain.knowledge import KnowledgeFault
from consult_assist.errors import KnowledgeError

KINDS = ("programmes", "protocols", "templates", "terms")
CONTACTS = "contacts"
EVERYDAY = "everyday"
CUE_WORDS = "cue-words"
_LINE_IN_MESSAGE = re.compile(r"line (\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeFile:
    """One file with its bytes.

    Attributes:
        kind: a folder of `KINDS`, `contacts`, `everyday`, `cue-words`, or None where nothing belongs.
        relative: path below its knowledge folder, with `/`.
        office: the office's own, which overrides the shipped one.
    """

    path: Path
    relative: str
    office: bool
    kind: str | None
    content: bytes

    @property
    def stem(self) -> str:
        """File name without its ending; the id of the entry."""
        return self.path.stem


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFile:
    """A file that is valid TOML."""

    file: KnowledgeFile
    text: str
    table: dict[str, Any]

    def fault(
        self, loc: Sequence[str | int], message: str, *, entry: str | None = None, value: str | None = None
    ) -> KnowledgeFault:
        """Return a fault at a key of this file, with the line where the key (or the value) stands."""
        return KnowledgeFault(
            file=self.file.path,
            key=key_text(loc),
            line=find_line(self.text, loc, value),
            message=message,
            entry=entry,
        )


def read_folder(folder: Path, *, office: bool) -> tuple[list[KnowledgeFile], list[KnowledgeFault]]:
    """Read every TOML file of a knowledge folder in a fixed order.

    A folder of the office's that cannot be listed is a fault; without the shipped ones nothing works.

    Raises:
        KnowledgeError: the shipped folder is missing or cannot be listed.
    """
    if not office and not folder.is_dir():
        raise KnowledgeError(f"知識のフォルダー {folder} がありません。プログラムを入れ直してください。")
    unlisted: list[OSError] = []
    places = os.walk(folder, onerror=unlisted.append)
    paths = [Path(place, name) for place, _, names in places for name in names if name.endswith(".toml")]
    if unlisted and not office:
        raise KnowledgeError(
            f"知識のフォルダー {folder} を開けません。フォルダーの権限を確かめてください。"
        ) from unlisted[0]
    why = "フォルダーとして開けないので、中の知識を使えません。フォルダーの権限を確かめてください。"
    faults = [_file_fault(Path(error.filename), why) for error in unlisted]
    files = []
    for path in sorted(paths, key=lambda path: path.relative_to(folder).as_posix()):
        relative = path.relative_to(folder).as_posix()
        try:
            content = path.read_bytes()
        except OSError:
            faults.append(_file_fault(path, "ファイルを読めません。ファイルの権限を確かめてください。"))
            continue
        kind = _kind(relative)
        if kind is None:
            faults.append(
                KnowledgeFault(
                    file=path,
                    key="",
                    line=None,
                    message="この場所のファイルは使いません。programmes などのフォルダーに置いてください。",
                )
            )
        files.append(KnowledgeFile(path=path, relative=relative, office=office, kind=kind, content=content))
    return files, faults


def _kind(relative: str) -> str | None:
    parts = relative.split("/")
    for alone in (CONTACTS, EVERYDAY, CUE_WORDS):
        if parts == [f"{alone}.toml"]:
            return alone
    return parts[0] if len(parts) == 2 and parts[0] in KINDS else None


def parse_file(file: KnowledgeFile) -> ParsedFile | KnowledgeFault:
    """Parse one file; what is wrong with it comes back as a fault."""
    try:
        text = file.content.decode("utf-8-sig")
        return ParsedFile(file=file, text=text, table=tomllib.loads(text))
    except UnicodeDecodeError:
        return _file_fault(file.path, "文字コードが UTF-8 ではありません。UTF-8 で保存し直してください。")
    except (ValueError, RecursionError) as error:  # also too many digits, too many brackets
        found = _LINE_IN_MESSAGE.search(str(error))
        line = int(found[1]) if found else None
        where = "このあたり" if line else "ファイルの終わり"  # the number comes before the sentence
        return _file_fault(
            file.path,
            f'{where}の書き方が正しくありません。「"」や「]」の閉じ忘れ、「,」の抜け、同じ項目の重なりを確かめてください。',
            line,
        )


def _file_fault(path: Path, message: str, line: int | None = None) -> KnowledgeFault:
    return KnowledgeFault(file=path, key="", line=line, message=message, entry=path.stem)


def key_text(loc: Sequence[str | int]) -> str:
    """Return a place in a table as a person writes it: `amounts[2].as_of`, counted from 1."""
    text = ""
    for part in loc:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += f".{part}" if text else part
    return text


def find_line(text: str, loc: Sequence[str | int], value: str | None = None) -> int | None:
    """Return the 1-based line of a key, as near as plain searching gets, or None.

    A missing key gives the line of the table that lacks it; `value` narrows the search to a list item.
    """
    lines = text.splitlines()
    start, end = 0, len(lines)
    line: int | None = None
    for position, part in enumerate(loc):
        if isinstance(part, int):
            continue
        following = loc[position + 1] if position + 1 < len(loc) else None
        index = following if isinstance(following, int) else 0
        headers = list(_headers(lines, start, end, part))
        if index < len(headers):
            line = headers[index]
            start, end = line + 1, _next_header(lines, line + 1, end)
        elif (found := _assignment(lines, start, end, part)) is not None:
            line = start = found
    if value is not None:
        shown = (number for number in range(line or 0, end) if value in lines[number])
        line = next(shown, line)
    return None if line is None else line + 1


def _headers(lines: Sequence[str], start: int, end: int, key: str) -> Iterator[int]:
    pattern = re.compile(rf'\s*\[\[?\s*"?{re.escape(key)}"?\s*\]')
    return (number for number in range(start, end) if pattern.match(lines[number]))


def _next_header(lines: Sequence[str], start: int, end: int) -> int:
    return next((number for number in range(start, end) if lines[number].lstrip().startswith("[")), end)


def _assignment(lines: Sequence[str], start: int, end: int, key: str) -> int | None:
    pattern = re.compile(rf'(.*[{{,\s])?"?{re.escape(key)}"?\s*=')
    return next((number for number in range(start, end) if pattern.match(lines[number])), None)
