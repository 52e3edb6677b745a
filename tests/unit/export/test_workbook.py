"""Workbooks: nothing of what was said lies in a file before the user has one."""

import tempfile
from datetime import UTC, datetime

import pytest

from consult_assist.export.workbook import write_tables


def test_a_workbook_needs_no_temporary_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    tables = [("表", [("項目", 10)], [["家賃が払えない"]])]
    assert write_tables(tables, "集計", datetime(2026, 11, 22, tzinfo=UTC)).startswith(b"PK")
