"""Whatever is done to a consultation, in any order, and wherever the program is killed in between.

Real store and sound files, scripted engines. A kill leaves the data folder as it stood at that moment, so it
is copied in the middle of the call that the kill comes in, and the talk goes on in the copy.
"""

import random
import shutil
import threading
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from consult_assist.app.live import starting
from consult_assist.app.live.session import Session
from consult_assist.app.records import correcting, documents, reviewing
from consult_assist.app.records.histories import record_history
from consult_assist.app.records.off_record import redact_line
from consult_assist.app.records.verifying import verify_records
from consult_assist.app.settings import Settings
from consult_assist.app.wiring import build_workplace, stores
from consult_assist.app.wiring.sound import files_in
from consult_assist.app.workplace import Workplace
from consult_assist.asr.scripted import ScriptedRecognizer
from consult_assist.audio.base import AudioBlock, SoundFiles
from consult_assist.domain.audio import AudioFrame
from consult_assist.domain.consultation import Consent, ConsentWithdrawn, ConsultationState
from consult_assist.domain.events import Event
from consult_assist.domain.guidance import Fact, LedgerState, Match, Term
from consult_assist.domain.record import ConsultationRecord, ReadbackState
from consult_assist.domain.speech import Revision, Utterance
from consult_assist.domain.transcript import Transcript, TranscriptLine
from consult_assist.errors import ConsultAssistError
from consult_assist.storage.base import Store
from consult_assist.storage.lock import FileCaptureLock
from consult_assist.vad.scripted import ScriptedDetector

N = 1600
SENTENCE = [0.0] * 4 + [0.1] * 8 + [0.0] * 8
KANA = "あいうえおかきくけこさしすせそたちつてとなにぬねの"
DURABLE = {"append", "redact", "redact_events", "mark", "silence", "mend", "remove", "open_writer"}
"""The calls that write to the disk, before and after which the program may be killed."""
STEPS = 25
FORMATS = ("txt", "md", "csv", "json", "training.txt")


class Microphone:
    """Hears so many sentences, then nothing more."""

    name = "microphone:test"

    def __init__(self, n_sentences: int, channels: int) -> None:
        self._levels = SENTENCE * n_sentences
        self.channels = channels

    def blocks(self, start_sample: int = 0) -> Generator[AudioBlock]:
        rng = np.random.default_rng(start_sample)
        for number, level in enumerate(self._levels):
            at, voice = start_sample + number * N, rng.normal(0, level, N).astype(np.float32)
            sounds = [voice, *[np.zeros_like(voice)] * (self.channels - 1)]
            yield tuple(AudioFrame(channel, at, samples) for channel, samples in enumerate(sounds))


class Finder:
    """Finds something in every line, so that its words stand in all kinds of events."""

    def __init__(self, programmes: Sequence[str], protocols: Sequence[str]) -> None:
        self._programmes, self._protocols = programmes, protocols

    def analyze(
        self,
        utterance_id: str,
        revision: int,
        text: str,
        *,
        before: str = "",
        asked: str = "",
        by_clerk: bool = False,
        held_on: date | None = None,
    ) -> Sequence[Revision | Term | Fact]:
        number = sum(map(ord, text))
        whole: Any = {
            "utterance_id": utterance_id,
            "revision": revision,
            "start_char": 0,
            "end_char": len(text),
        }
        programme = self._programmes[number % len(self._programmes)]
        protocol = self._protocols[number % len(self._protocols)]
        return (
            [Fact(name="occupation", value=text, **whole)],
            [Term(name=text, programme=programme, how=Match.CUE, **whole)],
            [Term(name=text, protocol=protocol, how=Match.CUE, **whole)],
            [Revision(utterance_id=utterance_id, revision=revision + 1, text=f"{text}ね", by="terms")],
        )[number % 4]


class Watched:
    """Tells before and after each call that writes; no two threads write at once, nor while it is told."""

    _WRITING = threading.RLock()

    def __init__(self, inner: object, tell: Callable[[], None]) -> None:
        self._inner, self._tell = inner, tell

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._inner, name)
        if name not in DURABLE:
            return method

        def call(*given: Any, **named: Any) -> Any:
            with self._WRITING:
                self._tell()
                try:
                    return method(*given, **named)
                finally:
                    self._tell()

        return call


