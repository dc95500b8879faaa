"""What moves with a block and what is refused, part by part: each test changes one thing in the workbook of everything."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pytest

from excel.filling.everything import parts
from excel.filling.everything_sheets import LIST, SUMMARY
from pbreports.errors import TemplateError
from pbreports.excel.filling.moving import moved
from pbreports.excel.filling.shift import Growth, removals

SHEET, OTHER, BOOK = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/workbook.xml"
DRAWING, CHART, TABLE = "xl/drawings/drawing1.xml", "xl/charts/chart1.xml", "xl/tables/table1.xml"
NOTES, NOTES_VML = "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"
THREE: Sequence[Growth] = (Growth(6, 1, 3),)
CARDS: Sequence[Growth] = (Growth(6, 3, 2),)
"""Rows 6 to 8 twice."""


def changed(part: str, old: str, new: str, base: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """Return the parts with a text in one of them replaced, which must be there."""
    before = dict(base or parts())
    assert old in before[part].decode(), old
    return {**before, part: before[part].decode().replace(old, new, 1).encode()}


def plain() -> dict[str, bytes]:
    """Return the parts without formulas, rules and names, so that any rows may be repeated."""
    made = dict(parts())
    for part in (SHEET, OTHER):
        text = re.sub(r"<f[ >].*?</f>|<f [^>]*/>|<extLst>.*</extLst>", "", made[part].decode(), flags=re.DOTALL)
        made[part] = re.sub(r"<(conditionalFormatting|dataValidations).*</\1>", "", text, flags=re.DOTALL).encode()
    made[BOOK] = re.sub(r"<definedNames>.*</definedNames>", "", made[BOOK].decode()).encode()
    return made


def after(made: Mapping[str, bytes], part: str, *steps: Sequence[Growth], sheet: str = LIST) -> str:
    """Return a part after the growth of blocks on a sheet, step by step."""
    return moved(made, [{sheet: step} for step in steps])[part].decode()


# ---------------------------------------------------------------- what is repeated with its block


def test_a_note_in_a_block_is_repeated_with_it() -> None:
    """Each copy has the note, shown beside it, under an id of its own; notes elsewhere are there once."""
    made = changed(NOTES, 'ref="D7"', 'ref="D6"')
    made = changed(NOTES_VML, "<x:Row>6</x:Row>", "<x:Row>5</x:Row>", made)
    result = moved(made, [{LIST: THREE}])
    assert re.findall(r'ref="(\w+)"', result[NOTES].decode()) == ["B5", "D6", "D7", "D8", "A11"]
    drawn = result[NOTES_VML].decode()
    assert sorted(re.findall(r"<x:Row>(\d+)<", drawn)) == ["10", "4", "5", "6", "7"]
    assert re.findall(r"<x:Anchor>4, 15,? ?(\d+)", drawn) == ["5", "6", "7"]
    ids = re.findall(r'<v:shape id="(\w+)"', drawn)
    assert len(ids) == len(set(ids)) == 6


def test_a_thread_in_a_block_stays_one() -> None:
    """A conversation about a cell stands at its first copy, and so does the note that stands for it."""
    made = changed("xl/threadedComments/threadedComment1.xml", 'ref="A9"', 'ref="A6"')
    made = changed(NOTES, 'ref="A9"', 'ref="A6"', made)
    made = changed(NOTES_VML, "<x:Row>8</x:Row>", "<x:Row>5</x:Row>", made)
    result = moved(made, [{LIST: THREE}])
    assert result[NOTES].decode().count("<comment ref") == 3
    assert result[NOTES_VML].decode().count("<x:Row>") == 3


def test_a_shape_in_a_block_is_repeated_with_it() -> None:
    """A shape with all its corners in a block of several rows stands in each copy, linked to the copy's own cell."""
    result = after(plain(), DRAWING, (Growth(5, 6, 3),))
    assert result.count('name="合计框"') == 3
    assert re.findall(r"textlink=\"'名册 表'!(\$F\$\d+)\"", result) == ["$F$7", "$F$13", "$F$19"]
    ids = re.findall(r'<xdr:cNvPr id="(\d+)"', result)
    assert len(ids) == len(set(ids)) == 5


