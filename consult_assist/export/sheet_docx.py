"""The 要約 sheet as a Word document."""

import io
from datetime import tzinfo

from docx import Document
from docx.shared import Pt

from consult_assist.domain.document import RecordDocument
from consult_assist.export import sheet
from consult_assist.export.packages import without_times
from consult_assist.export.word_form import set_up_paper

_BODY_SIZE = Pt(14)
"""Large enough to be read without glasses."""


def sheet_as_docx(document: RecordDocument, zone: tzinfo | None = None) -> bytes:
    """Return the sheet as a Word document that the clerk can still change."""
    paper = Document()
    title = sheet.without_readings(sheet.TITLE)
    set_up_paper(paper, document, title)
    paper.styles["Normal"].font.size = _BODY_SIZE
    paper.styles["Heading 2"].font.size = _BODY_SIZE
    paper.add_paragraph(title, style="Title")
    for label, value in sheet.sheet_head(document, zone):
        paper.add_paragraph(f"{sheet.without_readings(label)}：{value}")
    for part in sheet.sheet_parts(document):
        paper.add_heading(f"■ {sheet.without_readings(part.title)}", level=2)
        for line in part.lines:
            paper.add_paragraph(f"・{line}")
    paper.add_paragraph()
    for note in sheet.NOTES:
        paper.add_paragraph(sheet.without_readings(note))
    file = io.BytesIO()
    paper.save(file)
    return without_times(file.getvalue())
