"""A record as plain text."""

from collections.abc import Iterator
from datetime import tzinfo

from consult_assist.domain.document import RecordDocument
from consult_assist.export import words

_INDENT = "　"


def record_as_text(document: RecordDocument, zone: tzinfo | None = None) -> bytes:
    """Return record, ledger, read-back list and transcript as UTF-8 text."""
    return ("\n".join(_rows(document, zone)) + "\n").encode()


def _rows(document: RecordDocument, zone: tzinfo | None) -> Iterator[str]:
    yield words.TITLE
    yield ""
    for label, value in words.heading(document, zone):
        yield f"{label}：{value}"
    yield from _field_rows(document)
    yield from _ledger_rows(document)
    yield from _readback_rows(document)
    yield from _transcript_rows(document)
    yield ""
    yield words.LEGEND
    yield f"封印：{words.clean(document.chain_head)}"


def _title(text: str) -> Iterator[str]:
    yield ""
    yield f"【{words.clean(text)}】"


def _field_rows(document: RecordDocument) -> Iterator[str]:
    known = words.lines_by_id(document)
    for item in document.record.fields:
        yield from _title(item.label)
        for line in item.lines:
            mark, text = words.mark_and_text(line, known)
            yield f"{_INDENT}[{mark}] {text}".rstrip()
        if not item.lines:
            yield _INDENT + words.EMPTY_FIELD


def _ledger_rows(document: RecordDocument) -> Iterator[str]:
    yield from _title(words.LEDGER_TITLE)
    for state, name, note, times in words.ledger_rows(document):
        yield f"{_INDENT}{state}　{name}" + (f"（{times}）" if times else "")
        if note:
            yield f"{_INDENT * 2}{note}"
    if not document.record.ledger:
        yield _INDENT + words.EMPTY_FIELD


def _readback_rows(document: RecordDocument) -> Iterator[str]:
    yield from _title(words.READBACK_TITLE)
    for kind, value, text, _, times in words.readback_rows(document):
        yield f"{_INDENT}{kind}　{value}　「{text}」" + (f"（{times}）" if times else "")
    if not document.record.readback:
        yield _INDENT + words.EMPTY_FIELD


def _transcript_rows(document: RecordDocument) -> Iterator[str]:
    yield from _title(words.TRANSCRIPT_TITLE)
    for row in words.spoken_rows(document):
        yield _INDENT + "　".join(row)
    if not document.transcript:
        yield _INDENT + words.EMPTY_FIELD
