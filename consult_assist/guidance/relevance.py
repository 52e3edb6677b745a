"""How likely a consultation concerns a programme: what all of the talk says for it and for related ones."""

import math
from collections.abc import Iterable, Mapping

from consult_assist.domain.knowledge import Programme
from consult_assist.guidance.companions import brought_along
from consult_assist.guidance.mentions import MentionHistory, weight_in_talk

MIN_PROBABILITY = 0.5
"""What is less likely is not suggested.

Source: logistic regression on 26 dialogues, as all weights below (docs/decisions/0041-what-adds-up.md).
"""
_NOTHING_KNOWN = -3.2
_FACTS = 1.3
_SHARE_OF_TALK = 9.5
_SHARE_OF_RELATED = 4.7
_BEYOND_DOUBT = 3.3
"""The words of a cue are enough, so that an entry to which nobody wrote examples is suggested, too.

So is one sentence that is as sure, however much else is said (docs/decisions/0048-just-said-in-front.md).
"""
_RELATED = 0.37
_MAX_RELATED = 3
_LISTS_ONLY = 0.5
"""A young carer needs care services in the house; whoever asks for care is seldom a young carer's.

Source: docs/decisions/0032-related-and-thin-examples.md.
"""
_BROUGHT_ALONG = 1.35
_MAX_BRINGING = 2
_SITUATION = 0.6
"""A programme whose situation was told brings others into play by so much of what one does that was named."""
_BEGUN_CHARS = 20
"""The first words of a talk are not yet all of it."""


class RelevanceModel:
    """A logistic regression over what was said, for a programme and for those that go together with it."""

    def __init__(self, programmes: Mapping[str, Programme]) -> None:
        """Note for each programme how much each related one speaks for it, and what brings it along."""
        self._related: dict[str, dict[str, float]] = {programme: {} for programme in programmes}
        self._bringing: dict[str, set[str]] = {programme: set() for programme in programmes}
        for programme in programmes.values():
            for other in self._related.keys() & set(programme.related):
                self._related[other][programme.id] = 1.0
                self._related[programme.id].setdefault(other, _LISTS_ONLY)
            for other in self._bringing.keys() & set(brought_along(programme)):
                self._bringing[other].add(programme.id)

    def probabilities(
        self,
        programmes: Iterable[str],
        all_mentions: Mapping[str, MentionHistory],
        *,
        facts: Mapping[str, float],
        n_chars: float,
        now_s: float,
    ) -> dict[str, float]:
        """Return the probability of each programme, 0 … 1.

        Args:
            programmes: which to look at.
            all_mentions: what points to each programme that was touched.
            facts: how much the facts that were told say for each programme.
            n_chars: length of everything that was said and might tell of a need, by when it was said.
            now_s: the latest moment of the talk.
        """
        all_chars = n_chars + _BEGUN_CHARS * weight_in_talk(now_s)
        shares = {
            programme: mentions.telling_chars / all_chars for programme, mentions in all_mentions.items()
        }
        in_play = {
            programme: 1.0 if mentions.is_named else _SITUATION
            for programme, mentions in all_mentions.items()
            if mentions.in_play
        }
        return {
            programme: self._probability(
                programme,
                shares,
                in_play,
                facts=facts.get(programme, 0.0),
                beyond_doubt=_is_beyond_doubt(all_mentions.get(programme)),
            )
            for programme in programmes
        }

    def _probability(
        self,
        programme: str,
        shares: Mapping[str, float],
        in_play: Mapping[str, float],
        *,
        facts: float,
        beyond_doubt: bool,
    ) -> float:
        related, bringing = self._related[programme], self._bringing[programme]
        for_it = (
            _NOTHING_KNOWN
            + _SHARE_OF_TALK * shares.get(programme, 0.0)
            + _SHARE_OF_RELATED * _sum_of(shares, related)
            + _BEYOND_DOUBT * beyond_doubt
            + _FACTS * facts
            + _RELATED * min(_MAX_RELATED, _sum_of(in_play, related))
            + _BROUGHT_ALONG * min(_MAX_BRINGING, sum(in_play.get(other, 0.0) for other in bringing))
        )
        return 1 / (1 + math.exp(-for_it))


def _sum_of(values: Mapping[str, float], shares: Mapping[str, float]) -> float:
    return sum(share * values.get(programme, 0.0) for programme, share in shares.items())


def _is_beyond_doubt(mentions: MentionHistory | None) -> bool:
    return mentions is not None and mentions.beyond_doubt
