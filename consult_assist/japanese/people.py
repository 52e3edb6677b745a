"""Words for people: the speaker, the family, acquaintances, officials. One list for all that reads them.

The fragments are regular expressions that compose; each counts as one unit in a longer expression, and none
holds a group of its own that would be numbered. They are written for folded text (`folding.py`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Person(StrEnum):
    """Who somebody is to the one who speaks.

    `HOME` is うち, the speaker's household. A `CHILD` is called so (子ども, 上の子), an `OFFSPRING` may be
    grown up (息子, 長女).
    """

    SELF = "self"
    HOME = "home"
    SPOUSE = "spouse"
    FORMER = "former"
    CHILD = "child"
    OFFSPRING = "offspring"
    PARENT = "parent"
    SIBLING = "sibling"
    GRANDCHILD = "grandchild"
    RELATIVE = "relative"
    ACQUAINTANCE = "acquaintance"
    OFFICIAL = "official"

    @property
    def is_child(self) -> bool:
        """Whether it is a child of the speaker's, whatever its age."""
        return self in (Person.CHILD, Person.OFFSPRING)

    @property
    def is_grown_kin(self) -> bool:
        """Whether it is a member of the family other than a child of the speaker's."""
        return self in _GROWN_KIN

    @property
    def is_stranger(self) -> bool:
        """Whether it is nobody of the family."""
        return self in (Person.ACQUAINTANCE, Person.OFFICIAL)


_GROWN_KIN = frozenset(
    {Person.SPOUSE, Person.FORMER, Person.PARENT, Person.SIBLING, Person.GRANDCHILD, Person.RELATIVE}
)


def either(*fragments: str) -> str:
    """Return an expression for any of these fragments."""
    return f"(?:{'|'.join(fragments)})"


