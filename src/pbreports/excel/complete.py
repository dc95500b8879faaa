"""What a sheet still lacks or has too much of: required cells, unfilled records, duplicates, its declared state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pbreports.excel import causes
from pbreports.excel.causes import Gatherer
from pbreports.excel.presets import answers
from pbreports.excel.reader.address import column_letters
from pbreports.excel.records import ReadRecord, ReadSheet, key_values
from pbreports.excel.remarks import lowest
from pbreports.findings import Kind
from pbreports.scheme.language import Frame
from pbreports.scheme.model import Field, FieldKind, Layout, Sheet
from pbreports.scheme.subjects import subject_of
from pbreports.values import Scalar, SheetData, SheetState

Test = Callable[[Frame], bool | None]


@dataclass(frozen=True, slots=True)
class Expectations:
    """What one sheet of the scheme expects: its required fields with their conditions, its answers."""

    rule: Sheet
    required: tuple[tuple[Field, Test | None], ...]
    answers: frozenset[str]

    def demanded(self, frame: Frame) -> tuple[Field, ...]:
        """Return the fields that must be filled in the record the frame stands at."""
        return tuple(field for field, test in self.required if test is None or test(frame) is True)


def expectations_of(rule: Sheet, required: tuple[tuple[Field, Test | None], ...]) -> Expectations:
    """Return what a sheet expects, given its required fields with their compiled conditions."""
    return Expectations(rule, required, frozenset(field.name for field in answers(rule)))


def split(read: ReadSheet, expected: Expectations) -> tuple[tuple[ReadRecord, ...], tuple[ReadRecord, ...]]:
    """Return the records that answer anything, and those that hold only what was printed beforehand."""
    filled: list[ReadRecord] = []
    unfilled: list[ReadRecord] = []
    for one in read.records:
        answered = any(one.record.values.get(name) is not None for name in expected.answers)
        (filled if answered or one.unclear & expected.answers else unfilled).append(one)
    return tuple(filled), tuple(unfilled)


def state_of(filled: Sequence[ReadRecord], *, declared_none: bool) -> SheetState:
    """Return the state of a sheet that was found."""
    if filled:
        return SheetState.FILLED
    return SheetState.NONE if declared_none else SheetState.EMPTY


def note_declared(read: ReadSheet, data: SheetData, notes: Gatherer) -> None:
    """Note that a sheet declared to have no data holds some."""
    if data.records:
        where = next(iter(data.records[0].cells.values()), "")
        notes.add(causes.DECLARED_NONE, read.title, where, 表=read.rule.title, n=len(data.records))


def is_unanswered(read: ReadSheet, data: SheetData) -> bool:
    """Return whether a sheet is neither filled nor declared to have no data, though one of them is asked."""
    asked = read.rule.can_be_declared_none or any(one.required is True and not one.locked for one in read.rule.shown)
    return data.state is SheetState.EMPTY and asked


def note_unanswered(read: ReadSheet, notes: Gatherer) -> None:
    """Note a sheet that is neither filled nor declared to have no data; its rules are not asked either."""
    kind = causes.UNDECLARED if read.rule.can_be_declared_none else causes.UNFILLED_SHEET
    notes.add(kind, read.title, spoils=(read.rule.name,), 表=read.rule.title)


def note_required(
    read: ReadSheet,
    filled: Sequence[ReadRecord],
    unfilled: Sequence[ReadRecord],
    expected: Expectations,
    frame: Frame,
    notes: Gatherer,
) -> None:
    """Note the required cells that are blank, and the preset records that nobody filled."""
    rule = read.rule
    for one in filled:
        for field in expected.demanded(frame.at(one.record.values)):
            if one.record.values.get(field.name) is None:
                _note_blank(field, one, read, notes)
    for one in unfilled:
        demanded = [field.name for field in expected.demanded(frame.at(one.record.values))]
        blank = [name for name in demanded if name in expected.answers and name in read.found]
        if blank:
            where = one.record.cells[blank[0]]
            blurred = [(f"{rule.name}.{name}", one.record.values) for name in rule.by_name]
            words: dict[str, Any] = {"条": _named(one, rule)}
            subject = subject_of(rule, one.record)
            notes.add(causes.UNFILLED_RECORD, read.title, where, subject=subject, blurs=blurred, **words)


def _note_blank(field: Field, one: ReadRecord, read: ReadSheet, notes: Gatherer) -> None:
    """Note a required cell that is blank; where its header is not to be trusted, that has been said."""
    name, spoilt = field.name, f"{read.rule.name}.{field.name}"
    if name not in read.found:
        notes.hide(spoilt)
    elif name not in one.unclear:
        where, blurred = one.record.cells[name], [(spoilt, one.record.values)]
        subject = subject_of(read.rule, one.record)
        notes.add(_required(field), read.title, where, name, subject=subject, blurs=blurred, 列=name)


def _required(field: Field) -> Kind:
    """Return what a blank required cell is: zero is an answer only where a number is asked that may be zero."""
    number = field.holds in (FieldKind.INTEGER, FieldKind.DECIMAL)
    return causes.REQUIRED_NUMBER if number and (lowest(field) or 0) <= 0 else causes.REQUIRED


def _named(one: ReadRecord, rule: Sheet) -> str:
    """Return how a record is called: by its key, else by its line."""
    known = [str(one.record.values[name]) for name in rule.keys if one.record.values.get(name) is not None]
    return f"“{'、'.join(known)}”这一条" if known else "这一条"


def note_duplicates(read: ReadSheet, filled: Sequence[ReadRecord], notes: Gatherer) -> None:
    """Note every record whose key an earlier one has."""
    if not read.rule.keys:
        return
    seen: dict[tuple[Scalar, ...], ReadRecord] = {}
    for one in filled:
        key = key_values(one.record, read.rule.keys)
        if key is None:
            continue
        first = seen.setdefault(key, one)
        if first is not one:
            _note_duplicate(one, first, read, key, notes)


def _note_duplicate(
    one: ReadRecord, first: ReadRecord, read: ReadSheet, key: tuple[Scalar, ...], notes: Gatherer
) -> None:
    rule = read.rule
    alike = one.record.values == first.record.values
    in_rows = causes.DUPLICATE if alike else causes.CONTRADICTED
    kind = in_rows if rule.layout is Layout.LIST else causes.DUPLICATE_ACROSS
    words: dict[str, Any] = {
        "行": first.line,
        "列": column_letters(first.line),
        "键": "、".join(map(str, key)),
        "表": rule.title,
    }
    where = one.record.cells.get(rule.keys[0], "")
    notes.add(kind, read.title, where, key, subject=subject_of(rule, one.record), **words)
