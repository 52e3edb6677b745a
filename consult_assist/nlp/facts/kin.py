"""Facts about the family: who belongs to it, and whether one is married."""

import re
from collections.abc import Iterator

from consult_assist.japanese.kana import is_kana
from consult_assist.japanese.people import (
    ACQUAINTANCE,
    CHILD,
    FORMER,
    ME,
    OFFSPRING,
    PERSON_SIGNS,
    SPOUSE,
    SUFFIX,
    Person,
    either,
)
from consult_assist.nlp.facts.passage import FoundFact, Passage, PassageClause
from consult_assist.nlp.facts.whose import possessor_of
from consult_assist.nlp.tokens import Token

_FAMILY = {
    "夫": "夫", "旦那": "夫", "ダンナ": "夫", "だんな": "夫", "主人": "夫", "妻": "妻", "嫁": "妻",
    "家内": "妻", "女房": "妻", "かみさん": "妻",
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
    r"音(?=の(?:こと|給料|吸料|収入|会社|口座|講座|実家|暴力|仕事|名義|扶養)|(?:は|が)(?:出張|市長"
    r"|仕事|働|殴|帰|暴|怒|酒|単身)|から(?:殴|暴|逃)"
    r"|に(?:殴|逃|暴|たたか|叩か))"
)
"""オト is what a recogniser hears for オット; only before words that belong to a person."""
_FORMER = re.compile(FORMER + "(?:の)?$")
_FORMER_BY_SOUND = re.compile(r"(?:モト|もと|元)の?(?:ウ?ォ?オ?ット|おっと|音|ダンナ)")
_BROTHER = re.compile(r"お父と(?=[^おさちう])")
"""オトウト, as a recogniser writes it; only beside お母 is a father called お父."""
_OF_MINE = re.compile(
    r"(?:(?<!お)(?P<man>うちの人)|(?:(?<![^、。 ])|(?<=うちの)|(?<=[私僕俺]の)|(?<=わたしの)|(?<=実家の))"
    r"(?:お(?:(?P<mother>母さん)|(?P<father>父さん))"
    r"|(?P<mama>ママ)|(?P<papa>パパ))"
    r"|(?<![ぁ-ヴー])お(?:(?P<mum>かん)|(?P<dad>とん)))"
    r"(?=[がはもにとを]|の(?!方|ほう|よう|友|私|わたし|ところ|とこ)|から)"
)
_OF_A_HOME = re.compile(
    r"担任|教師|教え子|生徒|児童|クラスの|園で|保育士|民生委員|保健師|ケアマネ|訪問|通訳|家庭"
    rf"|{ACQUAINTANCE}[のがに]"
    r"|(?:子|孫|娘|息子)[がは]、?[^。]{0,30}(?:言|書い)|(?:と|って)、?言うん"
)
"""Who speaks of another home, or tells what another said."""
_MINE = {"man": "夫", "mother": "母", "mum": "母", "father": "父", "dad": "父", "mama": "母", "papa": "父"}
_CHILDS_WORD = frozenset({"mama", "papa"})
"""Who speaks of a child (パパが出て行って、子どもと二人です) may call the partner so."""
_HONOURED = re.compile(
    r"いらっしゃ|られま|なさ[いっ]|ください|下さい|でしょう|ですね|ますね|お(?:困り|元気|仕事|体|一人)|ご[一-龠]"
)
"""Who speaks so of お母さん is the clerk."""
_IN_LAW = {"父": "義父", "母": "義母"}
"""夫の母 is 義母; 妹の旦那 and 息子の嫁 are none of those the record asks for."""
_OWN_CHILD, _SPEAKS_OF_CHILD = re.compile(OFFSPRING), re.compile(either(CHILD, OFFSPRING))
"""前妻の息子 is one's own, as a rule."""
_WIFE = re.compile(r"(?:^|[、。 ])(?P<said>かない)(?=[がはも](?!な))")
_ROLE = re.compile(
    r"でも(?:使|もら|受|利用|だい|大丈)|として|失格|学級|教室|会|向け|参観|の日|代わり|同士|らし"
    r"|一人だと|業"
)
_DIED = (
    r"(?:亡くな[っりる](?!たら)|(?<![ぁ-ん])なくなって(?:から|い)|(?<=[がはもに])なくなって(?:から|い)|亡くし|他界し"
    r"|死ん[でだ](?!ら|も|く|や|ほ|み|と|」|』)"
    r"|死にま(?:した|して)|死なれ|先立|病死|急死)"
)
_RITES = (
    r"の(?:遺産|形見|一周忌|三回忌|四十九日|お?葬式|葬儀|法事|遺言書?(?:が(?:出|見つ)|に(?:よ|書)|で|通り|どおり)"
    r"|遺族|死亡(?!保険|し(?:た(?:ら|場合)|て[もは])|の?(?:場合|時|とき))|位牌|納骨|命日|お?墓"
    r"|死(?:後|んだ|去))"
)
_SINCE_WHEN = (
    rf"(?:もう|(?!子ども|子供|こども|息子)[^。がはをも{PERSON_SIGNS}犬猫]"
    r"|[1-9一二三四五六七八九]人で){0,18}?"
)
"""When and of what somebody died; nobody else is named on the way."""
_WHEN = rf"(?:[^、。がはをもの子{PERSON_SIGNS}]{{0,6}}(?:前|年|月|日|春|夏|秋|冬)に?、?)?"
_DEAD = re.compile(
    rf"(?:さん|はん)?(?:も、?[父母兄姉弟妹祖]{{1,2}}親?も、?{_SINCE_WHEN}{_DIED}|(?:は|が|も|を|に)(?:[^、。がはをも]{{1,8}}(?:前|年|月|日|春|夏|秋|冬)に?、[父母夫妻兄姉弟妹祖]{{1,2}}(?:は|も))?{_SINCE_WHEN}{_DIED}"
    rf"|、?{_WHEN}{_DIED}|が(?:残し|遺し)て|{_RITES})"
)
_LATE = re.compile(r"(?:亡くな(?:った|りました)|死んだ|亡き|他界した|死別した)$")
_PARTED = re.compile(
    r"(?:さん|はん|ちゃん)?と(?:は|も)?、?[^。がをも]{0,14}?(?:別れ|離婚し)(?:まし)?(?:た(?!い|ら|ほう|方|く|が)|て(?!い?な|も|ほし|くれ))"
)
"""夫と離婚して: whom one has parted from is no longer of the family."""
_ONLY_PAST = re.compile(
    r"が(?:[^、。]{0,6}(?:建て|残し|遺し|植え)た(?!い|ら|んです|のが|が|けど)|[^。]{1,30}(?:人|方)(?:でした|だった))"
)
"""主人が建てた家 and 主人が堅い人で…人でした tell of somebody who was."""
_CHILD_TOPIC = re.compile(rf"{either(OFFSPRING, '[上下]の子')}[はが](?![^。]*私)")
_SPOUSE = SPOUSE + SUFFIX
_MARITAL: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("離婚", re.compile(
        rf"(?:離婚|リコン|りこん)(?:(?:を|が)?(?:成立|し(?:まし)?た(?!ら|い|ほう|方|場合|くて|く|が)|しまして"
        rf"|して(?!い?な|い?ませ|も|から(?:じゃ|で|どう|考)"
        rf"|ほし|くれ|いい|しま(?:う|い)そう|やる)|済み)|後|済み|しちゃっ|になりました"
        rf"|届[けを]?(?:も|は)?(?:を)?(?:出し(?:まし)?た|出して))"
        rf"|{_SPOUSE}と(?:は|も)?、?(?:もう|とっくに|[^、。がはをも]{{1,8}}(?:前|年|月|春|夏|秋|冬)に)?、?(?:別れ(?:まし)?た(?!い|ら)|別れて(?!い?な|も)|離婚)"
        rf"|バツイチ|ばついち"
    )),
    ("別居", re.compile(
        r"別居(?:し(?:て(?!い?な|い?ませ|も|み)|(?:まし)?た(?!い|ら|ほう|方))|中|です|で(?!き)|にな)"
        rf"|別々に(?:暮|住)"
        r"|(?:子ども|子供|こども|子)[^。]{0,8}?連れて、?[^。]{0,6}?(?:実家|親元|親の(?:家|ところ)|姉の(?:家|ところ)|妹の(?:家|ところ))[^。]{0,4}?"
        r"(?:(?:帰って|戻って)き(?:ちゃ|てしま)|逃げて|身を寄せ|転がり込)"
        rf"|{_SPOUSE}[がはも]、?(?:もう|去年|先月|急に|突然|黙って|[0-9一二三四五六七八九十]+月に|、)*(?:家を|うちを)?出て(?:行っ|いっ)(?:て(?!い?な|くれ|ほし)|ちゃっ|(?:まし)?た(?!ら|い))"
        rf"|{_SPOUSE}とは?、?[^、。]{{0,6}}離れて(?:暮ら|住ん)")),
    ("未婚", re.compile(
        r"未婚(?!の人|の方)|結婚(?:は)?して(?:は)?(?:い)?(?:な|ませ)|(?:籍[をはも]?|席[をはも])、?入れて(?:は)?(?:い)?(?:な"
        r"|ませ)|独身|結婚した?ことが?(?:は|が)?(?:な|あり)")),
    ("既婚", re.compile(
        r"既婚|結婚して(?:い?ます|いて|いる|て|[0-9一二三四五六七八九十]+年|まだ)"
        r"|再婚し(?:まし)?た(?!い|ら)|籍(?:を"
        r"|は)?入れ(?:まし)?た")),
    ("死別", re.compile(
        rf"死別|{_SPOUSE}[がはをも]、?{_SINCE_WHEN}(?!先立たれ|死なれ){_DIED}"
        rf"|{_SPOUSE}に(?:は|も)?、?{_WHEN}(?:先立た|死な)れ|{_SPOUSE}、?{_WHEN}{_DIED}"
        rf"|{_SPOUSE}{_RITES}|(?:亡くな(?:った|りました)|死んだ|亡き){_SPOUSE}"
        rf"|(?:{_SPOUSE}|つま|おっと)[がはを]、?(?:[^、。がはのを]{{0,3}}(?:月|年|急に|病気で|事故で))?"
        rf"なくな(?:っ|りまし)"
    )),
)  # fmt: skip
_DENIABLE = frozenset({"離婚", "別居", "既婚", "死別"})
_RELATIVE_CLAUSE = re.compile(
    r"離婚(?:し(?:まし)?|が成立し)?た(?=年|方|友|社員|者|場合|とき|時|の(?:か|です))"
)
_IN_DISPUTE = re.compile(
    r"離婚(?:の)?(?:話|調停|協議|裁判)|離婚(?:し(?:よう|たい|たく)|する(?:か|つもり|予定|かも|こと"
    r"|場合|時|とき|なら))"
)


