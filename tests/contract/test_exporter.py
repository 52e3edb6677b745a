"""What every exporter does, whatever it is given."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from docx import Document

from consult_assist.domain.consultation import Consent, ConsultationState, ConsultationSummary
from consult_assist.domain.document import RecordDocument
from consult_assist.domain.guidance import LedgerState
from consult_assist.domain.record import (
    ConsultationRecord,
    LedgerLine,
    LineKind,
    ReadbackItem,
    RecordField,
    RecordLine,
)
from consult_assist.domain.speech import Speaker
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.export.base import Exporter
from consult_assist.export.csv_file import record_as_csv
from consult_assist.export.json_file import record_as_json
from consult_assist.export.markdown import record_as_markdown
from consult_assist.export.pdf import record_as_pdf
from consult_assist.export.plain_text import record_as_text
from consult_assist.export.sheet_pdf import sheet_as_pdf
from consult_assist.export.word_form import record_as_docx
from consult_assist.export.workbook import record_as_xlsx

MAX_CHARS_ON_PAGES = 2_000
"""A page is set in lines that go well together, which takes long for a paragraph of several pages."""
ODD = [
    "𠮷野家の髙橋さん👨‍👩‍👧 ①㈱ﾊﾝｶｸ",
    "a\x00b\x0bc\x1bd\x7fe\x85f\ufffeg",
    "half \ud800 character",
    "一行目\n二行目\r\n三行目\u2028四行目\t五",
    "& < > ]]> \" ' | ` \\ # --> &amp;",
    "長" * 20_000,
    "w" * 20_000,
    " ",
]


def summary(operator: str = "佐藤", case_number: str | None = None) -> ConsultationSummary:
    return ConsultationSummary(
        id="c1",
        started_at=datetime(2026, 11, 21, 5, 5, tzinfo=UTC),
        operator=operator,
        case_number=case_number,
        purpose="replay",
        consent=Consent.HANDWRITTEN,
        state=ConsultationState.OPEN,
        duration_s=None,
        headline="",
    )


def empty() -> RecordDocument:
    return RecordDocument(
        summary=summary(),
        record=ConsultationRecord(template="madoguchi", fields=()),
        transcript=(),
        programme_names={},
        chain_head="",
    )


def filled(text: str) -> RecordDocument:
    """A document that has the text in every place a person can fill."""
    return RecordDocument(
        summary=summary(text, text),
        record=ConsultationRecord(
            template="madoguchi",
            fields=(
                RecordField(
                    name="hearing",
                    label=text,
                    lines=tuple(RecordLine(text=text, kind=kind, utterance_ids=("u1",)) for kind in LineKind),
                ),
            ),
            readback=(ReadbackItem(kind="name", value=text, text=text, utterance_id="gone"),),
            ledger=tuple(
                LedgerLine(programme=f"p{number}", state=state, utterance_ids=("u1", "gone"))
                for number, state in enumerate(LedgerState)
            ),
        ),
        transcript=(
            TranscriptLine(
                id="u1",
                channel=0,
                speaker=Speaker.RESIDENT,
                start_s=3725.0,
                end_s=3726.0,
                heard=text,
                text=text,
            ),
        ),
        programme_names={"p0": text},
        chain_head=text,
    )


def read_text(file: bytes) -> str:
    return file.decode("utf-8")


def read_csv(file: bytes) -> str:
    rows = list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))
    assert {len(row) for row in rows} == {6}
    return "\n".join(cell for row in rows for cell in row)


def read_json(file: bytes) -> str:
    return json.dumps(json.loads(file), ensure_ascii=False)


def read_docx(file: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        assert package.testzip() is None
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                ET.fromstring(package.read(name))
    paper = Document(io.BytesIO(file))
    assert all(table.rows for table in paper.tables)
    return "\n".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)


Reader = Callable[[bytes], str]
FORMATS: dict[Exporter, Reader] = {
    record_as_text: read_text,
    record_as_markdown: read_text,
    record_as_csv: read_csv,
    record_as_json: read_json,
    record_as_docx: read_docx,
}

every_format = pytest.mark.parametrize(("export", "read"), FORMATS.items())


@every_format
def test_an_empty_record_gives_a_readable_file(export: Exporter, read: Reader) -> None:
    assert read(export(empty()))


@every_format
@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_characters_give_a_readable_file(export: Exporter, read: Reader, text: str) -> None:
    read(export(filled(text)))


@pytest.mark.parametrize("export", [record_as_pdf, sheet_as_pdf, record_as_xlsx])
@pytest.mark.parametrize("text", [*ODD, "外字\ue000", "😀", "ไทย", "\ufffd"], ids=range(len(ODD) + 4))
def test_odd_characters_give_pages_and_sheets_too(export: Exporter, text: str) -> None:
    assert export(filled(text[:MAX_CHARS_ON_PAGES])).startswith((b"%PDF-", b"PK"))


@every_format
def test_the_words_are_there_in_full(export: Exporter, read: Reader) -> None:
    for text in (ODD[0], ODD[5]):
        assert text in read(export(filled(text)))


@every_format
def test_the_same_document_gives_the_same_bytes(export: Exporter, read: Reader) -> None:
    assert export(filled("相談")) == export(filled("相談"))


@every_format
def test_every_line_says_where_it_comes_from(export: Exporter, read: Reader) -> None:
    content = read(export(filled("相談")))

    if export is record_as_json:
        assert all(f'"{kind.value}"' in content for kind in LineKind)
    else:
        assert all(mark in content for mark in ("引用", "要約", "職員記入", "根拠なし", "未聴取"))
        assert "1:02:05" in content


@pytest.mark.parametrize(
    ("export", "read"), [item for item in FORMATS.items() if item[0] is not record_as_json]
)
def test_the_form_stands_in_the_head(export: Exporter, read: Reader) -> None:
    paper = replace(empty(), form="電話相談記録")
    assert "電話相談記録" in read(export(paper))
