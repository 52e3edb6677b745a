"""What the question before an answer wants to know."""

from dataclasses import dataclass, field

from consult_assist.japanese.asking import is_asking, kinds_asked, split_spoken
from consult_assist.nlp.persons import nearest_person

_SENTENCES_BACK = 3


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """A question as the rules see it.

    Attributes:
        text: its last sentences; empty where nothing was asked.
        kinds: names of the facts it asks for.
        person: whom it speaks of: `child`, `self`, `other`, or None.
    """

    text: str = ""
    kinds: frozenset[str] = field(default_factory=frozenset)
    person: str | None = None


NOTHING_ASKED = Asked()


def read_asked(lead: str) -> Asked:
    """Read what was said just before an utterance: its last question and the sentence it began in."""
    last = split_spoken(lead)[-_SENTENCES_BACK:]
    asking = [place for place, sentence in enumerate(last) if is_asking(sentence)]
    if not asking:
        return NOTHING_ASKED
    text = "".join(last[max(0, asking[-1] - 1) : asking[-1] + 1])
    return Asked(text, kinds_asked(text), nearest_person(text))
