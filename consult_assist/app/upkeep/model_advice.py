"""Measuring how fast speech models are on this PC, with real speech and the program's own options."""

import gc
import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

from consult_assist.app.live.pipeline import DRAFT_GROWTH, DRAFT_STEP_S, FIRST_DRAFT_S
from consult_assist.asr.base import Recognizer
from consult_assist.domain.audio import SAMPLE_RATE_HZ, SpeechSegment
from consult_assist.errors import ModelError, RecognitionError
from consult_assist.models.advice import (
    Advice,
    Candidate,
    Pace,
    estimated_pace,
    fits,
    judge,
    needed_bytes,
    recommend,
)
from consult_assist.models.find import ModelState, ModelStatus
from consult_assist.models.machine import Machine

SAMPLE_SOUND, SAMPLE_GOLD = "01-hitorioya.flac", "gold/01-hitorioya.json"
_MIN_S, _MAX_S = 1.5, 9.0
"""Lengths of typical utterances, as pauses of half a second cut them out of a conversation."""
_MAX_SEGMENTS = 5
_FOR_ONE_MODEL_S = 8.0
DECODES_PER_FINAL = 1.7
"""Decodes for each final: those made in a short pause are thrown away when speech goes on.

Source: our measurement on five samples (docs/decisions/0046-recognised-while-falling-silent.md).
"""
_TOO_SLOW_S = 4.0
"""A model estimated to take longer for one utterance is not measured: that is too slow, and takes minutes."""
_CLEARLY_FASTER = 0.85
"""Share of the time from which it is worth to change how many processors a decode uses."""

StepListener = Callable[[str], None]
"""Told what is being measured; an empty string in the end."""


def sample_segments(sound: Iterable[NDArray[np.float32]], gold: Path) -> list[SpeechSegment]:
    """Cut typical utterances out of the sample.

    Args:
        sound: the sample's, in pieces.
        gold: where the sample says who speaks when.
    """
    samples = np.concatenate(list(sound))
    spans = [(item["start_s"], item["end_s"]) for item in json.loads(gold.read_text("utf-8"))["utterances"]]
    typical = [(start, end) for start, end in spans if _MIN_S <= end - start <= _MAX_S]
    return [
        SpeechSegment(channel=0, start_sample=first, samples=samples[first : round(end_s * SAMPLE_RATE_HZ)])
        for start_s, end_s in typical[:_MAX_SEGMENTS]
        for first in [round(start_s * SAMPLE_RATE_HZ)]
    ]


def measure_pace(
    recognizer: Recognizer,
    segments: Sequence[SpeechSegment],
    clock: Callable[[], float] = time.perf_counter,
    within_s: float = _FOR_ONE_MODEL_S,
) -> Pace:
    """Recognise typical utterances as a live session does: one, then as many as there is time for."""
    recognizer.draft(segments[0].samples[:SAMPLE_RATE_HZ])  # the first decode makes room in memory
    finals: list[float] = []
    drafts: list[float] = []
    speech_s = 0.0
    began = clock()
    for segment in segments:
        since = clock()
        recognizer.recognize(segment)
        finals.append(clock() - since)
        duration_s = len(segment.samples) / SAMPLE_RATE_HZ
        speech_s += duration_s
        for length_s in _draft_lengths_s(duration_s):
            since = clock()
            recognizer.draft(segment.samples[: round(length_s * SAMPLE_RATE_HZ)])
            drafts.append(clock() - since)
        if clock() - began > within_s:
            break
    return Pace(
        finals=DECODES_PER_FINAL * sum(finals) / speech_s,
        drafts=sum(drafts) / speech_s,
        wait_s=median(finals),
    )


def _draft_lengths_s(duration_s: float) -> Iterator[float]:
    """Yield how much of an utterance each of its drafts hears in a live session that is not behind."""
    length_s = FIRST_DRAFT_S
    while length_s < duration_s:
        yield length_s
        length_s += max(DRAFT_STEP_S, DRAFT_GROWTH * length_s)


