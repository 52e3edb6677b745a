"""What each command does: call a use case, print what it answers."""

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from consult_assist.app.live import starting, transcribing
from consult_assist.app.live.session import Session
from consult_assist.app.records import archive, documents
from consult_assist.app.settings import Settings, default_operator
from consult_assist.app.upkeep import doctor
from consult_assist.app.wiring import build_workplace
from consult_assist.app.workplace import Workplace
from consult_assist.cli import printing
from consult_assist.cli.event_file import EventFile
from consult_assist.cli.exercise_commands import (  # noqa: F401 - the parser names them
    check_exercises,
    list_exercises,
    new_exercise,
    record_consent,
    show_exercise,
)
from consult_assist.cli.exercise_results import (  # noqa: F401 - the parser names them
    forget_exercises,
    report_exercises,
)
from consult_assist.cli.knowledge_commands import (  # noqa: F401 - the parser names them, and looks here
    add_programme,
    check_knowledge,
    diff_knowledge,
    export_knowledge,
    import_knowledge,
    list_contacts,
    try_knowledge,
)
from consult_assist.cli.knowledge_report import report_knowledge  # noqa: F401 - the parser names it
from consult_assist.cli.off_record import redact_line  # noqa: F401 - the parser names it
from consult_assist.cli.output_files import write_file
from consult_assist.cli.parser import Options
from consult_assist.cli.reviewing import (  # noqa: F401 - the parser names them
    amend_record,
    approve_record,
    list_waiting,
    return_record,
    submit_record,
    take_back_record,
)
from consult_assist.cli.statistics import count_records  # noqa: F401 - the parser names it
from consult_assist.domain.consultation import Consent
from consult_assist.errors import ConsultAssistError, TerminalError

# The screens and engines are imported by the commands that use them.
# ruff: noqa: PLC0415

SPEEDS = {"1": 1.0, "2": 2.0, "max": None}


class UsageError(ConsultAssistError):
    """A command was given too little to go on."""


def open_screens(settings: Settings, options: Options) -> int:  # noqa: ARG001 - all commands look alike
    """Open the screens at their home page."""
    return _run_screens(build_workplace(settings))


def consult(settings: Settings, options: Options) -> int:
    """Hold a consultation."""
    if options.no_ui and options.consent is None and options.resume is None:
        raise UsageError("--no-ui のときは、--consent で録音の同意を指定してください。")
    if options.no_ui and options.consent == Consent.HANDWRITTEN:
        raise UsageError("手書きの相談は画面で記録します。--no-ui を付けずに始めてください。")
    with _event_file(options) as events:
        workplace = build_workplace(settings, [events.write])
        if options.resume is not None:
            return _run_session(workplace, starting.resume_consultation(workplace, options.resume), options)
        if options.consent is None:
            return _run_screens(workplace)
        session = starting.start_consultation(
            workplace,
            consent=Consent(options.consent),
            operator=options.operator or default_operator(),
            case_number=options.case,
        )
        return _run_session(workplace, session, options)


def replay(settings: Settings, options: Options) -> int:
    """Replay a sound file through the very same program."""
    with _event_file(options) as events:
        workplace = build_workplace(settings, [events.write])
        session = starting.replay_sound(workplace, options.sound, speed=SPEEDS[options.speed])
        return _run_session(workplace, session, options)


def transcribe(settings: Settings, options: Options) -> int:
    """Write a sound file as text or subtitles and keep nothing, or hear a saved consultation again."""
    from consult_assist.export.subtitles import SUBTITLE_WRITERS

    workplace = build_workplace(replace(settings, model=options.model or settings.model))
    if options.again is not None:
        return _hear_again(workplace, options)
    lines = transcribing.transcribe_sound(workplace, options.sound)
    sys.stdout.write(SUBTITLE_WRITERS[options.output](lines))
    _tell_notice(workplace)
    return 0


def _hear_again(workplace: Workplace, options: Options) -> int:
    from consult_assist.app.records.rehearing import hear_again, keep_rehearing
    from consult_assist.cli import comparison

    rehearing = hear_again(workplace, options.again, comparison.show_progress)
    _tell_notice(workplace)
    print(comparison.text_from_rehearing(rehearing, workplace.knowledge))
    if not rehearing.events or options.dry_run:
        return 0
    if not options.yes and not comparison.agreed():
        print("残していません。残すときは --yes を付けるか、「はい」と答えてください。")
        return 1
    keep_rehearing(workplace, rehearing, by=default_operator())
    print(f"残しました（consult-assist records show {options.again}）。")
    return 0


def list_records(settings: Settings, options: Options) -> int:
    """Print the saved consultations."""
    for summary in archive.list_records(build_workplace(settings), " ".join(options.search)):
        print(printing.line_from_summary(summary))
    return 0


