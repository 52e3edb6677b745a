"""Whether one is married, divorced, parted or widowed."""

import re
from collections.abc import Iterator

from consult_assist.counter.mishearings import misheard
from consult_assist.japanese.people import SPOUSE, SUFFIX, Person, last_named
from consult_assist.nlp.facts.bereavement import DIED, DIED_WHEN, RITES, SINCE_WHEN
from consult_assist.nlp.facts.passage import FoundFact, Passage, PassageClause

_SPOUSE = SPOUSE + SUFFIX
_PARTNERS = (Person.SPOUSE, Person.FORMER)
_MARITAL: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("離婚", re.compile(
        rf"""
          # 離婚が成立しました; 離婚して; 離婚届を出しました
          (?:離婚|リコン|りこん)
          (?:
              (?:を|が)?
              (?:
                  成立
                | し(?:まし)?た(?!ら|い|ほう|方|場合|くて|く|が)
                | しまして
                | して
                  (?!
                      い?な | い?ませ | も | から(?:じゃ|で|どう|考) | ほし | くれ | いい
                    | しま(?:う|い)そう | やる
                  )
                | 済み
              )
            | 後 | 済み | しちゃっ | になりました
            | 届[けを]?(?:も|は)?(?:を)?(?:出し(?:まし)?た|出して)
          )
        # 夫とはもう別れました
        | {_SPOUSE}と(?:は|も)?、?
          (?:
              もう | とっくに
            | [^、。がはをも]{{1,8}}(?:前|年|月|春|夏|秋|冬)に
          )?
          、?
          (?:
            別れ(?:まし)?た(?!い|ら) | 別れて(?!い?な|も) | 離婚
          )
        | バツイチ | ばついち
        # 離婚の判は、去年押しました
        | 離婚の[判印は][^。]{{0,10}}押し(?:まし)?[たて](?!い|ら|も|な|くれ|ほし)
        | 籍[をは]?、?[^、。]{{0,6}}抜[いき](?:まし)?[たて](?!い|ら|も|くれ|ほし)
        """,
        re.VERBOSE,
    )),
    ("別居", re.compile(
        rf"""
          別居
          (?:
              し(?:て(?!い?な|い?ませ|も|み)|(?:まし)?た(?!い|ら|ほう|方))
            | 中 | です | で(?!き) | にな
          )
        | 別居(?:っていう|という|って)(?:意味|こと|形|状態)
        | 別々(?:に(?:暮|住)|の(?:家|うち|アパート|所|ところ)(?:で[すし、]|に(?:い|住|暮|お)))
        # 夫は別の市にいて
        | {_SPOUSE}[がは]、?(?:今は?、?)?(?:別の|[ほ他]かの|よその|遠くの)[^、。]{{1,6}}
          [にで](?:い[てまる]|お[りっ]|住|暮)
        # 妻は実家に行ったきりです
        | {_SPOUSE}[がは]、?[^。がはをも]{{1,12}}(?:行|い)ったきり
        # 子どもを連れて、実家に帰ってきちゃって
        | (?:子ども|子供|こども|子)[^。]{{0,8}}?連れて、?[^。]{{0,6}}?
          (?:
            実家 | 親元 | 親の(?:家|ところ) | 姉の(?:家|ところ) | 妹の(?:家|ところ)
          )
          [^。]{{0,4}}?
          (?:
              (?:帰って|戻って)き(?:ちゃ|てしま)
            | 逃げて | 身を寄せ | 転がり込
          )
        # 主人が去年家を出て行って
        | {_SPOUSE}[がはも]、?
          (?:
              もう | 去年 | 先月 | 急に | 突然 | 黙って
            | [0-9一二三四五六七八九十]+月に
            | 、
          )*
          (?:[^、。がはも]{{1,8}}を[^、。がはも]{{1,6}}て、?)?
          (?:家を|うちを)?出て(?:行|い)[っき]
          (?:
            て(?!い?な|くれ|ほし) | ちゃっ | (?:まし)?[たて](?!ら|い|くれ|ほし)
          )
        | {_SPOUSE}とは?、?[^、。]{{0,6}}離れて(?:暮ら|住ん)
        """,
        re.VERBOSE,
    )),
    ("未婚", re.compile(
        rf"""
          未婚(?!の人|の方)
        | 結婚[はも]?、?(?:[1一]度も|まだ)?して(?:は)?(?:い)?(?:な|ませ)
        | (?:籍[をはも]?|{misheard("籍")}[をはも])、?入れて(?:は)?(?:い)?(?:な|ませ)
        | 独身
        | 結婚[はも]?(?:[1一]度も)?した?ことが?(?:は|が)?、?(?:[1一]度も)?(?:な|あり)
        | (?:独り?|ひとり|一人)[者身](?=です|で、|だ(?!った)|なん)
        """,
        re.VERBOSE,
    )),
    ("既婚", re.compile(
        r"""
          既婚
        | 結婚して(?:い?ます|いて|いる|て|[0-9一二三四五六七八九十]+年|まだ)
        | 再婚(?:し(?:まし)?た(?!い|ら)|で、|です)
        | 籍(?:を|は)?入れ(?:まし)?た
        """,
        re.VERBOSE,
    )),
    ("死別", re.compile(
        rf"""
          死別 | {_SPOUSE}と(?:は|も)?、?死に別れ(?:て|まし)
        | {_SPOUSE}[がはをも]、?{SINCE_WHEN}(?!先立たれ|死なれ){DIED}
        | {_SPOUSE}に(?:は|も)?、?{DIED_WHEN}(?:先立た|死な)れ
        | {_SPOUSE}、?{DIED_WHEN}{DIED} | {_SPOUSE}{RITES}
        | (?:亡くな(?:った|りました)|死んだ|亡き){_SPOUSE}
        | (?:{_SPOUSE}|つま|おっと)[がはを、]、?
          (?:
            [^、。がはのを]{{0,3}}(?:月|年|急に|病気で|事故で)
          )?
          なくな(?:っ|りまし)
        """,
        re.VERBOSE,
    )),
)  # fmt: skip
_RITE = re.compile(RITES, re.VERBOSE)
_DENIABLE = frozenset({"離婚", "別居", "既婚", "死別"})
_NO_LONGER = ("離婚", "死別")
_ALONE = ("独", "ひとり", "一人")
"""Whoever was married may be 独身 or 独り身, but is not 未婚."""
_RELATIVE_CLAUSE = re.compile(
    r"離婚(?:し(?:まし)?|が成立し)?た(?=年|方|友|社員|者|場合|とき|時|の(?:か|です))"
)
_IN_DISPUTE = re.compile(
    r"""
      離婚(?:の)?(?:話|調停|協議|裁判)
    | 離婚
      (?:
          し(?:よう|たい|たく)
        | する(?:か|つもり|予定|かも|こと|場合|時|とき|なら)
      )
    """,
    re.VERBOSE,
)
_DONE = re.compile(
    r"""
    (?:はい|ええ|うん)?[、。 ]*
    (?P<said>
      (?:先月|去年|今年|昨年|もう|[0-9]+月に)?(?:に)?
      (?:
          しました
        | 成立し(?:ました|ています|てます)
        | 済みました | しています
      )
    )
    """,
    re.VERBOSE,
)
_NOT_MARRIED = re.compile(
    r"(?:いいえ|いえ|いや)?[、。 ]*"
    r"(?P<said>して(?:い)?(?:ません|ない)|独身|したこと[はが]?(?:な|あり)|まだ(?:です|。|$))"
)
_ASKS_DIVORCE = re.compile(r"離婚は?(?:もう|正式に)*(?:された|しました|され|して|成立)")
_ASKS_MARRIED = re.compile("結婚")
_ASKS_YEARS_MARRIED = re.compile(r"結婚[^。]{0,8}何年")
_YEARS = re.compile(r"(?:はい|ええ|もう|今年で|かれこれ|、)*(?P<said>[0-9一二三四五六七八九十]+年)(?!前)")
_ASKS_DEATH = re.compile(rf"{_SPOUSE}[がはも]?、?[^。]{{0,8}}亡くな(?:られ|っ)た")
_TELLS_DEATH = re.compile(
    r"""
    (?!いえ|いや|いいえ|まだ)[^。]{0,12}?
    (?P<said>[0-9一二三四五六七八九十]+(?:年|月|日|か月|週間) | 去年 | 昨年 | 先[月週])
    """,
    re.VERBOSE,
)
_OF_A_COUPLE = (
    ("離婚", re.compile(
        r"(?<![死生])別れ(?:まし)?[たて](?!い|ら|も|な)|判[をは]、?押し(?:まし)?[たて](?!い|ら|も|な|ね|くれ)"
    )),
    ("別居", re.compile(
        r"""
          家を出(?:まし)?[たて](?!い|ら|も|くれ|ほし|け|行け)
        | (?:実家|親(?:元|の(?:家|ところ|とこ))|[兄姉弟妹]の[一-龠ァ-ヴー]{1,5})[にへで]、?
          (?:
              (?:帰|戻)っ(?:て(?:しま|もう|き[てま]|い?(?:る|ます)|おり)|た(?:まま|ん|ので|。)|ちゃ)
            | (?:身を寄せ|置いて|泊めて)
          )
        """,
        re.VERBOSE,
    )),
    ("死別", re.compile(rf"{DIED}|見送(?:り(?:まし)?|っ)た(?!い|ら)", re.VERBOSE)),
)  # fmt: skip
"""What people say of the partner they were asked about, or of a divorce that was asked for."""


