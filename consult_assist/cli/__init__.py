"""Shell: parse, call a use case, print, exit. Imports nothing heavy before a command is chosen."""

import logging
import os
import sys
import threading
from collections.abc import Callable, Sequence
from importlib import import_module
from logging.handlers import RotatingFileHandler
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING

from consult_assist.app.fault_log import WordlessFormatter, fault_text
from consult_assist.cli.argument_types import make_words_readable
from consult_assist.cli.parser import Options, build_parser
from consult_assist.cli.terminal_output import TerminalOutput
from consult_assist.disk import is_full
from consult_assist.errors import ConsultAssistError

if TYPE_CHECKING:
    from consult_assist.app.settings import Settings

_LOG = logging.getLogger(__name__)
_STOPPED = "中断しました。"
_FOR_ALL_USERS = ("knowledge.", "upkeep.get_model")
"""Commands that write no words of people, but what the users of a PC may share."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status.

    0 is done, 1 a sentence said why not, 2 misspelt, 70 a fault of the program, 130 stopped by Ctrl+C.
    """
    log: Path | None = None
    try:
        _speak_utf8()
        options = build_parser().parse_args(arguments)
        make_words_readable(options)
        from consult_assist.app.settings import read_settings  # noqa: PLC0415 - after parsing

        if not options.run.startswith(_FOR_ALL_USERS):
            os.umask(os.umask(0o077) | 0o007)  # the system says what the group may; other users may nothing
        settings = read_settings(options.settings)
        log = _log_to(settings.data_folder)
        status = run_command(settings, options)
        sys.stdout.flush()
    except ConsultAssistError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(_STOPPED, file=sys.stderr)
        return 130
    except BrokenPipeError:
        _drop_output()
        sys.stderr.close()
        return 1
    except OSError as error:
        print(_unusable_sentence(error), file=sys.stderr)
        return 1
    except Exception as error:  # noqa: BLE001 - whatever it is, its message may quote a citizen
        if _comes_of_stop(error):
            print(_STOPPED, file=sys.stderr)
            return 130
        print(_fault_sentence(error, log), file=sys.stderr)
        return 70
    return status


def run_command(settings: "Settings", options: Options) -> int:
    """Run the function that a command names, such as `records.show_record`; only its module is loaded."""
    module, _, name = options.run.partition(".")
    command: Callable[[Settings, Options], int] = getattr(import_module(f"{__name__}.{module}"), name)
    return command(settings, options)


def _comes_of_stop(error: BaseException) -> bool:
    """Return whether Ctrl+C is behind it: Python 3.11 wraps what stops it in the making of a class."""
    causes: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in causes:
        causes.append(link)
        link = link.__cause__
    return isinstance(causes[-1], KeyboardInterrupt)


def _fault_sentence(error: Exception, log: Path | None) -> str:
    if log is None:
        return f"内部の不具合のため終了しました。開発元に次の場所をお知らせください: {fault_text(error)}"
    _LOG.error("the program stopped: %s", fault_text(error))
    return f"内部の不具合のため終了しました。開発元に {log} をお送りください（相談の言葉は入っていません）。"


def _unusable_sentence(error: OSError) -> str:
    """Return what to do about a file or device; what fails without a name in this package was printing."""
    *_, (frame, _) = walk_tb(error.__traceback__)
    if error.filename is None and frame.f_globals["__name__"].startswith((__name__, "argparse")):
        _drop_output()
        return "結果を書き出せません。ディスクの空きと、書き出し先を確かめてください。"
    _LOG.error("a file could not be used: %s", fault_text(error))
    if is_full(error):
        return "ディスクに空きがありません。空きを作ってから、もう一度行ってください。"
    what = f"{error.filename} を" if error.filename else "ファイルを"
    return f"{what}読み書きできません。場所と権限を確かめてから、もう一度行ってください。"


def _drop_output() -> None:
    """Throw away what was not printed yet: it would fail again, in English, when the program exits."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak_utf8() -> None:
    """Read and write UTF-8 wherever it goes: Windows consoles and pipes default to other encodings.

    Who starts a program may have closed its input and output: then there is nothing to read, nobody to tell.
    """
    nowhere = Path(os.devnull)
    sys.stdin = sys.stdin or nowhere.open(encoding="utf-8")
    sys.stdout = sys.stdout or nowhere.open("w", encoding="utf-8")
    sys.stderr = sys.stderr or nowhere.open("w", encoding="utf-8")
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(encoding="utf-8", errors="replace")
    sys.stdout, sys.stderr = (TerminalOutput.over(stream) for stream in (sys.stdout, sys.stderr))


def _log_to(folder: Path) -> Path | None:
    """Keep faults in a small file, never on the screen; citizens' words do not go there.

    A folder that is made for it is the user's alone: all of the records will lie in it.
    """
    file = folder / "consult-assist.log"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = RotatingFileHandler(file, maxBytes=1_000_000, backupCount=1, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(WordlessFormatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
    logging.raiseExceptions = False  # a full disk must not print over the screens
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    threading.excepthook = _log_thread_fault
    return file


def _log_thread_fault(fault: threading.ExceptHookArgs) -> None:
    if fault.exc_value is not None:
        _LOG.error("a thread stopped: %s", fault_text(fault.exc_value))
