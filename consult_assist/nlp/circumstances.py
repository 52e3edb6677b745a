"""Facts that are words: family, marriage, work, insurance, illness, care, where one lives."""

import re
from collections.abc import Iterator

from consult_assist.nlp.illnesses import find_illnesses
from consult_assist.nlp.kana_text import read_kana
from consult_assist.nlp.kin import find_kin
from consult_assist.nlp.passage import FoundFact, Part, Passage
from consult_assist.nlp.work import find_work

_INSURED = (
    r"(?=です|でし[たて]|で(?!す|しょ|きる|は|も)|だ|に(?:加入(?!していた)|入っ(?!て(?:い)?(?:た|な"
    r"|ませ))|なっ"
    r"|切り替え(?:た(?!い|ら|ほう|方)|て|まし))"
    r"|の(?:保険証|まま)|を払って|なん[でだ]|に入り(?:まし|直))"
)
_INSURANCE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("国保", re.compile(rf"(?:国保|国民健康保険)(?:証)?{_INSURED}")),
    ("社保", re.compile(
        rf"(?:社保|社会保険|協会けんぽ|健康保険組合|会社の(?:健康)?(?:保険|保健))(?:証)?{_INSURED}")),
    ("なし", re.compile(
        r"無保険|(?:保険[証省章]|健康保険|(?<!介護)(?<!生命)(?<!学資)(?<!雇用)(?<!火災)(?<!車の)保険"
        r"|保健)(?:に|が|は|も|を|には"
        r"|にも)?(?:、?(?:どこにも|何も|今は|もう|まだ|たぶん|多分))*、?"
        r"(?:ない(?:状態|ん|の|です|ま|で|$)|なく(?:て|なっ)|ありません|(?:持って|入って"
        r"|加入して)(?:い)?(?:ない|なく|ません)|切れ(?:た|て"
        r"|まし)|使えなくな)"
    )),
)  # fmt: skip
_OWES_NATIONAL = re.compile(
    r"(?:国保|国民健康保険)(?:料|税)?(?:(?:の(?:通知|督促状?|納付書|請求|支払い?|滞納|分))?[がはもをと、]"
    r"(?:(?!入って|加入|まだで|家賃|電気|ガス|水道|年金)[^。]){0,18}?)?"
    r"(?:払えて(?:い)?(?:な|ま)|払って(?:い)?(?:な|ま)|滞納し|ため(?:て|ちゃ)|払えなく)"
)
"""Only who is insured there is asked to pay."""
_OF_OTHERS = re.compile(r"友達|友人|知り合い|近所|隣の|同僚")
_INSURED_NO_MORE = re.compile(
    r"でした(?:が|けど)?[。、]*(?:今|いま)(?:は|も)?、?(?:もう)?(?:ない|ありません|入ってい?(?:な|ま))"
)
_NOT_THAT = re.compile(r"[^。]{0,10}(?:じゃなくて|ではなくて?)、?")
_NATIONAL = re.compile(r"[コゴ]クホウ?")
_ANSWER_INSURED = re.compile(
    r"[^。]{0,14}?(?P<said>国保|国民健康保険|社保|社会保険|(?:会社|組合|協会)の(?:健康)?保険)(?=。|、?$"
    r"|、(?![^。]{0,12}(?:やめ|辞め|抜け|切れ|な[いく]|入[れり]|払え)))"
)
"""いえ、会社のじゃなくて、国保: the bare word is enough for an answer."""
_NOT_DENIED = re.compile(r"(?:では|じゃ)(?:な|あり)|だと|なら")
_CARE = re.compile(
    r"要(?P<kind>介護|支援)[ の]?(?P<level>[1-5一二三四五])(?!以上|以下|から[1-5一二三四五]|なら"
    r"|の(?:方|人)は|くらい(?:に|か)"
    r"|にな(?:れば|ったら|ると))"
)
_LEVELS = {"イチ": 1, "ニ": 2, "サン": 3, "ヨン": 4, "ゴ": 5, **{str(level): level for level in range(1, 6)}}
_CARE_SOUND = re.compile(rf"ヨウ?カイゴ(?P<level>{'|'.join(_LEVELS)})")
_SUPPORT_LEVEL_SOUND = re.compile("(?:リョ|ヨ)ウ?シエン(?P<level>イチ|ニ|[12])")
_NO_LEVEL = ("に", "後", "語", "護")
_AFTER_LEVEL = re.compile(r"です|で|だ|、|。|と|の|って|を|$")
_HANDBOOK = re.compile(
    r"(?:身体障害者|精神障害者保健福祉|精神障害者|精神障害|精神|身体障害|身体|療育|障害者|障害|愛の"
    r"|(?<![一-龠]))手帳(?P<grade>の?(?:[1-6一二三四五六]級|[a-c][1-2一二]?|[1-4一二三四]度))?"
)
_HAS = re.compile(
    r"^[^、。]{0,8}(?:持って(?:い)?(?:ます|て|る)|あります|あって|もらい?(?:まし|って(?:い)?[てま])"
    r"|取(?:りまし|って(?:い)?[てま]|得し)"
    r"|交付され|です(?!ね|か)|でして|で、|が(?:出|で)(?:まし|て|た))"
)
_HAS_NOT = re.compile(
    r"^(?:は、|も、)?[^、。]{0,10}(?:持って(?:い)?(?:ない|なく|ません)|ありません|ない(?:です|ん|の"
    r"|ので|けど|$)|取って(?:い)?(?:ない|なく"
    r"|ません)|もらって(?:い)?(?:ない|ません))"
)
_ANSWER_HAS_NOT = re.compile(
    r"(?:[^。]{0,12}(?:返し|返納し|切れ)[^、。]{0,4}、)?"
    r"(?:いいえ|いえ|いや)?[、。 ]*(?:まだ|今は?|何も|たぶん|多分|もう|、)*"
    r"(?P<said>持って(?:い)?(?:ない|なく|ません)"
    r"|ありません|ないです|取って(?:い)?(?:ない|ません))"
)
_CARD = re.compile(r"保[険健][証症章省]")
_ANSWER_GRADE = re.compile(
    r"(?:はい|ええ)?[、。 ]*(?P<said>(?:精神|身体|療育|知的|愛の手帳)の?(?:[1-6一二三四五六]級"
    r"|[a-c][1-2一二]?|[1-4一二三四]度))"
)
_SUPPORT = re.compile(r"養育費|用意区域")
_SUPPORT_SOUND = re.compile(r"ヨウ?イクヒ|ヨウイクイキ|ヨウエキヒ")
_PAID_OTHER = re.compile(
    r"もら(?:って|え|い)|受け取|払って(?:くれ|もら)?|払われ|払わ|振り込|入(?:って|ら)|来(?:て|な)"
    r"|くれ(?:て|な|ませ)|届|ありませ|なし|な[いくか]"
)
_UNPAID = re.compile(
    r"^[^。]{0,18}?(?:払ってもら(?:って|えて)?(?:は)?(?:い)?(?:ない|なく|ません)|もら(?:って"
    r"|え(?:て)?)(?:は)?(?:い)?(?:ない|なく"
    r"|ません|ず)|もらわずに|受け取って(?:い)?(?:ない|なく|ません)|(?:払"
    r"|支払)(?:って(?:は)?(?:くれ(?:て)?|もら(?:って"
    r"|えて))?(?:い)?(?:ない|なく|ません)|われて(?:い)?(?:ない|なく|ません)|わない(?!と))"
    r"|(?:一度も|全然|まったく)?(?:振り込まれ|入って|来て|届いて)(?:い)?(?:ない|なく|ません)|(?:は"
    r"|も|が)?(?:一切|全く|全然)?(?:なし"
    r"|ない(?:です|ん|の|$|ま|状)|なく|ありません)|くれ(?:て)?(?:い)?(?:ない|なく|ません)|ゼロ"
    r"|(?:止ま|途絶え|滞)(?:って|り|えて))"
)
_ANSWER_UNPAID = re.compile(
    r"(?:いいえ|いえ|いや|全然|まったく)?[、。 ]*(?:一度も|全然|全く|まったく|何も|今は"
    r"|一円も)*(?P<said>もらって(?:は)?(?:い)?(?:ない"
    r"|ません)|もらえて(?:い)?(?:ない|ません)|受け取って(?:い)?(?:ない|ません)"
    r"|払って(?:くれ)?(?:て)?(?:い)?(?:ない|ません)"
    r"|払われて(?:い)?(?:ない|ません)|ありません|ないです)"
)
_WISHED = re.compile(
    r"ない(?:と困|かも|と思|人|場合|なら|ことも)|なければ|なかったら|ても(?!ら)|ません(?:か|でしょうか)"
)
_ADDRESS = re.compile(
    r"(?P<place>(?:[一-龠]{2,3}[都道府県])?(?:[一-龠ぁ-んァ-ヶ]{1,6}?[市区郡])?[一-龠ぁ-んァ-ヶー]{1,8}?(?:[町村]"
    r"|本町)?(?:の)?[0-9一二三四五六七八九十]+(?:丁目|番地|番町|[-のー−‐](?=[0-9一二三四五六七八九十])"
    r"|番)(?:の?[0-9一二三四五六七八九十]+(?:番地?|号|[-のー−‐])?)*[0-9号地目番室]?)"
)
_LIVES = re.compile(r"(?:[^、。]{0,8})(?:に住んで|です|に引っ越|のアパート|の団地|に(?:い|お)り)")
_KANJI_DIGITS = str.maketrans("一二三四五六", "123456")


