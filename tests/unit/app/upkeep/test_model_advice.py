"""Measuring models: what is run, what is only estimated, and how the numbers come about."""

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from consult_assist.app.upkeep.model_advice import DECODES_PER_FINAL, advise_models, measure_pace
from consult_assist.asr.base import Recognizer
from consult_assist.asr.scripted import ScriptedRecognizer
from consult_assist.domain.audio import SAMPLE_RATE_HZ, SpeechSegment
from consult_assist.errors import ModelError
from consult_assist.models.find import ModelState, ModelStatus
from consult_assist.models.machine import Machine


class Clock:
    """A clock that only work moves."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


class SlowRecognizer(ScriptedRecognizer):
    """Takes a fixed time for each decode."""

    def __init__(self, clock: Clock, final_s: float, draft_s: float) -> None:
        super().__init__([])
        self.clock, self.final_s, self.draft_s = clock, final_s, draft_s
        self.n_finals = 0

    def draft(self, samples: NDArray[np.float32]) -> str:
        self.clock.now_s += self.draft_s
        return ""

    def recognize(self, segment: SpeechSegment, *, thorough: bool = True) -> str:
        self.clock.now_s += self.final_s
        self.n_finals += 1
        return ""


def segments(*lengths_s: float) -> list[SpeechSegment]:
    return [
        SpeechSegment(
            channel=0, start_sample=0, samples=np.zeros(round(length_s * SAMPLE_RATE_HZ), dtype=np.float32)
        )
        for length_s in lengths_s
    ]


def test_work_is_counted_for_a_second_of_speech() -> None:
    clock = Clock()
    pace = measure_pace(SlowRecognizer(clock, final_s=1.0, draft_s=0.1), segments(3.0, 4.5), clock)
    assert pace.finals == pytest.approx(DECODES_PER_FINAL * 2 / 7.5)
    assert pace.drafts == pytest.approx((4 + 5) * 0.1 / 7.5)  # after 0.65, 1.05, 1.58, 2.36, 3.54 s
    assert pace.wait_s == pytest.approx(1.0)


def test_a_slow_model_is_not_measured_longer_than_needed() -> None:
    clock = Clock()
    recognizer = SlowRecognizer(clock, final_s=9.0, draft_s=1.0)
    measure_pace(recognizer, segments(4.0, 4.0, 4.0), clock, within_s=8.0)
    assert recognizer.n_finals == 1


def test_only_what_is_there_whole_and_fits_is_loaded() -> None:
    loaded: list[str] = []

    def load(name: str) -> Recognizer:
        loaded.append(name)
        if name == "small":
            raise ModelError("broken after all")
        return SlowRecognizer(Clock(), 0.0, 0.0)

    steps: list[str] = []
    advice = advise_models(
        list(statuses()),
        Machine(cores=2, free_bytes=2_000_000_000),
        segments(2.0),
        device="CPU、int8",
        notice="GPU で認識できません。",
        compute_type="int8",
        threads=2,
        chosen="base",
        load=load,
        on_step=steps.append,
    )
    assert loaded == ["base", "small"]
    rows = {model.name: (model.installed, model.measured) for model in advice.models}
    assert rows["base"] == (True, True)
    assert rows["small"] == (True, False)
    assert rows["medium"] == (False, False)
    assert rows["large-v3"] == (True, False)
    assert steps[-1] == ""
    assert advice.notice == "GPU で認識できません。"


def statuses() -> Iterator[ModelStatus]:
    for name, state, size_bytes in (
        ("medium", ModelState.MISSING, 1_500_000_000),
        ("large-v3", ModelState.READY, 3_000_000_000),
        ("base", ModelState.READY, 145_000_000),
        ("small", ModelState.UNCHECKED, 480_000_000),
        ("tiny", ModelState.BROKEN, 75_000_000),
    ):
        yield ModelStatus(name=name, state=state, size_bytes=size_bytes)
