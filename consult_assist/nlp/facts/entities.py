"""Facts that a trained model finds: who someone is, what ails them."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from consult_assist.japanese.people import KIN, ME, SPEAKER, SUFFIX
from consult_assist.nlp.facts.illnesses import denies, illness_name, is_illness, may_hold_illness
from consult_assist.nlp.facts.passage import FoundFact, Passage, PassageClause

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SAYS_NAME = re.compile(
    r"(?:[とち](?:申し|言い|いい)ます|と申す)|です(?!か)|といいます|[、 ]?[0-9一二三四五六七八九十]+歳"
)
_FILLER = re.compile(
    rf"""
    (?:
      (?:
          はい | ええ | うん | あの | えっと | えと | ええと | えー | あ | 私(?:は)?
        | 名前は | 私の名前(?:で|です)、? | {KIN}(?:の名前)?(?:は|が) | [一-龠]{{1,3}}(?=、)
      )
      [、。 ]*
    )*
    """,
    re.VERBOSE,
)
_ALONE = re.compile(
    r"""
      (?:さん|様)?(?:[、。]|$|(?:です|だ)(?!か)|で(?:[。、]|$))
    | [ 、]?[0-9一二三四五六七八九十]{2}(?:[歳才]|です|だ|[、。]|$)
    """,
    re.VERBOSE,
)
"""渡辺よし子、57です: what may follow a name that was asked for."""
_MIN_CHARS = 3
"""A lone 田中 may be somebody else's, or a word."""
_CLIENT = re.compile(
    r"(?:ご?本人|(?:ご?利用|患|ご?相談|申請|依頼|被後見|被保佐)[者人](?:さん|様)?|こちら)(?:は|が|の|で)、?$"
)
"""Who comes for somebody names them so: ご本人は林秋子さん."""
_OF_CLIENT = re.compile(r"さん(?:で|、|。|の|が|は|と(?:いう|申|おっしゃ)|$)|様(?:で|、|。|の|が|は|と)")
_SOME_CLIENT = re.compile(
    r"さん(?:と|って)(?:いう|おっしゃる)[^。]{0,8}(?:男性|女性|方|患者|利用者)|(?:さん|様)の件"
)
_ASKS_NAME = re.compile(r"(?:名前|氏名|名字|姓)(?:は|が)[、 ]?$")
_MYSELF = re.compile(rf"[、。 ]*{SPEAKER}は、?")
"""わたしは田中健、54です."""
_OF_KIN = re.compile(rf"{KIN}{SUFFIX}(?:の名前)?[はが]、?$")
_THEN_MINE = re.compile(rf"[^。]{{0,12}}?{ME}(?:の名前)?[はが]")
"""夫は田中健、私は田中花です: the name of kin is told before the one that was asked for."""
_FOREIGN_NAME = re.compile(
    r"(?<![ァ-ヴー])[ァ-ヴー]{1,10}(?:[・=＝ 　][ァ-ヴー]{1,10})+(?=です|と(?:申|言|いい)|[、。]|$)"
)
"""グエン・ティ・ラン: words in katakana with points between them, where a name was asked for."""
_TOLD_NEXT = re.compile(r"、(?:生年月日|生まれ|住所|住まい|電話|携帯|連絡先|年[はが])")
"""名前は林秋子、生年月日は…: one answer after the other."""
_NAMES = re.compile(
    rf"""
      (?<![のお])(?:名前|氏名)[はが]
    | {_SOME_CLIENT.pattern}
    | (?:ご?本人|[者人](?:さん|様)?|こちら)[はがので]
    """,
    re.VERBOSE,
)
_OF_THE_OFFICE = re.compile(r"(?:担当|係|課|窓口|相談員|職員)の?[、 ]?$")
_DISEASE_LABELS = frozenset({"Animal_Disease", "Disease"})
_HALF_KANA = re.compile(r"[一-龠]+[ァ-ヴー]+")
"""中橋タロ: a family name in kanji before katakana is one that was misheard."""


