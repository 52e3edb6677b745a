"""Facts that are words: family, marriage, work, insurance, illness, care, where one lives."""

import re
from collections.abc import Iterator

from consult_assist.counter.mishearings import heard
from consult_assist.nlp.facts.addresses import find_addresses
from consult_assist.nlp.facts.illnesses import find_illnesses
from consult_assist.nlp.facts.insurance import find_insurance
from consult_assist.nlp.facts.kana_text import read_kana
from consult_assist.nlp.facts.kin import find_kin
from consult_assist.nlp.facts.passage import FoundFact, Passage, PassageClause
from consult_assist.nlp.facts.work import find_work

_CARE = re.compile(
    r"""
    要(?P<kind>介護|支援)[ の]?(?P<level>[1-5一二三四五])
    (?!
        以上 | 以下 | から[1-5一二三四五] | なら | の(?:方|人)は | くらい(?:に|か)
      | にな(?:れば|ったら|ると)
    )
    """,
    re.VERBOSE,
)
_NO_MORE_LEVEL = re.compile(
    r"""
      [^、。]{0,4}(?:では|じゃ)?(?:ない|ありません)
    | かも | だと(?:思|い)
    | (?:だった|でした|やった)
      (?:
        の[がにを] | ん(?:です|だ)?(?:が|けど) | が | けど | か[な。、] | っけ
      )
    """,
    re.VERBOSE,
)
"""要支援1だったのが、今は要介護1に; 要介護1やったかな."""
_ANSWER_LEVEL = re.compile(
    r"""
    (?:はい|ええ|たしか|確か|えっ?と|、|。)*
    (?P<said>
      (?:(?P<kind>介護|支援)の?)?(?P<level>[1-5一二三四五])
      (?:です|でした|や|だ|をもら|をいただ|で[、。])
    )
    """,
    re.VERBOSE,
)
_LEVELS = {"イチ": 1, "ニ": 2, "サン": 3, "ヨン": 4, "ゴ": 5, **{str(level): level for level in range(1, 6)}}
_CARE_SOUND = re.compile(rf"ヨウ?カイゴ(?P<level>{'|'.join(_LEVELS)})")
_SUPPORT_LEVEL_SOUND = re.compile("(?:リョ|ヨ)ウ?シエン(?P<level>イチ|ニ|[12])")
_NO_LEVEL = ("に", "後", "語", "護")
_AFTER_LEVEL = re.compile(r"です|で|だ|、|。|と|の|って|を|$")
_HANDBOOK = re.compile(
    r"""
    (?:
        (?:精神|身体|療育|障害者?)の
      | 身体障害者 | 精神障害者保健福祉 | 精神障害者 | 精神障害 | 精神 | 身体障害 | 身体
      | 療育 | 障害者 | 障害 | 愛の | (?<![一-龠])
    )
    手帳
    (?P<grade>
      [のはが]?、?(?:[1-6一二三四五六]級|[a-c][1-2一二]?|[1-4一二三四]度)
    )?
    """,
    re.VERBOSE,
)
_OTHER_HANDBOOK = re.compile(r"(?:母子|親子|年金|お薬|薬|警察)$")
_HAS = re.compile(
    r"""
    ^(?:を、)?[^、。]{0,8}
    (?:
        とりまし | とって(?:い)?[てま]
      | 持って(?:い)?(?:ます|て|る)
      | あります | あって
      | もらい?(?:まし|って(?:い)?[てま])
      | 取(?:りまし|って(?:い)?[てま]|得し)
      | 交付され | です(?!ね|か) | でして | で、 | が(?:出|で)(?:まし|て|た)
    )
    """,
    re.VERBOSE,
)
_HAS_NOT = re.compile(
    r"""
    ^(?:は、|も、|(?:とか|なんか|など)[^。]{0,8}?は、)?[^、。]{0,10}
    (?:
        持って(?:い)?(?:ない|なく|ません)
      | ありません
      | ない(?:です|ん|の|ので|けど|$)
      | 取って(?:い)?(?:ない|なく|ません)
      | もらって(?:い)?(?:ない|ません)
      | (?:申請|取得)して(?:い)?(?:な[いく]|ません)
    )
    """,
    re.VERBOSE,
)
_ANSWER_HAS_NOT = re.compile(
    r"""
    (?:
      [^。]{0,12}(?:(?:返し|返納し|切れ)[^、。]{0,4}、|(?:です|ます)か。)
    )?
    (?:いいえ|いえ|いや)?[、。 ]*(?:まだ|今は?|何も|たぶん|多分|もう|、)*
    (?P<said>
        持って(?:い)?(?:ない|なく|ません)
      | ありません | ないです
      | 取って(?:い)?(?:ない|ません)
    )
    """,
    re.VERBOSE,
)
_ANSWER_NOT_YET = re.compile(r"(?:いいえ|いえ|いや|、|。)*(?P<said>まだ(?:です|なん|で、|。|$))")
_ANSWER_GRADE = re.compile(
    r"""
    (?:はい|ええ)?[、。 ]*
    (?P<said>
        (?:精神|身体|療育|知的|愛の手帳)[のでは]?、?
        (?:
          [1-6一二三四五六]級 | [a-c][1-2一二]? | [1-4一二三四]度
        )
      | [1-6一二三四五六]級(?=です|、?持って|を|で[、。]|や|だ|。|$)
    )
    """,
    re.VERBOSE,
)
_SUPPORT = re.compile(heard("養育費"))
_SUPPORT_SOUND = re.compile(r"ヨウ?イクヒ|ヨウイクイキ|ヨウエキヒ")
_PAID_OTHER = re.compile(
    r"""
      もら(?:って|え|い) | 受け取 | 払って(?:くれ|もら)? | 払われ | 払わ | 振り込
    | 入(?:って|ら) | 来(?:て|な) | くれ(?:て|な|ませ) | 届 | ありませ | なし
    | な[いくか]
    """,
    re.VERBOSE,
)
_UNPAID = re.compile(
    r"""
    ^[^。]{0,24}?
    (?:
        もらった?ことも?(?:が|は|も)?(?:な[いく]|ありません)
      | 払いません
      # 最初の半年だけで
      | (?:最初|初め|はじめ)の?[^。]{0,8}だけ(?:で|だ|。|$)
      | 入(?:りません|らない|らなく)
      | 払ってもら(?:って|えて)?(?:は)?(?:い)?(?:ない|なく|ません)
      | もら(?:って|え(?:て)?)(?:は)?(?:い)?(?:ない|なく|ません|ず)
      | もらわずに
      | 受け取って(?:い)?(?:ない|なく|ません)
      | (?:払|支払)
        (?:
            って(?:は)?(?:くれ(?:て)?|もら(?:って|えて))?(?:い)?(?:ない|なく|ません)
          | われて(?:い)?(?:ない|なく|ません)
          | わない(?!と)
        )
      | (?:一度も|全然|まったく)?(?:振り込まれ|入って|来て|届いて)(?:い)?
        (?:ない|なく|ません)
      | (?:は|も|が)?(?:一切|全く|全然)?
        (?:
          なし | ない(?:です|ん|の|$|ま|状) | なく | ありません
        )
      | くれ(?:て)?(?:い)?(?:ない|なく|ません)
      | ゼロ
      | (?:止ま|途絶え|滞)(?:って|り|えて)
    )
    """,
    re.VERBOSE,
)
_ANSWER_UNPAID = re.compile(
    r"""
    (?:いいえ|いえ|いや|全然|まったく)?[、。 ]*
    (?:
        一度も(?!。|$) | 全然(?!です|。|$) | 全く(?!。|$) | まったく(?!。|$) | 何も | 今は
      | 一円も
    )*
    (?P<said>
        もらって(?:は)?(?:い)?(?:ない|ません)
      | もらえて(?:い)?(?:ない|ません)
      | 受け取って(?:い)?(?:ない|ません)
      | 払って(?:くれ)?(?:て)?(?:い)?(?:ない|ません)
      | 払われて(?:い)?(?:ない|ません)
      | ありません | ないです
      | もらったこと(?:が|は|も)?(?:な[いく]|ありません)
      | (?:全然|まったく|全く)(?=です|。|$)
      | 一度も(?=。|$)
    )
    """,
    re.VERBOSE,
)
_ANSWER_ENDED = re.compile(
    r"""
    [^。]{0,22}?(?:今は|もう|から)[、はも]*(?:もう|全然|ずっと)?
    (?P<said>
        (?:来|払わ|払ってくれ|振り込まれ|入ら|もらえ)(?:てい?)?(?:な[いく]|ません)
      | (?:振り?込み|入金|支払い?)[がも]、?(?:な[いく]|ありません|止)
      | (?:止ま|途絶え|滞)(?:って|りまし|え|ました)
    )
    """,
    re.VERBOSE,
)
"""養育費は。最初の半年だけで、今はもう来ないです."""
_WISHED = re.compile(
    r"""
      ない(?:と困|かも|と思|人|場合|なら|ことも)
    | なければ | なかったら | ても(?!ら) | ません(?:か|でしょうか)
    """,
    re.VERBOSE,
)
_KANJI_DIGITS = str.maketrans("一二三四五六", "123456")


