"""Whether the clerk explains a programme in other words than its name, or says that it does not apply."""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from consult_assist.counter.question_parts import asks
from consult_assist.domain.knowledge import KnowledgeBase, Programme
from consult_assist.japanese.sentences import split_sentences

WITHIN_S = 10.0
"""What the clerk says within this time is one explanation, however the pauses cut it."""
_MIN_SCORE = 9.0
_CLEARLY_MORE = 1.5
_MAX_BY_WORD = 4.0
"""No word alone explains: 社会福祉協議会 lends money, keeps purses and more.

Source: our own measurement, docs/decisions/0017-guidance-ledger.md: no programme was wrongly taken as told in
thirteen consultations with every programme's name taken out.
"""
_WORD = re.compile(r"[一-龠々]{2,}|[ァ-ヴー]{2,}|[0-9]+[一-龠々]+")
_REFUSES = re.compile(
    r"対象(?:に|とは|には|では)?な(?:りません|らない|らず|らなく)|対象(?:では|じゃ)(?:ありません|ない)"
    r"|対象外(?:です|に|とな)|該当(?:しません|しない)|当てはまりません"
)
_CONDITION = re.compile(r"(?:と|たら|れば|場合[はに]?|とき[はに]?|なら|[方人者]は|だけは|以外は)、?[^、。]*$")


def refuses(text: str) -> bool:
    """Return whether a line says that something does not apply, not under which condition it would not."""
    return any(_CONDITION.search(text[: found.start()]) is None for found in _REFUSES.finditer(text))


def statements(text: str) -> str:
    """Return what a line says without what it asks."""
    return "".join(sentence for sentence in split_sentences(text) if not asks(sentence))


class ExplanationDetector:
    """The words each programme is explained with: its figures, whom it is for, its papers."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        """Weigh every pair of signs by how few programmes are explained with it."""
        pairs = {item.id: _pairs(_explanation(item)) for item in knowledge.programmes.values()}
        known_by = Counter(pair for own in pairs.values() for pair in own)
        self._weights: Mapping[str, Mapping[str, float]] = {
            programme: {pair: math.log(len(pairs) / known_by[pair]) for pair in own}
            for programme, own in pairs.items()
        }

    def explained(self, words: str, programmes: Collection[str]) -> str | None:
        """Return the one programme that these words clearly explain, or None.

        Args:
            words: what the clerk said.
            programmes: what the consultation has touched so far; nothing else is looked for.
        """
        said = {_pairs_of(word) for word in _WORD.findall(words)}
        ranked = sorted(((self._score(item, said), item) for item in programmes), reverse=True)
        if not ranked or ranked[0][0] < _MIN_SCORE:
            return None
        if len(ranked) > 1 and ranked[0][0] < _CLEARLY_MORE * ranked[1][0]:
            return None
        return ranked[0][1]

    def _score(self, programme: str, said: Iterable[frozenset[str]]) -> float:
        own = self._weights.get(programme, {})
        return sum(min(_MAX_BY_WORD, sum(own.get(pair, 0.0) for pair in pairs)) for pairs in said)


def _explanation(programme: Programme) -> str:
    parts = (
        *(name.text for name in programme.names),
        programme.summary,
        *programme.target,
        *(amount.text for amount in programme.amounts),
        *programme.documents,
    )
    return "\n".join(parts)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(pair for word in _WORD.findall(text) for pair in _pairs_of(word))


def _pairs_of(word: str) -> frozenset[str]:
    return frozenset(word[at : at + 2] for at in range(len(word) - 1))
