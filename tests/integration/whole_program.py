"""Runs `consult-assist` as a person would: another process, real models, a data folder of its own."""

import io
import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from consult_assist.cli import main
from consult_assist.knowledge.loader import load_knowledge

CHECKOUT = Path(__file__).parents[2]
SAMPLES = CHECKOUT / "recordings" / "samples"


@dataclass(frozen=True)
class Program:
    """The command line with its own data folder; models are those of the checkout."""

    data_folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, *arguments: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments),
            env=self.variables(),
            check=check,
            capture_output=True,
            text=True,
            timeout=280,
        )

    def here(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a command in this process: the same words and exit status, without a start of a second."""
        words = [str(argument) for argument in arguments]
        said, complained, root = io.StringIO(), io.StringIO(), logging.getLogger()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(said), redirect_stderr(complained):
            for name, value in self.variables().items():
                patch.setenv(name, value)
            patch.setattr(root, "handlers", [])  # pytest's stand in the way of the program's log
            patch.setattr(logging, "raiseExceptions", True)
            patch.setattr(threading, "excepthook", threading.excepthook)
            status = main(words)
            for handler in root.handlers:
                handler.close()
        return subprocess.CompletedProcess(words, status, said.getvalue(), complained.getvalue())

    @contextmanager
    def running(self, *arguments: str | Path) -> Iterator[subprocess.Popen[str]]:
        """Start it and let it run, at most until the block ends.

        Tests in the background of a shell ignore the interrupt, and what they start would inherit that.
        """
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            program = subprocess.Popen(
                self.command(*arguments),
                env=self.variables(),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        finally:
            signal.signal(signal.SIGINT, before)
        with program:
            try:
                yield program
            finally:
                program.kill()

    @staticmethod
    def command(*arguments: str | Path) -> list[str]:
        return [sys.executable, "-m", "consult_assist", *(str(argument) for argument in arguments)]

    def variables(self) -> dict[str, str]:
        return {
            "CONSULT_ASSIST_MODELS_FOLDER": str(CHECKOUT / "models"),
            **os.environ,
            "CONSULT_ASSIST_DATA_FOLDER": str(self.data_folder),
            "PYTHONPATH": str(CHECKOUT),
            **self.environment,
        }


def events_in(path: Path) -> list[dict[str, Any]]:
    """Return the whole lines of an event stream; a line cut off by a crash is no event."""
    lines = path.read_text(encoding="utf-8").split("\n") if path.exists() else []
    return [json.loads(line) for line in lines[:-1]]


def of_type(events: Sequence[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [event for event in events if event["type"] == name]


def wait_for(stream: Path, name: str, count: int = 1, within_s: float = 240.0) -> None:
    """Wait until so many events of a type stand in the stream.

    Raises:
        TimeoutError: they do not come.
    """
    until = time.monotonic() + within_s
    while len(of_type(events_in(stream), name)) < count:
        if time.monotonic() > until:
            raise TimeoutError(f"fewer than {count} {name} events in {within_s} s")
        time.sleep(0.1)


def programmes_named(said: Sequence[dict[str, Any]]) -> set[str]:
    """Return the programmes that speakers call by name."""
    programmes = load_knowledge(SAMPLES.parents[1] / "knowledge").programmes
    owner = {item.text: programme.id for programme in programmes.values() for item in programme.names}
    text, found = "　".join(u["text"] for u in said), set()
    for word in sorted(owner, key=len, reverse=True):
        if word in text:
            found.add(owner[word])
            text = text.replace(word, "　")
    return found


def gold(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((SAMPLES / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    return read


def heard_share(
    events: Sequence[dict[str, Any]], said: Sequence[dict[str, Any]], delay_s: float = 0.0
) -> float:
    """Return how many of the gold utterances a final overlaps, with the sound starting `delay_s` late."""
    finals = of_type(events, "utterance")
    covered = sum(
        any(f["start_s"] < u["end_s"] + delay_s and f["end_s"] > u["start_s"] + delay_s for f in finals)
        for u in said
    )
    return covered / len(said)
