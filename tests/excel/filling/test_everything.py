"""The workbook that holds one of everything, filled through its tags: nothing is missing, and the totals are right."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter

from excel.filling.everything import parts, workbook
from excel.filling.everything_sheets import LIST, SUMMARY
from excel.filling.templates import STAMP
from office import Office
from ooxml.audit import audit
from pbreports.excel.reader import read_workbook
from pbreports.excel.reader.address import position
from pbreports.excel.template import compile_workbook_template
from pbreports.ooxml.write import pack, unpack

BRANCHES = ("一支部", "二支部", "三支部")
TEMPLATE = compile_workbook_template(workbook(), "万有.xlsx")


def values(persons: int) -> dict[str, object]:
    """Return invented persons: each pays its number, and half a yuan more."""
    people = [
        {"姓名": f"=张{number}&<", "支部": BRANCHES[number % 3], "应缴": number, "补缴": 0.5, "备注": ""}
        for number in range(1, persons + 1)
    ]
    branches = [{"名称": name} for name in BRANCHES]
    scalars = {"单位": "某区", "填报日期": date(2020, 12, 31), "审核人": "李四"}
    return {**scalars, "名单": people, "支部名单": branches}


def rendered(persons: int) -> bytes:
    """Return the workbook filled with so many persons."""
    return TEMPLATE.render(values(persons), stamp=STAMP)


def without_scenario(made: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts without the scenario: LibreOffice makes a sheet of it, and names on it that stand nowhere."""
    part = "xl/worksheets/sheet1.xml"
    return {**made, part: re.sub(rb"<scenarios.*</scenarios>", b"", made[part], flags=re.DOTALL)}


@pytest.mark.render
@pytest.mark.parametrize("persons", [0, 1, 500])
def test_the_totals_are_right_whoever_computes_them(office: Office, tmp_path: Path, persons: int) -> None:
    """LibreOffice, made to compute anew, comes to the same results as stand beside the formulas, and they are right."""
    source = tmp_path / "万有.xlsx"
    source.write_bytes(pack(without_scenario(unpack(rendered(persons)))))
    ours = read_workbook(source.read_bytes(), name="ours")
    theirs = read_workbook(office.convert(source, "xlsx", tmp_path / "anew").read_bytes(), name="theirs")
    rows = max(persons, 1)
    expected = {
        (LIST, f"D{6 + rows}"): persons * (persons + 1) / 2,
        (LIST, f"E{6 + rows}"): persons / 2,
        (LIST, f"F{6 + rows}"): persons * (persons + 2) / 2,
        (LIST, f"D{7 + rows}"): persons * (persons + 1),
        (SUMMARY, "B7"): persons,
        (SUMMARY, "C7"): persons * (persons + 2) / 2,
        (SUMMARY, "B9"): 0,
        (SUMMARY, "C9"): 0,
    }
    for (title, address), value in expected.items():
        for book in (ours, theirs):
            page = book.sheet(title)
            place = position(address)
            assert page is not None
            assert place is not None
            assert float(page.cells[place].value or 0) == pytest.approx(value), (title, address)  # type: ignore[arg-type]
    for page in ours.sheets:
        other = theirs.sheet(page.title)
        assert other is not None
        for place, cell in page.cells.items():
            if cell.formula and cell.value is not None and not isinstance(cell.value, str):
                told = other.cells[place].value
                where = f"{page.title}!{get_column_letter(place[1])}{place[0]} {cell.formula}"
                assert float(told) == pytest.approx(float(cell.value)), where  # type: ignore[arg-type]


@pytest.mark.parametrize("persons", [0, 1, 500])
def test_nothing_is_missing_and_the_package_is_sound(tmp_path: Path, persons: int) -> None:
    """All parts are there but the order of calculation, which programs make anew; an independent validator agrees."""
    made = unpack(rendered(persons))
    assert parts().keys() - made.keys() == {"xl/calcChain.xml"}
    source = tmp_path / "万有.xlsx"
    source.write_bytes(rendered(persons))
    assert not audit(source)


def test_filled_with_one_row_only_the_tags_differ() -> None:
    """All parts without tags or dates are the same bytes; the sheets differ by cells with tags and by lost results."""
    before, after = parts(), unpack(TEMPLATE.render({**values(1), "支部名单": [{"名称": "一支部"}]}, stamp=STAMP))
    changed = {name for name, data in after.items() if before[name] != data}
    expected = {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/workbook.xml", "docProps/core.xml"}
    expected |= {"[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/drawings/drawing1.xml"}
    assert changed <= expected | {"xl/charts/chart1.xml"}
    tail = b"</sheetData>"
    sheet = after["xl/worksheets/sheet1.xml"]
    assert sheet.partition(tail)[2].strip() == before["xl/worksheets/sheet1.xml"].partition(tail)[2].strip()


def test_texts_of_values_are_never_formulas() -> None:
    """A leading ``=`` and signs of markup are text; the shape's tag is filled with the rest."""
    book = read_workbook(rendered(2), name="万有")
    page = book.sheet(LIST)
    assert page is not None
    assert (page.cells[6, 2].value, page.cells[6, 2].formula) == ("=张1&<", None)
    with zipfile.ZipFile(io.BytesIO(rendered(2))) as archive:
        assert "审核：李四" in archive.read("xl/drawings/drawing1.xml").decode().replace("</a:t></a:r><a:r><a:t>", "")


def test_equal_values_give_equal_bytes() -> None:
    """Nothing of time or order of dictionaries comes into the file."""
    assert rendered(3) == rendered(3)
