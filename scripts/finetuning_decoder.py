"""Whisper's decoder in torch, in CTranslate2's layout, with a change of low rank beside each of its matrices.

Source: Radford et al., “Robust Speech Recognition via Large-Scale Weak Supervision”, 2022; Hu et al., “LoRA”,
ICLR 2022.
"""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from consult_assist.models.weights import read_variables

Tensor: TypeAlias = torch.Tensor
Changes: TypeAlias = Mapping[str, tuple[Tensor, Tensor]]
"""For each matrix `(n_out, n_in)`: up `(n_out, rank)` and down `(rank, n_in)`."""

SMALLEST = 1e-12
HEAD_SIZE = 64
"""The same in every Whisper."""


class Decoder:
    """The published decoder, which stays as it is, and the changes that are learned.

    Attributes:
        changes: for each matrix `(n_out, n_in)`: up `(n_out, rank)`, zero at first, and down `(rank, n_in)`.
    """

    def __init__(self, weights_file: Path, rank: int) -> None:
        self._weights = read_decoder(weights_file)
        n_layers = sum(name.endswith("/ffn/linear_0/weight") for name in self._weights)
        self._layers = [f"layer_{number}" for number in range(n_layers)]
        self.changes: dict[str, tuple[Tensor, Tensor]] = {}
        for name, matrix in self._weights.items():
            if "/linear_" in name and name.endswith("/weight"):
                n_out, n_in = matrix.shape
                up, down = torch.zeros(n_out, rank), torch.randn(rank, n_in) / math.sqrt(n_in)
                self.changes[name] = (up.requires_grad_(), down.requires_grad_())

    def parameters(self) -> list[Tensor]:
        """Return what is learned."""
        return [matrix for pair in self.changes.values() for matrix in pair]

    def hidden(self, tokens: Tensor, states: Tensor, *, changed: bool = True) -> Tensor:
        """Return `(batch, n_tokens, width)`: what the next token after each is told from.

        Args:
            tokens: `(batch, n_tokens)`, what has been written so far.
            states: `(batch, n_states, width)`, the encoder's.
            changed: False for the published decoder.
        """
        weights = self._weights
        stream = weights["embeddings/weight"][tokens]
        stream = stream + weights["position_encodings/encodings"][: tokens.shape[1]]
        for layer in self._layers:
            stream = self._layer(layer, stream, states, changed)
        return self._normalised("layer_norm", stream)

    def scores(self, hidden: Tensor) -> Tensor:
        """Return `(…, n_vocabulary)` for `(…, width)`."""
        return hidden @ self._weights["embeddings/weight"].T

    def _layer(self, layer: str, stream: Tensor, states: Tensor, changed: bool) -> Tensor:
        def linear(name: str, given: Tensor) -> Tensor:
            return self._linear(f"{layer}/{name}", given, changed)

        own = self._normalised(f"{layer}/self_attention/layer_norm", stream)
        queries, keys, values = linear("self_attention/linear_0", own).chunk(3, dim=-1)
        stream = stream + linear("self_attention/linear_1", _attend(queries, keys, values, causal=True))
        queries = linear("attention/linear_0", self._normalised(f"{layer}/attention/layer_norm", stream))
        keys, values = linear("attention/linear_1", states).chunk(2, dim=-1)
        stream = stream + linear("attention/linear_2", _attend(queries, keys, values, causal=False))
        wide = linear("ffn/linear_0", self._normalised(f"{layer}/ffn/layer_norm", stream))
        return stream + linear("ffn/linear_1", functional.gelu(wide))

    def _linear(self, name: str, given: Tensor, changed: bool) -> Tensor:
        result = functional.linear(given, self._weights[f"{name}/weight"], self._weights[f"{name}/bias"])
        if not changed:
            return result
        up, down = self.changes[f"{name}/weight"]
        return result + functional.linear(functional.linear(given, down), up)

    def _normalised(self, name: str, stream: Tensor) -> Tensor:
        gamma, beta = self._weights[f"{name}/gamma"], self._weights[f"{name}/beta"]
        return functional.layer_norm(stream, gamma.shape, gamma, beta)


