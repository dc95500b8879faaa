"""Places on a page, in millimetres from its upper left corner."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in millimetres; ``top`` is above ``bottom``, so the smaller number."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Return how wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return how high it is."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Return how far below the upper edge of the page its middle lies."""
        return (self.top + self.bottom) / 2

    def around(self, other: Box) -> Box:
        """Return the smallest box that holds both."""
        edges = min(self.left, other.left), min(self.top, other.top)
        return Box(*edges, max(self.right, other.right), max(self.bottom, other.bottom))
