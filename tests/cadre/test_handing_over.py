"""The numbers of appointments follow from the inspection's workbook, or from what its office hands over without names."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

import docx
import pytest
from openpyxl import load_workbook

from cadre.cabinet import Cabinet, changed, good, rows_of
from pbreports.excel.bureau import bureau_workbook
from pbreports.ledger import Ledger
from pbreports.ooxml.encrypting import encrypted
from pbreports.pipeline.summarising import Summary, summarise
from pbreports.pipeline.year import open_year
from pbreports.values import Figure, Finding

COUNTED = {
    "选拔任用交流干部数": 14,
    "选拔任用交流人次": 15,
    "任用女干部数": 8,
    "三十五岁及以下任用干部数": 4,
    "四十五岁及以下任用干部数": 11,
    "本科及以上任用干部数": 13,
}
"""In the sample, 15 appointments were given to 14 people, one of them twice; who is confirmed after probation is no new one."""


def summarised(cabinet: Cabinet) -> Summary:
    """Return the year's figures and what the bureau is told of its own workbooks."""
    year = open_year(cabinet.workspace, jobs=0)
    with Ledger(cabinet.workspace.ledger, year.scheme) as ledger:
        return summarise(year, ledger, date(2020, 12, 31))


def figures(cabinet: Cabinet) -> Mapping[str, Figure]:
    """Return the year's figures."""
    return summarised(cabinet).figures


def values(cabinet: Cabinet) -> dict[str, object]:
    """Return the values of the figures that rest on the inspection."""
    found = figures(cabinet)
    return {name: found[name].value for name in COUNTED}


def told(cabinet: Cabinet, code: str) -> list[Finding]:
    """Return what is told of one code."""
    return [one for one in summarised(cabinet).bureau if one.code == code]


def hand_over(cabinet: Cabinet, **numbers: int) -> None:
    """Copy the rows of the summary into the bureau's sheet, as staff do, some numbers changed."""
    good(cabinet.cadre("summary"))
    summary = load_workbook(cabinet.outputs / "干部数.xlsx")["干部数"]
    path = cabinet.workspace.bureau_workbook("局端工作")
    book = load_workbook(path)
    for row in summary.iter_rows(min_row=5, max_col=2):
        name, value = (cell.value for cell in row)
        if name is not None:
            book["干部数"][row[0].coordinate].value = name
            book["干部数"][row[1].coordinate].value = numbers.get(str(name), value)
    book.save(path)


def move_away(cabinet: Cabinet) -> None:
    """Take the inspection to another machine."""
    shutil.rmtree(cabinet.workspace.private_inputs)
    if cabinet.outputs.exists():
        shutil.rmtree(cabinet.outputs)


def test_the_numbers_follow_from_the_workbook(district: Cabinet) -> None:
    """Each with the cells that it rests on, and no more of them; the run's papers say them."""
    found = json.loads(good(district.run("figures", "--json")).stdout)
    assert {name: found[name]["value"] for name in COUNTED} == COUNTED
    sources = found["选拔任用交流人次"]["sources"]
    assert len(sources) == 15
    assert all(re.fullmatch("考察/干部考察.xlsx → 候选人 → A[0-9]+", one) for one in sources)
    assert "【待填：选拔任用交流干部数】" not in summary_paper(district)


def summary_paper(cabinet: Cabinet) -> str:
    """Return the text of the year's summary as it was last written."""
    papers = (one for one in cabinet.workspace.papers.glob("*.docx") if "总结" in one.name)
    last = max(papers, key=lambda path: path.stat().st_mtime_ns)
    return "\n".join(one.text for one in docx.Document(str(last)).paragraphs)


def test_the_summary_names_nobody(bureau: Cabinet) -> None:
    """It has names of numbers and numbers, in the sheet that takes them."""
    result = good(bureau.cadre("summary"))
    assert "选拔任用交流干部数：14人" in result.output
    assert "选拔任用交流人次：15人次" in result.output
    book = load_workbook(bureau.outputs / "干部数.xlsx")
    rows = list(book["干部数"].iter_rows(min_row=5, max_col=2, values_only=True))
    assert {name: value for name, value in rows if name is not None} == COUNTED


def test_they_follow_just_as_well_from_what_was_handed_over(bureau: Cabinet) -> None:
    """Where the inspection is done elsewhere; they rest on the cells of the sheet."""
    hand_over(bureau)
    move_away(bureau)
    found = figures(bureau)
    assert {name: found[name].value for name in COUNTED} == COUNTED
    assert str(found["选拔任用交流干部数"].sources[0]).startswith("局端工作.xlsx → 干部数 → B")
    assert found["任用女干部占比"].value == Fraction(800, 14)
    assert told(bureau, "F-47") == told(bureau, "F-48") == []


