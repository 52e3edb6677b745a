"""Facts in the fields of a form, and what becomes of everything when the form is switched."""

from collections.abc import Sequence
from dataclasses import replace

from consult_assist.domain.events import Event
from consult_assist.domain.guidance import Alert, Fact, LedgerEntry, LedgerState, Match, Term
from consult_assist.domain.knowledge import Template, TemplateField
from consult_assist.domain.record import ConsultationRecord, FieldEdited, LineKind, RecordLine
from consult_assist.domain.speech import Revision, Speaker, Utterance
from consult_assist.record.builder import build_record
from consult_assist.record.edits import edit_from_text
from tests.nothing_known import NOTHING_KNOWN
from tests.unit.record.talk import fact, said

PLAIN = Template(
    id="plain",
    name="窓口標準",
    fields=(
        TemplateField(name="hearing", label="聴取内容", fill="hearing"),
        TemplateField(name="memo", label="覚え書き"),
    ),
)
DETAILED = Template(
    id="detailed",
    name="細かい様式",
    fields=(
        TemplateField(name="housing", label="住まい", facts=("rent_monthly",)),
        TemplateField(name="income", label="収入", facts=("income_monthly",)),
        TemplateField(
            name="intent", label="申請の意思", fill="intent", type="choice", choices=("あり", "なし")
        ),
        TemplateField(name="danger", label="急迫", fill="danger"),
        TemplateField(name="opinion", label="所見"),
    ),
)
KNOWLEDGE = replace(NOTHING_KNOWN, templates={form.id: form for form in (PLAIN, DETAILED)})
Lines = list[tuple[str, tuple[str, ...]]]


def drafted(events: Sequence[Event], form: Template) -> ConsultationRecord:
    return build_record(events, template=form, knowledge=KNOWLEDGE)


def lines(events: Sequence[Event], form: Template, name: str) -> Lines:
    field = next((item for item in drafted(events, form).fields if item.name == name), None)
    return [(line.text, line.utterance_ids) for line in field.lines] if field else []


def edited(events: Sequence[Event], form: Template, name: str, text: str) -> FieldEdited:
    current = next(item for item in drafted(events, form).fields if item.name == name)
    edit = edit_from_text(current, text, by="佐藤")
    assert edit is not None
    return edit


RENT = said(1, "家賃が6万円くらいです。")
DEBT = said(2, "借金が30万円あります。")
HEARD: list[Event] = [
    RENT,
    fact(RENT, "rent_monthly", 60_000, "6万円"),
    DEBT,
    fact(DEBT, "debt", 300_000, "30万円"),
]


def test_a_fact_stands_in_the_field_that_names_it_with_its_utterance() -> None:
    assert lines(HEARD, DETAILED, "housing") == [("家賃：月6万円くらい", ("u1",))]


def test_a_fact_without_a_field_is_kept_below_the_form() -> None:
    assert lines(HEARD, DETAILED, "hearing") == [("借金：30万円", ("u2",))]
    assert drafted(HEARD, DETAILED).fields[-1].label == "聴取内容（この様式にない欄）"


def test_an_amount_of_somebody_else_says_whose_it_is() -> None:
    mothers = said(3, "母の年金は月7万円です。")
    events: list[Event] = [mothers, fact(mothers, "income_monthly", 70_000, "月7万円")]

    assert lines(events, DETAILED, "income") == [("収入：月7万円（母の年金）", ("u3",))]


def test_what_nobody_asked_is_said_so_and_an_answer_not_understood_is_quoted() -> None:
    assert lines([], DETAILED, "housing") == [("未聴取", ())]
    asked = said(1, "家賃はおいくらですか。", Speaker.CLERK)
    assert lines([asked], DETAILED, "housing") == []
    answered = said(2, "予慢発生年になります。")
    assert lines([asked, answered], DETAILED, "housing") == [("「予慢発生年になります」", ("u2",))]


def test_the_wish_to_apply_is_quoted_and_never_chosen() -> None:
    events = [said(1, "生活保護は受けたくないんです。"), said(2, "申請したいです。")]

    intent = lines(events, DETAILED, "intent")

    assert intent == [("「生活保護は受けたくないんです」", ("u1",)), ("「申請したいです」", ("u2",))]
    assert lines([said(1, "困っています。")], DETAILED, "intent") == [("未聴取", ())]


