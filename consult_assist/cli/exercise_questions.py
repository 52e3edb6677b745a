"""The walk through a proposed exercise: Enter accepts what is shown, a number changes it."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from consult_assist.cli.asking import Ask, before_asking_again, optional, required, said_yes
from consult_assist.counter.labels import SPEAKERS
from consult_assist.counter.stated import fact_label, fact_value
from consult_assist.domain.exercise import Exercise, ExerciseLine, Level
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.domain.speech import Speaker

_SEPARATORS = re.compile(r"[、,，\s]+")
_MAX_GOALS = 4
_MAX_FOUND = 8
_CHOICES = "Enter = これでよい　1 制度　2 危険　3 質問　4 事実　5 話した人　6 文字　7 音を消す: "
_CHOICES_TEXT_ONLY = "Enter = これでよい　1 制度　2 危険　3 質問　4 事実　5 話した人　6 文字: "


def walk_through(
    ask: Ask, exercise: Exercise, knowledge: KnowledgeBase, *, with_sound: bool
) -> tuple[Exercise, frozenset[str]]:
    """Go through the resident's lines; return the exercise as the trainer left it, and the lines to silence.

    Raises:
        InputEndedError: the input ended before its title was said.
    """
    print("1 行ずつ、気づいてほしいことを確かめます。名前・場所・数は ［ ］ に置きかえてあります。")
    lines: list[ExerciseLine] = []
    silent: set[str] = set()
    for line in exercise.lines:
        if line.speaker is Speaker.CLERK:
            print(f"\n{line.id}　{SPEAKERS[line.speaker]}　{line.text}")
            lines.append(line)
            continue
        changed, is_silent = _walk_line(ask, line, knowledge, with_sound=with_sound)
        lines.append(changed)
        if is_silent:
            silent.add(line.id)
    expected = {programme for line in lines for programme in line.programmes}
    also = tuple(item for item in exercise.programmes_ok if item not in expected)
    names = "、".join(knowledge.programme_name(item) for item in also) or "なし"
    print(f"ほかに案内してよい制度: {names}")
    if _asked(ask, "Enter = これでよい　1 直す: ") == "1":
        also = tuple(
            item for item in _programmes(ask, knowledge, "ほかに案内してよい制度") if item not in expected
        )
    exercise = replace(exercise, lines=tuple(lines), programmes_ok=also)
    goals = _ask_goals(ask, exercise, knowledge)
    return (
        replace(exercise, title=required(ask, "練習の題名: "), level=_ask_level(ask), goals=goals),
        frozenset(silent),
    )


def ask_stand_ins(ask: Ask, replaced: Mapping[str, str]) -> dict[str, str]:
    """Ask for invented words in place of what was covered; an empty answer keeps the placeholder."""
    if not replaced or not said_yes(ask, f"置きかえた {len(replaced)} か所に、作った名前や数を入れますか"):
        return {}
    print("本人と分かる言葉は入れないでください。Enter = ［ ］ のまま。")
    answers = (
        (placeholder, _asked(ask, f"  {placeholder}（もとの言葉: {words}）: "))
        for placeholder, words in replaced.items()
    )
    return {placeholder: words for placeholder, words in answers if words}


def _walk_line(
    ask: Ask, line: ExerciseLine, knowledge: KnowledgeBase, *, with_sound: bool
) -> tuple[ExerciseLine, bool]:
    silent = False
    while True:
        print(f"\n{line.id}　{SPEAKERS[line.speaker]}　{line.text}")
        for remark in _shown(line, knowledge):
            print(f"　　{remark}")
        if silent:
            print("　　音: 消す")
        match _asked(ask, _CHOICES if with_sound else _CHOICES_TEXT_ONLY):
            case "":
                return line, silent
            case "1":
                line = replace(line, programmes=_programmes(ask, knowledge, "制度"))
            case "2":
                line = replace(line, protocols=_protocols(ask, knowledge))
            case "3":
                line = replace(line, ask=tuple(_lines(ask, "ここで聞きたいこと")))
            case "4":
                line = _without_facts(ask, line)
            case "5":
                line = _other_speaker(line)
            case "6":
                line = replace(line, text=_asked(ask, "  文字（Enter = このまま）: ") or line.text)
            case "7" if with_sound:
                silent = not silent
            case _:
                before_asking_again(f"{line.id} の直し方", "番号を 1 つ書いてください。")


def _shown(line: ExerciseLine, knowledge: KnowledgeBase) -> Iterator[str]:
    for protocol in line.protocols:
        yield f"危険のサイン: {knowledge.protocol_title(protocol)}"
    if line.programmes:
        yield "制度: " + "、".join(knowledge.programme_name(item) for item in line.programmes)
    yield from (f"質問: {question}" for question in line.ask)
    facts = [f"{fact_label(fact.name)} {fact_value(fact.name, fact.value)}" for fact in line.facts]
    if facts:
        yield "事実: " + "、".join(facts)


def _other_speaker(line: ExerciseLine) -> ExerciseLine:
    """Flip who spoke; nothing is to be noticed in the clerk's words."""
    if line.speaker is Speaker.CLERK:
        return replace(line, speaker=Speaker.RESIDENT)
    return replace(line, speaker=Speaker.CLERK, programmes=(), protocols=(), ask=(), facts=())