def find_circumstances(passage: Passage) -> Iterator[FoundFact]:
    """Yield every circumstance that is stated."""
    yield from find_kin(passage)
    yield from find_work(passage)
    yield from find_illnesses(passage)
    for part in passage.parts:
        if part.stated and passage.own(part):
            yield from _insurance(passage, part)
            yield from _owes_national(passage, part)
            yield from _support(passage, part)
            yield from _care(part)
            yield from _care_by_sound(passage, part)
            yield from _handbook(part)
            yield from _address(passage, part)
    yield from _answers(passage)


def _insurance(passage: Passage, part: Part) -> Iterator[FoundFact]:
    for value, pattern in _INSURANCE:
        for match in pattern.finditer(part.text):
            if over := _INSURED_NO_MORE.match(passage.text, part.start + match.end()):
                yield FoundFact("insurance", "なし", part.start + match.start(), over.end())
                return
            if not _NOT_DENIED.match(part.text[match.end() :]) and not re.search(
                r"介護$|生命$|もし|仮に|(?:(?<!今)(?<!これ)まで|(?:以前|昔)|^前)は、?$",
                part.text[: match.start()],
            ):
                yield FoundFact("insurance", value, part.start + match.start(), part.start + match.end())
                return


def _owes_national(passage: Passage, part: Part) -> Iterator[FoundFact]:
    for match in _OWES_NATIONAL.finditer(passage.text, part.start):
        own = match.start() < part.end and match.end() > passage.since
        if own and not _OF_OTHERS.search(part.text[: match.start() - part.start]):
            yield FoundFact("insurance", "国保", match.start(), match.end())