def show_record(settings: Settings, options: Options) -> int:
    """Print one record, as it stands or as it was approved last."""
    workplace = build_workplace(settings)
    if options.approved:
        from consult_assist.app.records.reviewing import approved_record

        text = workplace.exporters["txt"].export(approved_record(workplace, options.id))
    else:
        text = documents.export_record(workplace, options.id, "txt", options.template)
    sys.stdout.write(text.decode())
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
    if notice := printing.EXPORT_NOTICES.get(format_name.split(".")[0]):
        print(notice)
    return 0


def verify_records(settings: Settings, options: Options) -> int:  # noqa: ARG001
    """Say whether anything saved was changed or is missing."""
    faults = documents.verify_records(build_workplace(settings))
    for fault in faults:
        print(fault.message)
    print("書きかえや抜けはありません。" if not faults else f"{len(faults)} か所に異常があります。")
    return 1 if faults else 0


def backup(settings: Settings, options: Options) -> int:
    """Write everything into one file."""
    from consult_assist.app.wiring.stores import backup_data

    backup_data(settings, options.file)
    print(f"控えました: {options.file}")
    return 0


def restore(settings: Settings, options: Options) -> int:
    """Bring everything back from a backup."""
    from consult_assist.app.wiring.stores import restore_data

    moved = restore_data(settings, options.file, replace=options.replace)
    print(f"元に戻しました: {settings.data_folder}")
    if moved is not None:
        print(f"今までのデータはここに移しました: {moved}")
    return 0


def list_models(settings: Settings, options: Options) -> int:  # noqa: ARG001
    """Print the models and whether they are ready."""
    from consult_assist.models.find import list_models as statuses

    for status in statuses(settings.models_home):
        print(printing.line_from_model(status))
    return 0


def advise_models(settings: Settings, options: Options) -> int:
    """Measure this PC and say which model keeps up."""
    from consult_assist.app.wiring.recognition import advise_models as advise
    from consult_assist.cli import comparison

    advice = advise(settings, comparison.show_step)
    if options.json:
        print(json.dumps(comparison.json_from_advice(advice), ensure_ascii=False))
    else:
        print(comparison.text_from_advice(advice))
    return 0


def get_model(settings: Settings, options: Options) -> int:
    """Make a model ready; the one command that may use the network, because the user typed it."""
    from consult_assist.models.get import get_model as get

    folder = get(options.name, settings.models_home, printing.show_progress)
    print(f"用意できました: {folder}")
    return 0


def verify_model(settings: Settings, options: Options) -> int:
    """Read a model to the last byte and compare it."""
    from consult_assist.models.find import verify_model as verify

    folder = verify(options.name or settings.model, settings.models_home, printing.show_progress)
    print(f"正しいモデルです: {folder}")
    return 0


def check_equipment(settings: Settings, options: Options) -> int:  # noqa: ARG001
    """Print whether each part works, or what to do."""
    ok = True
    for result in doctor.check_equipment(build_workplace(settings)):
        print(f"{'○' if result.ok else '×'} {result.name}: {result.message}", flush=True)
        ok = ok and result.ok
    return 0 if ok else 1


@contextmanager
def _event_file(options: Options) -> Iterator[EventFile]:
    """Open the event file, and say in the end when it could not be written."""
    with EventFile(options.events) as events:
        yield events
    if events.trouble is not None:
        print(events.trouble, file=sys.stderr)


def _run_session(workplace: Workplace, session: Session, options: Options) -> int:
    if options.no_ui or not sys.stdout.isatty():
        return _run_without_screens(workplace, session)
    return _run_screens(workplace, session)


def _run_screens(workplace: Workplace, session: Session | None = None) -> int:
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        raise TerminalError("画面を開けません。ターミナルの中で始めるか、--no-ui を付けてください。")
    from consult_assist.tui.app import run_app

    run_app(workplace, session)
    return 0


def _run_without_screens(workplace: Workplace, session: Session) -> int:
    """Print what happens until the sound ends or the user presses Ctrl+C, then close the record."""
    session.subscribe(printing.EventPrinter(workplace.knowledge).show)
    session.start()
    if session.source_name != "none":
        _tell_notice(workplace)
    heard = threading.Thread(target=session.wait, daemon=True)
    heard.start()
    told: str | None = None
    try:
        while heard.is_alive():
            heard.join(0.2)
            told = _tell_trouble(session, told)
    except KeyboardInterrupt:
        pass
    record = session.finish()
    _tell_trouble(session, told)
    print(printing.text_from_record(record))
    print(f"\n相談記録: {session.id}（consult-assist records show {session.id}）")
    print(f"保存した場所: {workplace.settings.data_folder}")
    return 0 if session.status().trouble is None else 1


def _tell_notice(workplace: Workplace) -> None:
    """Say once when recognition computes elsewhere than set."""
    if (notice := workplace.recognition_notice()) is not None:
        print(notice, file=sys.stderr, flush=True)


def _tell_trouble(session: Session, told: str | None) -> str | None:
    """Print what the clerk has to know at once, when it is new, and return what was told last."""
    trouble = session.status().trouble
    if trouble is not None and trouble != told:
        print(trouble, file=sys.stderr, flush=True)
    return trouble or told
