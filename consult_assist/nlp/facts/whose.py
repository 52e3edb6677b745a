"""Whose a value is: the speaker's, that of one of the family, or a stranger's.

Japanese leaves out its subjects (zero anaphora): whose age or work it is, a clause seldom says. What tells
are the particles of the people named before it (the topic は rules on, the subject が in its clause), the
genitive の between an owner and what is owned, the noun that a clause describes (5歳の息子), and that
strangers are spoken of by hearsay (evidential そう, って聞いた).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from itertools import zip_longest

from consult_assist.japanese.people import SUFFIX, Person, people_in
from consult_assist.nlp.facts.passage import FoundFact, Passage

_ONE = SUFFIX + "(?:夫婦|一家|家族)?"
_OWNED = r"(?:の、?(?:お?[一-龠々ァ-ヴーa-z]+(?:[めりいえ][一-龠]*れ?)?|ところ|とこ|ほう|うち|こと))*"
_OWNS = re.compile(rf"{_ONE}{_OWNED}の[おご]?、?")
_ADJACENT = re.compile(rf"{_ONE}{_OWNED}の?[、(（]?")
_ROLE = re.compile(
    rf"""
    {_ONE}
    (?:
        (?P<being>で(?!す|し|も)) | (?P<copula>です)
      | {_OWNED}
        (?:
            (?P<topic>は|も|って(?!聞|言)|だって|なんか|だけ|(?<=こと)(?:で|なん|です))
          | (?P<subject>が) | (?P<possessor>に)
        )
    )
    (?!い(?:な|ませ)|な[いくし]|欲し|ほし)
    """,
    re.VERBOSE,
)
"""息子がいない, 部下もなく and 娘がほしい tell of nobody."""
_BREAK = re.compile(
    r"""
      [。?？]
    | (?:
          [てし] | で[すし]た? | ました? | (?<![0-9一-龠ァ-ヴー])で | (?<=[月日年時])で
        | から | ので | けど | けれど | (?<=[すただ])が
      )
      、
    | くて(?![もはい]) | なので
    """,
    re.VERBOSE,
)
"""Where a clause ends so that the next may have another subject; 姉が58で、 goes on of the sister.

What somebody is like is a reason, and the next clause of another: 上司が厳しくてうつ病になりました.
"""
_SWITCH = re.compile(r"[。?？]|(?:で[すし]た?|から|ので|けど|けれど|(?<=[すただ])が)、")
"""Where even a topic may end; して、 and しており、 go on of the same."""
_HEARSAY = re.compile(r"(?:って|と)(?:聞|言(?:って|う)|いう話)|ですって|そう(?:です|で|な|だ)|らし[いく]")
_HANDS_BACK = re.compile(
    r"""
      うち[はもの] | こっち
    | (?:病|症|骨折|手術|[けケ][がガ])[^、。]{0,6}、
    | 亡くな | なくなっ | 他界 | 死(?:ん|に|別) | 離婚 | 別れ | 出て[いっ行] | 逃げ
    | 行方 | 疎遠 | 絶縁 | 音信 | 遠く | 殴 | 暴力 | 介護 | 認知症 | 寝たきり | 世話
    | 面倒 | 看病 | 看て | 見て | 預け | 倒れ | 入退?院 | 一緒に | 単身赴任 | 家を出
    | うるさ | 何も
    | (?:[0-9一二三四五六七八九]人|ひとり|ふたり)(?!者|もん|親|で暮)
    | いて(?!も) | おり
    | い(?:る|ます)(?:ん|の|が|けど|し|。)
    | 保育 | 幼稚 | 不?登校 | 発達 | 小学 | 中学 | [小中][1-6一二三四五六] | 年[少中長]
    | 赤ちゃん | 生まれ
    | (?<![0-9一二三四五六七八九十])(?:1[0-4]|[0-9一二三四五六七八九])
      (?:[歳才]|か月)
    """,
    re.VERBOSE,
)
"""After these (母は認知症で、仕事を辞めて; 娘がひとりで) the one who speaks goes on of oneself."""
_LOSES = re.compile(r"(?:会社|仕事|勤め|工場|店)[^、。]{0,6}(?:辞め|やめ|クビ|失|なくな|倒産)")
_KIND_OF_CHILD = re.compile("双子|末っ子|[小中高][学校]生|上|下|真ん中")
"""高校生の弟 is a brother."""
_DESCRIBES = re.compile(
    r"""
    (?:くらい|ぐらい)?(?:と[^、。]{0,8}|になった?[^、。]{0,4})?
    (?:(?!て(?!い?[るた]))[^、。はがもをにの]){0,8}(?:の|(?<=[るたいな]))
    """,
    re.VERBOSE,
)
_LASTS = re.compile("い?[るたな]")
_SOMEONE = re.compile(r"人(?![間気口生数]|[はがも]?い(?:な|ませ))")
"""パートで働いてる人がいて; 頼れる人がいません tells of nobody."""

_SPEAKING = (Person.SELF, Person.HOME)
_SPEAKER = frozenset({*_SPEAKING, Person.CHILD})
_PARTNERS = _SPEAKER | {Person.SPOUSE, Person.FORMER}
_CHILDREN = _PARTNERS | {Person.OFFSPRING}
_MAY_BE_OF = {
    "arrears_months": _SPEAKER | {Person.SPOUSE, Person.OFFSPRING},
    "children": _SPEAKER | {Person.SPOUSE},
    "debt": _SPEAKER,
    "employment": _SPEAKER,
    "insurance": _SPEAKER,
    "job_lost": _SPEAKER,
    "marital": _PARTNERS,
    "school_year": _CHILDREN | {Person.SIBLING, Person.GRANDCHILD},
    "support_payment": _CHILDREN | {Person.PARENT, Person.RELATIVE},
}
"""Of whom a fact is one for the record; any other is of anybody in the family: an illness, a pension.

