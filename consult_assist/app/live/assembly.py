"""How a session is put together from the workplace's parts."""

import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import numpy as np

from consult_assist import __version__
from consult_assist.app.journal import Journal
from consult_assist.app.live.capture import Capture, Inbox
from consult_assist.app.live.pipeline import SpeechPipeline
from consult_assist.app.live.recordings import end_of_recordings, note_left_recordings, open_recording
from consult_assist.app.live.redaction import Redactor, mend_sound
from consult_assist.app.live.session import Session
from consult_assist.app.live.withdrawal import complete_withdrawal
from consult_assist.app.projections import consent_now, draft_record, read_sound
from consult_assist.app.settings import default_operator
from consult_assist.app.workplace import Workplace
from consult_assist.audio.base import AudioBlock, SoundSource
from consult_assist.diarization.tracker import SpeakerTracker
from consult_assist.domain.audio import SAMPLE_RATE_HZ, AudioFrame
from consult_assist.domain.consultation import Consent, Purpose, RecordingOpened, Resumed, Started
from consult_assist.domain.events import Event, StampedEvent
from consult_assist.domain.speech import SegmentFailed, Speaker, Utterance
from consult_assist.errors import ModelError, SoundFileError
from consult_assist.guidance.advisor import Advisor

_MAX_BLOCKS_AHEAD = 300
"""How far a file replayed at full speed may run ahead of recognition: 10 s."""


def new_session(
    workplace: Workplace,
    source: SoundSource | None,
    *,
    consent: Consent,
    operator: str,
    case_number: str | None,
    purpose: Purpose,
    live: bool = True,
    trouble: str | None = None,
) -> Session:
    """Begin a consultation in the store and return its session, not yet running.

    Args:
        workplace: the parts.
        source: None when nothing is captured.
        consent: as agreed.
        operator: the clerk's name.
        case_number: if there is one.
        purpose: a resident's consultation, or a replay.
        live: whether sound comes as it is spoken; otherwise it waits for recognition, and nothing is drafted.
        trouble: what the clerk has to know of the source.

    Raises:
        StoreError: the database cannot be written.
    """
    now = datetime.now(UTC)
    started = Started(
        id=new_id(now),
        started_at=now,
        operator=operator,
        source=source.name if source else "none",
        purpose=purpose,
        consent=consent,
        case_number=case_number or None,
        versions={
            "program": __version__,
            "model": workplace.model_digest() if source else "none",
            "knowledge": workplace.knowledge.digest,
        },
    )
    journal = Journal(started.id, workplace.store)
    session = _session(workplace, started.id, consent, source, journal, live=live, trouble=trouble)
    session.begin(started)
    return session


def new_id(now: datetime) -> str:
    """Return an id for what begins now; ids sort by time."""
    return f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


def resumed_session(
    workplace: Workplace, source: SoundSource | None, consultation_id: str, earlier: Sequence[StampedEvent]
) -> Session:
    """Return the session of an interrupted consultation; the sound clock goes on where it stood."""
    mend_sound(workplace)
    journal = Journal(consultation_id, workplace.store, earlier)
    note_left_recordings(workplace, consultation_id, journal)
    complete_withdrawal(workplace, journal)
    events = journal.events()
    position = max(end_of_recordings(workplace, events), round(journal.sound_s * SAMPLE_RATE_HZ))
    journal.sound_s = position / SAMPLE_RATE_HZ
    session = _session(
        workplace,
        consultation_id,
        consent_now(events),
        source,
        journal,
        start_sample=position,
        unheard=_unheard(workplace, events, source.channels) if source is not None else (),
    )
    name = source.name if source else "none"
    operator = default_operator() or None
    journal.emit(Resumed(sound_s=journal.sound_s, source=name, operator=operator))
    return session


