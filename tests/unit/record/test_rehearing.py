"""After a second recognition the record follows, and a settled line that cannot says so."""

from collections.abc import Sequence
from datetime import UTC, datetime

from consult_assist.domain.consultation import Consent, Started
from consult_assist.domain.events import Event
from consult_assist.domain.guidance import Fact, LedgerEntry, LedgerState, Match, Term
from consult_assist.domain.knowledge import Template, TemplateField
from consult_assist.domain.record import ConsultationRecord, FieldEdited, LineKind
from consult_assist.domain.speech import Revision, Speaker, Utterance
from consult_assist.record.builder import build_record
from consult_assist.record.edits import edit_from_text, text_from_field
from tests.nothing_known import NOTHING_KNOWN

KNOWLEDGE = NOTHING_KNOWN
TEMPLATE = Template(
    id="t",
    name="t",
    fields=tuple(TemplateField(name=name, label=name, fill=name) for name in ("hearing", "guidance")),
)
WRONG = "家賃が月五万円です。払えるんです。"
RIGHT = "家賃が月十五万円です。払えないんです。"
UNRELATED = "はい、わかりました。"


def started() -> Started:
    return Started(
        id="c",
        started_at=datetime(2026, 11, 22, tzinfo=UTC),
        operator="x",
        source="none",
        consent=Consent.RECORDED,
    )


def said(text: str = WRONG) -> Utterance:
    return Utterance(id="u1", channel=0, speaker=Speaker.RESIDENT, start_s=0, end_s=5, heard=text, text=text)


def rent(text: str, words: str, value: int, revision: int) -> Fact:
    start = text.index(words)
    return Fact(
        name="rent_monthly",
        value=value,
        utterance_id="u1",
        revision=revision,
        start_char=start,
        end_char=start + len(words),
    )


def cue(text: str, words: str, revision: int) -> Term:
    start = text.index(words)
    return Term(
        utterance_id="u1",
        revision=revision,
        start_char=start,
        end_char=start + len(words),
        name=words,
        programme="kakei",
        how=Match.CUE,
    )


BEFORE: list[Event] = [started(), said(), rent(WRONG, "五万円", 50_000, 0), cue(WRONG, "払え", 0)]


def again(text: str) -> Revision:
    return Revision(utterance_id="u1", revision=1, text=text, by="again")


def drafted(events: Sequence[Event]) -> ConsultationRecord:
    return build_record(events, template=TEMPLATE, knowledge=KNOWLEDGE)


def lines(events: Sequence[Event], field: str = "hearing") -> list[tuple[str, LineKind]]:
    record = drafted(events)
    return [(line.text, line.kind) for item in record.fields if item.name == field for line in item.lines]


def edited(events: Sequence[Event], text: str) -> FieldEdited:
    edit = edit_from_text(drafted(events).fields[0], text, by="clerk")
    assert edit is not None
    return edit


def test_a_fact_of_the_first_hearing_does_not_outlive_it_inside_other_words() -> None:
    assert ("家賃：月5万円", LineKind.CONDENSED) in lines(BEFORE)
    assert "五万円" in RIGHT
    assert all("家賃：" not in text for text, _ in lines([*BEFORE, again(RIGHT)]))
    found = rent(RIGHT, "十五万円", 150_000, 1)
    assert ("家賃：月15万円", LineKind.CONDENSED) in lines([*BEFORE, again(RIGHT), found])


def test_a_settled_quotation_moves_to_the_new_words_and_a_settled_fact_that_is_gone_says_so() -> None:
    settled = edited(BEFORE, f"{text_from_field(drafted(BEFORE).fields[0])}\n電話で確認")
    events = [*BEFORE, settled, again("家賃が月に四万円です。払えないんです。")]
    assert lines(events) == [
        ("家賃：月5万円（根拠の発言が変わりました）", LineKind.UNSUPPORTED),
        ("家賃が月に四万円。払えない", LineKind.CONDENSED),
        ("電話で確認", LineKind.CLERK),
    ]


def test_a_settled_quotation_of_which_too_little_is_left_says_so() -> None:
    settled = edited(BEFORE, f"{text_from_field(drafted(BEFORE).fields[0])}\n電話で確認")
    kinds = dict(lines([*BEFORE, settled, again(UNRELATED)]))
    assert kinds["家賃が月五万円。払える（根拠の発言が変わりました）"] is LineKind.UNSUPPORTED
    assert kinds["電話で確認"] is LineKind.CLERK


def test_a_marked_line_can_be_deleted_for_good() -> None:
    settled = edited(BEFORE, f"{text_from_field(drafted(BEFORE).fields[0])}\n電話で確認")
    events: list[Event] = [*BEFORE, settled, again(UNRELATED)]
    events.append(edited(events, "電話で確認"))
    assert lines(events) == [("電話で確認", LineKind.CLERK)]


def test_what_the_clerk_typed_stays_whatever_is_heard_again() -> None:
    typed = edited(BEFORE, "家賃は月5万円と話された")
    assert ("家賃は月5万円と話された", LineKind.CLERK) in lines([*BEFORE, typed, again(UNRELATED)])


def text_of(events: Sequence[Event]) -> str:
    return "\n".join(text for text, _ in lines(events))


def test_what_the_clerk_wrote_from_words_corrected_since_is_marked_until_it_is_written_anew() -> None:
    events: list[Event] = [started(), said(), rent(WRONG, "五万円", 50_000, 0)]
    events.append(edited(events, text_of(events).replace("家賃：月5万円", "家賃：月5万円くらい")))

    def overtaken(field: str = "hearing") -> list[str]:
        record = drafted(events)
        return [
            line.text for item in record.fields if item.name == field for line in item.lines if line.overtaken
        ]

    assert overtaken() == []
    events.append(Revision(utterance_id="u1", revision=1, text="家賃は七万円です", by="clerk"))
    assert overtaken() == ["家賃：月5万円くらい"]
    assert ("家賃：月5万円くらい", LineKind.CLERK) in lines(events)
    events.append(edited(events, f"{text_of(events)}\n窓口で確認"))
    assert overtaken() == ["家賃：月5万円くらい"]
    events.append(edited(events, text_of(events).replace("月5万円くらい", "月7万円")))
    assert overtaken() == []


def test_a_programme_that_was_only_misheard_leaves_the_ledger_unless_the_clerk_spoke() -> None:
    def entry(by: str) -> LedgerEntry:
        return LedgerEntry(
            programme="kakei",
            state=LedgerState.UNTOLD,
            utterance_id="u1" if by == "program" else None,
            by="program" if by == "program" else "clerk",
        )

    events = [*BEFORE, entry("program")]
    assert lines(events, "guidance") == [("kakei：未説明", LineKind.CONDENSED)]
    assert lines([*events, again(UNRELATED)], "guidance") == []
    assert lines([*events, entry("clerk"), again(UNRELATED)], "guidance") == [
        ("kakei：未説明", LineKind.CONDENSED)
    ]