def _support(passage: Passage, part: Part) -> Iterator[FoundFact]:
    named = [(hit.start(), hit.end()) for hit in _SUPPORT.finditer(part.text)]
    if not named:
        spoken = read_kana([token for token in passage.tokens if part.start <= token.start < part.end])
        named = [(start - part.start, end - part.start) for _, start, end in spoken.find(_SUPPORT_SOUND)]
        named = [(start, end) for start, end in named if _PAID_OTHER.search(part.text[end:])]
    for start, end in named:
        rest = re.split("。", passage.text[part.start + end :], maxsplit=1)[0]
        unpaid = _UNPAID.match(rest)
        if unpaid and not _WISHED.search(rest[: unpaid.end() + 4]):
            yield FoundFact("support_payment", "なし", part.start + start, part.start + end + unpaid.end())
            return


def _care(part: Part) -> Iterator[FoundFact]:
    for match in _CARE.finditer(part.text):
        if re.match(
            r"[^、。]{0,4}(?:では|じゃ)?(?:ない|ありません)|かも|だと(?:思|い)", part.text[match.end() :]
        ):
            continue
        value = f"要{match['kind']}{match['level'].translate(_KANJI_DIGITS)}"
        yield FoundFact("care_level", value, part.start + match.start(), part.start + match.end())


