"""Facts that are figures: money, months, ages, counts, school years, telephone numbers."""

import re
from collections.abc import Iterator

from consult_assist.japanese.numerals import digits_of, parse_number
from consult_assist.nlp.passage import FoundFact, Part, Passage

_N = r"[0-9〇零一二三四五六七八九十百千万億][0-9〇零一二三四五六七八九十百千万億,.]*"
_MONEY = re.compile(rf"(?P<number>{_N})(?P<yen>円)?")
_MONTHS = re.compile(
    rf"(?:(?P<number>{_N})[ヶかカヵケ箇]月|(?P<words>半年|ふた月))(?:分|ぶん)?(?!前|後|以内|ごと|おき|先)"
)
_AGE = re.compile(rf"(?P<number>{_N})[歳才](?!まで|未満|以上|以下|以降|から|の時|のとき|の頃|のころ|頃|児)")
_CHILDREN = re.compile(
    rf"(?:子ども|子供|こども|お子さん|子)(?:たち|達)?(?:が|は|も)?(?P<after>(?:{_N})人|ひとり|ふたり)(?!暮らし|目|親|で(?:暮|住|育|い))"
    rf"|(?P<before>(?:{_N})人|ひとり|ふたり)の?(?:子ども|子供|こども|子(?!育て))"
    rf"|(?:息子|娘|男の子|女の子)(?:が|は)(?P<some>(?:{_N})人|ひとり|ふたり)"
    r"|(?P<only>一人っ子|ひとりっ子)"
)
_NOT_ONLY_CHILDREN = re.compile(r"(?:と|親子|母子|父子|家族)$")
_SCHOOL = re.compile(
    rf"(?P<school>小学校?|中学校?|高校|大学)の?(?P<year>{_N})年(?:生)?(?!間|前|後)"
    r"|(?<![大])(?P<short>[小中高])(?P<short_year>[1-6一二三四五六])(?![0-9人年月日時分回つ万千百十])"
    r"|(?P<nursery>年少|年中(?!行事|無休)|年長(?!者))"
)
_D = "[0-9〇零一二三四五六七八九]"
_PHONE = re.compile(rf"(?<!{_D})[0〇零](?:[-‐-―−ーの・、 ()]{{0,2}}{_D}){{9,10}}(?!{_D})")
_SCHOOLS = {"小": "小学", "中": "中学", "高": "高校"}
_TOPICS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("rent_monthly", re.compile(r"家賃|部屋代|アパート代|賃料")),
    ("", re.compile(
        r"年収|年間|時給|日給|日当|ボーナス|賞与|退職金|慰謝料|滞納|敷金|礼金|手当|給付|一時金|入学金"
    )),
    ("income_monthly", re.compile(r"手取り|月収|給料|給与|収入|パート代|バイト代|稼ぎ|月給|年金")),
    ("debt", re.compile(r"借金|借り入れ|借入|ローン|リボ|債務|サラ金|消費者金融|キャッシング")),
    ("cash", re.compile(r"貯金|貯蓄|所持金|手持ち|現金|財布|残高|預金|全財産|手元")),
    ("support_payment", re.compile(r"養育費")),
    ("cost_monthly", re.compile(
        r"光熱費|電気代|ガス代|水道代|食費|保育料|学費|携帯代|スマホ代|医療費|通院費|薬代|給食費|駐車場代|管理費|通院"
    )),
)  # fmt: skip
_CHILD = re.compile(
    r"子ども|子供|こども|息子|娘|長男|長女|次男|次女|三男|三女|の子|子が|子は|上が|上は|下が|下は|赤ちゃん|末っ子|双子"
)
_SELF = re.compile(r"私|自分|わたし|わたくし|僕|俺|本人")
_OTHER_PERSON = re.compile(r"母|父|夫|妻|旦那|主人|祖母|祖父|兄|姉|弟|妹|叔|伯|両親|嫁|彼")
_ARREARS = re.compile(r"滞納|たまっ|溜まっ|ため(?:て|た)|溜め|遅れ|未納|払え|払っ|払わ|止まっ")
_WORKS = re.compile(r"働い|勤め|パート|バイト|派遣|社員|仕事")
_ONLY = re.compile(r"(?:くらい|ぐらい|ほど)?しか")
_SEVERAL_MONTHS = re.compile(r"月分[^、]{0,4}$")
_ADULT_YEARS = 18


def find_figures(passage: Passage) -> Iterator[FoundFact]:
    """Yield every figure that is stated."""
    for part in passage.parts:
        if part.stated:
            yield from _money(passage, part)
            yield from _arrears(passage, part)
            yield from _ages(passage, part)
            yield from _children(part)
            yield from _school_years(part)
    for match in _PHONE.finditer(passage.text):
        if len(digits := digits_of(match.group())) in (10, 11):
            yield FoundFact("phone", digits, match.start(), match.end())


def _money(passage: Passage, part: Part) -> Iterator[FoundFact]:
    for match in _MONEY.finditer(part.text):
        yen = _yen(match)
        start, end = part.start + match.start(), part.start + match.end()
        if yen is None or _is_denied(part, match.end()):
            continue
        name = _topic(passage, part, match)
        if name == "rent_monthly" and _SEVERAL_MONTHS.search(part.text[: match.start()]):
            continue
        if name:
            yield FoundFact(name, yen, start, end)


