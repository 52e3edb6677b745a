"""What the events of a consultation amount to: its record, the consent that holds, its sound."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from consult_assist.app.workplace import Workplace
from consult_assist.domain.audio import SAMPLE_RATE_HZ, SpeechSegment
from consult_assist.domain.consultation import Consent, ConsentWithdrawn, RecordingOpened, Redacted, Started
from consult_assist.domain.events import Event
from consult_assist.domain.record import ConsultationRecord, TemplateChosen
from consult_assist.domain.speech import SegmentFailed
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.errors import SoundError
from consult_assist.record.builder import build_record
from consult_assist.text_cache import forgetting_erased


def events_of(workplace: Workplace, consultation_id: str) -> list[Event]:
    """Return everything that happened in a saved consultation, in order.

    Raises:
        RecordNotFoundError: there is no such consultation.
    """
    return [stamped.event for stamped in workplace.store.events(consultation_id)]


def draft_record(
    workplace: Workplace, events: Sequence[Event], template: str | None = None
) -> ConsultationRecord:
    """Return the record as the events give it.

    Args:
        workplace: knowledge and settings.
        events: of one consultation, in order.
        template: the form to fill; None is the one chosen last, otherwise the office's.
    """
    templates = workplace.knowledge.templates
    chosen = [event.template for event in events if isinstance(event, TemplateChosen)]
    wanted = template or next(reversed(chosen), None)
    form = templates.get(wanted or "") or templates[workplace.settings.template]
    with forgetting_erased():
        return build_record(events, template=form, knowledge=workplace.knowledge)


def consent_now(events: Sequence[Event]) -> Consent:
    """Return the consent that holds after these events."""
    if any(isinstance(event, ConsentWithdrawn) for event in events):
        return Consent.HANDWRITTEN
    return next(event.consent for event in events if isinstance(event, Started))


def recordings_in(events: Iterable[Event]) -> list[RecordingOpened]:
    """Return the sound files of a consultation in the order in which they were opened, erased ones too."""
    return [event for event in events if isinstance(event, RecordingOpened)]


def erased_recordings(events: Iterable[Event]) -> set[str]:
    """Return the names of the sound files that were removed on purpose."""
    return {name for event in events if isinstance(event, Redacted) for name in event.recordings}


def recording_at(events: Sequence[Event], at_s: float) -> RecordingOpened:
    """Return the sound file that holds a moment of the consultation.

    Raises:
        SoundError: nothing was recorded then.
    """
    opened = [item for item in recordings_in(events) if round(item.start_s, 3) <= at_s]  # as lines are timed
    if not opened:
        raise SoundError("この相談は録音されていないので聞けません。文字起こしを見て確かめてください。")
    return opened[-1]


def read_sound(
    workplace: Workplace, events: Sequence[Event], line: TranscriptLine | SegmentFailed
) -> SpeechSegment:
    """Return exactly the sound that a line was recognised from.

    Raises:
        SoundError: there is none.
    """
    recording = recording_at(events, line.start_s)
    segment = workplace.sound_files.read_segment(
        recording.name,
        channel=line.channel,
        start_s=line.start_s - recording.start_s,
        end_s=line.end_s - recording.start_s,
    )
    return replace(segment, start_sample=round(line.start_s * SAMPLE_RATE_HZ))
