"""Fast talk through the real weights: the end of a long turn may not be cut off."""

import json
from pathlib import Path

import numpy as np

from consult_assist.asr.base import Recognizer
from consult_assist.audio.tempo import read_at_speed
from consult_assist.domain.audio import SAMPLE_RATE_HZ, SpeechSegment

SAMPLES = Path(__file__).parents[2] / "recordings" / "samples"
NAME = "05-shougai-kyouiku"
SPEED = 1.5
"""Five to eight tokens a second, as people talk who are in a hurry."""


def test_a_long_turn_in_fast_talk_is_written_to_its_end(whisper: Recognizer) -> None:
    turns = json.loads((SAMPLES / "gold" / f"{NAME}.json").read_text("utf-8"))["utterances"]
    turn = next(turn for turn in turns if "就学支援金" in turn["text"])
    sound = read_at_speed(SAMPLES / f"{NAME}.flac", SPEED)[:, 0]
    start, end = (round(turn[at] / SPEED * SAMPLE_RATE_HZ) for at in ("start_s", "end_s"))
    heard = whisper.recognize(
        SpeechSegment(channel=0, start_sample=start, samples=np.ascontiguousarray(sound[start:end]))
    )
    assert turn["text"].endswith("50万円以内、無利子です。")
    assert "50万円" in heard
    assert heard.endswith("です。")
