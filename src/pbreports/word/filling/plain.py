"""Compiles parts whose tags stand in plain texts: charts, document properties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from pbreports.tags.blocks import paired
from pbreports.tags.problems import Place, Problem
from pbreports.tags.program import Piece, Program, Slot, Write, assemble
from pbreports.tags.tokens import Broken, Kind, tags, unescaped
from pbreports.values import Severity
from pbreports.word.filling.content import Node
from pbreports.word.filling.inline import written_plain
from pbreports.word.filling.markup import INLINE
from pbreports.word.filling.registry import Registry

_NUMBERS = re.compile(f"{INLINE[0]}(\\d+){INLINE[1]}")
_SILENT = frozenset({"raw", "endraw"})
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def compile_texts(
    root: Node, texts: Iterable[tuple[Node, Place]], write: Write = written_plain, first: Slot | None = None
) -> tuple[Program | None, tuple[Problem, ...]]:
    """Return the program of a part whose tags stand in the texts of some elements, and what is wrong with them.

    ``write`` gives the text for a value, escaped; ``first`` is an expression that is evaluated before all others.
    There is no program when there is nothing to evaluate, or when something is wrong.
    """
    registry = Registry()
    for element, place in texts:
        if "{" in (element.text or "") or "｛" in (element.text or ""):
            element.text = _marked(element.text or "", place, registry, write)
    _tell_unpaired(registry)
    if not registry.tags and first is None:
        return None, tuple(registry.problems)
    if any(problem.severity is Severity.ERROR for problem in registry.problems):
        return None, tuple(registry.problems)
    program, problems = assemble(list(_pieces(root, registry, first)))
    return program, (*registry.problems, *problems)


def _marked(text: str, place: Place, registry: Registry, write: Write) -> str:
    """Return a text with a mark in the place of each tag."""
    parts: list[str] = []
    done = 0
    for one in tags(text):
        if isinstance(one, Broken):
            registry.tell_broken(one, place)
            continue
        number = registry.take(one, place)
        if one.kind is Kind.VALUE:
            registry.made[number] = Slot(place, one.body, write)
        parts += [unescaped(text[done : one.start]), f"{INLINE[0]}{number}{INLINE[1]}"]
        done = one.end
    return "".join([*parts, unescaped(text[done:])])


def _tell_unpaired(registry: Registry) -> None:
    """Take note of the control tags without a partner; numbers are given in reading order."""
    marked = list(registry.tags.values())
    for one in paired([each.tag for each in marked])[1]:
        registry.tell("T-07" if one.unknown else "T-06", marked[one.tag].place, one.what, one.remedy)


def _pieces(root: Node, registry: Registry, first: Slot | None) -> Iterator[Piece]:
    if first is not None:
        yield first
    yield _DECLARATION
    parts = _NUMBERS.split(etree.tostring(root, encoding="unicode"))
    for text, number in zip(parts[::2], [*parts[1::2], ""], strict=True):
        yield text
        if number and (slot := _slot(int(number), registry)):
            yield slot


def _slot(number: int, registry: Registry) -> Slot | None:
    marked = registry.tags[number]
    if marked.tag.kind is Kind.COMMENT or marked.tag.keyword in _SILENT:
        return None
    return registry.made.get(number) or Slot(marked.place, marked.tag.body)
