"""What goes back to a school: where it is written, what it says, when it is written again and when it goes."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from ooxml.audit import audit
from pbreports.excel.edit import DeleteColumn, Edit, InsertColumn, RenameSheet, SetCells, edited
from pbreports.values import Scalar
from small_year import SmallYear, make_small_year

PERIOD = ("--period", "下半年")
NONE = ("一行一条", "小组季度")
UPRIGHT, LIST = "02_一列一条", "01_一行一条"
RETURN = "退回/下半年/东片/2031_下半年_A01_一馆_v1_退回.xlsx"
HEADERS = ("序号", "级别", "编码", "工作表", "单元格", "对象", "问题", "怎么改", "同类处数", "说明")


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small year with blanks issued; copied for each test."""
    return make_small_year(tmp_path_factory.mktemp("returns")).root


@pytest.fixture
def year(issued: Path, tmp_path: Path) -> SmallYear:
    """Return the small year, for one test to spoil."""
    shutil.copytree(issued, tmp_path / "年度")
    return SmallYear(tmp_path / "年度")


def send(year: SmallYear, times: int = 3, *, edits: tuple[Edit, ...] = (), unit: str = "A01") -> Path:
    """Send a unit's workbook, in which the first group met so many times, after some edits."""
    groups: list[dict[str, Scalar]] = [{"小组代码": f"{unit}-1", "次数": Decimal(times)}]
    if times < 3:
        groups[0]["未达标原因"] = "组长外出学习"
    if unit == "A01":
        groups.append({"小组代码": "A01-2", "次数": Decimal(4)})
    records = {"封面": [{"填报人": "甲"}], "一列一条": groups} | (
        {"只填一份": [{"短文": "有"}]} if unit == "A01" else {}
    )
    path = year.send(unit, records, none=NONE)
    path.write_bytes(edited(path.read_bytes(), edits))
    return path


def collect(year: SmallYear, *options: str) -> str:
    """Collect, and return what was said."""
    result = year.run("collect", *PERIOD, *options)
    assert result.exit_code in (0, 1), result.output
    return result.output


def returned(year: SmallYear, name: str = RETURN) -> Worksheet:
    """Return the list of problems of the only return."""
    return load_workbook(year.outputs / name)["问题清单"]


def lines(page: Worksheet) -> list[dict[str, str]]:
    """Return the lines of a list of problems, by its headers."""
    rows = [tuple(str(value or "") for value in row) for row in page.iter_rows(values_only=True)]
    start = rows.index(HEADERS)
    return [dict(zip(HEADERS, row, strict=True)) for row in rows[start + 1 :] if row[1]]


def test_an_error_leads_to_its_cell(year: SmallYear) -> None:
    """The list names code, cell, record and remedy; the cell is red and says the same; the number stands there."""
    send(year, 60)
    said = collect(year)
    assert f"退回件：outputs/2031/{RETURN}" in said
    book = load_workbook(year.outputs / RETURN)
    assert book.sheetnames[0] == "问题清单"
    (line,) = lines(book["问题清单"])
    assert (line["级别"], line["编码"], line["工作表"], line["单元格"]) == ("错误", "R-1", UPRIGHT, "C7")
    assert (line["对象"], line["问题"], line["怎么改"]) == ("A01-1", "次数60太多。", "请核对。")
    link = next(cell for row in book["问题清单"].iter_rows() for cell in row if cell.hyperlink)
    assert (link.value, link.hyperlink.location) == ("C7", f"'{UPRIGHT}'!C7")
    cell = book[UPRIGHT]["C7"]
    assert (cell.value, cell.fill.start_color.rgb, cell.protection.locked) == (60, "FFFFB3B3", False)
    assert cell.comment.text == "【错误】次数60太多。请核对。"
    assert cell.number_format == "0"


def test_a_warning_offers_a_cell_for_the_explanation(year: SmallYear) -> None:
    """Only on warnings may something be written; what is written there and sent back settles them."""
    send(year, 0)
    collect(year)
    book = load_workbook(year.outputs / RETURN)
    page = book["问题清单"]
    open_cells = [cell for row in page.iter_rows() for cell in row if not cell.protection.locked]
    (answer,) = open_cells
    assert page.cell(answer.row, 3).value == "R-2"
    assert book[UPRIGHT]["C7"].fill.start_color.rgb == "FFFFF09E"
    answer.value = "今年新设的小组，下月开始活动"
    (year.inputs / "报送/下半年" / "2031_下半年_A01_一馆_v1.xlsx").unlink()
    book.save(year.inputs / "报送/下半年" / Path(RETURN).name)
    assert "退回件" not in collect(year)
    status = json.loads(year.run("status", *PERIOD, "--json").output)
    assert '"通过"' in json.dumps(status, ensure_ascii=False)


