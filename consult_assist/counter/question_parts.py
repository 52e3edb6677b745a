"""What a question of the knowledge asks for: kinds of facts where it names them, words where it does not."""

import re

from consult_assist.counter.asking import kinds_asked
from consult_assist.domain.guidance import Fact
from consult_assist.japanese.sentences import split_sentences

WHEN = "@when"
_WORD = re.compile(r"[一-龠々]{2,}|[ァ-ヴー]{2,}|[A-Z]{2,}")
_ASKS = re.compile(
    r"(?:ます|です|でしょう|ません|ました|でした)か|[？?]|教えて|聞かせて|お聞きし|伺い|いかがで|おいくつ|おいくら"
)
_EMPTY_WORDS = frozenset(
    (
        "確認",
        "場合",
        "現在",
        "本人",
        "状況",
        "必要",
        "予定",
        "相談",
        "今日",
        "今後",
        "様子",
        "有無",
        "家族",
        "自身",
        "年齢",
        "人数",
        "時期",
        "期限",
        "何歳",
        "何人",
        "何年",
        "何日",
        "合計",
    )
)
_PATTERNS = {
    "@rent_monthly": re.compile(r"家賃"),
    "@income_monthly": re.compile(r"収入|給料|給与|手取り|所得"),
    "@debt": re.compile(r"借金|借入|債務|ローン"),
    "@cash": re.compile(r"預貯金|貯金|貯蓄|所持金|資産|手元の?お金|手持ち"),
    "@employment": re.compile(r"お?仕事|勤務|働き方|お?勤め|就労|雇用"),
    "@job_lost": re.compile(r"離職|退職|失業|(?:仕事|会社)を辞め"),
    "@insurance": re.compile(r"健康保険|保険証|国保|社保|社会保険"),
    "@illness": re.compile(r"ご?病気|持病|通院|診断|症状|お薬|体調"),
    "@household": re.compile(r"同居|一緒に(?:住|暮)|世帯|家族構成"),
    "@child_age": re.compile(r"(?:お子|子ども|子供)[^。]{0,6}(?:年齢|何歳|おいくつ)|学年|何年生|何か月"),
    "@children": re.compile(r"(?:お子|子ども|子供)[^。]{0,14}(?:人数|何人)|きょうだい"),
    "@marital": re.compile(r"離婚|別居|婚姻|未婚|死別"),
    "@support_payment": re.compile(r"養育費"),
    "@handbook": re.compile(r"手帳"),
    "@care_level": re.compile(r"要介護|介護認定|要支援"),
    "@arrears_months": re.compile(r"滞納|未納"),
    "@address": re.compile(r"住所"),
    "@phone": re.compile(r"電話番号|連絡先"),
}
_AS_PART = {"school_year": "child_age", "birth_date": "age"}
_CHILD = re.compile(r"お子|子ども|子供|お嬢|息子|娘")
_NOTE = re.compile(r"（[^）]*）")
_LINKING = re.compile(r"(?<=[一-龠])[いえきぎくけげしせちてねびべみめりれ](?=[一-龠])")
"""取り決め is 取決め, 申し込み is 申込み."""
_WHOLE_KINDS = frozenset({"arrears_months", "phone", "address", "school_year", "birth_date"})
"""Kinds that the reading of spoken questions finds as well as the words here do."""
_WHEN_ASKED = re.compile(r"いつ|時期|何月|何年(?!生)|期限|何日")
_WHEN_SAID = re.compile(
    r"今[日月年週朝晩]|昨[日年晩]|先[月週日]|去年|おととい|来[月週年]|明日"
    r"|[0-9一二三四五六七八九十]+(?:年|[かヶカヵケ]月|月|週間|日)(?:前|ごろ|頃|まで|から|に|です|で|くらい|ぐらい|ほど|間)"
)
_GIVES = {
    "school_year": ("@child_age", "@children"),
    "child_age": ("@child_age", "@children", "@age"),
    "resident_age": ("@age",),
    "job_lost": ("@job_lost", "@employment", WHEN),
    "birth_date": ("@age",),
    "event_date": (WHEN,),
}
"""Facts that answer more than their own kind: who says how old a child is says that there is one."""


def content_words(text: str) -> frozenset[str]:
    """Return the words that carry a question: runs of kanji, katakana or capitals."""
    return frozenset(_WORD.findall(_LINKING.sub("", text))) - _EMPTY_WORDS


def asks(text: str) -> bool:
    """Return whether an utterance puts a question anywhere in it, in the forms that a clerk uses."""
    return _ASKS.search(text) is not None


def asked_part(text: str) -> str:
    """Return the sentences of a line that ask."""
    return "".join(sentence for sentence in split_sentences(text) if asks(sentence))


def kinds_in(text: str) -> frozenset[str]:
    """Return the kinds of facts that a text speaks of, as `@name`."""
    spoken = kinds_asked(text)
    asked = {f"@{_AS_PART.get(kind, kind)}" for kind in spoken & _WHOLE_KINDS}
    if "age" in spoken:
        asked.add("@child_age" if _CHILD.search(text) else "@age")
    return frozenset(asked | {kind for kind, pattern in _PATTERNS.items() if pattern.search(text)})


def parts_of(question: str) -> frozenset[str]:
    """Return everything a question asks for, notes in brackets aside: kinds of facts, `@when`, and words."""
    question = rest = _NOTE.sub("", question)
    for pattern in _PATTERNS.values():
        rest = pattern.sub("、", rest)
    when = {WHEN} if _WHEN_ASKED.search(question) else set()
    return kinds_in(question) | when | content_words(rest)


def first_parts_of(question: str) -> frozenset[str]:
    """Return what the first sentence of a question asks for; what follows it spells out."""
    return parts_of(next(iter(split_sentences(question)), question))


def tells_when(text: str) -> bool:
    """Return whether a text says when something was or will be."""
    return _WHEN_SAID.search(text) is not None


def given_by(fact: Fact) -> tuple[str, ...]:
    """Return the parts of questions that a fact answers."""
    return _GIVES.get(fact.name, (f"@{fact.name}",))
