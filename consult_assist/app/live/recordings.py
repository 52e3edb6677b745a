"""The sound files of one consultation: opened, measured, and found again after a crash."""

from collections.abc import Sequence
from itertools import count

from consult_assist.app.journal import Journal
from consult_assist.app.workplace import Workplace
from consult_assist.audio.base import RecordingWriter
from consult_assist.domain.audio import SAMPLE_RATE_HZ
from consult_assist.domain.consultation import RecordingOpened
from consult_assist.domain.events import Event


def open_recording(
    workplace: Workplace, consultation_id: str, journal: Journal, channels: int
) -> tuple[str, RecordingWriter]:
    """Create the next sound file of a consultation, and return its name with what writes into it."""
    opened = len(_opened(journal.events()))
    names = (_name(consultation_id, number) for number in count(opened + 1))
    # A run that was cut off as it opened a file leaves one behind that holds nothing.
    name = next(name for name in names if not workplace.sound_files.path(name).exists())
    return name, workplace.sound_files.open_writer(name, channels)


def note_left_recordings(workplace: Workplace, consultation_id: str, journal: Journal) -> None:
    """Note the sound that a run kept which was cut off while the store could not write.

    Otherwise nobody would ever hear it, and it would stay when consent is withdrawn.
    """
    for name in _unknown(workplace, consultation_id, journal):
        if channels := workplace.sound_files.channels(name):
            start_s = max(end_of_recordings(workplace, journal.events()) / SAMPLE_RATE_HZ, journal.sound_s)
            journal.emit(RecordingOpened(name=name, start_s=start_s, channels=channels))


def end_of_recordings(workplace: Workplace, events: Sequence[Event]) -> int:
    """Return the sample of the consultation's clock at which the sound on disk ends."""
    ends_s = [event.start_s + workplace.sound_files.duration_s(event.name) for event in _opened(events)]
    return round(max(ends_s, default=0.0) * SAMPLE_RATE_HZ)


def _unknown(workplace: Workplace, consultation_id: str, journal: Journal) -> list[str]:
    """Return the names of sound files that no event tells of, in the order in which they were opened."""
    known = {event.name for event in _opened(journal.events())}
    some = workplace.sound_files.path(_name(consultation_id, 1))
    left = {path.name for path in some.parent.glob(f"{consultation_id}-*{some.suffix}")} - known
    return sorted(left, key=lambda name: (len(name), name))


def _opened(events: Sequence[Event]) -> list[RecordingOpened]:
    return [event for event in events if isinstance(event, RecordingOpened)]


def _name(consultation_id: str, number: int) -> str:
    return f"{consultation_id}-{number:02d}.flac"