def find_marital(passage: Passage) -> Iterator[FoundFact]:
    """Yield the marital status that clauses state, or an answer does."""
    found = [fact for part in passage.stated_clauses() for fact in _stated(passage, part)]
    if passage.asked.text:
        found += _answered(passage)
    was_married = any(fact.value in _NO_LONGER for fact in found)
    for fact in found:
        if not (was_married and passage.text.startswith(_ALONE, fact.start)):
            yield fact


def _stated(passage: Passage, part: PassageClause) -> Iterator[FoundFact]:
    """Yield what a clause, with the rest of its sentence, states first."""
    rest = "".join(other.text for other in passage.sentence_of(part) if other.start == part.end)
    for value, pattern in _MARITAL:
        for match in pattern.finditer(part.text + rest):
            if match.start() >= len(part.text):
                continue
            start, end = part.span(match)
            if end <= passage.since:
                continue
            said = part.text[match.start() :]
            if value == "既婚" and last_named(passage.text[:start]) is Person.FORMER:
                continue
            if value == "離婚" and (_IN_DISPUTE.match(said) or _RELATIVE_CLAUSE.match(said)):
                continue
            denied = part.negated_after(start, passage.tokens)
            sure = "なくな" in match.group() or _RITE.search(match.group())
            if not (denied and value in _DENIABLE and not sure):
                yield FoundFact("marital", value, start, end)
                return


def _answered(passage: Passage) -> Iterator[FoundFact]:
    """Yield what an answer states: 離婚 for もうしました after 離婚はされましたか."""
    asked = passage.asked.text
    for value, question, answer in (
        ("離婚", _ASKS_DIVORCE, _DONE),
        ("未婚", _ASKS_MARRIED, _NOT_MARRIED),
        ("既婚", _ASKS_YEARS_MARRIED, _YEARS),
        ("死別", _ASKS_DEATH, _TELLS_DEATH),
    ):
        if question.search(asked) and (hit := passage.answered(answer)):
            yield FoundFact("marital", value, *hit.span("said"))
            return
    if passage.asked.person in _PARTNERS or "marital" in passage.asked.kinds:
        yield from _of_a_couple(passage)


def _of_a_couple(passage: Passage) -> Iterator[FoundFact]:
    for part in passage.stated_clauses():
        for value, pattern in _OF_A_COUPLE:
            hit = pattern.search(passage.text, max(part.start, passage.since))
            if not hit or hit.start() >= part.end or part.negated_after(hit.start(), passage.tokens):
                continue
            if value != "死別" or last_named(passage.text[passage.since : hit.start()]) in (None, *_PARTNERS):
                yield FoundFact("marital", value, *hit.span())
                return
