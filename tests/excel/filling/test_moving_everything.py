"""The workbook that holds one of everything, its lists grown: nothing is missing, every reference is right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from lxml import etree

from excel.filling.everything import LIST_ROW, SUMMARY_ROW, parts
from excel.filling.everything_sheets import LIST, SUMMARY
from office import Office
from ooxml.audit import audit
from pbreports.excel.filling.moving import moved
from pbreports.excel.filling.shift import Growth
from pbreports.excel.reader import read_workbook
from pbreports.excel.reader.address import position
from pbreports.ooxml.write import pack

BRANCHES = ("一支部", "二支部", "三支部")
LIST_PART, SUMMARY_PART = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"


def grown(persons: int, branches: int) -> dict[str, bytes]:
    """Return the parts with so many rows in each list, the tags still in them."""
    return moved(parts(), [{LIST: [Growth(LIST_ROW, 1, persons)], SUMMARY: [Growth(SUMMARY_ROW, 1, branches)]}])


def filled(persons: int, branches: int) -> dict[str, bytes]:
    """Return the parts with invented persons in the lists: each pays its number, and half a yuan more."""
    made = grown(persons, branches)
    made[LIST_PART] = _with_values(made[LIST_PART], LIST_ROW, persons, _person)
    made[SUMMARY_PART] = _with_values(made[SUMMARY_PART], SUMMARY_ROW, branches, lambda n: {"名称": BRANCHES[n - 1]})
    return made


def _person(number: int) -> dict[str, str | float]:
    return {
        "序号": number,
        "姓名": f"张{number}",
        "支部": BRANCHES[number % 3],
        "应缴": number,
        "补缴": 0.5,
    }


def _with_values(sheet: bytes, first: int, count: int, values: Callable[[int], Mapping[str, str | float]]) -> bytes:
    def value(found: re.Match[str]) -> str:
        number = int(found[2]) - first + 1
        told = values(number).get(found[4]) if number <= count else None
        if told is None:
            return f"<c {found[1]}/>"
        kind, inside = (
            ("", f"<v>{told}</v>") if not isinstance(told, str) else (' t="inlineStr"', f"<is><t>{told}</t></is>")
        )
        return f"<c {found[1]}{kind}>{inside}</c>"

    tag = re.compile(
        r'<c (r="[A-Z]+(\d+)"( s="\d+")?) t="inlineStr"><is><t[^>]*>\{\{ \w+名?[单册]\.(\w+) \}\}</t></is></c>'
    )
    return tag.sub(value, sheet.decode()).encode()


EXPECTED: Mapping[str, list[str]] = {
    "xl/workbook.xml": [
        "hidden=\"1\">'名册 表'!$A$5:$L$8<",
        "localSheetId=\"0\">'名册 表'!$A$1:$L$14<",
        "'名册 表'!$A:$A,'名册 表'!$4:$5<",
        'localSheetId="1">汇总!$A$1:$D$9<',
        "SUM('名册 表'!$F$6:$F$8)",
        "'名册 表'!$A$6:$L$8",
        "OFFSET(汇总!$A$4,0,0,COUNTA(汇总!$A$4:$A$5),1)",
        'fullCalcOnLoad="1"',
    ],
    LIST_PART: [
        '<dimension ref="A1:L17"/>',
        'activeCell="B14" sqref="B14:C14"',
        'topLeftCell="A6"',
        "<f>SUM(汇总!$B$4:$B$5)</f>",
        "<f>COUNTIF(B6:B8,B3)</f>",
        '<row r="8" ht="24" customHeight="1">',
        "<f>RANK(F8,$F$6:$F$8)</f>",
        "<f>SUM(F$6:F8)</f>",
        '<c r="D9" s="1"><f>SUM(D6:D8)</f></c>',
        '<c r="F10"><f>F9*2</f></c>',
        '<f t="array" ref="D11">SUM(D6:D8*E6:E8)</f>',
        '<f>SUMPRODUCT((C6:C8="一支部")*F6:F8)</f>',
        "<f>SUM(D:D)</f>",
        '<f>INDIRECT("A1")&amp;"B6"</f>',
        "<f>MAX(6:8)</f>",
        "<f>SUM(D9,汇总!B6)</f>",
        'sqref="B6:E8 A11" name="可填"',
        '<inputCells r="B14"',
        '<autoFilter ref="A5:L8"><filterColumn',
        '<sortState ref="A6:L8"><sortCondition ref="D6:D8"/>',
        '<brk id="10"',
        '<brk id="13"',
        '<mergeCells count="8">',
        '<mergeCell ref="H6:I6"/><mergeCell ref="H7:I7"/><mergeCell ref="H8:I8"/><mergeCell ref="A11:C11"/>',
        'sqref="D6:E8"><cfRule type="expression" dxfId="0" priority="1"><formula>$D6&gt;AVERAGE($D$6:$D$8)<',
        'sqref="D9 D10:F10"',
        'sqref="C6:C8"><formula1>$A$16:$A$17<',
        'sqref="B6:B8"><formula1>COUNTIF($B$6:$B$8,B6)=1<',
        '<hyperlink ref="A12" location="汇总!B6"',
        '<hyperlink ref="B12" r:id="rId1"/>',
        "<hyperlink ref=\"B8\" location=\"'名册 表'!A9\"/>",
        '<cellWatch r="D9"/>',
        'sqref="A6:A8 D9:F9"',
        'linkedCell="$G$9"',
        "<xdr:row>9</xdr:row>",
        "<xm:f>$D$9</xm:f>",
        "<xm:sqref>F6:F8</xm:sqref>",
        "<xm:f>汇总!$A$4:$A$5</xm:f></x14:formula1><xm:sqref>C9 C6:C8<",
        "<xm:f>'名册 表'!D8:F8</xm:f><xm:sqref>G8<",
        "<xm:f>'名册 表'!F6:F8</xm:f><xm:sqref>G9<",
    ],
    SUMMARY_PART: [
        "<f>'名册 表'!D9</f>",
        "<f>COUNTIF('名册 表'!$C$6:$C$8,A5)</f>",
        "<f>SUMIF('名册 表'!C6:C8,A5,'名册 表'!F6:F8)</f>",
        "<f>SUBTOTAL(109,支部表[人数])</f>",
        "<f>SUM('名册 表'!6:8)</f>",
        "<formula>B$8&lt;&gt;0</formula>",
        "sqref=\"D4:D5\"><formula1>'名册 表'!$A$16:$A$17<",
        'topLeftCell="A2"',
    ],
    "xl/tables/table1.xml": ['ref="A3:C6" totalsRowCount="1"', '<autoFilter ref="A3:C5"/>'],
    "xl/charts/chart1.xml": ["<c:f>'名册 表'!$F$5</c:f>", "<c:f>'名册 表'!$B$6:$B$8</c:f>", "<c:f>'名册 表'!$F$6:$F$8</c:f>"],
    "xl/drawings/drawing1.xml": ["<xdr:row>10</xdr:row>", "<xdr:row>13</xdr:row>", "textlink=\"'名册 表'!$F$9\"", "<xdr:row>8</xdr:row>"],
    "xl/drawings/drawing2.xml": ["<xdr:row>10</xdr:row>", "<xdr:row>21</xdr:row>"],
    "xl/drawings/vmlDrawing1.vml": ["<x:Row>8</x:Row>", "<x:Row>10</x:Row>", "4, 15, 7, 2, 6, 15, 11, 1", "<x:FmlaLink>$G$9<"],
    "xl/comments1.xml": ['ref="B5"', 'ref="D9"', 'ref="A11"'],
    "xl/threadedComments/threadedComment1.xml": ['ref="A11"'],
    "xl/ctrlProps/ctrlProp1.xml": ['fmlaLink="$G$9"'],
}  # fmt: skip


@pytest.fixture(scope="module")
def three() -> dict[str, bytes]:
    """Return the parts with three persons and two branches."""
    return grown(3, 2)


@pytest.mark.parametrize(("part", "told"), [(part, told) for part, all_of in EXPECTED.items() for told in all_of])
def test_what_a_part_says_after_the_move(three: Mapping[str, bytes], part: str, told: str) -> None:
    """Each kind of reference, in each kind of part, names the rows where its cells stand now."""
    assert told in three[part].decode()


@pytest.mark.parametrize("persons", [0, 1, 500])
def test_nothing_is_missing(persons: int) -> None:
    """Of every element of every part there are as many as before, and of what changes no row not a byte is other."""
    before, after = parts(), grown(persons, min(persons, 3))
    assert before.keys() - after.keys() == {"xl/calcChain.xml"}
    for part in after.keys() - {"[Content_Types].xml", "xl/_rels/workbook.xml.rels"}:
        if part not in EXPECTED:
            assert after[part] == before[part], part
        elif part.endswith(".xml"):
            lost = elements(before[part]) - elements(after[part])
            assert set(lost) <= {"v", "strCache", "numCache", "ptCount", "pt", "formatCode"}, part


def elements(part: bytes) -> Counter[str]:
    """Return how often each element occurs in a part."""
    return Counter(str(node.tag).rpartition("}")[2] for node in etree.fromstring(part).iter())


def test_lists_of_one_row_leave_every_reference_alone() -> None:
    """With one row in each list the workbook says what the template says, but for remembered results."""
    before, after = parts(), grown(1, 1)
    for part in EXPECTED.keys() - {"xl/workbook.xml", "xl/charts/chart1.xml", LIST_PART, SUMMARY_PART}:
        assert after[part] == before[part], part
    for part in (LIST_PART, SUMMARY_PART):
        known = etree.fromstring(before[part]), etree.fromstring(after[part])
        assert plain(known[0]) == plain(known[1])


def plain(root: etree._Element) -> list[tuple[str, dict[str, str], str]]:
    """Return a sheet as its elements in order, without results of formulas; shared formulas as whether there is one."""
    told = []
    for node in root.iter():
        name = str(node.tag).rpartition("}")[2]
        if name == "v" and node.getprevious() is not None:
            continue
        shared = name == "f" and node.get("t") != "array"
        told.append((name, {} if shared else dict(node.attrib), "" if shared else (node.text or "").strip()))
    return told


@pytest.mark.parametrize("persons", [0, 1, 4, 500])
def test_the_result_is_a_sound_workbook(persons: int, tmp_path: Path) -> None:
    """An independent validator finds nothing wrong, whatever the number of rows."""
    path = tmp_path / "簿.xlsx"
    path.write_bytes(pack(filled(persons, min(persons, 3))))
    assert audit(path) == []


def test_formulas_remember_no_results(three: Mapping[str, bytes]) -> None:
    """The template's results are wrong for the filled workbook, and so are shown nowhere."""
    for part in (LIST_PART, SUMMARY_PART):
        assert not etree.fromstring(three[part]).xpath("//*[local-name()='c'][*[local-name()='f']]/*[local-name()='v']")


