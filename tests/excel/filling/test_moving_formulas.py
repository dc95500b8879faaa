"""How formulas read after rows have moved: from outside a block, from one of its copies, and where no range can say it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbreports.errors import TemplateError
from pbreports.excel.filling.formulas import LONGEST, Place, formula
from pbreports.excel.filling.moved_rows import translated
from pbreports.excel.filling.references import Book, View, moved_cell, moved_rectangle, moved_span
from pbreports.excel.filling.shift import Growth, removals

BOOK = Book(("名册 表", "汇总", "说明"), {"名册 表": [Growth(6, 1, 10)], "汇总": [Growth(4, 2, 3)]})
OUTSIDE = View(BOOK, "名册 表", where="D7")


def view(book: Book, sheet: str, row: int = 0, copy: int = 0) -> View:
    """Return the view from a row of a sheet, in a copy of its block if it has one."""
    return View(book, sheet, book.rows(sheet).block(row), copy)


FROM_OUTSIDE = {
    "a range grows": ("SUM(D6:D6)", "SUM(D6:D15)"),
    "a range that reaches over grows": ("SUM(D5:D7)", "SUM(D5:D16)"),
    "a cell grows where a range may stand": ("SUM(E6)+COUNTA($E$6)", "SUM(E6:E15)+COUNTA($E$6:$E$15)"),
    "a cell stays one where it may not": ("D6+IF(E6>0,D6,0)", "D6+IF(E6>0,D6,0)"),
    "a cell that is computed with stays one": ("SUM(D6*2,-E6)", "SUM(D6*2,-E6)"),
    "a range that is computed with stays a cell": ("ROWS(-D6)", "ROWS(-D6)"),
    "a bracket is looked through": ("SUM((D6),(E6,F7))", "SUM((D6:D15),(E6:E15,F16))"),
    "a bracket that is computed with is not": ("SUM((D6)*2)", "SUM((D6)*2)"),
    "a criterion stays one cell": ("COUNTIF(C6,C6)", "COUNTIF(C6:C15,C6)"),
    "pairs of ranges and criteria": ("SUMIFS(F6,C6,A6,D6,B6)", "SUMIFS(F6:F15,C6:C15,A6,D6:D15,B6)"),
    "in SUMPRODUCT all cells grow": ("SUMPRODUCT((C6=$A$2)*F6)", "SUMPRODUCT((C6:C15=$A$2)*F6:F15)"),
    "a new function is known by its name": ("_xlfn.STDEV.S(D6)", "_xlfn.STDEV.S(D6:D15)"),
    "cells behind move": ("D7*2+$D$8", "D16*2+$D$17"),
    "cells before stay": ("A1&B$5", "A1&B$5"),
    "whole columns stay": ("SUM(D:D,$A:$B)", "SUM(D:D,$A:$B)"),
    "whole rows grow": ("MAX(6:6)+MAX($7:8)", "MAX(6:15)+MAX($16:17)"),
    "names and tables stay": ("SUM(全部党费,支部表[人数],XYZ2020)", "SUM(全部党费,支部表[人数],XYZ2020)"),
    "texts stay": ('INDIRECT("B7")&"D6:D6"', 'INDIRECT("B7")&"D6:D6"'),
    "other workbooks stay": ("[1]名册!D7+'[b.xlsx]名册 表'!D7", "[1]名册!D7+'[b.xlsx]名册 表'!D7"),
    "another sheet": ("SUM(汇总!B4:B5)+汇总!$B$6", "SUM(汇总!B4:B9)+汇总!$B$10"),
    "the own sheet named": ("SUM('名册 表'!D6)", "SUM('名册 表'!D6:D15)"),
    "a sheet that does not grow": ("说明!B7", "说明!B7"),
    "both ends name the sheet": ("SUM('名册 表'!D6:'名册 表'!D6)", "SUM('名册 表'!D6:'名册 表'!D15)"),
    "a range of sheets that agree": ("SUM('名册 表:汇总'!B2)", "SUM('名册 表:汇总'!B2)"),
    "a computed end": ("SUM(D6:INDEX(D:D,9))", "SUM(D6:INDEX(D:D,9))"),
    "a computed beginning": ("SUM(INDEX(D:D,1):D6)", "SUM(INDEX(D:D,1):D15)"),
    "blanks are kept": ("SUM( D6 ,\n  E7 )", "SUM( D6:D15 ,\n  E16 )"),
    "upside down": ("SUM(D7:D5)", "SUM(D5:D16)"),
    "an error stays": ("IF(D7=#N/A,#REF!,1E+5)", "IF(D16=#N/A,#REF!,1E+5)"),
    "arrays": ("SUM({1,2;3,4})+D7", "SUM({1,2;3,4})+D16"),
}


@pytest.mark.parametrize(("text", "expected"), FROM_OUTSIDE.values(), ids=FROM_OUTSIDE)
def test_from_outside_a_block(text: str, expected: str) -> None:
    """A formula outside the block sees it whole, where a range may stand."""
    assert formula(text).at(OUTSIDE) == expected


FROM_A_COPY = {
    "its own row": ("D6+E6", "D9+E9"),
    "its own range": ("SUM(B6:F6)", "SUM(B9:F9)"),
    "its own cell where a range may stand": ("SUM(D6)", "SUM(D9)"),
    "a share of all": ("F6/SUM(F$6:F$6)", "F9/SUM(F$6:F$15)"),
    "a rank among all": ("RANK(F6,$F$6:$F$6)", "RANK(F9,$F$6:$F$15)"),
    "all of a fixed cell": ("F6/SUM($F$6)", "F9/SUM($F$6:$F$15)"),
    "the first of all": ("F6-F$6", "F9-F$6"),
    "all so far": ("SUM(F$6:F6)", "SUM(F$6:F9)"),
    "all from here": ("SUM(F6:F$6)", "SUM(F9:F$15)"),
    "from the header": ("SUM(F$5:F6)", "SUM(F$5:F9)"),
    "down to the total": ("SUM(F6:F7)", "SUM(F9:F16)"),
    "a cell before": ("A4+$B$2", "A4+$B$2"),
    "the copy before": ("N(G5)+F6", "N(G8)+F9"),
    "the copy before on the own sheet": ("'名册 表'!G5+F6", "'名册 表'!G8+F9"),
    "the change": ("F6-F5", "F9-F8"),
    "the copy before where a range may stand": ("SUM(G5,F6)", "SUM(G8,F9)"),
    "all above": ("COUNTIF(A$5:A5,A6)", "COUNTIF(A$5:A8,A9)"),
    "the copy before as a range": ("SUM(F5:F5)", "SUM(F8:F8)"),
    "the copy before and this one": ("AVERAGE(F5:F6)", "AVERAGE(F8:F9)"),
    "the copy before to the last": ("SUM(F5:F$6)+SUM(F5:F$7)", "SUM(F8:F$15)+SUM(F8:F$16)"),
    "the row above as it stands": ("F6*F$5", "F9*F$5"),
    "from above to what follows": ("SUM(F5:F7)", "SUM(F5:F16)"),
    "the row above on another sheet": ("汇总!B2", "汇总!B2"),
    "a cell behind": ("F6/F7", "F9/F16"),
    "another sheet's list": ("SUM(汇总!B4:B5)", "SUM(汇总!B4:B9)"),
    "whole own row": ("COUNTA(6:6)", "COUNTA(9:9)"),
}


@pytest.mark.parametrize(("text", "expected"), FROM_A_COPY.values(), ids=FROM_A_COPY)
def test_from_a_copy_of_the_block(text: str, expected: str) -> None:
    """In the fourth copy a row without ``$`` is the copy's own; with ``$`` it means the list."""
    assert formula(text).at(view(BOOK, "名册 表", 6, 3)) == expected


