"""Facts in words: what they are called, how their values read, what people say when they come to one."""

import re

from consult_assist.japanese.telephone import grouped_phone

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
MONEY_FACTS = _YEN | _YEN_A_MONTH
"""Names of facts whose value is an amount of money."""
_UNITS = {"child_age": "歳", "resident_age": "歳", "children": "人", "arrears_months": "か月分"}
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
_ROUGHLY = re.compile(r"\d+〜\d+")
_TOPICS = {
    "arrears_months": re.compile(r"滞納|未納|払えて?い?な|溜ま|たまって|[かヶケ]月分"),
    "birth_date": re.compile(r"生年月日|生まれ"),
    "care_level": re.compile(r"要介護|要支援|介護認定"),
    "cash": re.compile(r"手元|所持金|貯金|財布|預金|現金"),
    "debt": re.compile(r"借金|借り(?:て|た|入れ)|(?<!か)かりて|ローン|返済|消費者金融"),
    "employment": re.compile(r"仕事|パート|バイト|派遣|勤め|働い"),
    "handbook": re.compile(r"手帳"),
    "illness": re.compile(r"病気|病院|通院|入院|診断|けが|骨折|痛[いくみ]"),
    "income_monthly": re.compile(r"収入|給料|手取り|年金"),
    "insurance": re.compile(r"保険"),
    "job_lost": re.compile(r"辞め|失業|契約を切|仕事がなく|クビ|解雇|退職"),
    "marital": re.compile(r"離婚|再婚|別居|未婚|死別"),
    "rent_monthly": re.compile(r"家賃"),
    "support_payment": re.compile(r"養育費"),
}
"""What people speak of when they come to a fact."""


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


def fact_value(name: str, value: int | str) -> str:
    """Return the value of a fact with its unit."""
    if isinstance(value, int):
        if name in _YEN_A_MONTH:
            return f"月{yen(value)}"
        if name in _YEN:
            return yen(value)
        return f"{value}{_UNITS.get(name, '')}"
    if name == "phone":
        return grouped_phone(value)
    if date := _ISO_DATE.fullmatch(value):
        year, month, day = date.groups()
        return f"{year}年{int(month)}月" + (f"{int(day)}日" if day else "")
    return value + _UNITS.get(name, "") if _ROUGHLY.fullmatch(value) else value


def fact_label(name: str) -> str:
    """Return what a fact is called in a record."""
    return FACT_LABELS.get(name, name)


def speaks_of(fact: str, text: str) -> bool:
    """Return whether a sentence speaks of what a fact is about, though no value may be read from it."""
    topic = _TOPICS.get(fact)
    return topic is not None and topic.search(text) is not None