def _care_by_sound(passage: Passage, part: Part) -> Iterator[FoundFact]:
    """Yield a care level written with other characters (予解午さん for 要介護3)."""
    spoken = read_kana([token for token in passage.tokens if part.start <= token.start < part.end])
    for kind, sound in (("要介護", _CARE_SOUND), ("要支援", _SUPPORT_LEVEL_SOUND)):
        for match, start, end in spoken.find(sound):
            said = passage.text[start:end]
            if _CARE.match(said) or said.endswith(_NO_LEVEL) or start < passage.since:
                continue
            if _AFTER_LEVEL.match(passage.text[end:]):
                yield FoundFact("care_level", f"{kind}{_LEVELS[match['level']]}", start, end)


def _handbook(part: Part) -> Iterator[FoundFact]:
    for match in _HANDBOOK.finditer(part.text):
        after = part.text[match.end() :]
        if re.search(r"(?:母子|親子|年金|お薬|薬|警察)$", part.text[: match.start()]):
            continue
        start, end = part.start + match.start(), part.start + match.end()
        if _HAS_NOT.match(after):
            yield FoundFact("handbook", "なし", start, end)
        elif (match["grade"] or match.group() != "手帳") and _HAS.match(after):
            yield FoundFact("handbook", _written(match.group()), start, end)


def _written(handbook: str) -> str:
    """Return a handbook with its grade as it is printed: 2級, B1."""
    return handbook.translate(_KANJI_DIGITS).upper()


def _address(passage: Passage, part: Part) -> Iterator[FoundFact]:
    for match in _ADDRESS.finditer(part.text):
        start, end = part.start + match.start("place"), part.start + match.end("place")
        said = match["place"]
        known = re.search(r"[市区町村]|丁目|番地", said) and _LIVES.match(part.text[match.end() :])
        if end > passage.since and (known or ("address" in passage.asked.kinds and passage.answers(part))):
            lead = re.match(r"(?:住所(?:は|が)?|今は|私は|えっと|実家は|はい)+", said)
            start += lead.end() if lead else 0
            yield FoundFact("address", passage.text[start:end], start, end)


def _answers(passage: Passage) -> Iterator[FoundFact]:
    """Yield what a bare answer states: 国法です, もらっていません, まだ持っていません."""
    kinds = passage.asked.kinds
    for asked, answer, name in (
        ("support_payment" in kinds, _ANSWER_UNPAID, "support_payment"),
        ("handbook" in kinds, _ANSWER_HAS_NOT, "handbook"),
        ("handbook" in kinds, _ANSWER_GRADE, "handbook"),
        (_CARD.search(passage.asked.text) is not None, _ANSWER_HAS_NOT, "insurance"),
    ):
        if asked and (hit := answer.match(passage.text, passage.since)):
            value = _written(hit["said"]) if answer is _ANSWER_GRADE else "なし"
            yield FoundFact(name, value, *hit.span("said"))
    if "insurance" in kinds:
        instead = _NOT_THAT.match(passage.text, passage.since)
        since = instead.end() if instead else passage.since
        first = [token for token in passage.tokens if token.end > since][:3]
        for _, start, end in read_kana(first).find(_NATIONAL):
            if (
                re.match(r"[、。]|$", passage.text[end:])
                if instead
                else re.match(r"です|で[、。]|だ|に(?!入[れろ]|する|し(?:たい|よう))", passage.text[end:])
            ):
                yield FoundFact("insurance", "国保", start, end)
                return
        if hit := _ANSWER_INSURED.match(passage.text, passage.since):
            value = "国保" if hit["said"].startswith("国") else "社保"
            yield FoundFact("insurance", value, *hit.span("said"))
