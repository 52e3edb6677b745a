"""A record as a Word document, in the shape of an office's form."""

import io
from collections.abc import Sequence
from datetime import UTC, tzinfo

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from consult_assist.domain.document import RecordDocument
from consult_assist.domain.record import RecordLine
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.export import words
from consult_assist.export.packages import without_times

_GREY = RGBColor(0x59, 0x59, 0x59)
_LABEL_WIDTH = Mm(28)
_TEXT_WIDTH = Mm(142)
_STAMP_WIDTH = Mm(18)


def record_as_docx(document: RecordDocument, zone: tzinfo | None = None) -> bytes:
    """Return head, 決裁欄, one table row a field, ledger and read-back list; seal and page numbers below.

    The transcript is left out: a record is circulated for approval, the whole talk is not.
    """
    paper = Document()
    set_up_paper(paper, document, words.TITLE)
    title = paper.add_paragraph(words.TITLE, style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add_approval(paper, words.stamps(document, zone))
    paper.add_paragraph()
    _add_rows(paper, [(label, (value,)) for label, value in words.heading(document, zone)])
    paper.add_paragraph()
    _add_fields(paper, document)
    _add_ledger(paper, document)
    _add_readback(paper, document)
    paper.add_paragraph()
    _write(paper.add_paragraph(), words.LEGEND, small=True)
    _add_footer(paper, document.chain_head)
    file = io.BytesIO()
    paper.save(file)
    return without_times(file.getvalue())


def set_up_paper(paper: WordDocument, document: RecordDocument, title: str) -> None:
    """Set paper size, Japanese fonts and the properties that would otherwise tell of this machine."""
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)
    for name in ("Normal", "Title", "Heading 2"):
        style = paper.styles[name]
        style.font.name = words.FONT
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia"):
            fonts.set(qn(script), words.FONT)
    for language in paper.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "ja-JP")
    for border in list(paper.styles["Title"].element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)
    paper.styles["Normal"].font.size = Pt(10.5)
    paper.styles["Title"].font.size = Pt(18)
    paper.styles["Heading 2"].font.size = Pt(12)
    properties = paper.core_properties
    properties.title = title
    properties.author = words.clean(document.summary.operator)[:255]
    properties.last_modified_by = properties.author
    properties.comments = ""
    properties.language = "ja-JP"
    properties.created = properties.modified = document.summary.started_at.astimezone(UTC)


def _add_approval(paper: WordDocument, stamps: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Add the 決裁欄: squares to be stamped, with name and day where someone has signed."""
    table = paper.add_table(rows=2, cols=len(stamps), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.RIGHT
    _set_widths(table, [_STAMP_WIDTH] * len(stamps))
    for column, (title, lines) in enumerate(stamps):
        square = table.cell(1, column)
        texts = [(table.cell(0, column).paragraphs[0], title)]
        texts += [(_paragraph(square, number), text) for number, text in enumerate(lines)]
        for paragraph, text in texts:
            _write(paragraph, text, small=True)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    table.rows[1].height = Mm(16)


def _add_rows(paper: WordDocument, rows: Sequence[tuple[str, Sequence[str]]]) -> Table:
    """Add a table with a label at the left and plain paragraphs at the right."""
    table: Table = paper.add_table(rows=len(rows), cols=2, style="Table Grid")
    _set_widths(table, (_LABEL_WIDTH, _TEXT_WIDTH))
    for row, (label, texts) in zip(table.rows, rows, strict=True):
        left, right = row.cells
        _write(left.paragraphs[0], label, bold=True)
        for number, text in enumerate(texts):
            _write(_paragraph(right, number), text)
    return table


def _add_fields(paper: WordDocument, document: RecordDocument) -> None:
    if not document.record.fields:
        return
    known = words.lines_by_id(document)
    table = _add_rows(paper, [(item.label, ()) for item in document.record.fields])
    for row, item in zip(table.rows, document.record.fields, strict=True):
        cell = row.cells[1]
        for number, line in enumerate(item.lines):
            _write_line(_paragraph(cell, number), line, known)
        if not item.lines:
            _write(cell.paragraphs[0], words.EMPTY_FIELD, small=True)


def _write_line(paragraph: Paragraph, line: RecordLine, known: dict[str, TranscriptLine]) -> None:
    mark, text = words.mark_and_text(line, known)
    _write(paragraph, f"［{mark}］", small=True)
    _write(paragraph, text)


def _add_ledger(paper: WordDocument, document: RecordDocument) -> None:
    paper.add_heading(words.LEDGER_TITLE, level=2)
    rows = words.ledger_rows(document)
    _add_list(paper, words.LEDGER_HEAD, rows, (Mm(18), Mm(45), Mm(82), Mm(25)))


def _add_readback(paper: WordDocument, document: RecordDocument) -> None:
    paper.add_heading(words.READBACK_TITLE, level=2)
    rows = [
        (kind, value, f"「{text}」", mark) for kind, value, text, mark, _ in words.readback_rows(document)
    ]
    _add_list(paper, words.READBACK_HEAD[:-1], rows, (Mm(22), Mm(38), Mm(95), Mm(15)))


def _add_list(
    paper: WordDocument, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[Mm]
) -> None:
    if not rows:
        _write(paper.add_paragraph(), words.EMPTY_FIELD, small=True)
        return
    table = paper.add_table(rows=1 + len(rows), cols=len(head), style="Table Grid")
    _set_widths(table, widths)
    for row, texts in zip(table.rows, (head, *rows), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            _write(cell.paragraphs[0], text, bold=texts is head)


def _set_widths(table: Table, widths: Sequence[Mm]) -> None:
    """Fix the columns: Word reads the width of the cells, LibreOffice that of the columns."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def _add_footer(paper: WordDocument, chain_head: str) -> None:
    """Add the seal of the chain and the page number."""
    footer = paper.sections[0].footer
    seal = footer.paragraphs[0]
    _write(seal, f"封印 {words.clean(chain_head)}", small=True)
    pages = footer.add_paragraph()
    pages.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add_page_field(pages, "PAGE")
    _write(pages, " ／ ", small=True)
    _add_page_field(pages, "NUMPAGES")


def _add_page_field(paragraph: Paragraph, instruction: str) -> None:
    element = OxmlElement("w:fldSimple")
    element.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    element.append(run)
    paragraph._p.append(element)  # noqa: SLF001 - python-docx has no fields


def _paragraph(cell: _Cell, number: int) -> Paragraph:
    """Return a cell's paragraph to write in; the first is there from the beginning."""
    paragraph: Paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
    return paragraph


def _write(paragraph: Paragraph, text: str, *, bold: bool = False, small: bool = False) -> Run:
    paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(words.clean(text))
    run.bold = bold or None
    if small:
        run.font.size = Pt(8)
        run.font.color.rgb = _GREY
    return run
