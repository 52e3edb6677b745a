"""What reads Japanese: the analyzer, its sentence encoder, the search, the dictionary of the linter."""

from collections.abc import Callable

from consult_assist.app.settings import Settings
from consult_assist.domain.knowledge import CueWords, KnowledgeBase
from consult_assist.knowledge.base import Reader
from consult_assist.nlp.base import Analyzer, Search, SentenceEncoder

# Engines are imported where they are made: what is not used costs no start-up time.
# ruff: noqa: PLC0415


def new_sentence_encoder(settings: Settings) -> SentenceEncoder:
    """Return what turns sentences into vectors; it loads with the first sentence."""
    from consult_assist.nlp.situations.sentence_vectors import UseSentenceEncoder

    return UseSentenceEncoder(settings.cache_folder)


def load_analyzer(
    settings: Settings, knowledge: KnowledgeBase, load_encoder: Callable[[], SentenceEncoder]
) -> Analyzer:
    """Return what finds programmes, dangers and facts in a sentence; takes seconds."""
    from consult_assist.nlp.array_cache import ArrayCache
    from consult_assist.nlp.ginza import GinzaModel
    from consult_assist.nlp.situations.matcher import read_situations
    from consult_assist.nlp.sudachi import SudachiAnalyzer

    encoder = load_encoder()
    kept = ArrayCache(settings.cache_folder, knowledge.digest)
    situations = read_situations(
        knowledge.programmes.values(),
        knowledge.protocols.values(),
        knowledge.everyday,
        encoder,
        kept,
    )
    model = GinzaModel()
    analyzer = SudachiAnalyzer(
        knowledge.programmes,
        knowledge.protocols,
        knowledge.vocabulary,
        knowledge.words,
        situations,
        kept=kept,
        context=model.context,
        entities=model,
    )
    encoder.encode("")  # its weights load now, not while someone waits for the first suggestion
    return analyzer


def load_search(knowledge: KnowledgeBase) -> Search:
    """Return the search over the knowledge."""
    from consult_assist.nlp.search.knowledge_search import KnowledgeSearch

    return KnowledgeSearch(knowledge)


def build_reader(words: CueWords) -> Reader:
    """Return the dictionary that the linter of the knowledge asks."""
    from consult_assist.nlp.reader import SudachiReader

    return SudachiReader(words)
