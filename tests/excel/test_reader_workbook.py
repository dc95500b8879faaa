"""Tests of reading what surrounds the cells, and of files that are broken, hostile or arbitrary."""

from __future__ import annotations

import io
import math
import pickle
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook as Written
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet.datavalidation import DataValidation

from excel.handmade import STRICT, cells_part, packed, parts, strings_part, styles_part
from pbreports.errors import WorkbookError
from pbreports.excel.reader import Calculation, Sheet, read_workbook
from pbreports.ooxml.limits import Limits

ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'


def layout(before: str = "", rows: str = "", after: str = "") -> Sheet:
    """Return the sheet with this mark-up before, between and after its rows."""
    return read_workbook(packed(parts(cells_part(rows, before=before, after=after)))).sheets[0]


def saved(book: Written) -> bytes:
    """Return the bytes that openpyxl writes."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def code_of(contents: dict[str, str]) -> str:
    """Return the code with which a package is refused; its message has a remedy."""
    with pytest.raises(WorkbookError) as caught:
        read_workbook(packed(contents), name="表.xlsx")
    assert caught.value.remedy
    assert "表.xlsx" in str(caught.value)
    return caught.value.code


# ---------------------------------------------------------------- lay-out


def test_hidden_rows_and_columns() -> None:
    """Hidden rows and columns are told, and what stands in them is read; a range beyond the sheet is cut."""
    found = layout(
        '<cols><col min="2" max="3" hidden="1"/><col min="5" max="5"/><col min="16384" max="20000" hidden="true"/></cols>',
        '<row r="1"/><row hidden="1"><c><v>1</v></c></row><row hidden="0"/>',
    )
    assert found.hidden_rows == {2}
    assert found.hidden_columns == {2, 3, 16384}
    assert found.cells.keys() == {(2, 1)}


@pytest.mark.parametrize(
    ("before", "after", "filtered"),
    [
        ("", '<autoFilter ref="A1:C9"/>', False),
        ("", '<autoFilter ref="A1:C9"><filterColumn colId="0"/></autoFilter>', True),
        ('<sheetPr filterMode="1"/>', "", True),
        ("", "", False),
    ],
)
def test_a_filter_counts_when_it_hides(before: str, after: str, filtered: bool) -> None:  # noqa: FBT001
    """Filter buttons alone hide nothing; a condition does."""
    assert layout(before, "", after).filtered is filtered


@pytest.mark.parametrize(
    ("after", "protected"),
    [("", False), ('<sheetProtection sheet="1"/>', True), ('<sheetProtection password="CC1A"/>', False)],
)
def test_protection_must_be_switched_on(after: str, protected: bool) -> None:  # noqa: FBT001
    """A sheet whose protection was taken off keeps the element without the switch."""
    assert layout(after=after).protected is protected


def test_what_is_counted() -> None:
    """Merges are listed; validations and conditional formats are counted in both forms."""
    extended = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    found = layout(
        after='<mergeCells><mergeCell ref="A3:C3"/><mergeCell ref="A5:A6"/></mergeCells>'
        '<conditionalFormatting sqref="A1"><cfRule/><cfRule/></conditionalFormatting>'
        '<dataValidations><dataValidation sqref="A1"/><dataValidation sqref="B1"/></dataValidations>'
        f'<extLst><ext xmlns:x="{extended}"><x:conditionalFormatting/><x:dataValidation/></ext></extLst>'
    )
    assert found.merges == ("A3:C3", "A5:A6")
    assert (found.validations, found.conditional_formats) == (3, 2)


def test_sheets_of_a_library_workbook() -> None:
    """Titles, order, states, names, protection, dropdowns: as openpyxl wrote them."""
    book = Written()
    book.active.title = "01_党组织情况"
    book.active.protection.sheet = True
    choice = DataValidation(type="list", formula1='"是,否"')
    choice.add("A2:A9")
    book.active.add_data_validation(choice)
    book.active.print_title_rows = "1:2"
    book.create_sheet("_meta").sheet_state = "veryHidden"
    book.create_chartsheet("图")
    book.create_sheet("字典").sheet_state = "hidden"
    found = read_workbook(saved(book), name="甲.xlsx")
    assert [(sheet.title, sheet.state) for sheet in found.sheets] == [
        ("01_党组织情况", "visible"),
        ("_meta", "veryHidden"),
        ("字典", "hidden"),
    ]
    assert found.sheet("01_党组织情况") is found.sheets[0]
    assert found.sheet("无") is None
    assert found.sheets[0].protected
    assert found.sheets[0].validations == 1
    assert found.defined_names == {"01_党组织情况!_xlnm.Print_Titles": "'01_党组织情况'!$1:$2"}
    assert found.file == "甲.xlsx"


# ---------------------------------------------------------------- the workbook


@pytest.mark.parametrize(
    ("inside", "mode", "never"),
    [
        ('<calcPr calcId="124519" fullCalcOnLoad="1"/>', "auto", True),
        ('<calcPr calcId="191029" fullCalcOnLoad="1"/>', "auto", False),
        ('<calcPr calcId="124519"/>', "auto", False),
        ('<calcPr calcMode="manual"/>', "manual", False),
        ("", "auto", False),
    ],
)
def test_how_it_was_last_saved(inside: str, mode: str, never: bool) -> None:  # noqa: FBT001
    """Only the pair that libraries leave says that no office program has saved the file since."""
    found = read_workbook(packed(parts(cells_part(ONE), inside=inside)))
    assert (found.calc_mode, found.never_saved_by_office) == (mode, never)


def test_a_library_workbook_was_never_saved_by_office() -> None:
    """What openpyxl writes today carries the pair, and its formulas are never calculated."""
    book = Written()
    book.active["A1"] = "=1+1"
    found = read_workbook(saved(book))
    assert found.never_saved_by_office
    assert found.sheets[0].cells[1, 1].calculation is Calculation.NEVER


def test_defined_names() -> None:
    """Names of the workbook stand alone, names of a sheet with their sheet."""
    inside = (
        '<definedNames><definedName name="单位">表!$A$1</definedName><definedName name="单位" localSheetId="0">表!$B$1'
    )
    found = read_workbook(packed(parts(cells_part(ONE), inside=f"{inside}</definedName></definedNames>")))
    assert found.defined_names == {"单位": "表!$A$1", "表!单位": "表!$B$1"}


@pytest.mark.parametrize(
    "target", ["worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml", "../xl/worksheets/Sheet1.XML"]
)
def test_targets_of_sheets(target: str) -> None:
    """Sheets are found by relationship, whatever form its target has."""
    assert read_workbook(packed(parts(cells_part(ONE), target=target))).sheets[0].cells.keys() == {(1, 1)}


def test_flags_of_the_package_are_handed_on() -> None:
    """What the package carries besides data is told by the workbook."""
    assert read_workbook(packed({**parts(cells_part(ONE)), "xl/vbaProject.bin": "x"})).flags == {"宏"}


@pytest.mark.parametrize(
    ("formula", "flags"),
    [
        ("cmd|'/c calc'!A0", {"DDE 链接"}),
        ("SUM(1,winword|doc!mark)", {"DDE 链接"}),
        ('A1&"|"&B1', set()),
        ("'甲|乙'!A1", set()),
    ],
)
def test_formulas_that_ask_another_program_are_flagged(formula: str, flags: set[str]) -> None:
    """A bar outside texts and sheet names is a DDE link, which may start a program when the school opens the file."""
    row = f'<row r="1"><c r="A1"><f>{formula.replace("&", "&amp;")}</f><v>1</v></c></row>'
    assert read_workbook(packed(parts(cells_part(row)))).flags == flags


def test_a_file_is_read_by_path(tmp_path: Path) -> None:
    """A path gives the workbook the file's name; what was read can be handed to another process."""
    path = tmp_path / "东门大街小学.xlsx"
    path.write_bytes(packed(parts(cells_part(ONE))))
    found = read_workbook(path)
    assert found.file == "东门大街小学.xlsx"
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own bytes


