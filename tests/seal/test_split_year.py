"""A year issued in two workbooks: from the blanks to what counts, with each half missing, late and changed."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

import tiny
from excel.blanks import GOOD
from pbreports.excel.fill import Filling
from pbreports.excel.identity import Part
from pbreports.excel.issue import issue_workbook
from pbreports.ledger import Ledger
from pbreports.pipeline.collecting import Collected, collect
from pbreports.pipeline.sealing import Seal
from pbreports.pipeline.year import open_year
from pbreports.scheme import load_scheme
from pbreports.values import Scalar
from pbreports.workspace import open_workspace
from small_year import SmallYear, make_small_year

PLAIN = "- {名称: 编码, 类型: 文本, 长度: 20, 必填: true}"
PERSON = PLAIN.replace("}", ", 个人: true}")
Rows = Mapping[str, Sequence[Mapping[str, Scalar]]]


@pytest.fixture
def year(tmp_path: Path) -> SmallYear:
    """Return the small year with a sheet that lists persons."""
    made = make_small_year(tmp_path)
    heading = made.inputs / "方案/方案.yaml"
    text = heading.read_text(encoding="utf-8")
    assert PLAIN in text
    heading.write_text(text.replace(PLAIN, PERSON, 1), encoding="utf-8")
    return made


def send(year: SmallYear, part: Part, rows: Rows = GOOD, *, name: str = "", day: int = 1) -> Path:
    """Return one of the library's workbooks as it is put into 报送/, last changed on a day."""
    scheme = load_scheme(year.inputs / "方案")
    data = issue_workbook(
        scheme, tiny.library(scheme), tiny.second_half(scheme), tiny.tiny_facts(scheme), Filling(rows), part=part
    )
    path = year.inputs / "报送/下半年" / (name or f"{part.value}.xlsx")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (day * 86_400, day * 86_400))
    return path


def collected(year: SmallYear) -> Collected:
    """Return what has come in."""
    opened = open_year(open_workspace(year.root))
    with Ledger(opened.workspace.ledger, opened.scheme) as ledger:
        return collect(opened, ledger, opened.period("下半年"), date(2032, 1, 1))


def codes(got: Collected) -> list[str]:
    """Return the codes of what is wrong."""
    return [one.code for one in got.all_findings() if one.code.startswith("F-")]


def persons(year: SmallYear) -> list[object]:
    """Return the codes of the persons' rows in the version that counts."""
    opened = open_year(open_workspace(year.root))
    with Ledger(opened.workspace.ledger, opened.scheme) as ledger:
        versions = collect(opened, ledger, opened.period("下半年"), date(2032, 1, 1)).versions
        counted = [one.key for one in versions if one.counts]
        return [one.get("编码") for one in ledger.records("一行一条", counted)]


def with_person(code: str) -> Rows:
    """Return the answers with another person in front."""
    return {**GOOD, "一行一条": [{"编码": code, "个数": Decimal(1)}, *GOOD["一行一条"]]}


def test_issue_gives_two_workbooks_to_those_who_list_persons(year: SmallYear) -> None:
    """The second file says in its name what must not be done with it; without the switch there is one file."""
    assert year.run("issue", "--period", "下半年", "--split-personal").exit_code == 0
    names = sorted(path.name for path in (year.outputs / "下发/下半年").rglob("*A01*.xlsx"))
    assert names == ["2031_下半年_A01_一馆_v1.xlsx", "2031_下半年_A01_一馆_v1_个人信息簿_勿用微信QQ发送.xlsx"]


def test_the_two_are_one_submission_whatever_they_are_called(year: SmallYear) -> None:
    """Both together count as one version, and rules are asked over both."""
    send(year, Part.MAIN, name="甲.xlsx")
    send(year, Part.PERSONAL, name="子夹/乙.xlsx")
    got = collected(year)
    assert (len(got.versions), got.files, codes(got)) == (1, 2, [])
    assert got.versions[0].counts
    assert persons(year) == ["L1", "L2"]
    assert collected(year).read == 0