def test_what_cannot_be_read_stands_where_it_was(year: SmallYear) -> None:
    """The school's own words are put back into their cell and marked; a repaired value is blue and told apart."""
    send(year, edits=(SetCells(UPRIGHT, {"D7": "约十次", "D11": "１２", "D16": "优秀 "}),))
    collect(year)
    book = load_workbook(year.outputs / RETURN)
    page = book[UPRIGHT]
    assert (page["D7"].value, page["D11"].value) == ("约十次", 12)
    assert (page["D7"].fill.start_color.rgb, page["D11"].fill.start_color.rgb) == ("FFFFB3B3", "FFBBDDFA")
    told = {line["单元格"]: (line["级别"], line["怎么改"]) for line in lines(book["问题清单"])}
    assert told["D7"][0] == "错误"
    assert told["D11"] == ("已自动更正", "")
    assert audit(year.outputs / RETURN) == []


def test_the_form_is_restored_and_the_rest_is_listed(year: SmallYear) -> None:
    """Moved columns are back in place, a lost one is asked for, what belongs nowhere is listed with its place."""
    records = {
        "封面": [{"填报人": "甲"}],
        "一列一条": [{"小组代码": "A01-1", "次数": Decimal(60)}, {"小组代码": "A01-2", "次数": Decimal(4)}],
        "只填一份": [{"短文": "有"}],
        "一行一条": [{"编码": "L1", "短文": "甲乙"}, {"编码": "L2"}],
    }
    path = year.send("A01", records, none=("小组季度",))
    edits = (
        InsertColumn(LIST, 2),
        SetCells(LIST, {"B3": "经办科室", "B5": "德育处", "B6": "教务处"}),
        DeleteColumn(UPRIGHT, 4),
        RenameSheet("03_只填一份", "表三"),
        SetCells("00_封面", {"F9": "盖章后再报"}),
    )
    path.write_bytes(edited(path.read_bytes(), edits))
    collect(year)
    book = load_workbook(year.outputs / RETURN)
    assert [book[LIST].cell(row, column).value for row in (5, 6) for column in (1, 2)] == ["L1", "甲乙", "L2", None]
    assert (book[LIST]["B3"].value, book["03_只填一份"]["C4"].value) == ("短文", "有")
    assert book[UPRIGHT]["D4"].value == "A01-2"  # printed again, and asked for
    assert "“A01-2”这一条还没有填。" in [line["问题"] for line in lines(book["问题清单"])]
    left = [
        (line["工作表"], line["单元格"], line["问题"]) for line in lines(book["问题清单"]) if line["级别"] == "未带过来"
    ]
    assert (LIST, "B列“经办科室”", "B5 德育处；B6 教务处") in left
    assert ("00_封面", "9行", "F9 盖章后再报") in left


def test_the_same_version_is_written_once(year: SmallYear) -> None:
    """A second collection, on another day, leaves the return as it is; so it does one that somebody has changed."""
    send(year, 60)
    collect(year)
    path = year.outputs / RETURN
    before, journal = path.stat().st_mtime_ns, year.outputs / "运行记录/文书.jsonl"
    written = journal.read_bytes()
    year.run("collect", *PERIOD, day="2032-01-09")
    assert (path.stat().st_mtime_ns, journal.read_bytes()) == (before, written)
    path.write_bytes(b"changed by hand")
    assert "没有覆盖" not in collect(year)
    assert path.read_bytes() == b"changed by hand"


def test_a_deleted_return_comes_back_the_same(year: SmallYear) -> None:
    """Everything in 退回/ can be thrown away."""
    send(year, 60)
    collect(year)
    before = (year.outputs / RETURN).read_bytes()
    shutil.rmtree(year.outputs / "退回")
    collect(year)
    assert (year.outputs / RETURN).read_bytes() == before


def test_what_no_longer_applies_goes_unless_it_was_changed(year: SmallYear) -> None:
    """Once the unit is clean its return goes, and the lists with it; one that somebody changed stays and is named."""
    send(year, 60)
    collect(year)
    send(year, 3)
    assert "退回件" not in collect(year)
    assert not list((year.outputs / "退回").rglob("*.*"))
    send(year, 60)
    send(year, 61)
    collect(year)
    path = next((year.outputs / "退回").rglob("*_退回.xlsx"))
    path.write_bytes(b"changed by hand")
    send(year, 3)
    assert f"{path.name} 已不再适用，但写出后被改动过，没有删除" in collect(year)
    assert path.exists()


