"""The sound files of one consultation: opened, measured, and found again after a crash."""

from collections.abc import Iterator, Sequence
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
        if workplace.sound_files.duration_s(name):
            start_s = max(end_of_recordings(workplace, journal.events()) / SAMPLE_RATE_HZ, journal.sound_s)
            block = next(iter(workplace.sound_files.read_blocks(name, 0)))
            journal.emit(RecordingOpened(name=name, start_s=start_s, channels=len(block)))


def end_of_recordings(workplace: Workplace, events: Sequence[Event]) -> int:
    """Return the sample of the consultation's clock at which the sound on disk ends."""
    ends_s = [event.start_s + workplace.sound_files.duration_s(event.name) for event in _opened(events)]
    return round(max(ends_s, default=0.0) * SAMPLE_RATE_HZ)


def _unknown(workplace: Workplace, consultation_id: str, journal: Journal) -> Iterator[str]:
    """Yield the names of sound files that no event tells of, in the order in which they were opened."""
    known = {event.name for event in _opened(journal.events())}
    for number in count(1):
        name = _name(consultation_id, number)
        if name in known:
            continue
        if workplace.sound_files.path(name).exists():
            yield name
        elif number > len(known):
            return


def _opened(events: Sequence[Event]) -> list[RecordingOpened]:
    return [event for event in events if isinstance(event, RecordingOpened)]


def _name(consultation_id: str, number: int) -> str:
    return f"{consultation_id}-{number:02d}.flac"
