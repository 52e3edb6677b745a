"""Which model to use: decisions from numbers."""

import pytest

from consult_assist.models.advice import (
    BY_ACCURACY,
    Advice,
    Candidate,
    Pace,
    Verdict,
    estimated_pace,
    judge,
    needed_bytes,
    recommend,
)
from consult_assist.models.catalogue import CATALOGUE
from consult_assist.models.machine import Machine, free_bytes_in_meminfo

ROOMY = Machine(cores=2, free_bytes=8_000_000_000)


def pace(finals: float, drafts: float = 0.0) -> Pace:
    return Pace(finals=finals, drafts=drafts, wait_s=finals * 4)


def advice(measured: dict[str, Pace], machine: Machine = ROOMY, chosen: str = "base") -> Advice:
    names = [*CATALOGUE, *(name for name in measured if name not in CATALOGUE)]
    candidates = [
        Candidate(
            name=name,
            installed=name in measured,
            needs_bytes=needed_bytes(CATALOGUE[name].weights_bytes, "int8") if name in CATALOGUE else 10**9,
            pace=measured.get(name),
        )
        for name in names
    ]
    models = judge(candidates, machine)
    return Advice(
        machine=machine,
        device="CPU、int8",
        notice=None,
        threads=2,
        faster_threads=None,
        models=models,
        sentence=recommend(models, chosen),
    )


def verdicts(given: Advice) -> dict[str, Verdict]:
    return {model.name: model.verdict for model in given.models}


def test_every_model_of_the_catalogue_has_a_place_and_an_estimate() -> None:
    assert set(BY_ACCURACY) == set(CATALOGUE)
    for name in CATALOGUE:
        assert estimated_pace(name, {"base": pace(0.2)}) is not None


def test_estimates_grow_with_the_model_and_come_from_the_nearest_one_that_is_no_larger() -> None:
    from_base = {name: estimated_pace(name, {"base": pace(0.1, 0.1)}) for name in BY_ACCURACY}
    works = {name: made.in_all for name, made in from_base.items() if made is not None}
    assert works["tiny"] < works["base"] < works["small"] < works["medium"] < works["large-v3"]
    assert works["base"] == pytest.approx(0.2)
    measured = {"base": pace(0.1), "small": pace(0.2)}  # small does better here than its size says
    medium = estimated_pace("medium", measured)
    assert medium is not None
    assert medium.finals == pytest.approx(0.2 * 9.555 / 3.08)
    assert estimated_pace("our-own", measured) is None
    assert estimated_pace("small", {}) is None


def test_a_slow_pc_keeps_base_and_hears_later_with_more() -> None:
    given = advice({"base": pace(0.2, 0.3)})
    assert verdicts(given) == {
        "tiny": Verdict.LIVE,
        "base": Verdict.LIVE,
        "small": Verdict.LATER,
        "medium": Verdict.LATER,
        "large-v3": Verdict.LATER,
        "large-v3-turbo": Verdict.LATER,
    }
    assert "base なので、今の設定のまま" in given.sentence
    assert 'model = "base"' in advice({"base": pace(0.2, 0.3)}, chosen="tiny").sentence


def test_a_better_model_that_is_not_there_is_only_expected_to_keep_up() -> None:
    given = advice({"base": pace(0.05, 0.05)})
    assert verdicts(given)["small"] is Verdict.LIVE
    assert "見込み" in given.sentence
    assert "models get small" in given.sentence
    assert not next(model for model in given.models if model.name == "small").measured


def test_a_better_model_that_was_measured_is_to_be_set() -> None:
    sentence = advice({"base": pace(0.05, 0.05), "small": pace(0.2, 0.2)}).sentence
    assert 'model = "small"' in sentence


def test_base_with_few_drafts_is_better_than_tiny_with_all_of_them() -> None:
    sentence = advice({"tiny": pace(0.2, 0.3), "base": pace(0.4, 0.6)}, chosen="tiny").sentence
    assert "途中の文字はまばら" in sentence
    assert 'model = "base"' in sentence


def test_nothing_keeps_up_and_nothing_is_there() -> None:
    assert "どのモデルも会話に追いつかない" in advice({"tiny": pace(2.0), "base": pace(3.0)}).sentence
    assert "models get base" in advice({}).sentence


def test_what_does_not_fit_is_never_recommended() -> None:
    tight = Machine(cores=8, free_bytes=1_500_000_000)
    given = advice({"base": pace(0.01, 0.01)}, tight)
    assert verdicts(given)["small"] is Verdict.LIVE
    assert verdicts(given)["large-v3"] is Verdict.TOO_LARGE
    assert "models get small" in given.sentence
    full = Machine(cores=8, free_bytes=500_000_000)
    assert "メモリーが足りない" in advice({}, full).sentence
    card = Machine(cores=8, free_bytes=500_000_000, card_free_bytes=24_000_000_000)
    assert verdicts(advice({"base": pace(0.01)}, card))["large-v3"] is Verdict.LIVE


def test_an_office_s_own_model_that_keeps_up_stays() -> None:
    given = advice({"base": pace(0.1), "kotoba": pace(0.4)}, chosen="kotoba")
    assert "kotoba が会話に追いつく" in given.sentence


@pytest.mark.parametrize(
    "given",
    [advice({"base": pace(n / 10, n / 10)}, Machine(cores=2, free_bytes=n * 10**9)) for n in range(12)],
)
def test_it_is_always_one_sentence(given: Advice) -> None:
    assert given.sentence.endswith("。")
    assert given.sentence.count("。") == 1


def test_memory_follows_the_numbers_computed_in() -> None:
    weights = 1_600_000_000  # 16 bits a weight
    assert needed_bytes(weights, "int8") < needed_bytes(weights, "float16") < needed_bytes(weights, "float32")
    assert needed_bytes(weights, "int8_float16") == needed_bytes(weights, "int8")


def test_linux_says_how_much_is_free() -> None:
    text = "MemTotal:       24683520 kB\nMemFree:  1 kB\nMemAvailable:   23093000 kB\n"
    assert free_bytes_in_meminfo(text) == 23_093_000 * 1024
    assert free_bytes_in_meminfo("MemTotal: 1 kB\n") is None