def test_danger_words_stand_as_said_and_the_opinion_is_the_clerk_s() -> None:
    events: list[Event] = [said(1, "もう死にたいんです。"), Alert(protocol="suicide", utterance_id="u1")]

    assert lines(events, DETAILED, "danger") == [("「もう死にたいんです」", ("u1",))]
    assert lines(events, DETAILED, "opinion") == []


def test_what_the_clerk_typed_goes_with_the_record_into_every_form_and_back() -> None:
    note = edited(HEARD, PLAIN, "memo", "落ち着いて話された")
    corrected = edited(HEARD, PLAIN, "hearing", "家賃：月6万5千円\n借金：30万円")
    events = [*HEARD, note, corrected]

    assert lines(events, DETAILED, "memo") == [("落ち着いて話された", ())]
    assert lines(events, DETAILED, "hearing") == [("家賃：月6万5千円", ("u1",)), ("借金：30万円", ("u2",))]
    assert lines(events, DETAILED, "housing") == []  # the value that was corrected does not come back
    assert lines(events, PLAIN, "hearing") == [("家賃：月6万5千円", ("u1",)), ("借金：30万円", ("u2",))]


def test_a_line_below_the_form_can_be_edited_there() -> None:
    events = [*HEARD, edited(HEARD, DETAILED, "hearing", "借金：35万円")]

    assert lines(events, DETAILED, "hearing") == [("借金：35万円", ("u2",))]
    assert lines(events, DETAILED, "housing") == [("家賃：月6万円くらい", ("u1",))]


def test_a_correction_of_the_words_reaches_the_field_in_every_form() -> None:
    events = [
        *HEARD,
        Revision(utterance_id="u1", revision=1, text="家賃が7万円です。", by="clerk"),
        Fact(name="rent_monthly", value=70_000, utterance_id="u1", revision=1, start_char=3, end_char=6),
    ]

    for form, name in ((DETAILED, "housing"), (PLAIN, "hearing")):
        assert ("家賃：月7万円", ("u1",)) in lines(events, form, name)


def test_a_sentence_that_broke_off_is_put_together_with_its_utterances() -> None:
    form = Template(id="r", name="r", fields=(TemplateField(name="r", label="対応", fill="response"),))
    first = said(1, "支援センターに。", Speaker.CLERK)
    second = Utterance(
        id="u2",
        channel=0,
        speaker=Speaker.CLERK,
        start_s=first.end_s + 0.5,
        end_s=first.end_s + 2,
        heard="",
        text="おつなぎします。",
    )

    record = build_record([first, second], template=form, knowledge=KNOWLEDGE)

    assert record.fields[0].lines == (
        RecordLine(text="支援センターにつなぐ", kind=LineKind.CONDENSED, utterance_ids=("u2", "u1")),
    )


def test_a_sentence_in_which_another_goes_on_does_not_stand_a_second_time() -> None:
    def piece(number: int, text: str) -> Utterance:
        return replace(said(number, text), start_s=number * 2.0, end_s=number * 2.0 + 1.5)

    def cue(utterance: Utterance) -> Term:
        return Term(
            utterance_id=utterance.id,
            revision=0,
            start_char=0,
            end_char=len(utterance.text),
            name="新しい住所",
            programme="dv-shien-sochi",
            how=Match.CUE,
            confidence=0.5,
        )

    parts = [
        piece(1, "どうしても住民票から"),
        piece(2, "新しい住所が"),
        piece(3, "知られてしまいませんか。"),
        piece(4, "夜も眠れません。"),
    ]
    drafted_lines = lines([*parts, *(cue(part) for part in parts)], PLAIN, "hearing")

    assert drafted_lines == [
        ("どうしても住民票から、新しい住所が、知られてしまいませんか", ("u1", "u2", "u3")),
        ("夜も眠れない", ("u4",)),
    ]


def test_what_was_explained_comes_first_then_what_is_left() -> None:
    form = Template(id="f", name="f", fields=(TemplateField(name="g", label="制度の案内", fill="guidance"),))
    states = {"a": LedgerState.UNTOLD, "b": LedgerState.CHECK, "c": LedgerState.TOLD, "d": LedgerState.UNTOLD}
    entries = [
        LedgerEntry(programme=item, state=state, utterance_id=None, by="program")
        for item, state in states.items()
    ]
    assert [text for text, _ in lines(entries, form, "g")] == [
        "c：説明済",
        "b：要確認",
        "a：未説明",
        "d：未説明",
    ]
