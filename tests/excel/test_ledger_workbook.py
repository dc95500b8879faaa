"""The ledger workbook, filled: every total right when computed anew, and nothing counted of who has not reported."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from figures.district import District, district_of
from figures.test_year_ledger import ABSENT, TABLES
from office import Office
from ooxml.audit import audit
from pbreports.excel.drafting import read_draft
from pbreports.excel.drafting.places import placed
from pbreports.excel.template import compile_workbook_template
from pbreports.tags.values import paper_values

ROOT = Path(__file__).resolve().parents[2]
DRAFT = (ROOT / "src/pbreports/excel/drafts/党建工作台账.toml").read_text(encoding="utf-8")
STAMP = datetime(2020, 12, 31)  # noqa: DTZ001 - a paper's time has no zone


@pytest.fixture(scope="module")
def year() -> District:
    """Return the shipped year."""
    return district_of()


@pytest.fixture(scope="module")
def filled(year: District, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the workbook of a small district in which one school has reported nothing."""
    constants = {
        **year.scheme.fixed_names(year.scheme.period()),
        "未报说明": "另有1个单位未报送。",
        "未报单位名单": [{"学校": "二小", "全称": "第二小学", "镇街": "东镇"}],
        "主要指标表": [{"序号": 1, "指标": "全区党员总数", "单位": "名", "来源": "03", "口径": "各支部之和"}],
    }
    figures = year.figures(TABLES, absent=ABSENT)
    values = paper_values(figures, year.lists(TABLES, absent=ABSENT), constants)
    path = tmp_path_factory.mktemp("ledger") / "台账.xlsx"
    template = compile_workbook_template(ROOT / "templates" / "党建工作台账.xlsx")
    path.write_bytes(template.render(values, stamp=STAMP))
    return path


@pytest.fixture(scope="module")
def computed(filled: Path, office: Office, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """Return the workbook as an office program computes it."""
    folder = tmp_path_factory.mktemp("computed")
    return openpyxl.load_workbook(office.convert(filled, "xlsx:Calc MS Excel 2007 XML", folder), data_only=True)


def row_of(sheet: Worksheet, label: str, nth: int = 0) -> dict[str, object]:
    """Return the values of the n-th row with a label in its second column, by the heads above."""
    heads = [cell.value or above.value for above, cell in zip(sheet[3], sheet[4], strict=True)]
    rows = [row for row in sheet.iter_rows(min_row=5, values_only=True) if row[1] == label]
    return dict(zip(heads, rows[nth], strict=True))


def test_the_filled_workbook_is_sound(filled: Path) -> None:
    """It passes the validator without an error."""
    assert audit(filled) == []


@pytest.mark.render
def test_no_formula_fails(computed: Workbook) -> None:
    """No cell of any page shows an error, and every sum of subtotals agrees with its total."""
    texts = [
        (sheet.title, cell.coordinate, cell.value)
        for sheet in computed
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    ]
    assert [one for one in texts if one[2].startswith(("#", "Err:"))] == []
    assert [one for one in texts if "与总计不符" in one[2] or one[2] == "不符"] == []


@pytest.mark.render
def test_who_has_not_reported_has_a_row_and_no_number(computed: Workbook) -> None:
    """The school that reported nothing, and the one that is not asked, show words and blanks, never 0."""
    sheet = computed["B1党员队伍"]
    assert set(row_of(sheet, "二小").values()) == {2, "二小", "东镇", "小学", "镇街", "未报", None}
    assert set(row_of(sheet, "四幼").values()) == {4, "四幼", "西街", "幼儿园", "民办", "不填", None}


@pytest.mark.render
def test_totals_count_who_has_reported(computed: Workbook) -> None:
    """The total adds up, and says of how many it is; a blank cell of a unit that reported is left out."""
    total = row_of(computed["B1党员队伍"], "合计")
    assert (total["填报情况"], total["支部数"], total["期末党员总数"], total["女党员"]) == ("2/3", 2, 17, 4)


@pytest.mark.render
def test_subtotals_stand_for_each_group(computed: Workbook) -> None:
    """By township, stage and ownership; a group none of which has a number stays blank."""
    sheet = computed["B1党员队伍"]
    found = {label: row_of(sheet, label) for label in ("东镇", "西街", "小学", "初中", "幼儿园", "民办", "局直属")}
    assert {label: row["期末党员总数"] for label, row in found.items()} == {
        "东镇": 10, "西街": 7, "小学": 10, "初中": 7, "幼儿园": None, "民办": None, "局直属": 7,
    }  # fmt: skip
    assert {label: row["填报情况"] for label, row in found.items()} == {
        "东镇": "1/2", "西街": "1/1", "小学": "1/2", "初中": "1/1", "幼儿园": "0/0", "民办": "0/0", "局直属": "1/1",
    }  # fmt: skip


@pytest.mark.render
def test_the_overviews_add_up_what_stands_by_school(computed: Workbook) -> None:
    """The pages by township, stage and ownership come to the same total as the page by school."""
    totals = {
        title: row_of(computed[title], "合计")["党员"] for title in ("F1按学校", "F2按镇街", "F3按学段", "F4按隶属")
    }
    assert totals == dict.fromkeys(totals, 17)
    assert row_of(computed["F2按镇街"], "东镇")["未报"] == 1


@pytest.mark.render
def test_the_ledger_is_held_against_the_figures(computed: Workbook) -> None:
    """Each line of the comparison agrees, or says that there is no number."""
    verdicts = {row[1]: row[6] for row in computed["H2勾稽核对"].iter_rows(min_row=4, values_only=True)}
    assert {verdicts[name] for name in ("党员总数", "党支部数", "党总支数", "专题研究", "党员总数（按学段）")} == {
        "相符"
    }
    assert set(verdicts.values()) <= {"相符", "无数字"}


@pytest.mark.render
def test_every_list_has_all_its_rows(computed: Workbook, year: District) -> None:
    """As many rows stand on each page as its list has."""
    lists = year.lists(TABLES, absent=ABSENT)
    for page in placed(read_draft(DRAFT, "台账")).values():
        first = page.tables[0]
        listed = lists.get(first.table.rows_of)
        if listed:
            numbers = [computed[page.page.name].cell(first.first + place, 1).value for place in range(len(listed.rows))]
            assert numbers == list(range(1, len(listed.rows) + 1)), page.page.name
