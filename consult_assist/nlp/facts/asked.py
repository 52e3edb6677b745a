"""What the question before an answer wants to know."""

import re
from dataclasses import dataclass, field

from consult_assist.counter.asking import is_asking, kinds_asked, split_spoken
from consult_assist.japanese.people import Named, Person, people_in

_SENTENCES_BACK = 3
_SEEKS_ASSENT = re.compile(
    r"""
    (?:
        (?:です|ます|ました|でした)よ?ね
      | (?:ある|いる|た)と
      | だけ | とか | とのこと(?:です[がね]?)?
      | と[^、。]{0,8}(?:聞い|伺っ|うかがっ)て(?:い|お)り?ま(?:すが|した(?:が|けど))
    )
    [。？?、 ]*$
    """,
    re.VERBOSE,
)
"""手帳は2級をお持ちですね: what a clerk wants confirmed is asked for as well."""
_HONOURED = re.compile("[おご御](?=.)|さん|さま|様")
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
    before, question = last[max(0, asking[-1] - 1) : asking[-1]], last[asking[-1]]
    text = "".join((*before, question))
    return Asked(text, kinds_asked(text), _whom(question) or _whom("".join(before), politely=True))


def _whom(text: str, *, politely: bool = False) -> Person | None:
    """Return whom a question speaks of; a name asked for without an owner is the listener's.

    Args:
        text: the question, or what was said before it.
        politely: only those count whom one speaks of as another's (お母さま, not 母).
    """
    name = max((hit.end() for hit in _OWN_NAME.finditer(text)), default=0)
    named = [one for one in people_in(text, name) if not politely or _is_polite(text, one)]
    return named[-1].person if named else Person.SELF if name else None


def _is_polite(text: str, one: Named) -> bool:
    return _HONOURED.search(text, max(0, one.start - 1), one.end + 2) is not None