FROM_THE_FIRST = {
    "a cell": ("N(G5)+F6", "N(G5)+F6"),
    "all above": ("COUNTIF(A$5:A5,A6)", "COUNTIF(A$5:A5,A6)"),
    "and this one": ("AVERAGE(F5:F6)", "AVERAGE(F5:F6)"),
}


@pytest.mark.parametrize(("text", "expected"), FROM_THE_FIRST.values(), ids=FROM_THE_FIRST)
def test_the_first_copy_keeps_the_row_above(text: str, expected: str) -> None:
    """What stands above the first copy is what stood above the row."""
    assert formula(text).at(view(BOOK, "名册 表", 6, 0)) == expected


def test_above_the_first_copy_stands_the_last_copy_of_another_row() -> None:
    """Where two repeated rows follow one another, the first copy of the second stands below the last of the first."""
    book = Book(("表",), {"表": [Growth(4, 1, 3), Growth(5, 1, 2)]})
    told = [formula("N(C4)+B5").at(view(book, "表", 5, copy)) for copy in (0, 1)]
    assert told == ["N(C6)+B7", "N(C7)+B8"]


def test_the_row_above_that_is_gone_is_blank_in_the_first_copy_alone() -> None:
    """The first copy has nothing above it where that row is gone; the second has the first."""
    book = Book(("表",), {"表": [*removals([4]), Growth(5, 1, 2)]})
    told = [formula("N(C4)+B5").at(view(book, "表", 5, copy)) for copy in (0, 1)]
    assert told == ["N(C1048576)+B4", "N(C4)+B5"]


