"""Checked tables → TOML that a clerk can read: the same order and the same remarks as the shipped files."""

from collections.abc import Mapping, Sequence
from typing import Any

import tomlkit
from pydantic import BaseModel
from tomlkit.items import Array, InlineTable

_ORDER = (
    *("id", "name", "category", "urgency", "summary", "title", "names", "words", "steps"),
    *("cues", "examples", "harmless", "facts"),
    *("target", "questions", "documents", "contacts", "laws", "related"),
    *("unverified", "gaps", "owner", "checked_on", "review_by", "based_on"),
    *("amounts", "misconceptions", "sources"),
)
_REMARKS = {
    "names": "名前（言われたらこの制度を指すもの）。はじめが正式な名前です。",
    "cues": "手がかり（名前を言わずに話される困りごと）",
    "examples": "言い方の例（名前を出さずに話されること。1 行に 1 つ、話す言葉で）",
    "facts": "事実（聞き取ると、この制度らしくなること。1 行に 1 つ）",
    "harmless": "危険に聞こえて、そうではない話（1 行に 1 つ）",
    "steps": "先にすることから順に。1 つ目がいちばん大きく出ます。",
    "unverified": "資料で確かめられていないこと",
    "gaps": "資料で確かめられていないこと",
    "owner": "担当と、出典と見比べた日・次に見直す日",
    "checked_on": "出典と見比べた日・次に見直す日",
    "based_on": "写したときの付属の内容のしるし（変えないでください。knowledge diff が使います）",
}
_HEAD = "事務所の{}です。付属の内容より先に使われます。直したら knowledge check で確かめてください。"
_KINDS = {
    "programmes": "制度",
    "protocols": "危険時の手順",
    "terms": "用語",
    "everyday": "「何も出さない話」",
}


def text_from_table(kind: str, table: BaseModel) -> str:
    """Return the text of a whole file; what is empty is left out."""
    document = tomlkit.document()
    document.add(tomlkit.comment(_HEAD.format(_KINDS[kind])))
    for key in _ORDER:
        value: Any = getattr(table, key, None)
        if value in ("", (), None):
            continue
        if remark := _REMARKS.get(key):
            if not (key == "checked_on" and document.get("owner")):
                document.add(tomlkit.nl())
                document.add(tomlkit.comment(remark))
        elif isinstance(value, tuple) and not _is_tables(key):
            document.add(tomlkit.nl())
        document.add(key, _tables(value) if _is_tables(key) else _item(value))
    return tomlkit.dumps(document).rstrip("\n") + "\n"


def plain_value(value: Any) -> Any:
    """Return a value of a table as TOML holds it: names without a reading are plain text."""
    if isinstance(value, BaseModel):
        given = filled(value)
        return given["text"] if set(given) == {"text"} else given
    if isinstance(value, tuple):
        return [plain_value(item) for item in value]
    return value


def _is_tables(key: str) -> bool:
    return key in {"amounts", "misconceptions", "sources"}


def _tables(items: Sequence[BaseModel]) -> Any:
    tables = tomlkit.aot()
    for item in items:
        table = tomlkit.table()
        for key, value in filled(item).items():
            table.add(key, _item(value))
        tables.append(table)
    tables[-1].add(tomlkit.nl())
    return tables


def filled(item: BaseModel) -> dict[str, Any]:
    """Return the keys of a table that hold something."""
    return {key: value for key, value in item.model_dump().items() if value not in ("", (), None)}


def _item(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return _array(value)
    return value


def _array(items: Sequence[Any]) -> Array:
    array = tomlkit.array()
    for item in items:
        plain = plain_value(item)
        array.append(_inline(plain) if isinstance(plain, dict) else plain)
    return array.multiline(True)


def _inline(values: Mapping[str, Any]) -> InlineTable:
    table = tomlkit.inline_table()
    table.update(values)
    return table
