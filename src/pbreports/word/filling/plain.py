"""Compiles parts whose tags stand in plain texts: charts, document properties."""

from __future__ import annotations

from collections.abc import Iterable

from pbreports.tags.blocks import paired
from pbreports.tags.problems import Place, Problem
from pbreports.tags.program import Program, Slot, Write, assemble
from pbreports.values import Severity
from pbreports.word.filling.content import Node
from pbreports.word.filling.inline import marked, written_plain
from pbreports.word.filling.pieces import pieces_of
from pbreports.word.filling.registry import Registry


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
            element.text = marked(element.text or "", place, registry, write)
    _tell_unpaired(registry)
    if not registry.tags and first is None:
        return None, tuple(registry.problems)
    if any(problem.severity is Severity.ERROR for problem in registry.problems):
        return None, tuple(registry.problems)
    program, problems = assemble([*([first] if first else ()), *pieces_of(root, registry)])
    return program, (*registry.problems, *problems)


def _tell_unpaired(registry: Registry) -> None:
    """Take note of the control tags without a partner; numbers are given in reading order."""
    marked = list(registry.tags.values())
    for one in paired([each.tag for each in marked])[1]:
        registry.tell("T-07" if one.unknown else "T-06", marked[one.tag].place, one.what, one.remedy)
