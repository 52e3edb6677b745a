"""The command's frame: encodings, exit statuses, and what becomes of a fault."""

import argparse
import errno
import io
import logging
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from consult_assist import cli
from consult_assist.__main__ import main as command
from consult_assist.app.settings import Settings
from consult_assist.cli import knowledge, main, records, upkeep
from consult_assist.errors import StoreError

SAID = "家賃を三か月滞納"
FULL = Path("/dev/full")


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CONSULT_ASSIST_DATA_FOLDER", str(tmp_path))
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(logging, "raiseExceptions", True)
    return tmp_path


def raising(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def run(settings: Settings, options: argparse.Namespace) -> int:
        raise error

    monkeypatch.setattr(upkeep, "check_equipment", run)


def run_main(*arguments: str) -> int:
    """Run a command with a log of its own: pytest's handlers stand in the way of it."""
    root = logging.getLogger()
    handlers, root.handlers = root.handlers, []
    try:
        return main(arguments)
    finally:
        for handler in root.handlers:
            handler.close()
        root.handlers = handlers


def test_a_fault_is_answered_in_a_sentence_and_logged_without_words(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raising(monkeypatch, ValueError(SAID))
    assert run_main("doctor") == 70
    answer = capsys.readouterr().err
    log = (data_folder / "consult-assist.log").read_text(encoding="utf-8")
    assert answer.startswith("内部の不具合のため終了しました。")
    assert answer.count("\n") == 1
    assert str(data_folder / "consult-assist.log") in answer
    assert "ValueError < " in log
    assert SAID not in answer + log


def test_a_fault_without_a_folder_to_log_to_is_told_on_the_spot(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (data_folder / "file").touch()
    monkeypatch.setenv("CONSULT_ASSIST_DATA_FOLDER", str(data_folder / "file"))
    raising(monkeypatch, ValueError(SAID))
    assert run_main("doctor") == 70
    answer = capsys.readouterr().err
    assert "ValueError < " in answer
    assert answer.count("\n") == 1
    assert SAID not in answer


def test_a_thread_that_dies_is_logged_without_words(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def die() -> None:
        raise ValueError(SAID)

    def run(settings: Settings, options: argparse.Namespace) -> int:
        thread = threading.Thread(target=die)
        thread.start()
        thread.join()
        return 0

    monkeypatch.setattr(upkeep, "check_equipment", run)
    assert run_main("doctor") == 0
    log = (data_folder / "consult-assist.log").read_text(encoding="utf-8")
    assert "ValueError < " in log
    assert SAID not in log + capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "status", "answer"),
    [
        (StoreError("保存できません。"), 1, "保存できません。\n"),
        (KeyboardInterrupt(), 130, "中断しました。\n"),
        (
            PermissionError(errno.EACCES, "denied", "a.toml"),
            1,
            "a.toml を読み書きできません。場所と権限を確かめてから、もう一度行ってください。\n",
        ),
        (
            OSError(errno.ENOSPC, "no space"),
            1,
            "ディスクに空きがありません。空きを作ってから、もう一度行ってください。\n",
        ),
        (
            OSError(errno.EIO, "broken"),
            1,
            "ファイルを読み書きできません。場所と権限を確かめてから、もう一度行ってください。\n",
        ),
    ],
)
def test_what_is_expected_has_its_own_status(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    status: int,
    answer: str,
) -> None:
    raising(monkeypatch, error)
    assert run_main("doctor") == status
    assert capsys.readouterr().err == answer


def test_standard_input_is_utf8_whatever_the_system_says(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []

    def run(settings: Settings, options: argparse.Namespace) -> int:
        heard.append(sys.stdin.read())
        return 0

    monkeypatch.setattr(knowledge, "try_knowledge", run)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SAID.encode()), encoding="cp932"))
    assert run_main("knowledge", "try", "-") == 0
    assert heard == [SAID]


def test_closed_input_and_output_are_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    assert run_main("models", "list") == 0
    assert run_main("knowledge", "add") == 1
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.close()


