"""Shell: parse, call a use case, print, exit. Imports nothing heavy before a command is chosen."""

import logging
import sys
from collections.abc import Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path

from consult_assist.cli.parser import build_parser
from consult_assist.errors import ConsultAssistError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 a sentence said why not, 2 misspelt."""
    _speak_utf8()
    options = build_parser().parse_args(arguments)
    try:
        from consult_assist.app.settings import read_settings  # noqa: PLC0415 - after parsing
        from consult_assist.cli import commands  # noqa: PLC0415

        settings = read_settings(options.settings)
        _log_to(settings.data_folder)
        status: int = getattr(commands, options.run)(settings, options)
    except ConsultAssistError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("中断しました。", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    return status


def _speak_utf8() -> None:
    """Write UTF-8 wherever output goes: Windows consoles and pipes default to other encodings."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(encoding="utf-8", errors="replace")


def _log_to(folder: Path) -> None:
    """Keep faults in a small file, never on the screen; citizens' words do not go there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "consult-assist.log", maxBytes=1_000_000, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError:
        return
    logging.basicConfig(
        level=logging.WARNING, handlers=[handler], format="%(asctime)s %(name)s %(levelname)s %(message)s"
    )
