"""The year's rating: from points to stars, every step kept, nothing decided that a meeting must decide."""

from pbreports.rating.rate import rate, rate_rows
from pbreports.rating.values import Decision, Given, Movement, Outcome, Plaque, Rating, RoundScore, State, Step

__all__ = [
    "Decision",
    "Given",
    "Movement",
    "Outcome",
    "Plaque",
    "Rating",
    "RoundScore",
    "State",
    "Step",
    "rate",
    "rate_rows",
]
