"""Models of other shapes than base load and decode: 128 mel bands, a longer vocabulary, a short decoder."""

from pathlib import Path

import numpy as np
import pytest

from consult_assist.app.settings import Settings
from consult_assist.app.wiring import build_workplace
from consult_assist.domain.audio import SAMPLE_RATE_HZ, SpeechSegment
from consult_assist.models.advice import BY_ACCURACY
from consult_assist.models.find import ModelState, find_model, list_models
from tests.integration.random_whisper import LARGE_VOCABULARY, Shape, write_random_whisper

RNG = np.random.default_rng(3)
SHAPES = {
    "like-small": Shape(encoder_layers=2, decoder_layers=2),
    "like-large-v3": Shape(mels=128, vocabulary=LARGE_VOCABULARY),
    "without-preprocessor-config": Shape(mels=128, vocabulary=LARGE_VOCABULARY, tell_mels=False),
    "like-distilled": Shape(mels=128, vocabulary=LARGE_VOCABULARY, encoder_layers=3, alignment=False),
}


@pytest.mark.parametrize("name", SHAPES)
def test_an_office_s_own_conversion_works_by_name_and_by_path(
    tmp_path: Path, models_folder: Path, name: str
) -> None:
    folder = write_random_whisper(tmp_path / "models" / name, SHAPES[name], models_folder / "base")
    (status,) = (item for item in list_models(tmp_path / "models") if item.name not in BY_ACCURACY)
    assert (status.name, status.state) == (name, ModelState.UNCHECKED)
    assert find_model(str(folder), tmp_path / "models") == find_model(name, tmp_path / "models") == folder
    desk = build_workplace(
        Settings(data_folder=tmp_path, models_folder=tmp_path / "models", model=name, threads=1)
    )
    noise = RNG.normal(0, 0.1, 2 * SAMPLE_RATE_HZ).astype(np.float32)
    recognizer = desk.load_recognizer()
    recognizer.draft(noise)
    recognizer.recognize(SpeechSegment(channel=0, start_sample=0, samples=noise))
    assert len(desk.model_digest()) == 64
    assert desk.recognition_notice() is None
    desk.store.close()


def test_a_graphics_card_that_is_not_there_leaves_a_working_recogniser_and_one_sentence(
    tmp_path: Path, models_folder: Path
) -> None:
    write_random_whisper(tmp_path / "models" / "own", Shape(), models_folder / "base")
    settings = Settings(
        data_folder=tmp_path,
        models_folder=tmp_path / "models",
        model="own",
        device="cuda",
        compute_type="float16",
        threads=1,
    )
    desk = build_workplace(settings)
    if desk.recognition_notice() is None:
        pytest.skip("this machine has a graphics card that works")
    desk.load_recognizer().draft(np.zeros(SAMPLE_RATE_HZ, dtype=np.float32))
    sentence = desk.recognition_notice()
    assert sentence is not None
    assert "CPU で認識します" in sentence
    check = next(result for run in desk.checks if (result := run()).name == "音声認識モデル")
    assert (check.ok, check.message) == (False, sentence)
    desk.store.close()
