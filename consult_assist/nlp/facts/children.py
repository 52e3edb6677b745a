"""How many children there are."""

import re
from collections.abc import Iterator

from consult_assist.japanese.numerals import parse_number
from consult_assist.nlp.facts.amounts import NUMBER
from consult_assist.nlp.facts.corrections import is_taken_back
from consult_assist.nlp.facts.passage import FoundFact, Passage, PassageClause

_PEOPLE = {"ひとり": 1, "ふたり": 2, "1り": 1, "2り": 2}
_COUNT = rf"(?:{NUMBER})人|{'|'.join(_PEOPLE)}"
_MAX_CHILDREN = 15
"""More are a class."""
_CHILDREN = re.compile(
    rf"""
      (?:
        子ども | 子供 | こども | お子さん | (?<![母父親妻息])子
      )
      (?:たち|達)?(?:が|は|も|を|、)?(?P<after>{_COUNT})
      (?!
          暮らし | 目 | 親
        | で(?:暮|住|育|い|過|留守|見|み|面倒|抱|預)
        | に(?:な|し) | 前 | 分 | ずつ | につき | あたり
      )
    | (?P<before>{_COUNT})の?(?:子ども|子供|こども|お子さん|子(?!育て))
    | (?P<only>一人っ子|ひとりっ子)
    """,
    re.VERBOSE,
)
_NO_COUNT = re.compile(r"(?:分|ほし|欲し|目)")
_SOME = re.compile(
    rf"(?:息子|娘|男の子|女の子|男|女)(?:が|は)?(?P<some>{_COUNT})(?!暮らし|で(?!す|し)|目|に|前)"
)
_HAS = re.compile(r"。|、(?!い[えや]|あ[、っ]|じゃ|違)|います|いて|おり|いる|です|と[、]?(?:息子|娘|男|女)|$")
_ANSWER_COUNT = re.compile(
    rf"""
    (?:はい|ええ|えっと|あ)?[、。 ]*(?P<count>{_COUNT})
    (?:
        です | います | おり | いて | $ | 。 | で、
      | 、(?:[男女上小中高]|息子|娘|[0-9]+歳)
    )
    """,
    re.VERBOSE,
)
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
        found = [*_children(part), *_sons_and_daughters(part), *_answered_count(passage, part)]
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
        count = 1 if match["only"] else _people(match["after"] or match["before"])
        if count and not _NO_COUNT.match(part.text, match.end()):
            yield FoundFact("children", count, *part.span(match))


def _sons_and_daughters(part: PassageClause) -> Iterator[FoundFact]:
    several = [hit for hit in _SOME.finditer(part.text) if _HAS.match(part.text[hit.end() :])]
    counts = [count for hit in several if (count := _people(hit["some"]))]
    if several and len(counts) == len(several):
        start, end = part.span(several[0])[0], part.span(several[-1])[1]
        yield FoundFact("children", sum(counts), start, end)


def _answered_count(passage: Passage, part: PassageClause) -> Iterator[FoundFact]:
    if "children" in passage.asked.kinds and passage.answers(part):
        hit = _ANSWER_COUNT.match(passage.text, max(part.start, passage.since), part.end)
        if hit and (count := _people(hit["count"])):
            yield FoundFact("children", count, *hit.span("count"))


def _people(said: str) -> int | None:
    count = _PEOPLE.get(said) or parse_number(said.removesuffix("人"))
    return count if count and count <= _MAX_CHILDREN else None
