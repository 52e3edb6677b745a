"""A record as CSV that Excel opens with a double click."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import tzinfo

from consult_assist.domain.document import RecordDocument
from consult_assist.export import words
from consult_assist.japanese.labels import READBACK_KINDS, clock

_COLUMNS = ("区分", "項目", "番号", "種類", "内容", "時刻")
_FORMULA_STARTS = frozenset("=+-@＝＋－＠\t\r")
BYTE_ORDER_MARK = "\ufeff"


class CsvExporter:
    """Writes a row for each line of record, ledger, read-back list and transcript, in UTF-8 for Excel.

    A cell that Excel would take for a formula begins with an apostrophe: a resident's words must not compute.
    """

    suffix = ".csv"

    def __init__(self, zone: tzinfo | None = None) -> None:
        self._zone = zone

    def export(self, document: RecordDocument) -> bytes:
        """Return the whole file."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(_COLUMNS)
        for row in self._rows(document):
            writer.writerow([harmless(cell) for cell in row])
        return (BYTE_ORDER_MARK + text.getvalue()).encode()

    def _rows(self, document: RecordDocument) -> Iterator[Sequence[str]]:
        known = words.lines_by_id(document)
        for label, value in words.heading(document, self._zone):
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
        for number, read in enumerate(document.record.readback, start=1):
            times = words.evidence_times((read.utterance_id,), known)
            said = f"{words.readback_text(read)}（「{read.text}」）"
            yield words.READBACK_TITLE, READBACK_KINDS[read.kind], str(number), "", said, times
        for number, spoken in enumerate(document.transcript, start=1):
            said, at = words.words_spoken(spoken), clock(spoken.start_s)
            yield words.TRANSCRIPT_TITLE, words.speaker_word(spoken.speaker), str(number), "発言", said, at


def harmless(cell: str) -> str:
    """Return the text of a cell so that no program computes it.

    Source: OWASP, CSV Injection.
    """
    text = words.clean(cell)
    return f"'{text}" if text.lstrip()[:1] in _FORMULA_STARTS else text
