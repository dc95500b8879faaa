"""Tests of reading cells: each trap that readers of spreadsheets fall into."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from openpyxl.formula.translate import Translator

from excel.handmade import STRICT, TRANSITIONAL, cells_part, packed, parts, strings_part, styles_part
from pbreports.excel.reader import Calculation, Cell, Kind, Sheet, read_workbook
from pbreports.excel.reader.address import column_letters, column_number, moved
from pbreports.excel.reader.content import decimal_of
from pbreports.excel.reader.formats import Shown, format_of


def read(rows: str, **options: str) -> Sheet:
    """Return the one sheet of a workbook with these rows."""
    book = read_workbook(packed(parts(cells_part(rows), **options)), name="表.xlsx")
    return book.sheets[0]


def cell(written: str, **options: str) -> Cell:
    """Return the cell A1 of a workbook in which it is written so."""
    return read(f'<row r="1">{written}</row>', **options).cells[1, 1]


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("0.30000000000000004", "0.3"),
        ("0.1", "0.1"),
        ("1200", "1200"),
        ("25.199999999999999", "25.2"),
        ("-7.5", "-7.5"),
        ("1.5E-3", "0.0015"),
        ("1.10101199003071E+17", "110101199003071000"),
        ("110101199003071234", "110101199003071000"),
        ("999999999999999", "999999999999999"),
        ("-0", "0"),
        ("+3", "3"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1.7976931348623157E+308", f"{Decimal('1.79769313486232E+308'):f}"),
    ],
)
def test_numbers_lose_their_binary_noise(raw: str, number: str) -> None:
    """A number is what Excel shows: 15 significant digits, written out, never a float's noise."""
    assert str(decimal_of(raw)) == number


@pytest.mark.parametrize("raw", ["", "abc", "1,5", "nan", "INF", "1e999", "1_000", "１２", "--1", "1" * 65])
def test_what_is_no_number_is_none(raw: str) -> None:
    """What Python would take for a number, but no spreadsheet writes, is none."""
    assert decimal_of(raw) is None


def test_a_number_keeps_its_text_and_its_format() -> None:
    """The stored text stays beside the value, and how it was shown."""
    found = cell('<c r="A1" s="1"><v>0.25199999999999999</v></c>', styles=styles_part(0, "0.0%"))
    assert found == Cell(Decimal("0.252"), Kind.NUMBER, "0.25199999999999999", None, Calculation.PLAIN, "0.0%")


def test_a_broken_number_stays_a_text() -> None:
    """A number cell that holds none is a text, so that the field's own check can say so."""
    assert cell('<c r="A1"><v>三</v></c>')[:3] == ("三", Kind.TEXT, "三")


# ---------------------------------------------------------------- texts


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("<si><t>东门大街小学</t></si>", "东门大街小学"),
        ("<si><r><t>东门</t></r><r><rPr/><t>大街</t></r></si>", "东门大街"),
        ('<si><t>富文本</t><rPh sb="0" eb="1"><t>フ</t></rPh></si>', "富文本"),
        ('<si><t xml:space="preserve"> 空 格 </t></si>', " 空 格 "),
        ("<si><t>a_x000D_b_x005F_x0041_</t></si>", "a\rb_x0041_"),
        ("<si><t>_xD83D__xDE00_|_xD83D_</t></si>", "😀|�"),
        ("<si><t>_xZZZZ_ _x41_</t></si>", "_xZZZZ_ _x41_"),
        ("<si><t><![CDATA[<c r='A1'/>]]>&amp;</t></si>", "<c r='A1'/>&"),
    ],
)
def test_shared_strings(item: str, text: str) -> None:
    """Rich text is joined, phonetic hints are left out, escapes are decoded once."""
    found = cell('<c r="A1" t="s"><v>1</v></c>', strings=strings_part(f"<si><t>零</t></si>{item}"))
    assert found[:3] == (text, Kind.TEXT, text)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('<c r="A1" t="inlineStr"><is><t>甲</t></is></c>', "甲"),
        ('<c r="A1" t="inlineStr"><is><r><t>甲</t></r><r><t>_x0041_</t></r></is></c>', "甲A"),
        ('<c r="A1" t="inlineStr"><is><rPh/><t>甲</t><rPh><t>jia</t></rPh></is></c>', "甲"),
        ('<c r="A1" t="inlineStr"><is><rPh><t>jia</t></rPh><t>甲</t></is></c>', "甲"),
        ('<c r="A1" t="str"><v>乙</v></c>', "乙"),
        ('<c r="A1" t="str"><v> 乙 </v></c>', " 乙 "),
    ],
)
def test_texts_in_the_cell(written: str, text: str) -> None:
    """Texts may stand in the cell itself, plain or rich."""
    assert cell(written)[:3] == (text, Kind.TEXT, text)


