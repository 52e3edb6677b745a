"""Entries written as TOML are read as they were."""

import tomllib

from hypothesis import given

from consult_assist.knowledge.schema import ProgrammeTable, ProtocolTable, TermsTable
from consult_assist.knowledge.toml_text import text_from_table
from tests.unit.knowledge import sentences


@given(sentences.programmes)
def test_a_programme_is_read_as_it_was_written(table: ProgrammeTable) -> None:
    assert ProgrammeTable.model_validate(tomllib.loads(text_from_table("programmes", table))) == table


@given(sentences.protocols)
def test_a_protocol_is_read_as_it_was_written(table: ProtocolTable) -> None:
    assert ProtocolTable.model_validate(tomllib.loads(text_from_table("protocols", table))) == table


@given(sentences.terms)
def test_terms_are_read_as_they_were_written(table: TermsTable) -> None:
    assert TermsTable.model_validate(tomllib.loads(text_from_table("terms", table))) == table


def test_a_clerk_can_read_the_file() -> None:
    table = ProgrammeTable.model_validate(
        {
            "id": "a",
            "name": "応援券",
            "category": "子育て",
            "summary": "券",
            "names": ["応援券", {"text": "児手", "reading": "ジテ"}],
            "examples": ["券がもらえると聞きました"],
            "amounts": [{"text": "月1万円", "as_of": "令和8年度", "level": "公的"}],
        }
    )
    assert text_from_table("programmes", table).splitlines()[1:] == [
        'id = "a"',
        'name = "応援券"',
        'category = "子育て"',
        'urgency = "通常"',
        'summary = "券"',
        "",
        "# 名前（言われたらこの制度を指すもの）。はじめが正式な名前です。",
        "names = [",
        '    "応援券",',
        '    {text = "児手", reading = "ジテ"},',
        "]",
        "",
        "# 言い方の例（名前を出さずに話されること。1 行に 1 つ、話す言葉で）",
        "examples = [",
        '    "券がもらえると聞きました",',
        "]",
        "",
        "[[amounts]]",
        'text = "月1万円"',
        'as_of = "令和8年度"',
        'level = "公的"',
    ]
