"""Which of the groups' workbooks counts, what a run makes of them, and how they are issued."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

import scored
from pbreports.excel.bureau import bureau_workbook
from pbreports.excel.edit import SetCells, edited
from pbreports.ledger import Ledger
from pbreports.pipeline.bureau import Bureau, load_bureau
from pbreports.pipeline.scoring import version_of
from pbreports.pipeline.year import Year, open_year
from pbreports.scheme import Scheme, load_scheme
from pbreports.workspace import open_workspace
from small_year import SmallYear

P = scored.POINTS
KNOWN = {(code, name): Decimal(it) for code in scored.GROUPS for name, it in scored.INDICATORS.items()}
EAST = {key: it for key, it in KNOWN.items() if scored.GROUPS[key[0]] == scored.EAST}


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> SmallYear:
    """Return the workspace in which groups assess; only to be read."""
    return scored.make_scored_year(tmp_path_factory.mktemp("ready"))


@pytest.fixture
def small(ready: SmallYear, tmp_path: Path) -> SmallYear:
    """Return a copy of it."""
    return SmallYear(Path(shutil.copytree(ready.root, tmp_path / "small")))


@pytest.fixture
def scheme(small: SmallYear) -> Scheme:
    """Return its scheme."""
    return load_scheme(small.inputs / "方案")


def send(small: SmallYear, name: str, data: bytes) -> Path:
    """Put what a group sends into the folder, and return it."""
    path = small.inputs / "考核" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def opened(small: SmallYear) -> Year:
    """Return the year of the workspace."""
    return open_year(open_workspace(small.root, small.year))


def loaded(small: SmallYear, ledger: Path | None = None) -> tuple[Bureau, dict[tuple[object, object], object]]:
    """Return the bureau's workbooks with the points that count, by object and indicator."""
    year = opened(small)
    with Ledger(ledger or Path(":memory:"), year.scheme) as held:
        bureau = load_bureau(year, held)
        points = dict(scored.given_by(bureau.records[P]))
        assert len(bureau.records[P]) == len({(one.get("小组代码"), one.get("项号")) for one in bureau.records[P]})
        _ = bureau.present
        return bureau, points


def present(small: SmallYear) -> frozenset[str]:
    """Return the bureau's sheets that are there."""
    year = opened(small)
    with Ledger(Path(":memory:"), year.scheme) as held:
        return load_bureau(year, held).present


def regroup(small: SmallYear, scheme: Scheme) -> None:
    """Give a branch of the eastern group to the western one."""
    now = {**scored.GROUPS, "A01-2": scored.WEST}
    rows: scored.Rows = {
        "考核组": [{"组名": its, "小组代码": code} for code, its in now.items()],
        "考核轮": [{"轮": name, "是否结束": done} for name, done in scored.ROUNDS.items()],
    }
    (small.inputs / "考核安排.xlsx").write_bytes(bureau_workbook(scheme, scheme.bureau["考核安排"], rows))


def codes(bureau: Bureau) -> list[tuple[str, str]]:
    """Return code and file of each finding."""
    return [(one.code, one.where.file) for one in bureau.findings]


def with_k1(scheme: Scheme, points: str) -> bytes:
    """Return the eastern group's workbook with other points in one cell."""
    return edited(scored.filled(scheme, scored.full_rows()), [SetCells(P, {"C5": Decimal(points)})])


def test_without_any_file_the_points_are_not_reported(small: SmallYear) -> None:
    """No workbook from a group is no zero: the sheets count as not there, and nothing is wrong."""
    bureau, points = loaded(small)
    assert (points, bureau.findings) == ({}, ())
    assert P not in present(small)
    assert "考核组" in present(small)


def test_the_points_of_all_groups_are_records_of_the_declared_sheet(small: SmallYear, scheme: Scheme) -> None:
    """Files in sub-folders and archives count as well; every record knows its file."""
    send(small, "东片/东组.xlsx", scored.filled(scheme, scored.full_rows()))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("西组.xlsx", scored.filled(scheme, scored.full_rows(scored.WEST), scored.WEST))
    send(small, "西片.zip", packed.getvalue())
    bureau, points = loaded(small)
    assert points == KNOWN
    assert bureau.findings == ()
    assert {P, "考核评价"} <= present(small)
    files = {one.file for one in bureau.records[P]}
    assert files == {"考核/东片/东组.xlsx", "考核/西片.zip/西组.xlsx"}


def test_the_higher_version_of_a_round_replaces_the_lower(small: SmallYear, scheme: Scheme) -> None:
    """The file name says the version; the file that does not count is told which one does."""
    send(small, "东组_v2.xlsx", with_k1(scheme, "3.5"))
    send(small, "东组_v1.xlsx", with_k1(scheme, "9"))
    bureau, points = loaded(small)
    assert points == EAST | {("A01-1", "K1"): Decimal("3.5")}
    (found,) = bureau.findings
    assert (found.code, found.where.file) == ("F-46", "考核/东组_v1.xlsx")
    assert found.message == "“东组”秋评以“考核/东组_v2.xlsx”为准，这一份不计。"


