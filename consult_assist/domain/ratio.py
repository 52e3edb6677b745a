"""A part of a whole, counted."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many of how many."""

    hits: int
    total: int

    @property
    def percent(self) -> float | None:
        """None where there was nothing to count."""
        return 100.0 * self.hits / self.total if self.total else None

    def __add__(self, other: "Ratio") -> "Ratio":
        return Ratio(self.hits + other.hits, self.total + other.total)
