"""Settings → objects: the only package that names an engine, a module for each kind of engine."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import TypeVar

from consult_assist.app.journal import Listener
from consult_assist.app.settings import Settings
from consult_assist.app.upkeep.doctor import equipment_checks
from consult_assist.app.wiring import exporting, language, recognition, sound, stores
from consult_assist.app.workplace import CheckResult, Workplace
from consult_assist.asr.base import Recognizer
from consult_assist.asr.device import Device
from consult_assist.diarization.base import VoiceEncoder
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.errors import SettingsError
from consult_assist.nlp.base import Analyzer, SentenceEncoder
from consult_assist.resources import shipped_folder

# What is not used costs no start-up time.
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
    from consult_assist.storage.lock import FileCaptureLock

    stores.make_data_folder(settings)
    knowledge = _load_knowledge(settings)
    engines = _engines(settings, knowledge)
    return Workplace(
        settings=settings,
        knowledge=knowledge,
        store=stores.open_store(settings),
        sound_files=sound.files_in(settings.recordings_folder),
        capture_lock=FileCaptureLock(settings.data_folder),
        player=sound.new_player(),
        exporters=exporting.build_exporters(),
        new_pseudonymizer=exporting.new_pseudonymizer,
        exercise_sounds=sound.files_in(settings.exercises_folder),
        fill_form=exporting.fill_form,
        open_microphone=partial(sound.open_microphone, settings),
        open_file=sound.open_file,
        sound_duration_s=sound.duration_s,
        missing_sound=sound.missing_sound,
        load_recognizer=lambda: engines.load_on_device()[0],
        recognition_notice=partial(
            recognition.recognition_notice, settings, engines.load_on_device, engines.load_voice_encoder
        ),
        load_analyzer=engines.load_analyzer,
        load_encoder=engines.load_encoder,
        load_search=_once(partial(language.load_search, knowledge)),
        load_reader=_once(partial(language.build_reader, knowledge.words)),
        new_detector=sound.new_detector,
        load_voice_encoder=engines.load_voice_encoder,
        model_digest=_once(partial(recognition.model_digest, settings)),
        checks=_checks(settings, knowledge, engines),
        listeners=listeners,
    )


def equipment(settings: Settings) -> Sequence[Callable[[], CheckResult]]:
    """Return the checks of everything, the store among them: what cannot be used is one of their results.

    Raises:
        KnowledgeError: the shipped knowledge cannot be read.
        SettingsError: the record's template is none that the knowledge has.
    """

    def open_store() -> None:
        stores.make_data_folder(settings)
        stores.open_store(settings).close()

    knowledge = _load_knowledge(settings)
    return _checks(settings, knowledge, _engines(settings, knowledge), open_store)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Engines:
    """What takes seconds to load, each made once."""

    load_encoder: Callable[[], SentenceEncoder]
    load_analyzer: Callable[[], Analyzer]
    load_on_device: Callable[[], tuple[Recognizer, Device]]
    load_voice_encoder: Callable[[], VoiceEncoder]


def _engines(settings: Settings, knowledge: KnowledgeBase) -> _Engines:
    load_encoder = _once(partial(language.new_sentence_encoder, settings))
    return _Engines(
        load_encoder=load_encoder,
        load_analyzer=_once(partial(language.load_analyzer, settings, knowledge, load_encoder)),
        load_on_device=_once(partial(recognition.load_on_device, settings)),
        load_voice_encoder=_once(sound.load_voice_encoder),
    )


def _checks(
    settings: Settings,
    knowledge: KnowledgeBase,
    engines: _Engines,
    open_store: Callable[[], object] = lambda: None,
) -> Sequence[Callable[[], CheckResult]]:
    return equipment_checks(
        settings,
        knowledge,
        list_microphones=sound.list_microphones,
        find_model=partial(recognition.model_digest, settings),
        find_device=lambda: recognition.find_device(settings, engines.load_on_device),
        load_analyzer=engines.load_analyzer,
        load_voice_encoder=engines.load_voice_encoder,
        open_store=open_store,
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


def _load_knowledge(settings: Settings) -> KnowledgeBase:
    from consult_assist.knowledge.loader import load_knowledge

    knowledge = load_knowledge(shipped_folder("knowledge"), settings.office_knowledge_folder)
    if settings.template not in knowledge.templates:
        known = "、".join(sorted(knowledge.templates))
        what = f"設定 template の様式「{settings.template}」がありません。次から選んでください: {known}"
        raise SettingsError(what)
    return knowledge
