"""Facts about the family: who belongs to it, and whether one is married."""

import re
from collections.abc import Iterator

from consult_assist.japanese.kana import is_kana
from consult_assist.nlp.passage import FoundFact, Part, Passage
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
}  # fmt: skip
_MYSELF, _BEING = (
    re.compile(r"(?:私|僕|俺|うち|自分|ここ)[はが]、?$"),
    re.compile(r"な(?:ので|んで)|ですから|だから"),
)
"""うちは父親なので: who says so is the father."""
_BY_SOUND = {"つま": "妻", "おっと": "夫"}
_HUSBAND = re.compile(
    r"音(?=の(?:こと|給料|吸料|収入|会社|口座|講座|実家|暴力|仕事|名義|扶養)|(?:は|が)(?:出張|市長"
    r"|仕事|働|殴|帰|暴|怒|酒|単身)|から(?:殴|暴|逃)"
    r"|に(?:殴|逃|暴|たたか|叩か))"
)
"""オト is what a recogniser hears for オット; only before words that belong to a person."""
_FORMER = re.compile(r"(?:元|もと|モト|前の|別れた|離婚した)(?:の)?$")
_FORMER_BY_SOUND = re.compile(r"(?:モト|もと|元)の?(?:ウ?ォ?オ?ット|おっと|音|ダンナ)")
_BROTHER = re.compile(r"お父と(?=[^おさちう])")
"""オトウト, as a recogniser writes it; only beside お母 is a father called お父."""
_WIFE = re.compile(r"(?:^|[、。 ])(?P<said>かない)(?=[がはも](?!な))")
_ROLE = re.compile(
    r"でも(?:使|もら|受|利用|だい|大丈)|として|失格|学級|教室|会|向け|参観|の日|代わり|同士|らし"
    r"|一人だと|業"
)
_DEAD = re.compile(
    r"(?:は|が|も|を|に)(?:もう|すでに|昨年|去年|先に|早くに|[0-9一二三四五六七八九十]+年前に|去年"
    r"|一昨年|おととし|先月|先日|病気で|事故で|急に|突然"
    r"|がんで){0,3}[、]?(?:亡くな|なくなって(?:から|い)|亡くし|他界|死ん|死に|先立)"
    r"|が(?:残し|遺し)て|の(?:遺産|形見|一周忌|三回忌|四十九日|葬式|葬儀|法事|遺言|遺族)"
)
_ONLY_PAST = re.compile(
    r"が(?:[^、。]{0,6}(?:建て|残し|遺し|植え)た(?!い|ら|んです|のが|が|けど)|[^。]{1,30}(?:人|方)(?:でした|だった))"
)
"""主人が建てた家 and 主人が堅い人で…人でした tell of somebody who was."""
_CHILD_TOPIC = re.compile(r"(?:息子|娘|長男|長女|次男|次女|上の子|下の子)(?:は|が)(?![^。]*私)")
_FOREIGN = re.compile(r"(?:友達|友人|知り合い|隣|近所|同僚|職場の人|上司|先生)の$")
_SPOUSE = r"(?:夫|旦那|主人|妻|嫁|家内|女房)(?:さん)?"
_MARITAL: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("離婚", re.compile(
        rf"(?:離婚|リコン|りこん)(?:(?:を|が)?(?:成立|し(?:まし)?た(?!ら|い|ほう|方|場合|くて|く|が)|しまして"
        rf"|して(?!い?な|い?ませ|も|から(?:じゃ|で|どう|考)"
        rf"|ほし|くれ|いい|しま(?:う|い)そう|やる)|済み)|後|済み|しちゃっ|になりました"
        rf"|届[けを]?(?:も|は)?(?:を)?(?:出し(?:まし)?た|出して))"
        rf"|{_SPOUSE}と(?:は|も)?(?:もう)?(?:別れ(?:まし)?た(?!い|ら)|別れて(?!い?な|も)|離婚)"
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
        rf"死別|{_SPOUSE}[がはをにもとの]*(?:(?<=[がは])、)?[^、。]{{0,10}}(?:亡くな[っり]|亡くし|他界し|死なれ|死んで"
        rf"|死にました|先立た|病死)"
        rf"|(?:{_SPOUSE}|つま|おっと)[がはを]、?(?:[^、。がはのを]{{0,3}}(?:月|年|急に|病気で|事故で))?"
        rf"なくな(?:っ|りまし)"
    )),
)  # fmt: skip
_DENIABLE = frozenset({"離婚", "別居", "既婚", "死別"})
_OTHERS = re.compile(
    r"(?:父|母|兄|姉|弟|妹|息子|娘|友達|友人|両親|同僚|親戚)(?:さん)?(?:夫婦)?(?:が|は|も|の)[^、。]{0,12}$"
)
_RELATIVE_CLAUSE = re.compile(
    r"離婚(?:し(?:まし)?|が成立し)?た(?=年|人|方|娘|息子|妹|姉|兄|弟|友|社員|者|場合|とき|時|母|父"
    r"|の(?:か|です))"
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


def _family(passage: Passage, part: Part) -> Iterator[FoundFact]:
    for token in passage.tokens:
        if not part.start <= token.start < part.end or (value := _member(passage, part, token)) is None:
            continue
        start = token.start
        if value in ("夫", "妻") and (former := _FORMER.search(passage.text[part.start : start])):
            value, start = "元" + value, part.start + former.start()
        yield FoundFact("family_member", value, start, token.end)
    for match in _FORMER_BY_SOUND.finditer(part.text):
        yield FoundFact("family_member", "元夫", part.start + match.start(), part.start + match.end())
    for pattern, value in ((_BROTHER, "弟"), (_WIFE, "妻")):
        for match in pattern.finditer(part.text):
            if value == "弟" and _CHILD_TOPIC.search(passage.text, passage.since, part.start + match.start()):
                continue
            start, end = match.span("said" if "said" in match.groupdict() else 0)
            yield FoundFact("family_member", value, part.start + start, part.start + end)
    for match in _HUSBAND.finditer(part.text):
        if not part.text[: match.start()].endswith(("もと", "モト", "元", "物", "足", "雨")):
            yield FoundFact("family_member", "夫", part.start + match.start(), part.start + match.end())


def _member(passage: Passage, part: Part, token: Token) -> str | None:
    """Return who of the speaker's own living family a word means, None for anything else."""
    by_sound = _by_sound(token)
    value = _FAMILY.get(token.surface) or by_sound
    if value is None or token.kind not in ("名詞", "代名詞"):
        return None
    before, after = passage.text[part.start : token.start], passage.text[token.end : token.end + 24]
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
        or _FOREIGN.search(before)
        or _is_address(token, after)
        or (_MYSELF.search(before) and _BEING.match(after))
    )
    return None if means_another else value


