"""Whisper through faster-whisper and CTranslate2, with a window no longer than the speech needs."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from consult_assist.asr.base import WordTime
from consult_assist.asr.guards import Decoding, believable_draft, believable_text, is_looping
from consult_assist.asr.word_times import piece_bounds_s, timed_pieces
from consult_assist.domain.audio import SAMPLE_RATE_HZ, SpeechSegment
from consult_assist.errors import ModelError, RecognitionError

if TYPE_CHECKING:
    from faster_whisper import WhisperModel
    from faster_whisper.feature_extractor import FeatureExtractor

_LANGUAGE = "ja"
_HOP_SAMPLES = 160
"""One frame each 10 ms. Source: openai/whisper `audio.py`."""
_FADING_FRAMES = 4
"""After the end of sound the next one is all silence: a frame looks at 200 samples before and after it."""

DRAFT_PADDING_S = 1.5
"""Silence behind the sound of a draft. Source: docs/decisions/0002-short-window.md."""
_TOKENS_PER_S = 9.0
"""Cap on decoded tokens; keeps a decoder that has lost the sound from running on.

CTranslate2 decodes half of the `max_length` that it is given, as OpenAI's Whisper does.

Source: our samples have at most 8.4 characters and 7.4 tokens a second.
"""
_BEAM_SIZE = 5
"""Width of the search for finals, as in OpenAI's Whisper."""
_MIN_TOKENS = 12
"""The cap for the shortest answers."""
_LONGEST_WINDOW_S = 30.0
"""The window that Whisper was trained with."""
_NOT_TIMED = "この部分の言葉の時刻を調べられませんでした。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """How much sound and silence the encoder is given for a final.

    Whisper pads to 30 s, which costs a full encoder pass each time. In too short a window the decoder does
    not see where the sound ends and repeats itself; how short it may be depends on what it has learned.

    Attributes:
        shortest_s: length for short speech.
        silence_s: silence behind longer speech.
    """

    shortest_s: float
    silence_s: float

    def length_s(self, speech_s: float) -> float:
        """Return the length of the window for so much speech."""
        return min(max(self.shortest_s, speech_s + self.silence_s), _LONGEST_WINDOW_S)


FULL_WINDOW = Window(shortest_s=_LONGEST_WINDOW_S, silence_s=0.0)
PUBLISHED_WINDOW = Window(shortest_s=12.0, silence_s=3.0)
"""For weights as published. Source: docs/decisions/0002-short-window.md."""
FINETUNED_WINDOW = Window(shortest_s=6.0, silence_s=2.0)
"""For Whisper base as fine-tuned to the counter. Source: as above."""


class FasterWhisperRecognizer:
    """Recognises Japanese speech segments; loads nothing from a network."""

    def __init__(
        self,
        model_folder: Path,
        *,
        compute_type: str,
        threads: int,
        device: str = "auto",
        window: Window = PUBLISHED_WINDOW,
    ) -> None:
        """Load the weights.

        Args:
            model_folder: a CTranslate2 conversion of Whisper.
            compute_type: as CTranslate2 names it: `int8`, `float16` …
            threads: threads of one decode.
            device: `cpu` or `cuda`; `auto` trusts the driver's count of cards.
            window: what these weights need for finals.

        Raises:
            ModelError: the folder does not hold a usable model.
        """
        from faster_whisper.tokenizer import Tokenizer  # noqa: PLC0415 - seconds of import time

        self._model = _load_model(model_folder, device=device, compute_type=compute_type, threads=threads)
        tokenizer = Tokenizer(
            self._model.hf_tokenizer,
            multilingual=self._model.model.is_multilingual,
            task="transcribe",
            language=_LANGUAGE,
        )
        self._tokenizer = tokenizer
        self._prompt = self._model.get_prompt(tokenizer, [], without_timestamps=True)
        self._window = window

    def draft(self, samples: NDArray[np.float32]) -> str:
        """Return a quick, greedy guess at unfinished speech."""
        duration_s = len(samples) / SAMPLE_RATE_HZ
        decoding = self._decode(
            samples, window_s=duration_s + DRAFT_PADDING_S, beam_size=1, no_repeat_ngram_size=5
        )
        return believable_draft(decoding) or ""

    def recognize(self, segment: SpeechSegment, *, thorough: bool = True) -> str:
        """Return the text of a finished segment, empty when nobody spoke."""
        duration_s = len(segment.samples) / SAMPLE_RATE_HZ
        beam_size = _BEAM_SIZE if thorough else 1
        window_s = self._window.length_s(duration_s)
        decoding = self._decode(segment.samples, window_s=window_s, beam_size=beam_size)
        if is_looping(decoding.text):
            decoding = self._decode(
                segment.samples, window_s=_LONGEST_WINDOW_S, beam_size=beam_size, no_repeat_ngram_size=5
            )
        return believable_text(replace(decoding, voice_probability=segment.voice_probability)) or ""

    def word_times(self, segment: SpeechSegment, text: str) -> Sequence[WordTime]:
        """Return when each piece of a text was said, by where the model attends while it reads it out."""
        tokens = self._tokenizer.encode(text)
        if not tokens:
            return ()
        duration_s = len(segment.samples) / SAMPLE_RATE_HZ
        pieces, groups = self._tokenizer.split_tokens_on_unicode(tokens)
        if "".join(pieces) != text or len(tokens) + len(self._prompt) >= self._model.max_length:
            raise RecognitionError(_NOT_TIMED)
        features = self._features(segment.samples, self._window.length_s(duration_s))
        frames = min(features.shape[1], round(len(segment.samples) / _HOP_SAMPLES))
        try:
            (found,) = self._model.model.align(
                self._model.encode(features), list(self._tokenizer.sot_sequence), [tokens], frames
            )
            bounds_s = piece_bounds_s(found.alignments, [len(group) for group in groups])
        except (RuntimeError, ValueError, KeyError, MemoryError) as error:
            raise RecognitionError(_NOT_TIMED) from error
        return timed_pieces(pieces, bounds_s, segment.samples, segment.start_s)

    def _decode(self, samples: NDArray[np.float32], *, window_s: float, **options: Any) -> Decoding:
        duration_s = len(samples) / SAMPLE_RATE_HZ
        most_tokens = _MIN_TOKENS + math.ceil(duration_s * _TOKENS_PER_S)
        try:
            encoded = self._model.encode(self._features(samples, window_s))
            japanese = self._japanese_probability(encoded)
            (result,) = self._model.model.generate(
                encoded,
                [self._prompt],
                max_length=min(self._model.max_length, 2 * most_tokens),
                return_scores=True,
                return_no_speech_prob=True,
                **options,
            )
        except (RuntimeError, ValueError, MemoryError) as error:
            raise RecognitionError("この部分を認識できませんでした。") from error
        return Decoding(
            text=self._tokenizer.decode(result.sequences_ids[0]).strip(),
            duration_s=duration_s,
            average_log_probability=result.scores[0],
            no_speech_probability=result.no_speech_prob,
            japanese_probability=japanese,
        )

    def _japanese_probability(self, encoded: Any) -> float | None:
        """Return how certain the model is of the language of encoded sound; None when it knows only one."""
        if not self._model.model.is_multilingual:
            return None
        (languages,) = self._model.model.detect_language(encoded)
        return float(dict(languages)[f"<|{_LANGUAGE}|>"])

    def _features(self, samples: NDArray[np.float32], window_s: float) -> NDArray[np.float32]:
        """Return `(n_mels, n_frames) float32` log-mel features of the zero-padded sound, n_frames even."""
        frames = min(self._model.feature_extractor.nb_max_frames, math.ceil(window_s * 50) * 2)
        return padded_features(self._model.feature_extractor, samples, frames)


def padded_features(
    extractor: "FeatureExtractor", samples: NDArray[np.float32], frames: int
) -> NDArray[np.float32]:
    """Return `(n_mels, frames) float32` log-mel features of sound in a window of silence.

    The silence is not computed: it is the frame after the sound, over and over.
    """
    used = samples[: frames * _HOP_SAMPLES]
    computed = min(frames, len(used) // _HOP_SAMPLES + _FADING_FRAMES)
    padded = np.zeros(computed * _HOP_SAMPLES, dtype=np.float32)
    padded[: len(used)] = used
    features: NDArray[np.float32] = extractor(padded, padding=0)
    return np.pad(features, ((0, 0), (0, frames - computed)), mode="edge")


def _load_model(folder: Path, *, device: str, compute_type: str, threads: int) -> "WhisperModel":
    """Return the model in a folder, hearing as many frequency bands as its weights expect."""
    from faster_whisper import WhisperModel  # noqa: PLC0415 - seconds of import time
    from faster_whisper.feature_extractor import FeatureExtractor  # noqa: PLC0415

    try:
        model = WhisperModel(
            str(folder), device=device, compute_type=compute_type, cpu_threads=threads, local_files_only=True
        )
    except (RuntimeError, ValueError, OSError) as error:
        raise ModelError(
            f"音声認識モデル（{folder.name}）を読み込めません。"
            "consult-assist models verify で確かめてください。"
        ) from error
    n_mels = model.model.n_mels
    if n_mels != len(model.feature_extractor.mel_filters):  # no preprocessor_config.json tells it
        model.feature_extractor = FeatureExtractor(feature_size=n_mels)
    return model
