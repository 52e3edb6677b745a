"""Writing a record to a file: which format, and where it went."""

from consult_assist.domain.consultation import ConsultationSummary
from consult_assist.tui.files import record_stem, write_export
from consult_assist.tui.screens.office import OfficeScreen

_FORMATS = (
    ("docx", "Word（.docx）"),
    ("pdf", "PDF（.pdf）"),
    ("xlsx", "Excel（.xlsx）"),
    ("sheet.pdf", "本人に渡すまとめ（.pdf）"),
    ("sheet.docx", "本人に渡すまとめ（.docx）"),
    ("txt", "テキスト（.txt）"),
    ("md", "Markdown（.md）"),
    ("csv", "表（.csv）"),
    ("json", "データ（.json）"),
)


async def export_record(screen: OfficeScreen, summary: ConsultationSummary) -> None:
    """Ask for the format, write the file and say where it lies."""
    format_name = await screen.ask("書き出す", "形式を選んでください。", _FORMATS)
    if not format_name:
        return

    def write() -> str:
        content = screen.desk.export_record(summary.id, format_name)
        return str(write_export(content, stem=record_stem(summary.started_at), suffix=format_name))

    path = await screen.in_background(write)
    if path is not None:
        await screen.ask("書き出しました", path, (("", "閉じる"),))