def _yen(match: re.Match[str]) -> int | None:
    number = match["number"].rstrip(",.")
    if match["yen"] is None and "万" not in number:
        return None
    value = parse_number(number)
    if value is not None and re.search(r"万[1-9一二三四五六七八九]$", number) and match["yen"] is None:
        return value - value % 10 + value % 10 * 1000
    return value


def _is_denied(part: Part, position: int) -> bool:
    return re.match(r"(?:で|じゃ)(?:は|も)?(?:ない|ありません|なく)", part.text[position:]) is not None


def _topic(passage: Passage, part: Part, match: re.Match[str]) -> str | None:
    """Return what an amount is for: the nearest word before it, then the word it belongs to."""
    before = part.text[: match.start()]
    if name := _last_topic(before):
        return name
    after = re.match(r"(?:くらい|ぐらい|ほど)?の(.{0,8})", part.text[match.end() :])
    if after and (name := _last_topic(after.group(1))):
        return name
    if re.match(r"(?:くらい|ぐらい|ほど)?(?:も)?(?:を)?借り", part.text[match.end() :]):
        return "debt"
    if before.endswith(("月", "月に", "月々", "毎月")) and _WORKS.search(passage.text[: part.end]):
        return "income_monthly"
    if re.search(r"お金(?:が|は)?(?:もう|あと)?$", before) and _ONLY.match(part.text[match.end() :]):
        return "cash"
    parts = [
        other for other in passage.parts if other.end <= part.start and other.sentence >= part.sentence - 1
    ]
    return _last_topic("".join(other.text for other in parts[-2:]))


def _last_topic(text: str) -> str | None:
    hits = [(found.start(), name) for name, pattern in _TOPICS for found in pattern.finditer(text)]
    return max(hits)[1] if hits else None


def _arrears(passage: Passage, part: Part) -> Iterator[FoundFact]:
    for match in _MONTHS.finditer(part.text):
        months = {"半年": 6, "ふた月": 2}.get(match["words"] or "") or parse_number(match["number"] or "")
        if months and (_owes(passage, part) or _answers_arrears(passage, part, match)):
            yield FoundFact("arrears_months", months, part.start + match.start(), part.start + match.end())


def _owes(passage: Passage, part: Part) -> bool:
    word = _ARREARS.search(part.text)
    if word is None:
        return False
    paying = word.group().startswith("払")
    return part.negated_after(part.start + word.start(), passage.tokens) == paying


def _answers_arrears(passage: Passage, part: Part, match: re.Match[str]) -> bool:
    """Tell whether 3か月分です answers 何か月分たまっていますか."""
    asked = [other for other in passage.parts if other.sentence == part.sentence - 1 and not other.stated]
    return match.group().endswith(("分", "ぶん")) and any(_ARREARS.search(other.text) for other in asked)


def _ages(passage: Passage, part: Part) -> Iterator[FoundFact]:
    for match in _AGE.finditer(part.text):
        age = parse_number(match["number"])
        if age is None or age > 120 or _is_denied(part, match.end()):
            continue
        whose = _whose(passage, part, match)
        name = whose or ("child_age" if age < _ADULT_YEARS else "resident_age")
        if name != "other":
            yield FoundFact(name, age, part.start + match.start(), part.start + match.end())


def _whose(passage: Passage, part: Part, match: re.Match[str]) -> str | None:
    """Return whose age it is, by what follows (5歳の息子) or the nearest person before it."""
    kinds = (("child_age", _CHILD), ("resident_age", _SELF), ("other", _OTHER_PERSON))
    after = re.match(r"(?:と[^、]{0,6})?の(.{1,3})", part.text[match.end() :])
    if after:
        found = next((name for name, pattern in kinds if pattern.search("の" + after.group(1))), None)
        if found:
            return found
    before = [
        other.text
        for other in passage.sentence_of(part)
        if other.end <= part.start and not other.text.endswith("て")
    ]
    for text in (part.text[: match.start()], "".join(before)):
        hits = [(hit.start(), name) for name, pattern in kinds for hit in pattern.finditer(text)]
        if hits:
            return max(hits)[1]
    return None


def _children(part: Part) -> Iterator[FoundFact]:
    for match in _CHILDREN.finditer(part.text):
        said = match["after"] or match["before"] or match["some"] or ""
        if match["before"] and _NOT_ONLY_CHILDREN.search(part.text[: match.start()]):
            continue
        words = {"ひとり": 1, "ふたり": 2, "": 1}
        count = words.get(said) or parse_number(said.removesuffix("人"))
        if count and count <= 15:
            yield FoundFact("children", count, part.start + match.start(), part.start + match.end())


def _school_years(part: Part) -> Iterator[FoundFact]:
    for match in _SCHOOL.finditer(part.text):
        value = match["nursery"]
        if match["short"]:
            value = f"{_SCHOOLS[match['short']]}{parse_number(match['short_year'])}年生"
        elif match["school"]:
            school = match["school"] if match["school"] == "高校" else match["school"].removesuffix("校")
            value = f"{school}{parse_number(match['year'])}年生"
        yield FoundFact("school_year", value, part.start + match.start(), part.start + match.end())
