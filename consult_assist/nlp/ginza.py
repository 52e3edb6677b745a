"""GiNZA → names and illnesses out of its entities, and which words go together."""

import warnings
from collections.abc import Callable, Sequence

import spacy
from spacy.lang.ja import JapaneseTokenizer, get_dtokens_and_spaces
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab
from sudachipy import SplitMode
from thinc.api import use_ops

from consult_assist.nlp.facts.entities import find_entities, may_hold_entities
from consult_assist.nlp.facts.passage import FoundFact, Passage
from consult_assist.nlp.repair.word_vectors import WordVectorSimilarity, open_vectors
from consult_assist.nlp.tokens import core_dictionary

_UNUSED = ("parser", "morphologizer", "compound_splitter", "bunsetu_recognizer", "attribute_ruler")
"""Parts of the model that no rule asks for; without them an utterance takes two thirds of the time."""
_HEAVY = ("tokenizer", "strings", "vectors")
"""Parts that are made again here, or (the spelling of 600,000 words) never looked up.

Source: our measurement, 320 MB and no entity more or less (docs/decisions/0006-memory.md).
"""
_TOKENIZER = "consult_assist.SharedDictionaryTokenizer.v1"
_MAX_CHARS = 1000


class GinzaModel:
    """The language model: finds names and illnesses, and knows which words go together.

    Making one takes seconds. For use by one thread at a time.

    Attributes:
        context: tells by its word vectors which word goes better with those around it.
    """

    def __init__(self) -> None:
        """Load the model."""
        self._model = _load_model()
        self.context = WordVectorSimilarity(self._model.vocab.vectors)

    def find(self, passage: Passage) -> Sequence[FoundFact]:
        """Return the facts in what was said now; a text that is too long or cannot hold any is not read."""
        own = passage.text[passage.since :]
        if len(own) > _MAX_CHARS or not may_hold_entities(passage):
            return ()
        with self._model.memory_zone():  # else its vocabulary would keep every word that anyone ever says
            return tuple(find_entities(passage, self._model(own), passage.since))


class _SharedDictionaryTokenizer(JapaneseTokenizer):
    """spaCy's tokenizer on the dictionary that is open already."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self.split_mode = "C"
        self.need_subtokens = False
        self.tokenizer = core_dictionary().create(mode=SplitMode.C)

    def __call__(self, text: str) -> Doc:
        """Cut a text, no more: entities are found by spelling and shape; readings would stay in the model."""
        cut = self._get_dtokens(self.tokenizer.tokenize(text))
        tokens, spaces = get_dtokens_and_spaces(cut, text)  # type: ignore[no-untyped-call]
        return Doc(self.vocab, words=[token.surface for token in tokens], spaces=spaces)


def _new_tokenizer(split_mode: str) -> Callable[[Language], JapaneseTokenizer]:
    assert split_mode == "C", "the entities were learned on the longest words"
    return lambda model: _SharedDictionaryTokenizer(model.vocab)


def _load_model() -> Language:
    registry.tokenizers.register(_TOKENIZER, func=_new_tokenizer)
    with warnings.catch_warnings(), use_ops("numpy", use_blis=False):
        warnings.simplefilter("ignore")
        model = spacy.load(
            "ja_ginza", exclude=[*_UNUSED, *_HEAVY], config={"nlp.tokenizer.@tokenizers": _TOKENIZER}
        )
    model.vocab.vectors = open_vectors(model.path / "vocab")
    return model
