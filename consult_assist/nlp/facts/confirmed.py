"""What is put to somebody (家賃は5万円でしたね, 手帳は精神の2級ですか) who says yes to it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from consult_assist.counter.asking import split_spoken
from consult_assist.counter.stated import MONEY_FACTS
from consult_assist.nlp.facts.passage import FoundFact, Passage

_CONFIRMED = MONEY_FACTS | {
    "arrears_months", "birth_date", "care_level", "child_age", "children", "employment", "handbook",
    "insurance", "phone", "resident_age", "school_year",
}  # fmt: skip
_YES = re.compile(
    r"""
    (?:あ[あっ]?|えっ?と|まあ|、)*
    (?P<said>
      はい | はあ | ええ | うん(?!ん) | (?:そう|さよう)(?:です|なん|だ|。|、|$)
    )
    (?![^。]{0,12}(?:いえ|違|ちが|じゃな|ではな|ませんでした|前は|でした(?:が|けど)))
    """,
    re.VERBOSE,
)
_EITHER = re.compile(r"か、|それとも|または|どちら|どれ|何級|何か|いつ|どんな|どう|[^ん]ませんか")
"""Who says yes to a question that leaves a choice has not chosen."""
_PUT = re.compile(
    r"""
    (?:
        (?:
            (?:で(?:す|した)?、?)?(?:お?間違い(?:は|が)?(?:ない|ありません|ございません)|合ってい?)
          | (?:で(?:す|した)?|(?<=[0-9円歳人日月級]))、?(?:よろしい|いい)
        )
        (?:です|でしょう|ます)?か
      | (?<!よろしい)(?<!いい)(?:という(?:こと|形))?
        (?:(?:です|(?P<was>でした)|でいらっしゃいます)(?:か|よね?|ね)|でしょうか)
      | (?P<verb>(?:(?<=い)|(?<=おられ))ます|(?<=い)る)(?:か|よね?|ね|(?:ん|の)です[かね])
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
"""How one puts to somebody what one believes to be so; 紹介しますが、よろしいですか asks for leave."""
_OF_A_RULE = re.compile(
    r"""
      上限 | 限度 | 最大 | 原則 | 基準 | 対象 | 場合 | [0-9一二三四五六七八九](?:割|%|パーセント)
    | 補助 | 助成 | (?<!からの)援助 | 支給さ?れます | 減額 | 減免 | 免除 | 割引 | 申請 | 申し込
    | [1一](?:人|世帯)(?:で|に?つき|当?あ?たり)、?[^。]*円
    """,
    re.VERBOSE,
)
"""医療費は月に1万円が上限ですね: a clerk who says a rule over asks whether it is understood."""
_FIGURE = re.compile("[0-9一二三四五六七八九十]")
"""家賃は5万円でしたか recalls what was told and holds; 派遣でしたか asks of what is over."""
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
    if not said or _yes(passage) is None:
        return ""
    sentence = said[-1].strip()
    put = _PUT.search(sentence)
    if put is not None and _OF_A_RULE.search(sentence):
        return ""
    if put is None:
        read_back = _READ_BACK.search(sentence)
        return f"{read_back.group()}です。" if read_back else ""
    stated = sentence[: put.start()] + (put["verb"] or "")
    if named := _IS_OF.search(stated):
        stated = f"{named['what']}は{named['value']}"
    subject = put["behind"].strip("、") if put["behind"] else ""
    over = put["was"] and not _FIGURE.search(stated)
    return f"{subject}{stated}{'' if put['verb'] else 'でした' if over else 'です'}。"


def confirmed(passage: Passage, put: Sequence[FoundFact], own: Sequence[FoundFact]) -> list[FoundFact]:
    """Return the facts that are confirmed; what is told besides in the answer goes before them.

    Args:
        passage: the answer, behind what was put.
        put: stated in what was put.
        own: stated in the answer.
    """
    yes = _yes(passage)
    told = {fact.name for fact in own if fact.end > passage.since}
    return [
        replace(fact, start=yes[0], end=yes[1])
        for fact in put
        if yes is not None and fact.name in _CONFIRMED - told
    ]


def _yes(passage: Passage) -> tuple[int, int] | None:
    """Return where an answer says yes to a question that leaves no choice, None where it does not."""
    hit = _YES.match(passage.text, passage.since)
    return hit.span("said") if hit and not _EITHER.search(passage.asked.text) else None
