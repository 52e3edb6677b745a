"""The pinned list of models."""

import re

import pytest

from consult_assist.models.catalogue import CATALOGUE, WEIGHTS_FILE, PinnedModel


def test_the_six_official_sizes_are_listed_smallest_first() -> None:
    assert list(CATALOGUE) == ["tiny", "base", "small", "medium", "large-v3", "large-v3-turbo"]


@pytest.mark.parametrize("model", CATALOGUE.values(), ids=lambda model: model.name)
def test_revision_and_weights_are_pinned(model: PinnedModel) -> None:
    weights = model.files[WEIGHTS_FILE]
    assert re.fullmatch(r"[0-9a-f]{40}", model.revision)
    assert re.fullmatch(r"[0-9a-f]{64}", weights.sha256 or "")
    assert model.weights_bytes > 70_000_000


@pytest.mark.parametrize("model", CATALOGUE.values(), ids=lambda model: model.name)
def test_every_file_the_recogniser_would_otherwise_fetch_or_guess_is_required(model: PinnedModel) -> None:
    assert {"config.json", "tokenizer.json"} <= set(model.files)
    assert any(name.startswith("vocabulary.") for name in model.files)
    assert ("preprocessor_config.json" in model.files) == model.name.startswith("large")


def test_digests_are_not_shared_by_mistake() -> None:
    digests = [model.files[WEIGHTS_FILE].sha256 for model in CATALOGUE.values()]
    assert len(set(digests)) == len(digests)
