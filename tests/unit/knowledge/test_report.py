"""Faults and notices about a knowledge folder, one a line."""

from datetime import date
from pathlib import Path

from consult_assist.domain.knowledge import KnowledgeFault
from consult_assist.knowledge.linter import Severity
from consult_assist.knowledge.report import check_entries, fault_line
from tests.unit.knowledge.sentences import entries_from_texts
from tests.unit.knowledge.test_linter import ScriptedReader

_TEXT = """\
id = "a"
name = "家賃補助"
category = "住まい"
summary = "家賃"
names = ["家賃補助"]
related = ["nowhere"]
"""


def test_what_the_loader_finds_is_an_error_and_the_rest_a_notice() -> None:
    entries = entries_from_texts({"programmes/a": _TEXT}, office=True)

    report = check_entries(entries, ScriptedReader(), date(2026, 11, 21))

    assert dict(report.counts)["制度"] == 1
    assert [finding.line for finding in report.of(Severity.ERROR)] == [6]
    assert ["まだ一度も" in finding.message for finding in report.of(Severity.NOTICE)] == [True]


def test_a_fault_is_printed_on_one_line() -> None:
    fault = KnowledgeFault(
        file=Path("knowledge/programmes/a.toml"), key="amounts[1].as_of", line=9, message="ありません。"
    )

    assert fault_line(fault) == "a.toml 9 行目 amounts[1].as_of: ありません。"
