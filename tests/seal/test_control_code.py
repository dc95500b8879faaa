"""The control code: what changes it, what does not, and that the workbook's own formulas give the same."""

from __future__ import annotations

import io
import itertools
import random
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

import tiny
from excel.blanks import FORM, GOOD, LIST, UPRIGHT, blank, filled
from office import Office
from pbreports.excel.grid import find_headers, grid_of
from pbreports.excel.layout import SEAL
from pbreports.excel.reader import read_workbook
from pbreports.excel.reader.values import Cell, Kind
from pbreports.excel.seal import code
from pbreports.excel.seal.code import control_code, residues_of, text_mark
from pbreports.scheme import Scheme, load_scheme
from pbreports.scheme.model import FieldKind

SHIPPED = Path(__file__).parents[2] / "inputs" / "2020" / "方案"


@pytest.fixture(scope="module")
def scheme(tmp_path_factory: pytest.TempPathFactory) -> Scheme:
    """Return the tiny scheme."""
    return tiny.tiny_scheme(tmp_path_factory.mktemp("scheme"))


def code_of(scheme: Scheme, data: bytes) -> str:
    """Return the control code that we compute of a workbook of the tiny library."""
    book = read_workbook(data)
    found = []
    for rule in scheme.sheets_for("馆", "下半年"):
        page = book.sheet(rule.title)
        grid = grid_of(page, rule) if page else None
        headers = find_headers(grid, rule.shown) if grid else None
        found.append(residues_of(rule, grid, headers) if grid and headers else None)
    return control_code(found)


def changed(data: bytes, sheet: str, cell: str, value: object) -> bytes:
    """Return a workbook with one cell changed, as a spreadsheet program would save it."""
    book = load_workbook(io.BytesIO(data))
    book[sheet][cell].value = value
    return saved(book)


def saved(book: object) -> bytes:
    """Return an opened workbook as bytes."""
    stream = io.BytesIO()
    book.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


CHANGES = [
    ("a number", LIST, "D5", 1),
    ("a number filled in", LIST, "D16", 1),
    ("a decimal by a thousandth", LIST, "F5", 1234.501),
    ("a sign turned", LIST, "E5", 3),
    ("a number emptied", LIST, "F5", None),
    ("a number typed as text", LIST, "F5", "1234.5"),
    ("a date by a day", LIST, "H5", date(2031, 9, 2)),
    ("a month", LIST, "I5", "1985-04"),
    ("a choice of the same length", LIST, "J5", "合格"),
    ("yes for no", LIST, "L5", "是"),
    ("a text's length", LIST, "B5", "0071"),
    ("a digit of a text", LIST, "B5", "008"),
    ("a number of an upright sheet", UPRIGHT, "D7", 4),
    ("a number of a form", FORM, "D6", 1),
    ("a text of a form", FORM, "D4", "008"),
]


@pytest.mark.parametrize(("sheet", "cell", "value"), [one[1:] for one in CHANGES], ids=[one[0] for one in CHANGES])
def test_a_change_of_one_cell_changes_the_code(scheme: Scheme, sheet: str, cell: str, value: object) -> None:
    """Whatever is entered, emptied or typed otherwise in one cell gives another code."""
    data = filled(scheme)
    assert code_of(scheme, data)
    assert code_of(scheme, changed(data, sheet, cell, value)) != code_of(scheme, data)


def test_two_numbers_exchanged_change_the_code(scheme: Scheme) -> None:
    """A number moved to another line or another column is another answer."""
    data = filled(scheme)
    down = changed(changed(data, LIST, "D5", 5), LIST, "D6", 0)
    across = changed(changed(data, LIST, "D5", -3), LIST, "E5", 0)
    assert len({code_of(scheme, one) for one in (data, down, across)}) == 3


def test_what_the_school_does_not_enter_leaves_the_code(scheme: Scheme) -> None:
    """A save by another program, a computed cell, a note beside the table and the look change nothing."""
    data = filled(scheme)
    book = load_workbook(io.BytesIO(data))
    book[LIST]["M5"].value = 99  # the computed field
    book[LIST]["D5"].number_format = "0.00"
    book[LIST].column_dimensions["D"].hidden = True
    assert code_of(scheme, saved(book)) == code_of(scheme, data)


def test_a_workbook_with_an_error_has_no_code(scheme: Scheme) -> None:
    """Where the printed page says that there is no code, we know none either."""
    assert code_of(scheme, changed(filled(scheme), LIST, "D5", "=1/0")) == ""
    book = load_workbook(io.BytesIO(filled(scheme)))
    del book[FORM]
    assert code_of(scheme, saved(book)) == ""


def test_the_code_is_eight_clear_signs(scheme: Scheme) -> None:
    """Eight signs in two groups, none that is misread on paper."""
    first, dash, second = code_of(scheme, filled(scheme)).partition("-")
    assert (len(first), dash, len(second)) == (4, "-", 4)
    assert set(first + second) <= set(code.SIGNS)
    assert not set("01OI") & set(code.SIGNS)


def number(value: float) -> Cell:
    """Return a cell with a number as a file stores it."""
    return Cell(None, Kind.NUMBER, repr(value))


money = st.integers(-(10**9), 10**9).map(lambda cents: cents / 100)


