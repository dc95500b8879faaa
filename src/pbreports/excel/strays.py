"""Lines that are no records: a stray note or number beside the records, a row of sums, a second line of headers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from pbreports.excel.cells import key_of, shown
from pbreports.excel.grid import Line
from pbreports.excel.reader.values import Kind
from pbreports.scheme.model import Field, Layout, Sheet

_TOTALS = frozenset({"合计", "总计", "小计"})
FEWEST = 3
"""How many filled cells make a record of a line without its key."""


def is_total(line: Line, rule: Sheet, fields: Iterable[tuple[int, Field]]) -> bool:
    """Return whether a line of a list is a row of sums: its first text says so, and is no choice of its field."""
    if rule.layout is not Layout.LIST:
        return False
    place = min((place for place, cell in line.items() if cell.kind is Kind.TEXT), default=0)
    word = key_of(shown(line[place])).rstrip(":") if place else ""
    return word in _TOTALS and not any(at == place and word in field.options for at, field in fields)


def is_heading(line: Line, fields: Sequence[tuple[int, Field]]) -> bool:
    """Return whether a line repeats the headers: most of what stands in it are the fields' own names."""
    if not fields or not any((cell := line.get(place)) and cell.value == one.name for place, one in fields[:2]):
        return False
    return 2 * sum((cell := line.get(place)) is not None and cell.value == one.name for place, one in fields) > len(
        line
    )


def is_stray(rule: Sheet, found: Collection[str], held: Collection[str], unclear: int) -> bool:
    """Return whether a line lacks its key, holds next to nothing, and more than one of its cells had to be mended.

    ``found`` are the fields that could be filled, ``held`` those that something stands in, ``unclear`` of which
    could not be understood.
    """
    if rule.layout is Layout.FORM or len(held) >= FEWEST or not lacking(rule.keys, found, held):
        return False
    demanded = (field.name for field in rule.shown if field.required is True and not field.computed)
    return len(lacking(demanded, found, held)) + unclear > 1


def lacking(names: Iterable[str], found: Collection[str], held: Collection[str]) -> tuple[str, ...]:
    """Return those of some fields that could be filled and are blank."""
    return tuple(name for name in names if name in found and name not in held)
