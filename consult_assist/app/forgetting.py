"""What is remembered of the latest texts, only to be quick, goes when something is erased."""

import gc
from functools import lru_cache

_CACHE = type(lru_cache(str.strip))
_OWN = __name__.partition(".")[0]


def forget_texts() -> None:
    """Empty every cache of this program that keeps what it met last.

    They are found, not registered, so that none can be left out. One without a limit holds no texts. Holding
    all objects would break tuples that other threads are building: hence the referrers of one class.
    """
    for item in gc.get_referrers(_CACHE):
        if (
            type(item) is _CACHE
            and str(item.__module__).partition(".")[0] == _OWN  # None for what is built in
            and item.cache_parameters()["maxsize"] is not None
        ):
            item.cache_clear()
