"""Settings → objects: the only file that names an engine."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TypeVar

from consult_assist.app.journal import Listener
from consult_assist.app.settings import Settings
from consult_assist.app.upkeep.doctor import equipment_checks
from consult_assist.app.workplace import CheckResult, SoundFiles, Workplace
from consult_assist.asr.base import Recognizer
from consult_assist.asr.device import Device
from consult_assist.audio.base import Player, SoundSource
from consult_assist.domain.audio import SAMPLE_RATE_HZ
from consult_assist.domain.document import RecordDocument
from consult_assist.domain.knowledge import CueWords, KnowledgeBase
from consult_assist.errors import ModelError, SettingsError, StoreError
from consult_assist.export.base import Cover, Exporter
from consult_assist.knowledge.base import Reader
from consult_assist.models.advice import Advice
from consult_assist.nlp.base import Analyzer, Search, SentenceEncoder
from consult_assist.resources import shipped_folder
from consult_assist.storage.base import Store
from consult_assist.vad.base import SpeechDetector
from consult_assist.voices.base import VoiceEncoder

# Engines are imported where they are made: what is not used costs no start-up time.
# ruff: noqa: PLC0415

_Made = TypeVar("_Made")


def build_workplace(settings: Settings, listeners: Sequence[Listener] = ()) -> Workplace:
    """Return everything that use cases need; the store is opened, engines load when first asked for.

    Args:
        settings: the office's.
        listeners: told every event of every session begun here.

    Raises:
        StoreError: the data folder or the database cannot be used.
        KnowledgeError: the shipped knowledge cannot be read.
        SettingsError: the record's template is none that the knowledge has.
    """
    from consult_assist.knowledge import load_knowledge
    from consult_assist.storage.lock import CaptureLock

    _make_data_folder(settings)
    knowledge = load_knowledge(shipped_folder("knowledge"), settings.office_knowledge_folder)
    _check_template(settings.template, knowledge)
    load_encoder = _once(partial(_sentence_encoder, settings))
    load_analyzer = _once(partial(_load_analyzer, knowledge, load_encoder))
    load_on_device = _once(partial(_load_on_device, settings))
    load_voice_encoder = _once(_voice_encoder)
    return Workplace(
        settings=settings,
        knowledge=knowledge,
        store=open_store(settings),
        sound_files=_sound_files(settings.recordings_folder),
        capture_lock=CaptureLock(settings.data_folder),
        player=_player(),
        exporters=build_exporters(),
        new_cover=_new_cover,
        exercise_sounds=_sound_files(settings.exercises_folder),
        fill_form=_fill_form,
        open_microphone=partial(_open_microphone, settings),
        open_file=_open_file,
        sound_duration_s=_sound_duration_s,
        load_recognizer=lambda: load_on_device()[0],
        recognition_notice=partial(_recognition_notice, settings, load_on_device, load_voice_encoder),
        load_analyzer=load_analyzer,
        load_encoder=load_encoder,
        load_search=_once(partial(_load_search, knowledge)),
        load_reader=_once(partial(build_reader, knowledge.words)),
        new_detector=_new_detector,
        load_voice_encoder=load_voice_encoder,
        model_digest=_once(partial(_model_digest, settings)),
        checks=_checks(settings, knowledge, load_analyzer, load_voice_encoder, load_on_device),
        listeners=listeners,
    )


def _checks(
    settings: Settings,
    knowledge: KnowledgeBase,
    load_analyzer: Callable[[], Analyzer],
    load_voice_encoder: Callable[[], VoiceEncoder],
    load_on_device: Callable[[], tuple[Recognizer, Device]],
) -> Sequence[Callable[[], CheckResult]]:
    return equipment_checks(
        settings,
        knowledge,
        list_microphones=_list_microphones,
        find_model=partial(_model_digest, settings),
        find_device=lambda: _find_device(settings, load_on_device),
        load_analyzer=load_analyzer,
        load_voice_encoder=load_voice_encoder,
    )


def _once(make: Callable[[], _Made]) -> Callable[[], _Made]:
    """Return what makes a thing, slowly, when first asked for; who asks meanwhile waits for the same."""
    lock, made = Lock(), list[_Made]()

    def get() -> _Made:
        with lock:
            if not made:
                made.append(make())
            return made[0]

    return get


def open_store(settings: Settings) -> Store:
    """Open the database, migrated to this version.

    Raises:
        StoreError: it cannot be used.
        StoreTooNewError: a newer version of the program wrote it.
    """
    from consult_assist.storage.sql import SqlStore

    return SqlStore(_database_url(settings))


def _database_url(settings: Settings) -> str:
    from consult_assist.storage.sqlite import sqlite_url

    return settings.database_url or sqlite_url(settings.data_folder / "records.sqlite3")


def _make_data_folder(settings: Settings) -> None:
    try:
        for folder in (settings.data_folder, settings.recordings_folder):
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"データのフォルダー {settings.data_folder} を作れません。"
            "書き込める場所か確かめるか、設定 data_folder で別の場所を選んでください。"
        ) from error


def _check_template(name: str, knowledge: KnowledgeBase) -> None:
    if name not in knowledge.templates:
        known = "、".join(sorted(knowledge.templates))
        raise SettingsError(f"設定 template の様式「{name}」がありません。次から選んでください: {known}")


def _open_microphone(settings: Settings) -> SoundSource:
    from consult_assist.audio.microphone import MicrophoneSource

    return MicrophoneSource(settings.microphone, settings.microphone_channels)


def _list_microphones() -> Sequence[str]:
    from consult_assist.audio.microphone import list_microphones

    return list_microphones()


def _open_file(path: Path, speed: float | None) -> SoundSource:
    from consult_assist.audio.file import FileSource
    from consult_assist.audio.pacing import PacedSource

    source = FileSource(path)
    return source if speed is None else PacedSource(source, speed)


def _player() -> Player:
    from consult_assist.audio.playback import SoundPlayer

    return SoundPlayer()


def _sound_files(folder: Path) -> SoundFiles:
    from consult_assist.audio.folder import RecordingsFolder

    return RecordingsFolder(folder)


def _sound_duration_s(path: Path) -> float:
    from consult_assist.audio.file import read_sound_info

    return read_sound_info(path).duration_s or 0.0


def build_exporters() -> dict[str, Exporter]:
    """Return every format of a record under the ending of its files."""
    from consult_assist.export.excel import XlsxExporter
    from consult_assist.export.json_file import JsonExporter
    from consult_assist.export.markdown import MarkdownExporter
    from consult_assist.export.pdf import PdfExporter
    from consult_assist.export.plain_text import TextExporter
    from consult_assist.export.sheet_files import SheetDocxExporter, SheetPdfExporter, SheetTextExporter
    from consult_assist.export.spreadsheet import CsvExporter
    from consult_assist.export.training import TrainingExporter, TrainingListExporter
    from consult_assist.export.word import DocxExporter

    exporters: list[Exporter] = [
        TextExporter(),
        MarkdownExporter(),
        CsvExporter(),
        JsonExporter(),
        DocxExporter(),
        PdfExporter(),
        XlsxExporter(),
        SheetTextExporter(),
        SheetDocxExporter(),
        SheetPdfExporter(),
        TrainingExporter(_find_names),
        TrainingListExporter(_find_names),
    ]
    return {exporter.suffix.lstrip("."): exporter for exporter in exporters}


def _find_names(text: str) -> Iterator[tuple[int, int, str]]:
    from consult_assist.nlp.proper_nouns import ProperNouns

    labels = {"person": "氏名", "place": "地名"}
    return ((start, end, labels[kind]) for start, end, kind in ProperNouns().find(text))


def _new_cover(document: RecordDocument) -> Cover:
    from consult_assist.export.training import covering_for

    return covering_for(document, _find_names)


def _fill_form(form: bytes, document: RecordDocument) -> bytes:
    from consult_assist.export.office_form import fill_office_form

    return fill_office_form(form, document)


def _model_digest(settings: Settings) -> str:
    from consult_assist.models.find import model_digest

    return model_digest(settings.model, settings.models_home)


def _load_on_device(settings: Settings) -> tuple[Recognizer, Device]:
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
    from consult_assist.asr.faster_whisper import FasterWhisperRecognizer

    return FasterWhisperRecognizer(
        folder, device=device.name, compute_type=device.compute_type, threads=settings.threads
    )


def _recognition_notice(
    settings: Settings,
    load_on_device: Callable[[], tuple[Recognizer, Device]],
    load_voice_encoder: Callable[[], VoiceEncoder],
) -> str | None:
    _, device = load_on_device()
    if device.notice is None and settings.tell_speakers:
        try:
            load_voice_encoder()
        except ModelError as error:
            return str(error)
    return device.notice


def _find_device(settings: Settings, load_on_device: Callable[[], tuple[Recognizer, Device]]) -> Device:
    """Return where recognition will compute; a graphics card is believed only after a decode."""
    first = _first_device(settings)
    return first if first.name == "cpu" else load_on_device()[1]


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
    blocks = _open_file(samples / model_advice.SAMPLE_SOUND, None).blocks()
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
        load=lambda name: _load_on_device(replace(here, model=name))[0],
        on_step=on_step,
    )


def _device_in_use(settings: Settings, models: Sequence[str]) -> Device:
    """Return where recognition computes with the first of the models that loads."""
    for name in models:
        with suppress(ModelError):
            return _find_device(settings, partial(_load_on_device, replace(settings, model=name)))
    return _first_device(settings)


def _sentence_encoder(settings: Settings) -> SentenceEncoder:
    from consult_assist.nlp.sentence_vectors import UseSentenceEncoder

    return UseSentenceEncoder(settings.cache_folder)


def _load_analyzer(knowledge: KnowledgeBase, load_encoder: Callable[[], SentenceEncoder]) -> Analyzer:
    from consult_assist.nlp.ginza import GinzaAnalyzer
    from consult_assist.nlp.situations import read_situations

    situations = read_situations(
        knowledge.programmes.values(),
        knowledge.protocols.values(),
        knowledge.everyday,
        load_encoder(),
    )
    return GinzaAnalyzer(
        knowledge.programmes, knowledge.protocols, knowledge.vocabulary, knowledge.words, situations
    )


def _load_search(knowledge: KnowledgeBase) -> Search:
    from consult_assist.nlp.search import KnowledgeSearch

    return KnowledgeSearch(knowledge)


def build_reader(words: CueWords) -> Reader:
    """Return the dictionary that the linter of the knowledge asks."""
    from consult_assist.nlp.reader import SudachiReader

    return SudachiReader(words)


def _new_detector() -> SpeechDetector:
    from consult_assist.vad.silero import SileroDetector

    return SileroDetector()


def _voice_encoder() -> VoiceEncoder:
    from consult_assist.voices.ge2e import Ge2eVoiceEncoder

    return Ge2eVoiceEncoder()


def backup_data(settings: Settings, target: Path) -> None:
    """Write records, recordings, the office's knowledge and its exercises into one file.

    Raises:
        StoreError: something cannot be read, or the file cannot be written.
    """
    from consult_assist.storage.backup import backup

    folders = settings.recordings_folder, settings.office_knowledge_folder
    backup(_database_url(settings), *folders, target, settings.exercises_folder)


def restore_data(settings: Settings, source: Path, *, replace: bool) -> Path | None:
    """Bring a backup back and return where data that was there has been moved, if any.

    Raises:
        StoreError: the file is broken, or there is data already and `replace` is False.
    """
    from consult_assist.storage.backup import restore

    return restore(source, settings.data_folder, replace=replace).moved_aside