def test_page_breaks_in_a_block_of_several_rows_are_repeated() -> None:
    """A card that ends its page does so each time; the break behind a list of single rows stays behind the list."""
    made = changed(SHEET, '<brk id="11"', '<brk id="8"', plain())
    assert re.findall(r'<brk id="(\d+)"', after(made, SHEET, CARDS)) == ["8", "11", "8", "11"]
    assert 'rowBreaks count="2" manualBreakCount="2"' in after(made, SHEET, CARDS)
    single = changed(SHEET, '<brk id="11"', '<brk id="6"')
    assert re.findall(r'<brk id="(\d+)"', after(single, SHEET, THREE)) == ["10", "8"]


def test_too_many_page_breaks_are_refused() -> None:
    """More page breaks than Excel takes would have the file repaired."""
    with pytest.raises(TemplateError, match="分页符"):
        after(changed(SHEET, '<brk id="11"', '<brk id="8"', plain()), SHEET, (Growth(6, 3, 1100),))


def test_a_series_drawn_from_a_row_is_repeated_with_it() -> None:
    """A chart of one line a person has a line for each, with the person's name, numbered on."""
    made = changed(CHART, "'名册 表'!$F$6<", "'名册 表'!$D$6:$F$6<")
    made = changed(CHART, "'名册 表'!$F$5<", "'名册 表'!$B$6<", made)
    result = after(made, CHART, THREE)
    assert re.findall(r"!(\$D\$\d+:\$F\$\d+)<", result) == ["$D$6:$F$6", "$D$7:$F$7", "$D$8:$F$8"]
    assert re.findall(r"<c:tx><c:strRef><c:f>'名册 表'!(\$B\$\d+)<", result) == ["$B$6", "$B$7", "$B$8"]
    assert re.findall(r'<c:idx val="(\d+)"', result) == re.findall(r'<c:order val="(\d+)"', result) == ["0", "1", "2"]


def test_more_series_than_a_chart_takes_are_refused() -> None:
    """Excel drops series beyond the 255th."""
    made = changed(CHART, "'名册 表'!$F$6<", "'名册 表'!$D$6:$F$6<")
    with pytest.raises(TemplateError, match="256个系列"):
        after(made, CHART, (Growth(6, 1, 256),))


def test_merges_over_the_edge_of_a_block_grow() -> None:
    """A label merged from the header down over the list covers the whole list."""
    made = changed(SHEET, '<mergeCell ref="G4:G5"/>', '<mergeCell ref="M5:M6"/>')
    assert '<mergeCell ref="M5:M8"/>' in after(made, SHEET, THREE)


# ---------------------------------------------------------------- what a chart remembers


def test_a_chart_remembers_the_values_of_its_grown_range() -> None:
    """Where the values are known, what the chart remembers is written anew; its number format stays."""

    def known(sheet: str, row: int, column: int) -> str | float | None:
        return {2: f"张{row}", 6: "无" if row == 7 else row * 1.5}[column] if row > 5 else sheet

    result = moved(parts(), [{LIST: THREE}], known)[CHART].decode()
    assert re.findall(r"<c:v>([^<]*)<", result) == ["名册 表", "张6", "张7", "张8", "9.0", "12.0"]
    assert '<c:formatCode>0.00</c:formatCode><c:ptCount val="3"/><c:pt idx="0">' in result
    assert '<c:pt idx="2"><c:v>12.0</c:v>' in result


def test_a_chart_forgets_what_is_not_known() -> None:
    """A formula's result that nobody knows is not remembered: programs read the cells again."""

    def known(sheet: str, row: int, column: int) -> str | float | None:
        raise LookupError(sheet, row, column)

    assert "Cache" not in moved(parts(), [{LIST: THREE}], known)[CHART].decode()


def test_a_chart_of_other_sheets_remembers_all() -> None:
    """A chart of a sheet on which nothing grows is the same to the byte."""
    assert moved(parts(), [{SUMMARY: [Growth(4, 1, 3)]}])[CHART] == parts()[CHART]


# ---------------------------------------------------------------- names, links, tables


