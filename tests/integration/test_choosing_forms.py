"""A saved record is put into another form: kept with its author, shown for once, refused when unknown."""

from datetime import UTC, datetime

import pytest

from consult_assist.app.journal import Journal
from consult_assist.app.records import documents
from consult_assist.app.workplace import Workplace
from consult_assist.domain.consultation import Consent, ConsultationState, Finished, Started
from consult_assist.domain.record import TemplateChosen
from consult_assist.errors import KnowledgeError


@pytest.fixture
def workplace(workplace: Workplace) -> Workplace:
    """An office with one closed record."""
    journal = Journal("a", workplace.store)
    journal.keep(
        Started(
            id="a",
            started_at=datetime(2026, 11, 22, 1, 0, tzinfo=UTC),
            operator="佐藤",
            source="none",
            consent=Consent.HANDWRITTEN,
            case_number=None,
            versions={},
        )
    )
    journal.keep(Finished(duration_s=1.0))
    documents.edit_record_field(workplace, "a", "opinion", "落ち着いている", by="佐藤")
    documents.close_record(workplace, "a")
    return workplace


def test_a_chosen_form_is_kept_and_takes_along_what_was_typed(workplace: Workplace) -> None:
    document = documents.choose_template(workplace, "a", "hitorioya", by="鈴木")

    assert document.record.template == "hitorioya"
    assert document.summary.state is ConsultationState.OPEN
    opinion = next(field for field in document.record.fields if field.name == "opinion")
    assert [line.text for line in opinion.lines] == ["落ち着いている"]
    chosen = [item.event for item in workplace.store.events("a") if isinstance(item.event, TemplateChosen)]
    assert chosen == [TemplateChosen(template="hitorioya", by="鈴木")]
    assert documents.close_record(workplace, "a").record.template == "hitorioya"


def test_showing_another_form_for_once_changes_nothing(workplace: Workplace) -> None:
    before = workplace.store.head("a")

    assert documents.open_record(workplace, "a", "dv").record.template == "dv"
    assert "安全の確認" in documents.export_record(workplace, "a", "txt", "dv").decode()
    assert workplace.store.head("a") == before
    with pytest.raises(KnowledgeError, match="様式「nope」がありません"):
        documents.open_record(workplace, "a", "nope")
