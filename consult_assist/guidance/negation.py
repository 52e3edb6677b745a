"""Whether a name was said only to say that it is not what is meant."""

import re

from consult_assist.domain.guidance import Match, Term

_IS_NOT = re.compile(
    r"(?:とか|って)?(?:という|いう)?(?:わけ|の?こと|の?ほう|の)?(?:で(?:は)?|じゃ)、?"
    r"(?:なくて?(?!も|ちゃ|な[っり]|は|、?て?(?:も|は))|ありません(?!か|でしょ|よね|ね)"
    r"|な(?:い|かった)(?!か|かも|かしら|かな|で?しょ|と|です(?:か|よね|ね)|の(?:[。？?]|$)|んで(?:すか|しょう)|んじゃ|よね|ん?だろ|？|\?))"
)
"""生活保護じゃないですか and 生活保護じゃないと say no such thing."""


def is_denied(text: str, term: Term) -> bool:
    """Return whether the name of a programme is denied by what follows it (ひきこもりではないです).

    Args:
        text: the revision that the term indexes.
        term: what was found in it.
    """
    return term.how is not Match.CUE and _IS_NOT.match(text, term.end_char) is not None
