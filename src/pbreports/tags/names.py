"""Which names the tags of a template use, found in its syntax tree."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jinja2 import nodes

from pbreports.tags.environment import environment

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_LITERAL = re.compile(r"(\"[^\"]*\"|'[^']*')")


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a name: a figure, list or constant; with ``column`` a column of the list; in which line."""

    name: str
    line: int
    column: str = ""


def normalised(source: str) -> str:
    """Return the source with the text between tag braces NFKC-normal, so that full-width signs are read as meant.

    Texts in quotation marks stay as they are.
    """
    return _TAG.sub(lambda found: _normal_tag(found[0]), source)


def _normal_tag(tag: str) -> str:
    """Return one tag NFKC-normal outside its quoted texts."""
    parts = _LITERAL.split(tag)
    return "".join(part if odd % 2 else unicodedata.normalize("NFKC", part) for odd, part in enumerate(parts))


def uses(source: str) -> tuple[Use, ...]:
    """Return every use of a name from outside, in order, with the columns that loops and filters take from lists.

    Raises:
        jinja2.TemplateSyntaxError: when the tags cannot be read.
    """
    return uses_of(environment().parse(source))


def uses_of(tree: nodes.Template) -> tuple[Use, ...]:
    """Return every use of a name from outside in a syntax tree, in order; names with ``_`` before are the program's."""
    return tuple(use for use in _walk(tree, {}) if not use.name.startswith("_"))


def names_in(source: str) -> set[str]:
    """Return the names that a text's tags need from outside.

    Raises:
        jinja2.TemplateSyntaxError: when the tags cannot be read.
    """
    return {use.name for use in uses(source)}


Scope = Mapping[str, str]  # a name bound inside the template → the list whose row it is, or ""


def _walk(node: nodes.Node, scope: Scope) -> Iterator[Use]:
    """Yield the uses below a node; ``scope`` holds what loops and settings around it have bound."""
    match node:
        case nodes.For():
            yield from _walk_loop(node, scope)
        case nodes.Getattr(node=nodes.Name(name=name)) if scope.get(name):
            yield Use(scope[name], node.lineno, node.attr)
        case nodes.Filter(name="列", args=[nodes.Const(value=column)]) if listed := _list_name(node.node, scope):
            yield Use(listed, node.lineno, str(column))
        case nodes.Name(name=name, ctx="load") if name not in scope:
            yield Use(name, node.lineno)
        case _:
            yield from _walk_in_order(node.iter_child_nodes(), dict(scope))


def _walk_loop(loop: nodes.For, scope: Scope) -> Iterator[Use]:
    """Yield the uses of a loop; within it its variable stands for a row of the list."""
    yield from _walk(loop.iter, scope)
    inner = {**scope, "loop": "", **_bound(loop, scope)}
    yield from _walk_in_order(loop.body if loop.test is None else [loop.test, *loop.body], inner)
    yield from _walk_in_order(loop.else_, dict(scope))


def _walk_in_order(children: Iterator[nodes.Node] | list[nodes.Node], scope: dict[str, str]) -> Iterator[Use]:
    """Yield the uses of consecutive nodes; a setting binds its name for those after it."""
    for child in children:
        yield from _walk(child, scope)
        if isinstance(child, nodes.Assign) and isinstance(child.target, nodes.Name):
            scope[child.target.name] = _list_name(child.node, scope)


def _bound(loop: nodes.For, scope: Scope) -> dict[str, str]:
    """Return what a loop binds: its variable to the list it runs over, several variables to nothing known."""
    if isinstance(loop.target, nodes.Name):
        return {loop.target.name: _list_name(loop.iter, scope)}
    return {target.name: "" for target in loop.target.find_all(nodes.Name)}


def _list_name(node: nodes.Node | None, scope: Scope) -> str:
    """Return the list that an expression takes rows from: ``名单`` or a part of it; empty when it is none."""
    match node:
        case nodes.Name(name=name):
            return scope.get(name, name)
        case nodes.Getitem(node=inner, arg=nodes.Slice()) | nodes.Call(node=nodes.Name(name="_bounded"), args=[inner]):
            return _list_name(inner, scope)
    return ""
