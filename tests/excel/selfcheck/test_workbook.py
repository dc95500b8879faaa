"""The self-check as it stands in an issued workbook: what it is made of, what it holds, what a school sees."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

import tiny
from excel.blanks import GOOD, LIST, received
from excel.selfcheck.agreement import verdicts
from excel.selfcheck.inserting import with_insertions
from office import Office
from pbreports.excel.edit import SetCells, edited
from pbreports.excel.fill import Filling
from pbreports.excel.issue import issue_workbook
from pbreports.excel.layout import CHECK, FACTS, SELF_CHECK
from pbreports.excel.opening import open_workbook
from pbreports.excel.reader import read_workbook
from pbreports.excel.reader.values import Kind, Sheet
from pbreports.excel.selfcheck.compiled import Shape, compiled, tables_asked
from pbreports.scheme import Scheme
from pbreports.values import Scalar
from rules.casebook import year_of_rules
from rules.test_rule_cases import SCHEME

RULES = """
- {码: T-1, 级别: 错误, 表: 一列一条, 条件: 次数 <= 小组.人数, 定位: [次数], 消息: 多了。, 怎么改: 请核对次数。}
- {码: T-2, 级别: 警告, 表: 一行一条, 条件: 个数 >= 差额, 消息: 少了。, 怎么改: 请说明。}
- {码: T-3, 级别: 错误, 表: 一行一条, 条件: 空(叠词(长文)), 消息: 重了。, 怎么改: 请改。}
"""
COLUMNS = ["序号", "编码", "检查内容", "级别", "状态", "处数", "第一处", "怎么改", "说明"]
Rows = dict[str, list[dict[str, Scalar]]]


@pytest.fixture(scope="module")
def ruled(tmp_path_factory: pytest.TempPathFactory) -> Scheme:
    """Return the tiny scheme with an error, a warning and a rule that no formula can say."""
    return tiny.tiny_scheme(tmp_path_factory.mktemp("ruled"), tiny.SCHEME + RULES)


def workbook(scheme: Scheme, rows: Rows | None = None) -> bytes:
    """Return the tiny library's workbook, filled in."""
    facts = tiny.tiny_facts(scheme)
    return issue_workbook(scheme, tiny.library(scheme), tiny.second_half(scheme), facts, Filling(rows or {}))


def wrong() -> Rows:
    """Return right answers but for one count too many, one too few, and one required cell left empty."""
    rows: Rows = {name: [dict(row) for row in given] for name, given in GOOD.items()}
    rows["一列一条"][0]["次数"] = Decimal(13)
    rows["一行一条"][1].update({"个数": Decimal(1), "差额": Decimal(2)})
    del rows["封面"][0]["填报人"]
    return rows


def all_formulas(scheme: Scheme) -> list[str]:
    """Return every formula that a self-check of the year's scheme can hold, for units with all sheets."""
    sizes = tuple((sheet.name, sheet.spare_records or 1) for sheet in scheme.school_sheets)
    counts = tuple((name, 4) for name in tables_asked(scheme))
    kinds = scheme.heading.unit_kinds
    shapes = (Shape(scheme, scheme.period(), kind, sizes, counts) for kind in kinds)
    return [one for shape in shapes for one in compiled(shape).formulas]


def arguments_of(formula: str, function: str) -> list[str]:
    """Return what stands in the brackets of each call of a function."""
    found = []
    for call in re.finditer(rf"\b{function}\(", formula):
        depth, end = 1, call.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(formula[end], 0)
            end += 1
        found.append(formula[call.end() : end - 1])
    return found


def test_no_formula_needs_an_array_or_recalculates_without_cause() -> None:
    """Excel 2010 goes through no range inside IF; what changes by itself or jumps through texts is not used."""
    formulas = all_formulas(year_of_rules(SCHEME).scheme)
    assert len(formulas) > 5000
    plain = [re.sub('"[^"]*"', '""', one) for one in formulas]
    inside = [inner for one in plain for inner in arguments_of(one, "SUMPRODUCT")]
    assert [one for one in inside if re.search(r"\bIF(ERROR)?\(", one)] == []
    assert [one for one in plain if re.search(r"\b(INDIRECT|OFFSET|TODAY|NOW|RAND|CELL|INFO)\(", one)] == []
    assert max(map(len, formulas)) <= 8192


