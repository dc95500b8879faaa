"""Reads YAML into the frozen declarations of ``model``, naming every mistake by file and line.

The annotations of a declaration are the grammar: the same ones give the JSON Schema (``schema``).
"""

from __future__ import annotations

import dataclasses
import difflib
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from typing import Any, TypeVar

import yaml

from pbreports.errors import PbreportsError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the scheme something is declared; ``lines`` has the line of each key in it, and of their keys."""

    file: str
    line: int
    lines: Mapping[tuple[str, ...], int] = field(default_factory=dict, compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.file} 第{self.line}行"

    def writes(self, name: str) -> bool:
        """Whether a key stands here, be it with a value that could not be read."""
        return (name,) in self.lines

    def of(self, *path: str) -> Place:
        """Return the place of a key (or of a key within it), this place when it is not written here."""
        return Place(self.file, self.lines.get(path, self.line))


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression of the scheme's language as it was written, with its place."""

    text: str
    place: Place

    def __str__(self) -> str:
        return self.text


NOWHERE = Place("", 0)
Constant = str | Decimal | date | bool | tuple["Constant", ...]
"""A literal of the scheme: text, number, date, yes/no, or a list of these."""


def key(name: str, *, default: Any = dataclasses.MISSING, doc: str = "") -> Any:
    """Return a dataclass field that is written ``name`` in YAML."""
    return dataclasses.field(default=default, metadata={"key": name, "doc": doc})


class Problems:
    """The mistakes found so far.

    ``lost`` are the names of declarations that could not be read: whoever uses one of them is not to blame.
    ``blind`` is true when a whole file could not be read, so that nobody knows what is lost.
    """

    def __init__(self) -> None:
        self.found: list[tuple[Place, PbreportsError]] = []
        self.lost: set[str] = set()
        self.blind = False

    def add(self, place: Place, what: str, remedy: str = "") -> None:
        """Note one mistake."""
        self.found.append((place, PbreportsError(str(place), what, remedy)))

    def in_order(self) -> list[PbreportsError]:
        """Return the mistakes by file and line, each once."""
        ordered = sorted(self.found, key=lambda one: (one[0].file, one[0].line))
        return list({str(error): error for _, error in ordered}.values())

    def unknown(self, place: Place, name: str, what: str, remedy: str = "") -> None:
        """Note a name that is declared nowhere, unless its declaration is what could not be read."""
        if name not in self.lost:
            self.add(place, what, remedy)


class UnreadableNodeError(Exception):
    """A node that cannot be read; already noted, so the reader only leaves the node out."""


