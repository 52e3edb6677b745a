"""A line that comes to another speaker is read as if it had been that person's from the start."""

import threading
from collections.abc import Sequence
from datetime import date

from consult_assist.app.journal import Journal
from consult_assist.app.live.redaction import Redactor
from consult_assist.app.live.transcript_writer import TranscriptWriter
from consult_assist.app.live.understanding import Understanding
from consult_assist.domain.found import found_by_line
from consult_assist.domain.guidance import Fact, Match, Term
from consult_assist.domain.speech import Revision, Speaker, SpeakerAssigned
from consult_assist.domain.transcript import Transcript
from consult_assist.guidance.advisor import Advisor
from consult_assist.record.evidence import gather_evidence
from tests.unit.app.live.desk import KNOWLEDGE, Desk, RentAnalyzer, no_fault, until
from tests.unit.app.no_sound import NoSound


class BySpeaker(RentAnalyzer):
    """Finds a sure cue in a clerk's words; in anybody else's a less sure one, and a fact."""

    def __init__(self) -> None:
        self.read: list[tuple[str, bool]] = []

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
        self.read.append((utterance_id, by_clerk))
        facts = [item for item in super().analyze(utterance_id, revision, text) if isinstance(item, Fact)]
        cue = Term(
            utterance_id=utterance_id,
            revision=revision,
            start_char=0,
            end_char=len(text),
            name="家賃が払えない",
            programme="p",
            how=Match.CUE,
            confidence=1.0 if by_clerk else 0.6,
        )
        return [cue] if by_clerk else [cue, *facts]


def flipped(*speakers: Speaker) -> tuple[Desk, BySpeaker]:
    """Return a desk whose one line was flipped to one speaker after the other, and read each time."""
    analyzer = BySpeaker()
    desk = Desk("家賃は六万円です", load_analyzer=lambda: analyzer)
    desk.run()
    for n_read, speaker in enumerate(speakers, start=1):
        desk.session.flip_speaker("u0001")
        (line,) = Transcript(desk.session.events())
        assert line.speaker is speaker
        until(lambda: len(analyzer.read) == n_read)  # noqa: B023
    desk.session.finish()
    return desk, analyzer


def counted(desk: Desk) -> list[tuple[str, float]]:
    """Return type and confidence of what counts in the line now."""
    found = found_by_line(desk.session.events())["u0001"]
    return [(item.type, getattr(item, "confidence", 1.0)) for item in found]


def test_a_line_that_comes_from_clerk_to_resident_gets_its_facts_and_loses_what_was_too_sure() -> None:
    desk, analyzer = flipped(Speaker.RESIDENT, Speaker.CLERK, Speaker.RESIDENT)
    assert counted(desk) == [("term", 0.6), ("fact", 1.0)]
    evidence = gather_evidence(desk.session.events())
    assert [fact.value for fact in evidence.facts["u0001"]] == [60_000]
    assert [term.confidence for term in evidence.terms["u0001"]] == [0.6]
    assert analyzer.read[-1] == ("u0001", False)


def test_a_line_that_comes_from_resident_to_clerk_states_no_facts() -> None:
    desk, analyzer = flipped(Speaker.RESIDENT, Speaker.CLERK)
    assert counted(desk) == [("term", 1.0)]
    assert gather_evidence(desk.session.events()).facts["u0001"] == ()
    assert analyzer.read == [("u0001", False), ("u0001", True)]


def test_a_line_that_comes_to_the_clerk_and_back_before_it_is_read_keeps_its_facts() -> None:
    free, busy = threading.Event(), threading.Event()

    class Busy(BySpeaker):
        def begin(self, utterance_id: str) -> None:
            if utterance_id == "u0002":
                busy.set()
                free.wait()

    desk = Desk("家賃は六万円です", "離婚しました", load_analyzer=Busy)
    desk.session.start()
    busy.wait()
    for _ in (Speaker.RESIDENT, Speaker.CLERK, Speaker.RESIDENT):
        desk.session.flip_speaker("u0001")
    free.set()
    desk.session.finish()
    assert counted(desk) == [("term", 0.6), ("fact", 1.0)]


def test_a_line_of_nobody_known_is_not_read_again_when_it_comes_to_the_resident() -> None:
    desk, analyzer = flipped(Speaker.RESIDENT)
    assert analyzer.read == [("u0001", False)]
    assert counted(desk) == [("term", 0.6), ("fact", 1.0)]


def test_a_line_that_was_flipped_when_the_program_was_cut_off_is_read_at_the_next_start() -> None:
    desk = Desk("家賃は六万円です")
    desk.run()
    earlier = [
        *desk.store.events("c1"),
        desk.store.append(
            "c1",
            SpeakerAssigned(utterance_id="u0001", speaker=Speaker.CLERK, by="clerk", reread=True),
            at=desk.store.events("c1")[-1].at,
            at_s=0.0,
            sound_s=0.0,
        ),
    ]
    journal = Journal("c1", desk.store, earlier)
    writer = TranscriptWriter(journal, Redactor(journal, NoSound()))
    analyzer = BySpeaker()
    understanding = Understanding(
        journal, writer, lambda: analyzer, lambda: Advisor(KNOWLEDGE), on_fault=no_fault
    )
    assert list(understanding.unread) == ["u0001"]
    understanding.end()
    understanding.run()
    assert analyzer.read == [("u0001", True)]
    assert not understanding.unread
