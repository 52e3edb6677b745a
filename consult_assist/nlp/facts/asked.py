"""What the question before an answer wants to know."""

import re
from dataclasses import dataclass, field

from consult_assist.counter.asking import is_asking, kinds_asked, split_spoken
from consult_assist.japanese.people import Person, last_named

_SENTENCES_BACK = 3
_SEEKS_ASSENT = re.compile(r"(?:です|ます|ました|でした)よ?ね[。？?、 ]*$")
"""手帳は2級をお持ちですね: what a clerk wants confirmed is asked for as well."""
_OWN_NAME = re.compile(r"(?<!の)(?<!のお)(?:名前|氏名)")


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """A question as the rules see it.

    Attributes:
        text: its last sentences; empty where nothing was asked.
        kinds: names of the facts it asks for.
        person: whom it speaks of last, None where it names nobody.
    """

    text: str = ""
    kinds: frozenset[str] = field(default_factory=frozenset)
    person: Person | None = None

    @property
    def of_child(self) -> bool:
        """Whether it speaks of a child."""
        return self.person is not None and self.person.is_child


NOTHING_ASKED = Asked()


def read_asked(lead: str) -> Asked:
    """Read what was said just before an utterance: its last question and the sentence it began in."""
    last = split_spoken(lead)[-_SENTENCES_BACK:]
    asking = [
        place for place, sentence in enumerate(last) if is_asking(sentence) or _SEEKS_ASSENT.search(sentence)
    ]
    if not asking:
        return NOTHING_ASKED
    text = "".join(last[max(0, asking[-1] - 1) : asking[-1] + 1])
    return Asked(text, kinds_asked(text), _whom(text))


def _whom(text: str) -> Person | None:
    """Return whom a question speaks of; a name asked for without an owner is the listener's."""
    name = max((hit.end() for hit in _OWN_NAME.finditer(text)), default=0)
    return last_named(text[name:]) or (Person.SELF if name else None)
