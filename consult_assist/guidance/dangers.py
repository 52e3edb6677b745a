"""Which dangers a resident's words raise: a sure sign alone, a doubtful one only in company."""

from collections.abc import Iterable

from consult_assist.domain.guidance import Term

WITHIN_S = 60.0
"""What is told within a minute belongs together.

Source: docs/decisions/0029-dangers.md.
"""
_SURE = 0.85
"""A sign that is less sure raises nothing alone.

Source: docs/decisions/0027-guidance-figures.md.
"""


def raised(found: Iterable[Term], before: Iterable[Term] = ()) -> tuple[str, ...]:
    """Return the protocols that one line raises, in the order of its words.

    Args:
        found: the terms of the line.
        before: the terms of what the resident said within the last minute.
    """
    known = {term.protocol for term in before}
    return tuple(
        dict.fromkeys(
            term.protocol
            for term in found
            if term.protocol is not None and (term.confidence >= _SURE or term.protocol in known)
        )
    )
