"""What the linter of the knowledge asks the dictionary: how a name is read, and whether a cue can hold."""

from collections.abc import Iterable, Iterator
from itertools import islice, product

from consult_assist.counter.cue import Cue, CueSyntaxError, parse_cue
from consult_assist.domain.knowledge import CueWords
from consult_assist.nlp.situations.cues import CueMatcher, CueOwner
from consult_assist.nlp.tokens import SIGNS, SudachiTokenizer

_JOINTS = ("", "が", "を", "に", "、", "て、", "の")
_MAX_SENTENCES = 400


class SudachiReader:
    """Reads with the dictionary that also cuts the talk. For use by one thread at a time."""

    def __init__(self, words: CueWords) -> None:
        """Open the dictionary.

        Args:
            words: the groups that cues name.
        """
        self._tokenizer = SudachiTokenizer()
        self._words = CueWords(groups=words.groups)

    def reading(self, text: str) -> str | None:
        """Return the katakana reading, or None where some character has none."""
        tokens = [token for token in self._tokenizer.names(text) if token.kind not in SIGNS]
        return "".join(token.reading for token in tokens) if all(token.reading for token in tokens) else None

    def idle_cues(self, cues: Iterable[str]) -> Iterator[str]:
        """Yield the cues that hold in no sentence made of their own words."""
        for cue in cues:
            try:
                parsed = parse_cue(cue, self._words.groups)
            except CueSyntaxError:
                continue
            matcher = CueMatcher([(cue, CueOwner(programme=""))], self._tokenizer, self._words)
            if not any(matcher.find(sentence) for sentence in islice(_sentences(parsed), _MAX_SENTENCES)):
                yield cue


def _sentences(cue: Cue) -> Iterator[str]:
    """Yield sentences in which every alternative has its turn early."""
    n_most = max(len(group) for group in cue.words)
    turns = (tuple(group[turn % len(group)] for group in cue.words) for turn in range(n_most))
    for words in dict.fromkeys((*turns, *islice(product(*cue.words), _MAX_SENTENCES))):
        for order in (words, words[::-1]) if len(words) > 1 else (words,):
            for joint in _JOINTS[: len(_JOINTS) if len(words) > 1 else 1]:
                yield joint.join(order)