def _attend(queries: Tensor, keys: Tensor, values: Tensor, *, causal: bool) -> Tensor:
    heads = [part.unflatten(-1, (-1, HEAD_SIZE)).transpose(1, 2) for part in (queries, keys, values)]
    return functional.scaled_dot_product_attention(*heads, is_causal=causal).transpose(1, 2).flatten(2)


def read_decoder(weights_file: Path) -> dict[str, Tensor]:
    """Return the decoder's arrays of 16-bit numbers by their names after `decoder/`."""
    arrays = {}
    with weights_file.open("rb") as stream:
        for variable in read_variables(stream):
            if variable.name.startswith("decoder/") and variable.shape and variable.bytes_per_number == 2:
                stream.seek(variable.offset)
                numbers = np.frombuffer(stream.read(variable.n_bytes), dtype="<f2").reshape(variable.shape)
                arrays[variable.name.removeprefix("decoder/")] = torch.from_numpy(numbers.astype(np.float32))
    return arrays


def write_changes(decoder: Decoder, path: Path) -> None:
    """Write the changes in whole numbers, named as `consult_assist.models.lora` reads them."""
    _write({name: (up.detach(), down.detach()) for name, (up, down) in decoder.changes.items()}, path)


def read_changes(path: Path) -> Changes:
    """Return the changes that were written; each row of `down` is 1 long, about as before learning."""
    changes = {}
    with np.load(path) as stored:
        for name in (key.removesuffix(".up") for key in stored.files if key.endswith(".up")):
            parts = (torch.from_numpy(stored[f"{name}.{part}"]).float() for part in ("up", "down", "scale"))
            up, down, scale = parts
            lengths = down.norm(dim=1).clamp_min(SMALLEST)
            changes[name.removeprefix("decoder/")] = scale * up * lengths, down / lengths[:, None]
    return changes


def rank_of(changes: Changes) -> int:
    """Return how many rows each `down` has."""
    _, down = next(iter(changes.values()))
    return len(down)


def take_over(decoder: Decoder, changes: Changes) -> None:
    """Let a decoder go on from changes of its rank."""
    with torch.no_grad():
        for name, pair in changes.items():
            for matrix, numbers in zip(decoder.changes[name], pair, strict=True):
                matrix.copy_(numbers)


def write_mean(one: Path, other: Path, rank: int, path: Path) -> None:
    """Write what lies half-way between two files of changes: it unlearns less than what was learned last.

    Source: Wortsman et al., “Model soups”, ICML 2022.
    """
    mean = {}
    others = read_changes(other)
    for name, (up, down) in read_changes(one).items():
        ups, downs = torch.cat([up, others[name][0]], dim=1) / 2, torch.cat([down, others[name][1]])
        left, sizes, right = torch.linalg.svd(ups @ downs, full_matrices=False)
        roots = sizes[:rank].sqrt()
        mean[name] = left[:, :rank] * roots, roots[:, None] * right[:rank]
    _write(mean, path)


def _write(changes: Changes, path: Path) -> None:
    stored: dict[str, Any] = {}
    for name, (up, down) in changes.items():
        whole_down, down_scale = whole_numbers(down.numpy())
        whole_up, scale = whole_numbers(up.numpy() * down_scale.T)
        parts = {"up": whole_up, "down": whole_down, "scale": scale}
        stored |= {f"decoder/{name}.{part}": numbers for part, numbers in parts.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **stored)


def whole_numbers(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return whole numbers `(n, m) int8` and the scale `(n, 1) float32` of each row that come nearest."""
    scale = np.maximum(np.abs(matrix).max(axis=1, keepdims=True), np.float32(SMALLEST)) / np.float32(127)
    return np.round(matrix / scale).astype(np.int8), scale.astype(np.float32)