def find_circumstances(passage: Passage) -> Iterator[FoundFact]:
    """Yield every circumstance that is stated."""
    yield from find_kin(passage)
    yield from find_work(passage)
    yield from find_illnesses(passage)
    for part in passage.stated_clauses():
        yield from _support(passage, part)
        yield from _care(part)
        yield from _care_by_sound(passage, part)
        yield from _handbook(part)
        yield from find_addresses(passage, part)
    yield from find_insurance(passage)
    yield from _answers(passage)


def _support(passage: Passage, part: PassageClause) -> Iterator[FoundFact]:
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


def _care(part: PassageClause) -> Iterator[FoundFact]:
    for match in _CARE.finditer(part.text):
        if _NO_MORE_LEVEL.match(part.text, match.end()):
            continue
        value = f"要{match['kind']}{match['level'].translate(_KANJI_DIGITS)}"
        yield FoundFact("care_level", value, *part.span(match))


def _care_by_sound(passage: Passage, part: PassageClause) -> Iterator[FoundFact]:
    """Yield a care level written with other characters (予解午さん for 要介護3)."""
    spoken = read_kana([token for token in passage.tokens if part.start <= token.start < part.end])
    for kind, sound in (("要介護", _CARE_SOUND), ("要支援", _SUPPORT_LEVEL_SOUND)):
        for match, start, end in spoken.find(sound):
            said = passage.text[start:end]
            if _CARE.match(said) or said.endswith(_NO_LEVEL) or start < passage.since:
                continue
            if _AFTER_LEVEL.match(passage.text[end:]):
                yield FoundFact("care_level", f"{kind}{_LEVELS[match['level']]}", start, end)