def test_a_workbook_only_laid_out_does_not_stand_in_their_way(bureau: Cabinet) -> None:
    """Setting up a workspace leaves an empty one: what was handed over counts; without it nothing is known."""
    hand_over(bureau)
    bureau.put({})
    assert values(bureau) == COUNTED
    assert told(bureau, "F-47") == told(bureau, "F-48") == []
    laid_out = bureau.workspace.bureau_workbook("局端工作")
    book = load_workbook(laid_out)
    book["干部数"].delete_rows(5, 50)
    book.save(laid_out)
    assert set(values(bureau).values()) == {None}


def test_two_that_differ_are_told_and_the_workbook_counts(bureau: Cabinet) -> None:
    """With both here, only the number that differs is told, with both values."""
    hand_over(bureau, 任用女干部数=9)
    assert values(bureau) == COUNTED
    (found,) = told(bureau, "F-47")
    assert str(found.where).startswith("局端工作.xlsx → 干部数 → B")
    assert found.message == "“任用女干部数”交来的是9，按本机的考察簿算出是8，以考察簿为准。"


def test_nothing_known_is_not_zero(bureau: Cabinet) -> None:
    """Neither workbook nor numbers handed over: blank, and the paper marks the gap."""
    move_away(bureau)
    found = figures(bureau)
    assert {found[name].value for name in COUNTED} == {None}
    assert [found[name].reported for name in COUNTED] == [0] * len(COUNTED)
    bureau.run("build", "年度总结", "--draft")
    assert "【待填：选拔任用交流干部数" in summary_paper(bureau)


BROKEN = ("damaged", "locked", "a folder", "a sheet gone", "a header pasted over")


def broken(cabinet: Cabinet, fault: str) -> None:
    """Let the inspection's workbook be so that the numbers cannot be told."""
    data = cabinet.book.read_bytes()
    if fault == "damaged":
        cabinet.book.write_bytes(data[:4000])
    elif fault == "locked":
        cabinet.book.write_bytes(encrypted(data, "长城秋雨二〇二〇"))
    elif fault == "a folder":
        cabinet.book.unlink()
        cabinet.book.mkdir()
    else:
        book = load_workbook(cabinet.book)
        if fault == "a sheet gone":
            del book["审核记录"]
        else:
            reviews = book["审核记录"]
            header = next(cell for cell in reviews[3] if cell.value == "任职文号")
            header.value = "备查"
        book.save(cabinet.book)


@pytest.mark.parametrize("fault", BROKEN)
def test_an_unreadable_workbook_gives_no_number(bureau: Cabinet, fault: str) -> None:
    """Never zero. It is told in one line; what was handed over is not taken while the workbook is here."""
    if fault == "damaged":
        hand_over(bureau)
    broken(bureau, fault)
    assert set(values(bureau).values()) == {None}
    (found,) = told(bureau, "F-48")
    assert str(found.where) == "考察/干部考察.xlsx"
    assert found.message.startswith("考察簿")
    assert "pbreports cadre check" in found.remedy
    assert told(bureau, "F-47") == []


def test_no_summary_is_made_of_an_unreadable_workbook(bureau: Cabinet) -> None:
    """A sentence, and what was written before stays."""
    broken(bureau, "damaged")
    result = bureau.cadre("summary")
    assert result.exit_code == 2
    assert result.output.startswith("考察/干部考察.xlsx：")
    assert not (bureau.outputs / "干部数.xlsx").exists()


def test_no_number_is_handed_over_that_nobody_knows(bureau: Cabinet) -> None:
    """Where a column that it rests on was pasted over."""
    broken(bureau, "a header pasted over")
    result = bureau.cadre("summary")
    assert result.exit_code == 1
    assert "0人" not in result.output
    assert "考察簿有没改的错误" in result.output
    rows = load_workbook(bureau.outputs / "干部数.xlsx")["干部数"].iter_rows(min_row=5, max_col=2, values_only=True)
    assert not any(value is not None for row in rows for value in row)


def test_errors_in_the_workbook_are_told_by_their_number(bureau: Cabinet) -> None:
    """One line for all of them, without what they are; the numbers are those of what could be read."""
    bureau.put(changed(rows_of(), "候选人", "KC202002", 性别="不详某某", 出生年月="某某某"))
    assert values(bureau)["选拔任用交流干部数"] == 14
    (found,) = told(bureau, "F-48")
    assert found.message == "考察簿有2处错误，有关的数可能不准。"


def test_a_number_by_hand_counts_as_typed(bureau: Cabinet) -> None:
    """Of an office that has no such program; what was not given is blank."""
    book = bureau.scheme.bureau["局端工作"]
    rows = [{"数字名称": "选拔任用交流干部数", "数值": Decimal(20)}]
    data = bureau_workbook(bureau.scheme, book, {"干部数": rows})
    bureau.workspace.bureau_workbook("局端工作").write_bytes(data)
    move_away(bureau)
    found = values(bureau)
    assert found["选拔任用交流干部数"] == 20
    assert found["任用女干部数"] is None
