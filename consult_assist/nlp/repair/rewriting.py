"""Heard text → better text and the names in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from consult_assist.domain.guidance import Match
from consult_assist.japanese.numerals import ZERO, ZERO_WORDS, zeros_in_figures
from consult_assist.nlp.repair.names import FoundName, KnownName, NameMatcher
from consult_assist.nlp.repair.text_repair import Repair, TextRepairer

_MONTHS = re.compile("(?<=[0-9０-９一二三四五六七八九十数何])[ヶヵケカ](?=月)")
"""The office writes 3か月. Source: 公用文作成の考え方 (文化審議会建議, 2022-01-07)."""

_MONTH_NUMBERS = re.compile(
    "(?<![0-9])(?P<month>[3-9]|1[0-2])(?:つき|ツキ)"
    "(?=[のでかにまは分生頃、。]|以|ごろ|ころ|です|$)(?!に(?:[1一何な]|[^、。]{0,3}度))"
)
"""8つき is 8月; 1つき and 2つき may be ひとつき and ふたつき, and 3つきに1回 or 3つきになる is how long."""
_MONTHS_LONG = re.compile("(?<=[0-9])[かヶヵケカ](?:つき|ツキ)")
_ZEROS = re.compile(f"(?:[0-9]|{ZERO})(?:[0-9]|{ZERO}|の(?=[0-9]|{ZERO}))*")
_MIN_DIGITS = 4
"""So many in a row are a number read out digit by digit; ゼロ歳 is left alone."""
_WORD_GOES_ON = re.compile("[ァ-ヴー]")
"""2050ゼロカーボン is no number."""
_YES = re.compile("(?<![ァ-ヴーがはもで])ハイ(?![ァ-ヴー・]|[なにでだ])")
"""気分がハイになる and ハイな気分 are no answer."""


def respelt(text: str) -> str:
    """Return a text with months, digits and はい written as offices write them, nothing of it changed."""
    text = _MONTH_NUMBERS.sub(r"\g<month>月", _MONTHS_LONG.sub("か月", _MONTHS.sub("か", text)))
    return _YES.sub("はい", _ZEROS.sub(_in_digits, text))


def _in_digits(said: re.Match[str]) -> str:
    if said.group().endswith(ZERO_WORDS) and _WORD_GOES_ON.match(said.string, said.end()):
        return said.group()
    digits = zeros_in_figures(said.group())
    return digits if len(digits.replace("の", "")) >= _MIN_DIGITS else said.group()


class Rewriter:
    """Writes misheard words and names as they are. For use by one thread at a time."""

    def __init__(self, names: NameMatcher, repairer: TextRepairer) -> None:
        self._names = names
        self._repairer = repairer

    def rewrite(self, text: str) -> tuple[str, list[FoundName]]:
        """Return the better text, and with places in it every name and every word that was repaired."""
        text = respelt(text)
        heard = self._find_names(text)
        sure = [hit for hit in heard if hit.how is not Match.EXACT and hit.name.programmes]
        repairs = (_word(repair) for repair in self._repairer.find(text))
        repaired, words = _write(text, [word for word in repairs if not any(map(word.overlaps, sure))])
        names = [_as_heard(name, words) for name in (self._find_names(repaired) if words else heard)]
        rest = [word for word in words if not any(map(word.overlaps, names))]
        found = sorted([*names, *rest], key=lambda hit: hit.start)
        return _write(repaired, [self._written(hit, repaired) for hit in found])

    def _find_names(self, text: str) -> list[FoundName]:
        """Return the names in a text; a word in common use (甲子園) is none that only sounds like it."""
        return [
            hit
            for hit in self._names.find(text)
            if not (hit.cost and self._repairer.is_common(text[hit.start : hit.end]))
        ]

    def _written(self, hit: FoundName, text: str) -> FoundName:
        """Leave a name that was only heard by sound as it stands where it would make no better sentence."""
        if hit.how is Match.SOUND and not self._repairer.is_likelier(text, hit.start, hit.end, hit.name.text):
            said = replace(hit.name, text=text[hit.start : hit.end])
            return replace(hit, name=said)
        return hit


def _word(repair: Repair) -> FoundName:
    how = Match.READING if repair.same_reading else Match.SOUND
    word = KnownName(text=repair.text, morae=repair.morae, canonical=(repair.text,), programmes=())
    return FoundName(word, repair.start, repair.end, how, repair.cost)


def _as_heard(name: FoundName, words: Sequence[FoundName]) -> FoundName:
    """Tell of a name that is there only since a word was repaired how that word was heard."""
    parts = [word for word in words if word.overlaps(name)]
    if not parts or name.how is Match.SOUND:
        return name
    how = Match.SOUND if any(word.how is Match.SOUND for word in parts) else Match.READING
    return replace(name, how=how, cost=name.cost + sum(word.cost for word in parts))


def _write(text: str, hits: Sequence[FoundName]) -> tuple[str, list[FoundName]]:
    """Write names heard with other characters as they are, and move all places accordingly."""
    pieces = list(_pieces(text, hits))
    moved: list[FoundName] = []
    length = 0
    for piece, hit in pieces:
        if hit is not None:
            moved.append(replace(hit, start=length, end=length + len(piece)))
        length += len(piece)
    return "".join(piece for piece, _ in pieces), moved


def _pieces(text: str, hits: Sequence[FoundName]) -> Iterator[tuple[str, FoundName | None]]:
    done = 0
    for hit in hits:
        yield text[done : hit.start], None
        yield text[hit.start : hit.end] if hit.how is Match.EXACT else hit.name.text, hit
        done = hit.end
    yield text[done:], None
