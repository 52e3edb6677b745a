"""How the command ends while an engine still loads or computes in a thread, and when it is told to end."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
SCRIPT = """
import atexit, sys, threading
import consult_assist.cli
from consult_assist.__main__ import main

def run():
    if {busy}:
        threading.Thread(target=threading.Event().wait, daemon=True).start()
    print("said")
    return 3

consult_assist.cli.main = run
atexit.register(print, "taken down by Python")
sys.exit(main())
"""


def end_of_command(*, busy: bool) -> tuple[int, list[str]]:
    """Return the exit status, and what was printed."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(busy=busy)],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout.splitlines()


def test_threads_that_go_on_are_left_alone_by_python() -> None:
    assert end_of_command(busy=True) == (3, ["said"])


def test_without_such_threads_python_ends_as_ever() -> None:
    assert end_of_command(busy=False) == (3, ["said", "taken down by Python"])


WRITING = """
import sys, threading
from pathlib import Path
import consult_assist.cli
from consult_assist.__main__ import main
from consult_assist.storage import backup

def run():
    threading.Thread(target=threading.Event().wait, daemon=True).start()
    with backup._scratch_folder(Path(sys.argv[1])) as scratch:
        (scratch / "half").write_text("half")
        print("writing", flush=True)
        threading.Event().wait(60)
    return 0

consult_assist.cli.main = run
sys.exit(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a program without asking it")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_told_to_end_a_command_leaves_no_half_of_a_backup(tmp_path: Path, number: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITING, str(tmp_path)],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        assert program.stdout.readline() == "writing\n"
        program.send_signal(number)
        assert program.wait(timeout=60) == 128 + number
        assert not program.stderr.read()
    assert list(tmp_path.iterdir()) == []
