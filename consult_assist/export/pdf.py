"""A record as PDF: the office's form on A4, for paper and for keeping."""

from collections.abc import Mapping
from datetime import UTC, tzinfo
from typing import Any

from consult_assist.domain.document import RecordDocument
from consult_assist.export import words
from consult_assist.export.typesetting import set_pages


def record_as_pdf(document: RecordDocument, zone: tzinfo | None = None) -> bytes:
    """Return head, 決裁欄, fields, ledger and read-back list, with the fonts inside.

    The transcript is left out, as in Word: a record is circulated for approval, the whole talk is not.
    """
    made_at = document.summary.started_at.astimezone(UTC)
    return set_pages("record.typ", _values(document, zone), made_at)


def _values(document: RecordDocument, zone: tzinfo | None) -> Mapping[str, Any]:
    known = words.lines_by_id(document)
    return {
        "title": words.TITLE,
        "author": words.clean(document.summary.operator),
        "stamps": [{"title": title, "lines": lines} for title, lines in words.stamps(document, zone)],
        "head": [{"label": label, "text": text} for label, text in words.heading(document, zone)],
        "fields": [
            {
                "label": words.clean(item.label),
                "lines": [
                    dict(zip(("mark", "text"), words.mark_and_text(line, known), strict=True))
                    for line in item.lines
                ],
            }
            for item in document.record.fields
        ],
        "ledger": {
            "title": words.LEDGER_TITLE,
            "head": words.LEDGER_HEAD,
            "rows": words.ledger_rows(document),
        },
        "readback": {
            "title": words.READBACK_TITLE,
            "head": words.READBACK_HEAD[:-1],
            "rows": [
                (kind, value, f"「{text}」", mark)
                for kind, value, text, mark, _ in words.readback_rows(document)
            ],
        },
        "empty": words.EMPTY_FIELD,
        "legend": words.LEGEND,
        "seal": f"封印 {words.clean(document.chain_head)}",
    }
