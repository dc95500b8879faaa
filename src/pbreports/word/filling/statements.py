"""Statements that catch what stands between their tags: ``{% set … %}`` blocks and ``{% filter … %}`` blocks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pbreports.tags.blocks import Block
from pbreports.word.filling.content import Node, paragraph_of
from pbreports.word.filling.registry import Registry
from pbreports.word.filling.writer import raw

_SET = re.compile(r"set\s+(?P<name>\w+)\s*(?:\|\s*(?P<filters>.+))?", re.DOTALL)
_FILTER = re.compile(r"(?P<name>\w+)\s*(?:\((?P<arguments>[^()]*)\))?\s*(?:\||$)")


def settled(nodes: Mapping[int, Node], blocks: Sequence[Block], registry: Registry) -> None:
    """Have text that a block catches within a paragraph be text, and filters change texts, not marks."""
    for block in blocks:
        if block.opens not in nodes or block.closes not in nodes:
            continue
        keyword = registry.tags[block.opens].tag.keyword
        if keyword == "set" and paragraph_of(nodes[block.opens]) is not None:
            _caught_as_text(block, nodes, registry)
        elif keyword == "filter":
            _filtered(block, nodes, registry)


def _caught_as_text(block: Block, nodes: Mapping[int, Node], registry: Registry) -> None:
    found = _SET.fullmatch(registry.tags[block.opens].tag.body)
    if found is None:
        return
    name, filters = found["name"], found["filters"]
    _reword(block.opens, f"set {name}", registry)
    told = f"set {name} = _plain({name})" + (f"|{filters}" if filters else "")
    nodes[block.closes].addnext(registry.control(told, registry.tags[block.opens].place))


def _filtered(block: Block, nodes: Mapping[int, Node], registry: Registry) -> None:
    marked = registry.tags[block.opens]
    name = f"_f{block.opens}"
    texts = f"_pieces({name})"
    for found in _FILTER.finditer(marked.tag.body.removeprefix("filter").strip()):
        arguments = f", {found['arguments']}" if found["arguments"] else ""
        texts = f"{texts}|map('{found['name']}'{arguments})"
    _reword(block.opens, f"set {name}", registry)
    _reword(block.closes, "endset", registry)
    nodes[block.closes].addnext(registry.value(f"_rebuilt({name}, {texts}|list)", marked.place, raw))


def _reword(number: int, body: str, registry: Registry) -> None:
    marked = registry.tags[number]
    registry.tags[number] = replace(marked, tag=replace(marked.tag, body=body))
