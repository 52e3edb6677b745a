"""Writing a file: which format, and where it went."""

from collections.abc import Callable
from pathlib import Path

from consult_assist.counter.labels import EXPORT_NOTICES
from consult_assist.domain.consultation import ConsultationSummary
from consult_assist.tui.files import record_stem, write_export
from consult_assist.tui.presentation.prose import plain
from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.widgets.dialog import EntryScreen

_OFFICE_FORM = "form"
_RECORD_FORMATS = (
    ("docx", "Word（.docx）"),
    (_OFFICE_FORM, "事務所の Word の様式に差し込む（.docx）"),
    ("pdf", "PDF（.pdf）"),
    ("xlsx", "Excel（.xlsx）"),
    ("sheet.pdf", "本人に渡すまとめ（.pdf）"),
    ("sheet.docx", "本人に渡すまとめ（.docx）"),
    ("txt", "テキスト（.txt）"),
    ("md", "Markdown（.md）"),
    ("csv", "表（.csv）"),
    ("json", "データ（.json）"),
    ("training.txt", "研修用: 名前や番号を置きかえた記録（.txt）"),
    ("training-list.txt", "研修用: 何を何に置きかえたかの一覧（.txt）"),
)
_TRAINING_STEM = "相談記録_研修用"
"""Without the time, by which the record could be found."""
_MAX_PATH_CHARS = 500
_WHICH_FORM = (
    "{{ 主訴 }} のような差し込みの印を入れた Word の様式（.docx）の場所を、書くか貼り付けてください。"
)
_TABLE_FORMATS = (("xlsx", "Excel（.xlsx）"), ("csv", "表（.csv）"))


async def export_record(screen: OfficeScreen, summary: ConsultationSummary) -> None:
    """Write a record to a file in the format that the clerk chooses."""
    format_name = await screen.ask("書き出す", "形式を選んでください。", _RECORD_FORMATS)
    if not format_name:
        return
    for_training = format_name.startswith("training")
    stem = _TRAINING_STEM if for_training else record_stem(summary.started_at)
    if format_name != _OFFICE_FORM:
        await _write(screen, stem, format_name, lambda: screen.desk.export_record(summary.id, format_name))
    elif (form := await _ask_office_form(screen)) is not None:
        await _write(screen, stem, "docx", lambda: screen.desk.fill_office_form(summary.id, form))


async def _ask_office_form(screen: OfficeScreen) -> Path | None:
    await screen.office.when_unveiled()
    before = str(screen.desk.office_form or "")
    entry = EntryScreen(
        "事務所の様式", [plain(_WHICH_FORM)], before, most_chars=_MAX_PATH_CHARS, does="書き出す"
    )
    words = await screen.app.push_screen_wait(entry)
    if not words:
        return None
    unquoted = words.strip("\"'")  # Windows copies a path in quotation marks
    screen.desk.office_form = Path(unquoted).expanduser()
    return screen.desk.office_form


async def write_file(screen: OfficeScreen, stem: str, content: Callable[[str], bytes]) -> None:
    """Ask for the format, write the file and say where it lies.

    Args:
        screen: which asks.
        stem: name of the file.
        content: format → the whole file; may block.
    """
    format_name = await screen.ask("書き出す", "形式を選んでください。", _TABLE_FORMATS)
    if format_name:
        await _write(screen, stem, format_name, lambda: content(format_name))


async def _write(screen: OfficeScreen, stem: str, suffix: str, content: Callable[[], bytes]) -> None:
    def write() -> str:
        return str(write_export(content(), stem=stem, suffix=suffix))

    with screen.saying("書き出しています。終わると、ファイルの場所が出ます。"):
        path = await screen.in_background(write)
    if path is not None:
        notice = EXPORT_NOTICES.get(suffix.partition(".")[0], "")
        await screen.ask("書き出しました", f"{path}\n\n{notice}".rstrip(), (("", "閉じる"),))
