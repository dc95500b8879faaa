"""Ballots of the democratic assessment: counted, in groups from which no voter can be inferred, as tables show them."""

from pbreports.cadre.ballots.counting import Tally, TeamTally, places, tally, team_tallies
from pbreports.cadre.ballots.rule import Grades, grades_of
from pbreports.cadre.ballots.values import tally_values

__all__ = [
    "Grades",
    "Tally",
    "TeamTally",
    "grades_of",
    "places",
    "tally",
    "tally_values",
    "team_tallies",
]
