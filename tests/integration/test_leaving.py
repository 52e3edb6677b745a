"""How the command ends while an engine still loads or computes in a thread."""

import subprocess
import sys
from pathlib import Path

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
