"""A record as CSV that Excel opens with a double click."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from consult_assist.domain.document import RecordDocument
from consult_assist.export import words
from consult_assist.export.tables import rows_as_csv

_COLUMNS = ("区分", "項目", "番号", "種類", "内容", "時刻")


def record_as_csv(document: RecordDocument, zone: tzinfo | None = None) -> bytes:
    """Return a row for each line of record, ledger, read-back list and transcript, in UTF-8 for Excel.

    A cell that Excel would take for a formula begins with an apostrophe: a resident's words must not compute.
    """
    return rows_as_csv((_COLUMNS, *_rows(document, zone)))


def _rows(document: RecordDocument, zone: tzinfo | None) -> Iterator[Sequence[str]]:
    known = words.lines_by_id(document)
    for label, value in words.heading(document, zone):
        yield "見出し", label, "", "", f"{label}：{value}", ""
    yield "見出し", "封印", "", "", f"封印：{document.chain_head}", ""
    for item in document.record.fields:
        for number, line in enumerate(item.lines, start=1):
            times = words.evidence_times(line.utterance_ids, known)
            yield "記録", item.label, str(number), words.KINDS[line.kind], line.text, times
        if not item.lines:
            yield "記録", item.label, "", "", words.EMPTY_FIELD, ""
    for number, (state, name, note, times) in enumerate(words.ledger_rows(document), start=1):
        yield words.LEDGER_TITLE, name, str(number), state, note, times
    for number, (kind, value, text, _, times) in enumerate(words.readback_rows(document), start=1):
        yield words.READBACK_TITLE, kind, str(number), "", f"{value}（「{text}」）", times
    for number, (at, speaker, said) in enumerate(words.spoken_rows(document), start=1):
        yield words.TRANSCRIPT_TITLE, speaker, str(number), "発言", said, at