SUFFIX = r"(?:さん|さま|様|ちゃん|はん|くん|君|たち|達)?"
"""What may follow a word for a person and leaves it the same person."""
ME = r"(?:私|わたし|わたくし|あたし|わし|僕|俺)"
SPEAKER = either(ME, "自分", "本人")
SPOUSE = (
    r"(?:夫(?!婦)|妻|旦那|ダンナ|だんな|主人(?!公)|しゅじん|(?<!お)うちの人(?=[がはもにとを、])|亭主|女房|家内(?!安全)|嫁(?!ぎ|い)|連れ合い"
    r"|奥(?:さ[んま]|様)|オット|ツマ)"
)
FORMER = r"(?:元(?:の)?|もと(?:の)?|モト(?:の)?|前の|(?<![年月日週間以の])前|別れた|離婚した)"
"""Before a word for a partner: one who is none any more."""
OTHER_SIDE = r"(?:相手|先方|[向む]こう|あっち|あちら|そっち)(?=[はがもにか])"
"""So people call a former partner."""
OFFSPRING = r"(?:息子|娘|[長次二三四五][男女]|せがれ)"
CHILD = (
    r"(?:(?:子ども|子供|こども)(?!の日|食堂)|お子さん"
    r"|(?<=[の、])子(?![供ど育宮会守分孫息])"
    r"|うちの子|上の子|下の子|(?:(?<=[のは、。 ])|(?<![^\n]))(?:上|下|真ん中)(?=[がはも](?!が[らりるれっ]))"
    r"|赤ちゃん|末っ子|双子|[男女]の子|小学生|中学生|高校生)"
)
NAMES_CHILD = re.compile(either(CHILD, OFFSPRING))
"""A child, one's own or any."""
PARENT = (
    r"(?:義?[父母]親|義父|義母|(?<!養)(?<!祖)(?<!未婚の)母(?!子|校|国|語|さん友)|(?<!祖)父(?!子|兄)"
    r"|両親|お(?:やじ|ふくろ|袋)|親父|[舅姑]|ハハ|チチ|(?<![人りリ片里])親(?!子|族|戚|せき|切|し|身|指|方|会社|友|権))"
)
SIBLING = r"(?:兄貴?(?!弟)|姉貴?(?!妹)|(?<!兄)弟(?!子)|(?<!姉)妹|アニ|アネ|義理の[兄姉弟妹])"
GRANDPARENT = r"(?:祖[父母]|お?[ばじ](?:あ|い)(?:さん|さま|ちゃん))"
GRANDCHILD = r"孫(?!の手)娘?"
RELATIVE = either(
    GRANDPARENT,
    r"里親|叔[父母]|伯[父母]|おじ(?=[がはもの、])|おば(?=[がはもの、])|いとこ|従[兄弟姉妹]|親戚|親せき|親族|[甥姪](?:っ子)?"
    r"|婿|彼[氏女]?(?![々方等ら岸])|婚約者|恋人|交際相手|元カ[レノ]",
)
KIN = either(SPOUSE, OFFSPRING, CHILD, PARENT, SIBLING, GRANDCHILD, RELATIVE)
_SOMEBODY = (
    r"(?:人(?!暮|口|気|間|生|数)|方(?=[がはもにとので、])|おば|おじ|ばあ|じい|奥|旦那|主人|夫婦|子|家族|住人|さん"
    r"|お宅|家(?=[がはもの]))"
)
ACQUAINTANCE = (
    r"(?:ママ友|親友|友達|友だち|ともだち|友人|知り合い|知りあい|知人|顔見知り|同僚|先輩|後輩|仲間|同級生|クラスメ"
    rf"|(?:近所|(?:お)?隣|(?:お)?となり|向かい)(?=の?{_SOMEBODY})|その人|よその|(?<=[たる])(?<!親になる)人(?=[はがも](?!い))"
    r"|(?:職場|会社|パート先|バイト先|勤め先|アパート|マンション|団地|学校|同じ[^、。のがはを]{1,6})の人(?=[がはもにとの])|上司|部下)"
)
"""隣の市 and 近所で say where one lives."""
OFFICIAL = (
    r"(?:大家|ヘルパー|ケアマネ(?:ジャー)?|職員|担当者?|先生|医者|主治医|看護師|保健師|保育士|民生委員|相談員|支援員"
    r"|調査員|弁護士|司法書士|教師|担任|店長|社長|所長|課長|係長|校長|園長|院長|町内会長|管理人|不動産屋|通訳)"
)
PERSON_SIGNS = "父母親兄姉弟妹祖娘孫友嫁妻夫人"
"""Characters for a class, where nobody may be named between two words."""
MEDIA = r"(?:テレビ|ニュース|ネット(?=で|の)|チラシ)"

_PERSON = re.compile(
    "|".join(
        f"(?P<{person}>{fragment})"
        for person, fragment in (
            (Person.SELF, SPEAKER),
            (Person.HOME, "うち(?=[はもの])(?!の人[がはもにとを、])"),
            (Person.ACQUAINTANCE, either(ACQUAINTANCE, MEDIA)),
            (Person.OFFICIAL, OFFICIAL),
            (Person.FORMER, either(FORMER + "[ごお]?" + SPOUSE, OTHER_SIDE)),
            (Person.SIBLING, SIBLING),
            (Person.GRANDCHILD, GRANDCHILD),
            (Person.OFFSPRING, OFFSPRING),
            (Person.CHILD, CHILD),
            (Person.PARENT, PARENT),
            (Person.RELATIVE, RELATIVE),
            (Person.SPOUSE, SPOUSE),
        )
    )
)


@dataclass(frozen=True, slots=True)
class Named:
    """A word for a person in a text, its characters without a suffix."""

    person: Person
    start: int
    end: int


def people_in(text: str, start: int = 0) -> Iterator[Named]:
    """Yield every word for a person from the character `start` on, from left to right."""
    for hit in _PERSON.finditer(text, start):
        yield Named(Person(hit.lastgroup or ""), *hit.span())


def last_named(text: str) -> Person | None:
    """Return whom a text speaks of last, None where it names nobody."""
    return max(((one.start, one.person) for one in people_in(text)), default=(0, None))[1]
