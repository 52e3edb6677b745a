"""What writes records to files: the formats, the office's own Word form, the pseudonymizer."""

from collections.abc import Sequence
from functools import partial

from consult_assist.domain.document import RecordDocument
from consult_assist.export.base import Exporter, Pseudonymizer

# Engines are imported where they are made: what is not used costs no start-up time.
# ruff: noqa: PLC0415


def build_exporters() -> dict[str, Exporter]:
    """Return every format of a record under the ending of its files; no format's library is loaded yet."""
    from consult_assist.export.csv_file import record_as_csv
    from consult_assist.export.json_file import record_as_json
    from consult_assist.export.markdown import record_as_markdown
    from consult_assist.export.plain_text import record_as_text
    from consult_assist.export.sheet_text import sheet_as_text
    from consult_assist.export.training import list_for_training, record_for_training

    return {
        "txt": record_as_text,
        "md": record_as_markdown,
        "csv": record_as_csv,
        "json": record_as_json,
        "docx": _record_as_docx,
        "pdf": _record_as_pdf,
        "xlsx": _record_as_xlsx,
        "sheet.txt": sheet_as_text,
        "sheet.docx": _sheet_as_docx,
        "sheet.pdf": _sheet_as_pdf,
        "training.txt": partial(record_for_training, find_names=_find_names),
        "training-list.txt": partial(list_for_training, find_names=_find_names),
    }


def _record_as_docx(document: RecordDocument) -> bytes:
    from consult_assist.export.word_form import record_as_docx

    return record_as_docx(document)


def _record_as_pdf(document: RecordDocument) -> bytes:
    from consult_assist.export.pdf import record_as_pdf

    return record_as_pdf(document)


def _record_as_xlsx(document: RecordDocument) -> bytes:
    from consult_assist.export.workbook import record_as_xlsx

    return record_as_xlsx(document)


def _sheet_as_docx(document: RecordDocument) -> bytes:
    from consult_assist.export.sheet_docx import sheet_as_docx

    return sheet_as_docx(document)


def _sheet_as_pdf(document: RecordDocument) -> bytes:
    from consult_assist.export.sheet_pdf import sheet_as_pdf

    return sheet_as_pdf(document)


def _find_names(text: str) -> Sequence[tuple[int, int, str]]:
    from consult_assist.nlp.proper_nouns import find_proper_nouns

    return find_proper_nouns(text)


def new_pseudonymizer(document: RecordDocument) -> Pseudonymizer:
    """Return what covers the words of a record that could tell who it is about."""
    from consult_assist.export.training import pseudonymizer_for

    return pseudonymizer_for(document, _find_names)


def fill_form(form: bytes, document: RecordDocument) -> bytes:
    """Return the office's own Word form, filled with a record."""
    from consult_assist.export.office_form import fill_office_form

    return fill_office_form(form, document)
