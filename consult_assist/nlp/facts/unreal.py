"""Whether a clause tells of what is sought, feared or over instead of what there is."""

import re
from collections.abc import Iterable, Iterator

from consult_assist.counter.stated import MONEY_FACTS
from consult_assist.nlp.facts.passage import FoundFact, Passage

_SOUGHT = re.compile(
    r"""
    (?:(?!から|より)[^、。]){0,16}?
    (?:
        (?:越し|移り|移ろう|移れ|住み|入り|働き|勤め|稼ぎ|もらい|なり|就き|始め|借り|作り|申し込み)
        (?:た(?:い|く(?!な)|かった)|よう(?!や))
      | (?:稼げ|もらえ|なれ|働け|入れ|借りられ|住め|取れ|あっ|いただけ|くれ)(?:たら|れ?ば(?!、?(?:いく|どう)))
      | (?:ほし|欲し)[いか]
      | 探して
    )
    """,
    re.VERBOSE,
)
"""家賃3万円くらいのところに引っ越したい, 月に20万円稼げたら; 7万円の部屋から移りたい tells the rent."""
_FEARED = re.compile(
    r"""
    (?:
        (?:なん)?(?:じゃ|では)ない[かの](?:と|って|な|[。、]|$)
      | の(?:一歩)?手前 | の?予備軍 | に?なりそう | になるか | かと(?:思|心配) | かもしれ
    )
    """,
    re.VERBOSE,
)
_FORMERLY = re.compile(
    r"""
      昔は? | 若い(?:ころ|頃|時|とき) | 以前は? | 当時は? | (?<![手午])前は | もともとは?
    | (?:
          [去昨]年 | 先月 | [0-9一二三四五六七八九十]+[月年]前? | この[前間] | 最近 | 途中
        | (?:結婚|離婚)する
      )
      まで(?:は|ずっと)?
    """,
    re.VERBOSE,
)
_WAS = re.compile(
    r"""
    (?:(?!今|現在)[^、。]){0,14}?
    (?:
        でし[たて] | だっ[たて](?!ら) | い(?:まし)?た | おりました | あ(?:りまし|っ)た
      | (?:持|入|つか)って(?:い)?(?:まし)?た
    )
    """,
    re.VERBOSE,
)
"""昔は子どもが三人いた, 去年まで国保だった: what was is told of, not what is."""
_DIED_SO = re.compile(r"で、?[^、。はがも]{0,10}?(?:亡くな|他界|死ん|死に)")
_MAY_BE_OVER = frozenset({"care_level", "children", "handbook", "insurance"})
_MAY_BE_SOUGHT = MONEY_FACTS - {"debt"} | {"children", "employment", "handbook"}
_MAY_BE_FEARED = frozenset({"care_level", "illness", "job_lost", "marital"})


def without_unreal(passage: Passage, facts: Iterable[FoundFact]) -> Iterator[FoundFact]:
    """Yield the facts without those that somebody only seeks or fears, or that are over, by their clause."""
    for fact in facts:
        part = passage.part_at(fact.start)
        end = part.end
        formerly = fact.name in _MAY_BE_OVER and _FORMERLY.search(passage.text, part.start, fact.start)
        sought = fact.name in _MAY_BE_SOUGHT and _SOUGHT.match(passage.text, fact.end, end)
        feared = fact.name in _MAY_BE_FEARED and _FEARED.match(passage.text, fact.end, end)
        over = formerly and _WAS.match(passage.text, fact.end, end)
        over = over or (fact.name in _MAY_BE_OVER and _DIED_SO.match(passage.text, fact.end, end))
        if not (sought or feared or over):
            yield fact