def test_the_hidden_sheets_are_hidden_as_programs_do_it(ruled: Scheme) -> None:
    """Nobody can unhide the helper sheets by hand; the page stands behind the contents."""
    book = load_workbook(io.BytesIO(workbook(ruled)))
    assert {book[title].sheet_state for title in (CHECK, FACTS)} == {"veryHidden"}
    assert book.sheetnames[:2] == ["目录", SELF_CHECK]
    with zipfile.ZipFile(io.BytesIO(workbook(ruled))) as archive:
        texts = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
    assert not [text for text in texts if 't="array"' in text]


def test_the_facts_are_the_units_own(ruled: Scheme) -> None:
    """Of the roster a workbook holds the columns asked and the unit's own groups, nothing of others."""
    page = _page(workbook(ruled), FACTS)
    texts = {str(cell.value) for cell in page.cells.values()}
    assert {"小组.人数", "小组.小组代码", "A01-1", "A01-2", "A01-3"} <= texts
    assert not [text for text in texts if "B02" in text or "柳堤" in text or "晨读" in text]


def _page(data: bytes, title: str) -> Sheet:
    page = read_workbook(data).sheet(title)
    assert page is not None
    return page


def _rows(data: bytes) -> list[list[str]]:
    page = load_workbook(io.BytesIO(data))[SELF_CHECK]
    return [[str(cell.value or "") for cell in row] for row in page.iter_rows(min_row=4, max_col=9)]


def test_the_page_lists_the_rules_and_what_the_bureau_checks(ruled: Scheme) -> None:
    """Each rule has its line with what to do; what no formula can say stands below with the reason."""
    rows = _rows(workbook(ruled))
    assert rows[0] == COLUMNS
    lines = {row[1]: row for row in rows[1:]}
    assert lines["T-1"][3] == "错误"
    assert lines["T-1"][7] == "请核对次数。"
    assert {"V-G04", "V-G05", "V-G07", "V-G09", "T-2"} <= lines.keys()
    assert lines["T-3"][4] == "要逐字看有没有重复，公式做不到"


def test_only_warnings_can_be_explained(ruled: Scheme) -> None:
    """The cell 说明 is open beside a warning and locked beside an error."""
    page = load_workbook(io.BytesIO(workbook(ruled)))[SELF_CHECK]
    locked = {row[1].value: row[8].protection.locked for row in page.iter_rows(min_row=5, max_col=9)}
    assert locked["T-2"] is False
    assert locked["T-1"] is True


def test_a_returned_workbook_is_read_without_the_helper_sheets(ruled: Scheme) -> None:
    """What comes back is not read where only our formulas stand, unless a formula there could start a program."""
    data = workbook(ruled)
    read = {page.title: len(page.cells) for page in open_workbook(data).sheets}
    assert read[CHECK] == read[FACTS] == 0
    assert read[SELF_CHECK] > 0
    planted = _planted(data, b"<f>cmd|'/c calc'!A0</f>")
    assert open_workbook(planted).flags != open_workbook(data).flags


def _planted(data: bytes, formula: bytes) -> bytes:
    """Return a workbook with a formula put into the helper sheet."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if b't="shared"' in part and b"<sheetFormatPr" in part:
                part = part.replace(
                    b"</sheetData>", b'<row r="99999"><c r="A99999">' + formula + b"</c></row></sheetData>"
                )
            new.writestr(name, part)
    return stream.getvalue()


@pytest.fixture(scope="module")
def computed(ruled: Scheme, office: Office, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the wrongly filled workbook as the office saves it."""
    folder = tmp_path_factory.mktemp("computed")
    source = folder / "簿.xlsx"
    source.write_bytes(workbook(ruled, wrong()))
    return office.convert(source, "xlsx", folder / "out").read_bytes()


@pytest.mark.render
def test_the_page_names_the_first_place(computed: bytes) -> None:
    """A broken rule says how many places there are and where the first is; the sentence above counts them all."""
    page = _page(computed, SELF_CHECK)
    lines = {str(page.cells[row, 2].value): row for row in range(5, 12) if (row, 2) in page.cells}
    told = {code: [str(page.cells[row, at].value) for at in (5, 6, 7)] for code, row in lines.items()}
    assert told["T-1"] == ["未通过", "1", "02_一列一条!C7"]
    assert told["T-2"] == ["未通过", "1", "01_一行一条!D6"]
    assert told["V-G04"] == ["未通过", "1", "00_封面!C6"]
    assert told["V-G09"][0] == "通过"
    assert str(page.cells[3, 1].value) == "还有2处错误、1处警告。错误改好以后再报。"