def test_digits_in_a_text_stay_a_text() -> None:
    """An identity number that was entered as text keeps every digit."""
    assert cell('<c r="A1" t="str"><v>110101199003071234</v></c>').value == "110101199003071234"


# ---------------------------------------------------------------- other types


@pytest.mark.parametrize(("raw", "value"), [("1", True), ("0", False), ("true", True), ("false", False)])
def test_yes_and_no(raw: str, value: bool) -> None:  # noqa: FBT001 - the expected cell
    """A boolean is neither a number nor a text."""
    found = cell(f'<c r="A1" t="b"><v>{raw}</v></c>')
    assert (found.value, found.kind) == (value, Kind.BOOL)


@pytest.mark.parametrize("raw", ["2", "-1", "是", "yes", "TRUE1"])
def test_what_is_neither_yes_nor_no_is_a_text(raw: str) -> None:
    """A boolean cell with anything else in it is not taken for a no."""
    found = cell(f'<c r="A1" t="b"><v>{raw}</v></c>')
    assert (found.value, found.kind) == (raw, Kind.TEXT)


@pytest.mark.parametrize(("kind", "value"), [("n", "5"), ("str", "5"), ("inlineStr", "甲")])
def test_of_a_value_and_a_text_the_type_tells_which_counts(kind: str, value: str) -> None:
    """A text inside a cell says something only in cells of its own type, as in the office programs."""
    assert cell(f'<c r="A1" t="{kind}"><v>5</v><is><t>甲</t></is></c>').raw == value


@pytest.mark.parametrize(
    "literal",
    ["#REF!", "#DIV/0!", "#VALUE!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!", "#未知!"],
)
def test_errors_are_told_from_blanks(literal: str) -> None:
    """Every error literal, known or new, is kept as an error with the formula that gave it."""
    found = cell(f'<c r="A1" t="e"><f>1/0</f><v>{literal}</v></c>')
    assert found[:5] == (literal, Kind.ERROR, literal, "1/0", Calculation.CACHED)


@pytest.mark.parametrize(
    ("raw", "value", "kind"),
    [
        ("2020-12-01", date(2020, 12, 1), Kind.DATE),
        ("2020-12-01T08:30:00", datetime.fromisoformat("2020-12-01 08:30"), Kind.DATE),
        ("2020-12-01T08:30:00Z", datetime.fromisoformat("2020-12-01 08:30"), Kind.DATE),
        ("08:30:00", time(8, 30), Kind.TIME),
        ("2020年", "2020年", Kind.TEXT),
    ],
)
def test_iso_dates(raw: str, value: object, kind: Kind) -> None:
    """Dates that strict files write out are dates; what is none stays a text."""
    assert cell(f'<c r="A1" t="d"><v>{raw}</v></c>')[:2] == (value, kind)


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("form", "raw", "value"),
    [
        (14, "44166", date(2020, 12, 1)),
        (22, "44166.354166666664", datetime.fromisoformat("2020-12-01 08:30")),
        (22, "44166", datetime.fromisoformat("2020-12-01")),
        (14, "44166.5", datetime.fromisoformat("2020-12-01 12:00")),
        (20, "0.354166666666667", time(8, 30)),
        (20, "0", time()),
        (20, "44166.5", datetime.fromisoformat("2020-12-01 12:00")),
        (45, "0.0006944444", time(0, 1)),
        (46, "1.25", timedelta(hours=30)),
        ("[h]:mm", "-0.5", timedelta(hours=-12)),
        ('yyyy"年"m"月"', "44166", date(2020, 12, 1)),
        ('[$-804]yyyy"年"m"月"d"日";@', "44166", date(2020, 12, 1)),
        (14, "59", date(1900, 2, 28)),
        (14, "60", Decimal(60)),
        (14, "61", date(1900, 3, 1)),
        (14, "1", date(1900, 1, 1)),
        (14, "0", Decimal(0)),
        (14, "-5", Decimal(-5)),
        (14, "2958465", date(9999, 12, 31)),
        (14, "2958466", Decimal(2958466)),
        (14, "20201201", Decimal(20201201)),
        (46, "1e300", Decimal(f"{Decimal('1e300'):f}")),
        (0, "44166", Decimal(44166)),
        ('0"d班"', "18", Decimal(18)),
        *[(number, "44166", date(2020, 12, 1)) for number in (27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58)],
        *[(number, "0.5", time(12)) for number in (32, 33, 34, 35, 55, 56)],
    ],
)
def test_what_a_format_makes_of_a_serial(form: int | str, raw: str, value: object) -> None:
    """Built-in, Chinese and custom formats show dates, times and durations; a day that never was stays a number."""
    found = cell(f'<c r="A1" s="1"><v>{raw}</v></c>', styles=styles_part(0, form))
    assert found.value == value
    assert type(found.value) is type(value)