# ---------------------------------------------------------------- refused


def without(name: str, **options: str) -> dict[str, str]:
    """Return the parts of a workbook less one."""
    made = parts(cells_part(ONE), **options)
    del made[name]
    return made


def changed(name: str, old: str, new: str, **options: str) -> dict[str, str]:
    """Return the parts of a workbook with a text of one part replaced."""
    made = parts(cells_part(ONE), **options)
    assert old in made[name]
    return {**made, name: made[name].replace(old, new)}


STRINGS = {"strings": strings_part("<si><t>甲</t></si>")}


@pytest.mark.parametrize(
    ("contents", "code"),
    [
        (without("xl/workbook.xml"), "F-12"),
        (without("xl/_rels/workbook.xml.rels"), "F-12"),
        (without("xl/worksheets/sheet1.xml"), "F-12"),
        (without("xl/sharedStrings.xml", **STRINGS), "F-12"),
        (without("xl/styles.xml", styles=styles_part(14)), "F-12"),
        (changed("xl/workbook.xml", "<sheets>", "<sheets><"), "F-14"),
        (changed("xl/workbook.xml", 'r:id="r1"', 'r:id="r9"'), "F-14"),
        (changed("xl/workbook.xml", "</sheets>", '<sheet name="乙" r:id="r1"/></sheets>'), "F-14"),
        (changed("xl/worksheets/sheet1.xml", "</worksheet>", ""), "F-14"),
        (changed("xl/worksheets/sheet1.xml", "worksheet", "dialogsheet"), "F-14"),
        (changed("xl/worksheets/sheet1.xml", "A1", "AAAA1"), "F-14"),
        (changed("xl/worksheets/sheet1.xml", "A1", "XFE1"), "F-14"),
        (changed("xl/worksheets/sheet1.xml", "A1", "A0"), "F-14"),
        (changed("xl/worksheets/sheet1.xml", '<row r="1"', '<row r="x"'), "F-14"),
        (changed("xl/worksheets/sheet1.xml", '<c r="A1"', '<c r="A1" t="s"', **STRINGS), "F-14"),
        (changed("xl/worksheets/sheet1.xml", '<c r="A1"', '<c r="A1" t="?"'), "F-14"),
        (changed("xl/worksheets/sheet1.xml", "<worksheet", '<?xml version="1.0" encoding="gbk"?><worksheet'), "F-14"),
        (changed("xl/worksheets/sheet1.xml", "<worksheet", "<!DOCTYPE x><worksheet"), "F-13"),
        (changed("xl/sharedStrings.xml", "<sst", '<!DOCTYPE s [<!ENTITY a "b">]><sst', **STRINGS), "F-13"),
        (changed("xl/workbook.xml", "<workbook", "<!DOCTYPE x><workbook"), "F-13"),
        (changed("xl/workbook.xml", "workbook", "document"), "F-08"),
        (changed("_rels/.rels", "xl/workbook.xml", "xl/workbook.bin"), "F-08"),
        ({"[Content_Types].xml": "<Types/>"}, "F-08"),
    ],
)
def test_broken_workbooks_are_refused(contents: dict[str, str], code: str) -> None:
    """Missing, malformed and hostile parts each have their code and a sentence."""
    assert code_of(contents) == code


