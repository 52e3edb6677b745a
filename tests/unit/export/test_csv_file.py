"""CSV for Excel: mark, line ends, and cells that must not compute."""

from datetime import UTC

import pytest

from consult_assist.domain.document import RecordDocument
from consult_assist.domain.record import ConsultationRecord, LineKind, RecordField, RecordLine
from consult_assist.export.csv_file import record_as_csv
from tests.summaries import summary


def exported(text: str) -> bytes:
    lines = (RecordLine(text=text, kind=LineKind.CLERK),)
    return record_as_csv(
        RecordDocument(
            summary=summary(),
            record=ConsultationRecord(
                template="t", fields=(RecordField(name="n", label="項目", lines=lines),)
            ),
            transcript=(),
            programme_names={},
            chain_head="",
        ),
        UTC,
    )


def test_excel_in_japan_reads_it() -> None:
    file = exported("相談")

    assert file.startswith("\ufeff区分,項目,番号,種類,内容,時刻\r\n".encode())
    assert file.count(b"\n") == file.count(b"\r\n")


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+81", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1", "＋1", "－1", "＠x", "\x00=1"],
)
def test_no_cell_is_a_formula(text: str) -> None:
    assert (
        ",'" + text.replace("\x00", "").replace("\t", " ").replace("\r", " ") + "," in exported(text).decode()
    )


def test_leading_zeros_do_not_stand_alone_in_a_cell() -> None:
    assert ",案件番号：007," in exported("相談").decode()
