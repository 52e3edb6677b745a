"""Whether somebody works on one's own account: a shop, a trade, a farm."""

import re

_GOES_ON = r"""
    (?:
        (?:やって|して)(?:い?ま(?!し)|い?る|い?て(?!た)|おり(?!まし)|ん(?!た)|$)
      | (?:やっ|し)と(?:る|り(?!まし)|って|ん)
    )
"""
_SHOP = r"""
    (?:
        店 | お店 | 会社 | 商売 | 事業 | 食堂 | 喫茶店 | 美容室 | 美容院 | 居酒屋 | スナック | サロン
      | 工務店 | 教室 | 塾 | 農業 | 漁師 | 民宿 | 旅館 | (?<![一-龠])[一-龠]{1,2}屋
    )
"""
_TRADE = r"(?:大工|左官|塗装|運送|配達|内装|解体|土建|電気工事|親方|職人|植木|農業|畑|漁師?|美容師)"
_OWN = re.compile(
    rf"""
      # 夫婦で食堂をやっています
      (?:自分で|一人で|1人で|夫婦で)?
      {_SHOP}を、?(?:夫婦で|一人で|1人で|家族で|自分で)?、?
      (?: 始めた | 始めて | {_GOES_ON} | 営んで | 経営し | 立ち上げ(?:た|て) )
    # うちは農家なんです
    | (?:(?<![^、。 ])|うちは|私は|わたしは)(?:農家|百姓)
      (?:
        なん[でだ] | です | をして(?:い?ま|い?る|おり) | をやって
      )
    # フリーでデザインをやっています; 個人で運送の仕事をしています
    | フリーで[^、。]{{0,10}}{_GOES_ON}
    | 個人で(?:[^、。]{{0,10}}(?:仕事|商売|運送|配達|大工|左官)[^、。]{{0,6}})?{_GOES_ON}
    # 大工を、一人でやっています
    | {_TRADE}[^。]{{0,14}}(?:一人|1人)で{_GOES_ON}
    """,
    re.VERBOSE,
)
_OVER = re.compile(r"い(?!ま)|(?:い|て)?(?:た(?:い|ん|こ)|ましたが)|けど")
"""店をやっていたんですが: it is over, or only wished for."""


def find_own_business(clause: str) -> re.Match[str] | None:
    """Return where a clause tells of a business of one's own that goes on."""
    match = _OWN.search(clause)
    return match if match and not _OVER.match(clause, match.end()) else None