def test_a_half_that_is_missing_is_said_once(year: SmallYear) -> None:
    """The main workbook alone is one finding, and so is the other; when the rest comes, both are gone."""
    main = send(year, Part.MAIN)
    got = collected(year)
    assert (codes(got), [one.counts for one in got.versions]) == (["F-39"], [False])
    send(year, Part.PERSONAL)
    got = collected(year)
    assert codes(got) == []
    assert [one.counts for one in got.versions][-1]
    main.unlink()
    assert "F-41" in codes(collected(year))


def test_a_changed_second_workbook_is_a_new_version(year: SmallYear) -> None:
    """The last changed of two workbooks of persons counts; a change of it alone is a version of its own."""
    send(year, Part.MAIN)
    send(year, Part.PERSONAL)
    collected(year)
    send(year, Part.PERSONAL, with_person("L0"), name="个人册新.xlsx", day=9)
    got = collected(year)
    assert [one.number for one in got.versions] == [1, 2]
    assert persons(year) == ["L0", "L1", "L2"]
    send(year, Part.PERSONAL, with_person("L9"), name="旧稿.xlsx", day=3)
    assert persons(year) == ["L0", "L1", "L2"]


def test_a_seal_covers_both(year: SmallYear) -> None:
    """A change among the persons after the seal is a change after the seal."""
    send(year, Part.MAIN)
    send(year, Part.PERSONAL)
    (year.inputs / "报送/下半年/盖章").mkdir()
    (year.inputs / "报送/下半年/盖章/A01.pdf").write_bytes(b"%PDF-")
    assert collected(year).seals.of("A01") is Seal.PRESENT
    send(year, Part.PERSONAL, with_person("L0"), day=9)
    assert collected(year).seals.of("A01") is Seal.STALE


def test_the_journal_keeps_both_and_can_give_them_back(year: SmallYear) -> None:
    """A good version still counts after its files were written over by ones with errors."""
    send(year, Part.MAIN)
    send(year, Part.PERSONAL)
    collected(year)
    send(year, Part.MAIN, {**GOOD, "一列一条": [{"小组代码": "A01-1", "次数": Decimal(99)}]}, day=9)
    got = collected(year)
    assert [(one.number, one.counts) for one in got.versions] == [(1, True), (2, False)]
    assert persons(year) == ["L1", "L2"]


def test_check_takes_both(year: SmallYear) -> None:
    """A unit that checks both its files hears what the bureau would."""
    main, personal = send(year, Part.MAIN), send(year, Part.PERSONAL)
    both = year.run("check", str(main), str(personal))
    alone = year.run("check", str(main))
    assert "F-39" not in both.output
    assert "F-39" in alone.output


def test_status_counts_a_pair_once(year: SmallYear) -> None:
    """Two files of a unit are one version of it."""
    send(year, Part.MAIN)
    send(year, Part.PERSONAL)
    shown = json.loads(year.run("status", "--period", "下半年", "--json").output)
    assert [line["版数"] for line in shown["单位"] if line["单位代码"] == "A01"] == [1]


def test_what_came_in_two_goes_back_in_two(year: SmallYear) -> None:
    """A mistake among the persons is told in the workbook of persons; the main return holds nothing of them."""
    wrong = {**GOOD, "一列一条": [{"小组代码": "A01-1", "次数": Decimal(99)}]}
    send(year, Part.MAIN, wrong)
    send(year, Part.PERSONAL, with_person("上官婉儿"), name="个人.xlsx")
    year.run("collect", "--period", "下半年")
    names = sorted(path.name for path in (year.outputs / "退回").rglob("*A01*.xlsx"))
    assert [name.endswith("_个人信息簿_勿用微信QQ发送.xlsx") for name in names] == [False, True]
    main, personal = (next((year.outputs / "退回").rglob(name)) for name in names)
    books = [load_workbook(path) for path in (main, personal)]
    texts = [{str(cell.value) for page in book for row in page.iter_rows() for cell in row} for book in books]
    assert ["上官婉儿" in found for found in texts] == [False, True]
    assert ["01_一行一条" in book.sheetnames for book in books] == [False, True]
    for path in (main, personal):
        (year.inputs / "报送/下半年" / path.name).write_bytes(path.read_bytes())
    assert "F-39" not in codes(collected(year))
