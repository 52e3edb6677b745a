"""How old the speaker and the children are."""

import re
from collections.abc import Iterator

from consult_assist.japanese.numerals import parse_number
from consult_assist.japanese.people import ME, NAMES_CHILD, SUFFIX, Person, people_in
from consult_assist.nlp.facts.amounts import NUMBER
from consult_assist.nlp.facts.passage import FoundFact, Passage, PassageClause, overlap
from consult_assist.nlp.facts.whose import Reach, owner_of

_NOT_NOW = r"""
      にな(?:った年|る年|れば|ったら|るまで|ると)
    | まで | 未満 | 以上 | 以下 | 以降 | から | の時 | のとき | の頃 | のころ | 頃
    | ごろ | 児 | くらいの(?:時|とき|頃) | になったら | になれば | になると | になるまで
    | でも(?![、ある]) | だった | でし(?:た)
    | で(?:亡|死|結婚|産|生ま|離婚|独立|家を)
    | 違い | 差 | 下 | 上 | を過ぎ | の誕生日
"""
_AGE = re.compile(rf"(?P<number>{NUMBER})(?:[歳才]|さい|サイ)(?!{_NOT_NOW})", re.VERBOSE)
_TURNED = re.compile(
    rf"""
    (?:先月|先週|先日|この前|こないだ|この間|ついこの)[^、。0-9]{{0,6}}
    (?P<number>{NUMBER})[歳才](?=になったら)
    """,
    re.VERBOSE,
)
"""先月20歳になったら、紙が来て: no condition, it has happened. 今年65歳になったら may be one."""
_TWENTY = re.compile(r"(?P<number>はたち|ハタチ)(?=です|に(?:なり|なった|なっ)|で[、。]|だ|なん|の|、|。|$)")
_BABY = re.compile(
    rf"""
      生後
      (?:
          (?P<born>{NUMBER})[かヶカヵケ箇]月
        | {NUMBER}(?:週間?+|日)
      )
      (?!
        {_NOT_NOW} | の?[健検]診 | で(?!す|も|まだ|[、。]|$)
      )
    | (?<![0-9〇零一二三四五六七八九十百])(?<!生後)(?<!妊娠)(?P<months>{NUMBER})
      [かヶカヵケ箇]月(?:の|になる)
      (?:
          赤ちゃん
        | 子(?!育て|(?:ども|供)?の?手当)
        | 息子 | 娘 | [男女]の子
      )
    """,
    re.VERBOSE,
)
"""生後2か月で手術しました tells of long ago, 3か月の子ども手当 of money."""
_SINCE_BIRTH = re.compile(
    rf"""
    (?:から|まだ|もう|やっと|、)*
    (?P<months>)
    (?:
      (?P<born>{NUMBER})[かヶカヵケ箇]月 | {NUMBER}(?:週間?|日)
    )
    (?=です|だ|や|に|の|[。、]|$)
    """,
    re.VERBOSE,
)
"""生まれて20日です."""
_BABY_IS = re.compile(
    rf"""
    赤ちゃん[はが]、?(?:まだ|もう|今|やっと|、)*
    (?P<months>(?P<born>){NUMBER})[かヶカヵケ箇]月(?=です|だ|や|に|[。、]|$)
    """,
    re.VERBOSE,
)
_BABY_ASKED = re.compile(
    rf"(?<![^、。])(?:まだ|もう|今|やっと)?(?P<months>(?P<born>){NUMBER})[かヶカヵケ箇]月(?=です|だ|や|にな[りる]|[。]|$)"
)
"""赤ちゃんは。もう5か月になります."""
_MONTHS_A_YEAR = 12
_THING = re.compile(r"[一-龠ァ-ヴー][がは]$")
"""メールが1歳, 定年は65歳: what is said to be so old is nobody."""
_NO_THING = re.compile(r"(?:今|現在|歳|年齢|本人|[上下月日]|真ん中|番目|末っ子|(?<!定)年)[がは]$")
_HIRAGANA_NAME = re.compile(
    r"(?![あこそ][のれ])[ぁ-ん]{4,10}(?P<number>[2-9][0-9])(?=です|だ(?:よ|ね|わ|[、。]|$))"
)
_COUNTED_AGE = re.compile(
    r"""
    (?<![一-龠0-9])
    (?P<number>
        ひとつ | ふたつ | みっつ | よっつ | いつつ | むっつ | ななつ | やっつ | ここのつ
      | [1-9一二三四五六七八九]つ
    )
    (?=です|で、|と|の(?:子|息子|娘)|にな[りるっ]|だ|や(?=[。で])|。|$)
    """,
    re.VERBOSE,
)
_COUNTED = {
    w: n
    for n, w in enumerate(
        ("ひとつ", "ふたつ", "みっつ", "よっつ", "いつつ", "むっつ", "ななつ", "やっつ", "ここのつ"), 1
    )
} | {"はたち": 20, "ハタチ": 20}
_BARE = re.compile(
    r"""
    (?<![0-9一二三四五六七八九十百千万小中高大第目号のA-Za-zー-])
    (?P<number>
        [0-9]{1,2}
      | [二三四五六七八九]?十[一二三四五六七八九]?
    )
    (?=
        です | で[、す] | でし?て?年金
      | だ(?:よ|ね|わ|な|もの|もん|けど|から|[、。]|$)
      | に(?:なり|なる|なった) | と[0-9]{1,2}(?:です|で|に) | $ | 。
    )
    """,
    re.VERBOSE,
)
_WITH_NAME = re.compile(
    r"""
    (?:
        ^ | [、。 ]
      | (?!昭和|平成|令和|大正|西暦)[一-龠ァ-ヴー]{2}(?=[0-9一二三四五六七八九十]{2})
    )
    (?:今年で|もう|今|まだ)?
    (?P<number>
        [1-9][0-9]
      | [二三四五六七八九]?十[一二三四五六七八九]?
    )
    (?=
      です | だ(?:よ|ね|わ|な|[、。]|$) | になり | [、。] | $
    )
    """,
    re.VERBOSE,
)
"""渡辺よし子、57です: who tells the name often tells the age with it."""
_NAMED_AGE = re.compile(
    r"""
    (?:
      [長次二三四五六][男女] | 息子 | 娘 | 上 | 下 | 真ん?中 | まんなか | 上の子 | 下の子 | 末っ子
      | [1-9一二三四五六]番目(?:の子)?
    )
    [はが](?:もう|まだ|今年で?|今)?
    (?P<number>
        [0-9]{1,2}
      | [二三四五六七八九]?十?[一二三四五六七八九]
      | 十
    )
    (?=、|です|で[、。小中高]|と|$)
    """,
    re.VERBOSE,
)
_IN_ORDER = re.compile(
    rf"上から(?:順に)?、?(?:(?:、|と|で|それと|それから|次が|あとは?)*(?:{NUMBER})[歳才つ]?(?![人年日月番])){{2,}}"
)
_ONE_OF_THEM = re.compile(rf"(?P<number>{NUMBER})")
"""上から13、10、それと3つ: children one after the other."""
_IS_THERE = re.compile(rf"[歳才]?(?:[、と]{NUMBER}[歳才])*の?が(?:い[るまて]|おり|おる|おって)")
"""4歳と0歳がいて: it is not the speaker who is there at that age."""
_GROWN = r"(?P<number>[2-9][0-9]|[二三四五六七八九]十[一二三四五六七八九]?)"
_BY_NOW = r"""
    (?:
        もう | まだ | 今年で? | この[春夏秋冬]で | 今 | これでも | こう見えて
      | こ(?:ない|の間)だ? | この前 | つい | 先月 | もう?じき | 、
    )
"""
_ELDERLY = re.compile(
    rf"""
    (?:{ME}|自分)(?:自身)?
    (?:は|も|が|なん(?:か|て|ぞ)(?:は|も)?|だって)?[、。]?{_BY_NOW}*
    {_GROWN}
    (?=
        だ(?:もの|もん|し|から|よ|けど|が|って|、|。|$)
      | で(?:[^、。]{{0,8}}(?:年金|仕事|一人|体|無職|す)|しょう|、)
      | です | な(?:ん|の(?!か)) | 歳 | に(?:な[りっる]) | 。 | $
    )
    """,
    re.VERBOSE,
)
_UNNAMED = re.compile(
    rf"""
    (?:^|(?<=[、。]))(?:だから|でも|まあ|、)*
    (?P<lead>(?P<age>(?:年|歳|とし)[はも]、?{_BY_NOW}*)|もう|まだ|今)?{_GROWN}
    (?(lead)
        (?=です|で、|だ(?:し|から|よ|もの|もん|けど|。)|なの[にで]|なんです|$|(?(age)[。、]|(?!)))
      | (?=(?:じゃ|では)、?(?:もう|どこ|なかなか|仕事|雇|再?就職|働))
    )
    """,
    re.VERBOSE,
)
"""もう92です; 年は63です; 58じゃ、どこも雇ってくれない."""
_ALONE = re.compile(rf"{_GROWN}(?:です|だ)。?")
_ASKS_FIGURE = frozenset({"amount", "arrears_months", "phone", "address", "children", "name", "birth_date"})
_LIVES_WITH = re.compile(
    rf"{SUFFIX}とは?も?、?[^、。]{{0,6}}(?:[2二]人|ふたり|暮らし|同居|住ん|別れ|離婚|連絡|音信|疎遠)"
)
"""母と二人暮らし、54歳です: who says so is as old."""
_SELF_LEFT_OPEN = re.compile(r"(?:私|僕|俺|わたし)(?:は|も)[、。 ]*$")
_SPEAKS_OF_AGE = re.compile(r"[歳才]|生まれ")
_NOT_SO_OLD = re.compile(r"(?:で|じゃ)(?:は|も)?(?:ない|ありません|なく)|(?:くらい)?(?:なら|だったら|だとし)")
_COMING = re.compile(
    r"""
    (?:
        もうすぐ | もうじき | 来月 | 来年 | 今度 | まもなく | 再来年 | 春から | 4月から
      | 四月から | 来春 | これから
    )
    [^、。]{0,10}$
    """,
    re.VERBOSE,
)
_ADULT_YEARS = 18
"""An age that belongs to nobody who was named is a child's below it. Source: 民法 第4条."""
GROWN_YEARS = 20
"""From here on nobody's child is one to the programmes. Source: 児童扶養手当法 第3条第1項."""
MAX_YEARS = 110
"""More is no age but a misheard figure."""


