"""A live session with scripted engines, and everything around it in view."""

import time
import weakref
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np

from consult_assist.app.journal import Journal
from consult_assist.app.live.capture import Capture, Inbox
from consult_assist.app.live.pipeline import SpeechPipeline
from consult_assist.app.live.redaction import Redactor
from consult_assist.app.live.session import Session
from consult_assist.app.live.transcript_writer import TranscriptWriter
from consult_assist.asr.base import Recognizer
from consult_assist.asr.scripted import ScriptedRecognizer
from consult_assist.audio.base import AudioBlock
from consult_assist.domain.audio import AudioFrame, SpeechSegment
from consult_assist.domain.consultation import Consent, Started
from consult_assist.domain.events import Event
from consult_assist.domain.guidance import Fact, Match, Term
from consult_assist.domain.knowledge import Template, TemplateField
from consult_assist.domain.speech import Revision, SegmentFailed, Utterance
from consult_assist.domain.transcript import Transcript
from consult_assist.errors import RecognitionError
from consult_assist.guidance.advisor import Advisor
from consult_assist.nlp.base import Analyzer
from consult_assist.record.builder import build_record
from consult_assist.storage.memory import MemoryStore
from consult_assist.vad.scripted import ScriptedDetector
from tests.nothing_known import NOTHING_KNOWN
from tests.unit.app.no_sound import NoSound

N = 1600
RNG = np.random.default_rng(3)
TEMPLATE = Template(
    id="t",
    name="様式",
    fields=(
        TemplateField(name="hearing", label="聴取内容", fill="hearing"),
        TemplateField(name="memo", label="所見"),
    ),
)
KNOWLEDGE = replace(NOTHING_KNOWN, templates={"t": TEMPLATE})

PATIENCE_S = 60.0
"""Only a test that fails waits so long; a busy machine may need a good part of it."""
_ROUND_S = 0.002


class TwoSentences:
    """A source of two loud stretches with silence around them."""

    name = "microphone:test"
    channels = 1

    def blocks(self, start_sample: int = 0) -> Generator[AudioBlock]:
        at = start_sample
        for level in [0.0] * 5 + [0.1] * 12 + [0.0] * 10 + [0.1] * 12 + [0.0] * 10:
            yield (AudioFrame(0, at, RNG.normal(0, level, N).astype(np.float32)),)
            at += N


STARTED = Started(
    id="c1",
    started_at=datetime(2026, 11, 21, tzinfo=UTC),
    operator="職員",
    source="microphone:test",
    consent=Consent.RECORDED,
)


def until(happened: Callable[[], object]) -> None:
    """Wait until the session's threads have brought something about."""
    for _ in range(round(PATIENCE_S / _ROUND_S)):
        if happened():
            return
        time.sleep(_ROUND_S)
    raise AssertionError("it did not happen")


def no_fault(error: Exception) -> None:
    """Let a test fail with what went wrong."""
    raise error


class RentAnalyzer:
    """Finds one fact in every utterance."""

    def begin(self, utterance_id: str) -> None:
        """Take note that a line is to be read; a slow analyzer waits here."""

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
        self.begin(utterance_id)
        return [
            Fact(
                name="rent_monthly",
                value=60_000,
                utterance_id=utterance_id,
                revision=revision,
                start_char=0,
                end_char=len(text),
            ),
            Term(
                utterance_id=utterance_id,
                revision=revision,
                start_char=0,
                end_char=len(text),
                name="家賃",
                how=Match.EXACT,
            ),
        ]


class Desk:
    """A session and everything around it in view."""

    def __init__(
        self,
        *texts: str | RecognitionError,
        recognizer: Recognizer | None = None,
        load_analyzer: Callable[[], Analyzer] | None = None,
        store: MemoryStore | None = None,
    ) -> None:
        self.store = store or MemoryStore()
        self.sound = NoSound()
        self.ended = 0
        journal = Journal("c1", self.store)
        inbox = Inbox()
        pipeline = SpeechPipeline(
            recognizer or ScriptedRecognizer(texts), [ScriptedDetector()], speakers=[None], drafts=False
        )
        self.pipeline = weakref.ref(pipeline)
        self.session = Session(
            "c1",
            consent=Consent.RECORDED,
            source_name="microphone:test",
            journal=journal,
            inbox=inbox,
            capture=Capture(
                TwoSentences(),
                journal,
                inbox,
                open_recording=lambda _channels: ("c1-01.flac", _Silent()),
                start_sample=0,
            ),
            pipeline=pipeline,
            load_analyzer=load_analyzer or RentAnalyzer,
            new_advisor=lambda: Advisor(KNOWLEDGE),
            draft_record=lambda events: build_record(events, template=TEMPLATE, knowledge=KNOWLEDGE),
            sound_files=self.sound,
            read_segment=_no_sound,
            on_end=self._end,
        )
        self.session.begin(STARTED)

    def _end(self) -> None:
        self.ended += 1

    def run(self) -> None:
        """Start, and hear the sound to its end."""
        self.session.start()
        self.session.wait()
        until(lambda: self.session.status().behind_s <= 0 and self._understood())

    def _understood(self) -> bool:
        events = self.session.events()
        said = {line.id for line in Transcript(events) if line.failure is None}
        return said == {e.utterance_id for e in events if isinstance(e, Fact)}

    def types(self) -> list[str]:
        return [stamped.event.type for stamped in self.store.events("c1")]


class _Silent:
    def write(self, block: AudioBlock) -> None: ...
    def divide(self) -> None: ...
    def close(self) -> None: ...


def _no_sound(events: Sequence[Event], failed: SegmentFailed) -> SpeechSegment:
    raise AssertionError(f"{failed.id} was kept in memory, not on disk: {len(events)}")


def begun_journal(store: MemoryStore) -> Journal:
    journal = Journal("c1", store)
    journal.emit(STARTED)
    return journal


def empty_writer() -> TranscriptWriter:
    journal = begun_journal(MemoryStore())
    return TranscriptWriter(journal, Redactor(journal, NoSound()))


def utterance(utterance_id: str, text: str) -> Utterance:
    return Utterance(id=utterance_id, channel=0, speaker=None, start_s=0.0, end_s=1.0, heard=text, text=text)