def find_kin(passage: Passage) -> Iterator[FoundFact]:
    """Yield members of the family and the marital status, where they are stated."""
    for part in passage.parts:
        if passage.own(part):
            yield from _family(passage, part)
            if part.stated:
                yield from _marital(passage, part)
    if "marital" in passage.asked.kinds:
        yield from _answer(passage)


def _family(passage: Passage, part: PassageClause) -> Iterator[FoundFact]:
    for token in passage.tokens:
        if not part.start <= token.start < part.end or (value := _member(passage, part, token)) is None:
            continue
        start = token.start
        if value in ("夫", "妻") and (former := _FORMER.search(passage.text[part.start : start])):
            value, start = "元" + value, part.start + former.start()
        yield FoundFact("family_member", value, start, token.end)
    for match in _FORMER_BY_SOUND.finditer(part.text):
        yield FoundFact("family_member", "元夫", part.start + match.start(), part.start + match.end())
    for match in _OF_MINE.finditer(passage.text, part.start):
        own = passage.text[passage.since :]
        calls_own = part.stated and not (_HONOURED.search(own) or _OF_A_HOME.search(own))
        if match.lastgroup in _CHILDS_WORD and _SPEAKS_OF_CHILD.search(own):
            continue
        if match.start() < part.end and calls_own and not _DEAD.match(passage.text, match.end()):
            yield FoundFact("family_member", _MINE[match.lastgroup or ""], *match.span())
    for pattern, value in ((_BROTHER, "弟"), (_WIFE, "妻")):
        for match in pattern.finditer(part.text):
            if value == "弟" and _CHILD_TOPIC.search(passage.text, passage.since, part.start + match.start()):
                continue
            start, end = match.span("said" if "said" in match.groupdict() else 0)
            yield FoundFact("family_member", value, part.start + start, part.start + end)
    for match in _HUSBAND.finditer(part.text):
        if not part.text[: match.start()].endswith(("もと", "モト", "元", "物", "足", "雨")):
            yield FoundFact("family_member", "夫", part.start + match.start(), part.start + match.end())