def without_scenario(made: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts without the scenario: LibreOffice makes a sheet of it, and names on it that stand nowhere."""
    return {**made, LIST_PART: re.sub(rb"<scenarios.*</scenarios>", b"", made[LIST_PART], flags=re.DOTALL)}


@pytest.mark.render
@pytest.mark.parametrize("persons", [0, 1, 7, 500])
def test_office_computes_the_right_totals(persons: int, office: Office, tmp_path: Path) -> None:
    """LibreOffice, made to compute everything, finds the sums of what was filled in, on both sheets, and no #REF!."""
    branches = min(persons, 3)
    path = tmp_path / "簿.xlsx"
    path.write_bytes(pack(without_scenario(filled(persons, branches))))
    book = read_workbook(office.convert(path, "xlsx", tmp_path / "重算"))
    found = {sheet.title: {at: cell.value for at, cell in sheet.cells.items()} for sheet in book.sheets}
    assert "#REF!" not in {value for cells in found.values() for value in cells.values()}

    def value(sheet: str, address: str, below: int = 0) -> float:
        row, column = position(address) or (0, 0)
        return float(str(found[sheet][row + below, column]))

    people = [(number, number + 0.5, BRANCHES[number % 3]) for number in range(1, persons + 1)]
    owed, paid = sum(one[0] for one in people), sum(one[1] for one in people)
    product, header = owed / 2, people[0][1] if people else 0
    down = max(persons, 1) - 1
    expected = {
        "B7": persons,
        "D7": owed,
        "E7": persons / 2,
        "F7": paid,
        "D8": 2 * owed,
        "F8": 2 * paid,
        "D9": product,
        "E9": sum(one[1] for one in people if one[2] == "一支部"),
        "F9": paid / 2,
        "M10": 4 * owed + product + header,
    }
    assert {address: value(LIST, address, down) for address in expected} == expected
    assert [value(SUMMARY, address) for address in ("B1", "C1", "D1")] == [owed, owed, persons]
    below = max(branches, 1) - 1
    listed = [one for one in people if one[2] in BRANCHES[:branches]]
    assert [value(SUMMARY, address, below) for address in ("B5", "C5", "B7", "C7", "D8")] == pytest.approx(
        [len(listed), sum(one[1] for one in listed), len(listed) - persons, sum(one[1] for one in listed) - paid, paid]
    )
    if people:
        assert value(LIST, "L6", down) == paid
        assert value(LIST, "K6") == persons
        assert value(LIST, "J6", down) == pytest.approx((persons + 0.5) / paid)
