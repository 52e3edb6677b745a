"""Whether a clause tells of what is sought or feared instead of what there is."""

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
      | に?なりそう | になるか | かと(?:思|心配) | かもしれ
    )
    """,
    re.VERBOSE,
)
_MAY_BE_SOUGHT = MONEY_FACTS - {"debt"} | {"children", "employment", "handbook"}
_MAY_BE_FEARED = frozenset({"care_level", "illness", "job_lost", "marital"})


def without_unreal(passage: Passage, facts: Iterable[FoundFact]) -> Iterator[FoundFact]:
    """Yield the facts without those that somebody only seeks or fears, by the rest of the clause."""
    for fact in facts:
        end = passage.part_at(fact.start).end
        sought = fact.name in _MAY_BE_SOUGHT and _SOUGHT.match(passage.text, fact.end, end)
        feared = fact.name in _MAY_BE_FEARED and _FEARED.match(passage.text, fact.end, end)
        if not (sought or feared):
            yield fact
