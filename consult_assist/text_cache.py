"""What is remembered of the latest texts, only to be quick, goes when something is erased."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import _lru_cache_wrapper, lru_cache
from threading import Event, Lock
from typing import Any, TypeVar
from weakref import WeakSet

T = TypeVar("T")
_CACHES: "WeakSet[_lru_cache_wrapper[Any]]" = WeakSet()
_UNDER_WAY: set[Event] = set()
"""One for each time that something is being worked out; set when texts were to be forgotten meanwhile."""
_LOCK = Lock()
"""A set must not grow while it is gone through, and any thread may make a cache."""


def text_cache(maxsize: int) -> "Callable[[Callable[..., T]], _lru_cache_wrapper[T]]":
    """Keep the latest results of a function that takes what people say; `forget_texts` empties it.

    It is also applied to bound methods, `self.words = text_cache(16)(self._words)`: such a cache goes with
    its object.

    Args:
        maxsize: so many results are kept.
    """

    def register(function: Callable[..., T]) -> "_lru_cache_wrapper[T]":
        cached = lru_cache(maxsize=maxsize)(function)
        with _LOCK:
            _CACHES.add(cached)
        return cached

    return register


def forget_texts() -> None:
    """Empty every cache of texts; from any thread."""
    with _LOCK:
        for overtaken in _UNDER_WAY:
            overtaken.set()
    _empty()


@contextmanager
def forgetting_erased() -> Iterator[None]:
    """Forget in the end, too, where texts were to be forgotten while something was worked out of them."""
    overtaken = Event()
    with _LOCK:
        _UNDER_WAY.add(overtaken)
    try:
        yield
    finally:
        with _LOCK:
            _UNDER_WAY.remove(overtaken)
        if overtaken.is_set():
            _empty()


def _empty() -> None:
    with _LOCK:
        caches = list(_CACHES)
    for cached in caches:
        cached.cache_clear()