def test_two_files_of_a_version_with_other_points_count_neither(small: SmallYear, scheme: Scheme) -> None:
    """Nobody can tell which is right: both are named, and only the branch in question is left out."""
    send(small, "东组.xlsx", with_k1(scheme, "3.5"))
    send(small, "东组(2).xlsx", with_k1(scheme, "4"))
    bureau, points = loaded(small)
    assert points == {key: it for key, it in EAST.items() if key[0] == "A01-2"}
    assert codes(bureau) == [("F-45", "考核/东组(2).xlsx"), ("F-45", "考核/东组.xlsx")]
    assert bureau.findings[0].where.cell == "A5"
    assert bureau.findings[0].message == "“A01-1”秋评填的与“考核/东组.xlsx”不同，两份都不计。"


def test_a_branch_in_dispute_has_been_assessed(small: SmallYear, scheme: Scheme) -> None:
    """Its rows stay, once and without points, so that the round is not taken for one that it missed."""
    send(small, "东组.xlsx", with_k1(scheme, "3.5"))
    send(small, "东组(2).xlsx", with_k1(scheme, "4"))
    bureau, _ = loaded(small)
    sheet = next(iter(one.sheets[0].name for one in scheme.bureau.values() if one.scoring))
    rows = [row for row in bureau.records[sheet] if "A01-1" in row.values.values()]
    plain = [row for row in bureau.records[sheet] if "A01-2" in row.values.values()]
    assert len(rows) == len(plain)
    assert not any(isinstance(value, Decimal) for row in rows for value in row.values.values())


def test_assessors_may_share_the_work_of_a_group(small: SmallYear, scheme: Scheme) -> None:
    """Two files of a version with other branches filled are put together; what both say alike counts once."""
    rows = scored.full_rows()[P]
    first = [row for row in rows if row["小组代码"] == "A01-1"]
    send(small, "甲.xlsx", scored.filled(scheme, {P: first}))
    send(small, "乙.xlsx", scored.filled(scheme, {P: rows}))
    bureau, points = loaded(small)
    assert points == EAST
    assert codes(bureau) == [("F-44", "考核/甲.xlsx")]


def test_rounds_do_not_replace_each_other(small: SmallYear, scheme: Scheme) -> None:
    """A group's workbooks of two rounds stand side by side."""
    send(small, "春.xlsx", scored.filled(scheme, scored.full_rows(name="春评"), name="春评"))
    send(small, "秋_v2.xlsx", scored.filled(scheme, scored.full_rows()))
    year = opened(small)
    with Ledger(Path(":memory:"), year.scheme) as ledger:
        bureau = load_bureau(year, ledger)
        assert {one.get("轮") for one in bureau.records[P]} == {"春评", "秋评"}
        assert bureau.findings == ()


def test_an_unreadable_file_is_an_error_and_stops_nothing_else(small: SmallYear, scheme: Scheme) -> None:
    """The other groups count; of the group and round that its name speaks of nothing counts, not even an older file."""
    send(small, "2031_考核_秋评_东组_v1.xlsx", scored.filled(scheme, scored.full_rows()))
    send(small, "2031_考核_秋评_东组_v2.xlsx", b"broken")
    send(small, "西组.xlsx", scored.filled(scheme, scored.full_rows(scored.WEST), scored.WEST))
    bureau, points = loaded(small)
    assert {code for code, _ in points} == {"B02-1"}
    first, second = bureau.findings
    assert (first.code, first.where.file) == ("F-46", "考核/2031_考核_秋评_东组_v1.xlsx")
    assert second.where.file == "考核/2031_考核_秋评_东组_v2.xlsx"
    assert second.severity.name == "ERROR"
    small.send("A01", {})
    done = small.run("collect", "--period", "下半年")
    assert (done.exit_code, second.message in done.output) == (1, True), done.output


def test_what_changes_in_a_file_changes_what_counts(small: SmallYear, scheme: Scheme, tmp_path: Path) -> None:
    """The digest of the bureau's workbooks changes with any file; what has not changed is not read again."""
    ledger = tmp_path / "台账.db"
    send(small, "东组.xlsx", scored.filled(scheme, scored.full_rows()))
    first, before = loaded(small, ledger)
    again, same = loaded(small, ledger)
    assert (again.keys, again.digest, same) == (first.keys, first.digest, before)
    send(small, "东组.xlsx", with_k1(scheme, "1.5"))
    changed, after = loaded(small, ledger)
    assert changed.digest != first.digest
    assert after == before | {("A01-1", "K1"): Decimal("1.5")}
    (small.inputs / "考核/东组.xlsx").unlink()
    gone, nothing = loaded(small, ledger)
    assert (nothing, gone.digest) not in ((after, changed.digest), (before, first.digest))
    send(small, "东组.xlsx", scored.filled(scheme, scored.full_rows()))
    assert loaded(small, ledger)[1] == before


