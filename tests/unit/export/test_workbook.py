"""Workbooks: nothing of what was said lies in a file before the user has one."""

import tempfile
from datetime import UTC, datetime

import pytest

from consult_assist.domain.tables import Table
from consult_assist.export.workbook import tables_as_xlsx


def test_a_workbook_needs_no_temporary_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    table = Table(title="表", columns=(("項目", 10),), rows=(("家賃が払えない",),))
    assert tables_as_xlsx([table], "集計", datetime(2026, 11, 22, tzinfo=UTC)).startswith(b"PK")