def _is_childs(passage: Passage, token: Token) -> bool:
    """Tell whether a brother or sister is that of a child spoken of (娘は、弟のごはんも作って)."""
    return _CHILD_TOPIC.search(passage.text, passage.since, token.start) is not None


def _by_sound(token: Token) -> str | None:
    """Return whom a word in kana means (マゴ, あに), None for one written in kanji."""
    if token.surface in _FAMILY or not is_kana(token.surface):
        return None
    return _BY_SOUND.get(token.surface) or _FAMILY.get(token.normalized)


def _mentions(after: str) -> bool:
    """Tell whether a question takes a member of the family for granted (妻には内緒にできますか)."""
    return (
        re.match(r"(?:には|の(?:口座|収入|扶養|年金|ほう|こと|名義)|に(?:知|連絡|バレ|ばれ))", after)
        is not None
    )


def _is_address(token: Token, after: str) -> bool:
    """Tell whether a word stands for the listener's family, as only a clerk says it (息子さん)."""
    return token.surface in ("息子", "娘", "奥", "兄", "姉", "弟", "妹", "孫", "嫁") and after.startswith(
        ("さん", "様", "さま")
    )


def _marital(passage: Passage, part: Part) -> Iterator[FoundFact]:
    rest = "".join(other.text for other in passage.sentence_of(part) if other.start == part.end)
    for value, pattern in _MARITAL:
        for match in pattern.finditer(part.text + rest):
            if match.start() >= len(part.text):
                continue
            end = part.start + match.end()
            if end <= passage.since or _OTHERS.search(part.text[: match.start()]):
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
