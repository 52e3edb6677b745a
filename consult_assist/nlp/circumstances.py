"""Facts that are words: family, marriage, work, insurance, care."""

import re
from collections.abc import Iterator

from consult_assist.nlp.passage import FoundFact, Part, Passage

_FAMILY = {
    "夫": "夫", "旦那": "夫", "主人": "夫", "妻": "妻", "嫁": "妻", "家内": "妻",
    "父": "父", "父親": "父", "お父さん": "父", "母": "母", "母親": "母", "両親": "両親",
    "祖母": "祖母", "祖父": "祖父", "義母": "義母", "姑": "義母", "義父": "義父", "舅": "義父",
    "長男": "長男", "長女": "長女", "次男": "次男", "次女": "次女", "三男": "三男", "三女": "三女",
    "息子": "息子", "娘": "娘", "孫": "孫", "兄": "兄", "姉": "姉", "弟": "弟", "妹": "妹",
    "元夫": "元夫", "元妻": "元妻",
}  # fmt: skip
_FORMER = re.compile(r"(?:元|前の|別れた|離婚した)$")
_SPOUSE = r"(?:夫|旦那|主人|妻|嫁)(?:さん)?"
_MARITAL: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("離婚", re.compile(
        rf"離婚(?:し(?:まし)?た(?!ら|い)|しまして|して(?!い?な|い?ませ|も|から)|後|済み|が成立)|{_SPOUSE}と別れ(?:まし)?た"
    )),
    ("別居", re.compile(r"別居(?:し(?!た[いら])|中|です|で|に)")),
    ("未婚", re.compile(r"未婚(?!の人)|結婚(?:は)?してい?(?:な|ませ)|籍(?:を|は)入れてい?(?:な|ませ)")),
    ("既婚", re.compile(r"既婚|結婚して(?:い?ます|いて|いる)|再婚しました")),
    ("死別", re.compile(
        rf"死別|{_SPOUSE}[がはをに][^、。]{{0,10}}(?:亡くな[っり]|亡くし|他界し|死なれ|死んで|死にました)"
    )),
)  # fmt: skip
_DENIABLE = frozenset({"離婚", "別居", "既婚", "死別"})
_JOBS = {
    "パート": "パート", "アルバイト": "アルバイト", "バイト": "アルバイト", "派遣": "派遣",
    "正社員": "正社員", "契約社員": "契約社員", "嘱託": "嘱託", "自営業": "自営", "自営": "自営",
    "フリーランス": "自営", "個人事業": "自営", "日雇い": "日雇い", "会社員": "会社員",
    "公務員": "公務員", "内職": "内職",
}  # fmt: skip
_JOB = re.compile(
    rf"(?P<job>{'|'.join(sorted(_JOBS, key=len, reverse=True))})(?:の仕事|社員)?"
    r"(?:です|でして|として|に出て|[でを][^、。]{0,10}?(?:働い|勤め|やっ|して|し(?!たい)|続け)"
    r"|勤め|で(?=[、月手]|$)|の掛け持ち)"
)
_NO_JOB = re.compile(
    r"無職(?!の方|の人)|失業中|求職中|専業主婦|仕事(?:は|を|も|が)?(?:して|やって|ない|あり|就いて|見つ)|働いて"
)
_JOB_LOST = re.compile(
    r"(?:仕事|会社|パート|勤め先|職場|バイト|派遣|店)[^。]{0,10}?"
    r"(?:辞めさせられ|辞め|クビ|くび|首に|解雇|切られ|なくな|失っ|失い|倒産|つぶれ|潰れ|雇い止め)"
    r"|失業し|解雇され|リストラ|雇い止め|派遣切り|退職し|失職|クビに"
)
_NOT_YET = re.compile(r"(?:辞め|退職し)(?:たい|よう|そう|るか|なきゃ|なければ|たら|れば|ないで)")
_WHEN = re.compile(
    r"(?:先月|先週|今月|今週|去年|昨年|今年|一昨年|おととし|先日|昨日|おととい"
    r"|[0-9一二三四五六七八九十]+(?:年|か月|ヶ月|カ月|週間|日)前|[0-9一二三四五六七八九十]+月)"
    r"の?(?:[0-9一二三四五六七八九十]+[月日])?の?(?:末|初め|半ば|頃|ごろ)?"
)
_INSURANCE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("国保", re.compile(
        r"(?:国保|国民健康保険)(?=です|で|に(?:加入|入っ|なっ|切り替え)|の保険証|のまま|料|を払)"
    )),
    ("社保", re.compile(
        r"(?:社保|社会保険|協会けんぽ|健康保険組合)(?=です|で|に(?:加入|入っ|なっ)|の保険証|のまま|を払)"
    )),
    ("なし", re.compile(
        r"無保険|(?:保険証|健康保険|保険)[がはもをに]?"
        r"(?:なく|ない|ありません|(?:持って|入って)(?:な|いな|いませ|ませ)|切れ)"
    )),
)  # fmt: skip
_ILLNESS = re.compile(
    r"[一-龠ァ-ヴー]{1,12}(?:病|症)(?![院気棟床])|ぜんそく|喘息|骨折|がん(?=で|と|が見|の治療)|脳梗塞|発達障害|高血圧|ヘルニア|てんかん"
)
_BROKEN_BONE = re.compile(r"骨[をが]?折(?:り|れ|っ)")
_NOT_ILL = frozenset(
    {"看病", "仮病", "臆病", "疾病", "急病", "持病", "難病", "重症", "軽症", "後遺症", "感染症"}
)
_CARE = re.compile(r"要(?:介護|支援)[ ]?[1-5一二三四五]")
_HANDBOOK = re.compile(
    r"(?:身体障害者|精神障害者保健福祉|精神障害者|精神|身体|療育|障害者|愛の|(?<![一-龠]))手帳(?:の?[1-6一二三四五六]級)?"
)
_SUPPORT = re.compile(r"養育費")
_SUPPORT_VERBS = frozenset(
    {"貰う", "もらう", "払う", "支払う", "振り込む", "入る", "無い", "来る", "送る", "受け取る", "くれる"}
)
_KANJI_DIGITS = str.maketrans("一二三四五六", "123456")


