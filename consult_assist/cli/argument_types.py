"""What is typed behind a command → values; argparse shows the sentence of what cannot be taken."""

import os
from argparse import ArgumentTypeError, Namespace
from datetime import date, datetime
from pathlib import Path

from consult_assist.counter.periods import day_from_text

DAY_FORMS = "2026-04-01、2026-04、令和8年4月1日、8/1"
"""How a day may be written, shown where one cannot be read."""
_TABLE_SUFFIXES = (".xlsx", ".csv")


def day(text: str) -> date:
    """Return the day."""
    if (read := day_from_text(text, datetime.now().astimezone().date())) is None:
        raise ArgumentTypeError(f"日付は {DAY_FORMS} のように書いてください。")
    return read


def file_path(text: str) -> Path:
    """Return the file; no name would mean the folder one stands in: a variable of a script was empty."""
    if not text:
        raise ArgumentTypeError("ファイルの名前が空です。名前を書いてください。")
    return Path(text)


def table_path(text: str) -> Path:
    """Return the file of a table that is to be written."""
    path = Path(text)
    if path.suffix.lower() not in _TABLE_SUFFIXES:
        raise ArgumentTypeError("ファイル名は .xlsx か .csv で終わるようにしてください。")
    return path


def make_words_readable(options: Namespace) -> None:
    """Read words that are not in the encoding of the system as UTF-8, and put ? for what is not even that.

    Python hides such bytes in the words, and no store takes them. File names keep theirs: they must be found.
    """
    for name, value in vars(options).items():
        if isinstance(value, str):
            setattr(options, name, _readable(value))
        elif isinstance(value, list):
            setattr(options, name, [_readable(item) for item in value])


def _readable(word: str) -> str:
    try:
        word.encode()
    except UnicodeEncodeError:
        return os.fsencode(word).decode(errors="replace").replace("\ufffd", "?")
    return word
