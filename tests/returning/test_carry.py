"""Whatever a school typed stands in the fresh issue or is listed: nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tiny
from excel.blanks import FORM, GOOD, LIST, UPRIGHT, filled
from excel.test_round_trip import SHEETS, records_of
from pbreports.excel.edit import InsertColumn, InsertRows, MergeCells, SetCells, SetError, SetFormula, edited
from pbreports.excel.intake import read_submission
from pbreports.excel.issue import draw_workbook
from pbreports.excel.reader import read_workbook
from pbreports.excel.returning.book import moved
from pbreports.excel.returning.carry import Carried, carry
from pbreports.excel.saving import workbook_bytes
from pbreports.scheme import Scheme
from pbreports.values import CellRef, Finding, Scalar, Severity


@pytest.fixture(scope="module")
def scheme(tmp_path_factory: pytest.TempPathFactory) -> Scheme:
    """Return the tiny scheme."""
    return tiny.tiny_scheme(tmp_path_factory.mktemp("carry"))


def carried(scheme: Scheme, data: bytes) -> Carried:
    """Return what a workbook of the tiny library holds for a fresh issue."""
    unit, period = tiny.library(scheme), tiny.second_half(scheme)
    return carry(read_workbook(data), scheme.sheets_for(unit.kind, period.name))


def reissued(scheme: Scheme, data: bytes) -> bytes:
    """Return the fresh issue with what a workbook holds."""
    there = tiny.library(scheme), tiny.second_half(scheme), tiny.tiny_facts(scheme)
    return workbook_bytes(draw_workbook(scheme, *there, carried(scheme, data).filling).workbook, there[1].start)


def records(scheme: Scheme, data: bytes) -> dict[str, list[Mapping[str, Scalar]]]:
    """Return the records by sheet that intake reads of a workbook."""
    units, facts, period = tiny.tiny_units(scheme), tiny.tiny_facts(scheme), tiny.second_half(scheme)
    found = read_submission(data, scheme, units, period, file="一馆.xlsx", facts=facts).submission
    assert found is not None
    return {name: [record.values for record in sheet.records] for name, sheet in found.sheets.items()}


@settings(max_examples=15)
@given(data=st.data())
def test_every_value_comes_through(scheme: Scheme, data: st.DataObject) -> None:
    """Whatever values stand in the records, the fresh issue reads the same."""
    keys = {"一行一条": ("L1", "L2"), "一列一条": ("A01-1", "A01-2"), "只填一份": ("",)}
    rows = {
        sheet: [data.draw(records_of(scheme, sheet)) | ({name: key} if name else {}) for key in keys[sheet]]
        for sheet, name in SHEETS.items()
    }
    sent = filled(scheme, rows)
    assert records(scheme, reissued(scheme, sent)) == records(scheme, sent)


typed = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf", "Cn", "Co")), min_size=1, max_size=12)


@settings(max_examples=25)
@given(texts=st.dictionaries(st.sampled_from([f"{letter}{row}" for letter in "CD" for row in range(7, 20)]), typed))
def test_every_text_is_there_or_listed(scheme: Scheme, texts: dict[str, str]) -> None:
    """A text typed into any cell is read as before, or stands there as it is, or is among what is left over."""
    sent = edited(filled(scheme), [SetCells(UPRIGHT, dict(texts))])
    there = carried(scheme, sent)
    fresh = reissued(scheme, sent)
    page = read_workbook(fresh).sheet(UPRIGHT)
    assert page is not None
    before, after = records(scheme, sent)["一列一条"], records(scheme, fresh)["一列一条"]
    listed = " ".join(text for one in there.leftover for text in one.texts)
    for address, text in texts.items():
        column, row = address[0], int(address[1:])
        cell = page.cells.get((row, ord(column) - 64))
        name = scheme.sheets["一列一条"].shown[row - 4].name
        same = len(before) == len(after) and any(
            one.get(name) is not None and one.get(name) == other.get(name)
            for one, other in zip(before, after, strict=True)
        )
        assert (
            same or (cell is not None and str(cell.value).strip() == text.strip()) or text in listed or not text.strip()
        )


def test_no_reading_of_what_was_refused_passes_unseen(scheme: Scheme) -> None:
    """A formula without a result does not turn into a text that would be taken for an answer; the rest is refused again."""
    edits = [
        SetError(UPRIGHT, "C9"),
        SetFormula(UPRIGHT, "C10", 'C9&"甲"'),
        SetFormula(UPRIGHT, "C7", "1+1"),
        SetError(UPRIGHT, "D7", "#DIV/0!"),
    ]
    there = carried(scheme, edited(filled(scheme), edits))
    first, second = there.filling.records["一列一条"]
    assert (first["短文"], first["长文"], first["次数"], second["次数"]) == ("#REF!", None, "=1+1", "#DIV/0!")
    assert [(one.sheet, one.where, one.texts) for one in there.leftover] == [
        (UPRIGHT, "10行“长文”", ('C10 =C9&"甲"',)),
    ]


def test_a_doubled_header_carries_nothing(scheme: Scheme) -> None:
    """Nobody knows which of two columns counts, so both are listed and the field is asked for anew."""
    edits = [InsertColumn(LIST, 3), SetCells(LIST, {"C3": "短文", "C5": "另一个", "C6": "再一个"})]
    there = carried(scheme, edited(filled(scheme), edits))
    assert [row.get("短文") for row in there.filling.records["一行一条"]] == [None, None]
    assert [(one.where, one.texts) for one in there.leftover] == [
        ("B列“短文”", ("B5 007",)),
        ("C列“短文”", ("C5 另一个", "C6 再一个")),
    ]


def test_unsound_fields_are_listed(scheme: Scheme) -> None:
    """What stands under a header that may be another's is not taken for it."""
    rules = scheme.sheets_for(tiny.library(scheme).kind, "下半年")
    there = carry(read_workbook(filled(scheme)), rules, {"一行一条.短文"})
    assert "短文" not in there.filling.records["一行一条"][0]
    assert [(one.where, one.texts) for one in there.leftover] == [("B列“短文”", ("B5 007",))]


