"""How many children there are."""

import re
from collections.abc import Iterator

from consult_assist.japanese.numerals import parse_number
from consult_assist.japanese.people import ME, people_in
from consult_assist.nlp.facts.amounts import NUMBER
from consult_assist.nlp.facts.corrections import is_taken_back
from consult_assist.nlp.facts.passage import FoundFact, Passage, PassageClause

_PEOPLE = {"ひとり": 1, "ふたり": 2, "1り": 1, "2り": 2}
_COUNT = rf"お?(?:(?:{NUMBER})人|{'|'.join(_PEOPLE)})"
_MAX_CHILDREN = 15
"""More are a class."""
_CHILDREN = re.compile(
    rf"""
      (?:
        子ども | 子供 | こども | お子さん | (?<![母父親妻息])子
      )
      (?:たち|達)?(?:が|は|も|を)?(?:、|ええと|えーと|えっと|あの|もう|今|全部で|合わせて)*(?P<after>{_COUNT})
      (?!
          暮らし | 目 | 親
        | で(?:暮|住|育|い|過|留守|見|み|面倒|抱|預)
        | に(?:な|し) | 前 | 分 | ずつ | につき | あたり | も、?(?:い(?:な|ませ)|お(?:ら|りませ))
      )
    | (?P<before>{_COUNT})の?(?:子ども|子供|こども|お子さん|子(?!育て))
    | (?P<only>
        (?:一人|1人|ひとり)(?:っ子 | (?:息子|娘)(?=です|なん|だ|が|は|を|も|と))
      )
    """,
    re.VERBOSE,
)
_I_AM = re.compile(rf"{ME}(?:は|が|も)、?$")
_NO_COUNT = re.compile(r"分|目|(?:くらい|ぐらい|は|も)?、?(?:ほし|欲し)")
_SOME = re.compile(
    rf"""
    (?:
      息子 | 娘 | 男の子 | 女の子 | 男 | 女 | [小中高]学?生 | 園児
    )
    (?:ばっ?かり(?:で|が)?|が|は|、)?(?P<some>{_COUNT})(?!暮らし|で(?!す|し)|目|に|前)
    """,
    re.VERBOSE,
)
_HAS = re.compile(
    r"""
      。 | 、(?!い[えや]|あ[、っ]|じゃ|違) | います | いて | おり | いる | です | だけ | $
    | と、?(?:息子|娘|男|女|[一-龠]{0,2}園児|[小中高]学?生|暮ら|一緒|の?[0-9一二三四五六]人(?:です|で))
    | を(?:連れ|抱え|育て)
    """,
    re.VERBOSE,
)
_ANSWER_COUNT = re.compile(
    rf"""
    (?P<count>{_COUNT})
    (?=
        です | なん | だ(?:けです|よ|ね|な|[。、]|$) | や(?:で|ね|な|[。、]|$) | 、?い(?:ます|る|て)
      | おり | おる | とも | $ | 。 | で、 | にな[りっ]
      | 、(?:[男女上小中高]|息子|娘|[0-9]+歳) | (?:きょうだい|兄弟|姉妹)(?:です|で、|。|$)
    )
    """,
    re.VERBOSE,
)
_CHILD_WORD = r"(?:子ども|子供|こども|お子さん)(?:たち|達)?"
_ONE_BY_ONE = re.compile(
    rf"""
    {_CHILD_WORD}(?:は|が)
    (?P<each>[^。]{{2,40}}?)
    (?:
        、?(?P<sum>{_COUNT})(?:です|だ(?!け)|います|おり|。|$)
      | [、で](?P<all>{_COUNT})とも
    )
    """,
    re.VERBOSE,
)
_EACH_ONE = re.compile(
    r"[歳才つ]|か月|[小中高][学校1-6一二三四五六]|年[少中長]|[長次二三四五][男女]|息子|娘|男|女"
)
"""子どもは3歳の長女と、1歳の次女、2人です: who is told of one by one is counted at the end."""
_ALL_OF_THEM = re.compile(rf"(?P<count>{_COUNT})とも[^。]{{0,10}}(?:の子|私が(?:引き取|育て))")
_HERE_AND_THERE = re.compile(
    rf"{_CHILD_WORD}(?:は|が)?、?(?P<here>[^、。0-9]{{0,6}}に(?P<one>{_COUNT}))、(?:[^、。0-9]{{0,6}}に(?P<two>{_COUNT}))"
)
_ONE_OF_THEM = rf"""
    (?:
        (?:{NUMBER})[歳才](?:の(?:息子|娘|[男女]の子|子))?
      | [長次三][男女] | 息子 | 娘 | [男女]の子 | 上の子 | 下の子
      | [小中高][学校]?[1-6一二三四五六](?:年生?)? | [小中高]学?生 | 年[少中長]
    )
"""
_AND_ALL = re.compile(
    rf"(?<![^、。はがも])(?:{_ONE_OF_THEM}と、?)+{_ONE_OF_THEM}の、?(?P<count>{_COUNT})(?!暮|家族)",
    re.VERBOSE,
)
"""8歳と5歳の2人です: nobody but children is told of."""
_TWINS = re.compile(r"双子(?=なんです|です|だ|や|が(?:い[るまて]|おり)|で(?![はも]))")
_THERE_ARE = re.compile(
    rf"(?<![^、。])(?P<count>{_COUNT})(?:いる|いま|いて|おる|おり|おって|だけです)(?!せん)"
)
"""Where children were asked about otherwise: 二人いるので."""
_COUNT_AGAIN = re.compile(
    rf"""
    (?P<between>[^0-9一二三四五六七八九十。]{{1,16}}?)(?P<count>{_COUNT})
    (?=です|だ|い[まて]|おり|で、|[。、]|$)
    """,
    re.VERBOSE,
)
_NOT_ONLY_CHILDREN = re.compile(r"(?:と|親子|母子|父子|家族|あと|もう)$")


