"""Health insurance: which one there is, or that there is none."""

import re
from collections.abc import Iterator

from consult_assist.counter.mishearings import heard
from consult_assist.nlp.facts.kana_text import read_kana
from consult_assist.nlp.facts.passage import FoundFact, Passage, PassageClause
from consult_assist.nlp.facts.premiums import find_national_by_premium
from consult_assist.nlp.facts.whose import is_of_the_home

_INSURED = r"""
    (?=
        です | でし[たて] | で(?!す|しょ|きる|は|も) | だ
      | に
        (?:
            加入(?!していた)
          | 入っ(?!て(?:い)?(?:た|な|ませ))
          | お入りで(?!は|も|な) | ご加入で(?!は|も|な) | なっ | なりまし
          | 変わ(?:った(?!ら)|って(?!い?(?:な|ませ))|りまし)
          | 切り替え(?:た(?!い|ら|ほう|方)|て|まし)
        )
      | (?:に?は|も)、?入っ(?!て(?:い)?(?:た|な|ませ))
      | (?:は|が|を|も)、?(?:あります|あるん|お持ちで(?!は|も|な)|持って(?!い?(?:た|な|ませ)))
      | の(?:保険証|ま[まん]ま?|が(?:あ[りる]|一|1)|やつ) | を払って | なん[でだ] | に入り(?:まし|直)
      | から[^、。]{0,8}(?:出て|出る|もらって)
    )
"""
_SCHEMES = {
    "後期高齢者医療": "後期高齢(?:者|の)*(?:医療)?(?:の?(?:保険|制度))?",
    "国保": "国保|国民健康保険",
    "社保": (
        "(?:(?:会社|職場|勤め先|扶養)の)?(?:社保|社会保険)|協会けんぽ|健康保険組合|任意継続(?:保険)?"
        f"|(?:会社|職場|勤め先)の(?:健康)?{heard('保険')}"
    ),
}
"""What there is, as the record names it, and what people call it."""
_JOINED = r"""
    (?=
        に(?:して(?!も)|しま|しと|した(?!い|ら|ほう|方))
      | (?:って|と)、?書いて | (?:が|を|も|は)、?(?:給料から)?引かれ[てまと]
      | (?:と)?(?:いう|っていう|いうの)に(?:して|しと)
    )
"""
"""Other words that say so of a scheme: 任意継続にしました, 社会保険も引かれています."""
_INSURANCE: tuple[tuple[str, re.Pattern[str]], ...] = (
    *(
        (scheme, re.compile(rf"(?:{words})(?:証)?(?:{_INSURED}|{_JOINED})", re.VERBOSE))
        for scheme, words in _SCHEMES.items()
    ),
    ("なし", re.compile(
        rf"""
          無保険
        | (?:{heard("保険証")}|健康保険|{heard("保険")})(?:に|が|は|も|を|には|にも)?(?:年金も)?
          (?:
            、?(?:どこにも|何も|今は|もう|まだ|たぶん|多分)
          )*
          、?
          (?:
              ない(?:状態|ん|の|です|ま|で|から|し(?!か)|け|$)
            | なく(?:て|なっ|なり) | ありません
            | (?:持って|入って|加入して)(?:(?:い)?(?:ない|なく|ません)|おらず|おりません)
            | [^、。がはをも]{{0,6}}切れ(?:た|て|まし)
            | 使えなくな
          )
        """,
        re.VERBOSE,
    )),
)  # fmt: skip
_INSURED_NO_MORE = re.compile(
    r"""
    でした(?:が|けど)?[。、]*(?:今|いま)(?:は|も)?、?(?:もう)?
    (?:ない|ありません|入ってい?(?:な|ま))
    """,
    re.VERBOSE,
)
_NOT_THAT = re.compile(r"[^。]{0,10}(?:じゃなくて|ではなくて?)、?")
_NATIONAL = re.compile(r"[コゴ]クホウ?")
_ANSWER_INSURED = re.compile(
    r"""
    [^。]{0,14}?
    (?P<said>
        国保 | 国民健康保険 | 社保 | 社会保険 | 後期高齢者? | 任意継続
      | (?:会社|組合|協会)の
        (?:
            (?:健康)?保険
          | (?=です|やつ|ほう|まま|、|。|で、|に入って)
        )
    )
    (?=
        です | だと思 | や[つ。] | ほう | ま[まん] | で、 | に入って | 。 | 、?$
      | の(?:やつ|保険|証|ほう|、|。)
      | 、(?![^。]{0,12}(?:やめ|辞め|抜け|切れ|な[いく]|入[れり]|払え))
    )
    """,
    re.VERBOSE,
)
"""いえ、会社のじゃなくて、国保: the bare word is enough for an answer."""
_ANSWER_NOT_CHANGED = re.compile(
    r"[^。]{0,24}?(?P<said>(?:切り?替え|手続き?|加入)[^、。]{0,6}?て(?:い|は)?(?:な[いくか]|ません))"
)
"""保険は。会社を辞めてから、切り替えてないんです."""
_NOWHERE = re.compile(r"(?P<said>(?:どこにも|何も|なんも|なんにも)、?入って(?:い)?(?:ない|ません|おら))")
_OF_INSURANCE = re.compile(rf"{heard('保険')}|国保|社保")
_DENIED = re.compile(r"(?:では|じゃ)(?:な|あり)|だと|なら")
_SUPPOSED_OR_PAST = re.compile(r"もし|仮に|(?:(?<!今)(?<!これ)まで|(?:以前|昔)|^前)は、?$")
_ENDS_HERE = re.compile(r"[、。]|$")
_STATES = re.compile(r"です|で[、。]|だ|に(?!入[れろ]|する|し(?:たい|よう))")
_LEFT = re.compile(
    rf"""
      (?:国保|国民健康保険|健康保険|保険)(?:へ?の)?(?:切り?替え|手続き?|加入)
      [^。]{{0,8}}?(?:し|でき|済ん)[てで](?:い|は)?(?:な[いくか]|ません)
    | (?:国保|国民健康保険|健康保険)(?:へ?の)?(?:切り?替え|手続き?|加入)(?:は|が|も)
      、?まだ(?:です|なん|で、|。|$)
    | {heard("保険証")}を?、?[^、。]{{0,6}}返し
      (?:
          て(?!もら|くだ|いただ|も|から)
        | (?:まし)?た(?!い|ら|ほう|方)
      )
    """,
    re.VERBOSE,
)
"""Who gave the card back or has not joined since has none, unless another is named."""
_NAMES_ONE = re.compile(r"国保|国民健康|社保|社会保険|任意継続|扶養|後期|新しい")
_DEPENDANT = re.compile(r"(?:保険|会社|社保)の扶養に(?:入って|なって|入れて)(?!い?(?:な|た|ませ|まし))")
_ONCE = re.compile(r"(?:前|以前|昔|頃|ころ|時|とき|まで)(?:に?は)?、?[^、。今]{0,8}$")
"""離婚する前は夫の会社の扶養に: that is over."""
_ANSWER_NOT_ANY = re.compile(
    r"""
    (?:
      (?:[^。]{0,8}(?:返し|切れ)た。)?
      [^。]{0,22}?(?:、|今は?|もう|まだ|(?:何|どっち|どちら)も|どこにも)
    )?
    (?P<said>ない(?:ん|です|の|$|。)|ありません)
    """,
    re.VERBOSE,
)
_ANSWER_NONE = re.compile(
    r"""
    [^。]{0,24}?
    (?P<said>
      (?:(?<!は)|(?<=今は))
      (?:
          持って(?:い)?(?:ない|ません|なく)
        | 入って(?:い)?(?:ない|ません|なく) | 入っておらず | 入れていません
        | 切れ(?:て(?!もら)|た|まし) | 期限切れ | 無保険
        | 返し(?:て、|たきり|たまま|ちゃ|てしま|て(?:それ|その|そのまま)|まし|てあり)
      )
    )
    """,
    re.VERBOSE,
)
_ANSWER_DEPENDANT = re.compile(
    r"[^。]{0,14}?(?P<said>扶養(?:に(?:入って|なって|入れて)(?!い?(?:な|た|ませ|まし))|です))"
)
_OF_ELSE = re.compile(
    r"わから|分から|知ら|覚え|おぼえ|問題|変わ|心配|こと|[来き]て|忘れ|家に|うちに|今日|手元|民間"
)
"""よく覚えてないんです, 今日は持って来てないんです: not of being insured."""
_OF_ANOTHER_THING = re.compile(
    r"(?<!険)(?<!証)(?<!今)(?<!いま)(?<!それ)(?<!期限)[がをは]、?(?:(?![てた])[^、。]){0,5}$"
)
"""お金が、ないんです; スマホを持ってない."""
_ASKS_OF_ELSE = re.compile(r"困|質問|変更|変わ|心配|不安|滞納|遅れ")
_ASKS_TO_CHANGE = re.compile(r"切り?替え|手続")
_ANSWER_NOT_DONE = re.compile(
    r"""
    (?:
      いいえ | いえ | いや | まだ | 何も | なんも | なにも | 、 | 。
    )*
    (?P<said>
        (?:して|やって)(?:い)?(?:な[いく]|ません)
      | まだ(?:です|なん|。|$)
    )
    """,
    re.VERBOSE,
)
_KINDS = (
    r"介護|雇用|失業|労災|生命|学資|火災|地震|自動車|車|任意|が[んン]|ガン|医療|傷害|損害|旅行|個人|民間"
    r"|共済|ペット"
)
_OTHER_INSURANCE = re.compile(rf"(?:{_KINDS})の?保険")
_KIND_BEFORE = re.compile(rf"(?:{_KINDS})の?$")
_DIED = re.compile(r"亡くな|死ん|死亡|死別|他界|葬")


