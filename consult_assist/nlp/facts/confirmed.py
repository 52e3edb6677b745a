"""What the clerk says over (家賃は5万円でしたね) and the resident says yes to."""

import re
from collections.abc import Sequence
from dataclasses import replace

from consult_assist.counter.asking import split_spoken
from consult_assist.counter.stated import MONEY_FACTS
from consult_assist.nlp.facts.affirmed import affirmed
from consult_assist.nlp.facts.passage import FoundFact, Passage

_FIGURES = MONEY_FACTS | {"arrears_months", "child_age", "children", "birth_date", "phone", "resident_age"}
_PUT = re.compile(
    r"""
    (?:
        (?:で(?:す|した)?、?)?(?:お?間違い(?:は|が)?(?:ない|ありません|ございません)|よろしい|いい|合ってい?)
        (?:です|でしょう|ます)?か
      | (?:です|でした)(?:か|よね?|ね)
      | でしょうか
      | (?P<verb>(?<=い)ます|(?<=い)る)(?:か|よね?|ね|(?:ん|の)です[かね])
      | (?:と|って)
        (?:
            か | のこと(?:です[がね]?)?
          | (?:聞い|伺っ|うかがっ)て(?:い|お)り?ま(?:すが|した(?:が|けど))
        )
    )
    (?P<behind>、[^、。0-9]{1,10}は)?
    [。、？? ]*$
    """,
    re.VERBOSE,
)
"""How one puts to somebody what one believes to be so."""
_READ_BACK = re.compile(
    r"(?:復唱します(?:ね|と)?、|(?=(?:生年月日|お生まれ|お?電話))).*[0-9日](?:番)?(?=[。、 ]*$)"
)
"""お生まれは昭和30年4月2日。: what is written down is said over without more ado."""
_IS_OF = re.compile(
    r"(?P<value>[^、。がは]*[0-9万千円月人歳])(?:というの|って(?:いう)?の?)は、?(?P<what>[^、。]+)$"
)
"""ここにある5万円というのは、家賃: the value is named before what it is."""


def put_before(passage: Passage) -> str:
    """Return as a statement what was put to the one who now says yes; empty where nothing was."""
    said = split_spoken(passage.text[: passage.since])
    if not said or affirmed(passage) is None:
        return ""
    sentence = said[-1].strip()
    put = _PUT.search(sentence)
    if put is None:
        read_back = _READ_BACK.search(sentence)
        return f"{read_back.group()}です。" if read_back else ""
    stated = sentence[: put.start()] + (put["verb"] or "")
    if named := _IS_OF.search(stated):
        stated = f"{named['what']}は{named['value']}"
    subject = put["behind"].strip("、") if put["behind"] else ""
    return f"{subject}{stated}{'' if put['verb'] else 'です'}。"


def confirmed(passage: Passage, put: Sequence[FoundFact], own: Sequence[FoundFact]) -> list[FoundFact]:
    """Return the figures that are confirmed; what is told besides in the answer goes before them.

    Args:
        passage: the answer, behind what was put.
        put: stated in what was put.
        own: stated in the answer.
    """
    yes = affirmed(passage)
    told = {fact.name for fact in own if fact.end > passage.since}
    return [
        replace(fact, start=yes[0], end=yes[1])
        for fact in put
        if yes is not None and fact.name in _FIGURES - told
    ]