@pytest.mark.parametrize(("raw", "value"), [("0", date(1904, 1, 1)), ("42704", date(2020, 12, 1)), ("-1", Decimal(-1))])
def test_workbooks_that_count_from_1904(raw: str, value: object) -> None:
    """A workbook of the old Macintosh calendar gives the same days."""
    options = {"styles": styles_part(0, 14), "inside": '<workbookPr date1904="1"/>'}
    assert cell(f'<c r="A1" s="1"><v>{raw}</v></c>', **options).value == value


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("General", Shown.NUMBER),
        ("G/通用格式", Shown.NUMBER),
        ("[DBNum2][$-804]G/通用格式", Shown.NUMBER),
        ("0.00E+00", Shown.NUMBER),
        ("@", Shown.NUMBER),
        ('"第"0"届"', Shown.NUMBER),
        ("[Red]0.0;[Blue]-0.0", Shown.NUMBER),
        (r"\d0", Shown.NUMBER),
        ("_(* #,##0_)", Shown.NUMBER),
        ("[DBNum1]yyyy年m月", Shown.DATE),
        ("[$-F800]dddd, mmmm dd, yyyy", Shown.DATE),
        ("aaaa", Shown.DATE),
        ("e-mm-dd", Shown.DATE),
        ("mm:ss.000", Shown.TIME),
        ("yyyy-mm-dd hh:mm:ss.000", Shown.MOMENT),
        ("h:mm AM/PM", Shown.TIME),
        ("[mm]:ss", Shown.DURATION),
        ("[ss].00", Shown.DURATION),
        ('"未结束的引号 yyyy', Shown.NUMBER),
        ("", Shown.NUMBER),
    ],
)
def test_what_a_code_shows(code: str, shown: Shown) -> None:
    """Quotes, escapes, colours, currencies and widths hide letters; what is left decides."""
    assert format_of(code).shown is shown


def test_named_styles_are_no_cell_styles() -> None:
    """The indexes of cells count the cell styles alone; an index beyond them is the general format."""
    assert cell('<c r="A1" s="0"><v>44166</v></c>', styles=styles_part(0)).value == Decimal(44166)
    assert cell('<c r="A1" s="99"><v>44166</v></c>', styles=styles_part(14)).value == Decimal(44166)


# ---------------------------------------------------------------- formulas


@pytest.mark.parametrize(
    ("written", "value", "kind", "calculation"),
    [
        ('<c r="A1"><f>B1</f></c>', None, Kind.BLANK, Calculation.NEVER),
        ('<c r="A1"><f>B1</f><v/></c>', None, Kind.BLANK, Calculation.NEVER),
        ('<c r="A1"><f>B1</f><v></v></c>', None, Kind.BLANK, Calculation.NEVER),
        ('<c r="A1" t="str"><f>B1</f><v></v></c>', "", Kind.TEXT, Calculation.CACHED),
        ('<c r="A1"><f>B1</f><v>0</v></c>', Decimal(0), Kind.NUMBER, Calculation.CACHED),
        ('<c r="A1" t="str"><f>B1</f><v>是</v></c>', "是", Kind.TEXT, Calculation.CACHED),
        ('<c r="A1" t="b"><f>B1</f><v>1</v></c>', True, Kind.BOOL, Calculation.CACHED),
    ],
)
def test_states_of_a_formula(written: str, value: object, kind: Kind, calculation: Calculation) -> None:
    """Never calculated, calculated to an empty text and calculated to a value are three things."""
    assert cell(written)[:5] == (value, kind, str(cell(written).raw), "B1", calculation)


def test_a_cell_after_a_formula_has_none() -> None:
    """Nothing of a cell sticks to the next one."""
    found = read('<row r="1"><c r="A1"><f>B1</f><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><f>D1</f></c></row>')
    assert found.cells[1, 2] == Cell(Decimal(2), Kind.NUMBER, "2")
    assert found.cells[1, 3].calculation is Calculation.NEVER


