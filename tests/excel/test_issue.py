from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

import tiny
from excel.blanks import COVER, FORM, LIST, PRESET, UPRIGHT, blank, filled
from office import Office
from ooxml.audit import audit
from pbreports.excel.identity import META
from pbreports.excel.issue import issue_workbook
from pbreports.excel.layout import CHECK, FACTS, SEAL, SELF_CHECK
from pbreports.excel.limits import LISTS
from pbreports.excel.reader import Calculation, read_workbook
from pbreports.excel.seal import SEAL_DATA
from pbreports.scheme import Scheme


def opened(data: bytes) -> Workbook:
    """Return a workbook's bytes opened by the library that wrote them."""
    return load_workbook(io.BytesIO(data))


def limits_of(page: Worksheet) -> dict[str, list[str]]:
    """Return kind, formulas and error text of every input limit by its range."""
    return {
        str(one.sqref): [str(one.type), str(one.formula1), str(one.formula2), str(one.error)]
        for one in page.data_validations.dataValidation
    }


def test_only_the_sheets_of_kind_and_period_are_issued(scheme: Scheme) -> None:
    """A station gets no sheet meant for libraries, and the first half no sheet of the second."""
    station = tiny.tiny_units(scheme).all[1]
    data = issue_workbook(scheme, station, scheme.period("上半年"), tiny.tiny_facts(scheme))
    assert opened(data).sheetnames == [
        "目录",
        SELF_CHECK,
        COVER,
        LIST,
        UPRIGHT,
        FACTS,
        CHECK,
        SEAL,
        SEAL_DATA,
        LISTS,
        META,
    ]


def test_the_same_inputs_give_the_same_bytes(scheme: Scheme) -> None:
    """A blank is reproducible to the byte."""
    assert blank(scheme) == blank(scheme)


def test_every_line_of_the_contents_links_to_its_sheet_and_tells_its_state(scheme: Scheme) -> None:
    """The contents link to each sheet, count its answers, and offer the declaration only where it may be made."""
    page = opened(blank(scheme))["目录"]
    lines = {page.cell(row, 2).value: row for row in range(9, 14)}
    assert list(lines) == [COVER, LIST, UPRIGHT, FORM, PRESET]
    assert page.cell(lines[LIST], 2).hyperlink.location == f"'{LIST}'!A1"
    assert page.cell(lines[LIST], 5).value == "有数据"
    assert page.cell(lines[COVER], 5).value == "必报"
    assert not page.cell(lines[LIST], 5).protection.locked
    assert page.cell(lines[COVER], 5).protection.locked
    assert limits_of(page) == {"E10 E11 E13": ["list", '"有数据,无"', "None", "请选“有数据”或“无”。"]}


def test_what_was_printed_beforehand_does_not_count_as_filled(scheme: Scheme) -> None:
    """The state of a preset sheet looks at the answers only, not at the keys that were printed."""
    page = opened(blank(scheme))["目录"]
    assert page["D13"].value == f'=IF(E13="无","无",IF(COUNTA(\'{PRESET}\'!C5:D8)>0,"已填","未填"))'


def test_headers_are_the_names_and_stand_in_their_lines(scheme: Scheme) -> None:
    """Lists carry their headers in row 3, upright sheets in column A, each with unit and star beside it."""
    book = opened(blank(scheme))
    names = [field.name for field in scheme.sheets["一行一条"].shown]
    assert [cell.value for cell in book[LIST][3]] == names
    assert [cell.value for cell in book[LIST][4]][:4] == ["★", "选填", "选填", "个"]
    upright = [field.name for field in scheme.sheets["一列一条"].shown]
    assert [book[UPRIGHT].cell(row, 1).value for row in range(4, 4 + len(upright))] == upright
    assert book[UPRIGHT]["B7"].value == "★ 次"
    assert "二十字以内" in book[LIST]["B3"].comment.text


