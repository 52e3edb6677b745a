"""A record on its way to the decision: handed in, returned with comments, approved, amended."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from consult_assist.app.journal import Journal
from consult_assist.app.records import documents, reviewing
from consult_assist.app.records.rehearing import Rehearing, keep_rehearing
from consult_assist.app.settings import Settings
from consult_assist.app.wiring import build_workplace
from consult_assist.app.workplace import Workplace
from consult_assist.cli import run_command
from consult_assist.cli.parser import build_parser
from consult_assist.domain.consultation import Consent, ConsultationState, Finished, Started
from consult_assist.domain.guidance import Alert, LedgerEntry, LedgerState
from consult_assist.domain.review import ReviewState
from consult_assist.errors import SignOffError


@pytest.fixture
def workplace(tmp_path: Path) -> Workplace:
    return build_workplace(Settings(data_folder=tmp_path, review_steps=("係長", "課長")))


def hold(
    workplace: Workplace, consultation_id: str, *, hour: int = 1, danger: bool = False, n_open: int = 0
) -> None:
    """Leave a finished consultation in the store."""
    journal = Journal(consultation_id, workplace.store)
    journal.keep(
        Started(
            id=consultation_id,
            started_at=datetime(2026, 11, 22, hour, 0, tzinfo=UTC),
            operator="佐藤",
            source="none",
            consent=Consent.HANDWRITTEN,
        )
    )
    if danger:
        journal.keep(Alert(protocol="dv", utterance_id="u1"))
    for programme in list(workplace.knowledge.programmes)[:n_open]:
        journal.keep(LedgerEntry(programme=programme, state=LedgerState.CHECK, utterance_id=None, by="clerk"))
    journal.keep(Finished(duration_s=1.0))
    documents.edit_record_field(workplace, consultation_id, "opinion", "落ち着いている", by="佐藤")


def state_in_list(workplace: Workplace, consultation_id: str) -> ReviewState:
    return next(item.review for item in workplace.store.summaries() if item.id == consultation_id)


def test_from_draft_to_decision_with_a_return_between(workplace: Workplace) -> None:
    hold(workplace, "a")
    assert state_in_list(workplace, "a") is ReviewState.DRAFT
    document = reviewing.submit_record(workplace, "a", by="佐藤")
    assert (document.review.step, document.summary.state) == ("係長", ConsultationState.CLOSED)
    assert state_in_list(workplace, "a") is ReviewState.SUBMITTED
    with pytest.raises(SignOffError, match="取り下げる"):
        documents.edit_record_field(workplace, "a", "opinion", "書き足す", by="佐藤")
    with pytest.raises(SignOffError, match="もう提出されています"):
        reviewing.submit_record(workplace, "a", by="佐藤")
    with pytest.raises(SignOffError, match="この記録は提出済です"):
        reviewing.amend_record(workplace, "a", "電話番号の誤り", by="佐藤")

    with pytest.raises(SignOffError, match="理由"):
        reviewing.return_record(workplace, "a", " ", by="鈴木")
    place = next(number for number, line in enumerate(document.record.fields[3].lines) if line.text)
    reviewing.comment_record(workplace, "a", "根拠を書く", by="鈴木", field="opinion", place=place)
    document = reviewing.return_record(workplace, "a", "", by="鈴木")
    (comment,) = document.review.comments
    assert (comment.line, comment.text, comment.by) == ("落ち着いている", "根拠を書く", "鈴木")
    assert state_in_list(workplace, "a") is ReviewState.RETURNED

    documents.edit_record_field(workplace, "a", "opinion", "終始落ち着いて話していた", by="佐藤")
    reviewing.submit_record(workplace, "a", by="佐藤")
    assert reviewing.approve_record(workplace, "a", by="鈴木").review.step == "課長"
    document = reviewing.approve_record(workplace, "a", by="田中")
    assert document.summary.review is ReviewState.APPROVED
    with pytest.raises(SignOffError, match="この記録は決裁済です"):
        reviewing.approve_record(workplace, "a", by="田中")
    assert workplace.store.verify() == []


def test_nobody_decides_about_a_record_that_is_no_more_as_it_was_read(workplace: Workplace) -> None:
    """Two windows, or two PCs on one database: what one shows the other may have decided about since."""
    hold(workplace, "a")
    read = reviewing.submit_record(workplace, "a", by="佐藤").review
    reviewing.comment_record(workplace, "a", "よく書けています", by="鈴木")
    reviewing.approve_record(workplace, "a", by="鈴木", seen=read)
    with pytest.raises(SignOffError, match="開き直して"):  # would stand as the approval of the next step
        reviewing.approve_record(workplace, "a", by="高橋", seen=read)

    read = documents.open_record(workplace, "a").review
    reviewing.take_back_record(workplace, "a", by="佐藤")
    documents.edit_record_field(workplace, "a", "opinion", "疲れている", by="佐藤")
    reviewing.submit_record(workplace, "a", by="佐藤")
    with pytest.raises(SignOffError, match="開き直して"):  # nobody has read what is handed in now
        reviewing.approve_record(workplace, "a", by="鈴木", seen=read)
    with pytest.raises(SignOffError, match="開き直して"):
        reviewing.return_record(workplace, "a", "理由", by="鈴木", seen=read)
    with pytest.raises(SignOffError, match="開き直して"):
        reviewing.comment_record(workplace, "a", "根拠を書く", by="鈴木", field="opinion", place=0, seen=read)


def test_after_the_decision_only_amendments_with_a_reason(workplace: Workplace) -> None:
    hold(workplace, "a")
    reviewing.submit_record(workplace, "a", by="佐藤")
    for by in ("鈴木", "田中"):
        reviewing.approve_record(workplace, "a", by=by)
    with pytest.raises(SignOffError, match="訂正を始めて"):
        documents.choose_template(workplace, "a", "denwa", by="佐藤")
    with pytest.raises(SignOffError, match="理由"):
        reviewing.amend_record(workplace, "a", " ", by="佐藤")
    reviewing.amend_record(workplace, "a", "書き誤り", by="佐藤")
    documents.edit_record_field(workplace, "a", "opinion", "疲れている", by="佐藤")
    now, approved = documents.open_record(workplace, "a"), reviewing.approved_record(workplace, "a")
    texts = [
        [line.text for f in item.record.fields if f.name == "opinion" for line in f.lines]
        for item in (now, approved)
    ]
    assert texts == [["疲れている"], ["落ち着いている"]]
    assert (now.summary.review, approved.review.acts[-1].by) == (ReviewState.AMENDED, "田中")
    reviewing.submit_record(workplace, "a", by="佐藤")
    assert reviewing.take_back_record(workplace, "a", by="佐藤").summary.review is ReviewState.AMENDED


def test_no_personal_number_is_kept_that_a_comment_or_a_reason_holds(workplace: Workplace) -> None:
    hold(workplace, "a")
    number = "番号1234-5678-9018、電話090-1234-5678"
    covered = number.replace("1234-5678-9018", "〓〓〓〓-〓〓〓〓-〓〓〓〓")
    reviewing.submit_record(workplace, "a", by="佐藤")
    reviewing.comment_record(workplace, "a", number, by="鈴木", field="opinion", place=0)
    review = reviewing.return_record(workplace, "a", number, by="鈴木").review
    assert [item.text for item in review.comments] == [covered] * 2
    reviewing.submit_record(workplace, "a", by="佐藤")
    for by in ("鈴木", "田中"):
        reviewing.approve_record(workplace, "a", by=by)
    amended = reviewing.amend_record(workplace, "a", number, by="佐藤").review
    assert amended.reason == covered
    assert "9018" not in "".join(repr(asdict(item)) for item in workplace.store.events("a"))


def test_a_record_with_an_empty_required_field_is_not_handed_in(workplace: Workplace) -> None:
    hold(workplace, "a")
    documents.choose_template(workplace, "a", "hitorioya", by="佐藤")
    with pytest.raises(SignOffError, match="連絡してよい方法"):
        reviewing.submit_record(workplace, "a", by="佐藤")
    documents.edit_record_field(workplace, "a", "safe_contact", "携帯に、平日の昼だけ", by="佐藤")
    assert reviewing.submit_record(workplace, "a", by="佐藤").review.submitted is not None


def test_danger_waits_first_then_what_is_left_open_then_the_oldest(workplace: Workplace) -> None:
    hold(workplace, "old", hour=1)
    hold(workplace, "older", hour=0)
    hold(workplace, "open", hour=3, n_open=2)
    hold(workplace, "danger", hour=4, danger=True)
    hold(workplace, "draft", hour=5, danger=True)
    for consultation_id in ("old", "older", "open", "danger"):
        reviewing.submit_record(workplace, consultation_id, by="佐藤")
    waiting = reviewing.waiting_records(workplace)
    assert [item.summary.id for item in waiting] == ["danger", "open", "older", "old"]
    assert (waiting[0].summary.protocols, waiting[1].n_open, waiting[1].step) == (("dv",), 2, "係長")


def test_a_record_that_waits_is_not_replaced_by_what_was_heard_again(workplace: Workplace) -> None:
    hold(workplace, "a")
    reviewing.submit_record(workplace, "a", by="佐藤")
    rehearing = Rehearing(
        consultation_id="a",
        changed=(),
        kept=(),
        n_same=0,
        fields=(),
        unsupported=(),
        typed=(),
        alerts=(),
        events=(),
        chain_head=workplace.store.head("a"),
    )
    with pytest.raises(SignOffError):
        keep_rehearing(workplace, rehearing, by="佐藤")


def test_the_whole_way_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings(data_folder=tmp_path)
    hold(build_workplace(settings), "a", danger=True)

    def said(*arguments: str) -> str:
        options = build_parser().parse_args(["records", *arguments])
        assert run_command(settings, options) == 0
        return capsys.readouterr().out

    assert "提出済（次は 決裁）" in said("submit", "a", "--by", "佐藤")
    assert "★ 配偶者" in said("waiting")
    assert "差戻し" in said("return", "a", "根拠を書く", "--by", "田中")
    assert "差戻し" in said("list")
    assert "提出済" in said("submit", "a", "--by", "佐藤")
    assert "決裁済" in said("approve", "a", "--by", "田中")
    assert "決裁：田中 20" in said("show", "a")
    assert "訂正中" in said("amend", "a", "書き誤り", "--by", "佐藤")
    assert "状態：決裁済" in said("show", "a", "--approved")
    assert "決裁を待つ記録はありません" in said("waiting")
