"""The command rate on the sample district: the table, one branch explained, JSON, and when it asks for action."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from pbreports.cli import app

DAY = ("--as-of", "2020-12-31", "--jobs", "0")
FEW = 12


@pytest.fixture(scope="module")
def district(collected_district: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The collected sample district, for the commands of this file."""
    return Path(shutil.copytree(collected_district, tmp_path_factory.mktemp("rate") / "district"))


def run(root: Path, *arguments: str) -> Result:
    """Return what the command says and its exit code."""
    return CliRunner().invoke(app, ["-C", str(root), *DAY, "rate", *arguments])


def test_the_table_on_a_gbk_console(district: Path) -> None:
    """Every branch has its line, best first; then the counts, the places and what is left of them."""
    command = [sys.executable, "-m", "pbreports", "-C", str(district), *DAY, "rate"]
    environment = {**os.environ, "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}
    done = subprocess.run(command, capture_output=True, env=environment, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.decode("gbk").splitlines()
    head = "名次\t党组织\t第一轮\t第二轮\t年度得分\t初定\t封顶\t终定\t变动\t授牌\t说明"
    assert lines[0].rstrip() == head
    table = [line.split("\t") for line in lines[1:152]]
    ranks = [int(cells[0]) for cells in table]
    assert ranks == sorted(ranks)
    assert sum(cells[7] == "5星" for cells in table) == 38
    rest = "\n".join(lines[152:])
    assert "参评151个：5星38个" in rest
    assert "5星名额45个，已分到单位45个，用去38个，还剩7个" in rest
    assert "会议已审定" in rest


def test_json_and_one_branch_explained(district: Path) -> None:
    """The results as JSON name every branch; each can be explained, with points, suggestions, what was lost, cells."""
    told = json.loads(run(district, "--json").stdout)
    assert (told["approved"], told["places"], told["shared"], len(told["branches"])) == (True, 45, 45, 151)
    capped = next(one for one in told["branches"] if one["ceilings"] == ["命中负面清单"])
    said = run(district, "--explain", capped["name"])
    assert said.exit_code == 0
    lines = said.stdout.splitlines()
    assert lines[0] == f"{capped['name']}（{capped['short_name']}） {capped['code']}"
    assert any(line.startswith("  A1 班子健全、按期换届：") and "数据核对" in line and "自评" in line for line in lines)
    assert any(line.startswith("  失分：") for line in lines)
    assert any(line.startswith("命中负面清单：最高") for line in lines)
    assert any(line.startswith("  星级.xlsx → 负面清单认定 → ") for line in lines)
    assert lines[-1].startswith(f"结果：{capped['star']}星（已定")
    one = json.loads(run(district, "--explain", capped["code"], "--json").stdout)
    assert one["star"] == capped["star"]
    assert len(one["points"]["第一轮"]) == 22
    assert all("考评" in point["cell"] for point in one["points"]["第二轮"])
    assert {step["clause"] for step in one["steps"]} >= {
        "第一轮",
        "第二轮",
        "年度得分",
        "初定星级",
        "命中负面清单",
        "变动",
    }


def test_what_a_meeting_must_decide(district: Path, tmp_path: Path) -> None:
    """Without the rows that settle the tie both wait, are named, and the exit code asks for action; so does an unknown name."""
    root = Path(shutil.copytree(district, tmp_path / "district"))
    for report in sorted((root / "inputs/2020/报送").rglob("*.xlsx"))[FEW:]:
        report.unlink()  # the stars rest on what the groups gave; each change of the bureau's has every report read anew
    path = root / "inputs/2020/星级.xlsx"
    book = load_workbook(path)
    page = book["待研究决定"]
    page.delete_rows(5, page.max_row)
    book.save(path)
    said = run(root)
    assert said.exit_code == 1
    assert "待研究2个：" in said.stdout
    assert "P-19" in said.stdout
    assert "P-28" in said.stdout  # the meeting had approved 38
    assert run(root, "--explain", "没有这个支部").exit_code == 2
    page = load_workbook(root / "inputs/2020/名册.xlsx")["党组织"]
    table = [[cell.value for cell in row] for row in page.iter_rows()]
    head = next(row for row in table if "党组织全称" in row)
    name, rated = head.index("党组织全称"), head.index("是否参评")
    unrated = next(str(row[name]) for row in table[table.index(head) + 1 :] if row[rated] == "否")
    why = run(root, "--explain", unrated)
    assert why.exit_code == 2
    assert "在名册上，不参评" in why.output
    assert "是否参评“否”" in why.output


def test_before_the_groups_have_given_points(district: Path, tmp_path: Path) -> None:
    """Without any points nothing fails: one notice for each round, no stars, and figures over them are blank."""
    root = Path(shutil.copytree(district, tmp_path / "district"))
    shutil.rmtree(root / "inputs/2020/考评")
    said = run(root)
    assert "P-12" in said.stdout
    assert "P-13" not in said.stdout
    assert "未评151个" in said.stdout
    figures = CliRunner().invoke(app, ["-C", str(root), *DAY, "figures", "五星级党组织数", "--json"])
    assert json.loads(figures.stdout)["五星级党组织数"]["value"] is None


def tied(root: Path) -> dict[bool, str]:
    """Return the branches about which a meeting has decided: the one that it chose, the one that it did not."""
    page = load_workbook(root / "inputs/2020/星级.xlsx")["待研究决定"]
    head = next(row for row in page.iter_rows() if any(cell.value == "是否入选" for cell in row))
    column = {str(cell.value): cell.column for cell in head if cell.value}
    code, chosen = column["党组织代码"], column["是否入选"]
    rows = [row for row in range(head[0].row + 1, page.max_row + 1) if str(page.cell(row, code).value).startswith("P")]
    return {page.cell(row, chosen).value == "是": str(page.cell(row, code).value) for row in rows}


def scoring_of(root: Path, code: str) -> tuple[Path, int]:
    """Return the second round's workbook of a branch's group, and the branch's row there."""
    for path in sorted((root / "inputs/2020/考评").glob("*第二轮*.xlsx")):
        for row in load_workbook(path)["考评打分"].iter_rows():
            if any(cell.value == code for cell in row):
                return path, row[0].row
    raise AssertionError(code)


def test_a_mistyped_point_does_not_undo_what_a_meeting_decided(district: Path, tmp_path: Path) -> None:
    """The point is told of, the branch waits for it with its place kept, its twin stays out, papers are not written."""
    root = Path(shutil.copytree(district, tmp_path / "district"))
    branches = tied(root)
    path, row = scoring_of(root, branches[True])
    book = load_workbook(path)
    book["考评打分"].cell(row, 3).value = "四分半"
    book.save(path)
    said = run(root)
    assert said.exit_code == 1
    assert f"C{row}" in said.stdout
    assert "四分半" in said.stdout
    assert "P-31" in said.stdout
    told = {one["code"]: one for one in json.loads(run(root, "--json").stdout)["branches"]}
    assert (told[branches[True]]["state"], told[branches[True]]["star"]) == ("未评", None)
    assert told[branches[False]]["star"] == 4
    built = CliRunner().invoke(app, ["-C", str(root), *DAY, "build", "星级评定情况通报"])
    assert built.exit_code == 1
    assert "P-33" in built.output
    assert "没有写出" in built.output


def test_a_groups_workbook_that_has_not_come(district: Path, tmp_path: Path) -> None:
    """Its branches are not rated on the other round, and the group and the round are named."""
    root = Path(shutil.copytree(district, tmp_path / "district"))
    path, _ = scoring_of(root, tied(root)[True])
    group = path.stem.split("_")[3]
    path.unlink()
    said = run(root)
    assert said.exit_code == 1
    assert f"第二轮没有收到“{group}”的考评分" in said.stdout
    assert all(
        one["star"] is None
        for one in json.loads(run(root, "--json").stdout)["branches"]
        if one["rounds"]["第二轮"] is None
    )
