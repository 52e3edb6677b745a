"""A record as Markdown."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo

from consult_assist.domain.document import RecordDocument
from consult_assist.export import words

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~&!])")


def record_as_markdown(document: RecordDocument, zone: tzinfo | None = None) -> bytes:
    """Return the same as the text format, as headings, lists and tables."""
    return ("\n".join(_rows(document, zone)) + "\n").encode()


def _rows(document: RecordDocument, zone: tzinfo | None) -> Iterator[str]:
    yield f"# {words.TITLE}"
    yield ""
    yield from _table(("項目", "内容"), words.heading(document, zone))
    known = words.lines_by_id(document)
    for item in document.record.fields:
        yield from ("", f"## {_plain(item.label)}", "")
        for line in item.lines:
            mark, text = words.mark_and_text(line, known)
            yield f"- **［{mark}］** {_plain(text)}".rstrip()
        if not item.lines:
            yield words.EMPTY_FIELD
    yield from _ledger_rows(document)
    yield from _readback_rows(document)
    yield from _transcript_rows(document)
    yield from ("", "---", "", words.LEGEND, "", f"封印：`{words.clean(document.chain_head)}`")


def _ledger_rows(document: RecordDocument) -> Iterator[str]:
    yield from ("", f"## {words.LEDGER_TITLE}", "")
    yield from _table(words.LEDGER_HEAD, words.ledger_rows(document))


def _readback_rows(document: RecordDocument) -> Iterator[str]:
    yield from ("", f"## {words.READBACK_TITLE}", "")
    rows = [(kind, value, text, times) for kind, value, text, _, times in words.readback_rows(document)]
    yield from _table(("種類", "値", "発言", "時刻"), rows)


def _transcript_rows(document: RecordDocument) -> Iterator[str]:
    yield from ("", f"## {words.TRANSCRIPT_TITLE}", "")
    yield from _table(words.TRANSCRIPT_HEAD, words.spoken_rows(document))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    body = [f"| {' | '.join(_plain(cell) for cell in row)} |" for row in rows]
    if not body:
        yield words.EMPTY_FIELD
        return
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    yield from body


def _plain(text: str) -> str:
    """Return the text so that no sign in it is read as Markdown."""
    return _SIGNS.sub(r"\\\1", words.clean(text))