@given(st.lists(money, min_size=1, max_size=20), st.integers(0, 19), money)
def test_another_number_is_always_noticed(values: list[float], at: int, other: float) -> None:
    """Of numbers with two decimals no single change goes unnoticed, in neither half of the code."""
    at %= len(values)
    before, after = code.Sums(0), code.Sums(0)
    for line, value in enumerate(values, 2):
        before.add(line, number(value))
        after.add(line, number(other if line - 2 == at else value))
    same = [one == two for one, two in zip(before.residues(), after.residues(), strict=True)]
    assert same == [values[at] == other] * 2 or (not all(same) and abs(values[at] - other) >= 1)


@given(st.text(max_size=60), st.text(max_size=60))
def test_texts_that_count_alike_are_of_one_length(one: str, other: str) -> None:
    """What a text counts grows with every character, so an added character is always noticed."""
    longer = one + "字" + other
    assert text_mark(longer, 10) > text_mark(one, 10)


def test_no_two_choices_of_a_field_count_alike() -> None:
    """In the shipped year another choice is always noticed, also 是 for 否."""
    scheme = load_scheme(SHIPPED)
    fields = [field for sheet in scheme.school_sheets for field in sheet.shown if field.options]
    words = {field.options for field in fields} | {("是", "否")}
    alike = [
        pair
        for options in words
        for pair in itertools.combinations(options, 2)
        if text_mark(pair[0], 10) == text_mark(pair[1], 10)
    ]
    assert alike == []


def test_neighbouring_digits_and_letters_count_differently() -> None:
    """A mistyped digit of a code or of an identity number is noticed."""
    for signs in ("0123456789", "ABCDEFGHIJKLMNO", "一二三四五六七八九十", "男女", "甲乙丙丁", "上下左右"):
        marks = {text_mark(sign, 10) for sign in signs}
        assert len(marks) == len(signs), signs


ALPHABET = "0123456789ABCxyz一二三张王李赵是否（），。 -/=@+~*?\"'<>"
TEXTS = st.text(ALPHABET, min_size=1, max_size=45)


def random_filling(scheme: Scheme, seed: int) -> bytes:
    """Return a workbook filled at random, also with what does not belong: texts for numbers, numbers for texts."""
    chance = random.Random(seed)
    book = load_workbook(io.BytesIO(blank(scheme)))
    makers: list[Callable[[], object]] = [
        lambda: chance.randint(-999, 99_999),
        lambda: round(chance.uniform(-1000, 100_000), 2),
        lambda: round(chance.uniform(0, 100), 6),
        lambda: date(2031, 1, 1 + chance.randint(0, 30)),
        lambda: "".join(chance.choice(ALPHABET) for _ in range(chance.randint(1, 45))),
        lambda: chance.choice(["是", "否", "优秀", "合格", "1985-03", "007", "１２", "2031.5.1"]),
    ]
    for rule in scheme.sheets_for("馆", "下半年"):
        page = book[rule.title]
        for row in page.iter_rows(min_row=4):
            for cell in row[3:] if rule.layout.value != "列表" else row:
                if not cell.protection.locked and chance.random() < 0.3:
                    cell.value = chance.choice(makers)()
                    cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    return saved(book)


@pytest.mark.render
def test_the_workbook_computes_the_code_that_we_compute(office: Office, scheme: Scheme, tmp_path: Path) -> None:
    """On random fillings and on the extremes, the office recalculates on the page the code that we find in the file."""
    extremes = [blank(scheme), filled(scheme), filled(scheme, {**GOOD, "一行一条": BIG})]
    compare(office, scheme, [*extremes, *(random_filling(scheme, seed) for seed in range(5))], tmp_path)


@pytest.mark.render
@pytest.mark.campaign
def test_many_workbooks_compute_the_code_that_we_compute(office: Office, scheme: Scheme, tmp_path: Path) -> None:
    """The same on two hundred random fillings."""
    compare(office, scheme, [random_filling(scheme, seed) for seed in range(200)], tmp_path)


def compare(office: Office, scheme: Scheme, fillings: Sequence[bytes], folder: Path) -> None:
    """Check that what the office prints is what we find, before and after it has saved the file."""
    sources = [folder / f"{index}.xlsx" for index in range(len(fillings))]
    for source, data in zip(sources, fillings, strict=True):
        source.write_bytes(data)
    computed = office.convert_all(sources, "xlsx", folder / "computed")
    printed = [_printed(path) for path in computed]
    assert printed == [code_of(scheme, data) for data in fillings]
    assert printed == [code_of(scheme, path.read_bytes()) for path in computed]
    assert len(set(printed)) == len(printed)


BIG = [{"编码": f"L{n}", "个数": Decimal(99_999_999 - n), "金额": Decimal("9999999.99")} for n in range(12)]


def _printed(path: Path) -> str:
    """Return the code that stands on the page to be sealed."""
    page = load_workbook(path, data_only=True)[SEAL]
    row = next(row for row in page.iter_rows() if row[0].value == "校验码")
    return str(row[1].value)


def test_the_kinds_that_are_numbers_are_not_looked_at_by_character(scheme: Scheme) -> None:
    """Texts in fields of numbers and dates count by their length alone."""
    sheet = scheme.sheets["一行一条"]
    none = {field.name for field in sheet.shown if code.looked_at(sheet, field) == 0}
    numeric = (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.DATE)
    assert none == {field.name for field in sheet.shown if field.holds in numeric}
