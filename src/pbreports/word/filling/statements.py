"""Statements that are put otherwise, because what they catch is markup: ``{% filter … %}`` and ``{% call … %}`` blocks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pbreports.tags.blocks import Block
from pbreports.word.filling.content import Node, paragraph_of
from pbreports.word.filling.context import RunContext
from pbreports.word.filling.registry import Marked, Registry
from pbreports.word.filling.writer import ValueWriter

_CALL = re.compile(r"call\s*(?P<parameters>\(.*?\))?\s*(?P<callee>[^\s(].*)\((?P<arguments>.*)\)\s*", re.DOTALL)


def settled(part: str, nodes: Mapping[int, Node], blocks: Sequence[Block], registry: Registry) -> None:
    """Have filters change the text that they are put around, and macros take their callers' blocks as values."""
    for block in blocks:
        if block.opens not in nodes or block.closes not in nodes:
            continue
        marked = registry.tags[block.opens]
        if marked.tag.keyword == "filter":
            name, filters = f"_f{block.opens}", marked.tag.body.removeprefix("filter").strip()
            _put(block, f"set {name}", "endset", registry)
            _write(f"{name}|{filters}", part, nodes[block.closes], marked, registry)
        elif marked.tag.keyword == "call" and (found := _CALL.fullmatch(marked.tag.body)):
            name, given = f"_m{block.opens}", f"{found['arguments']}, " if found["arguments"].strip() else ""
            _put(block, f"macro {name}{found['parameters'] or '()'}", "endmacro", registry)
            _write(f"{found['callee']}({given}caller={name})", part, nodes[block.closes], marked, registry)


def _put(block: Block, opening: str, closing: str, registry: Registry) -> None:
    """Give the two tags of a block other words."""
    for number, body in ((block.opens, opening), (block.closes, closing)):
        marked = registry.tags[number]
        registry.tags[number] = replace(marked, tag=replace(marked.tag, body=body))


def _write(source: str, part: str, end: Node, marked: Marked, registry: Registry) -> None:
    """Write the value of an expression behind the end of a block, in the look of the block's first tag."""
    paragraph = paragraph_of(end)
    scope = "" if paragraph is not None else "p"
    divisible = paragraph is None or end.getparent() is paragraph
    where = RunContext(part, scope, marked.run_properties, marked.paragraph_properties, divisible=divisible)
    end.addnext(registry.value(source, marked.place, ValueWriter(where, -1)))
