"""Source → disk → inbox, through pauses, lost microphones and full disks."""

from collections.abc import Callable, Generator
from datetime import UTC, datetime

import numpy as np
import pytest

from consult_assist.app.journal import Journal
from consult_assist.app.live import capture as capture_module
from consult_assist.app.live.capture import Capture, Inbox, Mark
from consult_assist.app.live.status import Phase
from consult_assist.audio.base import AudioBlock
from consult_assist.domain.audio import AudioFrame
from consult_assist.domain.consultation import Consent, Started
from consult_assist.errors import MicrophoneError, RecordingError
from consult_assist.storage.memory import MemoryStore

N = 1600
Step = Callable[[], object] | None


class Script:
    """A source that does before each block what it is told, and ends with its script."""

    name = "microphone:test"
    channels = 1

    def __init__(self, *steps: Step) -> None:
        self.steps = list(steps)

    def blocks(self, start_sample: int = 0) -> Generator[AudioBlock]:
        at = start_sample
        while self.steps:
            step = self.steps.pop(0)
            if step is not None:
                step()
            yield (AudioFrame(0, at, np.full(N, 0.1, dtype=np.float32)),)
            at += N


class Disk:
    """A recording that remembers, and can be full."""

    def __init__(self) -> None:
        self.samples = 0
        self.full = False
        self.closed = 0

    def write(self, block: AudioBlock) -> None:
        if self.full:
            raise RecordingError("空きがありません。")
        self.samples += len(block[0].samples)

    def divide(self) -> None: ...

    def close(self) -> None:
        self.closed += 1


class WatchedInbox(Inbox):
    """Lets a test act on each item as it is handed on."""

    def __init__(self) -> None:
        super().__init__()
        self.watch: Callable[[AudioBlock | Mark], None] = lambda _: None

    def put(self, item: AudioBlock | Mark) -> None:
        self.watch(item)
        super().put(item)


class Run:
    """A capture with everything around it in view."""

    def __init__(self, *steps: Step, disk: Disk | None = None) -> None:
        self.journal = Journal("c1", MemoryStore())
        self.journal.emit(
            Started(
                id="c1",
                started_at=datetime(2026, 11, 21, tzinfo=UTC),
                operator="職員",
                source="microphone:test",
                consent=Consent.RECORDED,
            )
        )
        self.inbox = WatchedInbox()
        self.source = Script(*steps)
        self.capture = Capture(
            self.source,
            self.journal,
            self.inbox,
            open_recording=None if disk is None else lambda _channels: ("c1-01.flac", disk),
            start_sample=0,
        )

    def events(self) -> list[str]:
        return [event.type for event in self.journal.events()]

    def delivered(self) -> tuple[list[int], list[Mark]]:
        """Return where each block that was handed on starts, and the marks between them."""
        starts, marks = list[int](), list[Mark]()
        while Mark.END not in marks:
            batch, mark = self.inbox.next_batch()
            starts += [block[0].start_sample for block in batch]
            marks += [mark] if mark is not None else []
        return starts, marks


@pytest.fixture(autouse=True)
def _reconnect_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture_module, "_RECONNECT_S", 0.0)


def silent_block(start_sample: int) -> AudioBlock:
    return (AudioFrame(0, start_sample, np.zeros(N, dtype=np.float32)),)


def gone() -> None:
    raise MicrophoneError("マイクが外れています。")


def test_every_block_is_on_disk_before_it_is_handed_on() -> None:
    disk = Disk()
    run = Run(None, None, None, disk=disk)
    on_disk_when_handed_on = []

    def watch(item: AudioBlock | Mark) -> None:
        if not isinstance(item, Mark):
            on_disk_when_handed_on.append(disk.samples >= item[0].end_sample)

    run.inbox.watch = watch
    run.capture.run()
    assert on_disk_when_handed_on == [True] * 3
    assert disk.closed == 1
    assert run.events() == ["started", "recording"]


def test_without_consent_to_record_nothing_is_written() -> None:
    run = Run(None, None)
    run.capture.run()
    assert run.events() == ["started"]
    assert run.delivered() == ([0, N], [Mark.END])


def test_a_lost_microphone_comes_back_by_itself_and_no_sound_is_counted_twice() -> None:
    run = Run(None, None, gone, gone, None, None, disk=Disk())
    run.capture.run()
    starts, marks = run.delivered()
    assert starts == [0, N, 2 * N, 3 * N]
    assert marks == [Mark.FLUSH, Mark.FLUSH, Mark.END]
    assert run.events() == ["started", "recording", "microphone_lost", "microphone_restored"]
    assert run.capture.phase is Phase.RUNNING


def test_pause_flushes_and_resume_goes_on_where_the_clock_stood() -> None:
    run = Run(None, lambda: run.capture.pause(), None, None)  # noqa: PLW0108 - run exists only later
    run.inbox.watch = lambda _: run.capture.resume()
    run.capture.run()
    starts, marks = run.delivered()
    assert starts == [0, N, 2 * N]
    assert marks == [Mark.FLUSH, Mark.END]
    assert run.events() == ["started", "paused", "unpaused"]


def test_a_pause_while_the_microphone_is_away_promises_nothing_and_its_return_is_told() -> None:
    run = Run(None, gone, None)
    paused: list[str | None] = []

    def watch(item: AudioBlock | Mark) -> None:
        if item is Mark.FLUSH and not paused:
            run.capture.pause()
            paused.append(run.capture.trouble)
            run.capture.resume()

    run.inbox.watch = watch
    run.capture.run()
    assert paused == [None]
    assert run.events() == ["started", "microphone_lost", "paused", "unpaused", "microphone_restored"]


def test_what_is_known_of_a_sound_file_is_still_told_after_a_pause() -> None:
    run = Run(None, lambda: run.capture.pause(), None)  # noqa: PLW0108 - run exists only later
    run.capture.trouble = "途中で切れています。"
    run.inbox.watch = lambda _: run.capture.resume()
    run.capture.run()
    assert run.events() == ["started", "paused", "unpaused"]
    assert run.capture.trouble == "途中で切れています。"


def test_a_full_disk_stops_listening_until_the_clerk_goes_on() -> None:
    disk = Disk()

    def fill() -> None:
        disk.full = True

    run = Run(None, fill, None, disk=disk)
    told = []

    def free_the_disk(item: AudioBlock | Mark) -> None:
        if item is Mark.FLUSH:
            told.append(run.capture.phase)
            disk.full = False
            run.capture.resume()

    run.inbox.watch = free_the_disk
    run.capture.run()
    starts, _ = run.delivered()
    assert told == [Phase.RECORDING_FAILED]
    assert starts == [0, N]
    assert disk.samples == 2 * N
    assert run.events() == ["started", "recording", "recording_failed", "unpaused", "recording"]


def test_an_inbox_nobody_reads_any_more_never_blocks_capture() -> None:
    inbox = Inbox(most_blocks=1)
    inbox.close()
    for _ in range(5):
        inbox.put(Mark.FLUSH)
