"""The records that were printed beforehand and stand on their sheet no more: deleted, or their key typed over."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from pbreports.excel import causes
from pbreports.excel.causes import Gatherer
from pbreports.excel.cells import key_of
from pbreports.excel.complete import Expectations
from pbreports.excel.fill import cell_text
from pbreports.excel.presets import Row, preset_fields
from pbreports.excel.records import ReadRecord, ReadSheet
from pbreports.findings import SUBJECT_JOINT, Kind, common_subject
from pbreports.scheme.language import Frame
from pbreports.scheme.model import Layout, Sheet

_LISTED = 3
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """A sheet as read, and the records that are printed on it by what the bureau has on file now.

    ``rostered`` are the fields that are printed from the bureau's rows of the unit.
    """

    read: ReadSheet
    expected: Expectations
    rows: tuple[Row, ...]
    rostered: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Gone:
    """A printed record that is missed, the key it has, and the record that its key was made into (where plain)."""

    printed: Printed
    row: Row
    key: Key
    now: ReadRecord | None


def note_gone(sheets: Sequence[Printed], frame: Frame, notes: Gatherer) -> None:
    """Note once for each sheet the printed records that are gone from it, and once what no sheet knows of.

    A record that nothing had to be filled in is not missed. What stands on none of the sheets was put on the roster
    after the workbook had been issued, or has been deleted everywhere: nobody can tell, and nobody is blamed.
    """
    gone = [one for printed in sheets for one in _gone(printed, frame)]
    if not gone:
        return
    known = _known(sheets)
    unknown = [one for one in gone if _names(one, known)]
    if unknown:
        listed = _listed(dict.fromkeys(name for one in unknown for name in _names(one, known)))
        blurred = [blur for one in unknown for blur in _blurred(one)]
        notes.add(causes.NOT_ISSUED, unknown[0].printed.read.title, blurs=blurred, 条=listed)
    for printed in sheets:
        mine = [one for one in gone if one.printed is printed and one not in unknown]
        altered = [one for one in mine if one.now and _is_spelt_alike(one, one.now)]
        _note(altered, causes.ALTERED_PRESETS, notes)
        _note([one for one in mine if one not in altered], causes.GONE_PRESETS, notes)


def _gone(printed: Printed, frame: Frame) -> Iterator[_Gone]:
    """Yield the printed records of a sheet that it should hold and does not."""
    rule, names = printed.read.rule, _key_fields(printed.read.rule)
    if rule.layout is Layout.FORM or not names or not printed.read.found.issuperset(names):
        return
    keys = {_key(names, row): row for row in printed.rows}
    there = {_key(names, one.record.values): one for one in printed.read.records}
    unsure = [
        one for one in printed.read.records if one.unclear & set(names) or not all(_key(names, one.record.values))
    ]
    strange = [one for key, one in there.items() if all(key) and key not in keys]
    blank: Row = dict.fromkeys(rule.by_name)
    for key, row in keys.items():
        if key in there or not all(key) or any(_may_be(one, row) for one in unsure):
            continue
        demanded = printed.expected.demanded(frame.at({**blank, **row}))
        if printed.expected.answers.intersection(field.name for field in demanded):
            yield _Gone(printed, row, key, _made_of(row, names, strange, rule))


def _key_fields(rule: Sheet) -> tuple[str, ...]:
    """Return the printed fields by which the records of a sheet are told apart."""
    given = preset_fields(rule)
    return tuple(name for name in rule.keys or tuple(rule.by_name) if name in given)


def _key(names: Iterable[str], row: Row) -> Key:
    return tuple(cell_text(row.get(name)) for name in names)


def _may_be(one: ReadRecord, row: Row) -> bool:
    """Return whether a record whose key could not be read may be a printed one: that has been said."""
    values = one.record.values
    return all(name in one.unclear or values.get(name) in (None, value) for name, value in row.items())


def _made_of(row: Row, names: Sequence[str], strange: Iterable[ReadRecord], rule: Sheet) -> ReadRecord | None:
    """Return the record that a printed one has become: its key spelt otherwise, or all that is locked but one part."""
    locked = [name for name in row if name not in names and rule.by_name[name].locked and row[name] is not None]
    for one in strange:
        parts = zip(_key(names, row), _key(names, one.record.values), strict=True)
        differing = [(own, other) for own, other in parts if own != other]
        alike = all(_spelt(own) == _spelt(other) for own, other in differing)
        same = bool(locked) and all(one.record.values.get(name) == row[name] for name in locked)
        if alike or (same and len(differing) == 1):
            return one
    return None


def _spelt(text: str) -> str:
    return key_of(text).casefold()


def _is_spelt_alike(gone: _Gone, now: ReadRecord) -> bool:
    other = _key(_key_fields(gone.printed.read.rule), now.record.values)
    return [*map(_spelt, other)] == [*map(_spelt, gone.key)]


def _known(sheets: Iterable[Printed]) -> Mapping[str, Collection[str]]:
    """Return what the sheets hold of the fields that are printed from the bureau's rows, by field."""
    found: dict[str, set[str]] = {}
    for printed in sheets:
        for name in printed.rostered:
            held = (one.record.values.get(name) for one in printed.read.records)
            found.setdefault(name, set()).update(_spelt(cell_text(value)) for value in held)
    return found


def _names(gone: _Gone, known: Mapping[str, Collection[str]]) -> list[str]:
    """Return the parts of a record's key that are printed from the bureau's rows and that no sheet knows of."""
    names = _key_fields(gone.printed.read.rule)
    parts = ((name, text) for name, text in zip(names, gone.key, strict=True) if name in gone.printed.rostered)
    return [text for name, text in parts if _spelt(text) not in known[name]]


def _note(gone: Sequence[_Gone], kind: Kind, notes: Gatherer) -> None:
    """Note what is gone from one sheet."""
    if not gone:
        return
    first, read = gone[0], gone[0].printed.read
    names = _key_fields(read.rule)
    where = first.now.record.cells.get(names[0], "") if first.now else ""
    now = SUBJECT_JOINT.join(_key(names, first.now.record.values)) if first.now else ""
    words: dict[str, Any] = {
        "条": f"“{SUBJECT_JOINT.join(first.key)}”" + (f"（等{len(gone)}条）" if len(gone) > 1 else ""),
        "现": f"（{where}现在是“{now}”）" if now and kind is causes.GONE_PRESETS else now,
        "处": where,
        "类": "行" if read.rule.layout is Layout.LIST else "列",
    }
    subject = reduce(common_subject, (SUBJECT_JOINT.join(one.key) for one in gone))
    blurred = [blur for one in gone for blur in _blurred(one)]
    notes.add(kind, read.title, where, subject=subject, blurs=blurred, **words)


def _blurred(gone: _Gone) -> Iterator[tuple[str, Row]]:
    """Yield the fields of a record that is gone, and the key of what it was made into: nothing is known of either."""
    rule = gone.printed.read.rule
    for name in rule.by_name:
        yield f"{rule.name}.{name}", gone.row
    if gone.now:
        for name in _key_fields(rule):
            yield f"{rule.name}.{name}", gone.now.record.values


def _listed(names: Collection[str]) -> str:
    listed = "、".join(f"“{name}”" for name in list(names)[:_LISTED])
    return f"{listed}等{len(names)}个" if len(names) > _LISTED else listed