def test_names_without_fixed_rows_stay() -> None:
    """A name that means a neighbour of the cell that uses it means it still; print areas move in any case."""
    made = changed(BOOK, "'名册 表'!$A$6:$L$6<", "'名册 表'!A6:L7<")
    made = changed(BOOK, "'名册 表'!$A$1:$L$12", "'名册 表'!A1:L12", made)
    result = after(made, BOOK, THREE)
    assert "'名册 表'!A6:L7<" in result
    assert "'名册 表'!A1:L14<" in result


def test_a_workbook_that_says_nothing_of_calculation_is_told_to_calculate() -> None:
    """The element stands where the schema wants it: after the names."""
    result = after(changed(BOOK, '<calcPr calcId="152511"/>', ""), BOOK, THREE)
    assert '</definedNames><calcPr fullCalcOnLoad="1"/>' in result


@pytest.mark.parametrize(
    ("target", "expected"),
    [("名册 表!A7", "名册 表!A9"), ("A9", "A11"), ("名单区", "名单区"), ("汇总!A4:B5", "汇总!A4:B5"), ("'名册 表'!A5:L6", "'名册 表'!A5:L8")],
)  # fmt: skip
def test_links_inside_the_workbook(target: str, expected: str) -> None:
    """A link leads to the same cell as before, even where its sheet stands without quotes."""
    made = changed(SHEET, 'location="汇总!B5"', f'location="{target}"')
    assert f'location="{expected}"' in after(made, SHEET, THREE)


def test_a_formula_of_a_tables_column_is_one_of_its_rows() -> None:
    """The formula that new rows of a table get is written for its first row."""
    column = '<tableColumn id="3" name="党费" totalsRowFunction="sum"/>'
    more = '<tableColumn id="3" name="党费"><calculatedColumnFormula>B4*2+SUM(B$4:B$4)</calculatedColumnFormula></tableColumn>'
    result = after(changed(TABLE, column, more), TABLE, (Growth(4, 1, 3),), sheet=SUMMARY)
    assert "<calculatedColumnFormula>B4*2+SUM(B$4:B$6)<" in result


# ---------------------------------------------------------------- steps, and rows that go


def test_blocks_in_blocks_grow_from_outer_to_inner() -> None:
    """Two copies of rows 6 to 7, of which the first row then stands 3 times in one and 2 times in the other."""
    steps = ((Growth(6, 2, 2),), (Growth(6, 1, 3), Growth(8, 1, 2)))
    made = changed(SHEET, '<c r="A14"', '<c r="B14"><f>SUM(D6:D7)+SUM(E6)+D8</f></c><c r="A14"', plain())
    result = after(made, SHEET, *steps)
    assert "<f>SUM(D6:D12)+SUM((E6:E8,E10:E11))+D13</f>" in result
    assert list(re.findall(r'<row r="(\d+)" ht="24"', result)) == ["6", "7", "8", "10", "11"]


def test_rows_that_go_take_along_what_lies_on_them() -> None:
    """Rows 6 and 9 go: with them a merge, rules, a link, a note, a sparkline; the rest moves up."""
    result = moved(parts(), [{LIST: removals([6, 9])}])
    sheet = result[SHEET].decode()
    assert re.findall(r'<row r="(\d+)"', sheet) == ["1", "2", "3", "4", "5", "6", "7", "8", "10", "12", "13"]
    assert "<f>SUM(D1048576:D1048576)</f>" in sheet
    assert re.findall(r'<mergeCell ref="([^"]*)"', sheet) == ["A1:L1", "A4:C4", "D4:F4", "G4:G5"]
    assert '<mergeCells count="4">' in sheet
    assert '<dataValidations count="1">' in sheet
    assert sheet.count("<hyperlink ") == 2
    assert sheet.count("<x14:sparkline>") == 1
    assert "<protectedRange" not in sheet
    assert 'ref="A9"' not in result[NOTES].decode()
    assert result[NOTES_VML].decode().count("<x:Row>") == 2


def test_a_merge_of_one_cell_is_none() -> None:
    """A merge that lost all rows but one would have the file repaired."""
    assert '<mergeCell ref="G4' not in after(parts(), SHEET, tuple(removals([5])))


def test_a_shape_on_rows_that_go_goes_too() -> None:
    """A shape with all its corners on rows that go has no place left; others stay."""
    result = after(plain(), DRAWING, tuple(removals([5, 6, 7, 8, 9])))
    assert "合计框" not in result
    assert "审核章" in result


