"""`consult-assist`, `consult`, `replay` and `transcribe`: on the screens, or as lines in the terminal."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from consult_assist.app.live import starting, transcribing
from consult_assist.app.live.session import Session
from consult_assist.app.projections import consent_now, events_of
from consult_assist.app.settings import Settings, default_operator
from consult_assist.app.wiring import build_workplace
from consult_assist.app.workplace import Workplace
from consult_assist.cli import printing
from consult_assist.cli.event_file import EventFile
from consult_assist.cli.parser import Options, UsageError
from consult_assist.counter.labels import clock
from consult_assist.domain.consultation import Consent
from consult_assist.errors import StoreError, TerminalError

# The screens and engines are imported by the commands that use them.
# ruff: noqa: PLC0415

SPEEDS = {"1": 1.0, "2": 2.0, "max": None}


def open_screens(settings: Settings, options: Options) -> int:  # noqa: ARG001 - all commands look alike
    """Open the screens at their home page."""
    _check_terminal()
    return _run_screens(build_workplace(settings))


def consult(settings: Settings, options: Options) -> int:
    """Hold a consultation."""
    _check_beginning(options)
    if options.consent is not None:
        _check_screens(options, options.consent)
    if _has_screens(options) or not (options.no_ui or options.consent or options.resume):
        _check_terminal()
    with _event_file(options) as events:
        workplace = build_workplace(settings, [events.write])
        if options.resume is not None:
            _check_screens(options, consent_now(events_of(workplace, options.resume)))
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
    if _has_screens(options):
        _check_terminal()
    with _event_file(options) as events:
        workplace = build_workplace(settings, [events.write])
        session = starting.replay_sound(workplace, options.sound, speed=SPEEDS[options.speed])
        return _run_session(workplace, session, options)


def transcribe(settings: Settings, options: Options) -> int:
    """Write a sound file as text or subtitles and keep nothing, or hear a saved consultation again."""
    from consult_assist.export.subtitles import SUBTITLE_WRITERS

    if options.again is None and (options.yes or options.dry_run):
        raise UsageError("--yes と --dry-run は、--again と一緒のときだけ使えます。")
    if options.again is not None and options.output != "txt":
        raise UsageError("-o は、音声ファイルを文字にするときだけ使えます。--again とは一緒に使えません。")
    workplace = build_workplace(replace(settings, model=options.model or settings.model))
    if options.again is not None:
        return _hear_again(workplace, options)
    missing = workplace.missing_sound(options.sound)
    if missing is not None:
        print(missing, file=sys.stderr, flush=True)
    printing.show_instead("聞いています")
    lines = tuple(transcribing.transcribe_sound(workplace, options.sound, _show_heard))
    printing.show_instead("")
    sys.stdout.write(SUBTITLE_WRITERS[options.output](lines))
    if not lines:
        print(
            "話し声が見つかりませんでした。音の大きさと、ファイルの中身を確かめてください。", file=sys.stderr
        )
    _tell_notice(workplace)
    return 0 if missing is None else 1


def _show_heard(seconds: float) -> None:
    printing.show_instead(f"聞いています {clock(seconds)} まで")


def _hear_again(workplace: Workplace, options: Options) -> int:
    from consult_assist.app.records.rehearing import hear_again, keep_rehearing
    from consult_assist.cli.rehearing import show_progress, text_from_rehearing, wanted

    rehearing = hear_again(workplace, options.again, show_progress)
    _tell_notice(workplace)
    print(text_from_rehearing(rehearing, workplace.knowledge))
    if not rehearing.events or options.dry_run:
        return 0
    if not options.yes and not wanted():
        print("残していません。残すときは --yes を付けるか、「はい」と答えてください。")
        return 1
    keep_rehearing(workplace, rehearing, by=default_operator())
    print(f"残しました（consult-assist records show {options.again}）。")
    return 0


@contextmanager
def _event_file(options: Options) -> Iterator[EventFile]:
    """Open the event file, and say in the end when it could not be written."""
    with EventFile(options.events) as events:
        yield events
    if events.trouble is not None:
        print(events.trouble, file=sys.stderr)


def _has_screens(options: Options) -> bool:
    return sys.stdout.isatty() and not options.no_ui


def _check_beginning(options: Options) -> None:
    """Refuse what would be passed over in silence, and to begin unseen without knowing of consent."""
    if options.resume is not None:
        if options.consent or options.operator or options.case:
            raise UsageError("--resume のときは、--consent、--operator、--case を付けずに続けてください。")
    elif options.consent is None:
        if options.operator or options.case:
            raise UsageError("--operator と --case は、--consent と一緒に指定してください。")
        if options.no_ui:
            raise UsageError("--no-ui のときは、--consent で録音の同意を指定してください。")


def _check_screens(options: Options, consent: str) -> None:
    """Refuse to take up by hand what would end at once, because nobody can write and nothing is heard."""
    if consent == Consent.HANDWRITTEN and not _has_screens(options):
        raise UsageError("手書きの相談は画面で記録します。ターミナルで、--no-ui を付けずに始めてください。")


def _run_session(workplace: Workplace, session: Session, options: Options) -> int:
    if not _has_screens(options):
        return _run_without_screens(workplace, session)
    return _run_screens(workplace, session)


def _check_terminal() -> None:
    """Refuse to open the screens where they cannot be drawn, before anything begins."""
    from consult_assist.app.upkeep.doctor import is_dumb_terminal

    if not sys.stdin.isatty() or not sys.stdout.isatty():
        raise TerminalError(
            "画面を開けません。ターミナルの中で始めるか、consult や replay に --no-ui を付けてください。"
        )
    if is_dumb_terminal():
        raise TerminalError(
            "この端末では画面を開けません。ほかの端末で始めるか、consult に --no-ui を付けてください。"
        )


def _run_screens(workplace: Workplace, session: Session | None = None) -> int:
    from consult_assist.tui.app import run_app

    return run_app(workplace, session)


def _run_without_screens(workplace: Workplace, session: Session) -> int:
    """Print what happens until the sound ends or the user presses Ctrl+C, then close the record."""
    session.subscribe(printing.EventPrinter(workplace.knowledge).show)
    told: str | None = None
    with suppress(KeyboardInterrupt):
        session.start()
        if session.source_name != "none":
            _tell_notice(workplace)
        heard = threading.Thread(target=session.wait, daemon=True)
        heard.start()
        while heard.is_alive():
            heard.join(0.2)
            told = _tell_trouble(session, told)
    if session.status().preparing:
        print("案内の準備が終わりしだい、発言を調べてまとめます。", file=sys.stderr, flush=True)
    try:
        record = session.finish()
    except StoreError:
        print(printing.text_from_record(session.record()))  # the only place where it still stands
        raise
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
