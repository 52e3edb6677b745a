"""What the formats look like, byte for byte. After a wanted change: `UPDATE_GOLDEN=1 pytest tests/golden`."""

import io
import os
import re
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from pathlib import Path

import pytest
from openpyxl import load_workbook

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
from consult_assist.domain.review import Act, Review, ReviewState
from consult_assist.domain.speech import Speaker
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.export.base import Exporter
from consult_assist.export.csv_file import record_as_csv
from consult_assist.export.json_file import record_as_json
from consult_assist.export.markdown import record_as_markdown
from consult_assist.export.pdf import record_as_pdf
from consult_assist.export.plain_text import record_as_text
from consult_assist.export.sheet_docx import sheet_as_docx
from consult_assist.export.sheet_pdf import sheet_as_pdf
from consult_assist.export.sheet_text import sheet_as_text
from consult_assist.export.word_form import record_as_docx
from consult_assist.export.workbook import record_as_xlsx

EXPECTED = Path(__file__).parent / "expected"
JAPAN = timezone(timedelta(hours=9))


def spoken(number: int, speaker: Speaker | None, text: str, failure: str | None = None) -> TranscriptLine:
    return TranscriptLine(
        id=f"u{number}",
        channel=0,
        speaker=speaker,
        start_s=number * 35.5,
        end_s=number * 35.5 + 4,
        heard=text.replace("児童", "自動"),
        text=text,
        revision=1 if "児童" in text else 0,
        failure=failure,
    )


def line(kind: LineKind, text: str, *ids: str) -> RecordLine:
    return RecordLine(text=text, kind=kind, utterance_ids=ids)


DOCUMENT = RecordDocument(
    summary=ConsultationSummary(
        id="20261121-050500-ab12",
        started_at=datetime(2026, 11, 21, 5, 5, tzinfo=UTC),
        operator="佐藤",
        case_number="007",
        purpose="consultation",
        consent=Consent.RECORDED,
        state=ConsultationState.CLOSED,
        duration_s=154.2,
        headline="「離婚して、生活が苦しいんです」",
    ),
    record=ConsultationRecord(
        template="madoguchi",
        fields=(
            RecordField(
                name="reception",
                label="受付",
                lines=(line(LineKind.CONDENSED, "受付日時：令和8年11月21日（土）14時05分"),),
            ),
            RecordField(
                name="chief_complaint",
                label="主訴",
                lines=(line(LineKind.QUOTED, "「離婚して、生活が苦しいんです」", "u1"),),
            ),
            RecordField(
                name="hearing",
                label="聴取内容",
                lines=(
                    line(LineKind.CONDENSED, "家賃：月6万円", "u2"),
                    line(LineKind.CLERK, "=1+1 ではなく | 表 * と <b> もそのまま", "u2"),
                    line(LineKind.UNSUPPORTED, "（根拠の発言は消去済み）"),
                ),
            ),
            RecordField(name="response", label="対応", lines=()),
            RecordField(name="next", label="次回", lines=(line(LineKind.NOT_ASKED, "未聴取"),)),
        ),
        readback=(
            ReadbackItem(kind="money", value=60_000, text="家賃は6万円で", utterance_id="u2"),
            ReadbackItem(kind="phone", value="09012345678", text="090の1234の5678です", utterance_id="u2"),
        ),
        ledger=(
            LedgerLine(
                programme="jidou-fuyou-teate",
                state=LedgerState.TOLD,
                utterance_ids=("u1", "u3"),
                quote="先月離婚して、子どもと二人です",
                at_s=35.5,
                laws=("児童扶養手当法 第4条",),
            ),
            LedgerLine(
                programme="unknown-id",
                state=LedgerState.UNTOLD,
                utterance_ids=(),
                by="clerk",
                reason="次回に説明する",
            ),
        ),
    ),
    transcript=(
        spoken(0, Speaker.CLERK, "こんにちは。"),
        spoken(1, Speaker.RESIDENT, "離婚して、生活が苦しいんです。"),
        spoken(2, None, "家賃は6万円で、電話は090の1234の5678です。"),
        spoken(3, Speaker.CLERK, "児童扶養手当という制度があります。"),
        spoken(4, None, "", failure="音声を認識できませんでした。"),
    ),
    programme_names={"jidou-fuyou-teate": "児童扶養手当"},
    review=Review(
        state=ReviewState.APPROVED,
        steps=("係長", "課長"),
        submitted=Act(by="佐藤", at=datetime(2026, 11, 21, 6, 0, tzinfo=UTC)),
        acts=(
            Act(by="鈴木", at=datetime(2026, 11, 21, 8, 30, tzinfo=UTC), step="係長"),
            Act(by="田中", at=datetime(2026, 11, 22, 0, 5, tzinfo=UTC), step="課長"),
        ),
    ),
    chain_head="3f" * 32,
)


def compare(name: str, content: bytes) -> None:
    file = EXPECTED / name
    if os.environ.get("UPDATE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)
    assert content.decode() == file.read_bytes().decode()


@pytest.mark.parametrize(
    ("name", "export"),
    [
        ("record.txt", partial(record_as_text, zone=JAPAN)),
        ("record.md", partial(record_as_markdown, zone=JAPAN)),
        ("record.csv", partial(record_as_csv, zone=JAPAN)),
        ("record.json", record_as_json),
        ("record.sheet.txt", partial(sheet_as_text, zone=JAPAN)),
    ],
)
def test_record_and_sheet_as_text(name: str, export: Exporter) -> None:
    compare(name, export(DOCUMENT))


@pytest.mark.parametrize("part", ["document", "footer1"])
def test_record_as_word(part: str) -> None:
    with zipfile.ZipFile(io.BytesIO(record_as_docx(DOCUMENT, JAPAN))) as package:
        xml = package.read(f"word/{part}.xml")
    compare(f"record.docx.{part}.xml", xml.replace(b"><w:", b">\n<w:"))


def test_record_as_excel() -> None:
    book = load_workbook(io.BytesIO(record_as_xlsx(DOCUMENT, JAPAN)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    rows = [
        f"{sheet.title}\t" + "\t".join(str(value or "") for value in row)
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
    ]

    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    compare("record.xlsx.tsv", "\n".join(rows).encode())


def test_record_as_pdf() -> None:
    file = record_as_pdf(DOCUMENT, JAPAN)

    assert file == record_as_pdf(DOCUMENT, JAPAN)
    assert set(re.findall(rb"/BaseFont ?/[A-Z]{6}\+([A-Za-z]+)", file)) == {b"NotoSansJP"}
    assert b"/FontFile3" in file


@pytest.mark.parametrize("export", [sheet_as_docx, sheet_as_pdf])
def test_sheet_for_paper_is_the_same_every_time(export: Exporter) -> None:
    assert export(DOCUMENT) == export(DOCUMENT)
