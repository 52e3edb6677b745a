"""What an office does with its knowledge: check it, edit it in Excel, compare it, add to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from consult_assist.app.settings import Settings
from consult_assist.domain.knowledge import Contact, CueWords, KnowledgeFault
from consult_assist.errors import KnowledgeError
from consult_assist.knowledge.base import Reader
from consult_assist.knowledge.crosscheck import Placed
from consult_assist.knowledge.difference import EntryDifference, compare_with_shipped, marks_renewed
from consult_assist.knowledge.entries import KnowledgeEntries, read_entries
from consult_assist.knowledge.intake import Intake, entries_from_grids
from consult_assist.knowledge.loader import close_entries
from consult_assist.knowledge.office import complete_contacts_file
from consult_assist.knowledge.office_changes import (
    Change,
    apply_changes,
    change_for,
    marked,
    plan_changes,
    with_order_kept,
    with_parts_kept,
)
from consult_assist.knowledge.report import KnowledgeReport, check_entries
from consult_assist.knowledge.schema import ProgrammeTable
from consult_assist.resources import shipped_folder

# Excel's library is loaded only by the two functions that need it.
# ruff: noqa: PLC0415


def current_entries(settings: Settings) -> KnowledgeEntries:
    """Return what is in use: the shipped knowledge with the office's own over it.

    Raises:
        KnowledgeError: a folder cannot be read.
    """
    return read_entries(shipped_folder("knowledge"), settings.office_knowledge_folder)


def check_knowledge(
    settings: Settings, load_reader: Callable[[CueWords], Reader], today: date
) -> KnowledgeReport:
    """Return everything in the knowledge that is wrong or deserves a look.

    Raises:
        KnowledgeError: a folder cannot be read.
    """
    entries = current_entries(settings)
    reader = load_reader(close_entries(entries).words)
    return check_entries(entries, reader, today)


def export_workbook(settings: Settings, target: Path) -> Sequence[KnowledgeFault]:
    """Write the knowledge into an Excel file and return what could not be read before.

    Raises:
        KnowledgeError: a folder cannot be read, or the file cannot be written.
    """
    from consult_assist.knowledge.workbook import write_workbook

    if target.suffix.lower() != ".xlsx":
        raise KnowledgeError(f"{target.name} の終わりを .xlsx にしてください。")
    entries = current_entries(settings)
    write_workbook(marked(entries), target)
    return close_entries(entries).faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What a workbook changes.

    Attributes:
        faults: cells that cannot be taken over; with any of them nothing is changed.
        remarks: what the clerk should know although it does no harm.
    """

    changes: Sequence[Change] = ()
    faults: Sequence[KnowledgeFault] = ()
    remarks: Sequence[str] = ()


def read_import(settings: Settings, source: Path) -> Import:
    """Return what a workbook would change in the office's folder; nothing is written.

    Raises:
        KnowledgeError: the file is no workbook, or one of the office's files is broken.
    """
    from consult_assist.knowledge.workbook import read_workbook

    current = current_entries(settings)
    _refuse_broken(current, settings.office_knowledge_folder)
    intake = with_parts_kept(entries_from_grids(read_workbook(source), source), current)
    whole = _laid_over(current, intake)
    places: dict[tuple[str, str], Placed] = {**current.files, **intake.places}
    known = {fault.message for fault in close_entries(current).faults}
    from_book = [
        fault
        for fault in close_entries(whole, places).faults
        if fault.file == source and fault.message not in known
    ]
    if intake.faults or from_book:
        return Import(faults=[*intake.faults, *from_book], remarks=intake.remarks)
    shipped = read_entries(shipped_folder("knowledge"))
    wanted = with_order_kept(intake.entries, current)
    changes = plan_changes(wanted, shipped, current, settings.office_knowledge_folder)
    return Import(changes=changes, remarks=[*intake.remarks, *_left_out(current, intake.entries)])


def keep_import(settings: Settings, changes: Sequence[Change], now: datetime) -> Path | None:
    """Write the changes into the office's folder and return where its files were copied before, if any.

    Raises:
        KnowledgeError: the folder cannot be written; nothing has changed.
    """
    return apply_changes(changes, settings.office_knowledge_folder, now)


