"""The command line speaks Japanese, to the last word."""

import argparse
import re
from collections.abc import Iterator
from datetime import date
from importlib import import_module

import pytest
from rich.cells import cell_len

from consult_assist.cli.help_pages import wrapped
from consult_assist.cli.parser import build_parser

ENGLISH = re.compile(
    r"\b(usage|options|arguments?|show this|show program|exit|required|invalid|choose"
    r"|error|expected|unrecognized|the|following|command)\b",
    re.IGNORECASE,
)


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for child in action.choices.values():
                yield from parsers(child)


@pytest.mark.parametrize("parser", parsers(build_parser()), ids=lambda parser: parser.prog)
def test_every_help_page_is_japanese(parser: argparse.ArgumentParser) -> None:
    page = parser.format_help()
    assert "使い方" in page
    assert not ENGLISH.search(page), ENGLISH.search(page)


@pytest.mark.parametrize("parser", parsers(build_parser()), ids=lambda parser: parser.prog)
def test_the_columns_of_every_help_page_stand_in_line(parser: argparse.ArgumentParser) -> None:
    _, _, entries = parser.format_help().partition("オプション:\n")
    lines = [line for line in entries.splitlines() if line.startswith("  ")]
    assert all(cell_len(line) <= 80 for line in lines)
    explained = [line for line in lines if re.match(r"  \S+.*  \S", line)]
    assert {cell_len(re.sub(r"(  \S.* {2,})\S.*", r"\1", line)) for line in explained} == {26}
    assert entries.count("  コマンド\n") == 0


@pytest.mark.parametrize("parser", parsers(build_parser()), ids=lambda parser: parser.prog)
def test_everything_that_can_be_given_is_explained(parser: argparse.ArgumentParser) -> None:
    given = [action for action in parser._actions if not isinstance(action, argparse._SubParsersAction)]
    assert [action.dest for action in given if not action.help] == []


def test_no_condition_is_cut_in_two_by_the_end_of_a_line() -> None:
    lines = list(wrapped("記録だけ。期間:2026-10、状態:提出", 16))
    assert lines == ["記録だけ。", "期間:2026-10、", "状態:提出"]


@pytest.mark.parametrize("parser", parsers(build_parser()), ids=lambda parser: parser.prog)
def test_every_command_names_a_function(parser: argparse.ArgumentParser) -> None:
    if (run := parser.get_default("run")) is not None:
        module, _, name = run.partition(".")
        assert callable(getattr(import_module(f"consult_assist.cli.{module}"), name))


@pytest.mark.parametrize(
    "arguments",
    [
        ["replay"],
        ["replay", "a.wav", "--speed", "3"],
        ["replay", "a.wav", "--speed"],
        ["nonsense"],
        ["records"],
        ["records", "show"],
        ["doctor", "extra"],
        ["doctor", "--no"],
        ["records", "list", "--settings", "a.toml"],
    ],
    ids=" ".join,
)
def test_every_misspelling_is_answered_in_japanese(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        build_parser().parse_args(arguments)
    answer = capsys.readouterr().err
    assert stopped.value.code == 2
    assert not ENGLISH.search(answer), answer


@pytest.mark.parametrize(
    ("written", "day"),
    [("2026-04-01", date(2026, 4, 1)), ("2026-04", date(2026, 4, 1)), ("令和8年4月1日", date(2026, 4, 1))],
)
@pytest.mark.parametrize(
    "command",
    [
        ("knowledge", "report", "--since"),
        ("exercise", "results", "--since"),
        ("exercise", "forget", "--before"),
    ],
)
def test_days_as_offices_write_them(command: tuple[str, ...], written: str, day: date) -> None:
    options = build_parser().parse_args([*command, written])
    assert day in {options.__dict__.get("since"), options.__dict__.get("before")}


def test_the_end_of_a_file_name_may_be_in_capitals() -> None:
    options = build_parser().parse_args(["records", "statistics", "--output", "表.XLSX"])
    assert options.output.name == "表.XLSX"


@pytest.mark.parametrize("option", [("--since", "きのう"), ("--output", "結果.doc")], ids=" ".join)
def test_a_wrong_value_is_answered_with_what_to_write(
    option: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        build_parser().parse_args(["exercise", "results", *option])
    assert "てください。" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command",
    ["transcribe", "replay", "backup", "knowledge import", "records export x -o", "consult --events"],
)
def test_an_empty_name_is_no_folder(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        build_parser().parse_args([*command.split(), ""])
    assert stopped.value.code == 2
    assert "ファイルの名前が空です。" in capsys.readouterr().err


def test_an_unknown_option_is_answered_with_the_help_of_its_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        build_parser().parse_args(["records", "list", "--settings", "a.toml"])
    answer = capsys.readouterr().err
    assert "知らない指定があります: --settings" in answer
    assert "consult-assist records list --help" in answer
