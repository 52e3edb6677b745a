"""The ways a consultation begins: with a resident, from a sound file, or where it was interrupted."""

import tomllib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from consult_assist.app.live.assembly import new_session, resumed_session
from consult_assist.app.live.redaction import mend_sound
from consult_assist.app.live.session import Session
from consult_assist.app.projections import consent_now
from consult_assist.app.settings import default_operator
from consult_assist.app.workplace import Workplace
from consult_assist.audio.base import SoundSource
from consult_assist.domain.archive import RecordQuery
from consult_assist.domain.consultation import Consent, ConsultationState, ConsultationSummary
from consult_assist.errors import ConsultAssistError, StoreBusyError, StoreError
from consult_assist.record.case import check_case_number
from consult_assist.resources import shipped_folder

# -- with a resident ----------------------------------------------------------------------------------------


def load_ahead(workplace: Workplace) -> None:
    """Load in a thread what a consultation will need, while the clerk still asks for consent.

    What cannot be loaded is told when the consultation starts.
    """

    def load() -> None:
        for engine in (workplace.load_recognizer, workplace.load_voice_encoder, workplace.load_analyzer):
            with suppress(ConsultAssistError):
                engine()

    Thread(target=load, name="load ahead", daemon=True).start()


def start_consultation(
    workplace: Workplace, *, consent: Consent, operator: str, case_number: str | None = None
) -> Session:
    """Prepare a consultation with a resident; `start` it when the screen is ready.

    Raises:
        CaseError: the case number cannot be used.
        StoreBusyError: another window captures already.
        ModelError: the speech model is missing.
        MicrophoneError: the microphone cannot be opened.
        StoreError: the database cannot be written.
    """
    case_number = check_case_number(case_number)
    with _lock_kept(workplace):
        source = None if consent is Consent.HANDWRITTEN else _working_microphone(workplace)
        return new_session(
            workplace,
            source,
            consent=consent,
            operator=operator,
            case_number=case_number,
            purpose="consultation",
        )


@contextmanager
def _lock_kept(workplace: Workplace) -> Iterator[None]:
    """Take the capture lock, which the session gives back when it ends; give it back if none comes about.

    Raises:
        StoreBusyError: another window captures already.
    """
    workplace.capture_lock.acquire()
    try:
        yield
    except BaseException:
        workplace.capture_lock.release()
        raise


def _working_microphone(workplace: Workplace) -> SoundSource:
    """Return the microphone once it has given sound, so that a fault is told before anything begins.

    Raises:
        MicrophoneError: it cannot be opened.
    """
    source = workplace.open_microphone()
    with closing(source.blocks()) as blocks:
        next(blocks, None)
    return source


# -- from a sound file --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A sample recording that came with the program."""

    path: Path
    title: str
    duration_s: float


def sample_sounds(workplace: Workplace) -> Sequence[Sample]:
    """Return the sample recordings, in the order of their file names."""
    return [
        Sample(path=path, title=_sample_title(path), duration_s=workplace.sound_duration_s(path))
        for path in sorted(shipped_folder("samples").glob("*.flac"))
    ]


def _sample_title(path: Path) -> str:
    scenario = path.with_suffix(".scenario.toml")
    if not scenario.is_file():
        return path.stem
    title: str = tomllib.loads(scenario.read_text(encoding="utf-8")).get("title", path.stem)
    return title


def replay_sound(workplace: Workplace, path: Path, *, speed: float | None) -> Session:
    """Prepare a replay: a sound file runs through the program as a microphone would.

    Unlike people, a file can wait until guidance is ready; after a change of knowledge that takes seconds.

    Args:
        workplace: the parts.
        path: of the sound file.
        speed: as a multiple of real time; None is as fast as recognition goes.

    Raises:
        SoundFileError: the file gives no sound.
        ModelError: the speech model is missing.
        StoreError: the database cannot be written.
    """
    source = workplace.open_file(path, speed)
    workplace.model_digest()  # what is missing is told before anything takes long
    with suppress(ConsultAssistError):  # the session tells it, and goes on without guidance
        workplace.load_analyzer()
    return new_session(
        workplace,
        source,
        consent=Consent.RECORDED,
        operator=default_operator(),
        case_number=None,
        purpose="replay",
        live=speed is not None,
        trouble=workplace.missing_sound(path),
    )


# -- where it was interrupted -------------------------------------------------------------------------------


def interrupted_consultations(workplace: Workplace) -> Sequence[ConsultationSummary]:
    """Return the consultations that began and never finished; none while another window captures."""
    try:
        workplace.capture_lock.acquire()
    except StoreBusyError:
        return []
    try:
        mend_sound(workplace)
    finally:
        workplace.capture_lock.release()
    begun = RecordQuery(state=ConsultationState.OPEN, purposes=frozenset({"consultation"}))
    return [summary for summary in workplace.store.summaries(begun) if _is_interrupted(summary)]


def resume_consultation(workplace: Workplace, consultation_id: str) -> Session:
    """Prepare to go on with an interrupted consultation; its clock goes on where the sound ended.

    Raises:
        RecordNotFoundError: there is no such consultation.
        StoreBusyError: another window captures already.
        StoreError: it was not interrupted.
    """
    with _lock_kept(workplace):
        if not _is_interrupted(workplace.store.summary(consultation_id)):
            raise StoreError("この記録は中断した相談ではありません。「記録を見る」で開いて直してください。")
        earlier = workplace.store.events(consultation_id)
        consent = consent_now([stamped.event for stamped in earlier])
        source = None if consent is Consent.HANDWRITTEN else _working_microphone(workplace)
        return resumed_session(workplace, source, consultation_id, earlier)


def _is_interrupted(summary: ConsultationSummary) -> bool:
    """Return whether a consultation with a resident began and never finished."""
    return summary.purpose == "consultation" and summary.talk_ended_at is None