def find_children(passage: Passage) -> Iterator[FoundFact]:
    """Yield how many children there are; sons and daughters counted apart are added up."""
    for part in passage.stated_clauses():
        found = [
            *_answered_count(passage, part),
            *_children(part),
            *_sons_and_daughters(part),
            *_one_by_one(passage, part),
        ]
        yield from (_counted_again(passage, fact) for fact in found[-1:])


def _counted_again(passage: Passage, fact: FoundFact) -> FoundFact:
    """Return how many children there are after the first number was taken back (二人、いや三人です)."""
    again = _COUNT_AGAIN.match(passage.text, fact.end)
    count = _people(again["count"]) if again and is_taken_back(again["between"]) else None
    return FoundFact(fact.name, count, fact.start, again.end()) if again and count else fact


def _children(part: PassageClause) -> Iterator[FoundFact]:
    for match in _CHILDREN.finditer(part.text):
        before = part.text[: match.start()]
        if match["before"] and _NOT_ONLY_CHILDREN.search(before):
            continue
        if match["only"] and _I_AM.search(before):
            continue
        count = 1 if match["only"] else _people(match["after"] or match["before"])
        if count and not _NO_COUNT.match(part.text, match.end()):
            yield FoundFact("children", count, *part.span(match))


def _sons_and_daughters(part: PassageClause) -> Iterator[FoundFact]:
    several = [hit for hit in _SOME.finditer(part.text) if _HAS.match(part.text[hit.end() :])]
    counts = [count for hit in several if (count := _people(hit["some"]))]
    if several and len(counts) == len(several):
        start, end = part.span(several[0])[0], part.span(several[-1])[1]
        yield FoundFact("children", sum(counts), start, end)


def _of_children(lead: str, count: str) -> bool:
    """Return whether a number that answers how many children there are is theirs, by the words before it."""
    others = any(not one.person.is_child for one in people_in(lead))
    more = _people(count) == 1 and lead.endswith("もう")
    return not (others or more or "家族" in lead or _NOT_ONLY_CHILDREN.search(lead.removesuffix("もう")))


def _one_by_one(passage: Passage, part: PassageClause) -> Iterator[FoundFact]:
    """Yield how many children there are where each is told of before they are counted."""
    since, text = max(part.start, passage.since), passage.text
    sentence = list(passage.sentence_of(part))
    if sentence[0] is part or sentence[0].start < passage.since <= part.start:
        end = sentence[-1].end
        told = _ONE_BY_ONE.search(text, since, end)
        if told and _EACH_ONE.search(told["each"]) and not _NOT_ONLY_CHILDREN.search(told["each"]):
            yield from _counted(told["sum"] or told["all"], told.span())
        if (apart := _HERE_AND_THERE.search(text, since, end)) and (one := _people(apart["one"])):
            yield FoundFact("children", one + (_people(apart["two"]) or 0), *apart.span())
        if (all_of := _AND_ALL.search(text, since)) and all_of.start() < part.end:
            yield from _counted(all_of["count"], all_of.span())
    if together := _ALL_OF_THEM.search(part.text, since - part.start):
        yield from _counted(together["count"], part.span(together, "count", "count"))


def _counted(said: str, span: tuple[int, int]) -> Iterator[FoundFact]:
    if count := _people(said):
        yield FoundFact("children", count, *span)


def _answered_count(passage: Passage, part: PassageClause) -> Iterator[FoundFact]:
    since = max(0, passage.since - part.start)
    if "children" in passage.asked.kinds and passage.answers(part):
        hits = [
            hit
            for hit in _ANSWER_COUNT.finditer(part.text, since)
            if _of_children(part.text[since : hit.start()], hit["count"])
        ]
        for hit in hits[-1:]:
            yield from _counted(hit["count"], part.span(hit, "count", "count"))
    if not passage.asked.of_child and "children" not in passage.asked.kinds:
        return
    if there := _THERE_ARE.search(part.text, since):
        yield from _counted(there["count"], part.span(there, "count", "count"))
    elif passage.answers(part) and (twins := _TWINS.search(part.text, since)):
        yield FoundFact("children", 2, *part.span(twins))


def _people(said: str) -> int | None:
    said = said.removeprefix("お")
    count = _PEOPLE.get(said) or parse_number(said.removesuffix("人"))
    return count if count and count <= _MAX_CHILDREN else None
