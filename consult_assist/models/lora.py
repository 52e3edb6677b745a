"""Fine-tuning Whisper base to talk at the counter: a small change is added to the matrices of its decoder.

A full set of changed weights would be another 145 MB that nobody could check. What was learned is kept
instead as two thin matrices for each large one (low-rank adaptation, LoRA), in whole numbers: every PC
computes the same bytes, and the result has a digest of its own.

Source: Hu et al., “LoRA”, ICLR 2022. How it was learned: docs/decisions/0038-fitted-to-the-counter.md.
"""

import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from consult_assist.models.weights import UnfitFilesError, Variable, read_variables


def apply_lora(weights: Path, changes: Path) -> None:
    """Add changes to a weights file, in place.

    Args:
        weights: a CTranslate2 file of 16-bit numbers.
        changes: an npz file; for each matrix `NAME` that changes, `NAME.up` `(n_out, rank) int8`, `NAME.down`
            `(rank, n_in) int8` and `NAME.scale` `(n_out, 1) float32`. The change is `scale * (up @ down)`.

    Raises:
        UnfitFilesError: the changes are missing or damaged, or were not made for these weights.
        OSError: the weights cannot be read or written.
    """
    stored = _read_changes(changes)
    names = sorted(key.removesuffix(".up") for key in stored if key.endswith(".up"))
    with weights.open("r+b") as stream:
        variables = {variable.name: variable for variable in read_variables(stream)}
        for name in names:
            change = _change(stored[f"{name}.up"], stored[f"{name}.down"], stored[f"{name}.scale"])
            _add(stream, variables.get(name), change)


def _read_changes(path: Path) -> Mapping[str, NDArray[Any]]:
    try:
        with path.open("rb") as stream, np.load(stream) as stored:
            return dict(stored)
    # It came with the program: that it is missing is no trouble of the models' folder.
    except (OSError, EOFError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        raise UnfitFilesError(f"{path.name}: missing or damaged") from error


def _change(up: NDArray[np.int8], down: NDArray[np.int8], scale: NDArray[np.float32]) -> NDArray[np.float32]:
    # Sums of whole numbers below 2**24 are exact in 32 bits, in whichever order a machine adds them.
    return scale * (up.astype(np.float32) @ down.astype(np.float32))


def _add(stream: BinaryIO, variable: Variable | None, change: NDArray[np.float32]) -> None:
    if variable is None or variable.shape != change.shape or variable.bytes_per_number != 2:
        raise UnfitFilesError("not the weights that the changes were made for")
    stream.seek(variable.offset)
    matrix = np.frombuffer(stream.read(variable.n_bytes), dtype="<f2").reshape(variable.shape)
    stream.seek(variable.offset)
    stream.write((matrix.astype(np.float32) + change).astype("<f2").tobytes())
