"""What is remembered of the latest texts, only to be quick, goes when something is erased."""

from collections.abc import Callable
from functools import _lru_cache_wrapper, lru_cache
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakSet

T = TypeVar("T")
_CACHES: "WeakSet[_lru_cache_wrapper[Any]]" = WeakSet()
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
        caches = list(_CACHES)
    for cached in caches:
        cached.cache_clear()