def compare_knowledge(settings: Settings) -> tuple[Sequence[EntryDifference], Sequence[KnowledgeFault]]:
    """Return what the office added or changed, beside the shipped knowledge; and what cannot be compared.

    Raises:
        KnowledgeError: a folder cannot be read.
    """
    current = current_entries(settings)
    return compare_with_shipped(current, read_entries(shipped_folder("knowledge"))), current.faults


def mark_reviewed(settings: Settings, entry_id: str, now: datetime) -> str:
    """Note that the office has looked at what an upgrade changed, and return the entry's title.

    Raises:
        KnowledgeError: the office has no such entry, or the folder cannot be written.
    """
    current = current_entries(settings)
    shipped = read_entries(shipped_folder("knowledge"))
    change = marks_renewed(current, shipped, entry_id)
    if change is None:
        raise KnowledgeError(
            f"「{entry_id}」は、事務所で直した付属の項目ではありません。"
            "knowledge diff で ID を確かめてください。"
        )
    apply_changes([change], settings.office_knowledge_folder, now)
    return change.title


def taken_ids(settings: Settings) -> frozenset[str]:
    """Return the ids that a new programme cannot have: those in use, and the names of the office's files.

    Raises:
        KnowledgeError: a folder cannot be read.
    """
    files = (settings.office_knowledge_folder / "programmes").glob("*.toml")
    return frozenset((*current_entries(settings).programmes, *(file.stem for file in files)))


def add_programme(settings: Settings, programme: ProgrammeTable, now: datetime) -> Path:
    """Write a new programme of the office and return its file.

    Raises:
        KnowledgeError: the id is taken, or the folder cannot be written.
    """
    file = settings.office_knowledge_folder / "programmes" / f"{programme.id}.toml"
    if programme.id in taken_ids(settings):
        raise KnowledgeError(f"ID「{programme.id}」の制度はもうあります。別の ID にしてください。")
    change = change_for("programmes", programme.id, programme, action="new")
    apply_changes([change], settings.office_knowledge_folder, now, keep=False)
    return file


def local_contacts(settings: Settings) -> tuple[Path, Sequence[Contact]]:
    """Return the office's contacts file, with a heading for every local contact, and those contacts.

    Raises:
        KnowledgeError: the folder cannot be read or written.
    """
    knowledge = close_entries(current_entries(settings))
    file = complete_contacts_file(settings.office_knowledge_folder, knowledge)
    return file, [contact for contact in knowledge.contacts.values() if contact.local]


def _refuse_broken(current: KnowledgeEntries, office: Path) -> None:
    """Refuse if a file of the office is faulty: its entry is not in the workbook, and would be lost."""
    broken = dict.fromkeys(
        fault.file.name
        for fault in current.faults
        if office in fault.file.parents and fault.entry is not None
    )
    if broken:
        raise KnowledgeError(
            f"事務所の知識ファイルに誤りがあります（{'、'.join(broken)}）。"
            "consult-assist knowledge check を見て、先に直してください。"
        )


def _laid_over(current: KnowledgeEntries, intake: Intake) -> KnowledgeEntries:
    new = intake.entries
    return replace(
        current,
        programmes={**current.programmes, **new.programmes},
        protocols={**current.protocols, **new.protocols},
        contacts={**current.contacts, **new.contacts},
        terms={**current.terms, **new.terms},
        faults=[],
    )


def _left_out(current: KnowledgeEntries, wanted: KnowledgeEntries) -> list[str]:
    """Say what stays although it is not in the workbook: leaving out a row deletes nothing."""
    pairs = (
        *((item.name, key in wanted.programmes) for key, item in current.programmes.items()),
        *((item.title, key in wanted.protocols) for key, item in current.protocols.items()),
        *((item.name, key in wanted.contacts) for key, item in current.contacts.items()),
        *((item.title, key in wanted.terms) for key, item in current.terms.items()),
    )
    names = [name for name, there in pairs if not there]
    remarks = [f"表にないものは、今のまま残します: {'、'.join(names)}"] if names else []
    shipped_talk = read_entries(shipped_folder("knowledge")).everyday
    if any(text not in wanted.everyday for text in shipped_talk):
        remarks.append("付属の「何も出さない話」は消せません。消した文もそのまま使います。")
    return remarks
