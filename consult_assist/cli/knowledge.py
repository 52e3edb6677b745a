"""What each `consult-assist knowledge …` does: call a use case, print what it answers."""

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from consult_assist.app import lookup
from consult_assist.app.settings import Settings
from consult_assist.app.workplace import Workplace
from consult_assist.cli import printing
from consult_assist.cli.asking import ask, said_yes
from consult_assist.cli.parser import Options, UsageError
from consult_assist.domain.knowledge import KnowledgeFault

# What reads and writes knowledge is imported by the commands that use it.
# ruff: noqa: PLC0415


def check_knowledge(settings: Settings, options: Options) -> int:
    """Print what is wrong or old in the knowledge files."""
    from consult_assist.app.upkeep.office_knowledge import check_knowledge as check
    from consult_assist.app.wiring.language import build_reader
    from consult_assist.cli import knowledge_printing
    from consult_assist.knowledge.linter import Severity

    report = check(settings, build_reader, _today())
    if options.json:
        print(json.dumps(knowledge_printing.json_from_report(report), ensure_ascii=False))
    else:
        print(knowledge_printing.text_from_report(report))
    return 1 if report.of(Severity.ERROR) else 0


def try_knowledge(settings: Settings, options: Options) -> int:
    """Print what the program would make of a typed sentence."""
    from consult_assist.app.wiring import build_workplace

    if not options.text.strip():
        raise UsageError('試す文を書いてください（例: consult-assist knowledge try "家賃が払えません"）。')
    workplace = build_workplace(settings)
    _tell_faults(workplace.knowledge.faults)
    texts: Iterable[str] = (
        (line.rstrip("\n") for line in sys.stdin) if options.text == "-" else [options.text]
    )
    for text in texts:
        trial = _try(workplace, text)
        if options.json:
            print(json.dumps(printing.json_from_trial(trial), ensure_ascii=False), flush=True)
        else:
            print(printing.text_from_trial(trial, workplace.knowledge))
    return 0


def export_knowledge(settings: Settings, options: Options) -> int:
    """Write the knowledge into an Excel file."""
    from consult_assist.app.upkeep.office_knowledge import export_workbook

    faults = export_workbook(settings, options.file)
    print(f"書き出しました: {options.file}")
    print(f"直したら: consult-assist knowledge import {options.file} --dry-run")
    _tell_faults(faults)
    return 0


def import_knowledge(settings: Settings, options: Options) -> int:
    """Take an Excel file over into the office's own knowledge."""
    from consult_assist.app.upkeep.office_knowledge import keep_import, read_import
    from consult_assist.cli import knowledge_printing

    found = read_import(settings, options.file)
    for remark in found.remarks:
        print(remark, file=sys.stderr)
    print(knowledge_printing.text_from_import(found))
    if found.faults:
        return 1
    if options.dry_run:
        print("見せるだけで、何も書き込んでいません。")
    elif found.changes:
        kept = keep_import(settings, found.changes, _now())
        print(f"事務所の知識に書き込みました（{len(found.changes)} 件）。")
        if kept is not None:
            print(f"今までのファイルの写し: {kept}")
        print("誤りがないかは consult-assist knowledge check で確かめられます。")
    return 0


def add_programme(settings: Settings, options: Options) -> int:  # noqa: ARG001 - all commands look alike
    """Ask for a new programme, write it, and show what one of its examples would raise."""
    from consult_assist.app.upkeep.office_knowledge import add_programme as add
    from consult_assist.app.upkeep.office_knowledge import current_entries, taken_ids
    from consult_assist.app.wiring import build_workplace
    from consult_assist.app.wiring.language import build_reader
    from consult_assist.cli.knowledge_questions import ask_programme
    from consult_assist.domain.knowledge import CueWords

    print("新しい制度を足します。やめるときは Ctrl+C を押します（何も残りません）。")
    programme = ask_programme(
        ask,
        programmes=current_entries(settings).programmes,
        taken_ids=taken_ids(settings),
        reading_of=build_reader(CueWords()).reading,
        today=_today(),
    )
    if not said_yes(ask, f"「{programme.name}」を足しますか"):
        print("足していません。")
        return 1
    print(f"足しました: {add(settings, programme, _now())}")
    workplace = build_workplace(settings)
    for text in (*programme.examples[:1], programme.name):
        print(printing.text_from_trial(_try(workplace, text), workplace.knowledge))
    return 0


def _try(workplace: Workplace, text: str) -> lookup.Trial:
    """Try a sentence, saying meanwhile that it may take long."""
    printing.show_instead("調べています（知識を変えたあとの初めは、1 分ほどかかります）")
    trial = lookup.try_sentence(workplace, text)
    printing.show_instead("")
    return trial


def diff_knowledge(settings: Settings, options: Options) -> int:
    """Print what the office added or changed, and what an upgrade changed since."""
    from consult_assist.app.upkeep.office_knowledge import compare_knowledge, mark_reviewed
    from consult_assist.cli.knowledge_printing import text_from_differences

    if options.reviewed is not None:
        print(f"見比べたことを残しました: {mark_reviewed(settings, options.reviewed, _now())}")
        return 0
    found, faults = compare_knowledge(settings)
    print(text_from_differences(found))
    _tell_faults(faults)
    return 0


def list_contacts(settings: Settings, options: Options) -> int:  # noqa: ARG001
    """Print the local desks, and make or complete the file that holds their numbers."""
    from consult_assist.app.upkeep.office_knowledge import local_contacts
    from consult_assist.cli.knowledge_printing import text_from_contacts

    file, contacts = local_contacts(settings)
    print(text_from_contacts(contacts, file))
    return 0


def _tell_faults(faults: Sequence[KnowledgeFault]) -> None:
    if faults:
        print(
            f"知識ファイルに直す所が {len(faults)} か所あります。"
            "consult-assist knowledge check で見てください。",
            file=sys.stderr,
        )


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the clerk's calendar


def _now() -> datetime:
    return datetime.now()  # noqa: DTZ005 - the clerk's clock
