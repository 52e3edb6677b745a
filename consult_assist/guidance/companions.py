"""Programmes that mostly come with another: the duty to inform reaches beyond what is asked."""

from collections.abc import Mapping, Sequence

from consult_assist.domain.knowledge import KnowledgeBase, Programme

_BROUGHT_ALONG = 2
"""So many of its related ones come with a programme.

Source: our measurement on thirteen dialogues (docs/decisions/0019-situations.md).
"""
_MIN_MAIN_SCORE = 2.0
_SHARE = 0.3


def brought_along(programme: Programme) -> Sequence[str]:
    """Return the programmes that mostly come with one."""
    return programme.related[:_BROUGHT_ALONG]


def companions(scores: Mapping[str, float], knowledge: KnowledgeBase) -> dict[str, tuple[str, float]]:
    """Return the programmes that mostly come with those in play, each with its main one and its share."""
    found: dict[str, tuple[str, float]] = {}
    for programme, strength in scores.items():
        if strength < _MIN_MAIN_SCORE:
            continue
        for related in brought_along(knowledge.programmes[programme]):
            share = _SHARE * strength
            if related in knowledge.programmes and share > found.get(related, ("", 0.0))[1]:
                found[related] = programme, share
    return found