def may_hold_entities(passage: Passage) -> bool:
    """Return whether anything that `find_entities` takes can stand in what was said now.

    Most of what is said names nobody and no illness; the model need not read that.
    """
    return (
        _is_name_asked(passage)
        or may_hold_illness(passage.text[passage.since :])
        or any(_may_give_name(passage, part) for part in passage.stated_clauses())
    )


def _may_give_name(passage: Passage, part: PassageClause) -> bool:
    """Return whether a clause goes on as if a name had been given in it."""
    said = _SAYS_NAME.search(passage.text, max(part.start, passage.since) + 1)
    named = _NAMES.search(passage.text, max(part.start, passage.since), part.end)
    return named is not None or (said is not None and said.start() <= part.end)


def find_entities(passage: Passage, doc: "Doc", offset: int) -> Iterator[FoundFact]:
    """Yield names given and illnesses out of the entities of the text from `offset` on."""
    named = _FOREIGN_NAME.search(passage.text, passage.since) if "name" in passage.asked.kinds else None
    if named and not _overlapping_person(doc, named.start() - offset, named.end() - offset):
        yield FoundFact("name", named.group(), *named.span())
    for entity in doc.ents:
        start, end = offset + entity.start_char, offset + entity.end_char
        part = passage.part_at(start)
        if not part.stated:
            continue
        before, after = part.text[: start - part.start], passage.text[end:]
        if entity.label_ == "Person" and (
            _is_given(entity.text, before, after) or _is_clients(entity.text, passage.text[:start], after)
        ):
            yield FoundFact("name", entity.text, start, end)
        elif entity.label_ == "Person" and (whole := _answered(passage, start, end)):
            yield FoundFact("name", passage.text[start:whole], start, whole)
        elif entity.label_ in _DISEASE_LABELS and is_illness(entity.text) and not denies(passage, end):
            yield FoundFact("illness", illness_name(entity.text), start, end)


def _is_clients(name: str, before: str, after: str) -> bool:
    """Return whether who comes for somebody names that one."""
    if _HALF_KANA.fullmatch(name):
        return False
    if _CLIENT.search(before):
        return _OF_CLIENT.match(after) is not None
    some = _SOME_CLIENT.match(after) and not before.endswith(("は", "が", "の"))
    return bool(some and (len(name) >= _MIN_CHARS or not after.startswith(("さんの件", "様の件"))))


def _overlapping_person(doc: "Doc", start: int, end: int) -> bool:
    """Return whether the model found the whole of a name that stands from `start` to `end`."""
    return any(
        entity.label_ == "Person" and entity.start_char <= start and entity.end_char >= end
        for entity in doc.ents
    )


def _is_name_asked(passage: Passage) -> bool:
    """Return whether a name was asked for just before: the own one, or that of whom the talk is about."""
    return "name" in passage.asked.kinds and not passage.asked.of_child


def _answered(passage: Passage, start: int, end: int) -> int | None:
    """Return where the name ends that is all there is at the head of an answer to the question for it.

    The model may have taken only the family name for one.
    """
    for token in passage.tokens:
        if token.start == end and token.pos[2] == "人名":
            end = token.end
    name = passage.text[start:end]
    alone = (
        len(name) >= _MIN_CHARS
        and not _HALF_KANA.fullmatch(name)
        and _FILLER.fullmatch(passage.text, passage.since, start)
        and _ALONE.match(passage.text, end)
        and not (_OF_KIN.search(passage.text, passage.since, start) and _THEN_MINE.match(passage.text, end))
    )
    return end if alone and _is_name_asked(passage) else None


def _is_given(name: str, before: str, after: str) -> bool:
    """Return whether a name is given as one's own, and was not misheard."""
    if _HALF_KANA.fullmatch(name) or _OF_THE_OFFICE.search(before):
        return False
    if _MYSELF.fullmatch(before) and _ALONE.match(after):
        return True
    own = _ASKS_NAME.search(before) and not before.endswith(("の名前は", "の名前が"))
    if own and _TOLD_NEXT.match(after):
        return True
    alone = not before.strip() or _ASKS_NAME.search(before) is not None
    return bool((alone and _SAYS_NAME.match(after)) or re.match(r"[とち](?:申し|いい|言い)ます", after))
