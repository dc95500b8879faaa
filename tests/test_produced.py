"""Every workbook and document the program writes is sound by the schemas; nothing in them became a formula by itself."""

import shutil
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from office import Office
from ooxml.audit import audit
from pbreports.excel.issue import issue_workbook
from pbreports.ledger import Ledger
from pbreports.pipeline.bureau import load_bureau
from pbreports.pipeline.running import build_year
from pbreports.pipeline.year import Year, open_year
from pbreports.word.read import text_of
from pbreports.workspace import open_workspace

DAY = date(2020, 12, 31)


@pytest.fixture(scope="module")
def built(collected_district: Path, tmp_path_factory: pytest.TempPathFactory) -> Year:
    """The sample district's year after a whole run."""
    root = tmp_path_factory.mktemp("produced") / "区"
    shutil.copytree(collected_district, root)
    year = open_year(open_workspace(root, 2020))
    build_year(year, DAY)
    return year


def test_outputs_and_bureau_workbooks_are_sound(built: Year) -> None:
    """Papers, proof sheets, registers, a return and the bureau workbooks pass the validator without an error."""
    outputs = [path for path in built.workspace.outputs.rglob("*") if path.suffix in (".xlsx", ".docx")]
    returns = sorted(path for path in outputs if path.stem.endswith("_退回"))
    produced = [path for path in outputs if "运行记录" not in path.parts and path not in returns[1:]]
    assert returns
    produced += sorted(built.workspace.inputs.glob("*.xlsx"))
    assert {path.suffix for path in produced} == {".xlsx", ".docx"}
    assert {path.name: found for path in produced if (found := audit(path))} == {}


@pytest.mark.parametrize("kinds_taken", [2, pytest.param(None, marks=pytest.mark.campaign)], ids=["some", "all"])
def test_a_blank_of_every_kind_is_sound(built: Year, tmp_path: Path, kinds_taken: int | None) -> None:
    """The blank of each kind of unit passes the validator, and so does a filled one; every day two kinds are looked at."""
    with Ledger(built.workspace.ledger, built.scheme) as ledger:
        bureau = load_bureau(built, ledger)
        kinds = {unit.kind: unit for unit in bureau.units.reporting()}
        for kind, unit in [*kinds.items()][:kinds_taken]:
            path = tmp_path / f"{kind}.xlsx"
            path.write_bytes(issue_workbook(built.scheme, unit, built.period(), bureau.facts))
    filled = next(built.received_in(built.period()).rglob("*.xlsx"))
    assert set(kinds) == set(built.scheme.heading.unit_kinds)
    assert {path.name: found for path in (*tmp_path.iterdir(), filled) if (found := audit(path))} == {}


def test_no_register_holds_a_formula(built: Year) -> None:
    """What came from schools stands in registers and proof sheets as text and numbers only."""
    for path in (*built.workspace.outputs.glob("*.xlsx"), *built.workspace.papers.glob("*_校对单.xlsx")):
        with zipfile.ZipFile(path) as archive:
            sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
            assert not [name for name in sheets if b"<f>" in archive.read(name) or b"<f " in archive.read(name)]


PHRASES = (
    "中小学党建工作示范校11所、区级示范校5所",
    "中小学党建工作示范校32所、区级示范校16所",
    "新成立1个党总支、7个党支部",
    "7个涉农镇街党总支、67个党支部完成换届选举",
    "对151个党支部开展了2轮次星级评定",
    "评出五星级党组织38个，占参评支部的25.2%",
    "区级党建工作观摩点10个",
    "3所学校，3名党组织书记作典型发言",
    "新发展党员52名",
    "任用和交流干部14人",
    "等5个品牌获评市级",
    "有1个党组织获得省级先进基层党组织称号",
    "1个品牌获评区基层党建工作创新案例",
)
"""How the summary states the golden numbers of the sample district's year."""


def test_the_summary_states_every_golden_number(built: Year) -> None:
    """The one summary says in words what the district's year came to."""
    papers = list(built.workspace.papers.glob("*总结*.docx"))
    assert len(papers) == 1
    text = "".join(text_of(papers[0].read_bytes()))
    assert [phrase for phrase in PHRASES if phrase not in text] == []


GOLDEN = {
    ("A4换届台账", "其中党总支、党委"): 7,
    ("A4换届台账", "其中党支部"): 67,
    ("A3增减变动", "其中新成立党总支"): 1,
    ("A3增减变动", "其中新成立党支部"): 7,
    ("A6观摩点", "观摩点"): 10,
    ("A6观摩点", "其中推进会观摩"): 3,
    ("B3发展党员台账", "其中中青年骨干"): 52,
    ("D1示范校", "本年市级"): 11,
    ("D1示范校", "本年区级"): 5,
    ("D1示范校", "三年市级"): 32,
    ("D1示范校", "三年区级"): 16,
    ("D4上级表彰", "表彰数"): 1,
    ("G1报送情况", "应报单位"): 110,
}
"""What the ledger counts by itself of the sample district's year, by page and label."""


@pytest.mark.render
def test_the_ledger_comes_to_the_golden_numbers(built: Year, office: Office, tmp_path: Path) -> None:
    """Computed anew by an office program, the ledger's own counts are right, and every total is that of its figure."""
    (ledger,) = built.workspace.papers.glob("*台账_初稿.xlsx")
    book = openpyxl.load_workbook(office.convert(ledger, "xlsx:Calc MS Excel 2007 XML", tmp_path), data_only=True)
    counted = {(sheet.title, row[1]): row[2] for sheet in book for row in sheet.iter_rows(min_row=5, values_only=True)}
    assert {key: counted.get(key) for key in GOLDEN} == GOLDEN
    verdicts = {row[1]: row[6] for row in book["H2勾稽核对"].iter_rows(min_row=4, values_only=True)}
    assert len(verdicts) > 30
    assert set(verdicts.values()) == {"相符"}