def _without_facts(ask: Ask, line: ExerciseLine) -> ExerciseLine:
    """Ask which facts are wrong; a trainer adds others in the file."""
    kept = [
        fact
        for fact in line.facts
        if said_yes(ask, f"  {fact_label(fact.name)} {fact_value(fact.name, fact.value)} は正しいですか")
    ]
    return replace(line, facts=tuple(kept))


def _programmes(ask: Ask, knowledge: KnowledgeBase, what: str) -> tuple[str, ...]:
    """Ask for programmes by id or by (part of) a name."""
    names = {
        item.id: (item.id, item.name, *(name.text for name in item.names))
        for item in knowledge.programmes.values()
    }
    return _chosen(ask, what, names, {key: item.name for key, item in knowledge.programmes.items()})


def _protocols(ask: Ask, knowledge: KnowledgeBase) -> tuple[str, ...]:
    titles = {item.id: item.title for item in knowledge.protocols.values()}
    print("  " + "　".join(f"{key} {title}" for key, title in titles.items()))
    return _chosen(ask, "危険のサイン", {key: (key, title) for key, title in titles.items()}, titles)


def _chosen(
    ask: Ask, what: str, names: Mapping[str, Sequence[str]], titles: Mapping[str, str]
) -> tuple[str, ...]:
    while True:
        answer = _asked(ask, f"  {what}（名前か番号を「、」で区切って。Enter = なし）: ")
        words = [word for word in _SEPARATORS.split(answer) if word]
        found = [_matching(word, names) for word in words]
        if all(len(matches) == 1 for matches in found):
            return tuple(dict.fromkeys(match for matches in found for match in matches))
        for word, matches in zip(words, found, strict=True):
            if len(matches) != 1:
                known = "、".join(f"{titles[item]}（{item}）" for item in matches[:_MAX_FOUND])
                why = f"「{word}」は" + (f"、どれですか: {known}" if known else "知識にありません。")
                before_asking_again(what, why)


def _matching(word: str, names: Mapping[str, Sequence[str]]) -> list[str]:
    exact = [key for key, own in names.items() if word in own]
    return exact[:1] or [key for key, own in names.items() if any(word in name for name in own)]


def _ask_goals(ask: Ask, exercise: Exercise, knowledge: KnowledgeBase) -> tuple[str, ...]:
    programmes = dict.fromkeys(item for line in exercise.lines for item in line.programmes)
    proposed = [f"「{knowledge.programme_name(item)}」の手がかりに気づく" for item in programmes][
        : _MAX_GOALS - 1
    ]
    proposed = proposed or ["話を最後まで聞き、記録に残す"]
    print("\nねらい: " + "、".join(proposed))
    if _asked(ask, "Enter = これでよい　1 書き直す: ") == "1":
        return tuple(_lines(ask, "ねらい"))[:_MAX_GOALS] or tuple(proposed)
    return tuple(proposed)


def _ask_level(ask: Ask) -> Level:
    levels: dict[str, Level] = {"1": 1, "": 2, "2": 2, "3": 3}
    while True:
        answer = _asked(ask, prompt := "むずかしさ（1 やさしい　2 ふつう　3 むずかしい。Enter = 2）: ")
        if answer in levels:
            return levels[answer]
        before_asking_again(prompt, "1、2、3 のどれかを書いてください。")


def _lines(ask: Ask, question: str) -> Iterator[str]:
    print(f"  {question}（1 行に 1 つ、空の行で次へ）")
    while line := _asked(ask, "  ・"):
        yield line


def _asked(ask: Ask, prompt: str) -> str:
    """Return the answer in half width, empty where none is given or the input has ended."""
    return unicodedata.normalize("NFKC", optional(ask, prompt)).strip()