def _handbook(part: PassageClause) -> Iterator[FoundFact]:
    for match in _HANDBOOK.finditer(part.text):
        after = part.text[match.end() :]
        if _OTHER_HANDBOOK.search(part.text[: match.start()]):
            continue
        start, end = part.span(match)
        if _HAS_NOT.match(after):
            yield FoundFact("handbook", "なし", start, end)
        elif (match["grade"] or match.group() != "手帳") and _HAS.match(after):
            yield FoundFact("handbook", _written(match.group()), start, end)


def _written(handbook: str) -> str:
    """Return a handbook with its grade as it is printed: 2級, B1."""
    return re.sub("(?<=手帳)[はが]|[のはが]?、", "", handbook).translate(_KANJI_DIGITS).upper()


def _answers(passage: Passage) -> Iterator[FoundFact]:
    """Yield what a bare answer states: 国法です, もらっていません, まだ持っていません."""
    kinds = passage.asked.kinds
    for asked, answer, name in (
        ("support_payment" in kinds, _ANSWER_UNPAID, "support_payment"),
        ("support_payment" in kinds, _ANSWER_ENDED, "support_payment"),
        ("handbook" in kinds, _ANSWER_HAS_NOT, "handbook"),
        ("handbook" in kinds, _ANSWER_NOT_YET, "handbook"),
        ("handbook" in kinds, _ANSWER_GRADE, "handbook"),
    ):
        if asked and (hit := answer.match(passage.text, passage.since)):
            value = _written(hit["said"]) if answer is _ANSWER_GRADE else "なし"
            yield FoundFact(name, value, *hit.span("said"))
    if "care_level" in kinds and (hit := _ANSWER_LEVEL.match(passage.text, passage.since)):
        kind = hit["kind"] or (
            "介護" if "要介護" in passage.asked.text or "介護度" in passage.asked.text else None
        )
        if kind:
            yield FoundFact(
                "care_level", f"要{kind}{hit['level'].translate(_KANJI_DIGITS)}", *hit.span("said")
            )
