"""The questions of `knowledge add`: one programme in a minute, from a keyboard or a pipe."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any

import jaconv

from consult_assist.cli.asking import Ask, optional, required
from consult_assist.knowledge.schema import ProgrammeTable

_NOT_ID = re.compile("[^a-z0-9]+")
_KATAKANA = re.compile("[ァ-ヶー・]+")
_MOST_SUMMARY_CHARS = 40


def _id_from_reading(reading: str, taken: Collection[str]) -> str:
    """Return an id that spells the reading in Latin letters and is free (ジドウテアテ → jidouteate)."""
    letters = jaconv.kana2alphabet(jaconv.kata2hira(reading))
    stem = _NOT_ID.sub("-", letters.lower().replace("-", "")).strip("-") or "seido"
    free = (candidate for number in range(1, 1000) if (candidate := _numbered(stem, number)) not in taken)
    return next(free)


def _numbered(stem: str, number: int) -> str:
    return stem if number == 1 else f"{stem}-{number}"


def ask_programme(
    ask: Ask,
    *,
    programmes: Mapping[str, ProgrammeTable],
    reading_of: Callable[[str], str | None],
    today: date,
) -> ProgrammeTable:
    """Ask for a new programme and return it, checked.

    Args:
        ask: shows a prompt and returns the answer; raises EOFError where the input ends.
        programmes: those that there are.
        reading_of: the dictionary's reading of a name.
        today: the day that the clerk knows it to be right.

    Raises:
        InputEndedError: the input ended too early.
    """
    name = _ask_name(ask, programmes)
    given = {"text": name}
    reading = _ask_reading(ask, name, reading_of(name))
    if reading != reading_of(name):
        given["reading"] = reading
    values: dict[str, Any] = {
        "id": _ask_id(ask, _id_from_reading(reading, programmes)),
        "name": name,
        "category": _ask_category(ask, [programme.category for programme in programmes.values()]),
        "summary": _ask_summary(ask),
        "names": [given, *_ask_lines(ask, "ほかの呼び方（略した名前など）")],
        "examples": _ask_lines(ask, "名前を出さずに、相談に来た人は何と言いますか"),
        "target": _ask_lines(ask, "対象になる人"),
        "documents": _ask_lines(ask, "必要な書類"),
        "contacts": _ask_lines(ask, "窓口（課の名前や電話番号）"),
        "checked_on": today,
    }
    amounts = _ask_amounts(ask)
    return ProgrammeTable.model_validate({**values, "amounts": amounts})


def _ask_name(ask: Ask, programmes: Mapping[str, ProgrammeTable]) -> str:
    taken = {name.text: programme for programme in programmes.values() for name in programme.names}
    taken |= {programme.name: programme for programme in programmes.values()}
    while True:
        name = required(ask, "制度の名前: ")
        if name not in taken:
            return name
        print(f"  その名前は「{taken[name].name}」（{taken[name].id}）にあります。別の名前を書いてください。")


def _ask_reading(ask: Ask, name: str, proposed: str | None) -> str:
    hint = f"（Enter = {proposed}）" if proposed else ""
    while True:
        prompt = f"「{name}」の読み{hint}: "
        answer = optional(ask, prompt) if proposed else required(ask, prompt)
        reading = jaconv.hira2kata(answer) if answer else proposed or ""
        if _KATAKANA.fullmatch(reading):
            return str(reading)
        print("  読みはカタカナで書いてください。")


def _ask_id(ask: Ask, proposed: str) -> str:
    while True:
        answer = optional(ask, f"ID（ファイルの名前になります。Enter = {proposed}）: ") or proposed
        if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", answer):
            return answer
        print("  半角の英小文字・数字・「-」だけで書いてください。")


def _ask_category(ask: Ask, used: Sequence[str]) -> str:
    categories = sorted(set(used), key=lambda item: -used.count(item))
    print("分類: " + "  ".join(f"{number} {name}" for number, name in enumerate(categories, 1)))
    while True:
        answer = optional(ask, "番号か、新しい分類（Enter = その他）: ") or "その他"
        if not answer.isdecimal():
            return answer
        if 1 <= int(answer) <= len(categories):
            return categories[int(answer) - 1]
        print(f"  1 から {len(categories)} の番号を書いてください。")


def _ask_summary(ask: Ask) -> str:
    while True:
        summary = required(ask, f"ひとことで言うと（{_MOST_SUMMARY_CHARS} 字まで）: ")
        if len(summary) <= _MOST_SUMMARY_CHARS:
            return summary
        print(f"  {len(summary)} 字あります。{_MOST_SUMMARY_CHARS} 字までにしてください。")


def _ask_lines(ask: Ask, question: str) -> list[str]:
    print(f"{question}（1 行に 1 つ、空の行で次へ）")
    lines: list[str] = []
    while line := optional(ask, "  ・"):
        lines.append(line)
    return lines


def _ask_amounts(ask: Ask) -> list[dict[str, str]]:
    text = optional(ask, "金額（なければ Enter）: ")
    if not text:
        return []
    as_of = required(ask, "その金額はいつの時点ですか（例: 令和8年4月）: ")
    return [{"text": text, "as_of": as_of, "level": "未確認"}]
