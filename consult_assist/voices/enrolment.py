"""The voices of this office's clerks, kept in one small file: averages of a few numbers, never sound."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from consult_assist.errors import StoreError
from consult_assist.voices.base import Voice
from consult_assist.voices.pair import KNOWN_COSINE

FORMAT_VERSION: Final = 1
MOST_CLERKS: Final = 8
"""Desks are shared; the voice heard longest ago makes room."""
LONG_MEMORY_S: Final = 600.0
"""Older speech counts no more than this, so that the average follows a new microphone."""


@dataclass(frozen=True, slots=True, eq=False)
class ClerkVoice:
    """One clerk's average voice and the seconds of speech behind it; nobody's name."""

    voice: Voice
    seconds: float


@dataclass(frozen=True, slots=True, eq=False)
class ClerkVoices:
    """All clerks who have worked at this PC, the latest last."""

    encoder: str
    clerks: tuple[ClerkVoice, ...] = ()

    @property
    def voices(self) -> tuple[Voice, ...]:
        """What a tracker needs."""
        return tuple(clerk.voice for clerk in self.clerks)

    def taught(self, voice: Voice, seconds: float) -> "ClerkVoices":
        """Return the voices after one more was taught: the clerk it resembles is refined, or one is added."""
        likeness = [float(voice @ clerk.voice) for clerk in self.clerks]
        others = list(self.clerks)
        new = ClerkVoice(_unit(voice), seconds)
        if likeness and max(likeness) >= KNOWN_COSINE:
            old = others.pop(int(np.argmax(likeness)))
            before_s = min(old.seconds, LONG_MEMORY_S)
            new = ClerkVoice(_unit(before_s * old.voice + seconds * voice), before_s + seconds)
        return replace(self, clerks=(*others, new)[-MOST_CLERKS:])


def load_clerk_voices(path: Path, encoder: str) -> ClerkVoices:
    """Return the voices in a file; none where it is missing, unreadable, or made with another encoder.

    A voice print is learned again in one consultation, so a broken file is no reason to stop.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return _voices_from_json(content, encoder)
    except (OSError, ValueError, KeyError, TypeError):
        return ClerkVoices(encoder)


def save_clerk_voices(path: Path, voices: ClerkVoices) -> None:
    """Write the file, readable by its owner only; the old one stays whole until the new one is.

    Raises:
        StoreError: it cannot be written.
    """
    content = {
        "version": FORMAT_VERSION,
        "encoder": voices.encoder,
        "clerks": [
            {"seconds": round(clerk.seconds, 1), "voice": [round(float(value), 5) for value in clerk.voice]}
            for clerk in voices.clerks
        ],
    }
    partial = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(content, file)
        partial.replace(path)
    except OSError as error:
        raise StoreError(
            "職員の声の特徴を保存できません。データフォルダーの空きと権限を確かめてください。"
        ) from error


def forget_clerk_voices(path: Path) -> bool:
    """Delete the file; tell whether there was one.

    Raises:
        StoreError: it cannot be deleted.
    """
    there = path.exists()
    try:
        path.unlink(missing_ok=True)
        path.with_name(path.name + ".part").unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(
            "職員の声の特徴を削除できません。データフォルダーの権限を確かめてください。"
        ) from error
    return there


def _voices_from_json(content: dict[str, Any], encoder: str) -> ClerkVoices:
    if content["version"] != FORMAT_VERSION or content["encoder"] != encoder:
        return ClerkVoices(encoder)
    clerks = [ClerkVoice(_unit(clerk["voice"]), float(clerk["seconds"])) for clerk in content["clerks"]]
    if len({len(clerk.voice) for clerk in clerks}) > 1:
        return ClerkVoices(encoder)
    return ClerkVoices(encoder, tuple(clerks[-MOST_CLERKS:]))


def _unit(values: Sequence[float] | Voice) -> Voice:
    voice = np.asarray(values, dtype=np.float64)
    length = float(np.linalg.norm(voice))
    if voice.ndim != 1 or not np.isfinite(length) or length == 0.0:
        raise ValueError("not a voice")
    return np.asarray(voice / length, dtype=np.float32)
