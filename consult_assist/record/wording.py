"""Values in the words of a record: facts, money, dates, consent, states."""

import re
from datetime import datetime

from consult_assist.counter import stated
from consult_assist.counter.labels import CONSENTS
from consult_assist.domain.consultation import Consent, ConsentWithdrawn
from consult_assist.domain.guidance import Fact
from consult_assist.japanese.fillers import trim_fillers

NOT_ASKED = "未聴取"
ERASED_BY_WITHDRAWAL = "（同意の取り消しにより消去）"
EVIDENCE_ERASED = "（根拠の発言は消去済み）"
EVIDENCE_CHANGED = "（根拠の発言が変わりました）"
INNER_MARKS = str.maketrans("「」", "『』")

_LINE_BREAKS = re.compile(r"[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_QUOTED = re.compile(r"「([^「」]*)」")
_REIWA_BEGAN = (2019, 5, 1)


def one_line(text: str) -> str:
    """Return the text without line breaks, which would make two lines of the record out of one."""
    return _LINE_BREAKS.sub(" ", text).rstrip()


def quote(text: str, *, opens: bool = False) -> str:
    """Return someone's words in 「」, without the fillers before and after them; nothing else changes.

    Args:
        text: what was said.
        opens: the resident says here what it is about; あの points at nothing yet, with or without a comma.
    """
    words = trim_fillers(one_line(text).strip(), opens=opens).removesuffix("。").translate(INNER_MARKS)
    return f"「{words}」"


def quoted_words(text: str) -> tuple[str, ...]:
    """Return what stands in 「」 in a line of the record, in order; inside it the marks are 『』."""
    return tuple(_QUOTED.findall(text))


def fact_value(fact: Fact) -> str:
    """Return the value of a fact with its unit; a name as heard has to be looked at."""
    value = one_line(stated.fact_value(fact.name, fact.value))
    return f"{value}（表記は要確認）" if fact.name == "name" else value


def date_and_time(moment: datetime) -> str:
    """Return a local time in the Japanese calendar: 令和8年11月21日（土）14時05分."""
    reiwa = (moment.year, moment.month, moment.day) >= _REIWA_BEGAN
    number = moment.year - 2018
    year = f"令和{'元' if number == 1 else number}年" if reiwa else f"{moment.year}年"
    weekday = "月火水木金土日"[moment.weekday()]
    return f"{year}{moment.month}月{moment.day}日（{weekday}）{moment.hour}時{moment.minute:02}分"


def consent_words(consent: Consent, withdrawn: ConsentWithdrawn | None) -> str:
    """Return what the resident agreed to, and whether it was taken back."""
    words = "あり" if consent is Consent.RECORDED else CONSENTS[consent]
    if withdrawn is None:
        return words
    erased = "音声と文字を消去" if withdrawn.erase_text else "音声を消去"
    return f"{words}。途中で取り消し（{erased}）"