def test_regrouping_is_minded(small: SmallYear, scheme: Scheme, tmp_path: Path) -> None:
    """When the bureau gives a branch to another group, files are read again by the new groups."""
    ledger = tmp_path / "台账.db"
    send(small, "东组.xlsx", scored.filled(scheme, scored.full_rows()))
    assert loaded(small, ledger)[1] == EAST
    regroup(small, scheme)
    bureau, points = loaded(small, ledger)
    assert {code for code, _ in points} == {"A01-1"}
    assert [code for code, _ in codes(bureau)] == ["F-43"]


def test_schools_are_not_read_again_for_what_groups_send(small: SmallYear, scheme: Scheme) -> None:
    """No rule on a school asks for points, so the reading of schools' workbooks does not rest on them."""
    before, _ = loaded(small)
    send(small, "东组.xlsx", scored.filled(scheme, scored.full_rows()))
    after, _ = loaded(small)
    assert before.ground == after.ground
    assert before.digest != after.digest


def test_schools_are_read_again_where_a_rule_asks_for_points(small: SmallYear, scheme: Scheme) -> None:
    """A rule on a school's sheet that looks at the points makes the reading rest on them."""
    rule = (
        '规则: [{码: R-9, 级别: 警告, 表: 一列一条, 条件: "not 存在(考核打分)", 消息: "已经打分。", 怎么改: 不用改。}]'
    )
    (small.inputs / "方案/再多.yaml").write_text(rule, encoding="utf-8")
    before, _ = loaded(small)
    send(small, "东组.xlsx", scored.filled(scheme, scored.full_rows()))
    assert before.ground != loaded(small)[0].ground


def test_a_workbook_that_is_open_is_told(small: SmallYear, scheme: Scheme) -> None:
    """What was not saved yet is not counted; the mark that the program leaves beside the file tells of it."""
    send(small, "东组.xlsx", scored.filled(scheme, scored.full_rows()))
    send(small, "~$东组.xlsx", b"")
    bureau, points = loaded(small)
    assert points == EAST
    assert codes(bureau) == [("F-25", "考核/~$东组.xlsx")]


def test_figures_rest_on_the_points(small: SmallYear, scheme: Scheme) -> None:
    """A figure over the points is blank without them, and is their sum with them."""
    assert "考核总分" in small.run("figures", "考核总分").output
    send(small, "东组.xlsx", scored.filled(scheme, scored.full_rows()))
    assert "40" in small.run("figures", "考核总分").output


def test_a_mistake_of_a_group_does_not_hold_up_the_schools(small: SmallYear, scheme: Scheme) -> None:
    """Blank workbooks of schools do not rest on points: they are issued while a group's file is broken."""
    send(small, "东组.xlsx", b"broken")
    done = small.run("issue", "--period", "下半年")
    assert "已下发" in done.output


def test_a_single_workbook_of_a_group_can_be_checked(small: SmallYear, scheme: Scheme, tmp_path: Path) -> None:
    """`check` knows it by its contents and says what is wrong, without taking it in."""
    path = tmp_path / "随便.xlsx"
    path.write_bytes(with_k1(scheme, "9"))
    done = small.run("check", str(path))
    assert done.exit_code == 1
    assert "“K1每月活动”应为0至6" in done.output


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2031_考核_第2轮_第3组_v1.xlsx", 1),
        ("东组_v12.xlsx", 12),
        ("东组V2.xlsx", 2),
        ("东组第3版.xlsx", 3),
        ("东组(2).xlsx", 1),
        ("东组 - 副本.xlsx", 1),
    ],
)
def test_the_version_stands_in_the_name(name: str, expected: int) -> None:
    """A v or 第…版 with a number; what a program adds to a copy's name is none."""
    assert version_of(name) == expected


# ---------------------------------------------------------------- issuing


def issued(small: SmallYear) -> list[str]:
    """Return the names of the workbooks issued to groups."""
    return sorted(path.name for path in (small.outputs / "下发/考核").glob("*.xlsx"))


def test_every_group_gets_a_workbook_for_the_rounds_still_open(small: SmallYear) -> None:
    """A round that is over is left out unless it is named."""
    done = small.run("issue", "考核")
    assert (done.exit_code, issued(small)) == (0, ["2031_考核_秋评_东组_v1.xlsx", "2031_考核_秋评_西组_v1.xlsx"])
    assert "inputs/2031/考核" in done.output
    assert small.run("issue", "考核", "--round", "春评").exit_code == 0
    assert len(issued(small)) == 4


