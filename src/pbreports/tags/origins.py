"""Follows values through the expressions of tags: from which names from outside each comes, and as what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from jinja2 import nodes


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from.

    ``names`` are the names from outside that it rests on. ``rows`` is the list whose rows it holds, ``row`` the list of
    which it is a row; ``depth`` how many further lists stand around the rows (groups, slices).
    """

    names: tuple[str, ...] = ()
    rows: str = ""
    row: str = ""
    depth: int = 0
    is_group: bool = False


NOWHERE = Origin()
Scope = dict[str, Origin]

_SAME_ROWS = frozenset("d default list reject rejectattr reverse select selectattr sort unique 缺省".split())
_ONE_ROW = frozenset("first last max min".split())
_PARTED = frozenset("batch slice".split())
_COLUMN_FIRST = frozenset("groupby rejectattr selectattr 列".split())
_COLUMN_NAMED = frozenset("attribute".split())
_COLUMN_PLACES = {"sum": 0, "sort": 2, "unique": 1, "min": 1, "max": 1, "join": 1}


class Expressions:
    """Reads expressions and keeps the uses of names from outside.

    ``uses`` holds name, line and column of each, and whether it is an item of the value itself; ``kept`` what namespaces hold, which outlives the loops that set it.
    """

    def __init__(self, own: Collection[str], kept: dict[str, Origin] | None = None) -> None:
        self._own = own
        self.kept: dict[str, Origin] = dict(kept or {})
        self.uses: list[tuple[str, int, str] | tuple[str, int, str, bool]] = []

    def value(self, node: nodes.Node, scope: Scope) -> Origin:
        """Return where an expression's value comes from, keeping the uses in it."""
        match node:
            case nodes.Name():
                return self._name(node, scope)
            case nodes.Getattr(node=inner, attr=str(column)):
                return self._attribute(inner, column, node.lineno, scope)
            case nodes.Getitem():
                return self._item(node, scope)
            case nodes.Filter():
                return self._filter(node, scope)
            case nodes.Call():
                return self._call(node, scope)
            case nodes.Add() | nodes.CondExpr():
                return self._alternatives(node, scope)
        return self._each(node, scope)

    def _item(self, node: nodes.Getitem, scope: Scope) -> Origin:
        """Return where an item comes from: a column of a row, a row of a list, or several of its rows."""
        match node.arg:
            case nodes.Const(value=str(column)):
                return self._attribute(node.node, column, node.lineno, scope)
            case nodes.Const(value=int(number)):
                return _numbered(self.value(node.node, scope), number)
            case nodes.Slice():
                self._each(node.arg, scope)
                return self.value(node.node, scope)
        return self._each(node, scope)

    def _alternatives(self, node: nodes.Add | nodes.CondExpr, scope: Scope) -> Origin:
        """Return where a sum or a choice comes from: rows of the one list whose rows all its parts are."""
        if isinstance(node, nodes.Add):
            return either([self.value(node.left, scope), self.value(node.right, scope)])
        ends = [self.value(end, scope) for end in (node.expr1, node.expr2) if end is not None]
        return replace(either(ends), names=_union([*ends, self.value(node.test, scope)]))

    def _each(self, node: nodes.Node, scope: Scope) -> Origin:
        """Return what an expression's parts rest on together."""
        return Origin(_union([self.value(child, scope) for child in node.iter_child_nodes()]))

    def _name(self, node: nodes.Name, scope: Scope) -> Origin:
        if node.name in scope:
            return scope[node.name]
        if node.name in self._own or node.name.startswith("_"):
            return NOWHERE
        self.uses.append((node.name, node.lineno, ""))
        return Origin((node.name,), rows=node.name)

    def _attribute(self, inner: nodes.Node, column: str, line: int, scope: Scope) -> Origin:
        """Return where an item of a value comes from: a column of a row, a group's rows, what a namespace holds."""
        if isinstance(inner, nodes.Name):
            key = f"{inner.name}.{column}"
            if inner.name in scope and (key in scope or key in self.kept):
                return scope[key] if key in scope else self.kept[key]
            if inner.name == "loop" and "loop" in scope:
                return NOWHERE
        origin = self.value(inner, scope)
        if origin.is_group:
            return replace(origin, is_group=False) if column == "list" else Origin(origin.names)
        if origin.row:
            self.uses.append((origin.row, line, column))
        elif isinstance(inner, nodes.Name) and inner.name not in scope and origin.rows == inner.name:
            self.uses.append((inner.name, line, column, True))
        return Origin(origin.names)

    def _call(self, node: nodes.Call, scope: Scope) -> Origin:
        """Return where the outcome of a call comes from; what a macro writes holds values of its own."""
        if isinstance(node.node, nodes.Name) and node.node.name == "_bounded":
            return self.value(node.args[0], scope)
        if isinstance(node.node, nodes.Getattr):
            called = self._method(node.node, node.args, scope)
        else:
            called = self.value(node.node, scope)
        given = [self.value(each, scope) for each in (*node.args, *(pair.value for pair in node.kwargs))]
        is_macro = isinstance(node.node, nodes.Name) and node.node.name in scope
        return NOWHERE if is_macro else Origin(_union([called, *given]))

    def _method(self, node: nodes.Getattr, given: Sequence[nodes.Node], scope: Scope) -> Origin:
        """Return where what a method gives comes from; ``行.get("姓名")`` takes a column."""
        origin = self.value(node.node, scope)
        if node.attr == "get" and origin.row and given and isinstance(given[0], nodes.Const):
            self.uses.append((origin.row, node.lineno, str(given[0].value)))
        return Origin(origin.names)

    def _filter(self, node: nodes.Filter, scope: Scope) -> Origin:
        origin = NOWHERE if node.node is None else self.value(node.node, scope)
        given = self.columns(node, origin, scope)
        names = _union([origin, *given])
        if node.name in _SAME_ROWS:
            return replace(either([origin, *given]) if not origin.rows else origin, names=names)
        if node.name in _ONE_ROW:
            return replace(item_of(origin), names=names)
        if node.name == "groupby":
            return replace(origin, names=names, depth=origin.depth + 1, is_group=True)
        if node.name in _PARTED:
            return replace(origin, names=names, depth=origin.depth + 1)
        return Origin(names)

    def columns(self, node: nodes.Filter, origin: Origin, scope: Scope) -> list[Origin]:
        """Keep the columns that a filter takes from rows; return where its other arguments come from."""
        columns = [pair.value for pair in node.kwargs if pair.key in _COLUMN_NAMED]
        place = 0 if node.name in _COLUMN_FIRST else _COLUMN_PLACES.get(node.name)
        if place is not None and len(node.args) > place:
            columns.append(node.args[place])
        for column in columns:
            self._column(column, origin)
        others = [*node.args, *(pair.value for pair in node.kwargs)]
        return [self.value(each, scope) for each in others if each not in columns or not isinstance(each, nodes.Const)]

    def _column(self, column: nodes.Node, origin: Origin) -> None:
        if isinstance(column, nodes.Const) and isinstance(column.value, str) and origin.rows and not origin.depth:
            for name in column.value.split(","):
                self.uses.append((origin.rows, column.lineno, name.strip().split(".")[0]))


def item_of(origin: Origin) -> Origin:
    """Return where one item of a list comes from: a row, or a part of the list."""
    if origin.depth:
        return replace(origin, depth=origin.depth - 1)
    return Origin(origin.names, row=origin.rows)


def _numbered(origin: Origin, number: int) -> Origin:
    """Return where the item of this number comes from; a group is its value and its rows."""
    if origin.is_group and not origin.depth:
        return replace(origin, is_group=False) if number == 1 else Origin(origin.names)
    return item_of(origin)


def _union(origins: Sequence[Origin]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for origin in origins for name in origin.names))


def either(origins: Sequence[Origin]) -> Origin:
    """Return what is known of a value that comes from one of several places."""
    alike = [origin for origin in origins if origin.names]
    first = alike[0] if alike else NOWHERE
    same = all((each.rows, each.row, each.depth) == (first.rows, first.row, first.depth) for each in alike)
    return replace(first, names=_union(origins)) if same else Origin(_union(origins))
