"""Writing a file: which format, and where it went."""

from collections.abc import Callable, Sequence

from consult_assist.domain.consultation import ConsultationSummary
from consult_assist.tui.files import record_stem, write_export
from consult_assist.tui.screens.office import OfficeScreen

_RECORD_FORMATS = (
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
_TABLE_FORMATS = (("xlsx", "Excel（.xlsx）"), ("csv", "表（.csv）"))


async def export_record(screen: OfficeScreen, summary: ConsultationSummary) -> None:
    """Write a record to a file in the format that the clerk chooses."""
    await write_file(
        screen,
        record_stem(summary.started_at),
        lambda format_name: screen.desk.export_record(summary.id, format_name),
        _RECORD_FORMATS,
    )


async def write_file(
    screen: OfficeScreen,
    stem: str,
    content: Callable[[str], bytes],
    formats: Sequence[tuple[str, str]] = _TABLE_FORMATS,
) -> None:
    """Ask for the format, write the file and say where it lies.

    Args:
        screen: which asks.
        stem: name of the file.
        content: format → the whole file; may block.
        formats: what can be chosen, as name and words.
    """
    format_name = await screen.ask("書き出す", "形式を選んでください。", formats)
    if not format_name:
        return

    def write() -> str:
        return str(write_export(content(format_name), stem=stem, suffix=format_name))

    with screen.saying("書き出しています。終わると、ファイルの場所が出ます。"):
        path = await screen.in_background(write)
    if path is not None:
        await screen.ask("書き出しました", path, (("", "閉じる"),))
