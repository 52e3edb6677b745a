"""Which model keeps up on this PC: pure decisions from what was measured, estimates for what was not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from consult_assist.models.machine import Machine

_LIVE_SHARE = 0.6
"""Share of the time of speech that recognition may take; the rest is for analysis, screen, other programs and
speech that comes thick and fast."""
_PROGRAM_BYTES = 900_000_000
"""What the program needs beside the speech model, in a long consultation too.

Source: our measurement (README); with base 753 MB at most over five samples, 941 MB after three hours.
"""
_WORKING_BYTES = 150_000_000
"""What a loaded model needs beside its weights.

Source: our measurement, 30 to 150 MB over the shapes of all six models (docs/decisions/0010-model-advice.md).
"""
BY_ACCURACY = ("tiny", "base", "small", "medium", "large-v3-turbo", "large-v3")
"""Least exact first.

Source: Whisper's published error rates for Japanese; turbo stands between medium and large-v3. Only base is
fine-tuned to the counter here (0038); whether small is still more exact there was not measured.
"""
_ENCODER_SHARE = 0.45
_ENCODER_WORK = {
    "tiny": 0.5,
    "base": 1.0,
    "small": 3.3,
    "medium": 10.6,
    "large-v3-turbo": 19.7,
    "large-v3": 19.5,
}
_DECODER_WORK = {
    "tiny": 0.6,
    "base": 1.0,
    "small": 2.9,
    "medium": 8.7,
    "large-v3-turbo": 2.4,
    "large-v3": 14.6,
}
"""CPU time relative to base, int8, 12 s window, beam 5; the encoder takes 45 % of the time of base.

Source: our measurement on models of the same shapes (docs/decisions/0010-model-advice.md).
"""
_WEIGHT_BYTES_ON_DISK = 2.0
"""The published conversions keep 16 bits a weight."""


class Verdict(StrEnum):
    """What a model can be used for here."""

    LIVE = "live"
    """Keeps up with speech, text in progress included."""
    FEW_DRAFTS = "few_drafts"
    """Keeps up with finished utterances; text in progress thins out by itself."""
    LATER = "later"
    """Too slow for a conversation; hearing it again later works."""
    TOO_LARGE = "too_large"
    """Does not fit into the free memory."""
    UNKNOWN = "unknown"
    """An office's own model that was not measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Seconds of work.

    Attributes:
        finals: for finished utterances, a second of speech, guesses that speech overtakes included.
        drafts: for text in progress, a second of speech.
        wait_s: a typical decode of a finished utterance, which is what people wait for.
    """

    finals: float
    drafts: float
    wait_s: float

    @property
    def in_all(self) -> float:
        """Work for a second of speech."""
        return self.finals + self.drafts


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A model as it stands here; `pace` is None where it was not measured."""

    name: str
    installed: bool
    needs_bytes: int
    pace: Pace | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAdvice:
    """One row of the table; `measured` tells whether `pace` is more than an estimate."""

    name: str
    installed: bool
    needs_bytes: int
    pace: Pace | None
    measured: bool
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """The table, and what it comes to in one sentence.

    Attributes:
        device: where recognition computes, in words.
        notice: one sentence when that is not what was set, as when a graphics card does not work.
        threads: processors it uses there.
        faster_threads: with how many it is clearly faster on this PC; None where as set is best, or nearly.
    """

    machine: Machine
    device: str
    notice: str | None
    threads: int
    faster_threads: int | None
    models: tuple[ModelAdvice, ...]
    sentence: str


def needed_bytes(weights_bytes: int, compute_type: str) -> int:
    """Return the memory of a loaded model; on disk a weight takes 16 bits."""
    kept = 1.0 if compute_type.startswith("int8") else 4.0 if compute_type == "float32" else 2.0
    return round(weights_bytes * kept / _WEIGHT_BYTES_ON_DISK) + _WORKING_BYTES


def fits(needs_bytes: int, machine: Machine) -> bool:
    """Return whether a model fits beside the rest of the program; in doubt it does."""
    if machine.card_free_bytes is not None:
        return needs_bytes <= machine.card_free_bytes
    return machine.free_bytes is None or needs_bytes + _PROGRAM_BYTES <= machine.free_bytes


def estimated_pace(name: str, measured: Mapping[str, Pace]) -> Pace | None:
    """Return the pace of a model from the largest measured one that is no larger, else the smallest.

    On a graphics card a larger model loses less than this says.
    """
    if name not in _ENCODER_WORK:
        return None
    known = [other for other in BY_ACCURACY if other in measured]
    if not known:
        return None
    smaller = [other for other in known if _work(other) <= _work(name)]
    reference = max(smaller, key=_work) if smaller else min(known, key=_work)
    pace, factor = measured[reference], _work(name) / _work(reference)
    return Pace(finals=pace.finals * factor, drafts=pace.drafts * factor, wait_s=pace.wait_s * factor)