def _session(
    workplace: Workplace,
    consultation_id: str,
    consent: Consent,
    source: SoundSource | None,
    journal: Journal,
    *,
    live: bool = True,
    start_sample: int = 0,
    unheard: Sequence[Sequence[AudioBlock]] = (),
    trouble: str | None = None,
) -> Session:
    inbox = Inbox(0 if live else _MAX_BLOCKS_AHEAD)
    capture = pipeline = None
    if source is not None:
        pipeline = new_pipeline(workplace, source, live=live, earlier=journal.events())
        capture = Capture(
            source,
            journal,
            inbox,
            open_recording=(
                partial(open_recording, workplace, consultation_id, journal)
                if consent is Consent.RECORDED
                else None
            ),
            start_sample=start_sample,
            unheard=unheard,
            trouble=trouble,
        )
    redactor = Redactor(journal, workplace.sound_files, capture.divide if capture else lambda: None)
    session = Session(
        consultation_id,
        consent=consent,
        source_name=source.name if source else "none",
        journal=journal,
        inbox=inbox,
        capture=capture,
        pipeline=pipeline,
        load_analyzer=workplace.load_analyzer if source is not None or _said(journal) else None,
        new_advisor=partial(Advisor, workplace.knowledge),
        draft_record=partial(draft_record, workplace),
        redactor=redactor,
        read_segment=partial(read_sound, workplace),
        on_end=partial(_end, workplace, redactor),
    )
    for listener in workplace.listeners:  # only now: an event file loses what it held with the first event
        session.subscribe(listener)
    return session


def _said(journal: Journal) -> bool:
    return any(isinstance(event, Utterance) for event in journal.events())


def _end(workplace: Workplace, redactor: Redactor) -> None:
    redactor.settle()
    workplace.capture_lock.release()


def new_pipeline(
    workplace: Workplace,
    source: SoundSource,
    *,
    live: bool,
    earlier: Sequence[Event] = (),
) -> SpeechPipeline:
    """Return a pipeline for a source, engines loaded; only live sound is drafted.

    Args:
        workplace: settings and engines.
        source: where sound comes from.
        live: whether it comes as it is spoken.
        earlier: what an interrupted run has heard of the same consultation.
    """
    settings = workplace.settings
    speakers: list[Speaker | None] = [None] * source.channels
    if source.channels == len(settings.channel_speakers) > 1:
        speakers = [Speaker(name) for name in settings.channel_speakers]
    return SpeechPipeline(
        workplace.load_recognizer(),
        [workplace.new_detector() for _ in range(source.channels)],
        speakers=speakers,
        tracker=_speaker_tracker(workplace, earlier) if source.channels == 1 else None,
        next_utterance=sum(isinstance(event, Utterance | SegmentFailed) for event in earlier) + 1,
        heard_until_s=_heard_until_s(earlier, source.channels),
        drafts=live and settings.drafts,
        live=live,
    )


def _speaker_tracker(workplace: Workplace, earlier: Sequence[Event]) -> SpeakerTracker | None:
    """Return what tells speakers apart, None where it cannot: a consultation begins all the same."""
    if not workplace.settings.tell_speakers:
        return None
    try:
        tracker = SpeakerTracker(workplace.load_voice_encoder())
    except ModelError:
        return None  # the equipment check says what to do
    tracker.restore(earlier)
    return tracker


def _unheard(workplace: Workplace, events: Sequence[Event], channels: int) -> list[list[AudioBlock]]:
    """Return the sound that was kept but not yet recognised when earlier runs were cut off.

    A run may be cut off before it gets to what the one before it left. All of it comes in as many channels as
    there are microphones now.
    """
    stretches: list[list[AudioBlock]] = []
    for recording in events:
        if not isinstance(recording, RecordingOpened):
            continue
        heard_s = min(_heard_until_s(events, recording.channels))
        offset = round(recording.start_s * SAMPLE_RATE_HZ)
        start = max(0, round(heard_s * SAMPLE_RATE_HZ) - offset)
        stretches.append([])
        with suppress(SoundFileError):
            blocks = workplace.sound_files.read_blocks(recording.name, start)
            stretches[-1].extend(_moved(block, offset, channels) for block in blocks)
    return stretches


def _moved(block: AudioBlock, n_samples: int, channels: int) -> AudioBlock:
    moved = tuple(replace(frame, start_sample=frame.start_sample + n_samples) for frame in block)
    return moved if len(moved) == channels else _mixed(moved, channels)


def _mixed(frames: Sequence[AudioFrame], channels: int) -> AudioBlock:
    """Return everything that was heard in the first of so many channels; the others are silent."""
    mean = np.mean([frame.samples for frame in frames], axis=0)
    sounds = [mean, *(np.zeros_like(mean) for _ in range(1, channels))]
    return tuple(AudioFrame(number, frames[0].start_sample, sound) for number, sound in enumerate(sounds))


def _heard_until_s(events: Sequence[Event], channels: int) -> list[float]:
    """Return up to where each channel has been recognised; one that there is no longer counts as the last."""
    until_s = [0.0] * channels
    for event in events:
        if isinstance(event, Utterance | SegmentFailed):
            channel = min(event.channel, channels - 1)
            until_s[channel] = max(until_s[channel], event.end_s)
    return until_s
