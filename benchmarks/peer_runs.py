"""Run one program on a sound at real time, and take down what it showed when and what it cost."""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from benchmarks.live_timing import Shown
from benchmarks.measuring import TreeMeter, program_environment

SAMPLE_RATE_HZ = 16_000
CHUNK_S = 0.1
READY_WITHIN_S = 120.0
LEAVE_WITHIN_S = 30.0
OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "ORT_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
}

Line = tuple[float, dict[str, Any]]


class PeerFailedError(Exception):
    """A program did not do its part; the message is one sentence."""


@dataclass(frozen=True)
class Run:
    """What one program showed, in seconds since the sound began, and what it cost from its start on.

    CPU time is taken at the last word, or the silence behind it would make it look small.
    """

    shown: tuple[Shown, ...]
    cpu_s: float
    peak_bytes: int
    ready_s: float


def run_peer(command: Sequence[str], sound: NDArray[np.int16], spoken_s: float, *, live: bool) -> Run:
    """Feed a peer's adapter through its standard input, chunk by chunk as if it were spoken.

    Raises:
        PeerFailedError: it did not get ready, or broke.
    """
    started = time.monotonic()
    with _process(command, os.environ | OFFLINE, subprocess.PIPE) as (process, meter):
        assert process.stdin is not None
        assert process.stdout is not None
        lines = _Lines(process.stdout)
        ready = lines.wait_for("ready", READY_WITHIN_S) - started
        began = time.monotonic()
        try:
            _feed(process.stdin, sound, began, live=live)
        except BrokenPipeError as error:
            raise PeerFailedError("it stopped before the sound ended") from error
        _wait(process, None if not live else LEAVE_WITHIN_S)
        lines.finish()
    cpu_s = meter.cpu_s_until(began + spoken_s if live else time.monotonic())
    return Run(tuple(_screens_of_adapter(lines.all, began)), cpu_s, meter.peak_bytes, ready)


def run_program(sound: NDArray[np.int16], spoken_s: float) -> Run:
    """Let consult_assist replay the same sound at real speed, and read its event stream as it is written.

    Raises:
        PeerFailedError: it broke.
    """
    with tempfile.TemporaryDirectory() as scratch:
        path, pipe = Path(scratch) / "sound.wav", Path(scratch) / "events"
        soundfile.write(path, sound, SAMPLE_RATE_HZ, subtype="PCM_16")
        os.mkfifo(pipe)
        environment = program_environment(Path(scratch) / "data") | OFFLINE
        command = [sys.executable, "-m", "consult_assist", "replay", str(path), "--speed", "1", "--no-ui"]
        started = time.monotonic()
        # Open for writing as well, or a program that fails early would leave us waiting for one.
        with (
            os.fdopen(os.open(pipe, os.O_RDWR), "rb", buffering=0) as reader,
            _process([*command, "--events", str(pipe)], environment, None) as (process, meter),
        ):
            lines = _Lines(reader)
            _wait(process, len(sound) / SAMPLE_RATE_HZ + READY_WITHIN_S)
            with pipe.open("wb", buffering=0) as writer:
                writer.write(b"\n")
            lines.finish()
        # `at_s` counts from the first sample; a line read late only ever makes the difference larger.
        began = min(at - line["at_s"] for at, line in lines.all)
    cpu_s = meter.cpu_s_until(began + spoken_s)
    return Run(tuple(_screens_of_events(lines.all, began)), cpu_s, meter.peak_bytes, began - started)


class _Lines:
    """JSON lines of a stream, each with the moment it was read; an empty line ends them."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.all: list[Line] = []
        self._stream = stream
        self._changed = threading.Condition()
        self._ended = False
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def wait_for(self, kind: str, within_s: float) -> float:
        """Return when a line of this kind came."""
        with self._changed:
            found = self._changed.wait_for(lambda: self._ended or bool(self.all), within_s)
            if not found or not self.all or self.all[0][1]["kind"] != kind:
                raise PeerFailedError("it did not get ready")
            return self.all[0][0]

    def finish(self) -> None:
        """Wait until the stream has ended."""
        self._thread.join(LEAVE_WITHIN_S)

    def _read(self) -> None:
        for text in self._stream:
            at = time.monotonic()
            if not text.strip():
                break
            with self._changed:
                self.all.append((at, json.loads(text)))
                self._changed.notify_all()
        with self._changed:
            self._ended = True
            self._changed.notify_all()


@contextmanager
def _process(
    command: Sequence[str], environment: dict[str, str], stdin: int | None
) -> Iterator[tuple[subprocess.Popen[bytes], TreeMeter]]:
    with tempfile.TemporaryFile() as messages:
        process = subprocess.Popen(
            command,
            env=environment,
            stdin=stdin,
            stdout=subprocess.PIPE if stdin is not None else subprocess.DEVNULL,
            stderr=messages,
        )
        meter = TreeMeter(process.pid)
        try:
            with meter:
                yield process, meter
        except PeerFailedError as error:
            messages.seek(0)
            last = (messages.read().decode(errors="replace").strip().splitlines() or ["no message"])[-1]
            raise PeerFailedError(f"{error}: {last}") from error
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()


def _feed(stdin: IO[bytes], sound: NDArray[np.int16], began: float, *, live: bool) -> None:
    size = int(SAMPLE_RATE_HZ * CHUNK_S)
    for index, start in enumerate(range(0, len(sound), size), start=1):
        if live:  # a chunk exists only after it has been spoken
            time.sleep(max(0.0, began + index * CHUNK_S - time.monotonic()))
        stdin.write(sound[start : start + size].tobytes())
        stdin.flush()
    stdin.close()


def _wait(process: subprocess.Popen[bytes], within_s: float | None) -> None:
    try:
        code = process.wait(within_s)
    except subprocess.TimeoutExpired:
        return  # what it has shown by now counts
    if code:
        raise PeerFailedError(f"it ended with code {code}")


def _screens_of_adapter(lines: Sequence[Line], began: float) -> Iterator[Shown]:
    final = draft = ""
    for at, line in lines:
        match line["kind"]:
            case "final":
                final += line["text"]
            case "rewrite":
                final = line["text"]
            case "draft":
                draft = line["text"]
        yield Shown(at - began, final, draft)


def _screens_of_events(lines: Sequence[Line], began: float) -> Iterator[Shown]:
    finals: dict[str, tuple[float, str]] = {}
    drafts: dict[int, tuple[float, str]] = {}
    for at, line in lines:
        match line["type"]:
            case "draft":
                drafts[line["channel"]] = (line["start_s"], line["text"])
            case "utterance":
                finals[line["id"]] = (line["start_s"], line["text"])
                if line["channel"] in drafts and drafts[line["channel"]][0] < line["end_s"]:
                    del drafts[line["channel"]]
            case "revision":
                finals[line["utterance_id"]] = (finals[line["utterance_id"]][0], line["text"])
            case _:
                continue
        yield Shown(
            at - began,
            "".join(text for _, text in sorted(finals.values())),
            "".join(text for _, text in sorted(drafts.values())),
        )
