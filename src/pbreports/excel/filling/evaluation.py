"""Plain formulas computed: sums, counts, averages and what little arithmetic stands around them.

Nothing is guessed: what is not known here, or what would take too long, has no value, and the spreadsheet program
computes it when it opens the workbook.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from pbreports.excel.filling.arithmetic import Value, condition, joined, number
from pbreports.excel.filling.trees import Area, Tree, Trouble, Unknown, tree_of


class Cells(Protocol):
    """What a formula asks of the workbook."""

    def area(self, area: Area) -> Iterator[Value]:
        """Yield the values of a range, row by row."""

    def plain(self, area: Area, *, skip_hidden: bool) -> Iterator[Value]:
        """Yield the values of a range without those of subtotals, of hidden rows if those are to be skipped."""

    def named(self, name: str) -> Area:
        """Return the area that a name or a table's column means; raises ``Unknown``."""


def value_of(formula: str, cells: Cells) -> Value:
    """Return what a formula (without ``=``) comes to.

    Raises:
        Unknown: when it holds what is not known here.
        Trouble: when it comes to an error value.
    """
    return _value(tree_of(formula), cells)


# ---------------------------------------------------------------- computing


def _computed(tree: Tree, cells: Cells) -> object:
    """Return a value, or the areas that a reference means."""
    match tree:
        case ("value", value):
            return value
        case ("area", Area() as area):
            return (area,)
        case ("name", str(name)):
            return (cells.named(name),)
        case ("union", *trees):
            return tuple(area for one in trees for area in _areas(one, cells))  # type: ignore[arg-type]
        case ("call", str(name), *given):
            return _called(name, given, cells)  # type: ignore[arg-type]
        case (("minus" | "percent") as sign, tuple(inner)):
            told = number(_value(inner, cells))
            return -told if sign == "minus" else told / 100
        case ("binary", str(sign), tuple(left), tuple(right)):
            return joined(sign, _value(left, cells), _value(right, cells))
    raise Unknown(str(tree))


def _value(tree: Tree, cells: Cells) -> Value:
    return _single(_computed(tree, cells), cells)


def _areas(tree: Tree, cells: Cells) -> tuple[Area, ...]:
    found = _computed(tree, cells)
    if not isinstance(found, tuple):
        raise Unknown("")
    return found


def _single(found: object, cells: Cells) -> Value:
    if not isinstance(found, tuple):
        return found  # type: ignore[return-value]
    if len(found) != 1 or (found[0].left, found[0].top) != (found[0].right, found[0].bottom):
        raise Unknown("")
    return next(cells.area(found[0]))


# ---------------------------------------------------------------- functions


def _called(name: str, given: Sequence[Tree], cells: Cells) -> Value:
    if name in _CHOOSING:
        return _CHOOSING[name](given, cells)
    if name in _CONDITIONAL and len(given) >= 2:
        return _conditional(name, given, cells)
    if name in _OVER_AREAS:
        return _OVER_AREAS[name](_gathered(given, cells))
    if name == "N" and len(given) == 1:
        value = _value(given[0], cells)
        return 0.0 if isinstance(value, str) else number(value)
    if name in _OF_NUMBERS and 0 < len(given) <= 2:
        return _OF_NUMBERS[name](*(number(_value(one, cells)) for one in given))
    raise Unknown(name)


def _if(given: Sequence[Tree], cells: Cells) -> Value:
    if len(given) not in {2, 3}:
        raise Unknown("IF")
    if _truth(_value(given[0], cells)):
        return _value(given[1], cells)
    return _value(given[2], cells) if len(given) > 2 else False


def _if_error(given: Sequence[Tree], cells: Cells) -> Value:
    if len(given) != 2:
        raise Unknown("IFERROR")
    try:
        return _value(given[0], cells)
    except Trouble:
        return _value(given[1], cells)


def _truths(given: Sequence[Tree], cells: Cells) -> list[bool]:
    if not given:
        raise Unknown("")
    return [_truth(_value(one, cells)) for one in given]


def _truth(value: Value) -> bool:
    if isinstance(value, str):
        raise Unknown(value)
    return bool(value)