def test_preset_records_come_from_roster_and_options(scheme: Scheme) -> None:
    """The roster's rows of the unit that fulfil the condition, times the options; locked where the scheme says so."""
    book = opened(blank(scheme))
    rows = [tuple(cell.value for cell in row[:3]) for row in book[PRESET].iter_rows(min_row=5)]
    quarters = ("第一季度", "第二季度")
    assert rows == [(code, quarter, None) for code in ("A01-1", "A01-2") for quarter in quarters]
    page = book[UPRIGHT]
    assert [page["C4"].value, page["C5"].value, page["C6"].value] == ["A01-1", "晨读小组", 12]
    assert page["C4"].protection.locked
    assert not page["C6"].protection.locked
    assert page["D6"].value is None


def test_a_locked_cell_that_nothing_was_printed_in_stays_open(tmp_path: Path) -> None:
    """The spare records of a sheet can be filled even in its locked fields."""
    text = tiny.SCHEME.replace("  主键: [小组代码, 季度]\n", "  主键: [小组代码, 季度]\n  增减: true\n  空行: 2\n")
    page = opened(blank(tiny.tiny_scheme(tmp_path, text)))[PRESET]
    assert page.max_row == 10
    assert [page.cell(row, 1).protection.locked for row in (8, 9, 10)] == [True, False, False]


def test_everything_but_the_cells_to_fill_is_locked_without_a_password(scheme: Scheme) -> None:
    """Headers, remarks and computed fields are locked; rows can be resized, filtered and inserted."""
    page = opened(blank(scheme))[LIST]
    assert page.protection.sheet
    assert page.protection.password is None
    forbidden = [page.protection.formatRows, page.protection.autoFilter, page.protection.insertRows]
    assert forbidden == [False, False, False]
    assert page["A3"].protection.locked
    assert page["A4"].protection.locked
    assert not page["A5"].protection.locked
    assert page.cell(5, len(scheme.sheets["一行一条"].shown)).protection.locked


def test_a_list_has_its_spare_rows_with_formats(scheme: Scheme) -> None:
    """Text cells are text, so that 007 stays 007; dates and numbers have their formats down to the last spare row."""
    page = opened(blank(scheme))[LIST]
    assert page.max_row == 4 + scheme.sheets["一行一条"].spare_records
    formats = [cell.number_format for cell in page[page.max_row]]
    assert formats == ["@", "@", "@", "0", "0", "0.00", "0.0", "yyyy-mm-dd", "@", "@", "@", "@", "General"]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("B", ["textLength", "20", "None"]),
        ("D", ["whole", "0", "1000000000000"]),
        ("E", ["whole", "-5", "99"]),
        ("F", ["decimal", "-1000000000000", "1000000000000"]),
        ("G", ["decimal", "0", "120"]),
        ("H", ["date", "2", "73050"]),
        ("J", ["list", '"优秀,合格,不合格"', "None"]),
        ("K", ["list", "_dropdown_1", "None"]),
        ("L", ["list", '"是,否"', "None"]),
    ],
)
def test_each_kind_of_field_limits_what_may_be_typed(scheme: Scheme, field: str, expected: list[str]) -> None:
    """The program in which the school types refuses what intake would refuse."""
    limits = limits_of(opened(blank(scheme))[LIST])
    assert limits[f"{field}5:{field}16"][:3] == expected


def test_a_month_is_text_that_only_takes_year_and_month(scheme: Scheme) -> None:
    """A custom condition looks at the text, since a date cell would make a day of 1905 out of 1985.3."""
    kind, formula, _, error = limits_of(opened(blank(scheme))[LIST])["I5:I16"]
    assert kind == "custom"
    assert 'MID(I5,5,1)="-"' in formula
    assert error == "“出生年月”应填年月。"


def test_no_text_becomes_a_formula(scheme: Scheme) -> None:
    """Whatever a text begins with, the formulas of a filled workbook are those of its blank."""
    rows = [{"编码": "=1+1", "短文": "+1", "长文": '=HYPERLINK("http://x")'}, {"编码": "@SUM(A1)", "短文": "-1"}]
    assert formulas_of(filled(scheme, {"一行一条": rows})) == formulas_of(blank(scheme))


def formulas_of(data: bytes) -> set[tuple[str, tuple[int, int], str | None]]:
    """Return the formulas of a workbook with their sheets and places."""
    return {
        (page.title, spot, cell.formula)
        for page in read_workbook(data).sheets
        for spot, cell in page.cells.items()
        if cell.calculation is not Calculation.PLAIN
    }


