"""The capture loop: source → disk → inbox, through pauses, lost microphones and full disks."""

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from enum import StrEnum

from consult_assist.app.journal import Journal
from consult_assist.app.live.status import Phase
from consult_assist.audio.base import AudioBlock, RecordingWriter, SoundSource
from consult_assist.audio.level import FLOOR_DB, level_db
from consult_assist.domain.audio import SAMPLE_RATE_HZ
from consult_assist.domain.consultation import (
    CapturePaused,
    CaptureResumed,
    MicrophoneLost,
    MicrophoneRestored,
    RecordingFailed,
    RecordingOpened,
)
from consult_assist.errors import MicrophoneError, RecordingError, SoundFileError

_RECONNECT_S = 1.0


class Mark(StrEnum):
    """What stands between blocks in an inbox."""

    FLUSH = "flush"
    """The sound has a gap here: speech that is open ends now."""
    END = "end"
    """Nothing follows."""


class Inbox:
    """Blocks on their way from capture to recognition."""

    def __init__(self, most_blocks: int = 0) -> None:
        """Make an inbox; with `most_blocks` > 0, `put` waits while so many lie there."""
        self._queue: queue.Queue[AudioBlock | Mark] = queue.Queue(most_blocks)
        self._closed = False
        self.ended = False
        """Whether the reader has come to the end."""

    def put(self, item: AudioBlock | Mark) -> None:
        """Add a block or a mark; without effect once nobody reads any more."""
        if not self._closed:
            self._queue.put(item)

    def close(self) -> None:
        """Throw away what lies here, release a `put` that waits, and let the reader come to its end."""
        self._closed = True
        with suppress(queue.Empty):
            while True:
                self._queue.get_nowait()
        self._queue.put(Mark.END)

    def next_batch(self) -> tuple[list[AudioBlock], Mark | None]:
        """Wait for a block, then take all that have arrived, up to a mark."""
        batch: list[AudioBlock] = []
        item = self._queue.get()
        while not isinstance(item, Mark):
            batch.append(item)
            try:
                item = self._queue.get_nowait()
            except queue.Empty:
                return batch, None
        return batch, item

    def stretch(self) -> Iterator[list[AudioBlock]]:
        """Yield what arrives, each time all that has, until the sound has a gap or its end."""
        mark: Mark | None = None
        while mark is None:
            batch, mark = self.next_batch()
            if batch:
                yield batch
        self.ended = mark is Mark.END


