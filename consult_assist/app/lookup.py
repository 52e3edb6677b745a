"""What the office knows about a typed word or sentence."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from consult_assist.app.workplace import Workplace
from consult_assist.domain.guidance import Term
from consult_assist.domain.search import Hit
from consult_assist.domain.speech import Revision
from consult_assist.errors import ConsultAssistError
from consult_assist.guidance.dangers import raised
from consult_assist.guidance.one_sentence import RankedProgramme, rank_programmes

MAX_HITS = 20
_MAX_CHARS = 1_000
"""Several times what anybody says in one breath; the time that a text takes grows faster than its length."""


def search_knowledge(workplace: Workplace, query: str) -> Sequence[Hit]:
    """Return the entries that fit half a word, a misspelt name or a sentence, best first.

    The first search builds the index, which an empty query does in advance. One thread at a time.
    """
    return workplace.load_search().find(query, MAX_HITS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What the program makes of a typed sentence: programmes, best first, and danger protocols."""

    text: str = field(repr=False)
    programmes: Sequence[RankedProgramme]
    alerts: Sequence[str]


def try_sentence(workplace: Workplace, text: str) -> Trial:
    """Understand a typed sentence as if a resident had said it.

    Raises:
        ConsultAssistError: it is no sentence any more.
    """
    if len(text) > _MAX_CHARS:
        raise ConsultAssistError(f"試す文は {_MAX_CHARS:,} 文字までにしてください。")
    found = workplace.load_analyzer().analyze("u0001", 0, text)
    terms = [item for item in found if isinstance(item, Term)]
    shown = next((item.text for item in found if isinstance(item, Revision)), text)
    programmes = rank_programmes(terms, workplace.knowledge, shown)
    return Trial(text=text, programmes=programmes, alerts=raised(terms))