def find_ages(passage: Passage) -> Iterator[FoundFact]:
    """Yield ages of children and of the speaker; nobody else's age is a fact."""
    for part in passage.stated_clauses():
        for match in _matches(passage, part):
            said = match["number"]
            age = _COUNTED.get(said) or parse_number(said.removesuffix("つ"))
            start, end = part.span(match, "number")
            if age is None or age > MAX_YEARS or end <= passage.since or _is_unreal(part, match):
                continue
            whose = _whose(passage, start, end, age, named=match.re in (_WITH_NAME, _HIRAGANA_NAME))
            name = _named(whose, age)
            called = name == "child_age" and _is_of_name(passage, part, match)
            if name and (whose or called or not _is_of_thing(part, match)):
                yield FoundFact(name, age, start, end)
        for match in _babies(passage, part):
            said = match["born"] or match["months"]
            months = parse_number(said) if said else 0
            start, end = part.span(match)
            if end > passage.since and months is not None and _named(_whose(passage, start, end, 0), 0):
                yield FoundFact("child_age", months // _MONTHS_A_YEAR, start, end)


def _babies(passage: Passage, part: PassageClause) -> Iterator[re.Match[str]]:
    """Yield what tells how many months or days old a baby is."""
    yield from _BABY.finditer(part.text)
    yield from _BABY_IS.finditer(part.text)
    if passage.text[: part.start].endswith("生まれて") and (hit := _SINCE_BIRTH.match(part.text)):
        yield hit
    if "赤ちゃん" in passage.asked.text and passage.answers(part):
        yield from _BABY_ASKED.finditer(part.text, max(0, passage.since - part.start))


def _matches(passage: Passage, part: PassageClause) -> Iterator[re.Match[str]]:
    """Yield what may be an age, each figure once."""
    taken: list[tuple[int, int]] = []
    for match in sorted(_candidates(passage, part), key=lambda hit: (hit.start("number"), -hit.end())):
        span = match.span("number")
        if not any(overlap(span, other) for other in taken):
            taken.append(span)
            yield match


def _candidates(passage: Passage, part: PassageClause) -> Iterator[re.Match[str]]:
    yield from _AGE.finditer(part.text)
    yield from _TURNED.finditer(part.text)
    yield from _TWENTY.finditer(part.text)
    yield from _NAMED_AGE.finditer(part.text)
    for listed in _IN_ORDER.finditer(part.text):
        yield from _ONE_OF_THEM.finditer(part.text, *listed.span())
    yield from _ELDERLY.finditer(part.text)
    yield from _UNNAMED.finditer(part.text)
    if not passage.asked.kinds & _ASKS_FIGURE:
        yield from _sentence_alone(passage, part)
    asked = "age" in passage.asked.kinds and passage.answers(part)
    lead = passage.text[passage.since : part.start]
    if passage.asked.kinds & {"name", "age"} and passage.answers(part) and (not lead or lead[-1] in "、。 "):
        yield from _WITH_NAME.finditer(part.text)
        if "name" in passage.asked.kinds and part.start <= passage.since:
            own = _HIRAGANA_NAME.match(part.text, passage.since - part.start)
            yield from (own,) if own else ()
    if asked or NAMES_CHILD.search(part.text):
        yield from _COUNTED_AGE.finditer(part.text)
    before = passage.text[max(0, part.start - 20) : part.start]
    if asked or _SPEAKS_OF_AGE.search(before + part.text):
        yield from _BARE.finditer(part.text)
    elif part.start <= passage.since and _SELF_LEFT_OPEN.search(passage.text[: passage.since]):
        yield from (hit for hit in _BARE.finditer(part.text) if part.start + hit.start() == passage.since)


def _sentence_alone(passage: Passage, part: PassageClause) -> Iterator[re.Match[str]]:
    """Yield a figure that is a sentence of its own behind another one (… 寝ています。57です)."""
    alone = _ALONE.fullmatch(part.text, max(0, passage.since - part.start))
    if alone and passage.since < part.start + alone.start() and passage.text[part.start - 1] == "。":
        yield alone


def _is_unreal(part: PassageClause, match: re.Match[str]) -> bool:
    """Return whether an age is denied, supposed, or yet to come."""
    before = part.text[: match.start("number")]
    if _NOT_SO_OLD.match(part.text, match.end()):
        return True
    coming = _COMING.search(before) is not None and not part.text.startswith("半", match.end())
    return before.endswith("成人が") or coming


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
        return "child_age" if age < GROWN_YEARS else None
    return "resident_age" if whose is Person.SELF and age >= _ADULT_YEARS - 3 else None


def _whose(passage: Passage, start: int, end: int, age: int, *, named: bool = False) -> Person | None:
    """Return whose age it is: as the words around it tell, who was named at all, or who was asked for."""
    own = passage.text[passage.since :]
    if age < _ADULT_YEARS and _IS_THERE.match(passage.text, end):
        return Person.CHILD
    owner = owner_of(own, start - passage.since, end - passage.since, Reach.ALWAYS)
    if owner not in (None, Person.HOME):
        return owner
    if mentioned := _mentioned(passage.text[passage.since : start], age):
        return mentioned
    if named and "age" not in passage.asked.kinds:
        return passage.asked.person or Person.SELF
    if passage.asked.text:
        about = passage.asked.person
        return about if "age" in passage.asked.kinds or (about and about.is_grown_kin) else None
    return _mentioned(passage.text[max(0, passage.since - 60) : passage.since], age)


def _mentioned(text: str, age: int) -> Person | None:
    """Return who of the family is named last; who lives with a child is older (息子と二人で、54歳です)."""
    family = [
        one.person
        for one in people_in(text)
        if one.person is not Person.HOME
        and not one.person.is_stranger
        and not _LIVES_WITH.match(text, one.end)
        and not (one.person.is_child and age >= GROWN_YEARS and text.startswith("と", one.end))
    ]
    return family[-1] if family else None