@pytest.mark.render
def test_no_formula_fails(computed: bytes) -> None:
    """Nothing in the workbook shows an error, not even where nobody looks."""
    cells = ((page.title, spot, cell) for page in read_workbook(computed).sheets for spot, cell in page.cells.items())
    assert [(title, spot) for title, spot, cell in cells if cell.kind is Kind.ERROR] == []


@pytest.mark.render
def test_computed_fields_compute_themselves(computed: bytes) -> None:
    """The grey cells show what the program computes, and nothing where an operand is blank."""
    book = load_workbook(io.BytesIO(computed), data_only=True)
    page = book["01_一行一条"]
    header = [cell.value for cell in page[3]]
    assert [page.cell(row, header.index("合计数") + 1).value for row in (5, 6)] == [-3, 3]
    assert page.cell(7, header.index("合计数") + 1).value in (None, "")


@pytest.mark.render
def test_a_blank_and_a_right_workbook(ruled: Scheme, office: Office, tmp_path: Path) -> None:
    """A blank lacks what is required; a rightly filled one lacks nothing and breaks nothing."""
    sources = [tmp_path / "空.xlsx", tmp_path / "好.xlsx"]
    for source, rows in zip(sources, ({}, GOOD), strict=True):
        source.write_bytes(workbook(ruled, rows))
    empty, right = verdicts(office, sources, tmp_path / "out")
    assert {code for code, said in empty.items() if said.places} == {"V-G04", "V-G07"}
    assert {code for code, said in right.items() if said.places} == set()


REMARKS = {
    "备注：都在馆内": True,
    " 填表人 甲": True,
    "说明: 无": True,
    "负责人：乙": True,
    "注意事项": False,
    "说明书": False,
}


@pytest.mark.render
def test_a_remark_below_the_records_is_none(office: Office, tmp_path: Path) -> None:
    """Neither for the workbook nor for the reader; what only resembles one is a record for both, and checked."""
    rule = "- {码: T-4, 级别: 错误, 表: 一行一条, 条件: 编码 == 'L1' or 编码 == 'L2', 消息: 不对。, 怎么改: 请改。}\n"
    scheme = tiny.tiny_scheme(tmp_path / "方案", tiny.SCHEME + rule)
    sources = [tmp_path / f"{number}.xlsx" for number, _ in enumerate(REMARKS)]
    for source, text in zip(sources, REMARKS, strict=True):
        source.write_bytes(edited(workbook(scheme, GOOD), [SetCells(LIST, {"A7": text})]))
    broken = [said["T-4"].places for said in verdicts(office, sources, tmp_path / "out")]
    submissions = [received(scheme, source.read_bytes()).submission for source in sources]
    assert broken == [0 if is_remark else 1 for is_remark in REMARKS.values()]
    assert [len(one.records("一行一条")) - 2 for one in submissions if one] == broken


@pytest.mark.render
@pytest.mark.parametrize(
    ("title", "code", "place", "moved"),
    [
        ("01_一行一条", "T-2", "01_一行一条!D6", "01_一行一条!E7"),
        ("02_一列一条", "T-1", "02_一列一条!C7", "02_一列一条!D8"),
    ],
)
def test_inserted_rows_and_columns_change_no_verdict(
    title: str, code: str, place: str, moved: str, ruled: Scheme, office: Office, tmp_path: Path
) -> None:
    """After a row and a column were inserted the same rule is broken at the same cell, wherever it stands now."""
    source = tmp_path / "簿.xlsx"
    source.write_bytes(workbook(ruled, wrong()))
    row, column = (6, 2) if title.startswith("01") else (5, 2)
    after = _page(with_insertions(office, source, tmp_path / "插.xlsx", title, row=row, column=column), SELF_CHECK)
    lines = {str(cell.value): spot for (spot, at), cell in after.cells.items() if at == 2}
    assert place != moved
    assert [str(after.cells[lines[code], at].value) for at in (5, 6, 7)] == ["未通过", "1", moved]
