"""The year's rating: from points to stars, every step kept, nothing decided that a meeting must decide."""

from pbreports.rating.rate import rate
from pbreports.rating.scoring import shown
from pbreports.rating.values import (
    BASIS_PAGE,
    Decision,
    Given,
    Movement,
    Outcome,
    Plaque,
    Rating,
    RoundScore,
    Score,
    State,
    Step,
)

__all__ = [
    "BASIS_PAGE",
    "Decision",
    "Given",
    "Movement",
    "Outcome",
    "Plaque",
    "Rating",
    "RoundScore",
    "Score",
    "State",
    "Step",
    "rate",
    "shown",
]
