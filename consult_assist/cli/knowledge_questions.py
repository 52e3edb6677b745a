"""The questions of `knowledge add`: one programme in a minute, from a keyboard or a pipe."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import jaconv
from pydantic import TypeAdapter, ValidationError

from consult_assist.cli.asking import Ask, before_asking_again, optional, required
from consult_assist.errors import KnowledgeError
from consult_assist.japanese.eras import names_year
from consult_assist.knowledge.crosscheck import name_key
from consult_assist.knowledge.schema import Line, ProgrammeTable, message_for

_NOT_ID = re.compile("[^a-z0-9]+")
_LINE: TypeAdapter[str] = TypeAdapter(Line)
_KATAKANA = re.compile("[ァ-ヶー・]+")
_MAX_SUMMARY_CHARS = 40


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
    taken_ids: Collection[str],
    reading_of: Callable[[str], str | None],
    today: date,
) -> ProgrammeTable:
    """Ask for a new programme and return it, checked.

    Args:
        ask: shows a prompt and returns the answer; raises EOFError where the input ends.
        programmes: those that there are.
        taken_ids: ids that name a programme or a file already.
        reading_of: the dictionary's reading of a name.
        today: the day that the clerk knows it to be right.

    Raises:
        InputEndedError: the input ended too early.
        UnfitAnswerError: an answer from a pipe cannot be taken.
        KnowledgeError: an answer is longer than anything that can be typed, or holds what no file can.
    """
    ask = partial(_checked, ask)
    taken = _names(programmes)
    name = _ask_name(ask, taken)
    given = {"text": name}
    reading = _ask_reading(ask, name, reading_of(name))
    if reading != reading_of(name):
        given["reading"] = reading
    values: dict[str, Any] = {
        "id": _ask_id(ask, _id_from_reading(reading, taken_ids), taken_ids),
        "name": name,
        "category": _ask_category(ask, [programme.category for programme in programmes.values()]),
        "summary": _ask_summary(ask),
        "names": [
            given,
            *_ask_lines(ask, "ほかの呼び方（略した名前など）", partial(_fault_of_name, taken=taken)),
        ],
        "examples": _ask_lines(ask, "名前を出さずに、相談に来た人は何と言いますか"),
        "target": _ask_lines(ask, "対象になる人"),
        "documents": _ask_lines(ask, "必要な書類"),
        "contacts": _ask_lines(ask, "窓口（課の名前や電話番号）"),
        "checked_on": today,
    }
    amounts = _ask_amounts(ask)
    return ProgrammeTable.model_validate({**values, "amounts": amounts})


def _checked(ask: Ask, prompt: str) -> str:
    """Ask, and refuse at once what no entry can hold: only a pipe can bring that."""
    try:
        return _LINE.validate_python(ask(prompt))
    except ValidationError as error:
        why = message_for(error.errors(include_url=False)[0])
        raise KnowledgeError(f"この答えは使えません。{why}何も書いていません。") from None


def _names(programmes: Mapping[str, ProgrammeTable]) -> dict[str, ProgrammeTable]:
    """Return each name, as names are compared, with its programme."""
    taken = {name_key(name.text): programme for programme in programmes.values() for name in programme.names}
    return taken | {name_key(programme.name): programme for programme in programmes.values()}


def _ask_name(ask: Ask, taken: Mapping[str, ProgrammeTable]) -> str:
    while True:
        name = required(ask, prompt := "制度の名前: ")
        if (why := _fault_of_name(name, taken)) is None:
            return name
        before_asking_again(prompt, why)


def _fault_of_name(name: str, taken: Mapping[str, ProgrammeTable]) -> str | None:
    """Return which programme is called so, None where the name is free."""
    owner = taken.get(name_key(name))
    if owner is None:
        return None
    return f"その名前は「{owner.name}」（{owner.id}）にあります。別の名前を書いてください。"


def _ask_reading(ask: Ask, name: str, proposed: str | None) -> str:
    hint = f"（Enter = {proposed}）" if proposed else ""
    while True:
        prompt = f"「{name}」の読み{hint}: "
        answer = optional(ask, prompt) if proposed else required(ask, prompt)
        reading = jaconv.hira2kata(answer) if answer else proposed or ""
        if _KATAKANA.fullmatch(reading):
            return str(reading)
        before_asking_again(prompt, "読みはカタカナで書いてください。")


def _ask_id(ask: Ask, proposed: str, taken: Collection[str]) -> str:
    while True:
        prompt = f"ID（ファイルの名前になります。Enter = {proposed}）: "
        answer = optional(ask, prompt) or proposed
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", answer):
            before_asking_again(prompt, "半角の英小文字・数字・「-」だけで書いてください。")
        elif answer in taken:
            before_asking_again(prompt, f"ID「{answer}」はもう使われています。別の ID を書いてください。")
        else:
            return answer


def _ask_category(ask: Ask, used: Sequence[str]) -> str:
    categories = sorted(dict.fromkeys(used), key=lambda item: -used.count(item))
    print("分類: " + "  ".join(f"{number} {name}" for number, name in enumerate(categories, 1)))
    while True:
        answer = optional(ask, prompt := "分類の番号か、新しい分類（Enter = その他）: ") or "その他"
        if not answer.isdecimal():
            return answer
        if 1 <= int(answer) <= len(categories):
            return categories[int(answer) - 1]
        before_asking_again(prompt, f"1 から {len(categories)} の番号を書いてください。")


def _ask_summary(ask: Ask) -> str:
    while True:
        summary = required(ask, prompt := f"ひとことで言うと（{_MAX_SUMMARY_CHARS} 字まで）: ")
        if len(summary) <= _MAX_SUMMARY_CHARS:
            return summary
        why = f"{len(summary)} 字あります。{_MAX_SUMMARY_CHARS} 字までにしてください。"
        before_asking_again(prompt, why)


def _ask_lines(ask: Ask, question: str, fault_of: Callable[[str], str | None] = lambda _: None) -> list[str]:
    print(f"{question}（1 行に 1 つ、空の行で次へ）")
    lines: list[str] = []
    while line := optional(ask, "  ・"):
        if why := fault_of(line):
            before_asking_again(question, why)
        else:
            lines.append(line)
    return lines


def _ask_amounts(ask: Ask) -> list[dict[str, str]]:
    text = optional(ask, "金額（なければ Enter）: ")
    if not text:
        return []
    as_of = _ask_as_of(ask)
    return [{"text": text, "as_of": as_of, "level": "未確認"}]


def _ask_as_of(ask: Ask) -> str:
    """Ask for the date of a figure until it names a year: by it an expired figure is found later."""
    while True:
        as_of = required(ask, prompt := "その金額はいつの時点ですか（例: 令和8年4月）: ")
        if names_year(as_of):
            return as_of
        before_asking_again(prompt, "年の分かるように、「令和8年4月」か「2026年4月」の形で書いてください。")
