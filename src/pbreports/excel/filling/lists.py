"""Lists as templates go through them: their rows, their numbers, and whether a template's names and columns are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from jinja2 import Undefined

from pbreports.errors import TemplateError
from pbreports.excel.filling.expressions import ORDINAL, Path
from pbreports.tags.environment import program_environment
from pbreports.tags.problems import Place, Problem
from pbreports.tags.wording import nearest

Row = Mapping[str, object]


class Nothing(dict[str, object]):
    """The row of an empty list: it has every column, and nothing in it."""

    def __missing__(self, _column: str) -> None:
        return None


def rows(value: object) -> Sequence[object]:
    """Return the rows of a list; a single thing, such as a day with its year, is a list of one, nothing an empty one.

    Raises:
        TemplateError: when a value is a text or an unknown name.
    """
    if value is None or value == "":
        return ()
    if isinstance(value, list | tuple):
        return value
    if isinstance(value, str):
        raise TemplateError("", f"“{value}”不是名单，没有列", "请改正标签")
    return (value,) if isinstance(value, Mapping) or not isinstance(value, Iterable) else tuple(value)


def numbered_rows(value: object) -> Sequence[object]:
    """Return the rows of a list, each with its number from 1 unless it has a column of that name."""
    found = rows(value)
    return [{ORDINAL: place, **row} if isinstance(row, Mapping) else row for place, row in enumerate(found, 1)]


def column_of(row: object, name: str) -> object:
    """Return a column of a list's row, or what a thing that is no row has by that name.

    Raises:
        TemplateError: when there is no such column.
    """
    found = program_environment().getattr(row, name)
    if isinstance(found, Undefined):
        columns = "、".join(map(str, row)) if isinstance(row, Mapping) else ""
        raise TemplateError("", f"没有“{name}”这一列", f"可用的列有：{columns}" if columns else "请核对名单")
    return found


def some_rows(value: object) -> Sequence[object]:
    """Return the rows of a list, of an empty one a row with nothing in it."""
    return rows(value) or (Nothing(),)


FUNCTIONS = {
    "_rows": rows,
    "_rows_numbered": numbered_rows,
    "_some": some_rows,
    "_some_numbered": lambda value: numbered_rows(value) or (Nothing(),),
}
"""What compiled sheets go through lists with."""


def missing_columns(uses: Iterable[tuple[Path, str, Place]], values: Mapping[str, object]) -> Iterator[Problem]:
    """Yield a problem for each use of a column that a list does not have; an empty list says nothing."""
    known: dict[Path, tuple[str, ...] | None] = {}
    for path, column, place in uses:
        if path not in known:
            known[path] = _columns(path, values)
        columns = known[path]
        if column and columns is not None and column not in columns and column != ORDINAL:
            advice = nearest(column, columns) or f"可用的列有：{'、'.join(columns)}"
            yield Problem("T-09", place, f"名单“{'.'.join(path)}”没有“{column}”这一列", advice)


def _columns(path: Path, values: Mapping[str, object]) -> tuple[str, ...] | None:
    """Return the columns that every row of a list has, ``None`` when it has no rows or is not there."""
    found = list(dict.fromkeys(tuple(row) for row in _rows_at(path, values) if isinstance(row, Mapping)))
    return tuple(name for name in found[0] if all(name in one for one in found)) if found else None


def _rows_at(path: Path, values: Mapping[str, object]) -> Iterator[object]:
    here: Iterable[object] = (values,)
    for part in path:
        here = [row for one in here if isinstance(one, Mapping) and part in one for row in _of(one[part])]
    yield from here


def _of(value: object) -> Sequence[object]:
    try:
        return rows(value)
    except TemplateError:
        return ()
