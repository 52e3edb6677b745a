"""Child support that is not paid; an amount that is paid tells `amounts`."""

import re
from collections.abc import Iterator

from consult_assist.counter.mishearings import heard
from consult_assist.nlp.facts.passage import FoundFact, Passage

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
      | (?:は|も|を)?(?:いら|要ら|もらわ|請求し|求め)ない(?:って|と)?
    )
    """,
    re.VERBOSE,
)
_ANSWER_NEVER = re.compile(
    r"""
    (?P<said>
        もらったこと(?:が|は|も)?(?:な[いく]|ありません)
      | (?:1|一)円(?:も|たりとも)、?(?:もら|払|くれ|入|来|振り込)[^、。]{0,5}(?:な[いく]|ません)
    )
    """,
    re.VERBOSE,
)
"""取り決めもしてないし、もらったことないです: said anywhere in the answer."""
_ANSWER_UNPAID = re.compile(
    r"""
    (?:いいえ|いえ|いや|全然|まったく)?[、。 ]*
    (?:
        (?:もう|ずっと|この)?(?:[0-9一二三四五六七八九十]+(?:か月|年)|半年)(?:くらい|ほど)?、?
      | 一度も(?!。|$) | 全然(?!です|。|$) | 全く(?!。|$) | まったく(?!。|$) | 何も | 今は
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
    (?:[^。]{0,14}。)?[^。]{0,22}?
    (?:今は|もう|から|[一1][度回]も|全然|まったく)[、はも]*(?:もう|全然|ずっと)?
    (?:(?:[0-9一二三四五六七八九十]+(?:か月|年)|半年)(?:くらい|ぐらい|ほど|近く|以上)?(?:も|は)?、?)?
    (?P<said>
        (?:来|払わ|払ってくれ|振り込まれ|入[らっ]|もら[えっ])(?:てい?)?(?:な[いく]|ません)
      | (?:振り?込み|入金|支払い?)[がも]、?(?:な[いく]|ありません|止)
      | (?:止ま|途絶え|滞)(?:って|りまし|え|ました)
      | (?<=今は)(?:まったく|全然|全く|さっぱり)(?=です|。|$)
    )
    """,
    re.VERBOSE,
)
"""養育費は。最初の半年だけで、今はもう来ないです."""
_LITTLE = re.compile(r"[円万千](?:くらい|ぐらい|ほど)?(?:ずつ)?しか")
"""月に1万円しか入らない: it is paid."""
_WISHED = re.compile(
    r"""
      ない(?:と困|かも|と思|人|場合|なら|ことも)
    | なければ | なかったら | ても(?!ら) | ません(?:か|でしょうか)
    """,
    re.VERBOSE,
)


def find_support(passage: Passage) -> Iterator[FoundFact]:
    """Yield that no child support is paid, where a clause or a bare answer (もらっていません) says so."""
    heard_so = [
        (part, span)
        for _, part, span in passage.sounding(_SUPPORT_SOUND)
        if _PAID_OTHER.search(passage.text, span[1], part.end)
    ]
    for part in passage.stated_clauses():
        written = [part.span(hit) for hit in _SUPPORT.finditer(part.text)]
        for start, end in written or [span for beside, span in heard_so if beside is part]:
            rest = passage.text[end:].partition("。")[0]
            unpaid = _UNPAID.match(rest)
            little = unpaid and _LITTLE.search(unpaid.group())
            if unpaid and not little and not _WISHED.search(rest[: unpaid.end() + 4]):
                yield FoundFact("support_payment", "なし", start, end + unpaid.end())
                break
    if "support_payment" in passage.asked.kinds:
        yield from _answered(passage)


def _answered(passage: Passage) -> Iterator[FoundFact]:
    for answer in (_ANSWER_UNPAID, _ANSWER_ENDED):
        if hit := passage.answered(answer):
            yield FoundFact("support_payment", "なし", *hit.span("said"))
            return
    never = _ANSWER_NEVER.search(passage.text, passage.since)
    if never and passage.answers(passage.part_at(never.start())):
        yield FoundFact("support_payment", "なし", *never.span("said"))
