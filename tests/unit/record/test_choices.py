"""Choices of a field: on top, what was said below; only a person answers."""

from dataclasses import replace

from consult_assist.domain.knowledge import Template, TemplateField
from consult_assist.domain.record import ConsultationRecord, LineKind, RecordField, RecordLine
from consult_assist.record.choices import chosen_in, is_answered, with_choices
from consult_assist.record.signing import obstacles

WISH = TemplateField(name="intent", label="申請の意思", type="choice", choices=("あり", "なし", "保留"))
SAID = "「申請したいです」"


def test_what_was_said_is_no_choice_and_stays_below_it() -> None:
    assert chosen_in(WISH, SAID) == ()
    chosen = with_choices(WISH, SAID, ("あり",))
    assert chosen == f"あり\n{SAID}"
    assert chosen_in(WISH, chosen) == ("あり",)
    assert with_choices(WISH, chosen, ("保留",)) == f"保留\n{SAID}"
    assert with_choices(WISH, chosen, ()) == SAID


def test_several_choices_stand_in_the_order_of_the_form() -> None:
    assert with_choices(WISH, "保留\n様子を見る", ("なし", "あり")) == "あり\nなし\n様子を見る"


def test_only_a_person_answers_a_field_with_choices() -> None:
    said = RecordLine(text=SAID, kind=LineKind.QUOTED, utterance_ids=("u1",))
    typed = RecordLine(text="あり", kind=LineKind.CLERK)
    assert not is_answered(WISH, [said])
    assert is_answered(WISH, [typed, said])
    assert is_answered(TemplateField(name="memo", label="所見"), [said])
    assert not is_answered(
        TemplateField(name="memo", label="所見"), [RecordLine(text="未聴取", kind=LineKind.NOT_ASKED)]
    )


def test_a_required_choice_is_not_handed_in_for_what_was_said() -> None:
    form = Template(id="t", name="票", fields=(replace(WISH, required=True),))
    said = RecordLine(text=SAID, kind=LineKind.QUOTED, utterance_ids=("u1",))
    typed = RecordLine(text="あり", kind=LineKind.CLERK)

    def found(*lines: RecordLine) -> list[str]:
        item = RecordField(name="intent", label="申請の意思", lines=lines)
        return [item.label for item in obstacles(ConsultationRecord(template="t", fields=(item,)), form)]

    assert found(said) == ["申請の意思"]
    assert found(typed, said) == []