def find_circumstances(passage: Passage) -> Iterator[FoundFact]:
    """Yield every circumstance that is stated."""
    for part in passage.parts:
        if not part.stated:
            continue
        yield from _family(passage, part)
        yield from _marital(passage, part)
        yield from _work(passage, part)
        yield from _job_lost(passage, part)
        for value, pattern in _INSURANCE:
            yield from _plain(part, "insurance", pattern, value)
        yield from _support(passage, part)
        yield from _illness(passage, part)
        for match in _CARE.finditer(part.text):
            value = match.group().replace(" ", "").translate(_KANJI_DIGITS)
            yield FoundFact("care_level", value, part.start + match.start(), part.start + match.end())
        yield from _handbook(passage, part)


def _illness(passage: Passage, part: Part) -> Iterator[FoundFact]:
    for match in _ILLNESS.finditer(part.text):
        if match.group() not in _NOT_ILL and not part.negated_after(part.start + match.end(), passage.tokens):
            yield FoundFact("illness", match.group(), part.start + match.start(), part.start + match.end())
    for match in _BROKEN_BONE.finditer(part.text):
        yield FoundFact("illness", "骨折", part.start + match.start(), part.start + match.end())


def _handbook(passage: Passage, part: Part) -> Iterator[FoundFact]:
    for match in _HANDBOOK.finditer(part.text):
        denied = part.negated_after(part.start + match.end(), passage.tokens)
        value = "なし" if denied else match.group().translate(_KANJI_DIGITS)
        if denied or match.group() != "手帳":
            yield FoundFact("handbook", value, part.start + match.start(), part.start + match.end())


def _plain(part: Part, name: str, pattern: re.Pattern[str], value: str) -> Iterator[FoundFact]:
    for match in pattern.finditer(part.text):
        yield FoundFact(name, value, part.start + match.start(), part.start + match.end())


def _family(passage: Passage, part: Part) -> Iterator[FoundFact]:
    for token in passage.tokens:
        value = _FAMILY.get(token.surface)
        if value is None or not part.start <= token.start < part.end or token.kind != "名詞":
            continue
        start = token.start
        if value in ("夫", "妻") and (former := _FORMER.search(passage.text[part.start : token.start])):
            value, start = "元" + value, part.start + former.start()
        yield FoundFact("family_member", value, start, token.end)


def _marital(passage: Passage, part: Part) -> Iterator[FoundFact]:
    for value, pattern in _MARITAL:
        for match in pattern.finditer(part.text):
            denied = part.negated_after(part.start + match.start(), passage.tokens)
            if not (denied and value in _DENIABLE):
                yield FoundFact("marital", value, part.start + match.start(), part.start + match.end())
                return


def _work(passage: Passage, part: Part) -> Iterator[FoundFact]:
    if match := _JOB.search(part.text):
        start = part.start + match.start()
        past = re.match(r"でした|(?:い)?(?:まし)?たが|(?:て)?(?:い)?(?:まし)?たん", part.text[match.end() :])
        if not past and not part.negated_after(start, passage.tokens) and not _JOB_LOST.search(part.text):
            yield FoundFact("employment", _JOBS[match["job"]], start, part.start + match.end("job"))
            return
    match = _NO_JOB.search(part.text)
    if not match:
        return
    denied = part.negated_after(part.start + match.start(), passage.tokens)
    word = match.group()
    if word in ("無職", "失業中", "求職中", "専業主婦"):
        value = "専業主婦" if word == "専業主婦" else "無職"
        if not denied:
            yield FoundFact("employment", value, part.start + match.start(), part.start + match.end())
    elif denied:
        yield FoundFact("employment", "無職", part.start + match.start(), part.start + match.end())


def _job_lost(passage: Passage, part: Part) -> Iterator[FoundFact]:
    answer = _WHEN.match(part.text.lstrip("、 "))
    asked = [other for other in passage.parts if other.sentence == part.sentence - 1 and not other.stated]
    if answer and any(_JOB_LOST.search(other.text) and "いつ" in other.text for other in asked):
        start = part.start + part.text.index(answer.group())
        yield FoundFact("job_lost", answer.group(), start, start + len(answer.group()))
        return
    match = _JOB_LOST.search(part.text)
    if not match or _NOT_YET.search(part.text):
        return
    if part.negated_after(part.start + match.end() - 1, passage.tokens) and "なくな" not in match.group():
        return
    when = _WHEN.search(part.text[: match.end()])
    value = when.group() if when else match.group()
    yield FoundFact("job_lost", value, part.start + match.start(), part.start + match.end())


def _support(passage: Passage, part: Part) -> Iterator[FoundFact]:
    match = _SUPPORT.search(part.text)
    if not match:
        return
    for item in part.items:
        token = passage.tokens[item.last]
        if item.predicate and token.end > part.start + match.end() and item.keys & _SUPPORT_VERBS:
            if item.negated or "無い" in item.keys:
                yield FoundFact("support_payment", "なし", part.start + match.start(), token.end)
            return
