"""A part of a whole, counted."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    right: int
    of: int

    @property
    def percent(self) -> float | None:
        """None where there was nothing to count."""
        return 100.0 * self.right / self.of if self.of else None

    def __add__(self, other: "Share") -> "Share":
        return Share(self.right + other.right, self.of + other.of)
