"""Answers to what somebody does, in which no word for work stands."""

import re
from collections.abc import Iterator

from consult_assist.nlp.facts.jobs import JOB_WORDS, JOBS
from consult_assist.nlp.facts.passage import FoundFact, Passage

_ANSWER_NONE = re.compile(
    r"""
    (?:いいえ|いえ|いや|今は)?[、。 ]*(?:今は|まだ|何も|もう|特に)*
    (?:(?:[0-9一二三四五六七八九十]+(?:か月|年)|半年)(?:くらい|ぐらい|ほど|も|は|、)*)?
    (?P<said>
        して(?:(?:い)?(?:ません|ない)|おらず|おりません)
      | やって(?:い)?(?:ません|ない)
      | 無職
      | 働[いけ]て(?:い)?(?:ません|ない)
      | ありません | ないです
    )
    """,
    re.VERBOSE,
)
_ANSWER_ON_LEAVE = re.compile(
    r"""
    (?:
        はい | ええ | いいえ | いえ | いま | 今(?!日) | 現在 | 実は | ずっと | ちょっと
      | 少し | しばらく | まだ | もう | 仕事は | 会社は | は | [、。 ]
      | (?:
          (?!
              曜 | 土日 | 週末 | [今昨明]日 | 午[前後] | 風邪 | かぜ | 熱 | 学校 | 園
            | 有[給休]
          )
          [^、。がをはも休]
        ){1,8}
        (?:から|で)
    )*+
    (?P<said>
      (?:お休みし|休ん)
      (?:
          [でて](?:い?ます|い?る(?!日|とき|時|こと)|おり)
        | どる | でんねん
      )
    )
    """,
    re.VERBOSE,
)
"""お仕事は。休んでます: who only stays away still has it."""
_ANSWER_NOTHING = re.compile(r"(?:いいえ|いえ|いや|今は|今|もう|特に|、|。)*(?P<said>何も)(?:[。、]|$)")
_ANSWER_QUIT = re.compile(
    r"""
    (?:いいえ|いえ|いや|実は|あの|もう|、|。)*
    (?P<said>
        (?:辞め|やめ)(?:ちゃい|させられ)?(?:まし)?た(?![いらくほ])
      | クビになり
    )
    """,
    re.VERBOSE,
)
_ANSWER_KIND = re.compile(
    rf"""
    (?:はい|ええ|まあ|今は|いまは|、|。)*
    (?P<said>
      (?P<job>{JOB_WORDS})の
      (?!面接|募集|話|件|人|方|仲間|友|契約|給料|収入)
      [^、。はがをにもで]{{1,8}}?
    )
    (?:です|だ|や)[、。よわ]
    """,
    re.VERBOSE,
)
"""お仕事は。日雇いの荷物運びです."""
_ANSWER_NO = re.compile(r"(?P<said>いいえ|いえ)[、。]")
_REST_OF_QUESTION = (
    r"[今現在何続就願教下あいうえおかがくけこさしすせだちって"
    r"でどなにねのはまもゃょられりるをん、 ]*+(?=[。？?！!]|$)"
)
"""Nothing but particles, endings and words like どう, 何 and 続けて."""
_ASKS_OF_WORK = re.compile(
    rf"(?:(?:仕事|勤め|職業)(?:のほう|の方|先)?|働(?:い|け|かれ)て){_REST_OF_QUESTION}"
)
"""お仕事は、どうされていますか; not お仕事のことで困っていることは, 仕事に影響は."""
_ASKS_WHETHER = re.compile(
    rf"""
    (?:^|[。？?！!])
    (?:
      今 | いま | 現在 | では | じゃあ | ご本人 | ご自身 | あなた | は | も | 、 | [ ]
    )*
    (?:
        お?仕事[はを]?、?(?:(?:今|現在)[はも]?、?)?
        (?:され|なさって|して|続けて|続けられて)
      | 働(?:い|かれ)て | 勤めて | お勤めされて
    )
    {_REST_OF_QUESTION}
    """,
    re.VERBOSE,
)


def find_answers(passage: Passage, *, goes_on: bool, has_another: bool) -> Iterator[FoundFact]:
    """Yield what an answer states: 休んでます, 辞めました, いいえ.

    Args:
        passage: answers a question for the speaker's own work.
        goes_on: work that goes on is named in it.
        has_another: work that goes on is named behind the first clause (辞めました。今はパートです).
    """
    of_work = _ASKS_OF_WORK.search(passage.asked.text) is not None
    for answer, value in ((_ANSWER_NONE, "無職"), (_ANSWER_NOTHING, "無職"), (_ANSWER_ON_LEAVE, "休職中")):
        if of_work and (hit := passage.answered(answer)):
            yield FoundFact("employment", value, *hit.span("said"))
    if of_work and (hit := passage.answered(_ANSWER_KIND)):
        yield FoundFact("employment", JOBS[hit["job"]], *hit.span("said"))
    hit = passage.answered(_ANSWER_QUIT)
    if hit and has_another:
        return
    if not hit and not goes_on and _ASKS_WHETHER.search(passage.asked.text):
        hit = _ANSWER_NO.match(passage.text, passage.since)
    if hit:
        yield FoundFact("employment", "無職", *hit.span("said"))
