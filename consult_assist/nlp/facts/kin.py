"""Who belongs to the family; whether one is married tells `marital`."""

import re
from collections.abc import Iterator

from consult_assist.counter.mishearings import heard, misheard
from consult_assist.japanese.kana import is_kana
from consult_assist.japanese.people import (
    ACQUAINTANCE,
    FORMER,
    ME,
    NAMES_CHILD,
    OFFSPRING,
    Person,
    either,
)
from consult_assist.nlp.facts.bereavement import DIED, DIED_WHEN, RITES, SINCE_WHEN
from consult_assist.nlp.facts.passage import FoundFact, Passage, PassageClause
from consult_assist.nlp.facts.whose import possessor_of
from consult_assist.nlp.tokens import Token

_FAMILY = {
    "夫": "夫", "旦那": "夫", "ダンナ": "夫", "だんな": "夫", "主人": "夫", "亭主": "夫",
    "妻": "妻", "嫁": "妻", "家内": "妻", "女房": "妻", "かみさん": "妻",
    "父": "父", "父親": "父", "お父さん": "父", "おやじ": "父", "母": "母", "母親": "母",
    "お母さん": "母", "おふくろ": "母", "両親": "両親",
    "祖母": "祖母", "祖父": "祖父", "義母": "義母", "姑": "義母", "義父": "義父", "舅": "義父",
    "長男": "長男", "長女": "長女", "次男": "次男", "次女": "次女", "三男": "三男", "三女": "三女",
    "息子": "息子", "娘": "娘", "孫": "孫", "兄": "兄", "姉": "姉", "弟": "弟", "妹": "妹",
    "元夫": "元夫", "元妻": "元妻",
    "親父": "父", "お袋": "母", "オカン": "母", "オトン": "父",
    "せがれ": "息子", "倅": "息子", "兄貴": "兄", "姉貴": "姉",
    "叔母": "叔母", "伯母": "伯母", "叔父": "叔父", "伯父": "伯父",
    "甥": "甥", "姪": "姪", "甥っ子": "甥", "姪っ子": "姪",
}  # fmt: skip
_MYSELF, _BEING = (
    re.compile(rf"(?:(?P<me>{ME})|うち|自分|ここ)[はが]、?$"),
    re.compile(r"な(?:ので|んで)|ですから|だから"),
)
"""うちは父親なので: who says so is the father."""
_I_AM = re.compile(r"で(?:す(?!か)|して|、)|だ(?!った)|なん|や[、。ねけ]|(?:と|って)(?:言|い|申)")
"""私は息子で、隣の市から来ました."""
_BY_SOUND = {"つま": "妻", "おっと": "夫"}
_HUSBAND = re.compile(
    rf"""
    {misheard("夫")}
    (?=
        の(?:こと|{heard("給料")}|収入|会社|{heard("口座")}|実家|暴力|仕事|名義|扶養)
      | (?:は|が)(?:{heard("出張")}|仕事|働|殴|帰|暴|怒|酒|単身)
      | から(?:殴|暴|逃) | に(?:殴|逃|暴|たたか|叩か)
    )
    """,
    re.VERBOSE,
)
"""オト is what a recogniser hears for オット; only before words that belong to a person."""
_NO_HUSBAND = ("もと", "モト", "元", "物", "足", "雨")
"""元音 is told apart; 物音, 足音 and 雨音 are sounds."""
_FORMER = re.compile(FORMER + "(?:の)?$")
_FORMER_BY_SOUND = re.compile(rf"(?:モト|もと|元)の?(?:ウ?ォ?オ?ット|おっと|{misheard('夫')}|ダンナ)")
_BROTHER = re.compile(rf"{misheard('弟')}(?=[^おさちう])")
"""オトウト, as a recogniser writes it; only beside お母 is a father called お父."""
_OF_MINE = re.compile(
    r"""
    (?:
        (?<!お)(?P<man>うちの人)
      | (?:
          (?<![^、。 ]) | (?<=うちの) | (?<=[私僕俺]の) | (?<=わたしの) | (?<=実家の)
        )
        (?:
            お(?:(?P<mother>母さん)|(?P<father>父さん))
          | (?P<mama>ママ) | (?P<papa>パパ)
        )
      | (?<![ぁ-ヴー])お(?:(?P<mum>かん)|(?P<dad>とん))
    )
    (?=
        [がはもにとを]
      | の(?!方|ほう|よう|友|私|わたし|ところ|とこ)
      | から
    )
    """,
    re.VERBOSE,
)
_OF_A_HOME = re.compile(
    rf"""
      担任 | 教師 | 教え子 | 生徒 | 児童 | クラスの | 園で | 保育士 | 民生委員 | 保健師
    | ケアマネ | 訪問 | 通訳 | 家庭 | {ACQUAINTANCE}[のがに]
    | (?:子|孫|娘|息子)[がは]、?[^。]{{0,30}}(?:言|書い)
    | (?:と|って)、?言うん
    """,
    re.VERBOSE,
)
"""Who speaks of another home, or tells what another said."""
_MINE = {"man": "夫", "mother": "母", "mum": "母", "father": "父", "dad": "父", "mama": "母", "papa": "父"}
_CHILDS_WORD = frozenset({"mama", "papa"})
"""Who speaks of a child (パパが出て行って、子どもと二人です) may call the partner so."""
_HONOURED = re.compile(
    r"""
      いらっしゃ | られま | なさ[いっ] | ください | 下さい | でしょう | ですね | ますね
    | お(?:困り|元気|仕事|体|一人)
    | ご[一-龠]
    """,
    re.VERBOSE,
)
"""Who speaks so of お母さん is the clerk."""
_IN_LAW = {"父": "義父", "母": "義母"}
"""夫の母 is 義母; 妹の旦那 and 息子の嫁 are none of those the record asks for."""
_TAKEN_FOR_GRANTED = re.compile(r"(?:には|の(?:口座|収入|扶養|年金|ほう|こと|名義)|に(?:知|連絡|バレ|ばれ))")
"""A question takes a member of the family for granted: 妻には内緒にできますか."""
_FOLLOWS_PERSON = re.compile(r"[がはもとのに](?!らな|づ)")
_PARTNERS = frozenset({"夫", "妻"})
_SIBLINGS = frozenset({"兄", "姉", "弟", "妹"})
_OWN_CHILD = re.compile(OFFSPRING)
"""前妻の息子 is one's own, as a rule."""
_WIFE = re.compile(r"(?:^|[、。 ])(?P<said>かない)(?=[がはも](?!な))")
_ROLE = re.compile(
    r"""
      でも(?:使|もら|受|利用|だい|大丈)
    | として | 失格 | 学級 | 教室 | 会 | 向け | 参観 | の日 | 代わり | 同士 | らし
    | 一人だと | 業 | 関白
    """,
    re.VERBOSE,
)
_ABSENT = re.compile(
    r"[はがも]、?(?:もう|もともと|最初から|、)*(?:い(?:ない(?!と|間|とき|時|うち|日|夜|ので)|ません)|お(?:りません|らん))"
)
"""父はいないです; not 夫がいないとき."""
_MARRIES_OFF = re.compile(r"に(?:行|い[きくっ]|出[しす]|来[たるて])")
_WHAT_I_AM = re.compile(rf"(?:に(?:なり|あたり)ま|になる人|の{ME}[はがも])")
"""私は妹になります; 長男の私が; 父親になる人 is none yet."""
_DEAD = re.compile(
    rf"""
    (?:さん|はん)?
    (?:
        # 母も父も亡くなって
        も、?[父母兄姉弟妹祖]{{1,2}}親?も、?{SINCE_WHEN}{DIED}
      # 父は三年前に他界し; 主人を病気で亡くし
      | (?:は|が|も|を|に)
        (?:
          [^、。がはをも]{{1,8}}(?:前|年|月|日|春|夏|秋|冬)に?、
          [父母夫妻兄姉弟妹祖]{{1,2}}(?:は|も)
        )?
        {SINCE_WHEN}{DIED}
      # 夫、去年の冬に亡くなって; 夫が残して; 母の葬式
      | 、?{DIED_WHEN}{DIED} | が(?:残し|遺し)て | {RITES}
    )
    """,
    re.VERBOSE,
)
_LATE = re.compile(r"(?:亡くな(?:った|りました)|死んだ|亡き|他界した|死別した)$")
_PARTED = re.compile(
    r"""
    (?:さん|はん|ちゃん)?と(?:は|も)?、?[^。がをも]{0,14}?(?:別れ|離婚し)(?:まし)?
    (?:
      た(?!い|ら|ほう|方|く|が) | て(?!い?な|も|ほし|くれ)
    )
    """,
    re.VERBOSE,
)
"""夫と離婚して: whom one has parted from is no longer of the family."""
_ONLY_PAST = re.compile(
    r"""
    が
    (?:
        [^、。]{0,6}(?:建て|残し|遺し|植え)た(?!い|ら|んです|のが|が|けど)
      | [^。]{1,30}(?:人|方)(?:でした|だった)
    )
    """,
    re.VERBOSE,
)
"""主人が建てた家 and 主人が堅い人で…人でした tell of somebody who was."""
_CHILD_TOPIC = re.compile(rf"{either(OFFSPRING, '[上下]の子')}[はが](?![^。]*私)")