def find_insurance(passage: Passage) -> Iterator[FoundFact]:
    """Yield the health insurance that is stated, or told in answer."""
    found: list[FoundFact] = []
    for part in passage.stated_clauses():
        found += [*_insurance(passage, part), *find_national_by_premium(passage, part)]
    found = found or list(_nowhere(passage))
    yield from found
    if "insurance" in passage.asked.kinds and not _OTHER_INSURANCE.search(passage.asked.text):
        answers = [] if found else list(_answers(passage))
        yield from answers
        if not found and not answers:
            yield from _answered_none(passage)


def _insurance(passage: Passage, part: PassageClause) -> Iterator[FoundFact]:
    for value, pattern in _INSURANCE:
        for match in pattern.finditer(part.text):
            start, end = part.span(match)
            if over := _INSURED_NO_MORE.match(passage.text, end):
                yield FoundFact("insurance", "なし", start, over.end())
                return
            if value == "なし" and _is_anothers(passage, part, match):
                continue
            unreal = _SUPPOSED_OR_PAST.search(part.text[: match.start()])
            fact = FoundFact("insurance", value, start, end)
            denied = _DENIED.match(part.text, match.end())
            if not unreal and not denied and is_of_the_home(passage, fact):
                yield fact
                return
    hit = _DEPENDANT.search(part.text)
    if hit and not _ONCE.search(part.text[: hit.start()]):
        yield FoundFact("insurance", "社保", *part.span(hit))
        return
    hit = _LEFT.search(part.text)
    if hit and not _is_anothers(passage, part, hit):
        start, end = part.span(hit)
        if not _NAMES_ONE.search(passage.text, end):
            yield FoundFact("insurance", "なし", start, end)


