"""Whether an answer says yes to what the question names: 精神の2級をお持ちですか。はい、そうです."""

import re

from consult_assist.nlp.facts.passage import Passage

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


def affirmed(passage: Passage) -> tuple[int, int] | None:
    """Return where an answer says yes to a question that leaves no choice, None where it does not."""
    hit = _YES.match(passage.text, passage.since)
    return hit.span("said") if hit and not _EITHER.search(passage.asked.text) else None
