"""What writes records to files: the formats, the office's own Word form, the pseudonymizer."""

from collections.abc import Sequence

from consult_assist.domain.document import RecordDocument
from consult_assist.export.base import Exporter, Pseudonymizer

# Engines are imported where they are made: what is not used costs no start-up time.
# ruff: noqa: PLC0415


def build_exporters() -> dict[str, Exporter]:
    """Return every format of a record under the ending of its files."""
    from consult_assist.export.excel import XlsxExporter
    from consult_assist.export.json_file import JsonExporter
    from consult_assist.export.markdown import MarkdownExporter
    from consult_assist.export.pdf import PdfExporter
    from consult_assist.export.plain_text import TextExporter
    from consult_assist.export.sheet_files import SheetDocxExporter, SheetPdfExporter, SheetTextExporter
    from consult_assist.export.spreadsheet import CsvExporter
    from consult_assist.export.training import TrainingExporter, TrainingListExporter
    from consult_assist.export.word import DocxExporter

    exporters: list[Exporter] = [
        TextExporter(),
        MarkdownExporter(),
        CsvExporter(),
        JsonExporter(),
        DocxExporter(),
        PdfExporter(),
        XlsxExporter(),
        SheetTextExporter(),
        SheetDocxExporter(),
        SheetPdfExporter(),
        TrainingExporter(_find_names),
        TrainingListExporter(_find_names),
    ]
    return {exporter.suffix.lstrip("."): exporter for exporter in exporters}


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
