"""Follows names through the statements of tags: what loops, settings and macros bind, and what is written."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from jinja2 import nodes

from pbreports.tags.origins import NOWHERE, Expressions, Origin, Scope, either, item_of

_WITHIN_MACROS = ("caller", "varargs", "kwargs")


class Reader(Expressions):
    """Reads statements in their order; ``links`` holds the names on which each numbered value rests."""

    def __init__(self, own: Collection[str], kept: dict[str, Origin] | None = None) -> None:
        super().__init__(own, kept)
        self.links: dict[int, tuple[str, ...]] = {}

    def body(self, statements: Iterable[nodes.Node], scope: Scope) -> None:
        """Read consecutive statements; what they set holds for those after them."""
        for statement in statements:
            self._statement(statement, scope)

    def _statement(self, node: nodes.Node, scope: Scope) -> None:
        match node:
            case nodes.Output():
                for child in node.nodes:
                    self._value(child, scope)
            case nodes.For():
                self._loop(node, scope)
            case nodes.If():
                self._branches(node, scope)
            case nodes.Assign():
                self._setting(node, scope)
            case nodes.Macro() | nodes.CallBlock():
                self._macro(node, scope)
            case nodes.With():
                self._with(node, scope)
            case _:
                self._enclosed(node, scope)

    def _enclosed(self, node: nodes.Node, scope: Scope) -> None:
        """Read a block that is set or filtered as a whole, and whatever else holds statements."""
        if isinstance(node, nodes.AssignBlock | nodes.FilterBlock) and node.filter is not None:
            self.columns(node.filter, NOWHERE, scope)
        self.body(node.iter_child_nodes(only=("body",)), dict(scope))
        if isinstance(node, nodes.AssignBlock):
            self._assign(node.target, NOWHERE, scope)

    def _value(self, node: nodes.Node, scope: Scope) -> None:
        """Read a value that is written; the program's own call says by which number."""
        match node:
            case nodes.Call(node=nodes.Name(name="_write"), args=[nodes.Const(value=number), expression]):
                self.links[number] = self.value(expression, scope).names
            case nodes.TemplateData():
                pass
            case _:
                self.value(node, scope)

    def _loop(self, loop: nodes.For, scope: Scope) -> None:
        """Read a loop; within it its variable stands for a row of the list."""
        over = self.value(loop.iter, scope)
        inner = dict(scope) | {"loop": replace(item_of(over), row="", rows="")}
        inner |= {f"loop.{name}": item_of(over) for name in ("previtem", "nextitem")} | {
            "loop.length": Origin(over.names)
        }
        self._bind(loop.target, over, inner)
        if loop.test is not None:
            self.value(loop.test, inner)
        self.body(loop.body, inner)
        self.body(loop.else_, dict(scope))

    def _bind(self, target: nodes.Node, over: Origin, scope: Scope) -> None:
        """Give a loop's variables what they stand for; of a group the second is its rows."""
        item = item_of(over)
        if isinstance(target, nodes.Name):
            scope[target.name] = item
            return
        parts = list(target.find_all(nodes.Name))
        for number, part in enumerate(parts):
            rows = item if item.is_group and number == 1 else Origin(item.names)
            scope[part.name] = replace(rows, is_group=False)

    def _branches(self, node: nodes.If, scope: Scope) -> None:
        """Read the branches of a condition; what any of them sets holds afterwards."""
        self.value(node.test, scope)
        after: list[Scope] = []
        for branch in (node.body, node.elif_, node.else_):
            inner = dict(scope)
            self.body(branch, inner)
            after.append(inner)
        for name in {name for inner in after for name in inner}:
            scope[name] = either([inner[name] for inner in after if name in inner])

    def _assign(self, target: nodes.Node, origin: Origin, scope: Scope) -> None:
        match target:
            case nodes.Name(name=name):
                scope[name] = origin
            case nodes.NSRef(name=name, attr=attribute):
                self._keep(f"{name}.{attribute}", origin)
            case _:
                for part in target.find_all(nodes.Name):
                    scope[part.name] = Origin(origin.names)

    def _setting(self, node: nodes.Assign, scope: Scope) -> None:
        """Read a setting; what a new namespace holds first is known."""
        match node:
            case nodes.Assign(target=nodes.Name(name=name), node=nodes.Call(node=nodes.Name(name="namespace")) as made):
                scope[name] = NOWHERE
                for pair in made.kwargs:
                    self._keep(f"{name}.{pair.key}", self.value(pair.value, scope))
            case _:
                self._assign(node.target, self.value(node.node, scope), scope)

    def _keep(self, key: str, origin: Origin) -> None:
        self.kept[key] = either([self.kept[key], origin]) if key in self.kept else origin

    def _macro(self, node: nodes.Macro | nodes.CallBlock, scope: Scope) -> None:
        """Read a macro; what its parameters will be is not known."""
        if isinstance(node, nodes.CallBlock):
            self.value(node.call, scope)
        else:
            scope[node.name] = NOWHERE
        for default in node.defaults:
            self.value(default, scope)
        inner = dict(scope) | dict.fromkeys(_WITHIN_MACROS, NOWHERE)
        self.body(node.body, inner | {parameter.name: NOWHERE for parameter in node.args})

    def _with(self, node: nodes.With, scope: Scope) -> None:
        inner = dict(scope)
        for target, value in zip(node.targets, node.values, strict=True):
            self._assign(target, self.value(value, scope), inner)
        self.body(node.body, inner)
