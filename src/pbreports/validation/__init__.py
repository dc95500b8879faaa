"""Submission and scheme to findings: the rules of the year, compiled once and applied to workbooks and the district.

A rule whose condition is blank for a row (an operand is not filled in) neither holds nor fails there. What a rule
says only because something could not be read is not said but counted (``examine``).
"""

from pbreports.validation.asking import (
    Checked,
    check_cadres,
    check_district,
    check_paper,
    check_submission,
    every_break,
    examine,
)
from pbreports.validation.rulebook import Check, RuleBook, compile_rules

__all__ = [
    "Check",
    "Checked",
    "RuleBook",
    "check_cadres",
    "check_district",
    "check_paper",
    "check_submission",
    "compile_rules",
    "every_break",
    "examine",
]
