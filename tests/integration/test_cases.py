"""Consultations joined by a typed case number, on a real store."""

import pytest

from consult_assist.app.live import starting
from consult_assist.app.records import archive
from consult_assist.app.records.cases import open_case, set_case_number
from consult_assist.app.records.verifying import verify_records
from consult_assist.app.workplace import Workplace
from consult_assist.domain.consultation import CaseNumberSet, Consent
from consult_assist.domain.guidance import LedgerState
from consult_assist.errors import CaseError, ConsultAssistError
from consult_assist.record.case import PromiseKind


def talk(desk: Workplace, case: str | None, arranged: str, **ledger: LedgerState) -> str:
    """Hold a handwritten consultation."""
    session = starting.start_consultation(
        desk, consent=Consent.HANDWRITTEN, operator="職員", case_number=case
    )
    session.start()
    session.edit_field("next", arranged)
    for programme, state in ledger.items():
        session.set_ledger(programme, state)
    session.finish()
    return session.id


def test_a_case_joins_what_was_typed_and_nothing_else(workplace: Workplace) -> None:
    first, second = list(workplace.knowledge.programmes)[:2]
    mine = talk(
        workplace, "R8-12", "住民票を持って来る", **{first: LedgerState.CHECK, second: LedgerState.UNTOLD}
    )
    talk(workplace, "R8-123", "別の人")
    talk(workplace, None, "番号のない人")
    later = talk(workplace, None, "10時に電話する", **{first: LedgerState.TOLD})
    assert [item.id for item in open_case(workplace, "ｒ8-12").talks] == [mine]
    document = set_case_number(workplace, later, "R8-12 ", by="係長")
    assert document.summary.case_number == "R8-12"
    case = open_case(workplace, "R8-12")
    assert [item.id for item in case.talks] == [later, mine]
    assert [(item.kind, item.programme, item.text) for item in case.promises] == [
        (PromiseKind.NEXT, None, "10時に電話する"),
        (PromiseKind.UNTOLD, second, ""),
    ]
    assert [item.id for item in archive.list_records(workplace, "R8-12")][:1] != []
    with pytest.raises(ConsultAssistError, match="条件は 制度・期間"):
        archive.list_records(workplace, "変な:もの")
    changes = [item.event for item in workplace.store.events(later) if isinstance(item.event, CaseNumberSet)]
    assert [(item.case_number, item.by) for item in changes] == [("R8-12", "係長")]
    assert any("R8-12" in line.text for field in document.record.fields for line in field.lines)
    assert open_case(workplace, "Q-9").talks == ()
    assert verify_records(workplace) == []


def test_a_personal_number_is_refused_as_a_case_number(workplace: Workplace) -> None:
    consultation = talk(workplace, "R8-12", "電話する")
    with pytest.raises(CaseError, match="個人番号"):
        set_case_number(workplace, consultation, "1234-5678-9018", by="係長")
    with pytest.raises(CaseError, match="個人番号"):
        talk(workplace, "123456789018", "来ない")
    assert b"123456789018" not in b"".join(
        path.read_bytes() for path in workplace.settings.data_folder.rglob("*") if path.is_file()
    )
    assert set_case_number(workplace, consultation, "", by="係長").summary.case_number is None
    assert open_case(workplace, "R8-12").talks == ()
