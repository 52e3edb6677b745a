"""The GE2E voice encoder of Resemblyzer, run by onnxruntime."""

import math
from importlib import resources
from importlib.resources.abc import Traversable

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnxruntime.capi.onnxruntime_pybind11_state import (
    Fail,
    InvalidArgument,
    InvalidGraph,
    InvalidProtobuf,
    RuntimeException,
)

from consult_assist.diarization.base import SpeakerEmbedding
from consult_assist.diarization.mel import mel_spectrum
from consult_assist.errors import ModelError, RecognitionError

WEIGHTS_FILE = "ge2e-voice.onnx"
_WINDOW_FRAMES = 160
"""What the network was trained on: 1.6 s. Shorter speech is given as it is; padding it lost accuracy.

Source: Resemblyzer 0.1.4, `hparams.py`; docs/decisions/0011-voices.md.
"""
_STEP_FRAMES = 80
_MAX_WINDOWS = 4
"""More windows of one utterance cost time and were no better (docs/decisions/0011-voices.md)."""
_ENGINE_FAULTS = (RuntimeError, Fail, InvalidArgument, InvalidGraph, InvalidProtobuf, RuntimeException)


class Ge2eVoiceEncoder:
    """Three LSTM layers over 40 mel bands; 3 MB of weights that travel with the program."""

    def __init__(self, weights: Traversable | None = None) -> None:
        """Load the weights.

        Args:
            weights: the file; None = the one that came with the program.

        Raises:
            ModelError: it is not there, or not whole.
        """
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        weights = weights or resources.files(__package__) / "weights" / WEIGHTS_FILE
        try:
            self._session = onnxruntime.InferenceSession(
                weights.read_bytes(), options, providers=["CPUExecutionProvider"]
            )
        except (OSError, *_ENGINE_FAULTS) as error:
            raise ModelError(
                "声を聞き分ける部品がないか壊れているため、話者は自動で付きませんので、"
                "管理者にプログラムの入れ直しを頼んでください。"
            ) from error

    def embed(self, samples: NDArray[np.float32]) -> SpeakerEmbedding:
        """Return `(256,) float32`: the mean voice of up to four windows spread over the speech."""
        spectrum = mel_spectrum(samples)
        try:
            (voices,) = self._session.run(None, {"mel": _windows(spectrum)})
        except _ENGINE_FAULTS as error:
            raise RecognitionError("声を聞き分けられませんでした。") from error
        mean = np.asarray(voices, dtype=np.float32).mean(axis=0)
        return np.asarray(mean / (np.linalg.norm(mean) + 1e-9), dtype=np.float32)


def _windows(spectrum: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return `(n_frames, n_windows, 40)`, the windows spread evenly over the spectrum."""
    spare = len(spectrum) - _WINDOW_FRAMES
    if spare <= 0:
        return spectrum[:, np.newaxis]
    count = min(_MAX_WINDOWS, math.ceil(spare / _STEP_FRAMES) + 1)
    starts = np.linspace(0, spare, count).astype(int)
    return np.stack([spectrum[start : start + _WINDOW_FRAMES] for start in starts], axis=1)
