"""Likeness to examples → how sure it is that something is meant."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceCalibration:
    """How readily a sentence is taken to tell of something, and of more than one subject.

    Source: maximum likelihood on what people say and on everyday talk (docs/decisions/0019-situations.md);
    what is as near to several subjects tells less of each (docs/decisions/0027-guidance-figures.md).

    Attributes:
        bias: what a need is ahead of everyday talk before anything is compared.
        falloff: how fast a subject loses as it falls behind the nearest one.
        top_k: so many subjects are told of at most.
        ceiling: how sure it can be at most.
        steepness: of the logistic curve over the lead on everyday talk.
        crowd_falloff: how fast a subject ceases to stand in the way of others as it falls behind.
        crowd_share: what each other one that is as near takes away.
    """

    bias: float
    falloff: float
    top_k: int
    ceiling: float = 0.9
    steepness: float = 30.0
    crowd_falloff: float = 40.0
    crowd_share: float = 0.1

    def confidences(self, near: Sequence[float], lead: float) -> list[float]:
        """Return how sure it is that each subject is meant: that anything is, this one, and no other.

        Args:
            near: how near each subject is, the nearest first.
            lead: how much nearer the nearest is than everyday talk, with the votes on whether it is a need.
        """
        anything = self.ceiling / (1 + math.exp(-self.steepness * (lead + self.bias)))
        crowd = [math.exp(self.crowd_falloff * (value - near[0])) for value in near]
        return [
            anything
            * math.exp(self.falloff * (value - near[0]))
            / (1 + self.crowd_share * (sum(crowd) - own))
            for value, own in zip(near, crowd, strict=True)
        ]


ONE_MEANT = ConfidenceCalibration(bias=0.011, falloff=12, top_k=5)
"""A danger raises a banner at once, so that one sentence has to be sure of one.

Source: docs/decisions/0027-guidance-figures.md.
"""
SEVERAL_MEANT = ConfidenceCalibration(bias=0.031, falloff=7, top_k=8)
"""Who comes to the counter mostly tells of a need that concerns several programmes; the talk weighs it.

Source: docs/decisions/0041-what-adds-up.md.
"""
