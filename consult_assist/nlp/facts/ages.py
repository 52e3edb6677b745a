"""Facts about people in figures: ages, how many children, school years."""

import re
from collections.abc import Iterator

from consult_assist.japanese.numerals import parse_number
from consult_assist.japanese.people import CHILD, OFFSPRING, Person, either, people_in
from consult_assist.nlp.facts.amounts import NUMBER
from consult_assist.nlp.facts.corrections import is_taken_back
from consult_assist.nlp.facts.passage import FoundFact, Passage, PassageClause
from consult_assist.nlp.facts.whose import Reach, owner_of

_NOT_NOW = (
    r"にな(?:った年|る年|れば|ったら|るまで|ると)|まで|未満|以上|以下|以降|から|の時|のとき|の頃"
    r"|のころ|頃|ごろ|児|くらいの(?:時|とき|頃)|になったら|になれば"
    r"|になると|になるまで|でも(?![、ある])"
    r"|だった|でし(?:た)|で(?:亡|死|結婚|産|生ま|離婚|独立|家を)|違い|差|下|上|を過ぎ|の誕生日"
)
_AGE = re.compile(rf"(?P<number>{NUMBER})(?:[歳才]|さい|サイ)(?!{_NOT_NOW})")
_TURNED = re.compile(
    rf"(?:先月|先週|先日|この前|こないだ|この間|ついこの)[^、。0-9]{{0,6}}(?P<number>{NUMBER})[歳才](?=になったら)"
)
"""先月20歳になったら、紙が来て: no condition, it has happened. 今年65歳になったら may be one."""
_TWENTY = re.compile(r"(?P<number>はたち|ハタチ)(?=です|に(?:なり|なった|なっ)|で[、。]|だ|なん|の|、|。|$)")
_BABY = re.compile(
    rf"生後(?:(?P<born>{NUMBER})[かヶカヵケ箇]月|{NUMBER}(?:週間?+|日))"
    rf"(?!{_NOT_NOW}|の?[健検]診|で(?!す|も|まだ|[、。]|$))"
    rf"|(?<![0-9〇零一二三四五六七八九十百])(?<!生後)(?<!妊娠)(?P<months>{NUMBER})[かヶカヵケ箇]月(?:の|になる)"
    r"(?:赤ちゃん|子(?!育て|(?:ども|供)?の?手当)|息子|娘|[男女]の子)"
)
"""生後2か月で手術しました tells of long ago, 3か月の子ども手当 of money."""
_MONTHS_A_YEAR = 12
_THING = re.compile(r"[一-龠ァ-ヴー][がは]$")
"""メールが1歳, 定年は65歳: what is said to be so old is nobody."""
_NO_THING = re.compile(r"(?:今|現在|歳|年齢|本人|[上下月日]|真ん中|(?<!定)年)[がは]$")
_HIRAGANA_NAME = re.compile(
    r"(?![あこそ][のれ])[ぁ-ん]{4,10}(?P<number>[2-9][0-9])(?=です|だ(?:よ|ね|わ|[、。]|$))"
)
_COUNTED_AGE = re.compile(
    r"(?<![一-龠0-9])(?P<number>ひとつ|ふたつ|みっつ|よっつ|いつつ|むっつ|ななつ|やっつ"
    r"|ここのつ|[1-9一二三四五六七八九]つ)(?=です|で、"
    r"|と|の(?:子|息子|娘)|になり|になる|$)"
)
_COUNTED = {
    w: n
    for n, w in enumerate(
        ("ひとつ", "ふたつ", "みっつ", "よっつ", "いつつ", "むっつ", "ななつ", "やっつ", "ここのつ"), 1
    )
} | {"はたち": 20, "ハタチ": 20}
_BARE = re.compile(
    r"(?<![0-9一二三四五六七八九十百千万])(?P<number>[0-9]{1,2}"
    r"|[二三四五六七八九]?十[一二三四五六七八九]?)(?=です|で[、す]|でし?て?年金"
    r"|だ(?:よ|ね|わ|な|もの|もん|けど|から|[、。]|$)|に(?:なり|なる|なった)|と[0-9]{1,2}(?:です|で|に)|$|。)"
)
_WITH_NAME = re.compile(
    r"(?:^|[、。 ]|(?!昭和|平成|令和|大正|西暦)[一-龠ァ-ヴー]{2}(?=[0-9一二三四五六七八九十]{2}))"
    r"(?:今年で|もう|今|まだ)?(?P<number>[1-9][0-9]|[二三四五六七八九]?十[一二三四五六七八九]?)"
    r"(?=です|だ(?:よ|ね|わ|な|[、。]|$)|になり|[、。]|$)"
)
"""渡辺よし子、57です: who tells the name often tells the age with it."""
_NAMED_AGE = re.compile(
    r"(?:[長次二三四五六][男女]|息子|娘|上|下|真ん中|上の子|下の子)[はが]"
    r"(?P<number>[0-9]{1,2}|[二三四五六七八九]?十?[一二三四五六七八九]|十)(?=、|です|で[、。]|と|$)"
)
_ELDERLY = re.compile(
    r"(?:私|僕|俺|わたし|あたし|自分|わし)(?:は|も|が|なん(?:か|て|ぞ)(?:は|も)?|だって)?[、。]?"
    r"(?:もう|まだ|今年で?|この[春夏秋冬]で|今|これでも|こう見えて|、)*"
    r"(?P<number>[2-9][0-9]|[二三四五六七八九]十[一二三四五六七八九]?)(?=だ(?:もの|もん|し|から|よ|けど|が|って|、|。|$)"
    r"|で[^、。]{0,8}(?:年金"
    r"|仕事|一人|体|無職|す)|です"
    r"|ですし|歳|に(?:な[りっる]))"
)
_SELF_LEFT_OPEN = re.compile(r"(?:私|僕|俺|わたし)(?:は|も)[、。 ]*$")
_COMING = re.compile(
    r"(?:もうすぐ|もうじき|来月|来年|今度|まもなく|再来年|春から|4月から|四月から|来春"
    r"|これから)[^、。]{0,10}$"
)
_SPEAKS_OF_CHILD = re.compile(either(CHILD, OFFSPRING))
_PEOPLE = {"ひとり": 1, "ふたり": 2, "1り": 1, "2り": 2}
_COUNT = rf"(?:{NUMBER})人|{'|'.join(_PEOPLE)}"
_MAX_CHILDREN = 15
"""More are a class."""
_CHILDREN = re.compile(
    rf"(?:子ども|子供|こども|お子さん|(?<![母父親妻息])子)(?:たち|達)?(?:が|は|も"
    rf"|を|、)?(?P<after>{_COUNT})(?!暮らし|目"
    rf"|親|で(?:暮|住|育|い|過|留守|見|み|面倒|抱|預)"
    rf"|に(?:な|し)|前|分|ずつ|につき|あたり)"
    rf"|(?P<before>{_COUNT})の?(?:子ども|子供|こども|お子さん|子(?!育て))"
    r"|(?P<only>一人っ子|ひとりっ子)"
)
_SOME = re.compile(
    rf"(?:息子|娘|男の子|女の子|男|女)(?:が|は)?(?P<some>{_COUNT})(?!暮らし|で(?!す|し)|目|に|前)"
)
_HAS = re.compile(r"。|、(?!い[えや]|あ[、っ]|じゃ|違)|います|いて|おり|いる|です|と[、]?(?:息子|娘|男|女)|$")
_ANSWER_COUNT = re.compile(
    rf"(?:はい|ええ|えっと|あ)?[、。 ]*(?P<count>{_COUNT})(?:です|います|おり|いて|$|。|で、"
    r"|、(?:[男女上小中高]|息子|娘|[0-9]+歳))"
)
_COUNT_AGAIN = re.compile(
    rf"(?P<between>[^0-9一二三四五六七八九十。]{{1,16}}?)(?P<count>{_COUNT})(?=です|だ|い[まて]|おり|で、|[。、]|$)"
)
_NOT_ONLY_CHILDREN = re.compile(r"(?:と|親子|母子|父子|家族|あと|もう)$")
_SCHOOL = re.compile(
    rf"(?P<school>小学校?|中学校?|高校|大学)の?(?P<year>{NUMBER})年(?:生)?(?!間|前|後)"
    r"|(?<![大])(?P<short>[小中高])の?(?P<short_year>[1-6一二三四五六])(?![0-9人年月日時分回つ万千百十個つ])"
    r"|(?P<alone>[1-6一二三四五六])年生"
    r"|(?P<nursery>年少|年中(?!行事|無休|夢|ず|、ず|休|忙)|年長(?!者))(?:さん|組|の(?:子|息子"
    r"|娘))?(?=です|で|の|と|$|、|。|に|が|さん|組|クラス)"
)
_SCHOOLS = {"小": "小学", "中": "中学", "高": "高校"}
_NEXT_YEAR = re.compile(
    r"(?:来年|来春|(?<!この)春から|春には|(?<!この)4月から|(?<!この)四月から|今度|再来年|次の春)[^。]{0,12}$"
)
_STARTED_SCHOOL = re.compile(
    r"(?:今年|この春|この[4四]月)[^。]{0,8}?(?P<which>小学校?|中学校?|高校)に(?:上が|あが|入|進|入学)(?:っ|り|し)?(?:まし)?(?:た(?!ら|い)|て|ばかり)"
)
"""今年、小学校に上がりました."""
_PAST_SCHOOL = re.compile(r"(?:の?(?:とき|時|頃|ころ|夏|冬|秋|春|終わり|途中|から|まで)|だった|でした)")
_ADULT_YEARS = 18
"""An age that belongs to nobody who was named is a child's below it. Source: 民法 第4条."""
_GROWN_YEARS = 20
"""From here on nobody's child is one to the programmes. Source: 児童扶養手当法 第3条第1項."""
_OLDEST = 110
"""More is no age but a misheard figure."""


