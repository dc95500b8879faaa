"""Filters that write lists: columns, enumerations, clauses that zero drops."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pbreports.errors import TemplateError
from pbreports.tags.display import PaperFigure, shown, unfilled_mark
from pbreports.tags.numerals import is_zero

_MOST_BLANK = 1000


def column(rows: Iterable[Mapping[str, object]], name: str) -> list[object]:
    """Return a column of a list without its blanks.

    Raises:
        TemplateError: when the value is no list, or the list has no such column.
    """
    rows = [*_rows(rows)]
    for row in rows:
        if name not in row:
            raise TemplateError("", f"名单没有“{name}”这一列", f"可用的列有：{'、'.join(row)}")
    return [row[name] for row in rows if row[name] not in (None, "")]


def quoted(items: Iterable[object]) -> list[str]:
    """Return each item in quotation marks."""
    return [f"“{shown(item)}”" for item in _items(items)]


def joined(items: Iterable[object]) -> str:
    """Return items joined by 顿号, but for those in quotation or title marks (GB/T 15834-2011 4.5.3.5)."""
    text = ""
    for item in _items(items):
        part = str(shown(item))
        touching = text[-1:] in {"”", "》"} and part[:1] in {"“", "《"}
        text += part if not text or touching else f"、{part}"
    return text


def and_so_many(items: Iterable[object], measure: str = "个", most: int = 0) -> str:
    """Return items, at most so many of them (0: all), and their count; a single one is not counted."""
    parts = _items(items)
    named = joined(parts[:most] if most else parts)
    return named if len(parts) < 2 else f"{named}等{len(parts)}{measure}"


def in_pages(rows: Iterable[object], size: object) -> list[list[object]]:
    """Return a list in parts of so many rows, for tables that are headed 续表 on every further page.

    Raises:
        TemplateError: when the size is no whole number above zero.
    """
    if not isinstance(size, int) or size < 1:
        raise TemplateError("", "“分页”要写每页几行", "如 名单|分页(20)")
    parts = _items(rows)
    return [parts[start : start + size] for start in range(0, len(parts), size)]


def filled_up(rows: Iterable[Mapping[str, object]], count: object) -> list[Mapping[str, object]]:
    """Return the rows of a list, and blank ones behind them until there are so many.

    Raises:
        TemplateError: when the value is no list, or the number none from 0 to 1000.
    """
    if not isinstance(count, int) or not 0 <= count <= _MOST_BLANK:
        raise TemplateError("", "“补足”要写一共几行", "如 名单|补足(10)，最多一千行")
    parts = [*_rows(rows)]
    blank: Mapping[str, object] = dict.fromkeys(parts[0]) if parts else defaultdict(lambda: None)
    return parts + [blank] * (count - len(parts))


def enumerated(items: Iterable[Sequence[object]]) -> str:
    """Return items of text, number and text, joined by 顿号; a number that is zero drops its item.

    Raises:
        TemplateError: when an item has other parts.
    """
    given = _items(items)
    parts = [item for item in given if isinstance(item, list | tuple) and len(item) == 3]
    if len(parts) < len(given):
        raise TemplateError("", "“并列”的每一项要写成 [前文, 数, 后文]", "请照这个样子改")
    return "、".join(_enumerated(*item) for item in parts if not is_zero(item[1]))


def _enumerated(before: object, number: object, after: object) -> str:
    return f"{shown(before)}{_printed(number, str(shown(before) or shown(after)))}{shown(after)}"


def unless_zero(value: object, clause: str = "{}") -> str:
    """Return a clause with the number in the place of ``{}``; nothing when it is zero.

    Not reported is not zero: the clause stays, and shows what is to be filled.
    """
    return "" if is_zero(value) else clause.replace("{}", _printed(value, "此处"))


def _printed(value: object, what: str) -> str:
    return unfilled_mark(what) if value is None else str(shown(value))


def _items(items: Iterable[object] | None) -> list[object]:
    """Return the items of a list; a blank has none.

    Raises:
        TemplateError: when it is none.
    """
    if items is None:
        return []
    if isinstance(items, str | PaperFigure | Mapping) or not isinstance(items, Iterable):
        raise TemplateError("", f"“{shown(items)}”不是名单", "请先用“列”取出名单的一列")
    return list(items)


def _rows(rows: Iterable[Mapping[str, object]]) -> list[Mapping[str, object]]:
    found = _items(rows)
    if not all(isinstance(row, Mapping) for row in found):
        raise TemplateError("", "“列”前面不是名单", "请写名单的名字")
    return [row for row in found if isinstance(row, Mapping)]
