"""Which of the likely programmes are shown, and who stands before whom."""

from collections.abc import Collection, Mapping, Sequence

MOST_SUGGESTED = 5
"""Three stand on screen; the others are one key away."""
_CLEARLY_MORE = 1.3
"""A suggestion overtakes another only by so much; nothing jumps for less."""
_EXPLAINED_SHARE = 0.1
"""What has been explained gives its place to what is still to be told, once the resident speaks again.

Source: docs/decisions/0037-facts-and-places.md.
"""


def placed(weights: Mapping[str, float], shown: Sequence[str], explained: Collection[str]) -> tuple[str, ...]:
    """Return the programmes to show, best first.

    Args:
        weights: how strongly the talk points to each.
        shown: what stands on screen now.
        explained: what the clerk has explained and the resident has answered; it stays, but behind.
    """
    staying = {item: weight * (_CLEARLY_MORE if item in shown else 1.0) for item, weight in weights.items()}
    chosen = sorted(staying, key=lambda item: -staying[item])[:MOST_SUGGESTED]
    return _settled(
        shown, {item: weights[item] * (_EXPLAINED_SHARE if item in explained else 1.0) for item in chosen}
    )


def _settled(shown: Sequence[str], weights: Mapping[str, float]) -> tuple[str, ...]:
    """Return all of them in order, but let one overtake another only when it is clearly ahead."""
    order = [item for item in shown if item in weights]
    order += sorted((item for item in weights if item not in order), key=lambda item: -weights[item])
    for place in range(1, len(order)):
        at = place
        while at and weights[order[at]] >= _CLEARLY_MORE * weights[order[at - 1]]:
            order[at - 1], order[at] = order[at], order[at - 1]
            at -= 1
    return tuple(order)
