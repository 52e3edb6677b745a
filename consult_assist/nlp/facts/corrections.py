"""Words with which people take back what they have just said, and which value then stands."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from consult_assist.counter.stated import MONEY_FACTS
from consult_assist.japanese.people import last_named
from consult_assist.nlp.facts.passage import FoundFact, Passage

_TAKEN_BACK = re.compile(
    r"""
      (?:^|、|。|あっ?、?|いや、?|いえ、?)
      (?:
          すみません | すいません | ごめん | 失礼 | 訂正 | 間違え | 間違い
        | (?:違|ちが)[うっいえ] | じゃなく | ではなく | じゃない | いや | いえ | もとい
      )
    | まちがえた
    """,
    re.VERBOSE,
)
_THOUGHT_AGAIN = re.compile(
    r"""
    ^(?:分|ぶん)?[、。](?:えっ?と、?|ええと、?)?(?:あ[っー]*|ん[ー]+|うーん)、
    (?![^。]*(?:も|別|あと|[ほ他]か?に|それと))[^。]{0,28}$
    """,
    re.VERBOSE,
)
"""3か月、あ、今月で4か月 and 7万、あ、先月は休んだから、6万5千円: nothing that would add to the first."""
_FOR_A_REASON = re.compile(
    r"""
    (?:円|くらい|ぐらい|ほど|です|でした|で)*[、。]
    (?:あ[っー]*、?|いや、?|いえ、?)?
    (?:いや|いえ|(?:違|ちが)[^、。]{1,4}|すみません|すいません|間違え[^、。]{0,4}|もとい)[、。]+
    [^。0-9]{2,24}?(?:から|ので|もんで|けぇ|さかい|て|で)、
    (?:(?:今|いま|今月|実際|本当)(?:は|で|だと)?、?)?
    """,
    re.VERBOSE,
)
"""9万、あ、違う、保険料が上がったから、今は: the figure behind it is not for what the reason names."""
_SUM = re.compile(
    r"""
    (?:
        足す | 足し | 足して | 合わせ(?:て|ると)? | あわせて? | 合計 | 全部で | ぜんぶで
      | 総額 | トータル | (?:管理|共益)費(?:も|を)?(?:入れ|込み)(?:て|ると|で)
    )
    [^。0-9]{0,6}$
    """,
    re.VERBOSE,
)
_KIND_OF_MONEY = re.compile(r"[一-龠ァ-ヴー]+[代費料]|年金|手当|カード|ローン|奨学金")
_MAX_CHARS = 30
_MAX_CHARS_OF_SUM = 60
_ADDED_UP = frozenset({"debt", "cash", "cost_monthly", "income_monthly", "rent_monthly"})
_OF_SEVERAL = frozenset({"child_age", "school_year"})
"""Each child has one of its own: 上が9歳、いや10歳、下が6歳."""


def is_taken_back(between: str) -> bool:
    """Return whether the words between two values take the first one back."""
    return bool(_TAKEN_BACK.search(between) or _THOUGHT_AGAIN.match(between))


def names_another(before: str, between: str) -> bool:
    """Return whether the words between two amounts name another bill than before (電気代, あ、ガス代)."""
    named = set(_KIND_OF_MONEY.findall(before))
    return bool(named) and not named >= set(_KIND_OF_MONEY.findall(between))


def _is_taken_back_for_a_reason(between: str) -> bool:
    """Return whether between two amounts nothing stands but why the first one is taken back."""
    return _FOR_A_REASON.fullmatch(between) is not None


def is_summed_up(between: str) -> bool:
    """Return whether the words between two values make the later one the sum."""
    return _SUM.search(between) is not None


def standing(passage: Passage, found: Sequence[FoundFact]) -> Iterator[FoundFact]:
    """Yield the facts that the same breath does not replace with another value."""
    told = list(_with_reasons(passage, found))
    for fact in told:
        if not any(_replaces(passage, fact, later) or _sums_up(passage, fact, later, told) for later in told):
            yield fact


def _with_reasons(passage: Passage, found: Sequence[FoundFact]) -> Iterator[FoundFact]:
    """Yield the facts; an amount behind the reason of a correction is named as the one that it corrects."""
    money = [fact for fact in found if fact.name in MONEY_FACTS]
    for fact in found:
        before = (old for old in money if fact in money and old.end < fact.start)
        corrected = next(
            (old for old in before if _is_taken_back_for_a_reason(passage.text[old.end : fact.start])), None
        )
        yield replace(fact, name=corrected.name) if corrected else fact


def _is_more(later: FoundFact, fact: FoundFact) -> bool:
    return isinstance(later.value, int) and isinstance(fact.value, int) and later.value > fact.value


def _sums_up(passage: Passage, fact: FoundFact, later: FoundFact, found: Sequence[FoundFact]) -> bool:
    """Return whether a later value is the sum of this one and the others told before it, or is said to be."""
    if later.name not in _ADDED_UP or later.name != fact.name or later.start < fact.end:
        return False
    between = passage.text[fact.end : later.start]
    if len(between) <= _MAX_CHARS_OF_SUM and is_summed_up(between) and _is_more(later, fact):
        return True
    values = [
        other.value
        for other in found
        if other.name == later.name and other.end <= later.start and isinstance(other.value, int)
    ]
    return len(values) > 1 and sum(values) == later.value


def _replaces(passage: Passage, fact: FoundFact, later: FoundFact) -> bool:
    between = passage.text[fact.end : later.start] if fact.end <= later.start else ""
    if fact.name == later.name == "resident_age" and 0 < len(between) <= _MAX_CHARS:
        return last_named(between) is None  # nobody has two
    if fact.name == later.name in MONEY_FACTS and _is_taken_back_for_a_reason(between):
        return True
    return (
        later.name == fact.name
        and 0 < len(between) <= _MAX_CHARS
        and is_taken_back(between)
        and not (fact.name in _ADDED_UP and names_another(passage.text[: fact.start], between))
        and not (fact.name in _OF_SEVERAL and last_named(between))
    )