def _member(passage: Passage, part: PassageClause, token: Token) -> str | None:
    """Return who of the speaker's own living family a word means, None for anything else."""
    by_sound = _by_sound(token)
    value = _FAMILY.get(token.surface) or by_sound
    if value is None or token.kind not in ("名詞", "代名詞"):
        return None
    before, after = passage.text[part.start : token.start], passage.text[token.end : token.end + 40]
    if not part.stated and not _mentions(after):
        return None
    if by_sound and not re.match(r"[がはもとのに](?!らな|づ)", after):
        return None
    means_another = (
        before.endswith(("ご", "御"))
        or (before.endswith("お") and token.surface in ("父", "母") and not after.startswith("ちゃん"))
        or _ROLE.match(after)
        or _DEAD.match(after)
        or (value in ("夫", "妻") and _ONLY_PAST.match(passage.text, token.end))
        or (value in ("兄", "姉", "弟", "妹") and _is_childs(passage, token))
        or _is_address(token, before, after)
        or _is_oneself(before, after)
        or _LATE.search(before)
        or (value in ("夫", "妻") and _PARTED.match(after))
    )
    if not means_another and before.endswith(("義理の", "義理のお")):
        return _IN_LAW.get(value)
    return None if means_another else _relative_of(possessor_of(passage.text, token.start), value)


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