KNOWN_FUNCTIONS = set(
    """
    IF IFERROR AND OR NOT NA CHOOSE ISERROR ISNUMBER ISTEXT
    COUNT COUNTA COUNTIF COUNTIFS SUM SUMIF SUMPRODUCT MAX MIN MATCH INDEX ROW ROWS COLUMN COLUMNS ADDRESS HYPERLINK
    ABS INT MOD ROUND TRUNC EXACT LEN MID LEFT RIGHT TRIM FIND SUBSTITUTE VALUE CHAR
    DATE YEAR MONTH DAY EDATE NETWORKDAYS
    """.split()
)
"""Functions of Excel 2010 that WPS and LibreOffice compute alike."""


def test_no_function_is_newer_than_excel_2010(scheme: Scheme) -> None:
    """Functions that came later are written with a prefix; none may occur, nor any outside the known few."""
    with zipfile.ZipFile(io.BytesIO(blank(scheme))) as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist() if "sheet" in name)
    formulas = re.findall(r"<f(?: [^>]*)?>(.*?)</f>|<formula[12]?>(.*?)</formula[12]?>", text)
    used = {name for pair in formulas for name in re.findall(r"[A-Z_.]+(?=\()", "".join(pair))}
    assert used <= KNOWN_FUNCTIONS
    assert {"IF", "COUNTA", "SUMPRODUCT"} <= used


def test_the_print_setup_is_a4_one_page_wide(scheme: Scheme) -> None:
    """Every sheet prints on A4, one page wide, wide lists lying, with the headers on every page."""
    book = opened(blank(scheme))
    visible = [page for page in book.worksheets if page.sheet_state == "visible"]
    assert {(page.page_setup.paperSize, page.page_setup.fitToWidth) for page in visible} == {(9, 1)}
    assert book[LIST].page_setup.orientation == "landscape"
    assert book[FORM].page_setup.orientation == "portrait"
    assert book[LIST].print_title_rows == "$3:$4"
    assert book[UPRIGHT].print_title_cols == "$A:$B"


def test_the_hidden_sheet_names_form_unit_and_sheets(scheme: Scheme) -> None:
    """A blank can be recognised however its file is named."""
    page = opened(blank(scheme))[META]
    assert page.sheet_state == "veryHidden"
    rows = list(page.iter_rows(values_only=True))
    assert [row[1] for row in rows[:5]] == ["报送簿", "2031", "下半年", "2031.1", "A01"]
    assert rows[-1] == ("小组季度", PRESET, "列表", "3")


def test_a_sheet_issued_without_any_record_is_declared_so_beforehand(scheme: Scheme, tmp_path: Path) -> None:
    """A unit with nothing on the roster for a sheet it cannot extend is not asked to declare it."""
    facts = tiny.tiny_records(scheme) | {"小组": ()}
    data = issue_workbook(scheme, tiny.library(scheme), tiny.second_half(scheme), tiny.Facts(facts))
    page = opened(data)["目录"]
    assert [page.cell(row, 5).value for row in range(9, 14)] == ["必报", "有数据", "无", "必报", "无"]
    (tmp_path / "empty.xlsx").write_bytes(data)
    assert audit(tmp_path / "empty.xlsx") == []


def test_a_blank_passes_the_validator(scheme: Scheme, tmp_path: Path) -> None:
    """Nothing in a blank breaks the schemas of office files."""
    (tmp_path / "blank.xlsx").write_bytes(blank(scheme))
    assert audit(tmp_path / "blank.xlsx") == []


@pytest.mark.render
def test_the_state_in_the_contents_follows_the_data(scheme: Scheme, tmp_path: Path, office: Office) -> None:
    """Another program that computes the blank anew says which sheets are filled."""
    source = tmp_path / "filled.xlsx"
    source.write_bytes(filled(scheme, {"一行一条": [{"编码": "L1"}]}, ["小组季度"]))
    book = read_workbook(office.convert(source, "xlsx", tmp_path / "again"))
    page = book.sheet("目录")
    assert page is not None
    assert [page.cells[row, 4].value for row in range(9, 14)] == ["未填", "已填", "未填", "未填", "无"]
