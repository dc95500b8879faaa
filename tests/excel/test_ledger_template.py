"""The template of the ledger workbook: made from its draft, speaking only of what there is, ready to be printed."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from ooxml.audit import audit
from pbreports.errors import PbreportsError, TemplateError
from pbreports.excel.drafting import build_template, read_draft
from pbreports.excel.drafting.places import placed
from pbreports.excel.shipped import make_template, write_template
from pbreports.scheme import Scheme, load_scheme

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "templates" / "党建工作台账.xlsx"
DRAFT = ROOT / "src/pbreports/excel/drafts/党建工作台账.toml"
OF_EVERY_LIST = {"序号"}
OF_REPORTS = {"填报情况"}
OF_TREES = {"层级"}
OF_THE_PAPER = {"未报单位名单": {"学校", "全称", "镇街"}, "主要指标表": {"指标", "单位", "来源", "口径"}}
"""What papers are given besides figures, lists and constants of the scheme."""
TEXTS_OF_THE_PAPER = {"未报说明"}

SMALL = """
groups = [{column = "片区", list = "片区清单"}]
[shared]
[[page]]
name = "甲"
title = "甲表"
[[page.table]]
list = "名册"
subtotals = true
columns = \"\"\"
| 名称 | 10 | 文
| 片区 | 10 | 文
数 | 个数 | 8 | 数
数 | 总数 | 8 | 数
数 | 占比 | 8 | 率 | =[个数]/[总数]
\"\"\"
[[page]]
name = "乙"
title = "乙表"
[[page.table]]
list = "片区清单"
sums = "甲"
by = "片区"
columns = \"\"\"
| 序号 | 6 | 中
| 片区 | 10 | 文
| 个数 | 8 | 数
\"\"\"
counts = \"\"\"
甲表总数 | 数 | =«甲!总数»
\"\"\"
"""


@pytest.fixture(scope="module")
def book() -> Workbook:
    """Return the shipped template, opened."""
    return openpyxl.load_workbook(SHIPPED)


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    """Return the shipped year."""
    return load_scheme(ROOT / "inputs" / "2020" / "方案")


def small(text: str = SMALL) -> Workbook:
    """Return the workbook of a small draft."""
    return openpyxl.load_workbook(io.BytesIO(build_template(read_draft(text, "试"))))


def tags(book: Workbook) -> list[str]:
    """Return what stands between the braces of a workbook."""
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    return [tag.strip() for text in texts for tag in re.findall(r"\{\{(.+?)\}\}", text)]


def test_the_shipped_template_is_made_from_its_draft() -> None:
    """Making it again gives the same bytes; a sound workbook by the schemas."""
    assert make_template("党建工作台账") == SHIPPED.read_bytes()
    assert audit(SHIPPED) == []


def test_a_template_that_staff_changed_is_not_overwritten(tmp_path: Path) -> None:
    """Only --force replaces another template."""
    target = tmp_path / "党建工作台账.xlsx"
    write_template(target, b"theirs")
    with pytest.raises(PbreportsError, match="没有覆盖"):
        write_template(target, b"ours")
    write_template(target, b"ours", replace=True)
    assert target.read_bytes() == b"ours"


def test_the_template_speaks_only_of_what_there_is(book: Workbook, scheme: Scheme) -> None:
    """Every tag is a figure, a constant, or a column of a list."""
    known = {*scheme.figures, *scheme.fixed_names(scheme.period()), *TEXTS_OF_THE_PAPER}
    strange = []
    for tag in tags(book):
        owner, _, column = tag.partition(".")
        listed = scheme.lists.get(owner)
        columns = OF_EVERY_LIST | OF_THE_PAPER.get(owner, set())
        if listed:
            columns |= (
                set(listed.columns) | (OF_REPORTS if listed.reports else set()) | (OF_TREES if listed.tree else set())
            )
        if (column and column not in columns) or (not column and tag.split()[0] not in known):
            strange.append(tag)
    assert strange == []


def test_every_list_of_the_ledger_is_used(book: Workbook, scheme: Scheme) -> None:
    """No list is declared for the ledger that none of its pages shows."""
    used = {tag.partition(".")[0] for tag in tags(book)}
    assert {name for name in scheme.lists if name.startswith("台账")} <= used


def test_the_pages_run_from_a_to_h(book: Workbook) -> None:
    """The eight parts of the ledger stand in order."""
    letters = [sheet.title[0] for sheet in book]
    assert letters == sorted(letters)
    assert set(letters) == set("ABCDEFGH")


def test_every_page_prints_on_a3_across_with_its_heads(book: Workbook) -> None:
    """A3, landscape, one page wide, heads repeated and frozen, pages numbered."""
    for sheet in book:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape"), sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0), sheet.title
        assert sheet.print_title_rows, sheet.title
        assert sheet.freeze_panes, sheet.title
        assert "&P" in sheet.oddFooter.center.text, sheet.title


def test_every_list_over_units_greys_who_has_not_reported(book: Workbook, scheme: Scheme) -> None:
    """The row that repeats carries the rule that looks for 未报."""
    for page in placed(read_draft(DRAFT.read_text(encoding="utf-8"), "台账")).values():
        rules = {
            str(area.sqref): rules for area, rules in book[page.page.name].conditional_formatting._cf_rules.items()
        }
        for table in page.tables:
            listed = scheme.lists.get(table.table.rows_of)
            if listed and listed.reports:
                found = [
                    rule for area, rules_of in rules.items() if area.startswith(f"A{table.first}:") for rule in rules_of
                ]
                assert any('="未报"' in rule.formula[0] for rule in found), page.page.name


def test_ideology_is_counted_by_school_alone(scheme: Scheme) -> None:
    """The two pages on ideology and integrity have one row a school and nothing but numbers."""
    for name in ("台账意识形态", "台账党风廉政"):
        listed = scheme.lists[name]
        assert listed.sheet == scheme.heading.roster.sheet
        assert all("合计(" in text.text or "计数(" in text.text for text in list(listed.columns.values())[4:])


def test_totals_and_shares_are_formulas() -> None:
    """A total adds its column up, a share divides the sums, a blank part gives no share, a zero whole a dash."""
    sheet = small()["甲"]
    assert sheet["C5"].value == "{{ 名册.个数 }}"
    assert sheet["C6"].value == "=SUM(C5:C5)"
    assert sheet["E5"].value == '=IF(COUNT(C5,D5)<2,"",IF(D5=0,"—",C5/D5))'
    assert sheet["E6"].value == '=IF(COUNT(C6,D6)<2,"",IF(D6=0,"—",C6/D6))'


def test_subtotals_look_their_rows_up_and_are_held_against_the_total() -> None:
    """Each group's row adds up the rows that have its name; their sum says whether it is the total."""
    sheet = small()["甲"]
    assert (sheet["A7"].value, sheet["B8"].value) == ("按片区小计", "{{ 片区清单.片区 }}")
    assert sheet["C8"].value == ('=IF(COUNTIFS($B$5:$B$5,$B8,$C$5:$C$5,">-1E+99")=0,"",SUMIF($B$5:$B$5,$B8,$C$5:$C$5))')
    assert sheet["C9"].value == "=SUM(C8:C8)"
    assert sheet["B9"].value.startswith("=IF(AND(ROUND(C9-C6,2)=0,ROUND(D9-D6,2)=0),")