class Terminal(io.TextIOWrapper):
    """A stream that calls itself a terminal, and keeps what was printed."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "shown"),
    [(Terminal, "a?[31m?.wav"), (io.TextIOWrapper, "a\x1b[31m\u202e.wav")],
    ids=["terminal", "pipe"],
)
def test_a_file_name_does_not_steer_the_terminal(
    monkeypatch: pytest.MonkeyPatch, stream: type[io.TextIOWrapper], shown: str
) -> None:
    printed = io.BytesIO()
    original = stream(printed, encoding="utf-8")
    monkeypatch.setattr(sys, "stderr", original)
    assert run_main("transcribe", "a\x1b[31m\u202e.wav") == 1
    sys.stderr.flush()
    assert shown in printed.getvalue().decode()


@pytest.mark.parametrize(
    ("typed", "read"),
    [("x\udcff", "x?"), ("家賃", "家賃"), (os.fsencode("家賃").decode("ascii", "surrogateescape"), "家賃")],
)
def test_bytes_that_are_no_text_are_no_fault(monkeypatch: pytest.MonkeyPatch, typed: str, read: str) -> None:
    given: list[object] = []

    def run(settings: Settings, options: argparse.Namespace) -> int:
        given.append(options.search)
        return 0

    monkeypatch.setattr(records, "list_records", run)
    assert run_main("records", "list", typed) == 0
    assert run_main("records", "show", typed) == 1
    assert given == [[read]]


@pytest.mark.skipif(sys.platform == "win32", reason="there the folder above says who may read")
def test_a_new_data_folder_is_the_users_alone(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSULT_ASSIST_DATA_FOLDER", str(data_folder / "new"))
    assert run_main("models", "list") == 0
    assert (data_folder / "new").stat().st_mode & 0o077 == 0


def test_little_is_read_before_a_stop_is_no_fault() -> None:
    """What `__main__` itself imports is read while Ctrl+C would still show a traceback."""
    script = (
        "import sys; old = set(sys.modules); import consult_assist.__main__; print(*set(sys.modules) - old)"
    )
    read = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout
    assert {"logging", "re", "traceback"}.isdisjoint(read.split())


def test_a_stop_while_the_program_is_read_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stop:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "consult_assist.cli":
                raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, "consult_assist.cli")
    monkeypatch.setattr(sys, "meta_path", [Stop(), *sys.meta_path])
    assert command() == 130


def test_a_stop_while_the_words_of_the_command_are_read_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop() -> argparse.ArgumentParser:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "build_parser", stop)
    assert run_main("models", "list") == 130


def test_a_stop_that_python_wrapped_is_no_fault(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wrapped = RuntimeError("Error calling __set_name__")
    wrapped.__cause__ = KeyboardInterrupt()
    raising(monkeypatch, wrapped)
    assert run_main("doctor") == 130
    assert capsys.readouterr().err == "中断しました。\n"
    assert (data_folder / "consult-assist.log").read_text() == ""


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("transcribe a.wav --yes", "--again"),
        ("transcribe a.wav --dry-run", "--again"),
        ("transcribe --again x -o srt", "--again"),
        ("consult --case R8-12", "--consent と一緒に"),
        ("consult --operator 山田", "--consent と一緒に"),
        ("consult --resume x --case R8-12", "--resume のとき"),
        ("consult --resume x --consent recorded", "--resume のとき"),
    ],
)
def test_what_would_be_passed_over_in_silence_is_refused(
    typed: str, named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_main(*typed.split()) == 1
    assert named in capsys.readouterr().err


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
@pytest.mark.parametrize("write_through", [False, True])
def test_output_that_cannot_be_written_is_told_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], write_through: bool
) -> None:
    with FULL.open("w", encoding="utf-8") as full:
        full.reconfigure(write_through=write_through)
        monkeypatch.setattr(sys, "stdout", full)
        assert run_main("models", "list") == 1
    assert capsys.readouterr().err.startswith("結果を書き出せません。")


@pytest.mark.skipif(sys.platform == "win32", reason="there the folder says who may read")
@pytest.mark.parametrize(
    ("words", "umask", "mode"),
    [
        (["doctor"], 0o022, 0o640),
        (["doctor"], 0o002, 0o660),
        (["doctor"], 0o077, 0o600),
        (["doctor"], 0o000, 0o660),
        (["models", "get", "base"], 0o022, 0o644),
    ],
)
def test_what_a_command_writes_is_not_for_other_users(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], umask: int, mode: int
) -> None:
    written = tmp_path / "written"

    def write(settings: Settings, options: argparse.Namespace) -> int:
        written.write_bytes(b"")
        return 0

    monkeypatch.setattr(upkeep, "check_equipment", write)
    monkeypatch.setattr(upkeep, "get_model", write)
    before = os.umask(umask)
    try:
        assert run_main(*words) == 0
    finally:
        os.umask(before)
    assert written.stat().st_mode & 0o777 == mode
