"""The workbooks in which groups of assessors enter points: made for a group and round, and read back."""

from pbreports.excel.scoring.book import scoring_workbook
from pbreports.excel.scoring.plan import Advice, Assessed, ScoringPlan, scoring_name, scoring_plan
from pbreports.excel.scoring.read import Assignment, Scores, is_scoring, read_scoring

__all__ = [
    "Advice",
    "Assessed",
    "Assignment",
    "Scores",
    "ScoringPlan",
    "is_scoring",
    "read_scoring",
    "scoring_name",
    "scoring_plan",
    "scoring_workbook",
]