class NodeReader:
    """Turns nodes of one file into declarations, noting what does not fit."""

    def __init__(self, file: str, problems: Problems) -> None:
        self.file = file
        self.problems = problems

    def place(self, node: yaml.Node) -> Place:
        """Return the place of a node."""
        return Place(self.file, node.start_mark.line + 1)

    def wrong(self, node: yaml.Node, what: str, remedy: str = "") -> UnreadableNodeError:
        """Note a mistake and return the exception that leaves the node out."""
        self.problems.add(self.place(node), what, remedy)
        return UnreadableNodeError()

    def entries(self, node: yaml.Node) -> dict[str, yaml.Node]:
        """Return a mapping node's entries by key text; a key given twice is a mistake."""
        if not isinstance(node, yaml.MappingNode):
            raise self.wrong(node, "这里应是“名称: 内容”的形式", "请写成 名称: 内容")
        found: dict[str, yaml.Node] = {}
        for name, child in node.value:
            if not isinstance(name, yaml.ScalarNode):
                raise self.wrong(name, "冒号前面应是一个名称", "含 { } 的文字要加引号")
            if name.value in found:
                self.problems.add(self.place(name), f"“{name.value}”写了两次", "请只留一个")
            found[str(name.value)] = child
        return found

    def key_lines(self, node: yaml.Node, depth: int = 2) -> dict[tuple[str, ...], int]:
        """Return the line of every key of a mapping node, and of the keys within those."""
        found: dict[tuple[str, ...], int] = {}
        for name, child in node.value if isinstance(node, yaml.MappingNode) and depth else ():
            found[(str(name.value),)] = name.start_mark.line + 1
            within = self.key_lines(child, depth - 1)
            found.update({(str(name.value), *path): line for path, line in within.items()})
        return found

    def items(self, node: yaml.Node) -> list[yaml.Node]:
        """Return a sequence node's items."""
        if not isinstance(node, yaml.SequenceNode):
            raise self.wrong(node, "这里应是列表", "请写成 [甲, 乙] 或每行以“- ”开头")
        return list(node.value)

    def read(self, node: yaml.Node, kind: Any) -> Any:
        """Return the node as a value of the annotated kind.

        Raises:
            UnreadableNodeError: when it does not fit; the mistake has been noted.
        """
        origin = typing.get_origin(kind)
        if origin in (typing.Union, types.UnionType):
            return self._union(node, typing.get_args(kind))
        if origin is tuple:
            return tuple(self._each(self.items(node), typing.get_args(kind)[0]))
        if origin is not None and issubclass(origin, Mapping):
            return self._mapping(node, typing.get_args(kind)[1])
        if dataclasses.is_dataclass(kind) and kind is not Expression:
            return self.declaration(node, typing.cast(type, kind))
        return self._scalar(node, kind)

    def declaration(self, node: yaml.Node, kind: type[T]) -> T:
        """Return a mapping node as the declaration ``kind``; unknown and missing keys are mistakes."""
        shape = shape_of(typing.cast(Any, kind))
        entries = self.entries(node)
        here = Place(self.file, node.start_mark.line + 1, self.key_lines(node))
        self._refuse_unknown(entries, shape, here)
        values: dict[str, Any] = {"place": here} if shape.placed else {}
        complete = True
        for slot in shape.slots:
            child = entries.get(slot.key)
            if child is None or _is_null(child):
                complete &= self._missing(here, slot)
                continue
            try:
                values[slot.attribute] = self.read(child, slot.kind)
            except UnreadableNodeError:
                complete &= not slot.required
        if not complete:
            self.problems.lost.update(values[name] for name in ("name", "code") if isinstance(values.get(name), str))
            raise UnreadableNodeError
        return kind(**values)

    def _refuse_unknown(self, entries: Mapping[str, yaml.Node], shape: Shape, here: Place) -> None:
        known = [slot.key for slot in shape.slots]
        for name in entries:
            if name not in known:
                cut = any(mark in name for mark in "()[]'\"")  # 条件: 缺省(甲, 0) within braces ends at the comma
                remedy = "前一项的内容含逗号，请给它加引号" if cut else suggest(name, known)
                self.problems.add(here.of(name), f"不认识“{name}”", remedy)

    def _missing(self, here: Place, slot: Slot) -> bool:
        if slot.required:
            self.problems.add(here.of(slot.key), f"缺少“{slot.key}”", "请补上")
        return not slot.required

    def _each(self, nodes: list[yaml.Node], kind: Any) -> list[Any]:
        found = []
        for node in nodes:
            try:
                found.append(self.read(node, kind))
            except UnreadableNodeError:
                continue
        return found

    def _mapping(self, node: yaml.Node, kind: Any) -> dict[str, Any]:
        found = {}
        for name, child in self.entries(node).items():
            try:
                found[name] = self.read(child, kind)
            except UnreadableNodeError:
                self.problems.lost.add(name)
        return found

    def _union(self, node: yaml.Node, kinds: tuple[Any, ...]) -> Any:
        present = tuple(kind for kind in kinds if kind is not type(None))
        if Decimal in kinds and str in kinds:
            return self._constant(node)
        if bool in present and _truth(node) is not None:
            return _truth(node)
        fitting = [kind for kind in present if kind is not bool and _fits(node, kind)]
        return self.read(node, fitting[0] if fitting else present[0])

    def _constant(self, node: yaml.Node) -> Any:
        if isinstance(node, yaml.SequenceNode):
            return tuple(self._constant(item) for item in node.value)
        kind = _CONSTANT_TAGS.get(node.tag.rpartition(":")[2], str)
        return self._scalar(node, kind)

    def _scalar(self, node: yaml.Node, kind: Any) -> Any:
        if not isinstance(node, yaml.ScalarNode):
            raise self.wrong(node, "这里应是一个值，不是列表或嵌套内容", "以 { 或 [ 开头的文字要加引号")
        text = str(node.value)
        if kind is Expression:
            return Expression(text, self.place(node))
        if isinstance(kind, type) and issubclass(kind, Enum):
            return self._member(node, text, kind)
        reading, name = _SCALARS[kind]
        try:
            return reading(text)
        except (ValueError, InvalidOperation, KeyError):
            raise self.wrong(node, f"“{text}”不是{name}", f"请改成{name}") from None

    def _member(self, node: yaml.Node, text: str, kind: type[Enum]) -> Enum:
        try:
            return kind(text)
        except ValueError:
            words = [str(member.value) for member in kind]
            raise self.wrong(node, f"不认识“{text}”", suggest(text, words)) from None


@dataclass(frozen=True, slots=True)
class Slot:
    """One key of a declaration: its name in YAML, the attribute, its kind and whether it must be there."""

    key: str
    attribute: str
    kind: Any
    required: bool
    doc: str


@dataclass(frozen=True, slots=True)
class Shape:
    """The keys of a declaration, and whether it keeps its place."""

    slots: tuple[Slot, ...]
    placed: bool


@cache
def shape_of(kind: type) -> Shape:
    """Return the keys that a declaration class has in YAML."""
    hints = typing.get_type_hints(kind)
    members = dataclasses.fields(kind)
    slots = tuple(
        Slot(
            member.metadata["key"],
            member.name,
            hints[member.name],
            member.default is dataclasses.MISSING and member.default_factory is dataclasses.MISSING,
            member.metadata["doc"],
        )
        for member in members
        if "key" in member.metadata
    )
    return Shape(slots, any(member.name == "place" for member in members))


def suggest(name: str, known: list[str]) -> str:
    """Return the remedy for an unknown word: the nearest known one, or all of a few."""
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    if near:
        return f"是不是“{near[0]}”"
    if len(known) <= 16:
        return f"可以写：{'、'.join(known)}"
    return "请核对名称"


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag.endswith(":null")


def _truth(node: yaml.Node) -> bool | None:
    return _TRUTHS.get(str(node.value)) if isinstance(node, yaml.ScalarNode) else None


def _fits(node: yaml.Node, kind: Any) -> bool:
    if isinstance(node, yaml.MappingNode):
        return dataclasses.is_dataclass(kind) and kind is not Expression
    wants_list = typing.get_origin(kind) is tuple
    return wants_list == isinstance(node, yaml.SequenceNode)


def _truth_of(text: str) -> bool:
    return _TRUTHS[text]


def _number(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(text)
    return number


_TRUTHS = {"true": True, "false": False, "True": True, "False": False, "是": True, "否": False}
_SCALARS: dict[Any, tuple[Callable[[str], Any], str]] = {
    str: (str, "文字"),
    int: (int, "整数"),
    Decimal: (_number, "数"),
    bool: (_truth_of, "是/否（true 或 false）"),
    date: (date.fromisoformat, "日期（如 2020-12-31）"),
}
_CONSTANT_TAGS: dict[str, Any] = {"int": Decimal, "float": Decimal, "bool": bool, "timestamp": date}