def test_too_many_cells() -> None:
    """The limit counts cells that hold something, up to and not including one more."""
    data = packed(parts(cells_part('<row r="1"><c><v>1</v></c><c/><c><v>2</v></c></row>')))
    assert len(read_workbook(data, limits=Limits(cells_per_sheet=2)).sheets[0].cells) == 2
    with pytest.raises(WorkbookError, match="“表”") as caught:
        read_workbook(data, limits=Limits(cells_per_sheet=1))
    assert caught.value.code == "F-15"


def test_shared_formulas_cannot_grow_without_bound() -> None:
    """A long shared formula with many followers is refused before it fills the memory."""
    head = f'<c r="A1"><f t="shared" si="0">"{"x" * 100}"</f></c>'
    followers = '<c><f t="shared" si="0"/></c>' * 20
    data = packed(parts(cells_part(f'<row r="1">{head}{followers}</row>')))
    assert len(read_workbook(data).sheets[0].cells) == 21
    with pytest.raises(WorkbookError) as caught:
        read_workbook(data, limits=Limits(formula_text=1000))
    assert caught.value.code == "F-15"


# ---------------------------------------------------------------- searches


def sample() -> dict[str, bytes]:
    """Return the parts of a workbook that uses what the reader knows."""
    rows = (
        '<row r="1" hidden="1"><c r="A1" t="s" s="1"><v>0</v></c><c r="B1" s="1"><v>44166</v></c><c t="b"><v>1</v></c>'
        '<c r="E1" t="inlineStr"><is><r><t>a_x0041_</t></r></is></c><c r="F1" t="e"><f>1/0</f><v>#REF!</v></c></row>'
        '<row><c><f t="shared" si="0" ref="A2:A3">B1+1</f><v>0.5</v></c></row><row><c><f t="shared" si="0"/></c></row>'
    )
    sheet = cells_part(
        rows,
        before='<cols><col min="2" max="3" hidden="1"/></cols>',
        after='<mergeCells><mergeCell ref="A3:C3"/></mergeCells>',
        namespace=STRICT,
    )
    made = parts(
        sheet,
        strings=strings_part("<si><t>甲</t></si>", STRICT),
        styles=styles_part(0, 'yyyy"年"', namespace=STRICT),
        inside='<definedNames><definedName name="n" localSheetId="0">表!A1</definedName></definedNames><calcPr calcId="1"/>',
        namespace=STRICT,
    )
    return {name: text.encode() for name, text in made.items()}


