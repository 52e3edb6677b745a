"""Levels that somebody was assessed at (要介護2, 3級), and whether one holds: 2級だったのが3級に."""

import re

from consult_assist.japanese.numerals import ARABIC_DIGITS

_HOLDS_NO_MORE = re.compile(
    r"""
      [^、。]{0,4}(?:では|じゃ)(?:ない|なく|ありません)
    | かも | だと(?:思|い)
    # 要支援1だったのが、今は要介護1に; 要介護1だったかな
    | (?:だった|でした)
      (?:
        の[がにを] | ん(?:です|だ)?(?:が|けど) | が | けど | か[な。、] | っけ
      )
    # 要介護1から要介護3に上がった
    | から、?(?:今は?|今度|去年|先月|、)*(?:要(?:介護|支援))?[ の]?[1-6一二三四五六]級?(?:に|へ|と)
    """,
    re.VERBOSE,
)
_SUPPOSED = re.compile(
    r"""
      以上 | 以下 | 相当 | 程度 | 未満 | なら | だと(?!のこと|言われ) | とか(?!で|言われ|なん)
    | から[1-6一二三四五六]
    | (?:くらい|ぐらい)(?:に|か)
    | か(?:も|な|どうか)
    | の(?:方|人)(?!で)
    | (?:に|が|を)?[^、。]{0,4}(?:
          なれば | なったら | なると | なりそう | なるか | 取れ(?:れば|たら|る) | 取りた | 欲し | ほし
        | (?<!変更)申請(?:中|したい|しよう|する)
      )
    """,
    re.VERBOSE,
)


def holds(text: str, position: int) -> bool:
    """Return whether the words from a character on let the level before it stand.

    They may deny it, say that it is over or yet to be given, or speak of whoever has such a one.
    """
    return not (_HOLDS_NO_MORE.match(text, position) or _SUPPOSED.match(text, position))


def printed(level: str) -> str:
    """Return a level as it is printed: 二級 is 2級, bの2 is B2."""
    return level.replace("の", "").translate(ARABIC_DIGITS).upper()
