"""Tables of counts: numbers can be counted on with, words cannot compute."""

import io
from datetime import UTC, datetime

from openpyxl import load_workbook

from consult_assist.domain.tables import Table
from consult_assist.export.tables import rows_as_csv, tables_as_csv
from consult_assist.export.workbook import tables_as_xlsx

TABLES = (
    Table(title="月ごと", columns=(("月", 10), ("件数", 8)), rows=(("2026-10", 3), ("=2026-11", None))),
    Table(title="制度ごと", columns=(("制度", 30), ("割合", 8)), rows=(("児童扶養手当", 0.5),)),
)


def test_csv_has_the_tables_one_below_the_other() -> None:
    lines = tables_as_csv(TABLES).decode("utf-8-sig").split("\r\n")
    assert lines == [
        "月ごと",
        "月,件数",
        "2026-10,3",
        "'=2026-11,",
        "",
        "制度ごと",
        "制度,割合",
        "児童扶養手当,0.5",
        "",
    ]


def test_no_text_in_a_row_computes() -> None:
    rows = [("番号", "題名"), ("one", '=HYPERLINK("http://x")'), ("two", "＋1")]
    assert rows_as_csv(rows).decode("utf-8-sig").split("\r\n") == [
        "番号,題名",
        'one,"\'=HYPERLINK(""http://x"")"',
        "two,'＋1",
        "",
    ]


def test_a_workbook_has_a_sheet_each_and_keeps_numbers() -> None:
    book = load_workbook(io.BytesIO(tables_as_xlsx(TABLES, "統計", datetime(2026, 11, 22, tzinfo=UTC))))
    assert book.sheetnames == ["月ごと", "制度ごと"]
    assert [[cell.value for cell in row] for row in book["月ごと"].rows] == [
        ["月", "件数"],
        ["2026-10", 3],
        ["=2026-11", None],
    ]
    assert book["月ごと"]["A3"].data_type == "s"
    assert book["制度ごと"]["B2"].data_type == "n"
