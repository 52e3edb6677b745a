"""The sound files of one consultation: opened, measured, and found and heard again after a crash."""

from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from itertools import count, islice, pairwise

from consult_assist.app.journal import Journal
from consult_assist.app.projections import recordings_in
from consult_assist.app.workplace import Workplace
from consult_assist.audio.base import AudioBlock, RecordingWriter, SoundFiles
from consult_assist.domain.audio import SAMPLE_RATE_HZ
from consult_assist.domain.consultation import RecordingOpened
from consult_assist.domain.events import Event
from consult_assist.domain.speech import SegmentFailed, Utterance
from consult_assist.errors import SoundFileError

_BLOCKS_READ = 900
"""So much is read back at once, half a minute: the rest of a long talk would not fit into memory."""


def open_recording(
    workplace: Workplace, consultation_id: str, journal: Journal, channels: int
) -> tuple[str, RecordingWriter]:
    """Create the next sound file of a consultation, and return its name with what writes into it."""
    opened = len(recordings_in(journal.events()))
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
    ends_s = [event.start_s + workplace.sound_files.duration_s(event.name) for event in recordings_in(events)]
    return round(max(ends_s, default=0.0) * SAMPLE_RATE_HZ)


@dataclass(frozen=True, slots=True)
class LeftSound:
    """What of a sound file interrupted runs kept and did not recognise.

    Attributes:
        files: where it lies.
        recording: the sound file.
        heard_until_s: up to where each of its channels was recognised, on the consultation's clock.
    """

    files: SoundFiles
    recording: RecordingOpened
    heard_until_s: Sequence[float]

    def batches(self) -> Iterator[list[AudioBlock]]:
        """Yield the sound piece by piece; a sound file that is gone or broken just ends.

        The file is open only while a piece is read, so that it can be erased meanwhile.
        """
        offset = round(self.recording.start_s * SAMPLE_RATE_HZ)
        at = max(0, round(min(self.heard_until_s) * SAMPLE_RATE_HZ) - offset)
        with suppress(SoundFileError):
            while True:
                with closing(self.files.read_blocks(self.recording.name, at)) as blocks:
                    piece = list(islice(blocks, _BLOCKS_READ))
                if not piece:
                    return
                at = piece[-1][0].end_sample
                yield [
                    tuple(replace(frame, start_sample=frame.start_sample + offset) for frame in block)
                    for block in piece
                ]


def left_sound(workplace: Workplace, events: Sequence[Event]) -> list[LeftSound]:
    """Return what earlier runs did not recognise: the end of the last file with a line, and all behind it.

    A run may be cut off before it gets to what the one before it left.
    """
    opened = recordings_in(events)
    lines = [event for event in events if isinstance(event, Utterance | SegmentFailed)]
    last_s = max((line.start_s for line in lines), default=0.0)
    left = []
    for recording, following in pairwise([*opened, None]):
        assert recording is not None
        if following is not None and round(following.start_s, 3) <= last_s:
            continue
        heard_until_s = [recording.start_s] * recording.channels
        for line in lines:
            if line.channel < recording.channels:
                heard_until_s[line.channel] = max(heard_until_s[line.channel], line.end_s)
        left.append(LeftSound(workplace.sound_files, recording, heard_until_s))
    return left


def _unknown(workplace: Workplace, consultation_id: str, journal: Journal) -> list[str]:
    """Return the names of sound files that no event tells of, in the order in which they were opened."""
    known = {event.name for event in recordings_in(journal.events())}
    some = workplace.sound_files.path(_name(consultation_id, 1))
    left = {path.name for path in some.parent.glob(f"{consultation_id}-*{some.suffix}")} - known
    return sorted(left, key=lambda name: (len(name), name))


def _name(consultation_id: str, number: int) -> str:
    return f"{consultation_id}-{number:02d}.flac"
