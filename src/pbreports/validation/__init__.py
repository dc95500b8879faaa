"""Submission and scheme to findings: the rules of the year, compiled once and applied to workbooks and the district.

A rule whose condition is blank for a row (an operand is not filled in) neither holds nor fails there. A rule that
reads what could not be read is not asked: ``silenced`` counts what it would have said.
"""

from pbreports.validation.asking import check_district, check_submission, silenced
from pbreports.validation.rulebook import Check, RuleBook, compile_rules

__all__ = ["Check", "RuleBook", "check_district", "check_submission", "compile_rules", "silenced"]
