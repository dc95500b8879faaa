"""No finding quotes an identity number, however it was typed; dates and document numbers stay as they are."""

from __future__ import annotations

import re

import pytest
from openpyxl import load_workbook

from cadre.cabinet import FEW, Cabinet, changed, rows_of
from pbreports.pipeline.cadre.covering import covered
from pbreports.values import CellRef, Finding, Severity

NUMBER = "379999198212010121"
TYPED = (
    f"'{NUMBER}",
    f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}",
    f"{NUMBER[:17]} 7",
    f"{NUMBER[:6]}-{NUMBER[6:14]}-{NUMBER[14:]}",
    f"{NUMBER}000",
    f"{NUMBER[:17]}ｘ",
    "３７９９９９１９８２１２０１０１２１",
    NUMBER[:15],
    f"身份证{NUMBER}号",
)


def said(message: str) -> Finding:
    """Return a finding with words of its own."""
    return Finding("V-G05", Severity.ERROR, CellRef("干部考察.xlsx"), message, message)


def digits(text: str) -> int:
    """Return how many digits of the number can be read in a row, whatever parts them."""
    runs = re.findall(r"\d+", re.sub(r"[^\d*]", "", text))
    return max(map(len, runs), default=0)


@pytest.mark.parametrize("typed", TYPED)
def test_a_number_is_covered_however_it_is_typed(typed: str) -> None:
    """With an apostrophe, in groups, half-width or not, too long or too short."""
    found = covered(said(f"“身份证号”应为文本，当前为“{typed}”。"))
    assert "***" in found.message
    assert digits(found.message + found.remedy) <= 5
    assert "空格、撇号" in found.remedy


@pytest.mark.parametrize(
    "text", ["2020-11-20 2020-11-25 2020-12-03", "任教工任〔2020〕5号", "0537-0000000", "2020.11.20—2020.12.03"]
)
def test_days_and_documents_are_left_alone(text: str) -> None:
    """What is no identity number is quoted in full."""
    finding = said(f"“讨论会议”当前为“{text}”。")
    assert covered(finding) is finding


@pytest.mark.parametrize("typed", TYPED[:3])
def test_no_report_quotes_a_mistyped_number(cabinet: Cabinet, typed: str) -> None:
    """Neither the findings' workbook nor the screen shows it."""
    cabinet.put(changed(rows_of(FEW), "候选人", "KC202012", 身份证号=typed))
    result = cabinet.cadre("check")
    assert result.exit_code == 1
    rows = load_workbook(cabinet.outputs / "核查结果.xlsx")["核查结果"].iter_rows(values_only=True)
    every = [str(cell) for row in rows for cell in row if cell is not None]
    assert any("379" in cell and "***" in cell for cell in every)
    assert all(digits(cell) < 14 or "任免表" in cell for cell in every)
    assert not re.search(r"\d{14}", re.sub(r"[\s']", "", result.output))
