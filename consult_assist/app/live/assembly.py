"""How a session is put together from the workplace's parts."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from consult_assist import __version__
from consult_assist.app.journal import Journal
from consult_assist.app.live.capture import Capture, Inbox
from consult_assist.app.live.pipeline import SpeechPipeline
from consult_assist.app.live.recordings import (
    LeftSound,
    end_of_recordings,
    left_sound,
    note_left_recordings,
    open_recording,
)
from consult_assist.app.live.redaction import mend_sound
from consult_assist.app.live.session import Session
from consult_assist.app.live.withdrawal import complete_withdrawal
from consult_assist.app.projections import (
    consent_now,
    draft_record,
    read_sound,
    recording_at,
    recordings_in,
)
from consult_assist.app.settings import default_operator
from consult_assist.app.workplace import Workplace
from consult_assist.audio.base import SoundSource
from consult_assist.diarization.tracker import SpeakerTracker
from consult_assist.domain.audio import SAMPLE_RATE_HZ, SpeechSegment
from consult_assist.domain.consultation import Consent, Purpose, Resumed, Started
from consult_assist.domain.events import Event, StampedEvent
from consult_assist.domain.speech import SegmentFailed, Speaker, Utterance
from consult_assist.errors import ModelError
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
        left=left_sound(workplace, events) if source is not None else (),
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
    left: Sequence[LeftSound] = (),
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
            trouble=trouble,
        )
    session = Session(
        consultation_id,
        consent=consent,
        source_name=source.name if source else "none",
        journal=journal,
        inbox=inbox,
        capture=capture,
        pipeline=pipeline,
        left=left,
        load_analyzer=workplace.load_analyzer if source is not None or _said(journal) else None,
        new_advisor=partial(Advisor, workplace.knowledge),
        draft_record=partial(draft_record, workplace),
        sound_files=workplace.sound_files,
        read_segment=partial(_failed_segment, workplace),
        on_end=workplace.capture_lock.release,
    )
    for listener in workplace.listeners:  # only now: an event file loses what it held with the first event
        session.subscribe(listener)
    return session


def _speakers(workplace: Workplace) -> list[Speaker]:
    """Return whose microphones they are where each has one."""
    return [Speaker(name) for name in workplace.settings.channel_speakers]


def _failed_segment(workplace: Workplace, events: Sequence[Event], failed: SegmentFailed) -> SpeechSegment:
    """Return the sound that could not be recognised, and whose microphone it was."""
    segment, speakers = read_sound(workplace, events, failed), _speakers(workplace)
    own = recording_at(events, failed.start_s).channels == len(speakers)
    return replace(segment, speaker=speakers[failed.channel] if own else None)


def _said(journal: Journal) -> bool:
    return any(isinstance(event, Utterance) for event in journal.events())


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
    left = [recording.channels for recording in recordings_in(earlier)]
    return SpeechPipeline(
        workplace.load_recognizer(),
        [workplace.new_detector() for _ in range(max([source.channels, *left]))],
        speakers=_speakers(workplace),
        tracker=_speaker_tracker(workplace, earlier) if source.channels == 1 else None,
        next_utterance=sum(isinstance(event, Utterance | SegmentFailed) for event in earlier) + 1,
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