SAMPLE = sample()
PACKED = packed(SAMPLE)


def read_or_refused(data: bytes) -> None:
    """Fail unless the bytes give a workbook or a sentence."""
    refusal: WorkbookError | None = None
    try:
        read_workbook(data, name="变.xlsx")
    except WorkbookError as error:
        refusal = error
    assert refusal is None or (refusal.code.startswith("F-") and str(refusal).startswith("变.xlsx："))


def test_the_sample_is_sound() -> None:
    """The searches start from a workbook that reads."""
    assert len(read_workbook(PACKED).sheets[0].cells) == 7


@given(st.data())
def test_any_change_of_a_part_reads_or_is_refused(data: st.DataObject) -> None:
    """Bytes changed, cut or doubled in any part, parts dropped or swapped: never a traceback."""
    made = dict(SAMPLE)
    for _ in range(data.draw(st.integers(1, 3))):
        name = data.draw(st.sampled_from(sorted(made)))
        content = made[name]
        start = data.draw(st.integers(0, len(content)))
        stop = min(len(content), start + data.draw(st.integers(0, 12)))
        noise = st.one_of(st.binary(max_size=4), st.sampled_from([b"<", b'"', b"0", b"9" * 30, b"-1", b"&#0;", b"<c>"]))
        change = data.draw(st.sampled_from(["replace", "drop", "double", "cut", "swap"]))
        if change == "drop" and len(made) > 1:
            del made[name]
        elif change == "swap":
            made[name] = made[data.draw(st.sampled_from(sorted(made)))]
        elif change == "double":
            made[name] = content[:stop] + content[start:]
        else:
            made[name] = content[:start] + (b"" if change == "cut" else data.draw(noise)) + content[stop:]
    read_or_refused(packed(made))


@given(st.integers(0, len(PACKED) - 1), st.binary(min_size=1, max_size=6))
def test_any_change_of_the_archive_reads_or_is_refused(start: int, noise: bytes) -> None:
    """Bytes changed in the archive itself: never a traceback."""
    read_or_refused(PACKED[:start] + noise + PACKED[start + len(noise) :])


@given(st.integers(0, len(PACKED) - 1))
def test_any_cut_archive_is_refused(length: int) -> None:
    """A file that did not arrive whole is never taken for one."""
    with pytest.raises(WorkbookError):
        read_workbook(PACKED[:length], name="断.xlsx")


@given(st.binary(max_size=300))
def test_any_bytes_are_refused(data: bytes) -> None:
    """Arbitrary bytes are no workbook."""
    read_or_refused(data)
    read_or_refused(b"PK\x03\x04" + data)


def _not_lost(text: str) -> bool:
    """Return whether openpyxl writes the text, and as a text."""
    return not (ILLEGAL_CHARACTERS_RE.search(text) or text.startswith(("=", "#")) or "_x" in text or "\r" in text)


VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="￾￿"), min_size=1).filter(_not_lost),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(9999, 12, 31)),
    st.datetimes(datetime.fromisoformat("1900-03-01"), datetime.fromisoformat("2200-01-01")).map(
        lambda moment: moment.replace(microsecond=0)
    ),
    st.times().map(lambda moment: moment.replace(microsecond=0)),
    st.timedeltas(timedelta(0), timedelta(days=900)).map(
        lambda span: timedelta(seconds=math.floor(span.total_seconds()))
    ),
)
PLACES = st.tuples(st.integers(1, 60), st.integers(1, 40))


@given(st.dictionaries(PLACES, VALUES, max_size=12))
def test_what_a_library_writes_is_read_again(values: dict[tuple[int, int], object]) -> None:
    """Texts, numbers, dates, times and durations come back equal, each at its place, and nothing else does."""
    book = Written()
    for (row, column), value in values.items():
        book.active.cell(row, column, value)
    found = read_workbook(saved(book)).sheets[0].cells
    assert {place: cell.value for place, cell in found.items()} == {
        place: Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
        for place, value in values.items()
    }


def test_time_of_day_is_kept_beside_durations() -> None:
    """Half a day is noon as a time and twelve hours as a duration."""
    book = Written()
    book.active["A1"], book.active["A2"] = time(12), timedelta(hours=12)
    found = read_workbook(saved(book)).sheets[0].cells
    assert [found[row, 1].value for row in (1, 2)] == [time(12), timedelta(hours=12)]
