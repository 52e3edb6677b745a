"""What a line says to correct a value that was told just before in another line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from consult_assist.counter.asking import is_asking, split_spoken
from consult_assist.counter.stated import MONEY_FACTS
from consult_assist.japanese.numerals import parse_number
from consult_assist.japanese.people import Person, last_named
from consult_assist.nlp.facts.amounts import MONEY, NUMBER, yen_of
from consult_assist.nlp.facts.dates import LEAP_YEAR, MONTH_AND_DAY, day_of
from consult_assist.nlp.facts.money_words import last_topic
from consult_assist.nlp.facts.passage import FoundFact, Passage, overlap

_OPENS = re.compile(
    r"""
    (?:
        はい | ええ | うん | ああ | あっ? | えっ?と | ええと | えー* | あの[うー]?
      | [、。 ]
    )*
    (?:
        すみません | すいません | ごめん | 失礼 | 訂正 | 間違[えいっ] | まちが[えいっ]
      | (?:違|ちが)[いうっ] | いえ | いや | もとい
    )
    [^、。]{0,8}[、。]*
    (?:
      はい | あの | えっ?と | ええと | 正しくは | ほんとは | 本当は | [、。 ]
    )*
    """,
    re.VERBOSE,
)
_DENIES = re.compile(r"(?:円|歳|才|人|[かヶカヵケ箇]月分?)?(?:じゃ|では?)(?:は)?な(?:くて?|い)[、。]?")
_NAMED = re.compile(r"[^、。0-9]{0,8}?(?:は|が)")
"""家賃は6万円でした: the correction names again what it corrects."""
_HOLDS = re.compile(
    r"""
    (?:くらい|ぐらい|ほど|ちょっと|分|ぶん)*
    (?:
        です(?!か) | でし[たて] | だ(?!と|ったら) | なん
      | に(?:な[りっ]|出し|し[たま])
      | [。、] | $
    )
    """,
    re.VERBOSE,
)
"""9歳でした is the value; 6歳の弟も and 3万円は使いました tell of something else."""
_BESIDES = re.compile(r"別に|別で|(?:ほか|他)に|もう[一1]|あと|(?:前|昔|去年|昨年|先月|まで)は")
"""カードが別に30万円です adds, 去年までは社保でした tells of before."""
_ACKNOWLEDGES_CHARS = 8
"""はい, そうですか: so short a sentence between asks and tells nothing."""
_OF_SEVERAL = frozenset({"child_age", "school_year", "cost_monthly", "debt", "family_member", "illness"})
"""There may be another of its own: without the first one repeated, nobody knows that it is meant."""
_COUNTED = {
    "child_age": re.compile(rf"(?P<number>{NUMBER})[歳才]"),
    "resident_age": re.compile(rf"(?P<number>{NUMBER})[歳才]"),
    "arrears_months": re.compile(rf"(?P<number>{NUMBER})[かヶカヵケ箇]月(?:分)?"),
    "children": re.compile(rf"(?P<number>{NUMBER})人"),
}
_DATES = frozenset({"birth_date", "event_date"})
_Value = tuple[int | str, int, int]
"""What is said, and where."""


def may_correct(passage: Passage) -> bool:
    """Return whether what was said now begins as a correction does, or denies a figure for another one."""
    own = passage.text[passage.since :]
    return passage.since > 0 and bool(_OPENS.match(own) or _DENIES.search(own))


def with_correction(
    passage: Passage, facts: Sequence[FoundFact], earlier: Sequence[FoundFact]
) -> Iterator[FoundFact]:
    """Yield the facts; one that corrects what was told before is marked, and has its name from there.

    Args:
        passage: what was said now, behind what was said just before.
        facts: stated in all of it.
        earlier: stated in what was said just before, alone.
    """
    own = [fact for fact in facts if fact.end > passage.since]
    found = next((hit for old in reversed(earlier) if (hit := _correction(passage, own, earlier, old))), None)
    for fact in facts:
        if found is None or not overlap(fact.span, found.span):
            yield fact
    if found is not None:
        yield found


def _correction(
    passage: Passage, own: Sequence[FoundFact], earlier: Sequence[FoundFact], old: FoundFact
) -> FoundFact | None:
    """Return what stands in the place of an earlier fact, None where it stands."""
    if len({fact.value for fact in earlier if fact.name == old.name}) > 1:
        return None  # which of them is meant?
    text, since = passage.text, passage.since
    values = list(_values(old, text, since))
    same = (end for value, _, end in values if value == old.value)
    opening = next((denied for end in same if (denied := _DENIES.match(text, end))), None)
    if opening is None and _is_spoken_of(passage, earlier, old):
        opening = _OPENS.match(text, since)
    if opening is None:
        return None
    start = opening.end()
    named = _NAMED.match(text, start)
    for fact in own:
        if fact.name == old.name and fact.value != old.value and fact.start >= start - 1:
            figure = old.name in MONEY_FACTS | _COUNTED.keys() | _DATES
            holds = _is_close(text[start : fact.start]) and (not figure or _HOLDS.match(text, fact.end))
            return replace(fact, corrects=True) if holds else None
    for value, at, end in values:
        lead = text[start:at]
        if at < start or any(overlap(fact.span, (at, end)) for fact in own):
            continue
        fits = not lead or (named and named.end() == at and last_topic(lead) == old.name)
        stated = passage.part_at(at).stated and _HOLDS.match(text, end)
        return FoundFact(old.name, value, at, end, corrects=True) if fits and stated else None
    return None


def _is_close(lead: str) -> bool:
    """Return whether nobody and nothing else, and no other time, is named before the new value."""
    return "。" not in lead and last_named(lead) in (None, Person.SELF) and not _BESIDES.search(lead)


def _is_spoken_of(passage: Passage, earlier: Sequence[FoundFact], old: FoundFact) -> bool:
    """Return whether nothing but its repetition, or はい, stands between a fact and its correction."""
    rest = passage.text[old.end : passage.since]
    same, *after = [*split_spoken(rest), ""]
    repeated = [any(value == old.value for value, _, _ in _values(old, part, 0)) for part in after]
    others = [fact for fact in earlier if fact.name != old.name and fact.start >= old.end]
    last = max((place for place, again in enumerate(repeated) if again), default=-1)
    if any(is_asking(part) for part, again in zip(after, repeated, strict=True) if not again):
        return False
    if any(len(part) > _ACKNOWLEDGES_CHARS for part in after[last + 1 :]):
        return False
    if last >= 0:
        return all(fact.value == old.value or str(fact.value) not in after[last] for fact in others)
    return not others and old.name not in _OF_SEVERAL and len(same) <= _ACKNOWLEDGES_CHARS


def _values(old: FoundFact, text: str, since: int) -> Iterator[_Value]:
    """Yield what may be of the same kind as a fact."""
    if old.name in MONEY_FACTS:
        for match in MONEY.finditer(text, since):
            if yen := yen_of(match):
                yield yen, match.start(), match.end()
    elif old.name in _COUNTED:
        for match in _COUNTED[old.name].finditer(text, since):
            if number := parse_number(match["number"]):
                yield number, match.start(), match.end()
    elif old.name in _DATES and isinstance(old.value, str):
        for match in MONTH_AND_DAY.finditer(text, since):
            year = int(old.value[:4]) if old.value[:4].isdecimal() else None
            told = day_of(year or LEAP_YEAR, *map(parse_number, match.groups()))
            if told:
                yield told.isoformat() if year else f"{told.month}月{told.day}日", *match.span()