def _gathered(given: Sequence[Tree], cells: Cells) -> list[Value]:
    """Return the values of arguments: those of areas as they stand, others as numbers that count whatever they are."""
    found: list[Value] = []
    for one in given:
        computed = _computed(one, cells)
        if isinstance(computed, tuple):
            for area in computed:
                found += cells.area(area)
        elif isinstance(computed, str | bool):
            raise Unknown("")
        else:
            found.append(computed)  # type: ignore[arg-type]
    return found


def _numbers(values: Sequence[Value]) -> list[float]:
    return [value for value in values if isinstance(value, float)]


def _average(values: Sequence[Value]) -> float:
    numbers = _numbers(values)
    if not numbers:
        raise Trouble("#DIV/0!")
    return sum(numbers) / len(numbers)


_OVER_AREAS: Mapping[str, Callable[[Sequence[Value]], Value]] = {
    "SUM": lambda values: float(sum(_numbers(values))),
    "COUNT": lambda values: float(len(_numbers(values))),
    "COUNTA": lambda values: float(sum(value is not None for value in values)),
    "COUNTBLANK": lambda values: float(sum(value in (None, "") for value in values)),
    "AVERAGE": _average,
    "MAX": lambda values: max(_numbers(values), default=0.0),
    "MIN": lambda values: min(_numbers(values), default=0.0),
}
_SUBTOTALS = {1: "AVERAGE", 2: "COUNT", 3: "COUNTA", 4: "MAX", 5: "MIN", 9: "SUM"}


def _subtotal(given: Sequence[Tree], cells: Cells) -> Value:
    asked = int(number(_value(given[0], cells)))
    name = _SUBTOTALS.get(asked % 100)
    if name is None:
        raise Unknown("SUBTOTAL")
    areas = [area for one in given[1:] for area in _areas(one, cells)]
    values = [value for area in areas for value in cells.plain(area, skip_hidden=asked > 100)]
    return _OVER_AREAS[name](values)


def _rounded(number: float, places: float = 0) -> float:
    """Round half away from zero, by the digits that are shown, as spreadsheets do."""
    if not -10 <= places <= 10:
        raise Unknown("ROUND")
    return float(Decimal(f"{number:.15g}").quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP))


_OF_NUMBERS: Mapping[str, Callable[..., float]] = {"ROUND": _rounded, "ABS": abs}
_CHOOSING: Mapping[str, Callable[[Sequence[Tree], Cells], Value]] = {
    "IF": _if,
    "IFERROR": _if_error,
    "SUBTOTAL": _subtotal,
    "AND": lambda given, cells: all(_truths(given, cells)),
    "OR": lambda given, cells: any(_truths(given, cells)),
    "NOT": lambda given, cells: not all(_truths(given[:1], cells)),
}


_CONDITIONAL = frozenset({"SUMIF", "COUNTIF", "AVERAGEIF", "SUMIFS", "COUNTIFS"})


def _conditional(name: str, given: Sequence[Tree], cells: Cells) -> Value:
    """Return what those values come to that stand beside values which meet conditions."""
    if name.endswith("IFS"):
        summed, pairs = (None, given) if name == "COUNTIFS" else (given[0], given[1:])
    else:
        summed, pairs = (given[2] if len(given) > 2 else None if name == "COUNTIF" else given[0]), given[:2]
    if len(pairs) % 2:
        raise Unknown(name)
    columns = [_column(pairs[place], cells) for place in range(0, len(pairs), 2)]
    wanted = [condition(_value(pairs[place], cells)) for place in range(1, len(pairs), 2)]
    values = _column(summed, cells) if summed is not None else columns[0]
    if any(len(column) != len(values) for column in columns):
        raise Unknown(name)
    chosen = [
        value
        for place, value in enumerate(values)
        if all(meets(column[place]) for meets, column in zip(wanted, columns, strict=True))
    ]
    if name.startswith("COUNT"):
        return float(len(chosen))
    return _OVER_AREAS["SUM" if name.startswith("SUM") else "AVERAGE"](chosen)


def _column(tree: Tree, cells: Cells) -> list[Value]:
    areas = _areas(tree, cells)
    if len(areas) != 1:
        raise Unknown("")
    return list(cells.area(areas[0]))
