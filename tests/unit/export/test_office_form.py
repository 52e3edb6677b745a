"""The office's own form: filled, and a sentence for every mistake in it."""

import io
import zipfile
from datetime import UTC

import pytest
from docx import Document

from consult_assist.domain.document import RecordDocument
from consult_assist.domain.guidance import LedgerState
from consult_assist.domain.record import ConsultationRecord, LedgerLine, LineKind, RecordField, RecordLine
from consult_assist.errors import FormError
from consult_assist.export.office_form import fill_office_form
from tests.summaries import summary

DOCUMENT = RecordDocument(
    summary=summary(),
    record=ConsultationRecord(
        template="t",
        fields=(
            RecordField(
                name="home",
                label="住居・家賃",
                lines=(
                    RecordLine(text="家賃は<b>6万円&{{ 担当 }}", kind=LineKind.CONDENSED),
                    RecordLine(text="=二行目", kind=LineKind.CLERK),
                ),
            ),
            RecordField(
                name="next", label="次回", lines=(RecordLine(text="未聴取", kind=LineKind.NOT_ASKED),)
            ),
        ),
        ledger=tuple(
            LedgerLine(programme=name, state=LedgerState.TOLD, utterance_ids=()) for name in ("a", "b")
        ),
    ),
    transcript=(),
    programme_names={"a": "児童手当", "b": "就学援助"},
    chain_head="3f",
)


def form(*paragraphs: str) -> bytes:
    paper = Document()
    for text in paragraphs:
        paper.add_paragraph(text)
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def filled(*paragraphs: str) -> list[str]:
    file = fill_office_form(form(*paragraphs), DOCUMENT, UTC)
    return [paragraph.text for paragraph in Document(io.BytesIO(file)).paragraphs]


def test_placeholders_are_replaced_and_words_stay_words() -> None:
    assert filled("担当 {{ 担当 }}", "{{ 住居家賃 }}", "{{ 次回 }}", "{{ 出どころ.住居家賃 }}") == [
        "担当 佐藤",
        "家賃は<b>6万円&{{ 担当 }}\n=二行目",
        "（未聴取）",
        "［要約］家賃は<b>6万円&{{ 担当 }}\n［職員記入］=二行目",
    ]


def test_programmes_are_listed() -> None:
    assert filled("{%p for 行 in 制度 %}", "{{ 行.状態 }} {{ 行.名前 }}", "{%p endfor %}") == [
        "説明済 児童手当",
        "説明済 就学援助",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ 収入 }} {{ 学歴 }}", "{{ 収入 }}、{{ 学歴 }} は差し込めません。使える名前: 相談番号、"),
        ("{{ 出どころ.収入 }}", "名前が違います"),
        ("{{ 担当 }", "書き方に誤りがあります"),
        ("{% for 行 in 制度 %}", "書き方に誤りがあります"),
        ("{{ 担当.__class__.__mro__ }}", "書き方に誤りがあります"),
        ("{{ 1 / 0 }}", "書き方に誤りがあります"),
        ("{{ 担当|truncate(1) }}", "書き方に誤りがあります"),
        ("{{ 担当|dictsort }}", "書き方に誤りがあります"),
        ("{% for 行 in range(999999) %}{% endfor %}", "書き方に誤りがあります"),
        ("{% macro 行() %}{{ 行() }}{% endmacro %}{{ 行() }}", "書き方に誤りがあります"),
    ],
)
def test_a_mistake_in_the_form_is_told(text: str, said: str) -> None:
    with pytest.raises(FormError, match=None) as caught:
        fill_office_form(form(text), DOCUMENT, UTC)
    assert said in str(caught.value)


def cut_inside() -> bytes:
    """Return a Word document whose text breaks off."""
    cut = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form("{{ 担当 }}"))) as whole, zipfile.ZipFile(cut, "w") as package:
        for name in whole.namelist():
            text = whole.read(name)
            package.writestr(name, text[:-50] if name == "word/document.xml" else text)
    return cut.getvalue()


def spoilt() -> bytes:
    """Return a Word document in whose packed bytes some are others."""
    whole = form("{{ 担当 }}")
    start = whole.index(b"word/document.xml") + 40
    return whole[:start] + b"\xff" * 30 + whole[start + 30 :]


KINDS = {
    "empty": b"",
    "pdf": b"%PDF-1.7",
    "zip": b"PK\x03\x04broken",
    "cut": cut_inside(),
    "spoilt": spoilt(),
}


@pytest.mark.parametrize("content", KINDS.values(), ids=KINDS)
def test_another_kind_of_file_is_told(content: bytes) -> None:
    with pytest.raises(FormError, match="Word 文書"):
        fill_office_form(content, DOCUMENT, UTC)