Who speaks of small children goes on of oneself: what they cannot have is not theirs.
"""
_COMPANYS = re.compile("会社|職場|勤め先|扶養|保険")
"""夫の会社の保険 is one's own as well."""
_OF_WHOM_ASKED = frozenset({"employment", "job_lost"})
_ASKS_WHO = re.compile(r"どなた|誰|どの方")
"""ご家族で働いているのはどなたですか: then anybody's work is told."""
_ANYBODYS = frozenset({"name", "phone", "child_age", "resident_age", "family_member"})
"""Facts whose readers tell themselves whose they are, or that may be anybody's."""
_OF_OFFICIALS = frozenset(
    {"birth_date", "children", "employment", "event_date", "job_lost", "marital", "school_year"}
)
"""Only these are told of somebody in an office; an illness or a rent that they speak of is not theirs."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A person with what is owned and the particle behind: 友達の旦那さんが.

    Attributes:
        named: just after the word for the person itself.
        end: just after the particle.
        role: `topic`, `subject`, `possessor`, `being`, `copula`, or None for any other.
        owns: something of theirs is named, which is told of (主人の給料だけ).
    """

    person: Person
    word: str = field(repr=False)
    named: int
    end: int
    role: str | None
    owns: bool


def _phrases(text: str) -> Iterator[_Phrase]:
    """Yield the people of a text, those that own one another as one (友達の | 旦那さんが)."""
    owner: Person | None = None
    named = tuple(people_in(text))
    for one, following in zip_longest(named, named[1:]):
        word = text[one.start : one.end]
        person = one.person if owner is None else _of(owner, one.person)
        if following is not None and _OWNS.fullmatch(text, one.end, following.start):
            owner = None if _KIND_OF_CHILD.match(word) else person
            continue
        owner = None
        tail = _ROLE.match(text, one.end)
        end, role = (tail.end(), tail.lastgroup) if tail else (one.end, None)
        yield _Phrase(person, word, one.end, end, role, owns="の" in text[one.end : end])


def _of(owner: Person, owned: Person) -> Person:
    """Return who the relative or friend of somebody is to the speaker."""
    if owner in _SPEAKING or owned is Person.SELF:  # 私の母; 妻の私は
        return owned
    if owner.is_stranger or owned.is_stranger:
        return owner if owner.is_stranger else owned
    if owner in (Person.SPOUSE, Person.FORMER) and (owned.is_child or owned is Person.PARENT):
        return owned
    return Person.RELATIVE


class Reach(Enum):
    """How far a topic rules.

    `CLAUSE`: where the next may have another. `LINE`: beyond (夫は運転手です。今は仕事をしていません), unless
    the words since hand back to the speaker. `WORK`: so does a subject who loses work. `ALWAYS`: to the next.
    """

    CLAUSE = 0
    LINE = 1
    WORK = 2
    ALWAYS = 3


_REACH = {"employment": Reach.WORK, "insurance": Reach.LINE, "job_lost": Reach.WORK}


def owner_of(
    text: str, start: int, end: int, reach: Reach = Reach.CLAUSE, *, has: bool = False
) -> Person | None:
    """Return whose a value is, None where the words around it do not say.

    Args:
        text: from the beginning of its sentence, or of those before it.
        start: first character of the value.
        end: just after its last one.
        reach: how far a member of the family rules who is the topic.
        has: whom something belongs to is said with に (妹に子どもが2人).
    """
    if (head := _head(text, end)) is not None:
        return head
    rest = text[end:].partition("。")[0]
    found: Person | None = None
    decided = False
    within = end if reach is Reach.WORK else start
    for phrase in reversed(list(_phrases(text[:within]))):
        if phrase.person in _SPEAKING and (phrase.role or reach is not Reach.ALWAYS):
            return found or phrase.person
        since = text[phrase.end : start]
        if phrase.person.is_stranger:
            if _is_told_of(phrase, since, rest, adjacent=_is_adjacent(text, phrase, start)):
                return phrase.person
            continue
        if decided:
            continue
        if phrase.role in ("topic", "subject") or (has and phrase.role == "possessor"):
            decided = True
            found = phrase.person if _rules(phrase, since, reach) else None
        elif _is_adjacent(text, phrase, start) and not (has and phrase.named == start):
            return phrase.person
    return found


