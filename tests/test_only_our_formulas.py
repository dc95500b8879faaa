"""Nothing that we write turns text into a formula: one room writes cells, and no workbook has a formula of others."""

from __future__ import annotations

import ast
import html
import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import tiny
from pbreports.excel.bureau import bureau_workbook
from pbreports.excel.issue import issue_workbook
from pbreports.scheme import Scheme, load_scheme
from pbreports.scheme.model import FieldKind
from pbreports.values import Scalar
from small_year import SmallYear, filled, make_small_year

HOSTILE = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "-2+3",
    '=HYPERLINK("http://x","点我")',
    "＝１＋１",
    "\t=1+1",
    "{=1+1}",
    '",=1+1,"',
    "_x003D_1+1",
)
SOURCES = Path(__file__).parents[1] / "src" / "pbreports" / "excel"
WRITERS = {"text.py"}
"""The one module that puts values into cells."""

BY_HAND = {"edit.py"}
"""Makes the mistakes of people in sample districts and tests; nothing of ours goes out through it."""

WRITING = {"value", "data_type", "_value"}


def assignments(path: Path) -> Iterator[str]:
    """Go through the places of a module at which something is put into a cell without the one room's functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            for one in (part for target in targets for part in ast.walk(target)):
                if isinstance(one, ast.Attribute) and one.attr in WRITING and ast.unparse(one.value) != "self":
                    yield f"{path.name}:{node.lineno}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            named = {keyword.arg for keyword in node.keywords}
            if node.func.attr == "cell" and (len(node.args) > 2 or "value" in named):
                yield f"{path.name}:{node.lineno}"


def test_one_room_puts_values_into_cells() -> None:
    """Cells are written by the functions of excel/text.py alone, so that none can forget what a text is."""
    paths = [path for path in SOURCES.rglob("*.py") if path.name not in WRITERS | BY_HAND]
    assert len(paths) > 40
    assert [place for path in paths for place in assignments(path)] == []


@pytest.mark.parametrize(
    "line",
    ["cell.value = x", "page.cell(1, 2).value = x", "a, cell.value = 1, x", "page.cell(1, 2, x)", "c._value = x"],
)
def test_the_search_sees_every_way_to_write(tmp_path: Path, line: str) -> None:
    """The search for strays finds what it is for."""
    path = tmp_path / "stray.py"
    path.write_text(line, encoding="utf-8")
    assert list(assignments(path)) == ["stray.py:1"]


RETURNS = ("退回.xlsx", "批注.xlsx")
FORMULA = re.compile(rb"<(?:\w+:)?(f|formula|formula1|formula2|definedName)\b[^>]*>(.*?)</", re.DOTALL)
LINE = re.compile(r"(\$?\b[A-Z]{1,3}\$?)\d+\b")
OUTSIDE = re.compile(rb'TargetMode="External"|<(?:\w+:)?(?:ddeLink|oleLink|externalBook|webPr|connection)\b')


def formulas(path: Path) -> set[str]:
    """Return the formulas in all parts of a workbook: of cells, marks, limits and names (print areas left out).

    The numbers of lines are taken out of them: what is filled down a column may be written once or line by line.
    """
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.startswith("xl/") and name.endswith(".xml")]
    found = (match for part in parts for match in FORMULA.finditer(part) if b"_xlnm." not in match[0])
    return {LINE.sub(r"\1#", html.unescape(match[2].decode())) for match in found}


def leads_outside(path: Path) -> bool:
    """Return whether a workbook holds a link that leaves it."""
    with zipfile.ZipFile(path) as archive:
        return any(OUTSIDE.search(archive.read(name)) for name in archive.namelist())


def hostile_answers(scheme: Scheme) -> dict[str, list[dict[str, Scalar]]]:
    """Return the library's answers with a hostile text wherever a text may stand."""
    texts = iter(HOSTILE * 20)
    kinds = {FieldKind.TEXT, FieldKind.LONG_TEXT}
    numbers = {FieldKind.INTEGER: Decimal(3), FieldKind.DECIMAL: Decimal("1.5"), FieldKind.DATE: date(2031, 8, 1)}
    answers: dict[str, list[dict[str, Scalar]]] = {}
    for sheet in scheme.sheets_for("馆", "下半年"):
        rows: list[dict[str, Scalar]] = [{}] if sheet.name != "一行一条" else [{} for _ in range(10)]
        for row in rows:
            for field in sheet.shown:
                if field.kind in kinds and not field.locked:
                    row[field.name] = next(texts)
                elif field.kind in numbers:
                    row[field.name] = numbers[field.kind]
        answers[sheet.name] = rows
    answers["一列一条"][0]["小组代码"] = "A01-1"
    answers["小组季度"][0] |= {"小组代码": "A01-1", "季度": "第一季度"}
    return answers


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> SmallYear:
    """Return a year in which every name, text and file name tries to be a formula, run from blanks to papers."""
    year = make_small_year(tmp_path_factory.mktemp("hostile"))
    scheme = load_scheme(year.inputs / "方案")
    records = {name: [dict(one.values) for one in rows] for name, rows in tiny.tiny_records(scheme).items()}
    for row, text in zip(records["单位"], ("=1+1", '=HYPERLINK("http://x")', "@SUM(1)"), strict=True):
        row |= {"单位全称": f"{text}全称", "单位简称": f"{text}简称", "别名": f"+1；{text}", "片区": text}
    for row in records["小组"]:
        row["小组名称"] = f"=1+1{row['小组代码']}"
    (year.inputs / "名册.xlsx").write_bytes(bureau_workbook(scheme, scheme.bureau["名册"], records))
    assert year.run("issue", "--period", "下半年").exit_code == 0
    folder = year.inputs / "报送/下半年"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "=1+1.xlsx").write_bytes(filled(scheme, "A01", "下半年", hostile_answers(scheme)))
    (folder / "+1.xlsx").write_bytes(b"no workbook")
    (folder / "盖章").mkdir()
    (folder / "盖章" / "@SUM(1).pdf").write_bytes(b"%PDF-")
    (folder / "盖章" / "=1+1_A01.pdf").write_bytes(b"%PDF-")
    collect = ("collect", "--period", "下半年")
    year.run(*collect)
    shutil.copytree(year.outputs / "退回", year.outputs / "留存")  # the marked originals take the place of the returns
    for command in (
        collect,
        ("status", "--period", "下半年"),
        ("build", "--draft"),
        (*collect, "--annotate", "original"),
    ):
        result = year.run(*command)
        assert result.exception is None or isinstance(result.exception, SystemExit), command
    return year


