"""The office's own folder: the file of local telephone numbers, created once for the office to fill in."""

from collections.abc import Iterable
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from consult_assist.disk import write_whole
from consult_assist.domain.knowledge import Contact, KnowledgeBase
from consult_assist.errors import KnowledgeError

_HEAD = """\
# 事務所の連絡先
#
# number の「""」の中に、この地域の電話番号を書いてください。例: number = "000-000-0000"
# 書き終えたら、文字コード UTF-8 のまま保存します。
# 誤りがないかは「consult-assist knowledge check」で確かめられます。
# 番号が変わったときは、ここを書きかえるだけで画面に出る番号も変わります。
# note には、受付時間や内線など、画面に添えたいことを書けます（例: note = "平日 8:30〜17:15"）。
"""


def missing_contacts(knowledge: KnowledgeBase) -> tuple[Contact, ...]:
    """Return the local contacts whose number the office has not filled in."""
    return tuple(contact for contact in knowledge.contacts.values() if contact.local and not contact.number)


def contacts_form(contacts: Iterable[Contact]) -> str:
    """Return the text of a `contacts.toml` in which the office fills in its local numbers."""
    return "\n".join([_HEAD, *_form_entries(contacts)])


def create_contacts_file(folder: Path, knowledge: KnowledgeBase) -> Path:
    """Create the office's `contacts.toml` with empty numbers; one that exists is never touched.

    Raises:
        KnowledgeError: the folder cannot be written.
    """
    file = folder / "contacts.toml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            write_whole(file, contacts_form(knowledge.contacts.values()).encode())
    except OSError as error:
        raise _unwritten(file) from error
    return file


def complete_contacts_file(folder: Path, knowledge: KnowledgeBase) -> Path:
    """Create the office's `contacts.toml`, or put the local contacts that it lacks at its end.

    What stands in the file, remarks included, is never touched: an upgrade may bring new desks.

    Raises:
        KnowledgeError: the file cannot be read or written.
    """
    file = create_contacts_file(folder, knowledge)
    try:
        text = file.read_text(encoding="utf-8-sig")
        known = tomlkit.parse(text)
        lacking = [contact for contact in knowledge.contacts.values() if contact.id not in known]
    except OSError as error:
        raise KnowledgeError(f"連絡先のファイル {file} を読めません。権限を確かめてください。") from error
    except (ValueError, TOMLKitError) as error:
        raise KnowledgeError(
            f"連絡先のファイル {file} を読めません。"
            "consult-assist knowledge check で書き方を確かめてください。"
        ) from error
    if form := "\n".join(_form_entries(lacking)):
        try:
            write_whole(file, f"{text.rstrip()}\n\n{form}".encode())
        except OSError as error:
            raise _unwritten(file) from error
    return file


def _unwritten(file: Path) -> KnowledgeError:
    return KnowledgeError(f"連絡先のファイル {file} に書けません。空きと権限を確かめてください。")


def _form_entries(contacts: Iterable[Contact]) -> list[str]:
    return [
        f"# {contact.name}{f'（{contact.note}）' if contact.note else ''}\n"
        f'[{contact.id}]\nnumber = "{contact.number or ""}"\n'
        for contact in contacts
        if contact.local
    ]
