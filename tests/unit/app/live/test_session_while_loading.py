"""What the clerk does while something is still loaded, recognised or analysed: nobody waits for it."""

import threading
from collections.abc import Callable, Iterator

import pytest

from consult_assist.app.live.redaction import Redactor
from consult_assist.app.live.status import Phase
from consult_assist.app.live.transcript_writer import TranscriptWriter
from consult_assist.app.live.understanding import Understanding
from consult_assist.asr.scripted import ScriptedRecognizer
from consult_assist.counter.masking import OFF_RECORD
from consult_assist.domain.audio import SpeechSegment
from consult_assist.domain.guidance import Fact, LedgerState
from consult_assist.domain.transcript import Transcript, TranscriptLine
from consult_assist.guidance.advisor import Advisor
from consult_assist.nlp.base import Analyzer
from consult_assist.storage.memory import MemoryStore
from tests.unit.app.live.desk import (
    KNOWLEDGE,
    PATIENCE_S,
    Desk,
    RentAnalyzer,
    begun_journal,
    empty_writer,
    no_fault,
    until,
    utterance,
)
from tests.unit.app.no_sound import NoSound


class HeldUp:
    """Something that goes on when it is let go, at the end of the test at the latest."""

    def __init__(self) -> None:
        self._free = threading.Event()
        self.reached = threading.Event()

    def wait(self) -> None:
        self.reached.set()
        self._free.wait()

    def let_go(self) -> None:
        self._free.set()


@pytest.fixture
def held_up() -> Iterator[HeldUp]:
    gate = HeldUp()
    yield gate
    gate.let_go()


def at_once(act: Callable[[], object]) -> None:
    """Do something that must not wait for anything."""
    thread = threading.Thread(target=act, daemon=True)
    thread.start()
    thread.join(PATIENCE_S)
    assert not thread.is_alive(), "it waits"


def loading(gate: HeldUp) -> Callable[[], Analyzer]:
    def load() -> Analyzer:
        gate.wait()
        return RentAnalyzer()

    return load


def begun(desk: Desk, n_lines: int) -> Desk:
    desk.session.start()
    desk.session.wait()
    until(lambda: len(Transcript(desk.session.events())) == n_lines)
    return desk


def said(desk: Desk) -> list[str]:
    return [line.text for line in Transcript(desk.session.events())]


def found(desk: Desk) -> list[str]:
    return [event.utterance_id for event in desk.session.events() if isinstance(event, Fact)]


def test_a_withdrawal_waits_for_nothing_that_is_still_loaded_and_neither_does_finishing(
    held_up: HeldUp,
) -> None:
    desk = begun(Desk("家賃は六万円です", "離婚しました", load_analyzer=loading(held_up)), 2)
    at_once(lambda: desk.session.withdraw_consent(erase_text=True))
    assert said(desk) == []
    assert desk.session.status().phase is Phase.HANDWRITTEN
    assert not desk.session.status().preparing
    assert desk.sound.removed == ["c1-01.flac"]
    desk.session.set_ledger("x", LedgerState.TOLD)
    at_once(desk.session.finish)
    assert desk.ended == 1
    held_up.let_go()
    assert desk.types()[-1] == "finished"
    assert found(desk) == []


def test_text_that_stays_after_a_withdrawal_is_analysed_once(held_up: HeldUp) -> None:
    desk = begun(Desk("家賃は六万円です", "離婚しました", load_analyzer=loading(held_up)), 2)
    at_once(lambda: desk.session.withdraw_consent(erase_text=False))
    assert len(said(desk)) == 2
    assert desk.session.status().preparing
    held_up.let_go()
    desk.session.finish()
    assert found(desk) == ["u0001", "u0002"]


def test_a_line_taken_off_the_record_while_loading_is_not_analysed_and_the_others_once(
    held_up: HeldUp,
) -> None:
    desk = begun(Desk("家賃は六万円です", "離婚しました", load_analyzer=loading(held_up)), 2)
    at_once(lambda: desk.session.take_off_record("u0001"))
    assert said(desk) == [OFF_RECORD, "離婚しました"]
    held_up.let_go()
    desk.session.finish()
    assert found(desk) == ["u0002"]


def test_what_is_recognised_when_consent_is_withdrawn_comes_to_nothing(held_up: HeldUp) -> None:
    class Slow(ScriptedRecognizer):
        def recognize(self, segment: SpeechSegment, *, thorough: bool = True) -> str:
            held_up.wait()
            return super().recognize(segment, thorough=thorough)

    desk = Desk(recognizer=Slow(["家賃は六万円です", "離婚しました"]))
    desk.session.start()
    held_up.reached.wait()
    at_once(lambda: desk.session.withdraw_consent(erase_text=True))
    held_up.let_go()
    desk.session.finish()
    assert said(desk) == []
    assert "utterance" not in desk.types()


def test_what_is_found_in_a_line_when_consent_is_withdrawn_comes_to_nothing(held_up: HeldUp) -> None:
    class Slow(RentAnalyzer):
        def begin(self, utterance_id: str) -> None:
            held_up.wait()

    desk = begun(Desk("家賃は六万円です", load_analyzer=Slow), 1)
    held_up.reached.wait()
    at_once(lambda: desk.session.withdraw_consent(erase_text=True))
    held_up.let_go()
    desk.session.finish()
    assert found(desk) == []
    assert "term" not in desk.types()


def test_text_that_is_erased_just_before_its_line_is_analysed_stops_nothing() -> None:
    writer = empty_writer()

    class ErasedNow(Transcript):
        def get(self, utterance_id: str) -> TranscriptLine | None:
            writer.transcript = Transcript()
            return super().get(utterance_id)

    writer.transcript = ErasedNow([utterance("u1", "家賃は六万円です")])
    writer.understand("u1", RentAnalyzer())
    assert not len(writer.transcript)


def test_erased_words_are_not_remembered_as_analysed() -> None:
    journal = begun_journal(MemoryStore())
    writer = TranscriptWriter(journal, Redactor(journal, NoSound()))
    understanding = Understanding(
        journal, writer, RentAnalyzer, lambda: Advisor(KNOWLEDGE), on_fault=no_fault
    )
    writer.take(utterance("u1", "家賃は六万円です"))
    understanding.put(utterance("u1", ""))
    understanding.end()
    understanding.run()
    assert "家賃" in str(vars(understanding))
    writer.take_off_record("u1")
    understanding.begin_anew()
    assert "家賃" not in str(vars(understanding))
