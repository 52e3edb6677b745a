"""Undo and redo from the events alone: as if an edit had never been made, after a restart too."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from consult_assist.domain.events import Event, StampedEvent
from consult_assist.domain.guidance import Fact
from consult_assist.domain.knowledge import Template, TemplateField
from consult_assist.domain.record import ConsultationRecord, FieldEdited, LineKind
from consult_assist.domain.speech import Revision, Speaker, Utterance
from consult_assist.record.builder import build_record
from consult_assist.record.undoing import stepping_edit, typed_edit
from tests.nothing_known import NOTHING_KNOWN

NOON = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
FORM = Template(
    id="t",
    name="票",
    fields=(
        TemplateField(name="rent", label="家賃", facts=("rent_monthly",)),
        TemplateField(name="memo", label="所見"),
    ),
)
KNOWLEDGE = replace(NOTHING_KNOWN, templates={"t": FORM})
SAID = "家賃は六万円です"
RENT = Fact(name="rent_monthly", value=60_000, utterance_id="u1", revision=0, start_char=3, end_char=6)


def draft(events: Sequence[Event]) -> ConsultationRecord:
    return build_record(events, template=FORM, knowledge=KNOWLEDGE)


class Editing:
    """A record and a clock; every restart reads nothing but the events."""

    def __init__(self) -> None:
        self.at = NOON
        self.stamped: list[StampedEvent] = []
        self.happen(
            Utterance(
                id="u1", channel=0, speaker=Speaker.RESIDENT, start_s=0.0, end_s=2.0, heard=SAID, text=SAID
            )
        )
        self.happen(RENT)

    def happen(self, event: Event) -> None:
        self.stamped.append(StampedEvent(event=event, at=self.at, at_s=0.0, sound_s=0.0))

    def type(self, field: str, text: str, after_s: float = 60.0, by: str = "佐藤") -> FieldEdited | None:
        self.at += timedelta(seconds=after_s)
        edit = typed_edit(self.stamped, draft, field, text, by=by)
        if edit is not None:
            self.happen(edit)
        return edit

    def step(self, field: str, *, forward: bool = False) -> bool:
        self.at += timedelta(seconds=60)
        edit = stepping_edit(self.stamped, draft, field, forward=forward, by="鈴木")
        if edit is not None:
            self.happen(edit)
        return edit is not None

    def lines(self, field: str) -> list[tuple[str, LineKind]]:
        record = draft([item.event for item in self.stamped])
        return [(line.text, line.kind) for item in record.fields if item.name == field for line in item.lines]

    def text(self, field: str) -> str:
        return "\n".join(text for text, kind in self.lines(field) if kind is not LineKind.NOT_ASKED)


def test_back_and_forth_through_all_that_was_typed() -> None:
    record = Editing()
    for text in ("甲", "甲\n乙", "丙"):
        record.type("memo", text)
    seen = []
    while record.step("memo"):
        seen.append(record.text("memo"))
    assert seen == ["甲\n乙", "甲", ""]
    while record.step("memo", forward=True):
        seen.append(record.text("memo"))
    assert seen[3:] == ["甲", "甲\n乙", "丙"]


def test_what_was_deleted_comes_back_as_the_program_drafts_it() -> None:
    record = Editing()
    before = record.lines("rent")
    assert before[0][1] is LineKind.CONDENSED
    record.type("rent", "家賃：月7万円（本人に確認）")
    assert record.lines("rent") == [("家賃：月7万円（本人に確認）", LineKind.CLERK)]
    assert record.step("rent")
    assert record.lines("rent") == before


def test_a_field_nobody_asked_about_says_so_again() -> None:
    record = Editing()
    record.stamped.clear()
    assert record.lines("rent") == [("未聴取", LineKind.NOT_ASKED)]
    record.type("rent", "月6万円")
    record.step("rent")
    assert record.lines("rent") == [("未聴取", LineKind.NOT_ASKED)]


def test_what_was_typed_in_one_go_goes_in_one_go() -> None:
    record = Editing()
    record.type("memo", "落")
    record.type("memo", "落ち着", after_s=1)
    record.type("memo", "落ち着いている", after_s=2)
    record.type("memo", "落ち着いている\n泣く", after_s=2, by="鈴木")
    record.step("memo")
    assert record.text("memo") == "落ち着いている"
    record.step("memo")
    assert record.text("memo") == ""
    record.step("memo", forward=True)
    assert record.text("memo") == "落ち着いている"


def test_undoing_in_the_editor_is_the_same_as_undoing_what_was_saved() -> None:
    record = Editing()
    record.type("memo", "甲")
    record.type("memo", "乙")
    undone = record.type("memo", "甲")
    assert undone is not None
    assert undone.undoes == 1
    again = record.type("memo", "乙")
    assert again is not None
    assert again.redoes == 1
    record.step("memo")
    assert record.text("memo") == "甲"
    record.step("memo")
    assert record.text("memo") == ""
    assert not record.step("memo")


def test_what_is_typed_stands_though_something_else_was_heard_since() -> None:
    record = Editing()
    record.type("rent", "家賃：月5万円")
    record.happen(Revision(utterance_id="u1", revision=1, text="家賃は七万円です", by="again"))
    record.happen(replace(RENT, value=70_000, revision=1))
    record.type("rent", "家賃：月6万円")
    assert record.lines("rent") == [("家賃：月6万円", LineKind.CLERK)]


def test_after_something_new_was_typed_there_is_nothing_to_bring_back() -> None:
    record = Editing()
    record.type("memo", "甲")
    record.type("memo", "乙")
    record.step("memo")
    record.type("memo", "丙")
    assert not record.step("memo", forward=True)
    record.step("memo")
    assert record.text("memo") == "甲"


def test_an_edit_of_another_field_is_left_alone() -> None:
    record = Editing()
    record.type("memo", "甲")
    record.type("rent", "月6万円")
    record.step("memo")
    assert record.text("memo") == ""
    assert record.text("rent") == "月6万円"