class Capture:
    """Runs a source until it ends or is stopped; what it gives is on disk before it is handed on."""

    def __init__(
        self,
        source: SoundSource,
        journal: Journal,
        inbox: Inbox,
        *,
        open_recording: Callable[[int], tuple[str, RecordingWriter]] | None,
        start_sample: int,
        trouble: str | None = None,
    ) -> None:
        """Prepare to capture.

        Args:
            source: where sound comes from.
            journal: told of everything that happens.
            inbox: where blocks go.
            open_recording: number of channels → name and writer of a new sound file; None keeps no sound.
            start_sample: where the first sample stands on the consultation's clock.
            trouble: what the clerk has to know of the source from the start.
        """
        self._source = source
        self._journal = journal
        self._inbox = inbox
        self._open_recording = open_recording
        self._writer: RecordingWriter | None = None
        self._stopping = threading.Event()
        self._listening = threading.Event()
        self._listening.set()
        self._settled = threading.Event()  # the sound has ended, or waits for the clerk
        self._phase_lock = threading.Lock()
        self._microphone_away = False
        self.phase = Phase.RUNNING
        self.trouble = trouble
        """The sentence for the clerk while the microphone is away, sound cannot be kept or is missing."""
        self.position = start_sample
        self.levels_db = (FLOOR_DB,) * source.channels

    @property
    def recording(self) -> bool:
        """Whether sound is being kept at this moment."""
        return self.phase is Phase.RUNNING and self._writer is not None

    def pause(self) -> None:
        """Stop listening until `resume`."""
        with self._phase_lock:
            if self.phase not in {Phase.RUNNING, Phase.MICROPHONE_LOST}:
                return
            if self.phase is Phase.MICROPHONE_LOST:
                self.trouble = None  # nobody tries to open it until `resume`
            self.phase = Phase.PAUSED
            self._listening.clear()
            self._journal.emit(CapturePaused())

    def resume(self) -> None:
        """Listen again after a pause, or try again after sound could not be written."""
        with self._phase_lock:
            if self.phase not in {Phase.PAUSED, Phase.RECORDING_FAILED}:
                return
            if self.phase is Phase.RECORDING_FAILED:
                self.trouble = None
            self.phase = Phase.RUNNING
            self._settled.clear()
            self._journal.emit(CaptureResumed())
            self._listening.set()

    def divide(self) -> None:
        """Go on in another part of the sound file, so that what was captured so far can be changed."""
        if (writer := self._writer) is not None:
            writer.divide()

    def stop(self) -> None:
        """Let `run` come to its end."""
        self._stopping.set()
        self._listening.set()

    def wait(self) -> None:
        """Wait until the sound has ended or cannot go on without the clerk."""
        self._settled.wait()

    def run(self) -> None:
        """Capture until the sound ends or `stop` is called."""
        try:
            while not self._stopping.is_set():
                if self._stretch():
                    break
                self._inbox.put(Mark.FLUSH)
                self.levels_db = (FLOOR_DB,) * self._source.channels
                self._listening.wait()
        finally:
            self._close_recording()
            self._inbox.put(Mark.END)
            self._settled.set()

    def _stretch(self) -> bool:
        """Capture until a pause, a stop, a fault or the end of the sound; say whether the sound has ended."""
        try:
            with closing(self._source.blocks(self.position)) as blocks:
                for block in blocks:
                    if self._stopping.is_set() or not self._listening.is_set():
                        return False
                    self._hand_on(block)
        except MicrophoneError as error:
            self._microphone_lost(str(error))
            return False
        except (RecordingError, SoundFileError) as error:
            self._close_recording()
            self._listening.clear()
            self.phase, self.trouble = Phase.RECORDING_FAILED, str(error)
            self._journal.emit(RecordingFailed(reason=str(error)))
            self._settled.set()
            return False
        return True

    def _hand_on(self, block: AudioBlock) -> None:
        with self._phase_lock:
            if self._microphone_away:
                self._microphone_away = False
                if self.phase is Phase.MICROPHONE_LOST:
                    self.phase, self.trouble = Phase.RUNNING, None
                self._journal.emit(MicrophoneRestored(device=self._source.name))
        self._keep(block)
        self.position = block[0].end_sample
        self.levels_db = tuple(level_db(frame.samples) for frame in block)
        self._journal.sound_delivered(block[0])
        self._inbox.put(block)

    def _keep(self, block: AudioBlock) -> None:
        """Write a block to disk before anything interprets it."""
        if self._open_recording is None:
            return
        if self._writer is None:
            name, self._writer = self._open_recording(len(block))
            start_s = block[0].start_sample / SAMPLE_RATE_HZ
            self._journal.emit(RecordingOpened(name=name, start_s=start_s, channels=len(block)))
        self._writer.write(block)

    def _microphone_lost(self, reason: str) -> None:
        with self._phase_lock:
            if self.phase is Phase.RUNNING:
                self.phase, self.trouble = Phase.MICROPHONE_LOST, reason
                self._microphone_away = True
                self._journal.emit(MicrophoneLost(device=self._source.name, reason=reason))
        self._stopping.wait(_RECONNECT_S)

    def _close_recording(self) -> None:
        writer, self._writer = self._writer, None
        if writer is None:
            return
        try:
            writer.close()
        except RecordingError as error:
            self._journal.emit(RecordingFailed(reason=str(error)))
