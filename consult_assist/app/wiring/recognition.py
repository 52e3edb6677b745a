"""The speech model: where it computes, whether that is as set, and which one this PC can keep up with."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from consult_assist.app.settings import Settings
from consult_assist.app.wiring.sound import open_file
from consult_assist.asr.base import Recognizer
from consult_assist.asr.device import Device
from consult_assist.diarization.base import VoiceEncoder
from consult_assist.domain.audio import SAMPLE_RATE_HZ
from consult_assist.errors import ModelError
from consult_assist.models.advice import Advice
from consult_assist.resources import shipped_folder

# Engines are imported where they are made: what is not used costs no start-up time.
# ruff: noqa: PLC0415


def model_digest(settings: Settings) -> str:
    """Return the digest of the model that is set, which says whether it is there.

    Raises:
        ModelError: it is missing or broken.
    """
    from consult_assist.models import find

    return find.model_digest(settings.model, settings.models_home)


def load_on_device(settings: Settings) -> tuple[Recognizer, Device]:
    """Load the speech model where it works, and say where that is."""
    import numpy as np

    from consult_assist.asr.device import devices_to_try, first_that_works, read_hardware
    from consult_assist.models.find import find_model

    folder = find_model(settings.model, settings.models_home)
    return first_that_works(
        devices_to_try(settings.device, settings.compute_type, read_hardware()),
        partial(_recognizer, settings, folder),
        lambda recognizer: recognizer.draft(np.zeros(SAMPLE_RATE_HZ, dtype=np.float32)),
    )


def _recognizer(settings: Settings, folder: Path, device: Device) -> Recognizer:
    from consult_assist.asr.faster_whisper import (
        FINETUNED_WINDOW,
        PUBLISHED_WINDOW,
        FasterWhisperRecognizer,
    )
    from consult_assist.models.find import is_finetuned

    return FasterWhisperRecognizer(
        folder,
        device=device.name,
        compute_type=device.compute_type,
        threads=settings.threads,
        window=FINETUNED_WINDOW if is_finetuned(settings.model, settings.models_home) else PUBLISHED_WINDOW,
    )


def recognition_notice(
    settings: Settings,
    load: Callable[[], tuple[Recognizer, Device]],
    load_voice_encoder: Callable[[], VoiceEncoder],
) -> str | None:
    """Say in a sentence what recognition cannot do as set, be it the processor or telling speakers apart."""
    _, device = load()
    if device.notice is None and settings.tell_speakers:
        try:
            load_voice_encoder()
        except ModelError as error:
            return str(error)
    return device.notice


def find_device(settings: Settings, load: Callable[[], tuple[Recognizer, Device]]) -> Device:
    """Return where recognition will compute; a graphics card is believed only after a decode."""
    first = _first_device(settings)
    return first if first.name == "cpu" else load()[1]


def _first_device(settings: Settings) -> Device:
    from consult_assist.asr.device import devices_to_try, read_hardware

    return devices_to_try(settings.device, settings.compute_type, read_hardware())[0]


def advise_models(settings: Settings, on_step: Callable[[str], None]) -> Advice:
    """Measure the models that are installed and say which one keeps up on this PC.

    Raises:
        SoundFileError: the sample that came with the program cannot be read.
    """
    from consult_assist.app.upkeep import model_advice
    from consult_assist.models.find import list_models, own_folder_status
    from consult_assist.models.machine import read_machine

    on_step("準備しています…")
    samples = shipped_folder("samples")
    blocks = open_file(samples / model_advice.SAMPLE_SOUND, None).blocks()
    models = [*list_models(settings.models_home), *own_folder_status(settings.model, settings.models_home)]
    device = _device_in_use(settings, [model.name for model in model_advice.smallest_first(models)])
    here = replace(settings, device=device.name)
    return model_advice.advise_models(
        models,
        read_machine(card=device.name == "cuda"),
        model_advice.sample_segments(
            (block[0].samples for block in blocks), samples / model_advice.SAMPLE_GOLD
        ),
        device=str(device),
        notice=device.notice,
        compute_type=device.compute_type,
        threads=settings.threads,
        chosen=settings.model,
        load=lambda name, threads: load_on_device(replace(here, model=name, threads=threads))[0],
        on_step=on_step,
    )


def _device_in_use(settings: Settings, models: Sequence[str]) -> Device:
    """Return where recognition computes with the first of the models that loads."""
    for name in models:
        with suppress(ModelError):
            return find_device(settings, partial(load_on_device, replace(settings, model=name)))
    return _first_device(settings)
