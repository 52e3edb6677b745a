"""What is remembered of the latest texts, and that none of it is left after an erasure."""

import gc
import threading
import weakref
from collections.abc import Callable, Iterator, Sequence
from functools import _lru_cache_wrapper
from typing import Any

import numpy as np
from numpy.typing import NDArray

from consult_assist.nlp.situations.sentence_bank import SentenceBank
from consult_assist.nlp.situations.sentence_vectors import UseSentenceEncoder
from consult_assist.nlp.tokens import SudachiTokenizer
from consult_assist.record import condensing
from consult_assist.text_cache import forget_texts, forgetting_erased, text_cache

SAID = "家賃が払えません"


class _Length:
    """An encoder that knows only how long a sentence is."""

    def encode(self, sentence: str) -> NDArray[np.float32]:
        return np.array([len(sentence), 1], dtype=np.float32)

    def encode_all(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        return np.array([self.encode(sentence) for sentence in sentences])


def _caches(owner: object) -> Iterator[tuple[str, "_lru_cache_wrapper[Any]"]]:
    return ((name, item) for name, item in vars(owner).items() if isinstance(item, _lru_cache_wrapper))


def _is_emptied(owner: object, *used: Callable[[str], object]) -> None:
    """Check that everything an object remembers of a text goes."""
    for use in used:
        use(SAID)
    full = [name for name, cached in _caches(owner) if cached.cache_info().currsize]
    assert len(full) >= len(used)
    forget_texts()
    assert [name for name, cached in _caches(owner) if cached.cache_info().currsize] == []


def test_the_tokenizer_forgets() -> None:
    tokenizer = SudachiTokenizer()
    _is_emptied(tokenizer, tokenizer.words, tokenizer.names, tokenizer.lemma_reading, tokenizer.readings)


def test_what_was_condensed_for_the_record_is_forgotten() -> None:
    _is_emptied(condensing, condensing.condense)


def test_the_sentence_bank_forgets() -> None:
    bank = SentenceBank(["家賃が高い", "仕事がない"], _Length(), SudachiTokenizer())
    _is_emptied(bank, bank.items, bank.feature, bank.similarities, lambda _: bank.words(0))
    _is_emptied(bank.tokenizer, bank.tokenizer.words)


def test_the_sentence_encoder_forgets() -> None:
    encoder = UseSentenceEncoder()
    encoder._model = type("Model", (), {"encode": lambda _, texts: np.zeros((len(texts), 512))})()
    _is_emptied(encoder, encoder.encode)


def test_each_object_has_a_cache_of_its_own_that_goes_with_it() -> None:
    class Reader:
        def __init__(self, answer: int) -> None:
            self.answer = answer
            self.read = text_cache(4)(self._read)

        def _read(self, _text: str) -> int:
            return self.answer

    one, other = Reader(1), Reader(2)
    assert (one.read(SAID), other.read(SAID)) == (1, 2)
    gone = weakref.ref(one)
    del one
    gc.collect()
    assert gone() is None
    assert other.read.cache_info().currsize == 1


def test_what_was_under_way_at_an_erasure_is_forgotten_when_it_is_done() -> None:
    remembered = text_cache(2)(len)
    with forgetting_erased():
        forget_texts()
        remembered(SAID)
    assert remembered.cache_info().currsize == 0
    with forgetting_erased():
        remembered(SAID)
    assert remembered.cache_info().currsize == 1


def test_caches_may_be_made_while_others_are_emptied() -> None:
    done, broken = threading.Event(), list[Exception]()

    def make() -> None:
        while not done.is_set():
            try:
                text_cache(2)(len)(SAID)
            except Exception as error:  # noqa: BLE001 - whatever it is, the thread would die unseen
                broken.append(error)

    thread = threading.Thread(target=make)
    thread.start()
    for _ in range(300):
        forget_texts()
    done.set()
    thread.join()
    assert not broken