def test_a_page_sums_up_another() -> None:
    """Sums over another page, and its totals, are found by the names of page and column."""
    sheet = small()["乙"]
    assert sheet["C4"].value == (
        "=IF(COUNTIFS('甲'!$B$5:$B$5,B4,'甲'!$C$5:$C$5,\">-1E+99\")=0,\"\",SUMIF('甲'!$B$5:$B$5,B4,'甲'!$C$5:$C$5))"
    )
    assert sheet["C6"].value == "='甲'!$D$6"


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("[个数]/", "[个树]/", "个树"),
        ("«甲!总数»", "«丙!总数»", "丙"),
        ("| 总数 | 8 | 数", "| 总数 | 8 | 树", "树"),
        ("| 片区 | 10 | 文\n", "| 片区 | 文\n", "请写 组 | 列名 | 宽 | 类 | 来源"),
        ("甲表总数 | 数 |", "甲表总数 |", "要写3项"),
        ('name = "甲"', "name = 甲", "不是 TOML"),
        ('title = "甲表"', "", "title"),
    ],
)
def test_a_slip_in_a_draft_is_said(right: str, wrong: str, said: str) -> None:
    """A draft that names what is not there, or has a line of no known form, makes no template."""
    with pytest.raises(TemplateError, match=re.escape(said)):
        small(SMALL.replace(right, wrong, 1))
