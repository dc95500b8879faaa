"""Expressions of tags: which lists and columns they speak of, and how they read where a list's row has a name of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import jinja2

from pbreports.tags.environment import environment

Path = tuple[str, ...]
"""A dotted name, part by part: ``组.名单`` is ``("组", "名单")``."""

ORDINAL = "序号"
"""The column that every list has: the number of the row, from 1, unless the list has a column of this name."""


@dataclass(frozen=True, slots=True)
class Markers:
    """What a tag asks for besides its value: see ``marked``."""

    merges: bool = False
    least: int = 0
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """A dotted name in an expression: its parts, and from where to where it stands among the expression's tokens."""

    path: Path
    start: int
    end: int


_MARKER = re.compile(r"\s*\|\s*(合并相同|每项分页|补足\s*[(（]?\s*(\d{1,4})\s*[)）]?\s*行?)\s*$")
_PLAIN_WORDS = frozenset(
    "and or not in is if else for recursive true false none True False None set endset elif with ignore".split()
)


def marked(body: str) -> tuple[str, Markers]:
    """Return an expression without its markers, and what they ask for.

    ``{{ 名单.镇街|合并相同 }}`` merges equal neighbours of its column; ``{{ 名单.姓名|补足10行 }}`` adds empty rows up
    to ten; ``{{ 组.名称|每项分页 }}`` breaks the page after each item.
    """
    merges, breaks, least = False, False, 0
    while found := _MARKER.search(body):
        body = body[: found.start()]
        merges = merges or found[1] == "合并相同"
        breaks = breaks or found[1] == "每项分页"
        least = max(least, int(found[2] or 0))
    return body, Markers(merges, least, breaks)


def chains(body: str) -> tuple[Chain, ...]:
    """Return the dotted names of an expression or statement; none when it cannot be read.

    The last part of a name that is called (``日期.strftime(…)``) is no column and left off.
    """
    return tuple(_chains(_tokens(body)))


def renamed(body: str, names: Mapping[Path, str]) -> str:
    """Return an expression in which what hangs on a list is taken from the row that a name stands for.

    With ``{("名单",): "_b1"}`` ``名单.姓名`` reads ``_b1.姓名``, while ``名单`` by itself still is the whole list.
    """
    tokens = list(_tokens(body))
    parts = [value for _, value in tokens]
    for chain in reversed(list(_chains(tuple(tokens)))):
        owner = bound_in(chain.path, names)
        if owner:
            places = _name_places(tokens, chain)
            parts[chain.start : places[len(owner) - 1] + 1] = [names[owner]]
    return "".join(parts)


def bound_in(path: Path, names: Mapping[Path, object]) -> Path:
    """Return the longest list of those named on which a dotted name hangs, empty when there is none."""
    return next((path[:end] for end in range(len(path) - 1, 0, -1) if path[:end] in names), ())


def is_column(body: str) -> Path:
    """Return the dotted name that an expression is and nothing besides, empty when it is more."""
    found = chains(body)
    tokens = _tokens(body)
    alone = len(found) == 1 and found[0].start == 0 and found[0].end == len(tokens)
    return found[0].path if alone else ()


@lru_cache(maxsize=4096)
def _tokens(body: str) -> tuple[tuple[str, str], ...]:
    """Return kind and text of each token; none when the expression cannot be read."""
    try:
        lexed = list(environment().lex(f"{{{{{body}}}}}"))
    except jinja2.TemplateSyntaxError:
        return ()
    found = [(kind, value) for _, kind, value in lexed][1:-1]
    while found and found[0][0] == "whitespace":
        found.pop(0)
    while found and found[-1][0] == "whitespace":
        found.pop()
    return tuple(found)


def _chains(tokens: tuple[tuple[str, str], ...]) -> Iterator[Chain]:
    place, before = 0, ""
    while place < len(tokens):
        kind, value = tokens[place]
        if kind == "name" and before not in {".", "|", "is"} and value not in _PLAIN_WORDS:
            chain = _chain_at(tokens, place)
            yield chain
            place, before = chain.end, ""
            continue
        before = before if kind == "whitespace" else value
        place += 1


def _chain_at(tokens: tuple[tuple[str, str], ...], start: int) -> Chain:
    parts, end = [tokens[start][1]], start + 1
    while end + 1 < len(tokens) and tokens[end] == ("operator", ".") and tokens[end + 1][0] == "name":
        parts.append(tokens[end + 1][1])
        end += 2
    if len(parts) > 1 and tokens[end : end + 1] == (("operator", "("),):
        parts.pop()
        end -= 2
    return Chain(tuple(parts), start, end)


def _name_places(tokens: list[tuple[str, str]], chain: Chain) -> list[int]:
    return [place for place in range(chain.start, chain.end) if tokens[place][0] == "name"]
