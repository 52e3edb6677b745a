"""Measuring models: what is run, what is only estimated, and how the numbers come about."""

import time
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from consult_assist.app.upkeep.model_advice import DECODES_PER_FINAL, advise_models, measure_pace
from consult_assist.asr.base import Recognizer
from consult_assist.asr.scripted import ScriptedRecognizer
from consult_assist.domain.audio import SAMPLE_RATE_HZ, SpeechSegment
from consult_assist.errors import ModelError, RecognitionError
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
    assert pace.drafts == pytest.approx((4 + 5) * 0.1 / 7.5)  # after 0.55, 0.95, 1.42, 2.14, 3.21 s
    assert pace.wait_s == pytest.approx(1.0)


def test_a_slow_model_is_not_measured_longer_than_needed() -> None:
    clock = Clock()
    recognizer = SlowRecognizer(clock, final_s=9.0, draft_s=1.0)
    measure_pace(recognizer, segments(4.0, 4.0, 4.0), clock, within_s=8.0)
    assert recognizer.n_finals == 1


def test_only_what_is_there_whole_and_fits_is_loaded() -> None:
    loaded: list[tuple[str, int]] = []

    def load(name: str, threads: int) -> Recognizer:
        loaded.append((name, threads))
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
    assert loaded == [("base", 2), ("small", 2), ("base", 1)]
    rows = {model.name: (model.installed, model.measured) for model in advice.models}
    assert rows["base"] == (True, True)
    assert rows["small"] == (True, False)
    assert rows["medium"] == (False, False)
    assert rows["large-v3"] == (True, False)
    assert steps[-1] == ""
    assert advice.notice == "GPU で認識できません。"


class SleepingRecognizer(ScriptedRecognizer):
    """Takes a fixed time by the real clock."""

    def __init__(self, decode_s: float) -> None:
        super().__init__([])
        self._decode_s = decode_s

    def draft(self, samples: NDArray[np.float32]) -> str:
        time.sleep(self._decode_s)
        return ""

    def recognize(self, segment: SpeechSegment, *, thorough: bool = True) -> str:
        return self.draft(segment.samples)


@pytest.mark.parametrize(
    ("decode_s", "n_cores", "threads", "faster"),
    [
        ({1: 0.001, 2: 0.02}, 2, 2, 1),
        ({1: 0.001, 2: 0.02}, 2, 1, None),
        ({1: 0.02, 2: 0.02, 4: 0.001}, 8, 1, 4),
        ({1: 0.02}, 1, 1, None),
        ({1: 0.02, 2: 0.02}, 2, 1, None),
    ],
)
def test_as_many_processors_are_advised_as_are_clearly_faster_here(
    decode_s: dict[int, float], n_cores: int, threads: int, faster: int | None
) -> None:
    advice = advise_models(
        [ModelStatus(name="base", state=ModelState.READY, size_bytes=145_000_000)],
        Machine(cores=n_cores, free_bytes=None),
        segments(2.0),
        device="CPU、int8",
        notice=None,
        compute_type="int8",
        threads=threads,
        chosen="base",
        load=lambda _name, count: SleepingRecognizer(decode_s[count]),
        on_step=lambda _text: None,
    )
    assert advice.faster_threads == faster


def test_a_model_that_loads_and_cannot_decode_is_only_estimated() -> None:
    class NoRoom(SlowRecognizer):
        def draft(self, samples: NDArray[np.float32]) -> str:
            raise RecognitionError("この部分を認識できませんでした。")

    def load(name: str, _threads: int) -> Recognizer:
        return (NoRoom if name == "large-v3" else SlowRecognizer)(Clock(), 0.0, 0.0)

    advice = advise_models(
        list(statuses()),
        Machine(cores=1, free_bytes=None),
        segments(2.0),
        device="CPU、int8",
        notice=None,
        compute_type="int8",
        threads=1,
        chosen="base",
        load=load,
        on_step=lambda _text: None,
    )
    assert {model.name: model.measured for model in advice.models}["large-v3"] is False


def test_processors_do_not_matter_on_a_graphics_card() -> None:
    loaded: list[int] = []

    def load(_name: str, threads: int) -> Recognizer:
        loaded.append(threads)
        return ScriptedRecognizer([""] * 9)

    advice = advise_models(
        [ModelStatus(name="base", state=ModelState.READY, size_bytes=145_000_000)],
        Machine(cores=8, free_bytes=None, card_free_bytes=8_000_000_000),
        segments(2.0),
        device="GPU、float16",
        notice=None,
        compute_type="float16",
        threads=1,
        chosen="base",
        load=load,
        on_step=lambda _text: None,
    )
    assert (advice.faster_threads, loaded) == (None, [1])


def statuses() -> Iterator[ModelStatus]:
    for name, state, size_bytes in (
        ("medium", ModelState.MISSING, 1_500_000_000),
        ("large-v3", ModelState.READY, 3_000_000_000),
        ("base", ModelState.READY, 145_000_000),
        ("small", ModelState.UNCHECKED, 480_000_000),
        ("tiny", ModelState.BROKEN, 75_000_000),
    ):
        yield ModelStatus(name=name, state=state, size_bytes=size_bytes)
