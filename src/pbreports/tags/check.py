"""Compares what a template uses with what there is: unknown figures, lists, constants and columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pbreports.tags.names import Use
from pbreports.tags.problems import Problem
from pbreports.tags.program import Slot
from pbreports.tags.wording import nearest


def unknown(uses: Iterable[tuple[Slot, Use]], known: Mapping[str, object]) -> tuple[Problem, ...]:
    """Return a problem for each name or column that does not exist, at its first place, with the names most like it.

    ``uses`` are those of one or more programs, in order; ``known`` the values by name. Columns are compared where the
    list has a row; an empty list has none to compare with.
    """
    problems: list[Problem] = []
    told: set[tuple[str, str]] = set()
    for slot, use in uses:
        key = (use.name, use.column if use.name in known else "")
        if key in told:
            continue
        told.add(key)
        if use.name not in known:
            what = f"没有叫“{use.name}”的数字、名单或参数"
            advice = nearest(use.name, known) or "请改用已有的名字，或在方案的数字、名单里加上它"
            problems.append(Problem("T-08", slot.place, what, advice))
        elif use.column and (columns := _columns(use, known[use.name])) and use.column not in columns:
            what = (
                f"“{use.name}”没有“{use.column}”这一项" if use.direct else f"名单“{use.name}”没有“{use.column}”这一列"
            )
            advice = nearest(use.column, columns) or f"可用的{'项' if use.direct else '列'}有：{'、'.join(columns)}"
            problems.append(Problem("T-09", slot.place, what, advice))
    return tuple(problems)


def _columns(use: Use, value: object) -> tuple[str, ...]:
    """Return what may be named of a value: the columns of a list's rows, or the items of the value itself."""
    if use.direct:
        return tuple(value) if isinstance(value, Mapping) else ()
    return columns_of(value)


def columns_of(value: object) -> tuple[str, ...]:
    """Return the columns of a list's rows; none when it is empty or no list."""
    if isinstance(value, tuple | list) and value and isinstance(value[0], Mapping):
        return tuple(value[0])
    return ()