def find_kin(passage: Passage) -> Iterator[FoundFact]:
    """Yield members of the family; questions take some of them for granted."""
    for part in passage.parts:
        if passage.own(part):
            yield from _in_part(passage, part)
    yield from _called_so(passage)


def _in_part(passage: Passage, part: PassageClause) -> Iterator[FoundFact]:
    yield from _named(passage, part)
    for match in _FORMER_BY_SOUND.finditer(part.text):
        yield FoundFact("family_member", "元夫", *part.span(match))
    for match in _BROTHER.finditer(part.text):
        start, end = part.span(match)
        if not _is_childs(passage, start):
            yield FoundFact("family_member", "弟", start, end)
    for match in _WIFE.finditer(part.text):
        yield FoundFact("family_member", "妻", *part.span(match, "said", "said"))
    for match in _HUSBAND.finditer(part.text):
        if not part.text[: match.start()].endswith(_NO_HUSBAND):
            yield FoundFact("family_member", "夫", *part.span(match))


def _named(passage: Passage, part: PassageClause) -> Iterator[FoundFact]:
    """Yield members of the family by the words for them."""
    for token in passage.tokens:
        if not part.start <= token.start < part.end or (value := _member(passage, part, token)) is None:
            continue
        start = token.start
        if value in _PARTNERS and (former := _FORMER.search(passage.text[part.start : start])):
            value, start = "元" + value, part.start + former.start()
        yield FoundFact("family_member", value, start, token.end)