def test_a_return_that_is_open_does_not_stop_the_others(year: SmallYear) -> None:
    """It is named; the other unit's is written."""
    send(year, 60)
    collect(year)
    path = year.outputs / RETURN
    path.with_name(f"~${path.name}").write_bytes(b"lock")
    before = path.read_bytes()
    rules = year.inputs / "方案/更多.yaml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("太多。", "太多了。"), encoding="utf-8")
    send(year, 70, unit="B02")
    said = collect(year)
    assert f"{path.name} 正打开着，没有覆盖" in said
    assert path.read_bytes() == before
    assert (year.outputs / "退回/下半年/西片/2031_下半年_B02_柳堤站_v1_退回.xlsx").exists()


def test_a_waived_version_is_not_returned(year: SmallYear) -> None:
    """The bureau has let it pass: nobody is asked to mend it."""
    send(year, 60)
    year.waive({"单位代码": "A01", "版次": "1", "放行理由": "局里同意", "放行期次": "下半年"})
    assert "退回件" not in collect(year)


def test_the_text_for_the_work_group_tells_places_only(year: SmallYear) -> None:
    """Three lines for each unit: counts, sheet and row; no value and no name but the school's."""
    send(year, 61)
    collect(year)
    text = (year.outputs / "退回/下半年/东片/群消息.txt").read_bytes().decode("utf-8-sig")
    assert text.split("\r\n") == [
        "【一馆】报送簿1处要改。",
        f"位置：{UPRIGHT}第7行。",
        "请打开“2031_下半年_A01_一馆_v1_退回.xlsx”，按第一张表“问题清单”改好后把这一份报回。",
    ]


def test_registers_to_sign_stand_beside_what_is_handed_out(year: SmallYear) -> None:
    """One for what was issued and one for what is returned, each with room for name and day."""
    send(year, 60)
    collect(year)
    for path, unit in (
        (year.outputs / "退回/下半年/东片/签收表.xlsx", "临河区第一图书馆"),
        (year.outputs / "下发/下半年/西片/签收表.xlsx", "临河区柳堤阅读站"),
    ):
        rows = list(load_workbook(path).worksheets[0].iter_rows(values_only=True))
        headers = next(row for row in rows if row[0] == "序号")
        assert headers[-2:] == ("签收人", "签收日期")
        assert rows[-1][1] == unit
        assert rows[-1][-2:] == (None, None)


def test_the_original_can_be_marked_instead(year: SmallYear) -> None:
    """What the school put beside the form is still there, and nothing was put right."""
    send(year, edits=(SetCells(UPRIGHT, {"D7": "约十次", "D11": "１２", "H9": "备忘"}),))
    collect(year)
    assert (year.outputs / RETURN).exists()
    collect(year, "--annotate", "original")
    assert not (year.outputs / RETURN).exists()
    book = load_workbook(year.outputs / RETURN.replace("_退回", "_批注"))
    page = book[UPRIGHT]
    assert (page["D7"].value, page["D11"].value, page["H9"].value) == ("约十次", "１２", "备忘")
    assert page["D7"].fill.start_color.rgb == "FFFFB3B3"
    assert "原文件" in str(book["问题清单"]["A4"].value)
    assert audit(year.outputs / RETURN.replace("_退回", "_批注")) == []


def test_check_writes_the_return_beside_the_file(year: SmallYear, tmp_path: Path) -> None:
    """Once, or where it is told to; never among the inputs, where it would be taken in."""
    sent = send(year, 60)
    loose = tmp_path / "别处" / "一馆改.xlsx"
    loose.parent.mkdir()
    loose.write_bytes(sent.read_bytes())
    for _ in range(2):
        assert year.run("check", str(loose)).exit_code == 1
    assert sorted(path.name for path in loose.parent.iterdir()) == ["一馆改.xlsx", "一馆改_退回.xlsx"]
    assert year.run("check", str(loose), "-o", str(tmp_path / "去处")).exit_code == 1
    assert (tmp_path / "去处/一馆改_退回.xlsx").read_bytes() == (loose.parent / "一馆改_退回.xlsx").read_bytes()
    assert year.run("check", str(sent)).exit_code == 1
    assert list(sent.parent.iterdir()) == [sent]
    assert (year.outputs / "退回/检查" / f"{sent.stem}_退回.xlsx").exists()
    first = lines(load_workbook(loose.parent / "一馆改_退回.xlsx")["问题清单"])
    assert [line["编码"] for line in first] == ["R-1"]
