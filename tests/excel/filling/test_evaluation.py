"""Results beside plain formulas: what is known is right, what is not known has none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from pbreports.excel.filling.arithmetic import Value
from pbreports.excel.filling.evaluation import value_of
from pbreports.excel.filling.trees import Area, Trouble, Unknown

CELLS: Mapping[tuple[int, int], Value] = {
    (1, 1): 1.0,
    (2, 1): 2.0,
    (3, 1): "三",
    (4, 1): None,
    (5, 1): True,
    (6, 1): 2.5,
    (1, 2): "甲",
    (2, 2): "乙",
    (3, 2): "甲",
    (6, 2): "甲",
}


class Sheet:
    """Cells by row and column, none of them hidden or a subtotal."""

    def area(self, area: Area) -> Iterator[Value]:
        """Yield the values of a range."""
        for row in range(area.top, min(area.bottom, 9) + 1):
            for column in range(area.left, area.right + 1):
                yield CELLS.get((row, column))

    def plain(self, area: Area, *, skip_hidden: bool) -> Iterator[Value]:
        """Yield the values of a range."""
        assert isinstance(skip_hidden, bool)
        yield from self.area(area)

    def named(self, name: str) -> Area:
        """Return the area of the one name there is."""
        if name != "名单区":
            raise Unknown(name)
        return Area("", 1, 1, 1, 6)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("SUM(A1:A6)", 5.5),
        ("SUM(A1,A2,10)", 13.0),
        ("SUM((A1:A2,A6))", 5.5),
        ("SUM(A:A)", 5.5),
        ("SUM(名单区)", 5.5),
        ("COUNT(A1:A6)", 3.0),
        ("COUNTA(A1:A6)", 5.0),
        ("COUNTBLANK(A1:A6)", 1.0),
        ("AVERAGE(A1:A2)", 1.5),
        ("MAX(A1:A6)-MIN(A1:A6)", 1.5),
        ('SUMIF(B1:B6,"甲",A1:A6)', 3.5),
        ("COUNTIF(B1:B6,B1)", 3.0),
        ('COUNTIF(A1:A6,">=2")', 2.0),
        ('SUMIFS(A1:A6,B1:B6,"甲",A1:A6,">1")', 2.5),
        ("SUBTOTAL(9,A1:A6)", 5.5),
        ("SUBTOTAL(103,A1:A6)", 5.0),
        ("A1+A2*3", 7.0),
        ("(A1+A2)*3", 9.0),
        ("-A2*-1", 2.0),
        ("A2^3", 8.0),
        ("A2%", 0.02),
        ("2-1-1", 0.0),
        ("A4", None),
        ("A4+1", 1.0),
        ('B1&"："&A1', "甲：1"),
        ('IF(A1>=1,"够","不够")', "够"),
        ("IF(A1=B1,1,2)", 2.0),
        ("IFERROR(A1/A4,0)", 0.0),
        ("ROUND(2.345,2)", 2.35),
        ("ROUND(-2.5,0)", -3.0),
        ("AND(A1=1,A2=2)", True),
        ("NOT(A1=1)", False),
        ('"说""话"', '说"话'),
    ],
)
def test_plain_formulas_come_to_what_a_spreadsheet_makes_of_them(formula: str, value: Value) -> None:
    """Blanks, truths and texts count as spreadsheets have it."""
    assert value_of(formula, Sheet()) == value


@pytest.mark.parametrize(
    "formula",
    ["RANK(A1,A1:A2)", "A1:A2", "SUM(A1:A2)+甲", "A3+1", "INDIRECT(B1)", "SUM(", 'COUNTIF(B1:B6,"甲*")', "{1,2}", "A1 A2", '"甲"<"乙"', "1/3&B1", "SUM(A1:A2 A2)", "TODAY()", "[1]外!A1"],
)  # fmt: skip
def test_what_is_not_known_is_not_guessed(formula: str) -> None:
    """The program that opens the workbook computes it."""
    with pytest.raises(Unknown):
        value_of(formula, Sheet())


def test_error_values_pass_through() -> None:
    """A division by nothing is what it is."""
    with pytest.raises(Trouble, match="#DIV/0!"):
        value_of("SUM(A1:A2)/A4", Sheet())