def _called_so(passage: Passage) -> Iterator[FoundFact]:
    """Yield members of the family by what they are called at home (お母さん, うちの人)."""
    own = passage.text[passage.since :]
    if _HONOURED.search(own) or _OF_A_HOME.search(own):
        return
    for match in _OF_MINE.finditer(passage.text, passage.since):
        if match.lastgroup in _CHILDS_WORD and NAMES_CHILD.search(own):
            continue
        if passage.part_at(match.start()).stated and not _DEAD.match(passage.text, match.end()):
            yield FoundFact("family_member", _MINE[match.lastgroup or ""], *match.span())


def _member(passage: Passage, part: PassageClause, token: Token) -> str | None:
    """Return who of the speaker's own living family a word means, None for anything else."""
    by_sound = _by_sound(token)
    value = _FAMILY.get(token.surface) or by_sound
    if value is None or token.kind not in ("名詞", "代名詞"):
        return None
    before, after = passage.text[part.start : token.start], passage.text[token.end : token.end + 40]
    unstated = not part.stated and not _TAKEN_FOR_GRANTED.match(after)
    if unstated or (by_sound and not _FOLLOWS_PERSON.match(after)):
        return None
    if _means_another(token, before, after) or _is_gone(passage, token, value, before, after):
        return None
    if value in _SIBLINGS and _is_childs(passage, token.start):
        return None
    if before.endswith(("義理の", "義理のお")):
        return _IN_LAW.get(value)
    return _relative_of(possessor_of(passage.text, token.start), value)


def _means_another(token: Token, before: str, after: str) -> bool:
    """Return whether a word means somebody else's family, the one who speaks, or nobody (親子教室)."""
    if before.endswith(("ご", "御")) or _ROLE.match(after) or _WHAT_I_AM.match(after):
        return True
    if token.surface == "嫁" and _MARRIES_OFF.match(after):
        return True
    if before.endswith("お") and token.surface in ("父", "母") and not after.startswith("ちゃん"):
        return True
    return _is_address(token, before, after) or _is_oneself(before, after)


def _is_gone(passage: Passage, token: Token, value: str, before: str, after: str) -> bool:
    """Return whether somebody is told to have died, or a partner to be one no more."""
    if _ABSENT.match(after) or _DEAD.match(after) or _LATE.search(before):
        return True
    return value in _PARTNERS and bool(_ONLY_PAST.match(passage.text, token.end) or _PARTED.match(after))


def _relative_of(possessor: Person | None, value: str) -> str | None:
    """Return who the relative of somebody is: of the family are a partner's parents, a former one's child."""
    match possessor:
        case None | Person.SELF | Person.HOME:
            return value
        case Person.SPOUSE:
            return _IN_LAW.get(value)
        case Person.FORMER:
            return value if _OWN_CHILD.fullmatch(value) else None
        case _:
            return None


def _is_oneself(before: str, after: str) -> bool:
    """Return whether the word says who the one is who speaks."""
    myself = _MYSELF.search(before)
    return myself is not None and bool(_BEING.match(after) or (myself["me"] and _I_AM.match(after)))


def _is_childs(passage: Passage, start: int) -> bool:
    """Return whether a brother or sister is that of a child spoken of (娘は、弟のごはんも作って)."""
    return _CHILD_TOPIC.search(passage.text, passage.since, start) is not None


def _by_sound(token: Token) -> str | None:
    """Return whom a word in kana means (マゴ, あに), None for one written in kanji."""
    if token.surface in _FAMILY or not is_kana(token.surface):
        return None
    return _BY_SOUND.get(token.surface) or _FAMILY.get(token.normalized)


def _is_address(token: Token, before: str, after: str) -> bool:
    """Return whether a word stands for the listener's family, as only a clerk says it (息子さん)."""
    return (
        token.surface in ("息子", "娘", "奥", "兄", "姉", "弟", "妹", "孫", "嫁")
        and after.startswith(("さん", "様", "さま"))
        and not before.endswith("うちの")
    )
