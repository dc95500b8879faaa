"""Formulas read as trees, as far as plain totals and what little arithmetic stands around them go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pbreports.excel.reader.address import LAST_ROW, column_number


class Unknown(LookupError):  # noqa: N818 - what asking for a value may come to
    """The value cannot be told here."""


class Trouble(Exception):  # noqa: N818 - an error value of a spreadsheet, such as #DIV/0!
    """A formula comes to an error value."""


@dataclass(frozen=True, slots=True)
class Area:
    """A range of cells: the sheet's title (empty for the formula's own), columns and rows from and to."""

    sheet: str
    left: int
    top: int
    right: int
    bottom: int


_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)(?![\w$!:])
    |(?P<text>"(?:[^"]|"")*")
    |(?P<area>(?:'(?:[^']|'')+'!|[^\W\d][\w.]*!)?\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?)(?![\w(.!])
    |(?P<columns>(?:'(?:[^']|'')+'!|[^\W\d][\w.]*!)?\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3})(?![\w(.!])
    |(?P<function>[A-Za-z][A-Za-z0-9.]*)\(
    |(?P<name>[^\W\d][\w.]*(?:\[[^\[\]@#]+\])?)
    |(?P<sign><>|<=|>=|[-+*/^&=<>(),%]))""",
    re.VERBOSE,
)
_BINDS = {"=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5}
_SIGNED = 6
Token = tuple[str, str]
Tree = tuple[object, ...]


@lru_cache(maxsize=4096)
def tree_of(formula: str) -> Tree:
    """Return a formula (without ``=``) as a tree: what it is, then its parts.

    Raises:
        Unknown: when it holds what is not known here.
    """
    tokens = list(_tokens(formula))
    tree, rest = _expression(tokens, 0, 0)
    if rest != len(tokens):
        raise Unknown(formula)
    return tree


def _tokens(formula: str) -> Iterator[Token]:
    place, end = 0, len(formula.rstrip())
    while place < end:
        found = _TOKEN.match(formula, place)
        if found is None or found.lastgroup is None:
            raise Unknown(formula)
        yield found.lastgroup, found[found.lastgroup]
        place = found.end()


def _expression(tokens: Sequence[Token], place: int, least: int) -> tuple[Tree, int]:
    tree, place = _operand(tokens, place)
    while place < len(tokens):
        kind, sign = tokens[place]
        if (kind, sign) == ("sign", "%"):
            tree, place = ("percent", tree), place + 1
            continue
        binds = _BINDS.get(sign, 0) if kind == "sign" else 0
        if not binds or binds <= least:
            break
        right, place = _expression(tokens, place + 1, binds)
        tree = ("binary", sign, tree, right)
    return tree, place


def _operand(tokens: Sequence[Token], place: int) -> tuple[Tree, int]:
    kind, text = tokens[place] if place < len(tokens) else ("", "")
    if kind == "function":
        return _call(tokens, place)
    if kind == "sign":
        return _signed(tokens, place, text)
    return _leaf(kind, text), place + 1


def _leaf(kind: str, text: str) -> Tree:
    if kind == "number":
        return "value", float(text)
    if kind == "text":
        return "value", text[1:-1].replace('""', '"')
    if kind in {"area", "columns"}:
        return "area", _area(text)
    if kind == "name" and text.upper() in {"TRUE", "FALSE"}:
        return "value", text.upper() == "TRUE"
    if kind == "name":
        return "name", text
    raise Unknown(text)


def _signed(tokens: Sequence[Token], place: int, sign: str) -> tuple[Tree, int]:
    """Read what follows a sign: a signed operand, or what stands in brackets."""
    if sign not in "+-(":
        raise Unknown(sign)
    tree, place = _expression(tokens, place + 1, 0 if sign == "(" else _SIGNED)
    if sign != "(":
        return (tree if sign == "+" else ("minus", tree)), place
    if tokens[place : place + 1] == [("sign", ",")]:
        return _union(tokens, tree, place)
    return tree, _closed(tokens, place)


def _union(tokens: Sequence[Token], first: Tree, place: int) -> tuple[Tree, int]:
    areas = [first]
    while tokens[place : place + 1] == [("sign", ",")]:
        tree, place = _expression(tokens, place + 1, 0)
        areas.append(tree)
    return ("union", *areas), _closed(tokens, place)


def _call(tokens: Sequence[Token], place: int) -> tuple[Tree, int]:
    name, place = tokens[place][1].upper(), place + 1
    given: list[Tree] = []
    while tokens[place : place + 1] != [("sign", ")")]:
        if tokens[place : place + 1] == [("sign", ",")] or not tokens[place:]:
            raise Unknown(name)  # an argument left out
        tree, place = _expression(tokens, place, 0)
        given.append(tree)
        after = tokens[place : place + 1]
        if after == [("sign", ",")]:
            place += 1
        elif after != [("sign", ")")]:
            raise Unknown(name)  # areas that cross
    return ("call", name, *given), place + 1


def _closed(tokens: Sequence[Token], place: int) -> int:
    if tokens[place : place + 1] != [("sign", ")")]:
        raise Unknown("")
    return place + 1


def _area(text: str) -> Area:
    sheet, _, cells = text.rpartition("!")
    title = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
    ends = [re.fullmatch(r"([A-Za-z]+)(\d*)", end) for end in cells.replace("$", "").split(":")]
    columns = sorted(column_number(end[1].upper()) for end in ends if end)
    rows = sorted(int(end[2]) for end in ends if end and end[2]) or [1, LAST_ROW]
    return Area(title, columns[0], rows[0], columns[-1], rows[-1])
