"""Which names the tags of a template use, and on which of them each value rests, found in its syntax tree."""

from __future__ import annotations

from dataclasses import dataclass

from jinja2 import nodes

from pbreports.tags.environment import environment
from pbreports.tags.reading import Reader

_DEFAULTS = frozenset({"default", "d", "缺省"})


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a name: a figure, list or constant; with ``column`` a column of the list; in which line.

    ``direct`` tells that the column is an item of the value itself, not of its rows: ``公文.发文字号``.
    """

    name: str
    line: int
    column: str = ""
    direct: bool = False


def uses(source: str) -> tuple[Use, ...]:
    """Return every use of a name from outside, in order, with the columns that loops and filters take from lists.

    Raises:
        jinja2.TemplateSyntaxError: when the tags cannot be read.
    """
    return uses_of(environment().parse(source))


def uses_of(tree: nodes.Template) -> tuple[Use, ...]:
    """Return every use of a name from outside in a syntax tree, in order; names with ``_`` before are the program's."""
    return tuple(Use(*use) for use in _read(tree).uses)


def links_of(tree: nodes.Template) -> dict[int, tuple[str, ...]]:
    """Return the names from outside on which each value of a compiled template rests, by the value's number."""
    return dict(_read(tree).links)


def optional_in(tree: nodes.Template) -> frozenset[str]:
    """Return the names that a tree itself asks about or gives something else for: ``名 is defined``, ``名|缺省("—")``."""
    defaults = (one.node for one in tree.find_all(nodes.Filter) if one.name in _DEFAULTS)
    tests = (one.node for one in tree.find_all(nodes.Test) if one.name in {"defined", "undefined"})
    return frozenset(node.name for node in (*defaults, *tests) if isinstance(node, nodes.Name))


def _read(tree: nodes.Template) -> Reader:
    """Return what is found in a tree; it is read twice, as a loop's end may set what its beginning uses."""
    first = Reader(environment().globals)
    first.body(tree.body, {})
    second = Reader(environment().globals, first.kept)
    second.body(tree.body, {})
    return second