def test_places_are_found_again_after_a_move(scheme: Scheme) -> None:
    """A finding on a moved cell points at the same value in the fresh issue; one without a place at the sheet."""
    sent = edited(filled(scheme), [InsertRows(LIST, 1, 2), InsertColumn(LIST, 1), MergeCells(FORM, "H1:I1")])
    there = carried(scheme, sent)
    unit = tiny.library(scheme), tiny.second_half(scheme), tiny.tiny_facts(scheme)
    drawn = draw_workbook(scheme, *unit, there.filling)
    found = [Finding("X", Severity.ERROR, CellRef("一馆.xlsx", LIST, cell), "") for cell in ("C7", "E8", "ZZ9", "")]
    assert [one.where.cell for one in moved(found, there, drawn.prepared)] == ["B5", "D6", "", ""]


def test_what_is_printed_stays_and_what_was_cleared_stays_clear(scheme: Scheme) -> None:
    """A locked cell that was typed over is printed again; an open one that the school emptied is not filled again."""
    sent = edited(filled(scheme), [SetCells(UPRIGHT, {"C5": "改名小组", "C6": None})])
    page = read_workbook(reissued(scheme, sent)).sheet(UPRIGHT)
    assert page is not None
    assert (page.cells[5, 3].value, page.cells.get((6, 3))) == ("晨读小组", None)


def test_a_records_order_and_number_stay(scheme: Scheme) -> None:
    """Own records keep their order; two of one key both stand there, so that the school can choose."""
    rows = GOOD | {"一行一条": [{"编码": key, "个数": Decimal(number)} for number, key in enumerate("乙甲乙")]}
    there = records(scheme, reissued(scheme, filled(scheme, rows)))["一行一条"]
    assert [(one["编码"], one["个数"]) for one in there] == [("乙", 0), ("甲", 1), ("乙", 2)]
