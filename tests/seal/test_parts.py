"""A form in two workbooks: what stands in each, how each says what it is, and how the two are read as one."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

import tiny
from excel.blanks import GOOD, received
from ooxml.audit import audit
from pbreports.errors import WorkbookError
from pbreports.excel.fill import Filling
from pbreports.excel.identity import Part
from pbreports.excel.intake import Received
from pbreports.excel.issue import issue_workbook
from pbreports.excel.opening import open_workbook
from pbreports.excel.parts import bound, glance_at, is_bound
from pbreports.scheme import Scheme
from pbreports.scheme.roster import Unit
from pbreports.values import Scalar, SheetState

PERSONAL = "一行一条"
RULES = """
- {码: R-1, 级别: 错误, 范围: 簿, 条件: 计数(一行一条.编码) == 合计(小组季度.读书会), 消息: 条数不符。, 怎么改: 请核对。}
- {码: R-2, 级别: 错误, 表: 小组季度, 条件: 读书会 <= 90, 消息: 太多。, 怎么改: 请核对。}
"""


@pytest.fixture(scope="module")
def scheme(tmp_path_factory: pytest.TempPathFactory) -> Scheme:
    """Return the tiny scheme with one sheet that lists persons."""
    text = tiny.SCHEME.replace("- {名称: 编码, 类型: 文本, 长度: 20, 必填: true}", PERSON, 1)
    return tiny.tiny_scheme(tmp_path_factory.mktemp("scheme"), text)


PERSON = "- {名称: 编码, 类型: 文本, 长度: 20, 必填: true, 个人: true}"


def issued(scheme: Scheme, part: Part, rows: Mapping[str, Sequence[Mapping[str, Scalar]]] = GOOD, at: int = 0) -> bytes:
    """Return one of the workbooks of a unit, filled."""
    unit: Unit = tiny.tiny_units(scheme).all[at]
    facts = tiny.tiny_facts(scheme)
    return issue_workbook(scheme, unit, tiny.second_half(scheme), facts, Filling(rows), part=part)


def both(scheme: Scheme) -> bytes:
    """Return the library's two workbooks, filled, as one file."""
    return bound(issued(scheme, Part.MAIN), issued(scheme, Part.PERSONAL))


def visible(data: bytes) -> list[str]:
    """Return the titles of the sheets that people see."""
    return [page.title for page in load_workbook(io.BytesIO(data)).worksheets if page.sheet_state == "visible"]


def told(found: Received) -> list[str]:
    """Return the codes of what was found."""
    return [one.code for one in found.findings]


def test_persons_stand_in_the_second_workbook_alone(scheme: Scheme) -> None:
    """The sheets that list persons are in the one, all others in the other; both have contents, checks and a seal."""
    main, personal = visible(issued(scheme, Part.MAIN)), visible(issued(scheme, Part.PERSONAL))
    assert personal == ["目录", "自检", "01_一行一条", "签章页"]
    assert main == ["目录", "自检", "00_封面", "02_一列一条", "03_只填一份", "04_小组季度", "签章页"]
    assert glance_at(issued(scheme, Part.MAIN)) == (Part.MAIN, "A01")
    assert glance_at(issued(scheme, Part.PERSONAL)) == (Part.PERSONAL, "A01")
    assert glance_at(issued(scheme, Part.WHOLE)) is None


def test_the_second_workbook_warns_in_red_and_in_its_properties(scheme: Scheme) -> None:
    """Whoever opens it, or looks at the file in a folder, is told not to send it by chat."""
    book: Workbook = load_workbook(io.BytesIO(issued(scheme, Part.PERSONAL)))
    cell = book["目录"]["A2"]
    assert "勿用微信、QQ" in cell.value
    assert cell.font.color.rgb == "FFC00000"
    assert "勿用微信、QQ" in book.properties.description
    assert (book.properties.category, "个人信息簿" in book.properties.title) == ("含个人信息", True)
    assert "个人信息簿" in load_workbook(io.BytesIO(issued(scheme, Part.MAIN)))["目录"]["A2"].value


def test_both_workbooks_are_sound(scheme: Scheme, tmp_path: Path) -> None:
    """Both pass the validator."""
    for part in (Part.MAIN, Part.PERSONAL):
        path = tmp_path / f"{part.value}.xlsx"
        path.write_bytes(issued(scheme, part))
        assert audit(path) == []