def find_ages(passage: Passage) -> Iterator[FoundFact]:
    """Yield ages of children and of the speaker; nobody else's age is a fact."""
    for part in passage.parts:
        if not part.stated or not passage.own(part):
            continue
        for match in _matches(passage, part):
            said = match["number"]
            age = _COUNTED.get(said) or parse_number(said.removesuffix("つ"))
            start, end = part.start + match.start("number"), part.start + match.end()
            if age is None or age > _OLDEST or end <= passage.since or _is_unreal(part, match):
                continue
            whose = _whose(passage, start, end, age, named=match.re in (_WITH_NAME, _HIRAGANA_NAME))
            name = _named(whose, age)
            named = name == "child_age" and _is_of_name(passage, part, match)
            if name and (whose or named or not _is_of_thing(part, match)):
                yield FoundFact(name, age, start, end)
        for match in _BABY.finditer(part.text):
            said = match["born"] or match["months"]
            months = parse_number(said) if said else 0
            start, end = part.start + match.start(), part.start + match.end()
            if end > passage.since and months is not None and _named(_whose(passage, start, end, 0), 0):
                yield FoundFact("child_age", months // _MONTHS_A_YEAR, start, end)


def _matches(passage: Passage, part: PassageClause) -> Iterator[re.Match[str]]:
    """Yield what may be an age, each figure once."""
    taken: list[tuple[int, int]] = []
    for match in sorted(_candidates(passage, part), key=lambda hit: (hit.start("number"), -hit.end())):
        start, end = match.span("number")
        if all(end <= other_start or start >= other_end for other_start, other_end in taken):
            taken.append((start, end))
            yield match


def _candidates(passage: Passage, part: PassageClause) -> Iterator[re.Match[str]]:
    yield from _AGE.finditer(part.text)
    yield from _TURNED.finditer(part.text)
    yield from _TWENTY.finditer(part.text)
    yield from _NAMED_AGE.finditer(part.text)
    yield from _ELDERLY.finditer(part.text)
    asked = "age" in passage.asked.kinds and passage.answers(part)
    lead = passage.text[passage.since : part.start]
    if passage.asked.kinds & {"name", "age"} and passage.answers(part) and (not lead or lead[-1] in "、。 "):
        yield from _WITH_NAME.finditer(part.text)
        if "name" in passage.asked.kinds and part.start <= passage.since:
            own = _HIRAGANA_NAME.match(part.text, passage.since - part.start)
            yield from (own,) if own else ()
    if asked or _SPEAKS_OF_CHILD.search(part.text):
        yield from _COUNTED_AGE.finditer(part.text)
    before = passage.text[max(0, part.start - 20) : part.start]
    if asked or re.search(r"[歳才]|生まれ", before + part.text):
        yield from _BARE.finditer(part.text)
    elif part.start <= passage.since and _SELF_LEFT_OPEN.search(passage.text[: passage.since]):
        yield from (hit for hit in _BARE.finditer(part.text) if part.start + hit.start() == passage.since)


def _is_unreal(part: PassageClause, match: re.Match[str]) -> bool:
    after, before = part.text[match.end() :], part.text[: match.start("number")]
    if re.match(r"(?:で|じゃ)(?:は|も)?(?:ない|ありません|なく)|(?:くらい)?(?:なら|だったら|だとし)", after):
        return True
    return before.endswith("成人が") or _COMING.search(before) is not None


def _is_of_thing(part: PassageClause, match: re.Match[str]) -> bool:
    """Return whether something that is neither a person nor the present is said to be so old."""
    before = part.text[: match.start("number")]
    return _THING.search(before) is not None and _NO_THING.search(before) is None


def _is_of_name(passage: Passage, part: PassageClause, match: re.Match[str]) -> bool:
    """Return whether somebody called by name is said to be so old (太郎は8歳), which only a child is."""
    topic = _THING.search(part.text, 0, match.start("number"))
    end = part.start + topic.start() + 1 if topic else -1
    return any(token.end == end and "人名" in token.pos for token in passage.tokens)


def _named(whose: Person | None, age: int) -> str | None:
    """Return which fact an age is: of whom nobody is named, the younger is a child; others have none."""
    if whose is None:
        return "child_age" if age < _ADULT_YEARS else "resident_age"
    if whose.is_child:
        return "child_age" if age < _GROWN_YEARS else None
    return "resident_age" if whose is Person.SELF and age >= _ADULT_YEARS - 3 else None


def _whose(passage: Passage, start: int, end: int, age: int, *, named: bool = False) -> Person | None:
    """Return whose age it is: as the words around it tell, who was named at all, or who was asked for."""
    own = passage.text[passage.since :]
    owner = owner_of(own, start - passage.since, end - passage.since, Reach.ALWAYS)
    if owner not in (None, Person.HOME):
        return owner
    if mentioned := _mentioned(passage.text[passage.since : start], age):
        return mentioned
    if named and "age" not in passage.asked.kinds:
        return passage.asked.person or Person.SELF
    if passage.asked.text:
        return passage.asked.person if "age" in passage.asked.kinds else None
    return _mentioned(passage.text[max(0, passage.since - 60) : passage.since], age)


def _mentioned(text: str, age: int) -> Person | None:
    """Return who of the family is named last; who lives with a child is older (息子と二人で、54歳です)."""
    family = [
        one.person
        for one in people_in(text)
        if one.person is not Person.HOME
        and not one.person.is_stranger
        and not (one.person.is_child and age >= _GROWN_YEARS and text.startswith("と", one.end))
    ]
    return family[-1] if family else None


def find_children(passage: Passage) -> Iterator[FoundFact]:
    """Yield how many children there are; sons and daughters counted apart are added up."""
    for part in passage.parts:
        if part.stated and passage.own(part):
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
        if count and re.match(r"(?:分|ほし|欲し|目)", part.text[match.end() :]) is None:
            yield FoundFact("children", count, part.start + match.start(), part.start + match.end())


def _sons_and_daughters(part: PassageClause) -> Iterator[FoundFact]:
    several = [hit for hit in _SOME.finditer(part.text) if _HAS.match(part.text[hit.end() :])]
    counts = [count for hit in several if (count := _people(hit["some"]))]
    if several and len(counts) == len(several):
        start, end = several[0].start(), several[-1].end()
        yield FoundFact("children", sum(counts), part.start + start, part.start + end)


def _answered_count(passage: Passage, part: PassageClause) -> Iterator[FoundFact]:
    if "children" in passage.asked.kinds and passage.answers(part):
        hit = _ANSWER_COUNT.match(passage.text, max(part.start, passage.since), part.end)
        if hit and (count := _people(hit["count"])):
            yield FoundFact("children", count, *hit.span("count"))


def _people(said: str) -> int | None:
    count = _PEOPLE.get(said) or parse_number(said.removesuffix("人"))
    return count if count and count <= _MAX_CHILDREN else None


def find_school_years(passage: Passage) -> Iterator[FoundFact]:
    """Yield the school years children are in now."""
    starts = {token.start for token in passage.tokens}
    for part in passage.parts:
        if not part.stated or not passage.own(part):
            continue
        for match in _SCHOOL.finditer(part.text):
            before, after = part.text[: match.start()], part.text[match.end() :]
            value = _school_year(match, passage.text[: part.start + match.start()])
            if match["short"] and part.start + match.start() not in starts:
                continue  # the 中一 of 田中一郎
            if value is None or _NEXT_YEAR.search(before) or _PAST_SCHOOL.match(after):
                continue
            if match["nursery"] and not (
                _SPEAKS_OF_CHILD.search(passage.text)
                or _SCHOOL_ASKED & passage.asked.kinds
                or _with_school(part)
            ):
                continue
            yield FoundFact("school_year", value, part.start + match.start(), part.start + match.end())
        for match in _STARTED_SCHOOL.finditer(part.text):
            school = match["which"] if match["which"] == "高校" else match["which"].removesuffix("校")
            start, end = part.start + match.start(), part.start + match.end()
            if end > passage.since:
                yield FoundFact("school_year", f"{school}1年生", start, end)


_SCHOOL_ASKED = frozenset({"school_year", "age"})


def _with_school(part: PassageClause) -> bool:
    return re.search(r"[小中高][1-6一二三四五六]|園|クラス", part.text) is not None


_PRIMARY_YEARS = 6
_SECONDARY_YEARS = 3
"""Source: 学校教育法 第32条, 第47条, 第56条."""
_SAME_SCHOOL = re.compile(
    r"(?P<school>小学|中学|高校)校?の?[1-6一二三四五六]年生?(?:と|で)、?(?:下が|上が)?$"
)


def _school_year(match: re.Match[str], before: str) -> str | None:
    """Return the school year; the school is said once for several children (小学4年生と1年生)."""
    if match["nursery"]:
        return str(match["nursery"])
    if match["short"]:
        return f"{_SCHOOLS[match['short']]}{parse_number(match['short_year'])}年生"
    if match["alone"]:
        year = parse_number(match["alone"])
        same = _SAME_SCHOOL.search(before)
        if same and year and (same["school"] == "小学" or year <= _SECONDARY_YEARS):
            return f"{same['school']}{year}年生"
        return f"小学{year}年生" if year and year >= 4 else None
    school = match["school"] if match["school"] == "高校" else match["school"].removesuffix("校")
    year = parse_number(match["year"])
    return f"{school}{year}年生" if year and year <= _PRIMARY_YEARS else None
