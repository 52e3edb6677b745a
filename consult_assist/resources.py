"""Where the shipped knowledge, samples and exercises lie: inside the wheel, or at the top of a checkout."""

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).parent
_CHECKOUT = {"knowledge": "knowledge", "samples": "recordings/samples", "exercises": "recordings/exercises"}


def shipped_folder(name: Literal["knowledge", "samples", "exercises"]) -> Path:
    """Return the read-only folder that came with the program."""
    installed = _PACKAGE / "_shipped" / name
    return installed if installed.is_dir() else _PACKAGE.parent / _CHECKOUT[name]