def test_what_schools_have_sent_stands_beside(small: SmallYear) -> None:
    """Own points of the round and what the data suggest; blank for schools that have not reported."""
    own = [
        {"轮": name, "小组代码": "A01-1", "项号": "K1", "自评分": Decimal(it)}
        for name, it in (("秋评", "4.5"), ("春评", "3"))
    ]
    groups = [{"小组代码": code, "次数": Decimal(5)} for code in ("A01-1", "A01-2")]
    assert small.run("issue", "--period", "下半年").exit_code == 0
    small.send("A01", {"自己打分": own, "一列一条": groups, "封面": [{"填报人": "张三"}]}, none=everything_else())
    small.waive({"单位代码": "A01", "版次": "1", "放行理由": "只看考核", "放行期次": "下半年"})
    assert small.run("issue", "考核").exit_code == 0
    book = scored.pages_of((small.outputs / "下发/考核/2031_考核_秋评_东组_v1.xlsx").read_bytes())["对照"]
    assert [book[f"D{row}"].value for row in (5, 6, 8, 9)] == [4.5, 5, None, 5]
    west = scored.pages_of((small.outputs / "下发/考核/2031_考核_秋评_西组_v1.xlsx").read_bytes())["对照"]
    assert [west[f"D{row}"].value for row in (5, 6)] == [None, None]


def everything_else() -> Sequence[str]:
    """Return the sheets that the library has nothing to say on."""
    return ["一行一条", "小组季度"]


def test_a_workbook_that_was_filled_where_it_was_issued_is_left(small: SmallYear, scheme: Scheme) -> None:
    """Issuing again never costs points that somebody entered in the issued file; that it is an old one is said."""
    assert small.run("issue", "考核").exit_code == 0
    path = small.outputs / "下发/考核/2031_考核_秋评_东组_v1.xlsx"
    filled = edited(path.read_bytes(), [SetCells(P, {"C5": Decimal(3)})])
    path.write_bytes(filled)
    assert small.run("issue", "考核").exit_code == 0
    assert path.read_bytes() == filled
    regroup(small, scheme)
    done = small.run("issue", "考核")
    assert "写出后被改动过，没有覆盖" in done.output
    assert "已下发1份" in done.output
    assert path.read_bytes() == filled


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["没有的"], "没有可以下发的“没有的”，可以写：考核"),
        (["考核", "--round", "夏评"], "《考核轮》表：没有“夏评”，可以写：春评、秋评"),
    ],
)
def test_what_cannot_be_issued_is_a_sentence(small: SmallYear, arguments: Sequence[str], said: str) -> None:
    """A workbook or round that is not declared is named with those that are."""
    done = small.run("issue", *arguments)
    assert (done.exit_code, said in done.output) == (2, True), done.output


def test_no_group_and_no_open_round_are_sentences(small: SmallYear, scheme: Scheme) -> None:
    """There is nothing to issue, and it says what must be filled in first."""
    path, book = small.inputs / "考核安排.xlsx", scheme.bureau["考核安排"]
    path.write_bytes(bureau_workbook(scheme, book, {"考核轮": [{"轮": "秋评", "是否结束": False}]}))
    assert "《考核组》表：还没有分组" in small.run("issue", "考核").output
    path.write_bytes(bureau_workbook(scheme, book, {"考核轮": [{"轮": "秋评", "是否结束": True}]}))
    assert "各轮都已完成，要再下发，请用 --round 写明轮次" in small.run("issue", "考核").output


def test_a_branch_that_the_roster_lacks_is_named(small: SmallYear, scheme: Scheme) -> None:
    """A group's branch without a row on the roster is a warning; its workbook is issued all the same."""
    rows = {"考核组": [{"组名": "东组", "小组代码": "X1"}], "考核轮": [{"轮": "秋评", "是否结束": False}]}
    (small.inputs / "考核安排.xlsx").write_bytes(bureau_workbook(scheme, scheme.bureau["考核安排"], rows))
    done = small.run("issue", "考核")
    assert "“小组代码”的“X1”在《小组》表里没有" in done.output
    assert issued(small) == ["2031_考核_秋评_东组_v1.xlsx"]


def test_a_new_workspace_has_a_folder_and_no_workbook_for_groups(small: SmallYear) -> None:
    """What groups fill is issued to them; `init` makes no empty one at the desk."""
    (small.inputs / "考核安排.xlsx").unlink()
    assert small.run("--year", "2031", "init", str(small.root)).exit_code == 0
    assert (small.inputs / "考核").is_dir()
    assert not (small.inputs / "考核.xlsx").exists()
