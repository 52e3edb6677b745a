"""GiNZA on top of the rules: names, dates and illnesses out of its entities."""

import warnings
from collections.abc import Iterable, Mapping, Sequence

import spacy
from spacy.language import Language

from consult_assist.domain.knowledge import DangerProtocol, Name, Programme
from consult_assist.nlp.entities import find_entities
from consult_assist.nlp.passage import FoundFact, Passage
from consult_assist.nlp.sudachi import SudachiAnalyzer

_UNUSED = ("parser", "morphologizer", "compound_splitter", "bunsetu_recognizer")
"""Parts of the model that no rule asks for; without them an utterance takes two thirds of the time."""
_MOST_CHARS = 1000


class GinzaAnalyzer(SudachiAnalyzer):
    """The full analyzer; making one takes seconds and half a gigabyte. For use by one thread at a time."""

    def __init__(
        self,
        programmes: Mapping[str, Programme],
        protocols: Mapping[str, DangerProtocol],
        vocabulary: Sequence[Name],
    ) -> None:
        """Load the model and compile the knowledge base."""
        super().__init__(programmes, protocols, vocabulary)
        self._model = _load_model()

    def _facts(self, passage: Passage, since: int) -> Iterable[FoundFact]:
        found = list(super()._facts(passage, since))
        start = passage.folded.position(since)
        if 0 < len(passage.text[start:].strip()) <= _MOST_CHARS:
            found += find_entities(passage, self._model(passage.text[start:]), start)
        return found


def _load_model() -> Language:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return spacy.load("ja_ginza", exclude=list(_UNUSED))