def _nowhere(passage: Passage) -> Iterator[FoundFact]:
    """Yield that there is none where the talk is of insurance: 社保が抜けて、今はどこにも入ってないです."""
    hit = _NOWHERE.search(passage.text, passage.since)
    of_it = "insurance" in passage.asked.kinds or _OF_INSURANCE.search(passage.text, passage.since)
    told = passage.text + passage.asked.text
    if hit and of_it and passage.part_at(hit.start("said")).stated and not _OTHER_INSURANCE.search(told):
        yield FoundFact("insurance", "なし", *hit.span("said"))


def _is_anothers(passage: Passage, part: PassageClause, match: re.Match[str]) -> bool:
    """Return whether a lack is of another insurance (がん保険), or of a dead one."""
    if passage.answers(part) and _OTHER_INSURANCE.search(passage.asked.text):
        return True
    before = part.text[: match.start()]
    told = re.split("[。？?！!]", passage.text[: part.start])[-1] + before
    return bool(_KIND_BEFORE.search(before) or _DIED.search(told))


def _answers(passage: Passage) -> Iterator[FoundFact]:
    """Yield the insurance that a bare answer names: 国法です, いえ、会社のじゃなくて、国保."""
    instead = _NOT_THAT.match(passage.text, passage.since)
    since = instead.end() if instead else passage.since
    first = [token for token in passage.tokens if token.end > since][:3]
    for _, start, end in read_kana(first).find(_NATIONAL):
        if (_ENDS_HERE if instead else _STATES).match(passage.text, end):
            yield FoundFact("insurance", "国保", start, end)
            return
    if hit := passage.answered(_ANSWER_INSURED):
        said = hit["said"]
        named = (scheme for scheme, words in _SCHEMES.items() if re.fullmatch(words, said))
        value = next(named, "社保")
        yield FoundFact("insurance", value, *hit.span("said"))


def _answered_none(passage: Passage) -> Iterator[FoundFact]:
    """Yield what an answer without the word states: 辞めたときに返して、それっきりです."""
    patterns = [(_ANSWER_DEPENDANT, "社保"), (_ANSWER_NOT_CHANGED, "なし")]
    if _ASKS_TO_CHANGE.search(passage.asked.text):
        patterns.append((_ANSWER_NOT_DONE, "なし"))
    elif not _NAMES_ONE.search(passage.text, passage.since) and not _ASKS_OF_ELSE.search(passage.asked.text):
        patterns += [(_ANSWER_NOT_ANY, "なし"), (_ANSWER_NONE, "なし")]
    for pattern, value in patterns:
        hit = passage.answered(pattern)
        lead = passage.text[passage.since : hit.start("said")] if hit else ""
        if hit and not _OF_ELSE.search(lead) and not _OF_ANOTHER_THING.search(lead):
            yield FoundFact("insurance", value, *hit.span("said"))
            return