def issued_formulas(folder: Path, scheme: Scheme) -> set[str]:
    """Return the formulas of the blanks of units with harmless names and of one that is filled harmlessly."""
    known: set[str] = set()
    facts = tiny.tiny_facts(scheme)
    for unit in tiny.tiny_units(scheme).all[:2]:
        for period in scheme.heading.periods:
            path = folder / f"{unit.code}{period.name}.xlsx"
            path.write_bytes(issue_workbook(scheme, unit, period, facts))
            known |= formulas(path)
    return known


def test_issued_and_returned_workbooks_have_the_formulas_of_harmless_ones(hostile: SmallYear, tmp_path: Path) -> None:
    """Blanks, what was filled in and returns hold no formula that the same workbook of a harmless unit has not."""
    scheme = load_scheme(hostile.inputs / "方案")
    known = issued_formulas(tmp_path, scheme)
    returns = [path for tail in RETURNS for path in hostile.outputs.rglob(f"*{tail}")]
    assert {path.stem[-2:] for path in returns} == {"退回", "批注"}
    written = [*hostile.outputs.glob("下发/下半年/**/*_v1.xlsx"), *returns]
    written += [hostile.inputs / "报送/下半年/=1+1.xlsx"]
    assert len(known) > 50
    assert {path.name: formulas(path) - known for path in written if formulas(path) - known} == {}


def test_all_other_workbooks_have_no_formula(hostile: SmallYear) -> None:
    """Registers, findings, proof sheets, lists to sign and the bureau's own workbooks hold none in any cell."""
    issued = ("_v1.xlsx", *RETURNS)
    others = [path for path in hostile.outputs.rglob("*.xlsx") if not path.name.endswith(issued)]
    others = [path for path in others if "运行记录" not in path.parts] + list(hostile.inputs.glob("*.xlsx"))
    assert {"校验结果.xlsx", "收件登记.xlsx", "名册.xlsx"} <= {path.name for path in others}
    assert any("校对单" in path.name for path in others)
    held = {path.name: cell_formulas(path) for path in others}
    assert {name: found for name, found in held.items() if found} == {}


def cell_formulas(path: Path) -> set[bytes]:
    """Return the formulas that stand in cells."""
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    return {match[2] for sheet in sheets for match in FORMULA.finditer(sheet) if match[1] == b"f"}


def test_no_workbook_leads_outside(hostile: SmallYear) -> None:
    """No text became a link either: to the net, to another workbook, to a program."""
    written = [path for path in hostile.outputs.rglob("*.xlsx") if "运行记录" not in path.parts]
    assert [path.name for path in written if leads_outside(path)] == []
    assert leads_outside(planted(hostile.root / "planted.xlsx"))


def planted(path: Path) -> Path:
    """Return a package with a link that leaves it, to see that the search finds one."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/worksheets/_rels/sheet1.xml.rels", '<Relationship TargetMode="External"/>')
        archive.writestr("xl/worksheets/sheet1.xml", "<c><f>A5+1</f></c>")
    assert formulas(path) == {"A#+1"}
    return path
