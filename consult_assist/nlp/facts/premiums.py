"""National health insurance that is told by its premium: only who is insured there is asked to pay."""

import re
from collections.abc import Iterator

from consult_assist.nlp.facts.passage import FoundFact, Passage, PassageClause

_N = "[0-9一二三四五六七八九十]"
_OWES = re.compile(
    rf"""
      (?:国保|国民健康保険)(?:料|税)?
      (?:
        (?:
          の(?:通知|督促状?|納付書|請求|支払い?|滞納|分|保険料)
        )?
        [がはもをと、]
        (?:
          (?!入って|加入|まだで|家賃|電気|ガス|水道|年金)[^。]
        ){{0,18}}?
      )?
      (?:
          払え(?:て(?:い)?(?:な|ま)|なく|ん(?!か)) | 払って(?:い)?(?:な|ま) | 滞納し
        | ため(?:て|ちゃ)
      )
    # 国保の保険料が届いて; 国保税がきつくて; 国保料が月に2万円で
    | (?:国保|国民健康保険)の?(?:保険料|料|税)(?:が|を|も|は|、)*[^。]{{0,10}}?
      (?:
          (?:来|届い)(?:て(?!は?い?(?:な|ませ))|た(?!ら))
        | 来ま(?:した(?!ら)|す(?!か))
        | 高く(?!な(?:る|れ|ったら)) | きつ | 重 | 引か
        | {_N}(?:万|千円|00円)
      )
    | (?:国保|国民健康保険)の?(?:保険料|料|税)の
      (?:相談 | 滞納 | 未納 | 督促 | 分納 | 分割 | 減免の(?:相談|申請|お願い))
    # 国保が、去年の10月からの半年分; 国保は減免してもらってます
    | (?:国保|国民健康保険)(?:の?保険料|料|税)?[がはもを]、?
      (?:
          [^。ば]{{0,24}}?(?:{_N}[かヶカヵケ箇]月|半年|{_N}年)分(?:です|が|で|、|。|$)
        | (?:全額|半額|{_N}割)?、?(?:減免|軽減|免除)
          (?:して(?:もらっ[てた]|いただいて) | され | を?受けて(?:い?ま|い?る|い?て) | になって)
      )
    """,
    re.VERBOSE,
)
_NOT_THERE = re.compile(
    r"""
    [^。]{0,12}?
    (?:
        (?:と|って)(?:聞|言わ) | らし | そうで
      | 入(?:って|れ|ら|り)[^、。]{0,4}(?:な|ませ|たく)
      | 加入[^、。]{0,6}(?:な|ませ)
    )
    """,
    re.VERBOSE,
)
"""国保の保険料が高くて、入ってないんです."""


def find_national_by_premium(passage: Passage, part: PassageClause) -> Iterator[FoundFact]:
    """Yield 国保 where a sentence that begins in a clause tells of its premium as one to pay."""
    for match in _OWES.finditer(passage.text, part.start):
        own = match.start() < part.end and match.end() > passage.since
        if own and not _NOT_THERE.match(passage.text, match.end()):
            yield FoundFact("insurance", "国保", *match.span())
