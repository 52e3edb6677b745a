"""How an adapter talks to the driver: 16 kHz int16 mono comes on standard input, JSON lines go out.

An adapter says `ready` once, then what a person would see: `final` adds to the text that stays, `rewrite`
replaces all of it, `draft` replaces what may still change. When standard input ends it has to end too.
"""

import json
import os
import queue
import sys
import threading
import time
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE_HZ = 16_000
CHUNK_S = 0.1
CHUNK_BYTES = int(SAMPLE_RATE_HZ * CHUNK_S) * 2
FULL_SCALE = 32_768


class Display:
    """The text as a person would see it; says only what changed. What peers print goes elsewhere."""

    def __init__(self) -> None:
        self._lines = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        self._lock = threading.Lock()
        self._final = self._draft = ""

    def ready(self) -> None:
        """Say that sound may come."""
        with self._lock:
            self._say("ready", "")

    def show(self, final: str, draft: str) -> None:
        """Show all text that stays so far, and all that may still change."""
        with self._lock:
            if final.startswith(self._final):
                added = final[len(self._final) :]
                if added:
                    self._say("final", added)
            else:
                self._say("rewrite", final)
            if draft != self._draft:
                self._say("draft", draft)
            self._final, self._draft = final, draft

    def add(self, text: str) -> None:
        """Add to the text that stays; the draft was its forerunner."""
        self.show(self._final + text, "")

    def draft(self, text: str) -> None:
        """Replace the draft."""
        self.show(self._final, text)

    def _say(self, kind: str, text: str) -> None:
        line = {"t": time.monotonic(), "kind": kind, "text": text}
        print(json.dumps(line, ensure_ascii=False), file=self._lines, flush=True)


class Sound:
    """Chunks from standard input, taken in at once so that a busy peer never holds up the driver."""

    def __init__(self) -> None:
        self._chunks: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()

    def chunks(self) -> Iterator[bytes]:
        """Yield chunks as they come, until the sound ends."""
        while (chunk := self._chunks.get()) is not None:
            yield chunk

    def _read(self) -> None:
        while chunk := sys.stdin.buffer.read(CHUNK_BYTES):
            self._chunks.put(chunk)
        self._chunks.put(None)


def samples_from(chunk: bytes) -> NDArray[np.float32]:
    """Return a chunk as `(n_samples,) float32, -1…1`."""
    return np.frombuffer(chunk, np.int16).astype(np.float32) / np.float32(FULL_SCALE)


def leave() -> None:
    """End at once: peers leave threads behind that would never end."""
    sys.stdout.flush()
    os._exit(0)