@given(st.integers(2, 9), st.integers(1, 6), st.sampled_from(["{c}{r}", "{c}{r}:{c}{r}", "{c}$1:{c}{r}"]))
def test_the_row_above_reads_as_copied_down(row: int, count: int, shape: str) -> None:
    """Alone on a sheet, a repeated row's formulas of itself and the row above read as Excel's copies of them."""
    book = Book(("表",), {"表": [Growth(row, 1, count)]})
    text = f"COUNTA({shape.format(c='C', r=row - 1)})+B{row}"
    for copy in range(count):
        expected = translated(text, f"D{row}", f"D{row + copy}")
        assert formula(text).at(view(book, "表", row, copy)) == expected


SEVERAL_ROWS = {
    "whole blocks": ("SUM(B4:B5)", "SUM(B4:B9)"),
    "one row of each": ("SUM(B4)", "SUM((B4,B6,B8))"),
    "one row of each as a range": ("SUM(B5:B5)", "SUM((B5:B5,B7:B7,B9:B9))"),
    "the second row and what follows": ("SUM(B5:B6)", "SUM((B5:B5,B7:B7,B9:B10))"),
    "among others": ("SUBTOTAL(9,B4,B7)", "SUBTOTAL(9,(B4,B6,B8),B11)"),
}


@pytest.mark.parametrize(("text", "expected"), SEVERAL_ROWS.values(), ids=SEVERAL_ROWS)
def test_one_row_of_a_block_of_several(text: str, expected: str) -> None:
    """A row of a block of several is summed alone: the other rows of the block are left out."""
    assert formula(text).at(view(BOOK, "汇总")) == expected


def test_own_rows_of_a_block_of_several() -> None:
    """In a copy of a block of two rows, both rows are the copy's own."""
    assert formula("B5/B4+SUM(B4:B5)+SUM(B$4:B5)").at(view(BOOK, "汇总", 5, 2)) == "B9/B8+SUM(B8:B9)+SUM(B$4:B9)"


REFUSED = {
    "one row of several where one range must stand": ("COUNTIF(汇总!B4,1)", "只取了重复块中的一部分行"),
    "sheets that have moved differently": ("SUM('名册 表:汇总'!B7)", "跨多张表"),
    "what cannot be read": ("D7#", "读不懂"),
}