def _is_childs(passage: Passage, token: Token) -> bool:
    """Return whether a brother or sister is that of a child spoken of (娘は、弟のごはんも作って)."""
    return _CHILD_TOPIC.search(passage.text, passage.since, token.start) is not None


def _by_sound(token: Token) -> str | None:
    """Return whom a word in kana means (マゴ, あに), None for one written in kanji."""
    if token.surface in _FAMILY or not is_kana(token.surface):
        return None
    return _BY_SOUND.get(token.surface) or _FAMILY.get(token.normalized)


def _mentions(after: str) -> bool:
    """Return whether a question takes a member of the family for granted (妻には内緒にできますか)."""
    return (
        re.match(r"(?:には|の(?:口座|収入|扶養|年金|ほう|こと|名義)|に(?:知|連絡|バレ|ばれ))", after)
        is not None
    )


def _is_address(token: Token, before: str, after: str) -> bool:
    """Return whether a word stands for the listener's family, as only a clerk says it (息子さん)."""
    return (
        token.surface in ("息子", "娘", "奥", "兄", "姉", "弟", "妹", "孫", "嫁")
        and after.startswith(("さん", "様", "さま"))
        and not before.endswith("うちの")
    )


def _marital(passage: Passage, part: PassageClause) -> Iterator[FoundFact]:
    rest = "".join(other.text for other in passage.sentence_of(part) if other.start == part.end)
    for value, pattern in _MARITAL:
        for match in pattern.finditer(part.text + rest):
            if match.start() >= len(part.text):
                continue
            end = part.start + match.end()
            if end <= passage.since:
                continue
            said = part.text[match.start() :]
            if value == "離婚" and (_IN_DISPUTE.match(said) or _RELATIVE_CLAUSE.match(said)):
                continue
            denied = part.negated_after(part.start + match.start(), passage.tokens)
            if not (denied and value in _DENIABLE and "なくな" not in match.group()):
                yield FoundFact("marital", value, part.start + match.start(), end)
                return


_DONE = re.compile(
    r"(?:はい|ええ|うん)?[、。 ]*(?P<said>(?:先月|去年|今年|昨年|もう"
    r"|[0-9]+月に)?(?:に)?(?:しました|成立し(?:ました|ています|てます)|済みました|しています))"
)
_NOT_MARRIED = re.compile(r"(?:いいえ|いえ|いや)?[、。 ]*(?P<said>して(?:い)?(?:ません|ない)|独身)")
_ASKS_DIVORCE = re.compile(r"離婚は?(?:もう|正式に)*(?:された|しました|され|して|成立)")


def _answer(passage: Passage) -> Iterator[FoundFact]:
    """Yield 離婚 for もうしました after 離婚はされましたか."""
    if _ASKS_DIVORCE.search(passage.asked.text) and (hit := _DONE.match(passage.text, passage.since)):
        yield FoundFact("marital", "離婚", *hit.span("said"))
    if "結婚" in passage.asked.text and (hit := _NOT_MARRIED.match(passage.text, passage.since)):
        yield FoundFact("marital", "未婚", *hit.span("said"))
