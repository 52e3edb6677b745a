"""The equipment check: each part works, or one sentence says what to do."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Protocol

from consult_assist.app.settings import Settings
from consult_assist.app.workplace import CheckResult, Workplace
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.errors import ConsultAssistError
from consult_assist.knowledge.office import create_contacts_file, missing_contacts

_MIN_FREE_BYTES = 2 * 1024**3
"""Recordings take about 60 MB an hour and microphone: two gigabytes last for a month."""


class DescribedDevice(Protocol):
    """Where recognition computes; `str` of it is text for people."""

    @property
    def notice(self) -> str | None:
        """One sentence when it is not what was set."""


def equipment_checks(
    settings: Settings,
    knowledge: KnowledgeBase,
    *,
    list_microphones: Callable[[], Sequence[str]],
    find_model: Callable[[], object],
    find_device: Callable[[], DescribedDevice],
    load_analyzer: Callable[[], object],
    load_voice_encoder: Callable[[], object],
    open_store: Callable[[], object],
) -> tuple[Callable[[], CheckResult], ...]:
    """Return the checks, to be run one after the other so that each can be shown as it comes."""
    return (
        partial(_check, "マイク", partial(_check_microphone, settings, list_microphones)),
        partial(_check, "音声認識モデル", partial(_check_model, settings, find_model, find_device)),
        partial(_check, "話者の聞き分け", partial(_check_voices, settings, load_voice_encoder)),
        partial(_check, "日本語の辞書", partial(_check_analyzer, load_analyzer)),
        partial(_check, "保存場所", partial(_check_disk, settings, open_store)),
        partial(_check, "画面", _check_terminal),
        partial(_check, "制度の知識", partial(_check_knowledge, knowledge)),
        partial(_check, "事務所の連絡先", partial(_check_contacts, settings, knowledge)),
    )


def check_equipment(workplace: Workplace) -> Iterator[CheckResult]:
    """Run the checks one after the other and yield what each found."""
    for check in workplace.checks:
        yield check()


class _ToDoError(ConsultAssistError):
    """A check found something to do."""


def _check(name: str, run: Callable[[], str]) -> CheckResult:
    try:
        return CheckResult(name=name, ok=True, message=run())
    except ConsultAssistError as error:
        return CheckResult(name=name, ok=False, message=str(error))


def _check_microphone(settings: Settings, list_microphones: Callable[[], Sequence[str]]) -> str:
    names = list_microphones()
    if not names:
        raise _ToDoError(
            "マイクが見つかりません。つないでからもう一度点検してください（再生と記録は使えます）。"
        )
    wanted = settings.microphone
    if wanted is not None and not any(wanted.casefold() in name.casefold() for name in names):
        raise _ToDoError(
            f"設定のマイク「{wanted}」がありません。"
            f"つなぐか、設定 microphone を「{names[0]}」などに変えてください。"
        )
    return f"OK（{wanted or names[0]}）"


def _check_model(
    settings: Settings, find_model: Callable[[], object], find_device: Callable[[], DescribedDevice]
) -> str:
    find_model()
    device = find_device()
    if device.notice is not None:
        raise _ToDoError(device.notice)
    return f"OK（{settings.model}、{device}）"


def _check_voices(settings: Settings, load_voice_encoder: Callable[[], object]) -> str:
    if not settings.tell_speakers:
        return "OK（使わない設定です）"
    load_voice_encoder()
    return "OK"


def _check_analyzer(load_analyzer: Callable[[], object]) -> str:
    load_analyzer()
    return "OK"


def _check_disk(settings: Settings, open_store: Callable[[], object]) -> str:
    folder = settings.data_folder
    if folder.exists() and not os.access(folder, os.W_OK):
        raise _ToDoError(f"{folder} に書き込めません。フォルダーの権限を確かめてください。")
    open_store()
    free = shutil.disk_usage(folder).free
    if free < _MIN_FREE_BYTES:
        raise _ToDoError(
            f"空きが {free / 1024**3:.1f} GB しかありません。不要なファイルを消し、2 GB 以上あけてください。"
        )
    return f"OK（{folder}、空き {free / 1024**3:.0f} GB）"


def is_dumb_terminal() -> bool:
    """Return whether the terminal says that it can only print lines."""
    return os.environ.get("TERM") == "dumb"


def _check_terminal() -> str:
    terminal = sys.__stdout__  # what the screens put in place of sys.stdout knows no encoding
    if terminal is None or not terminal.isatty():
        return "OK（画面なしで動いています）"
    if is_dumb_terminal():
        raise _ToDoError("この端末では画面を開けません。Windows ターミナルなどで開いてください。")
    columns, rows = shutil.get_terminal_size()
    if columns < 80 or rows < 24:
        raise _ToDoError(f"画面が {columns}×{rows} 文字です。80×24 文字以上に広げてください。")
    if "utf" not in (terminal.encoding or "").lower():
        raise _ToDoError("画面の文字コードが UTF-8 ではありません。Windows ターミナルをお使いください。")
    return f"OK（{columns}×{rows}）"


def _check_knowledge(knowledge: KnowledgeBase) -> str:
    if knowledge.faults:
        raise _ToDoError(
            f"知識ファイルに直す所が {len(knowledge.faults)} か所あります。"
            "consult-assist knowledge check で見てください。"
        )
    return f"OK（制度 {len(knowledge.programmes)}、危険時の手順 {len(knowledge.protocols)}）"


def _check_contacts(settings: Settings, knowledge: KnowledgeBase) -> str:
    missing = missing_contacts(knowledge)
    if missing:
        file = create_contacts_file(settings.office_knowledge_folder, knowledge)
        names = "、".join(contact.name for contact in missing)
        raise _ToDoError(f"{names} の番号が未登録です。{file} に記入してください。")
    return "OK"