def judge(candidates: Sequence[Candidate], machine: Machine) -> tuple[ModelAdvice, ...]:
    """Say of every model what it can be used for here, in their order; those not measured are estimated."""
    measured = {item.name: item.pace for item in candidates if item.pace is not None}
    return tuple(_judged(item, measured, machine) for item in candidates)


def _work(name: str) -> float:
    return _ENCODER_SHARE * _ENCODER_WORK[name] + (1 - _ENCODER_SHARE) * _DECODER_WORK[name]


def _judged(item: Candidate, measured: Mapping[str, Pace], machine: Machine) -> ModelAdvice:
    pace = item.pace or estimated_pace(item.name, measured)
    if not fits(item.needs_bytes, machine):
        verdict = Verdict.TOO_LARGE
    elif pace is None:
        verdict = Verdict.UNKNOWN
    elif pace.in_all <= _LIVE_SHARE:
        verdict = Verdict.LIVE
    elif pace.finals <= _LIVE_SHARE:
        verdict = Verdict.FEW_DRAFTS
    else:
        verdict = Verdict.LATER
    return ModelAdvice(
        name=item.name,
        installed=item.installed,
        needs_bytes=item.needs_bytes,
        pace=pace,
        measured=item.pace is not None,
        verdict=verdict,
    )


def recommend(models: Sequence[ModelAdvice], chosen: str) -> str:
    """Say in one sentence which model to use; `chosen` is the one that is set."""
    own = next((model for model in models if model.name == chosen and chosen not in BY_ACCURACY), None)
    if own is not None and own.verdict is Verdict.LIVE:
        return f"このパソコンでは、設定のモデル {chosen} が会話に追いつくので、今の設定のままお使いください。"
    listed = sorted(
        (model for model in models if model.name in BY_ACCURACY),
        key=lambda model: BY_ACCURACY.index(model.name),
    )
    best = _best(listed)
    better = next(
        (
            model.name
            for model in reversed(listed)
            if model.verdict is Verdict.LIVE
            and not model.installed
            and (best is None or BY_ACCURACY.index(model.name) > BY_ACCURACY.index(best.name))
        ),
        None,
    )
    if better is not None:
        return _get_better(better, best)
    if best is not None:
        return _use(best, chosen)
    return _nothing_keeps_up(listed)


def _best(listed: Sequence[ModelAdvice]) -> ModelAdvice | None:
    """Return the most exact model that was measured and keeps up; tiny only when nothing else does."""
    for verdict, names in (
        (Verdict.LIVE, BY_ACCURACY[1:]),
        (Verdict.FEW_DRAFTS, BY_ACCURACY[1:]),
        (Verdict.LIVE, BY_ACCURACY[:1]),
    ):
        for model in reversed(listed):
            if model.measured and model.verdict is verdict and model.name in names:
                return model
    return None


def _get_better(better: str, best: ModelAdvice | None) -> str:
    now = f"今ある {best.name} より正確な {better} も" if best else f"{better} が"
    return (
        f"このパソコンでは、{now}会話に追いつく見込みなので、"
        f"「consult-assist models get {better}」で用意し、もう一度測ってください。"
    )


def _use(best: ModelAdvice, chosen: str) -> str:
    few = "（話の途中の文字はまばらになります）" if best.verdict is Verdict.FEW_DRAFTS else ""
    how = (
        "今の設定のままお使いください"
        if best.name == chosen
        else f'設定を model = "{best.name}" にしてください'
    )
    return f"このパソコンで会話に追いつく最も正確なモデルは {best.name}{few or ' '}なので、{how}。"


def _nothing_keeps_up(listed: Sequence[ModelAdvice]) -> str:
    if all(model.verdict is Verdict.TOO_LARGE for model in listed):
        return "空いているメモリーが足りないので、ほかのソフトを終えてから、もう一度測ってください。"
    if not any(model.pace for model in listed):
        return "測れるモデルがないので、「consult-assist models get base」で用意し、もう一度測ってください。"
    return (
        "このパソコンでは、どのモデルも会話に追いつかないおそれがあるので、"
        "ほかのソフトを終えてもう一度測るか、"
        "録音した相談をあとから「consult-assist transcribe --again 記録番号」で文字にしてください。"
    )
