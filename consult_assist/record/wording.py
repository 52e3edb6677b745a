"""Values in the words of a record: facts, money, dates, consent, states."""

import re
from datetime import datetime

from consult_assist.domain.consultation import Consent, ConsentWithdrawn
from consult_assist.domain.guidance import Fact

NOT_ASKED = "未聴取"
ERASED_BY_WITHDRAWAL = "（同意撤回により消去）"
EVIDENCE_ERASED = "（根拠の発言は消去済み）"
EVIDENCE_CHANGED = "（聞き直しで根拠の発言が変わりました）"
INNER_MARKS = str.maketrans("「」", "『』")

CONSENTS = {
    Consent.RECORDED: "あり",
    Consent.TEXT_ONLY: "録音なし・文字のみ",
    Consent.HANDWRITTEN: "なし（手書き）",
}
FACT_LABELS = {
    "address": "住所",
    "arrears_months": "滞納",
    "birth_date": "生年月日",
    "care_level": "要介護度",
    "cash": "手持金",
    "child_age": "子の年齢",
    "children": "子の人数",
    "cost_monthly": "支出",
    "debt": "借金",
    "employment": "仕事",
    "event_date": "日付",
    "family_member": "家族など",
    "handbook": "手帳",
    "illness": "病気",
    "income_monthly": "収入",
    "insurance": "健康保険",
    "job_lost": "離職",
    "marital": "婚姻",
    "name": "氏名",
    "phone": "電話",
    "rent_monthly": "家賃",
    "resident_age": "本人の年齢",
    "school_year": "学年",
    "support_payment": "養育費",
}
_YEN = frozenset({"cash", "debt"})
_YEN_A_MONTH = frozenset({"income_monthly", "rent_monthly", "cost_monthly", "support_payment"})
_UNITS = {"child_age": "歳", "resident_age": "歳", "children": "人", "arrears_months": "か月分"}
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
_LINE_BREAKS = re.compile(r"[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_REIWA_BEGAN = (2019, 5, 1)


def one_line(text: str) -> str:
    """Return the text without line breaks, which would make two lines of the record out of one."""
    return _LINE_BREAKS.sub(" ", text).rstrip()


def quote(text: str) -> str:
    """Return someone's words in 「」; nothing but the marks around and inside them changes."""
    words = one_line(text).strip().removesuffix("。").translate(INNER_MARKS)
    return f"「{words}」"


def yen(amount: int) -> str:
    """Return an amount as an office writes it: 6万円, 12万5千円, 4,500円."""
    ten_thousands, rest = divmod(amount, 10_000)
    if amount < 10_000:
        return f"{amount:,}円"
    if rest == 0:
        return f"{ten_thousands:,}万円"
    if rest % 1_000 == 0:
        return f"{ten_thousands:,}万{rest // 1_000}千円"
    return f"{ten_thousands:,}万{rest:,}円"


def fact_value(fact: Fact) -> str:
    """Return the value of a fact with its unit."""
    value = fact.value
    if isinstance(value, int):
        if fact.name in _YEN_A_MONTH:
            return f"月{yen(value)}"
        if fact.name in _YEN:
            return yen(value)
        return f"{value}{_UNITS.get(fact.name, '')}"
    if date := _ISO_DATE.fullmatch(value):
        year, month, day = date.groups()
        return f"{year}年{int(month)}月" + (f"{int(day)}日" if day else "")
    words = one_line(value)
    return f"{words}（表記は要確認）" if fact.name == "name" else words


def fact_label(name: str) -> str:
    """Return what a fact is called in a record."""
    return FACT_LABELS.get(name, name)


def date_and_time(moment: datetime) -> str:
    """Return a local time in the Japanese calendar: 令和8年11月21日（土）14時05分."""
    reiwa = (moment.year, moment.month, moment.day) >= _REIWA_BEGAN
    number = moment.year - 2018
    year = f"令和{'元' if number == 1 else number}年" if reiwa else f"{moment.year}年"
    weekday = "月火水木金土日"[moment.weekday()]
    return f"{year}{moment.month}月{moment.day}日（{weekday}）{moment.hour}時{moment.minute:02}分"


def consent_words(consent: Consent, withdrawn: ConsentWithdrawn | None) -> str:
    """Return what the resident agreed to, and whether it was taken back."""
    words = CONSENTS[consent]
    if withdrawn is None:
        return words
    erased = "音声と文字を消去" if withdrawn.erase_text else "音声を消去"
    return f"{words}。途中で撤回（{erased}）"