def possessor_of(text: str, start: int) -> Person | None:
    """Return whose relative is named at a character (夫の｜母), None where that is not said."""
    named = text[:start]
    last = next(reversed(list(_phrases(named))), None)
    owns = last is not None and not _KIND_OF_CHILD.match(last.word) and _OWNS.fullmatch(named, last.named)
    return last.person if last and owns else None


def _is_adjacent(text: str, phrase: _Phrase, start: int) -> bool:
    return _ADJACENT.fullmatch(text, phrase.named, start) is not None


def _is_told_of(phrase: _Phrase, since: str, rest: str, *, adjacent: bool) -> bool:
    """Return whether a sentence goes on of a stranger: in the same clause, or further by hearsay."""
    if not adjacent and phrase.role not in ("topic", "subject", "being"):
        return False
    if "。" in since or (phrase.person is Person.OFFICIAL and (phrase.owns or phrase.role == "being")):
        return False  # 看護師で、正社員です: so people name their own work
    ends = (_SWITCH if phrase.role == "topic" else _BREAK).search(since)
    return ends is None or _HEARSAY.search(since + rest) is not None


def _rules(phrase: _Phrase, since: str, reach: Reach) -> bool:
    """Return whether the words since a member of the family was named still tell of it."""
    if reach is Reach.ALWAYS:
        return True
    if reach is Reach.CLAUSE:
        return (_SWITCH if phrase.role == "topic" else _BREAK).search(since) is None
    if _HANDS_BACK.search(since):
        return False
    goes_on = reach is Reach.WORK and "。" not in since and _LOSES.search(since) is not None
    within = goes_on or _BREAK.search(since) is None
    return (phrase.role == "topic" and not phrase.owns) or within


def _head(text: str, end: int) -> Person | None:
    """Return whom a clause describes that a value ends (5歳の息子, パートで働いてる人が)."""
    if text[:end].endswith(("て", "で")) and not _LASTS.match(text, end):
        return None
    head = next(people_in(text, end), None)
    if (
        head is not None
        and head.person is not Person.OFFICIAL
        and _DESCRIBES.fullmatch(text, end, head.start)
    ):
        return head.person
    someone = _SOMEONE.search(text, end)
    described = someone is not None and _DESCRIBES.fullmatch(text, end, someone.start())
    return Person.ACQUAINTANCE if described else None


def _line_of(passage: Passage) -> int:
    """Return where the line of an utterance begins, with the sentence that was broken off before it."""
    ends = [hit.end() for hit in re.finditer("[。？?！!]", passage.text[: passage.since])]
    return ends[-1] if ends else 0


def of_the_home(passage: Passage, found: Iterable[FoundFact]) -> Iterator[FoundFact]:
    """Yield the facts that are of somebody of whom the record holds such facts."""
    yield from (fact for fact in found if is_of_the_home(passage, fact))


def is_of_the_home(passage: Passage, fact: FoundFact) -> bool:
    """Return whether a fact is of somebody of whom the record holds such facts."""
    return fact.name in _ANYBODYS or fact.end <= passage.since or _may_be_of(passage, fact)


def _answers(passage: Passage, fact: FoundFact) -> bool:
    """Return whether a fact answers what somebody does (奥さまは、お勤めでしたか。パートで)."""
    asked = fact.name in _OF_WHOM_ASKED and fact.name in passage.asked.kinds
    return asked and passage.answers(passage.part_at(fact.start))


def _may_be_of(passage: Passage, fact: FoundFact) -> bool:
    begin = _line_of(passage)
    line = passage.text[begin:]
    owner = owner_of(
        line,
        fact.start - begin,
        fact.end - begin,
        _REACH.get(fact.name, Reach.CLAUSE),
        has=fact.name == "children",
    )
    if _answers(passage, fact):
        asked = passage.asked.person
        if owner is None and asked is not None and not asked.is_child:
            owner = asked
        if owner is not None and not owner.is_stranger and _ASKS_WHO.search(passage.asked.text):
            owner = None
    match owner:
        case None:
            return True
        case Person.ACQUAINTANCE:
            return False
        case Person.OFFICIAL:
            return fact.name not in _OF_OFFICIALS
        case _:
            if fact.value == "社保" and _COMPANYS.match(line, fact.start - begin):
                return True
            return owner in _MAY_BE_OF.get(fact.name, (owner,))