def test_two_workbooks_bound_read_like_the_whole(scheme: Scheme) -> None:
    """Records, states and findings are those of the form issued whole; the control code names both pages."""
    whole, halves = received(scheme, issued(scheme, Part.WHOLE)), received(scheme, both(scheme))
    assert whole.submission is not None
    assert halves.submission is not None
    assert told(halves) == told(whole)
    assert {name: data.state for name, data in halves.submission.sheets.items()} == {
        name: data.state for name, data in whole.submission.sheets.items()
    }
    for name in whole.submission.sheets:
        assert [one.values for one in halves.submission.records(name)] == [
            one.values for one in whole.submission.records(name)
        ]
    codes = halves.submission.control.split()
    assert (len(codes), len(set(codes))) == (2, 2)
    assert whole.submission.control not in codes


def test_a_missing_second_workbook_is_one_finding(scheme: Scheme) -> None:
    """Its sheets are missing for one cause, said once; the main workbook is read all the same."""
    found = received(scheme, issued(scheme, Part.MAIN))
    assert found.submission is not None
    assert told(found) == ["F-39"]
    assert found.submission.sheets[PERSONAL].state is SheetState.MISSING
    assert PERSONAL in found.submission.unsound
    assert len(found.submission.records("小组季度")) == 4
    assert "-" in found.submission.control


def test_a_second_workbook_alone_is_no_submission(scheme: Scheme) -> None:
    """Without the main workbook nothing is taken in, and it is said whose is lacking."""
    found = received(scheme, issued(scheme, Part.PERSONAL))
    assert (found.submission, told(found), found.unit) == (None, ["F-41"], "A01")


def test_declarations_of_both_contents_count(scheme: Scheme) -> None:
    """A sheet of persons that is declared to have no data is declared so in its own workbook."""
    rows = {name: records for name, records in GOOD.items() if name != PERSONAL}
    unit, facts = tiny.library(scheme), tiny.tiny_facts(scheme)
    filling = Filling(rows, frozenset({PERSONAL}))
    halves = [
        issue_workbook(scheme, unit, tiny.second_half(scheme), facts, filling, part=part)
        for part in (Part.MAIN, Part.PERSONAL)
    ]
    found = received(scheme, bound(*halves))
    assert found.submission is not None
    assert told(found) == []
    assert found.submission.sheets[PERSONAL].state is SheetState.NONE


def test_workbooks_of_two_units_are_never_one(scheme: Scheme) -> None:
    """A second workbook of another unit is refused, whatever its name says."""
    mixed = bound(issued(scheme, Part.MAIN), issued(scheme, Part.PERSONAL, {}, at=1))
    assert told(received(scheme, mixed)) == ["F-40"]


def test_what_is_asked_across_the_workbooks_is_left_to_the_bureau(tmp_path: Path) -> None:
    """A rule over both cannot be asked in either; one over its own sheets can."""
    text = tiny.SCHEME.replace("- {名称: 编码, 类型: 文本, 长度: 20, 必填: true}", PERSON, 1) + RULES.lstrip("\n")
    scheme = tiny.tiny_scheme(tmp_path, text)
    listed = {}
    for part in (Part.WHOLE, Part.MAIN, Part.PERSONAL):
        page = load_workbook(io.BytesIO(issued(scheme, part)))["自检"]
        listed[part] = {row[1] for row in page.iter_rows(min_row=5, values_only=True) if str(row[4]).startswith("=")}
    assert {"R-1", "R-2"} <= listed[Part.WHOLE]
    assert listed[Part.MAIN] & {"R-1", "R-2"} == {"R-2"}
    assert not listed[Part.PERSONAL] & {"R-1", "R-2"}


def test_binding_is_reproducible_and_damage_is_a_sentence(scheme: Scheme) -> None:
    """The same two give the same bytes; a bound file that was cut is refused with a remedy."""
    data = both(scheme)
    assert data == both(scheme)
    assert is_bound(data)
    assert not is_bound(issued(scheme, Part.MAIN))
    with pytest.raises(WorkbookError) as refused:
        open_workbook(b"PK\x03\x04" + data[2000:], name="x")
    assert refused.value.code == "F-07"


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04" * 9, b"%PDF-", b"PK\x05\x06" + bytes(18)])
def test_a_glance_never_stumbles(data: bytes) -> None:
    """What is no workbook of two says nothing."""
    assert glance_at(data) is None
