"""Which of the likely programmes are shown, and in which order; hysteresis keeps it from flickering."""

from collections.abc import Collection, Mapping, Sequence

MAX_SUGGESTED = 5
"""So many that are still open; three stand on screen, the others are one key away."""
_CLEARLY_MORE = 1.15
"""A suggestion overtakes another only by so much; nothing jumps for less.

Source: docs/decisions/0041-what-adds-up.md.
"""
_JUST_SAID = 1.0
"""What the resident's last lines are about stands in front: it weighs up to twice as much there.

It decides which three of the five a glance meets, not which five are shown.
Source: docs/decisions/0048-just-said-in-front.md.
"""
_EXPLAINED_SHARE = 0.1
"""What has been explained gives its place to what is still to be told, once the resident speaks again.

Source: docs/decisions/0037-facts-and-places.md.
"""
_EXPLAINED_BESIDE = 1
"""So many of those stay, for as long as they do, beside a full list: they take no place from what is open.

Source: docs/decisions/0041-what-adds-up.md.
"""


def placed(
    weights: Mapping[str, float],
    shown: Sequence[str],
    explained: Collection[str],
    just_said: Mapping[str, float],
) -> tuple[str, ...]:
    """Return the programmes to show, best first.

    Args:
        weights: how strongly the talk points to each.
        shown: what stands on screen now.
        explained: what the clerk has explained and the resident has answered; it stays, but behind.
        just_said: how much the resident's last lines tell of each, 0 … 1.
    """
    staying = {item: weight * (_CLEARLY_MORE if item in shown else 1.0) for item, weight in weights.items()}
    order = sorted(staying, key=lambda item: -staying[item])
    open_ones = [item for item in order if item not in explained][:MAX_SUGGESTED]
    settled = [item for item in order if item in explained]
    chosen = [*open_ones, *settled[: max(_EXPLAINED_BESIDE, MAX_SUGGESTED - len(open_ones))]]
    return _settled(
        shown,
        {
            item: weights[item]
            * (_EXPLAINED_SHARE if item in explained else 1 + _JUST_SAID * just_said.get(item, 0.0))
            for item in chosen
        },
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
