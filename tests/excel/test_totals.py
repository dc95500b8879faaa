"""Tests of which computed cells are taken to hold something else than the form's own formula."""

from __future__ import annotations

from decimal import Decimal

from pbreports.excel.reader.values import Calculation, Cell, Kind
from pbreports.excel.totals import Totals
from pbreports.scheme import Scheme
from pbreports.values import Record


def _calculated(formula: str) -> Cell:
    return Cell(Decimal(3), Kind.NUMBER, "3", formula, Calculation.CACHED)


def test_a_formula_unlike_the_others_is_not_ours(scheme: Scheme) -> None:
    """Formulas of one field differ in their references only; what was never calculated or is typed is told apart."""
    rule = scheme.sheets["一行一条"]
    cells = {
        5: _calculated('IF(_check!$B$1="","",_check!$B$1)'),
        6: _calculated('IF(_check!$B$2="","",_check!$B$2)'),
        7: _calculated("SUM(D7:E7)"),
        8: Cell(Decimal(9), Kind.NUMBER, "9"),
        9: Cell(None, Kind.BLANK, "", "D9+E9", Calculation.NEVER),
        10: Cell(None, Kind.BLANK, ""),
    }
    totals = Totals(rule, {"合计数": 13})
    for line, cell in cells.items():
        totals.take(Record(rule.name, "A01", {}, {"合计数": f"M{line}"}, "x.xlsx", rule.title), {13: cell})
    found = totals.overwritten()
    assert [(one.record.cells["合计数"], one.shown) for one in found] == [("M7", "3"), ("M8", "9")]