def test_what_holds_nothing_any_more_is_taken_out() -> None:
    """An empty list of rules, which office programs would want to repair, is not left behind."""
    sheet = after(parts(), SHEET, tuple(removals([6, 7, 8, 9, 10, 12])))
    assert "<dataValidations" not in sheet
    assert "<hyperlinks" not in sheet
    assert "x14:dataValidations" not in sheet


# ---------------------------------------------------------------- what is refused


PIVOT = (
    '<pivotCacheDefinition xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<cacheSource type="worksheet"><worksheetSource {}/></cacheSource></pivotCacheDefinition>'
)


def with_pivot(source: str) -> dict[str, bytes]:
    """Return the parts with a pivot table's cache made from a source."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/pivotCacheDefinition"
    link = f'<Relationship Id="rId99" Type="{kind}" Target="pivotCache/pivotCacheDefinition1.xml"/></Relationships>'
    made = changed("xl/_rels/workbook.xml.rels", "</Relationships>", link)
    return {**made, "xl/pivotCache/pivotCacheDefinition1.xml": PIVOT.format(source).encode()}


@pytest.mark.parametrize("source", ['sheet="名册 表" ref="A5:L6"', 'name="名单区"', 'name="支部表"'])
def test_a_pivot_table_made_from_a_list_is_refused(source: str) -> None:
    """It would go on showing the records of the template, as area, as name and as table."""
    with pytest.raises(TemplateError, match="数据透视表") as caught:
        moved(with_pivot(source), [{LIST: THREE, SUMMARY: [Growth(4, 1, 2)]}])
    assert caught.value.remedy
    with pytest.raises(TemplateError, match="数据透视表"):
        moved(with_pivot(source), [{LIST: [Growth(6, 1, 1)], SUMMARY: [Growth(4, 1, 1)]}])


def test_a_pivot_table_made_from_a_name_is_followed_through_all_steps() -> None:
    """The name means rows 14 and 15 after the first step, which grow in the second."""
    made = with_pivot('name="名单区"')
    made = changed(BOOK, "'名册 表'!$A$6:$L$6", "'名册 表'!$A$12:$C$13", made)
    assert moved(made, [{LIST: THREE}])
    with pytest.raises(TemplateError, match="数据透视表"):
        moved(made, [{LIST: THREE}, {LIST: [Growth(15, 1, 2)]}])


def test_a_pivot_table_made_from_rows_behind_a_list_moves() -> None:
    """What does not touch the list is only moved."""
    made = moved(with_pivot('sheet="名册 表" ref="A12:C15"'), [{LIST: THREE}])
    assert b'ref="A14:C17"' in made["xl/pivotCache/pivotCacheDefinition1.xml"]


def test_a_table_whose_header_would_be_repeated_is_refused() -> None:
    """A table cannot stand twice."""
    with pytest.raises(TemplateError, match="表格的标题行") as caught:
        after(plain(), TABLE, (Growth(3, 3, 2),), sheet=SUMMARY)
    assert caught.value.where == "工作表“汇总” › 表格“支部表”"


def test_a_chart_that_would_be_repeated_is_refused() -> None:
    """A chart in a block of several rows would need data of its own for each copy."""
    with pytest.raises(TemplateError, match="图表在第10行起"):
        after(plain(), CHART, (Growth(10, 12, 2),), sheet=SUMMARY)


def test_a_list_longer_than_a_sheet_is_refused() -> None:
    """Rows that Excel cannot hold are not silently cut off."""
    made = changed(SHEET, '<row r="15">', '<row r="1048576">')
    with pytest.raises(TemplateError, match="放不下"):
        after(made, SHEET, THREE)


def test_a_refusal_in_a_rule_names_it() -> None:
    """A condition that no range can say is found by the cells that it stands for."""
    rule = '<conditionalFormatting sqref="D7 D8:F8"><cfRule type="expression" priority="2"><formula>COUNTIF($D$6,1)</formula>'
    made = changed(SHEET, "<hyperlinks>", f"{rule}</cfRule></conditionalFormatting><hyperlinks>", plain())
    with pytest.raises(TemplateError) as caught:
        after(made, SHEET, CARDS)
    assert caught.value.where == "工作表“名册 表” › 条件格式（D7 D8:F8）"
