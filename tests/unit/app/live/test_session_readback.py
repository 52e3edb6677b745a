"""Decisions about the read-back list: kept as events, and everything that rests on the words follows."""

from collections.abc import Sequence

import pytest

from consult_assist.app.journal import Journal
from consult_assist.app.live.redaction import Redactor
from consult_assist.app.live.transcript_writer import TranscriptWriter
from consult_assist.domain.codec import fields_from_event
from consult_assist.domain.consultation import Finished
from consult_assist.domain.guidance import Fact, Term
from consult_assist.domain.record import ReadbackDecided, ReadbackItem, ReadbackState
from consult_assist.domain.speech import Revision, Utterance
from consult_assist.domain.transcript import Transcript
from consult_assist.errors import TranscriptChangedError
from consult_assist.storage.memory import MemoryStore
from tests.contract.test_store import started
from tests.unit.app.live.desk import Desk
from tests.unit.app.no_sound import NoSound


def item_of(desk: Desk) -> ReadbackItem:
    return next(item for item in desk.session.record().readback if item.kind == "money")


def test_a_correction_replaces_exactly_its_words_and_is_understood_anew() -> None:
    desk = Desk("家賃は六万円です、はい")
    desk.run()
    desk.session.decide_readback(item_of(desk), ReadbackState.CORRECTED, "七万円")
    desk.session.finish()
    kept = [stamped.event for stamped in desk.store.events("c1")]
    (line,) = Transcript(kept)
    assert (line.text, line.revision) == ("七万円", 1)  # the scripted fact rests on the whole line
    assert [event.revision for event in kept if isinstance(event, Fact)] == [0, 1]
    assert isinstance(kept[-1], Finished)


def test_decisions_come_back_from_the_store() -> None:
    desk = Desk("家賃は六万円です")
    desk.run()
    desk.session.decide_readback(item_of(desk), ReadbackState.CONFIRMED)
    desk.session.finish()
    assert item_of(desk).state is ReadbackState.CONFIRMED
    assert [
        stamped.event.state
        for stamped in desk.store.events("c1")
        if isinstance(stamped.event, ReadbackDecided)
    ] == [ReadbackState.CONFIRMED]


def test_the_record_event_says_what_became_of_each_item() -> None:
    desk = Desk("家賃は六万円です")
    desk.run()
    desk.session.decide_readback(item_of(desk), ReadbackState.DROPPED)
    (item,) = fields_from_event(desk.session.finish())["readback"]
    assert (item["kind"], item["value"], item["utterance_id"], item["state"]) == (
        "money",
        60_000,
        "u0001",
        "dropped",
    )


def writer_of(text: str) -> tuple[TranscriptWriter, Journal]:
    journal = Journal("c1", MemoryStore())
    journal.emit(started("c1"))
    writer = TranscriptWriter(journal, Redactor(journal, NoSound()))
    writer.take(Utterance(id="u1", channel=0, speaker=None, start_s=0.0, end_s=1.0, heard=text, text=text))
    return writer, journal


def money(words: str, text: str, revision: int = 0) -> ReadbackItem:
    start = text.index(words)
    return ReadbackItem(
        kind="money",
        value=60_000,
        text=text,
        utterance_id="u1",
        revision=revision,
        start_char=start,
        end_char=start + len(words),
    )


def test_a_personal_number_typed_as_a_correction_is_covered() -> None:
    text = "家賃は六万円です"
    writer, journal = writer_of(text)
    writer.decide(money("六万円", text), ReadbackState.CORRECTED, "1234 5678 9012")
    kept = "".join(str(vars_of) for vars_of in map(_words, journal.events()))
    assert "5678" not in kept
    assert "〓" in kept


def _words(event: object) -> Sequence[object]:
    return [getattr(event, name, None) for name in ("text", "words")]


def test_nothing_is_replaced_in_a_text_that_changed_meanwhile() -> None:
    text = "家賃は六万円です"
    writer, _ = writer_of(text)
    writer.note(Revision(utterance_id="u1", revision=1, text=f"あの、{text}", by="terms"))
    with pytest.raises(TranscriptChangedError):
        writer.decide(money("六万円", text), ReadbackState.CORRECTED, "七万円")
    line = writer.transcript.get("u1")
    assert line is not None
    assert line.text == f"あの、{text}"


def test_the_program_does_not_rewrite_what_the_clerk_typed() -> None:
    text = "家賃は六万円です"
    writer, _ = writer_of(text)
    writer.decide(money("六万円", text), ReadbackState.CORRECTED, "七万円")
    line = writer.transcript.get("u1")
    assert line is not None
    found: list[Revision | Term | Fact] = [
        Revision(utterance_id="u1", revision=2, text="ああ家賃は七万円です", by="terms"),
        Fact(name="rent_monthly", value=70_000, utterance_id="u1", revision=2, start_char=5, end_char=8),
    ]
    (fact,) = writer.as_typed(line, found)
    assert isinstance(fact, Fact)
    assert (fact.revision, line.text[fact.start_char : fact.end_char]) == (1, "七万円")


def test_a_line_that_the_clerk_puts_right_is_understood_anew() -> None:
    desk = Desk("家賃は六万円です")
    desk.run()
    desk.session.correct_line("u0001", 0, "家賃は七万円です")
    with pytest.raises(TranscriptChangedError):
        desk.session.correct_line("u0001", 0, "家賃は八万円です")
    desk.session.finish()
    kept = [stamped.event for stamped in desk.store.events("c1")]
    (line,) = Transcript(kept)
    assert (line.text, line.heard, line.revision) == ("家賃は七万円です", "家賃は六万円です", 1)
    assert [event.revision for event in kept if isinstance(event, Fact)] == [0, 1]


def test_what_was_saved_during_the_talk_is_taken_back_and_brought_back() -> None:
    desk = Desk("家賃は六万円です")
    desk.run()

    def memo() -> list[str]:
        fields = desk.session.record().fields
        return [line.text for item in fields if item.name == "memo" for line in item.lines]

    desk.session.edit_field("memo", "落ち着いて話された")
    assert desk.session.step_edit("memo", forward=False)
    assert memo() == []
    assert not desk.session.step_edit("memo", forward=False)
    assert desk.session.step_edit("memo", forward=True)
    assert memo() == ["落ち着いて話された"]