def advise_models(
    statuses: Sequence[ModelStatus],
    machine: Machine,
    segments: Sequence[SpeechSegment],
    *,
    device: str,
    notice: str | None,
    compute_type: str,
    threads: int,
    chosen: str,
    load: Callable[[str, int], Recognizer],
    on_step: StepListener,
) -> Advice:
    """Measure what is installed, fits and is not hopelessly slow; estimate the rest.

    Args:
        statuses: every model, installed or not.
        machine: what there is.
        segments: to recognise.
        device: where recognition computes, in words.
        notice: one sentence when that is not what was set.
        compute_type: in which numbers.
        threads: on how many processors.
        chosen: the model that is set.
        load: gives the recogniser of an installed model, on so many processors.
        on_step: progress.
    """
    measure = partial(_measured, load, segments)
    candidates = _candidates(statuses, machine, compute_type, lambda name: measure(name, threads), on_step)
    faster = None
    if machine.card_free_bytes is None:
        on_step("CPU の数を変えて測っています…")
        faster = _faster_threads(candidates, machine.cores, threads, chosen, measure)
    on_step("")
    models = judge(candidates, machine)
    return Advice(
        machine=machine,
        device=device,
        notice=notice,
        threads=threads,
        faster_threads=faster,
        models=models,
        sentence=recommend(models, chosen),
    )


def _candidates(
    statuses: Sequence[ModelStatus],
    machine: Machine,
    compute_type: str,
    measure: Callable[[str], Pace | None],
    on_step: StepListener,
) -> list[Candidate]:
    paces: dict[str, Pace] = {}
    candidates: list[Candidate] = []
    ready = {status.name for status in smallest_first(statuses)}
    for status in sorted(statuses, key=lambda status: status.size_bytes):
        installed = status.name in ready
        needs = needed_bytes(status.size_bytes, compute_type)
        guess = estimated_pace(status.name, paces)
        pace = None
        if installed and fits(needs, machine) and (guess is None or guess.wait_s <= _TOO_SLOW_S):
            on_step(f"{status.name} を測っています…")
            pace = measure(status.name)
        if pace is not None:
            paces[status.name] = pace
        candidates.append(Candidate(name=status.name, installed=installed, needs_bytes=needs, pace=pace))
    return candidates


def _faster_threads(
    candidates: Sequence[Candidate],
    n_cores: int,
    threads: int,
    chosen: str,
    measure: Callable[[str, int], Pace | None],
) -> int | None:
    """Return with how many processors the model that is set is clearly faster, if with any.

    Where waking a second one takes long, as on some virtual machines, two take three times as long as one.
    """
    measured = [item for item in candidates if item.pace is not None]
    model = next((item for item in measured if item.name == chosen), next(iter(measured), None))
    if model is None or model.pace is None:
        return None
    half = n_cores // 2  # what a PC calls cores are often two to one
    others = [count for count in sorted({1, 2, half}) if 1 <= count <= n_cores and count != threads]
    in_all = {count: pace.in_all for count in others if (pace := measure(model.name, count)) is not None}
    best = min(in_all, key=in_all.__getitem__, default=None)
    return best if best is not None and in_all[best] < _CLEARLY_FASTER * model.pace.in_all else None


def smallest_first(statuses: Sequence[ModelStatus]) -> Sequence[ModelStatus]:
    """Return the models that are on this PC, the smallest first."""
    installed = [item for item in statuses if item.state in {ModelState.READY, ModelState.UNCHECKED}]
    return sorted(installed, key=lambda status: status.size_bytes)


def _measured(
    load: Callable[[str, int], Recognizer], segments: Sequence[SpeechSegment], name: str, threads: int
) -> Pace | None:
    try:
        return measure_pace(load(name, threads), segments)
    except (ModelError, RecognitionError):  # one that loads may still find no room to decode
        return None
    finally:
        gc.collect()  # the next one needs the room