class Storm:
    """One consultation: everything that can be done to it, and what must hold of it."""

    def __init__(self, root: Path, base: Workplace, seed: int) -> None:
        self._root, self._base, self._rng = root, base, random.Random(seed)
        self._life = 0
        self._calls_left: int | None = None
        self._copy: Path | None = None
        self._session: Session | None = None
        self._id = ""
        self._broken = False
        self.done: list[str] = []
        """For whoever reads a failure."""
        self._said: set[str] = set()
        self._typed: set[str] = set()
        self._erased: set[str] = set()
        self._open()

    def step(self) -> None:
        """Do anything that can be done now: the program may refuse it, never fail."""
        if not self._id:
            possible = [self._begin]
        elif self._session is not None:
            now = [self._flip, self._set_ledger, self._confirm, self._withdraw, self._finish]
            possible = [*now, self._edit, self._edit, self._undo, self._correct, self._take_off]
        elif self._desk.store.summary(self._id).talk_ended_at is None:
            possible = [self._resume, self._resume, self._edit, self._take_off, self._close, self._break]
        else:
            review = [self._submit, self._submit, self._approve, self._return, self._amend]
            possible = [*review, self._edit, self._undo, self._correct, self._take_off, self._close]
        if self._calls_left is None and self._rng.random() < 0.5:
            self._calls_left = self._rng.randrange(12)
        self._do(self._rng.choice(possible))

    def end(self) -> None:
        """Bring it to its end, and look at everything that can be made of it."""
        self._calls_left = None
        if self._session is None and self._desk.store.summary(self._id).talk_ended_at is None:
            self._resume()
        if self._session is not None:
            self._finish()
        if self._desk.store.summary(self._id).state is ConsultationState.OPEN:
            self._close()
        self._check()
        assert self._broken or verify_records(self._desk) == []
        record_history(self._desk, self._id)
        for name in FORMATS:
            self._check_erased(documents.export_record(self._desk, self._id, name))
        if any(isinstance(event, ConsentWithdrawn) for event in self._events()):
            assert list(self._desk.settings.recordings_folder.iterdir()) == []
        self._desk.store.close()

    def _do(self, act: Callable[[], None]) -> None:
        said, typed, erased = set(self._said), set(self._typed), set(self._erased)
        self.done.append(act.__name__.strip("_"))
        try:
            act()
        except ConsultAssistError as error:
            self.done[-1] += f" ({type(error).__name__})"
        self._work_off()
        if self._copy is None:
            self._check()
            return
        self.done[-1] += ", killed"
        # Whether what was under way is kept or erased, nobody was told.
        self._said = (said & self._said) - (self._erased - erased)
        self._typed, self._erased = typed & self._typed, erased
        self._go_on_in(self._copy)

    def _check(self) -> None:
        """See that nothing of what is erased is left on disk, and nothing that was kept is missing."""
        for path in self._folder.rglob("*"):
            if path.is_file():
                self._check_erased(path.read_bytes())
        written = self._written()
        assert [word for word in self._typed if word not in written] == [], self.done
        heard = "".join(line.text for line in Transcript(self._events()))
        assert [word for word in self._said - self._erased if word not in heard] == [], self.done

    def _check_erased(self, content: bytes) -> None:
        assert [word for word in self._erased if word.encode() in content] == [], self.done

    # -- life and death -------------------------------------------------------------------------------------

    @property
    def _folder(self) -> Path:
        return self._root / str(self._life)

    def _open(self) -> None:
        settings = Settings(data_folder=self._folder)
        stores.make_data_folder(settings)
        self._desk = replace(
            self._base,
            settings=settings,
            store=cast("Store", Watched(stores.open_store(settings), self._count)),
            sound_files=cast("SoundFiles", Watched(files_in(settings.recordings_folder), self._count)),
            capture_lock=FileCaptureLock(settings.data_folder),
        )

    def _count(self) -> None:
        if self._calls_left is None or self._copy is not None:
            return
        self._calls_left -= 1
        if self._calls_left < 0:
            copy = self._root / str(self._life + 1)
            shutil.copytree(self._folder, copy, ignore=shutil.ignore_patterns("*-shm", "*.lock"))
            self._copy = copy

    def _go_on_in(self, copy: Path) -> None:
        if self._session is not None:
            self._session._stop()
            self._session = None
        self._desk.capture_lock.release()
        self._desk.store.close()
        self._life, self._copy, self._calls_left = int(copy.name), None, None
        self._open()
        if not any(True for _ in self._desk.store.summaries()):
            self._id = ""

    def _work_off(self) -> None:
        """Wait until all that was said and done is understood."""
        if (session := self._session) is not None:
            while session._understanding.unread or not session._understanding._waiting.empty():
                time.sleep(0.001)
            with session._writer.alone():
                pass

    # -- what is done ---------------------------------------------------------------------------------------

    def _word(self) -> str:
        return "".join(self._rng.choice(KANA) for _ in range(8))

    def _events(self) -> list[Event]:
        return [stamped.event for stamped in self._desk.store.events(self._id)]

    def _line(self) -> TranscriptLine | None:
        lines = list(Transcript(self._events()))
        return self._rng.choice(lines) if lines else None

    def _begin(self) -> None:
        desk = self._listening()
        consent = self._rng.choice([Consent.RECORDED, Consent.RECORDED, Consent.TEXT_ONLY])
        self._session = starting.start_consultation(desk, consent=consent, operator="職員")
        self._id = self._session.id
        self._listen()

    def _resume(self) -> None:
        self._session = starting.resume_consultation(self._listening(), self._id)
        if any(isinstance(event, ConsentWithdrawn) and event.erase_text for event in self._events()):
            self._erased |= self._said
        self._listen()

    def _listening(self) -> Workplace:
        """Return a desk at which a few sentences are said, behind those that were not recognised so far."""
        self._new = [self._word() for _ in range(self._rng.randrange(4))]
        recognizer = ScriptedRecognizer([f"{word}です" for word in self._new])
        microphone = Microphone(len(self._new), self._rng.choice([1, 2]))
        return replace(self._desk, load_recognizer=lambda: recognizer, open_microphone=lambda: microphone)

    def _listen(self) -> None:
        session = self._session
        assert session is not None
        session._redactor._start_thread = lambda _name, run: run()  # in one order each time
        session.start()
        for thread in (session._capture_thread, session._recognition_thread):
            if thread is not None:
                thread.join()
        heard = "".join(line.text for line in Transcript(session.events()))
        self._said |= {word for word in self._new if word in heard}

    def _finish(self) -> None:
        assert self._session is not None
        self._session.finish()
        self._session = None

    def _withdraw(self) -> None:
        assert self._session is not None
        erase_text = self._rng.random() < 0.5
        self._session.withdraw_consent(erase_text=erase_text)
        if any(isinstance(event, ConsentWithdrawn) and event.erase_text for event in self._events()):
            self._erased |= self._said

    def _take_off(self) -> None:
        if (line := self._line()) is None:
            return
        kept = [event for event in self._events() if isinstance(event, Utterance | Revision)]
        texts = [
            item.text
            for item in kept
            if line.id == (item.id if isinstance(item, Utterance) else item.utterance_id)
        ]
        if self._session is not None:
            self._session.take_off_record(line.id)
        else:
            redact_line(self._desk, self._id, line.id, by="職員")
        self._erased |= {word for word in self._said if any(word in text for text in texts)}

    def _correct(self) -> None:
        if (line := self._line()) is None:
            return
        word = self._word()
        if self._session is not None:
            self._session.correct_line(line.id, line.revision, f"{line.text}、{word}")
        else:
            text = f"{line.text}、{word}"
            correcting.correct_line(self._desk, self._id, line.id, line.revision, text, by="係員")
        self._said.add(word)

    def _flip(self) -> None:
        assert self._session is not None
        if (line := self._line()) is not None:
            self._session.flip_speaker(line.id)

    def _set_ledger(self) -> None:
        assert self._session is not None
        programme = self._rng.choice(sorted(self._desk.knowledge.programmes))
        self._session.set_ledger(programme, self._rng.choice(list(LedgerState)), "職員の理由")

    def _confirm(self) -> None:
        assert self._session is not None
        if items := self._session.record().readback:
            self._session.decide_readback(self._rng.choice(items), ReadbackState.CONFIRMED)

    def _edit(self) -> None:
        record = self._record()
        field = self._rng.choice(record.fields)
        word = self._word()
        text = "\n".join([*(line.text for line in field.lines), f"{word}と書いた"])
        if self._session is not None:
            self._session.edit_field(field.name, text)
        else:
            documents.edit_record_field(self._desk, self._id, field.name, text, by="係員")
        self._typed.add(word)

    def _undo(self) -> None:
        field = self._rng.choice(self._record().fields).name
        forward = self._rng.random() < 0.3
        if self._session is not None:
            self._session.step_edit(field, forward=forward)
        else:
            correcting.step_edit(self._desk, self._id, field, forward=forward, by="係員")
        written = self._written()
        self._typed = {word for word in self._typed if word in written}

    def _record(self) -> ConsultationRecord:
        if self._session is not None:
            return self._session.record()
        return documents.open_record(self._desk, self._id).record

    def _written(self) -> str:
        return "".join(line.text for field in self._record().fields for line in field.lines)

    def _break(self) -> None:
        """Let the disk lose the end of a sound file, or spoil it."""
        if files := sorted(self._desk.settings.recordings_folder.iterdir()):
            path = self._rng.choice(files)
            content = path.read_bytes()
            kept = content[: self._rng.randrange(len(content) + 1)]
            spoiled = b"\xff" * (len(content) - len(kept)) if self._rng.random() < 0.5 else b""
            path.write_bytes(kept + spoiled)
            self._broken = True

    def _close(self) -> None:
        documents.close_record(self._desk, self._id)

    def _submit(self) -> None:
        reviewing.submit_record(self._desk, self._id, by="職員")

    def _approve(self) -> None:
        reviewing.approve_record(self._desk, self._id, by="課長")

    def _return(self) -> None:
        reviewing.return_record(self._desk, self._id, "直してください", by="課長")

    def _amend(self) -> None:
        reviewing.amend_record(self._desk, self._id, "訂正", by="職員")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    desk = build_workplace(Settings(data_folder=tmp_path_factory.mktemp("base")))
    finder = Finder(sorted(desk.knowledge.programmes), sorted(desk.knowledge.protocols))
    return replace(
        desk,
        load_analyzer=lambda: finder,
        new_detector=ScriptedDetector,
        model_digest=lambda: "scripted",
    )


@pytest.mark.parametrize("seed", [3, 6, 11, 17, 202, 261])
def test_nothing_is_lost_or_left_whatever_is_done_in_whatever_order(
    tmp_path: Path, base: Workplace, seed: int
) -> None:
    storm = Storm(tmp_path, base, seed)
    for _ in range(STEPS):
        storm.step()
    storm.end()
