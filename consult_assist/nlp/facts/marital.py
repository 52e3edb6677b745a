"""Whether one is married, divorced, parted or widowed."""

import re
from collections.abc import Iterator

from consult_assist.counter.mishearings import misheard
from consult_assist.japanese.people import SPOUSE, SUFFIX
from consult_assist.nlp.facts.bereavement import DIED, DIED_WHEN, RITES, SINCE_WHEN
from consult_assist.nlp.facts.passage import FoundFact, Passage, PassageClause

_SPOUSE = SPOUSE + SUFFIX
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
        | 別々に(?:暮|住)
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
          (?:家を|うちを)?出て(?:行っ|いっ)
          (?:
            て(?!い?な|くれ|ほし) | ちゃっ | (?:まし)?た(?!ら|い)
          )
        | {_SPOUSE}とは?、?[^、。]{{0,6}}離れて(?:暮ら|住ん)
        """,
        re.VERBOSE,
    )),
    ("未婚", re.compile(
        rf"""
          未婚(?!の人|の方)
        | 結婚(?:は)?して(?:は)?(?:い)?(?:な|ませ)
        | (?:籍[をはも]?|{misheard("籍")}[をはも])、?入れて(?:は)?(?:い)?(?:な|ませ)
        | 独身
        | 結婚した?ことが?(?:は|が)?(?:な|あり)
        """,
        re.VERBOSE,
    )),
    ("既婚", re.compile(
        r"""
          既婚
        | 結婚して(?:い?ます|いて|いる|て|[0-9一二三四五六七八九十]+年|まだ)
        | 再婚し(?:まし)?た(?!い|ら)
        | 籍(?:を|は)?入れ(?:まし)?た
        """,
        re.VERBOSE,
    )),
    ("死別", re.compile(
        rf"""
          死別
        | {_SPOUSE}[がはをも]、?{SINCE_WHEN}(?!先立たれ|死なれ){DIED}
        | {_SPOUSE}に(?:は|も)?、?{DIED_WHEN}(?:先立た|死な)れ
        | {_SPOUSE}、?{DIED_WHEN}{DIED} | {_SPOUSE}{RITES}
        | (?:亡くな(?:った|りました)|死んだ|亡き){_SPOUSE}
        | (?:{_SPOUSE}|つま|おっと)[がはを]、?
          (?:
            [^、。がはのを]{{0,3}}(?:月|年|急に|病気で|事故で)
          )?
          なくな(?:っ|りまし)
        """,
        re.VERBOSE,
    )),
)  # fmt: skip
_DENIABLE = frozenset({"離婚", "別居", "既婚", "死別"})
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
_NOT_MARRIED = re.compile(r"(?:いいえ|いえ|いや)?[、。 ]*(?P<said>して(?:い)?(?:ません|ない)|独身)")
_ASKS_DIVORCE = re.compile(r"離婚は?(?:もう|正式に)*(?:された|しました|され|して|成立)")


def find_marital(passage: Passage, part: PassageClause) -> Iterator[FoundFact]:
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
            if value == "離婚" and (_IN_DISPUTE.match(said) or _RELATIVE_CLAUSE.match(said)):
                continue
            denied = part.negated_after(start, passage.tokens)
            if not (denied and value in _DENIABLE and "なくな" not in match.group()):
                yield FoundFact("marital", value, start, end)
                return


def find_marital_answer(passage: Passage) -> Iterator[FoundFact]:
    """Yield what an answer states: 離婚 for もうしました after 離婚はされましたか."""
    if _ASKS_DIVORCE.search(passage.asked.text) and (hit := _DONE.match(passage.text, passage.since)):
        yield FoundFact("marital", "離婚", *hit.span("said"))
    if "結婚" in passage.asked.text and (hit := _NOT_MARRIED.match(passage.text, passage.since)):
        yield FoundFact("marital", "未婚", *hit.span("said"))