@pytest.mark.parametrize(("text", "what"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_said_is_refused_with_its_place(text: str, what: str) -> None:
    """Rather than a wrong number there is an error that names sheet and cell."""
    with pytest.raises(TemplateError, match=what) as caught:
        formula(text).at(OUTSIDE)
    assert caught.value.where == "工作表“名册 表” › D7"
    assert caught.value.remedy


def test_a_formula_that_becomes_too_long_is_refused() -> None:
    """More ranges than a formula can hold are refused; no range says it."""
    book = Book(("表",), {"表": [Growth(4, 2, 2000)]})
    with pytest.raises(TemplateError, match=str(LONGEST)):
        formula("SUM(B4)").at(View(book, "表"))


def test_what_cannot_be_read_is_left_where_nothing_moves() -> None:
    """A formula that is not understood is kept as long as no row moves."""
    assert formula("D7#").at(View(Book(("表",), {"表": [Growth(4, 1, 1)]}), "表")) == "D7#"


def test_a_title_with_an_apostrophe() -> None:
    """In a formula the apostrophe of a title stands twice."""
    book = Book(("张's",), {"张's": [Growth(4, 1, 3)]})
    assert formula("SUM('张''s'!B4)").at(View(book, "汇总")) == "SUM('张''s'!B4:B6)"


def test_taken_down_what_no_range_says_is_refused() -> None:
    """From a row of a list to one row of a block of several below: one range in no copy."""
    book = Book(("表",), {"表": [Growth(4, 1, 3), Growth(9, 2, 2)]})
    inside = view(book, "表", 4)
    for text in ("ROWS(B4:B$9)", "B4#"):
        with pytest.raises(TemplateError):
            formula(text).down(inside)(1)
    assert formula("SUM(B4:B$10)").down(inside)(1) == "SUM(B5:B$14)"


GONE = {
    "a cell": ("$D$6+1", "$D$1048576+1"),
    "a sum": ("SUM(D6)+COUNTA(D6:D6)", "SUM(D1048576)+COUNTA(D1048576:D1048576)"),
    "part of a range": ("SUM(D5:D7)", "SUM(D5:D6)"),
    "behind": ("D7", "D6"),
}


@pytest.mark.parametrize(("text", "expected"), GONE.values(), ids=GONE)
def test_rows_that_are_taken_away(text: str, expected: str) -> None:
    """Ranges shrink; what has nothing left means the sheet's last row, which is blank."""
    assert formula(text).at(View(Book(("表",), {"表": removals([6])}), "表")) == expected


PLACES = [
    (Place.ARRAY, "SUM(D6:D6*E6)", "SUM(D6:D15*E6:E15)"),
    (Place.RANGE, "$A$6", "$A$6:$A$15"),
    (Place.RANGE, "$D$6*2", "$D$6*2"),
    (Place.RANGE, "OFFSET($A$6,0,0,COUNTA($A$6),1)", "OFFSET($A$6,0,0,COUNTA($A$6:$A$15),1)"),
    (Place.LIST, "汇总!$B$4", "(汇总!$B$4,汇总!$B$6,汇总!$B$8)"),
    (Place.SPAN, "汇总!$A$1:$F$4", "汇总!$A$1:$F$8"),
    (Place.SPAN, "'名册 表'!$A:$B,'名册 表'!$1:$5", "'名册 表'!$A:$B,'名册 表'!$1:$5"),
]


@pytest.mark.parametrize(("place", "text", "expected"), PLACES)
def test_what_a_reference_alone_becomes_depends_on_its_place(place: Place, text: str, expected: str) -> None:
    """An array formula, a list of choices, a chart's range and a print area each take something else."""
    assert formula(text, place).at(OUTSIDE) == expected


def test_plain_places() -> None:
    """A cell moves to its first copy, an area reaches to the last, and inside a copy it is the copy's own."""
    inside = view(BOOK, "名册 表", 6, 2)
    assert moved_cell("D7", OUTSIDE) == "D16"
    assert moved_span("A5:L6", OUTSIDE) == "A5:L15"
    assert moved_span("A:C", OUTSIDE) == "A:C"
    assert moved_rectangle("H6:I6", inside) == "H8:I8"
    assert moved_rectangle("H5:I6", inside) == "H5:I15"


TEXTS = st.lists(
    st.sampled_from(
        ["A1", "$B$3", "C2:D4", "SUM(", ")", ",", "+", " ", '"x"', "'a b'!A1", "名", "1.5", "{1,2}", "%", "A:A"]
    )
).map("".join)


@given(TEXTS)
def test_nothing_is_lost_where_nothing_moves(text: str) -> None:
    """Taking a formula apart and writing it again gives the same text, whatever it is."""
    assert formula(text).at(View(Book(("表",), {}), "表")) == text


ENDS = st.builds("{}{}{}".format, st.sampled_from("BC"), st.sampled_from(["", "$"]), st.integers(1, 14))
ONES = st.one_of(
    ENDS, st.builds("{}:{}".format, ENDS, ENDS), st.builds("汇总!{}".format, ENDS), st.builds("名册!{}".format, ENDS)
)
ASKED = st.builds("{}{})+{}".format, st.sampled_from(["SUM(", "COUNTIF(", "ABS("]), ONES, ONES)


@given(ASKED, st.integers(1, 3), st.integers(0, 4), st.integers(1, 3), st.data())
def test_a_formula_taken_down_reads_as_in_each_copy(
    text: str, height: int, count: int, other: int, data: st.DataObject
) -> None:
    """Written quickly for every copy, a formula reads as it does when each copy is looked at by itself."""
    book = Book(("名册", "汇总"), {"名册": [Growth(4, height, count), Growth(9, 2, other)], "汇总": [Growth(5, 1, 3)]})
    block = book.rows("名册").block(4)
    assert block is not None
    inside = View(book, "名册", block, data.draw(st.integers(0, block.copies - 1)))

    def told(ask: Callable[[], str]) -> str:
        try:
            return ask()
        except TemplateError as refused:
            return refused.what

    one = formula(text)
    assert told(lambda: one.down(view(book, "名册", 4))(inside.copy)) == told(lambda: one.at(inside))
