"""Pseudonymization: what tells who someone is → placeholders (［氏名1］); nothing is rephrased.

Names known from the record and the dictionary come first, then patterns. Neither finds everything: a person
has to read the result.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from consult_assist.japanese.people import ACQUAINTANCE, KIN, OFFICIAL, either

_DIGITS = "0-9０-９"
_NUMERAL = rf"[{_DIGITS}〇一二三四五六七八九十百千万億][{_DIGITS}〇一二三四五六七八九十百千万億,，.．]*"
_DASH = r"[-‐‑–—ー－−の\s]{0,2}"
_UNITS = (
    r"か月|ヶ月|カ月|ヵ月|箇月|週間|人(?!暮|親|ぐ)|回|年|月|日(?!中|常|本)|時間|時(?!保|的|期)"
    r"|分(?=間|ほど|くらい|前|後)|件|社|枚|号|階|棟|室"
)
_NO_NAMES = re.compile(
    rf"[おご]?{either(KIN, ACQUAINTANCE, OFFICIAL)}|[おご]?(?:子|奥|客|隣|家族)|義[兄姉弟妹]"
    r"|親御|皆|相談者|患者|赤|坊|業者|店員|屋|方|何|本人|(?:社会|精神保健|介護)福祉士|栄養士|助産師|ワーカー|ママ|パパ"
)
"""What stands before さん or 先生 and is no name."""
_HONORIFIC = r"(?=さん|様|くん|君(?!た)|ちゃん|先生|氏(?!名))"
_GENERIC = re.compile(
    r"^(?:市|区|町|村|県|府|都|道|郡)+$|^(?:[同本当他全各両隣地学校住前現市]|都道|市区|同じ|近所|総合|公立|私立|国立|市立|県立|大学|別の?)"
    r"(?:市|区|町|村|県|府|病院|高校|大学|区町村|町村|小学校|中学校)?$|報道|柔道|鉄道|水道|歩道|片道|国道|政府|都度|^(?:通信制|定時制|夜間)"
)
_PHONE = rf"[0０][{_DIGITS}]{{1,4}}{_DASH}[{_DIGITS}]{{1,4}}{_DASH}[{_DIGITS}]{{3,4}}"
_ERA_YEAR = rf"(?:令和|平成|昭和|大正|西暦)(?:元|{_NUMERAL})年度?"
_NUMBER = rf"[{_DIGITS}](?:[{_DIGITS},，.．]*[{_DIGITS}万千億])?"
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("連絡先", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://\S+", re.ASCII)),
    ("電話", re.compile(rf"(?<![{_DIGITS}]){_PHONE}(?![{_DIGITS}])")),
    ("郵便番号", re.compile(rf"〒?[{_DIGITS}]{{3}}[-－‐−ー][{_DIGITS}]{{4}}(?![{_DIGITS}])")),
    (
        "日付",
        re.compile(
            rf"[{_DIGITS}]{{4}}[-/.][{_DIGITS}]{{1,2}}[-/.][{_DIGITS}]{{1,2}}"
            rf"|(?:{_ERA_YEAR}の?|{_NUMERAL}年の?(?={_NUMERAL}月))?{_NUMERAL}月の?{_NUMERAL}日"
            rf"|{_ERA_YEAR}(?:の?{_NUMERAL}月)?|[{_DIGITS}]{{4}}年(?:の?{_NUMERAL}月)?"
        ),
    ),
    ("金額", re.compile(rf"{_NUMERAL}円")),
    ("年齢", re.compile(rf"{_NUMERAL}[歳才]")),
    (
        "住所",
        re.compile(
            rf"{_NUMERAL}丁目(?:の?{_NUMERAL}番地?)?(?:の?{_NUMERAL}号?)?|{_NUMERAL}番地(?:の?{_NUMERAL})?"
        ),
    ),
    (
        "氏名",
        re.compile(
            rf"(?<![一-龠々])[一-龠々]{{1,5}}{_HONORIFIC}|(?<![ァ-ヴー])[ァ-ヴー]{{2,8}}{_HONORIFIC}"
            r"|(?:[一-龠々]{2,6}|[ァ-ヴー]{3,10})(?=と(?:申|もう)し|と[言い]います)"
        ),
    ),
    (
        "団体",
        re.compile(
            r"(?:株式会社|有限会社)[一-龠々ァ-ヴーA-Za-z]{1,12}|(?<![一-龠々ァ-ヴー])[一-龠々ァ-ヴーA-Za-z]{1,10}?"
            r"(?:株式会社|有限会社|小学校|中学校|高校|大学|保育園|幼稚園|病院|医院|クリニック|銀行|信用金庫"
            r"|アパート|マンション|ハイツ|コーポ|団地|荘)"
        ),
    ),
    (
        "地名",
        re.compile(
            r"(?<![一-龠々])[一-龠々]{1,5}?(?:都|府|県|市|区|町|村|郡|駅)"
            r"(?![役営民立内外場会長道街電区町村庁])"
        ),
    ),
    ("数", re.compile(rf"{_NUMBER}|(?<![一-龠々])[〇一二三四五六七八九十百千万億]+(?={_UNITS})")),
)


@dataclass(slots=True)
class PatternPseudonymizer:
    """Replaces, and remembers what stood where; the same words get the same placeholder.

    Attributes:
        known: words → label, replaced wherever they stand.
        kept: words that name nobody (programmes) and stay.
        find_names: where the dictionary sees names, with their label.
    """

    known: Mapping[str, str] = field(repr=False)
    kept: frozenset[str] = frozenset()
    find_names: Callable[[str], Iterable[tuple[int, int, str]]] = field(default=lambda _: ())
    _placeholders: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)
    _times: Counter[tuple[str, str]] = field(default_factory=Counter, repr=False)

    def pseudonymize(self, text: str) -> str:
        """Return the text with every span that was found replaced; all else is as it was."""
        pieces: list[str] = []
        at = 0
        for start, end, label in self.spans(text):
            pieces += (text[at:start], self._placeholder(label, text[start:end]))
            at = end
        return "".join((*pieces, text[at:]))

    def replaced(self) -> Iterator[tuple[str, str, int]]:
        """Yield placeholder, what stood there, and how often, in the order they came up."""
        for key, placeholder in self._placeholders.items():
            yield placeholder, key[1], self._times[key]

    def _placeholder(self, label: str, said: str) -> str:
        key = (label, said)
        if key not in self._placeholders:
            number = 1 + sum(other == label for other, _ in self._placeholders)
            self._placeholders[key] = f"［{label}{number}］"
        self._times[key] += 1
        return self._placeholders[key]

    def spans(self, text: str) -> list[tuple[int, int, str]]:
        """Return what to replace, from left to right; who comes first in `_found` wins where two overlap."""
        taken = bytearray(len(text))
        for word in self.kept:
            for match in re.finditer(re.escape(word), text):
                taken[match.start() : match.end()] = b"\1" * len(word)
        spans: list[tuple[int, int, str]] = []
        for start, end, label in self._found(text):
            if end > start and not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                spans.append((start, end, label))
        return sorted(spans)

    def _found(self, text: str) -> Iterator[tuple[int, int, str]]:
        for word in sorted(self.known, key=len, reverse=True):
            for match in re.finditer(re.escape(word), text):
                yield *match.span(), self.known[word]
        patterned = [
            (*match.span(), label)
            for label, pattern in _RULES
            for match in pattern.finditer(text)
            if not _names_nobody(label, match[0])
        ]
        yield from (span for span in patterned if span[2] not in {"地名", "数"})
        yield from self.find_names(text)
        yield from (span for span in patterned if span[2] in {"地名", "数"})


def _names_nobody(label: str, said: str) -> bool:
    if label == "氏名":
        return _NO_NAMES.fullmatch(said) is not None
    return label in {"地名", "団体"} and _GENERIC.search(said) is not None
