"""`consult-assist records list | show | history | export | verify`."""

import sys
from pathlib import Path

from consult_assist.app.records import archive, documents, verifying
from consult_assist.app.records.playing import missing_sound
from consult_assist.app.settings import Settings
from consult_assist.app.wiring import build_workplace
from consult_assist.cli import printing
from consult_assist.cli.output_files import write_file
from consult_assist.cli.parser import Options, UsageError
from consult_assist.counter.labels import EXPORT_NOTICES

# The screens and engines are imported by the commands that use them.
# ruff: noqa: PLC0415

_NOTHING_FOUND = "条件に合う相談記録はありません。言葉や条件を減らして、もう一度探してください。"
_NO_RECORDS = "相談記録はまだありません。consult-assist consult で相談を始めると、ここに残ります。"


def list_records(settings: Settings, options: Options) -> int:
    """Print the saved consultations."""
    summaries = archive.list_records(build_workplace(settings), " ".join(options.search))
    for summary in summaries:
        print(printing.line_from_summary(summary))
    if not summaries:
        print(_NOTHING_FOUND if options.search else _NO_RECORDS, file=sys.stderr)
    return 0


def show_record(settings: Settings, options: Options) -> int:
    """Print one record, as it stands or as it was approved last."""
    workplace = build_workplace(settings)
    if options.approved:
        from consult_assist.app.records.reviewing import approved_record

        text = workplace.exporters["txt"](approved_record(workplace, options.id))
    else:
        text = documents.export_record(workplace, options.id, "txt", options.template)
    sys.stdout.write(text.decode())
    if (missing := missing_sound(workplace, options.id)) is not None:
        print(missing, file=sys.stderr)
    return 0


def show_history(settings: Settings, options: Options) -> int:
    """Print who changed what in a record, and when."""
    from consult_assist.app.records.histories import record_history
    from consult_assist.cli.histories import text_from_history

    print(text_from_history(record_history(build_workplace(settings), options.id)))
    return 0


def export_record(settings: Settings, options: Options) -> int:
    """Write one record to a file."""
    workplace = build_workplace(settings)
    format_name = options.format or ("txt" if options.form is None else "docx")
    if options.form is None:
        data = documents.export_record(workplace, options.id, format_name, options.template)
    elif format_name == "docx":
        data = documents.fill_office_form(workplace, options.id, options.form, options.template)
    else:
        raise UsageError("--form は Word（-f docx）のときだけ使えます。")
    target = options.output or Path(f"{options.id}.{format_name}")
    write_file(target, data)
    if notice := EXPORT_NOTICES.get(format_name.split(".")[0]):
        print(notice)
    return 0


def verify_records(settings: Settings, options: Options) -> int:  # noqa: ARG001
    """Print every place where something saved was changed or is missing; return 1 where there is one."""
    faults = verifying.verify_records(build_workplace(settings))
    for fault in faults:
        print(fault.message)
    print("書きかえや抜けはありません。" if not faults else f"{len(faults)} か所に異常があります。")
    return 1 if faults else 0
