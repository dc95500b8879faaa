"""Cuts the finished markup of a part at the places of its tags: the pieces that its program is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from pbreports.tags.program import Piece
from pbreports.word.filling.content import Node
from pbreports.word.filling.markup import INLINE, TARGET
from pbreports.word.filling.registry import Registry

_NUMBERS = re.compile(rf"<\?{TARGET} (\d+)\?>|{INLINE[0]}(\d+){INLINE[1]}")
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def numbers_in(root: Node) -> list[int]:
    """Return the numbers of a part's tags in the order in which they are read."""
    text = etree.tostring(root, encoding="unicode")
    return [int(found[1] or found[2]) for found in _NUMBERS.finditer(text)]


def pieces_of(root: Node, registry: Registry) -> Iterator[Piece]:
    """Yield the markup of a part, and the slot of each tag in its place; remarks have none."""
    text = etree.tostring(root, encoding="unicode")
    yield _DECLARATION
    done = 0
    for found in _NUMBERS.finditer(text):
        yield text[done : found.start()]
        slot = registry.slot(int(found[1] or found[2]))
        if slot is not None:
            yield slot
        done = found.end()
    yield text[done:]
