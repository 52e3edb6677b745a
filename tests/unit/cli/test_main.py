"""The command's frame: encodings, exit statuses, and what becomes of a fault."""

import argparse
import errno
import io
import logging
import sys
import threading
from pathlib import Path

import pytest

from consult_assist import cli
from consult_assist.__main__ import main as command
from consult_assist.app.settings import Settings
from consult_assist.cli import knowledge, main, upkeep
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
