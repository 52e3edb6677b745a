"""What a record must hold before it is handed in, and what becomes of it in review."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from consult_assist.domain.consultation import Redacted
from consult_assist.domain.events import Event, StampedEvent
from consult_assist.domain.guidance import LedgerState
from consult_assist.domain.knowledge import Template, TemplateField
from consult_assist.domain.record import (
    ConsultationRecord,
    LedgerLine,
    LineKind,
    ReadbackItem,
    ReadbackState,
    RecordField,
    RecordLine,
)
from consult_assist.domain.review import (
    Amended,
    Approved,
    Commented,
    Returned,
    ReviewState,
    Submitted,
    TakenBack,
    state_after,
)
from consult_assist.errors import SignOffError
from consult_assist.record.signing import obstacles, refusal, refuse_change, remarks, review_from
from consult_assist.record.wording import ERASED_BY_WITHDRAWAL

NOON = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
FORM = Template(
    id="t",
    name="様式",
    fields=(
        TemplateField(name="contact", label="連絡してよい方法", required=True),
        TemplateField(name="heard", label="聴取内容"),
    ),
)
STEPS = ("係長", "課長")


def record(contact: tuple[RecordLine, ...], *heard: RecordLine) -> ConsultationRecord:
    return ConsultationRecord(
        template="t",
        fields=(
            RecordField(name="contact", label="連絡してよい方法", lines=contact),
            RecordField(name="heard", label="聴取内容", lines=heard),
        ),
    )


def line(text: str, kind: LineKind = LineKind.CLERK) -> RecordLine:
    return RecordLine(text=text, kind=kind)


def stamped(*events: Event) -> Iterator[StampedEvent]:
    for minutes, event in enumerate(events):
        yield StampedEvent(event=event, at=NOON + timedelta(minutes=minutes), at_s=0.0, sound_s=0.0)


@pytest.mark.parametrize("contact", [(), (line("未聴取", LineKind.NOT_ASKED),), (line("  "),)])
def test_a_required_field_without_an_answer_holds_the_record_back(contact: tuple[RecordLine, ...]) -> None:
    (found,) = obstacles(record(contact), FORM)
    assert (found.field, found.place) == ("contact", None)
    assert "必ず書く欄（連絡してよい方法）が空です" in refusal([found])


def test_a_line_without_evidence_and_writer_holds_the_record_back() -> None:
    heard = (line("家賃：月6万円", LineKind.CONDENSED), line("収入：月9万円", LineKind.UNSUPPORTED))
    (found,) = obstacles(record((line("電話は夜"),), *heard), FORM)
    assert (found.field, found.place, found.line) == ("heard", 1, "収入：月9万円")
    assert "根拠のない行（聴取内容）があります" in refusal([found])
    assert "9万円" not in refusal([found]) + repr(found)


def test_a_line_that_only_says_that_words_were_erased_states_nothing() -> None:
    erased = line(ERASED_BY_WITHDRAWAL, LineKind.UNSUPPORTED)
    assert obstacles(record((erased,), erased), FORM) == ()


def test_a_form_that_the_office_no_longer_has_requires_nothing() -> None:
    assert obstacles(record(()), None) == ()


def test_what_is_left_open_is_remarked() -> None:
    ledger = [
        LedgerLine(programme=state.value, state=state, utterance_ids=())
        for state in (LedgerState.UNTOLD, LedgerState.CHECK, LedgerState.TOLD)
    ]
    readback = [
        ReadbackItem(kind="money", value=1, text="", utterance_id="u1", state=state)
        for state in (ReadbackState.OPEN, ReadbackState.OPEN, ReadbackState.CONFIRMED)
    ]
    left = ConsultationRecord(template="t", fields=(), readback=tuple(readback), ledger=tuple(ledger))
    assert remarks(left) == ("未説明の制度 1 件", "要確認の制度 1 件", "確かめていない復唱 2 件")


def test_every_step_approves_before_the_record_is_approved() -> None:
    written = record((line("電話は夜"),))
    half: list[Event] = [
        written,
        Submitted(by="佐藤", steps=STEPS),
        Approved(by="鈴木", step="係長", final=False),
    ]
    review = review_from(stamped(*half))
    assert (review.state, review.step, review.locked) == (ReviewState.SUBMITTED, "課長", True)
    review = review_from(stamped(*half, Approved(by="田中", step="課長", final=True)))
    assert (review.state, review.step, review.locked) == (ReviewState.APPROVED, None, True)
    assert [(act.step, act.by) for act in review.versions[0].acts] == [("係長", "鈴木"), ("課長", "田中")]
    assert review.versions[0].record == review.record == written


def test_a_returned_record_carries_its_comments_until_it_is_handed_in_again() -> None:
    about_line = Commented(by="鈴木", field="heard", line="家賃", place=0, text="何月分かを書く")
    events: list[Event] = [
        record(()),
        Submitted(by="佐藤", steps=STEPS),
        Commented(by="鈴木", field="heard", line="家賃", place=0, text="書き直す"),
        about_line,
        Commented(by="鈴木", field="contact", text="これでよい"),
        Commented(by="鈴木", field="contact", text=""),
        Commented(by="鈴木", text="急ぎ"),
        Returned(by="鈴木", step="係長"),
    ]
    review = review_from(stamped(*events))
    assert (review.state, review.locked, review.record) == (ReviewState.RETURNED, False, None)
    assert [item.text for item in review.comments] == ["何月分かを書く", "急ぎ"]
    assert review.returned is not None
    assert (review.returned.by, review.returned.at) == ("鈴木", NOON + timedelta(minutes=7))
    again = review_from(stamped(*events, record(()), Submitted(by="佐藤", steps=STEPS)))
    assert (again.comments, again.returned, again.step) == ((), None, "係長")


def test_an_amendment_leaves_the_approved_version_readable() -> None:
    first, second = record((line("電話は夜"),)), record((line("電話は朝"),))
    events: list[Event] = [
        first,
        Submitted(by="佐藤", steps=("決裁",)),
        Approved(by="田中", step="決裁", final=True),
        Amended(by="佐藤", reason="書き誤り"),
    ]
    review = review_from(stamped(*events))
    assert (review.state, review.reason, review.record) == (ReviewState.AMENDED, "書き誤り", None)
    assert [version.record for version in review.versions] == [first]
    events += [second, Submitted(by="佐藤", steps=("決裁",)), Approved(by="田中", step="決裁", final=True)]
    assert [version.record for version in review_from(stamped(*events)).versions] == [first, second]


_HANDED_IN = Submitted(by="佐藤", steps=STEPS)
_FIRST, _LAST = Approved(by="鈴木", step="係長", final=False), Approved(by="田中", step="課長", final=True)
_AMENDED = Amended(by="佐藤", reason="書き誤り")


@pytest.mark.parametrize(
    ("counts", "late", "state"),
    [
        ((_FIRST,), Approved(by="高橋", step="係長", final=False), ReviewState.SUBMITTED),
        ((_FIRST, TakenBack(by="佐藤")), _LAST, ReviewState.DRAFT),
        ((Returned(by="鈴木", step="係長"),), _FIRST, ReviewState.RETURNED),
        ((Returned(by="鈴木", step="係長"),), TakenBack(by="佐藤"), ReviewState.RETURNED),
        ((_FIRST, _LAST), _LAST, ReviewState.APPROVED),
        ((_FIRST, _LAST), TakenBack(by="佐藤"), ReviewState.APPROVED),
        ((_FIRST, _LAST), Returned(by="田中", step="課長"), ReviewState.APPROVED),
        ((_FIRST, _LAST, _AMENDED, _HANDED_IN), _AMENDED, ReviewState.SUBMITTED),
    ],
)
def test_of_two_decisions_made_at_the_same_moment_the_first_one_counts(
    counts: tuple[Event, ...], late: Event, state: ReviewState
) -> None:
    events = (record(()), _HANDED_IN, *counts)
    before, after = review_from(stamped(*events)), review_from(stamped(*events, late))
    assert after == before
    listed = ReviewState.DRAFT
    for event in (*events, late):
        listed = state_after(listed, event)
    assert (after.state, listed) == (state, state)


def test_taking_back_does_not_forget_that_it_was_approved_once() -> None:
    for amending, state in ((False, ReviewState.DRAFT), (True, ReviewState.AMENDED)):
        events = (record(()), Submitted(by="佐藤", steps=STEPS), TakenBack(by="佐藤", amending=amending))
        assert review_from(stamped(*events)).state is state


def test_nothing_decided_about_erased_words_stands() -> None:
    events = (
        record(()),
        Submitted(by="佐藤", steps=("決裁",)),
        Approved(by="田中", step="決裁", final=True),
        Redacted(positions=(1,), recordings=(), reason="consent_withdrawn"),
    )
    review = review_from(stamped(*events))
    assert (review.state, review.versions) == (ReviewState.DRAFT, ())


@pytest.mark.parametrize(
    ("state", "way"), [(ReviewState.SUBMITTED, "取り下げる"), (ReviewState.APPROVED, "訂正")]
)
def test_a_record_that_waits_or_is_approved_is_not_written_into(state: ReviewState, way: str) -> None:
    with pytest.raises(SignOffError, match=way):
        refuse_change(state)
    for open_state in set(ReviewState) - {ReviewState.SUBMITTED, ReviewState.APPROVED}:
        refuse_change(open_state)
