"""Sound → the mel spectrum that the voice encoder was trained on."""

import numpy as np
from numpy.typing import NDArray

from consult_assist.domain.audio import SAMPLE_RATE_HZ

N_MELS = 40
_HOP_SAMPLES = 160
_WINDOW_SAMPLES = 400
_LEVEL_DB = -30.0
"""Every stretch is brought to this level first: without a logarithm, loudness would count as voice.

Source: Resemblyzer 0.1.4, `hparams.py` (40 bands, 25 ms window, 10 ms step, −30 dBFS).
"""

_LINEAR_BELOW_HZ = 1000.0
_HZ_PER_MEL = 200.0 / 3.0
_LOG_STEP = np.log(6.4) / 27.0
"""Source: M. Slaney, Auditory Toolbox (1998), as librosa's `mel_frequencies` has it."""


def mel_spectrum(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return `(n_frames, 40) float32` mel power of the levelled sound, one frame each 10 ms."""
    level = float(np.sqrt(np.mean(np.square(samples, dtype=np.float64)))) + 1e-9
    levelled = np.pad(samples * np.float32(10.0 ** (_LEVEL_DB / 20.0) / level), _WINDOW_SAMPLES // 2)
    frames = np.lib.stride_tricks.sliding_window_view(levelled, _WINDOW_SAMPLES)[::_HOP_SAMPLES]
    power = np.abs(np.fft.rfft(frames * _WINDOW, axis=1)) ** 2
    return np.asarray(power @ _BANK, dtype=np.float32)


def _hz_from_mel(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return frequencies on Slaney's scale: linear below 1 kHz, logarithmic above."""
    linear = mel * _HZ_PER_MEL
    knee = _LINEAR_BELOW_HZ / _HZ_PER_MEL
    return np.asarray(np.where(mel < knee, linear, _LINEAR_BELOW_HZ * np.exp(_LOG_STEP * (mel - knee))))


def _mel_bank() -> NDArray[np.float32]:
    """Return `(n_bins, 40)`: triangles of equal area on Slaney's mel scale, up to half the sample rate."""
    top_hz = SAMPLE_RATE_HZ / 2
    top_mel = _LINEAR_BELOW_HZ / _HZ_PER_MEL + np.log(top_hz / _LINEAR_BELOW_HZ) / _LOG_STEP
    edges_hz = _hz_from_mel(np.linspace(0.0, top_mel, N_MELS + 2))
    bins_hz = np.linspace(0.0, top_hz, _WINDOW_SAMPLES // 2 + 1)[:, np.newaxis]
    rising = (bins_hz - edges_hz[:-2]) / (edges_hz[1:-1] - edges_hz[:-2])
    falling = (edges_hz[2:] - bins_hz) / (edges_hz[2:] - edges_hz[1:-1])
    triangles = np.maximum(0.0, np.minimum(rising, falling))
    return (triangles * 2.0 / (edges_hz[2:] - edges_hz[:-2])).astype(np.float32)


_BANK = _mel_bank()
_WINDOW = np.hanning(_WINDOW_SAMPLES + 1)[:-1].astype(np.float32)
