from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

import tiny
from excel.blanks import LIST, filled
from excel.test_issue import opened
from pbreports.excel.cells import reader_of
from pbreports.excel.intake import read_submission
from pbreports.excel.misread import Misread
from pbreports.excel.reader import Cell, Kind
from pbreports.scheme import Scheme
from pbreports.scheme.model import Field, FieldKind
from pbreports.values import Scalar, Submission, YearMonth

READ = reader_of(Field("短文", FieldKind.TEXT))
SHEETS = {"一行一条": "编码", "一列一条": "小组代码", "只填一份": ""}


def texts(most: int) -> st.SearchStrategy[str]:
    """Return texts as they come out of a cell: nothing in them that reading repairs, no lost digits."""
    plain = st.characters(exclude_categories=("Cc", "Cs", "Cf", "Cn", "Co"))
    whole = st.text(plain, min_size=1, max_size=most).map(kept)
    tricky = st.sampled_from(["007", "=1+1", "+86", "@A1", "'x", "2020-9-1", "1,234", "TRUE", "_x0041_", "a\nb"])
    return st.one_of(whole, tricky).filter(lambda text: bool(text) and len(text) <= most)


def kept(text: str) -> str:
    """Return what is read of a text, nothing when it is refused."""
    try:
        return str(READ(Cell(text, Kind.TEXT, text)).value or "")
    except Misread:
        return ""


def numbers(field: Field) -> st.SearchStrategy[Decimal]:
    """Return the numbers a field may hold."""
    places = 0 if field.kind is FieldKind.INTEGER else field.places
    low = field.minimum if field.minimum is not None else Decimal(0 if places == 0 else -(10**9))
    high = field.maximum if field.maximum is not None else Decimal(10**9)
    step = 10**places
    return st.integers(int(low * step), int(high * step)).map(lambda whole: Decimal(whole) / step)


def values_of(field: Field) -> st.SearchStrategy[Scalar]:
    """Return the values of a field, blanks among them."""
    by_kind: Mapping[FieldKind, st.SearchStrategy[Scalar]] = {
        FieldKind.DATE: st.dates(date(1910, 1, 1), date(2099, 12, 31)),
        FieldKind.MONTH: st.builds(YearMonth, st.integers(1900, 2100), st.integers(1, 12)),
        FieldKind.CHOICE: st.sampled_from(field.options or ("",)),
        FieldKind.YES_NO: st.booleans(),
    }
    if field.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT):
        return st.none() | texts(field.length or 50)
    if field.kind in (FieldKind.INTEGER, FieldKind.DECIMAL):
        return st.none() | numbers(field)
    return st.none() | by_kind[field.kind]


def records_of(scheme: Scheme, sheet: str) -> st.SearchStrategy[dict[str, Scalar]]:
    """Return records of one value or blank for each of the fields that every lay-out has."""
    fields = [field for field in scheme.sheets["只填一份"].shown if not field.computed]
    extra = {"次数": st.just(Decimal(3))} if sheet == "一列一条" else {}
    anchored = st.fixed_dictionaries({field.name: values_of(field) for field in fields} | extra)
    return anchored.map(lambda row: row | {"个数": row["个数"] if row["个数"] is not None else Decimal(1)})


def read_back(scheme: Scheme, data: bytes) -> Submission:
    """Return what intake reads; nothing may be found wrong but what was left blank on purpose."""
    units, facts = tiny.tiny_units(scheme), tiny.tiny_facts(scheme)
    result = read_submission(data, scheme, units, tiny.second_half(scheme), file="一馆.xlsx", facts=facts)
    assert {one.code for one in result.findings} <= {"V-G04", "V-G07", "V-G14"}, [str(one) for one in result.findings]
    assert result.submission is not None
    return result.submission


@given(data=st.data())
def test_what_is_filled_in_comes_back(scheme: Scheme, data: st.DataObject) -> None:
    """Issue, fill, read: the same values of every kind of field in every lay-out, and blanks stay blanks."""
    keys = {"一行一条": ("L1", "L2"), "一列一条": ("A01-1", "A01-2"), "只填一份": ("",)}
    rows = {
        sheet: [data.draw(records_of(scheme, sheet)) | ({name: key} if name else {}) for key in keys[sheet]]
        for sheet, name in SHEETS.items()
    }
    submission = read_back(scheme, filled(scheme, rows))
    for sheet, written in rows.items():
        read = [
            {name: record.values[name] for name in row}
            for record, row in zip(submission.records(sheet), written, strict=True)
        ]
        assert read == written


def test_records_beyond_the_preset_ones_go_behind(scheme: Scheme) -> None:
    """What the spare space does not hold makes the sheet larger, so that nothing is lost."""
    spare = scheme.sheets["一行一条"].spare_records
    rows = [{"编码": f"L{number}"} for number in range(spare + 1)]
    submission = read_back(scheme, filled(scheme, {"一行一条": rows}))
    assert [record.values["编码"] for record in submission.records("一行一条")] == [row["编码"] for row in rows]
    page = opened(filled(scheme, {"一行一条": rows}))[LIST]
    assert not page.cell(5 + spare + spare, 1).protection.locked


def test_locked_cells_keep_what_is_printed(scheme: Scheme) -> None:
    """A school cannot rename its groups on the way."""
    rows = {"一列一条": [{"小组代码": "A01-2", "小组名称": "改名小组", "次数": Decimal(4)}]}
    submission = read_back(scheme, filled(scheme, rows))
    (record,) = submission.records("一列一条")
    assert (record.values["小组代码"], record.values["小组名称"]) == ("A01-2", "夜读小组")
