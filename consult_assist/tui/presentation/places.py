"""Fixed places: something keeps its row for as long as it is shown."""

from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")
PLACES = 3
"""At most three suggestions and three questions: what one glance can take in."""


def keep_places(
    places: Sequence[Item | None], wanted: Sequence[Item], count: int = PLACES
) -> tuple[Item | None, ...]:
    """Return the new occupants: who stays keeps the place, newcomers take free places in order.

    Args:
        places: who is where now; None is a free place.
        wanted: everything that may be shown, best first; only the first `count` are.
        count: number of places.
    """
    best = list(wanted)[:count]
    kept: list[Item | None] = [item if item in best else None for item in places][:count]
    kept += [None] * (count - len(kept))
    newcomers = iter([item for item in best if item not in kept])
    return tuple(item if item is not None else next(newcomers, None) for item in kept)