def test_shared_formulas_read_at_their_place() -> None:
    """The followers of a shared formula have its text moved to where they stand."""
    found = read(
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">SUM(B1:$C$1)</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c></row>'
        '<row r="3"><c r="A3"><f t="shared" si="9"/><v>3</v></c></row>'
    )
    assert [found.cells[row, 1].formula for row in (1, 2, 3)] == ["SUM(B1:$C$1)", "SUM(B2:$C$1)", ""]


@pytest.mark.parametrize(
    "formula",
    ["A1+$B2*C$3-$D$4", 'IF(A1="B2","C3",D4)', "'表 A1'!B2+Sheet1!C3", "LOG10(A1)+ABC1", "SUM(A1:B9)/1E5", "名称1+A1"],
)
def test_moved_formulas_agree_with_openpyxl(formula: str) -> None:
    """Relative parts move, texts, sheets, functions and fixed parts do not."""
    assert f"={moved(formula, 3, 2)}" == Translator(f"={formula}", origin="A1").translate_formula("C4")


def test_a_reference_that_leaves_the_sheet() -> None:
    """A reference moved past the first row or column is broken."""
    assert moved("A1+B2", -1, 0) == "#REF!+B1"


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (703, "AAA"), (16384, "XFD")])
def test_columns(number: int, letters: str) -> None:
    """Numbers and letters of a column mean each other."""
    assert (column_number(letters), column_letters(number)) == (number, letters)


# ---------------------------------------------------------------- places


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        ("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>", {(1, 1), (1, 2), (2, 1)}),
        ('<row r="5"><c><v>1</v></c></row><row><c><v>2</v></c></row>', {(5, 1), (6, 1)}),
        ('<row r="2"><c r="C2"/><c><v>1</v></c></row>', {(2, 4)}),
        ('<row r="2"><c/><c/><c><v>1</v></c></row>', {(2, 3)}),
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
         {(1, 1), (1048576, 16384)}),
        ('<row r="1"><c r="A1" s="1"/><c r="B1" t="s"/><c r="C1" t="str"><v/></c><c r="D1"><v></v></c></row>', set()),
        ('<row r="1"><c r="A1" t="inlineStr"><is><t/></is></c></row>', set()),
    ],
)  # fmt: skip
def test_where_cells_stand(rows: str, places: set[tuple[int, int]]) -> None:
    """Cells and rows without an address follow the one before; empty cells are not there; far cells cost nothing."""
    assert read(rows).cells.keys() == places


def test_an_empty_shared_string_is_no_cell() -> None:
    """A cell that refers to an empty string is as good as empty."""
    assert read('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=strings_part("<si><t/></si>")).cells == {}


def test_the_declared_size_is_ignored() -> None:
    """WPS declares one cell whatever the sheet holds; all are read."""
    sheet = cells_part('<row r="9"><c r="F9"><v>1</v></c></row>', before='<dimension ref="A1:A1"/>')
    assert read_workbook(packed(parts(sheet))).sheets[0].cells.keys() == {(9, 6)}


@pytest.mark.parametrize("namespace", [TRANSITIONAL, STRICT])
def test_both_dialects_of_the_standard(namespace: str) -> None:
    """Transitional and strict files read the same."""
    sheet = cells_part('<row r="1"><c r="A1" t="s" s="1"><v>0</v></c></row>', namespace=namespace)
    strings = strings_part("<si><t>甲</t></si>", namespace)
    book = read_workbook(
        packed(parts(sheet, strings=strings, styles=styles_part(0, 9, namespace=namespace), namespace=namespace))
    )
    assert book.sheets[0].cells[1, 1][:3] == ("甲", Kind.TEXT, "甲")
    assert book.sheets[0].cells[1, 1].format == "0%"


def test_prefixes_do_not_matter_but_namespaces_do() -> None:
    """A prefixed sheet reads the same, and like-named elements of an extension are not taken for cells."""
    sheet = (
        f'<x:worksheet xmlns:x="{TRANSITIONAL}" xmlns:xm="urn:other"><x:sheetData><x:row r="1">'
        '<x:c r="A1"><xm:f>Z9</xm:f><x:v>1</x:v></x:c><xm:c r="B1"><xm:v>2</xm:v></xm:c></x:row></x:sheetData>'
        "</x:worksheet>"
    )
    found = read_workbook(packed(parts(sheet))).sheets[0]
    assert found.cells == {(1, 1): Cell(Decimal(1), Kind.NUMBER, "1")}
