"""Moves control tags to where they act: before, behind or in place of a paragraph, a row or a cell."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence

from lxml import etree

from pbreports.tags.blocks import Block
from pbreports.tags.tokens import Kind
from pbreports.word.filling.content import Node, cells_of, holds_only, numbers, paragraph_of, things
from pbreports.word.filling.markup import PPR, TC, TR, P, nearest, number_of, remove, w
from pbreports.word.filling.registry import Registry

_ELEMENTS = {"p": P, "tr": TR, "tc": TC}
_CALLED = {"p": "段", "tr": "行", "tc": "格"}
Nodes = Mapping[int, Node]


def hoist(nodes: Nodes, blocks: Sequence[Block], registry: Registry) -> None:
    """Move every control tag of a part to its place; ``nodes`` are the tags' nodes by number.

    Rows and paragraphs that hold nothing but control tags give way to them, if all tags of their blocks do; a row
    whose first cell opens a block and whose last cell closes it is the block's content.
    """
    _hoist_rows(nodes, blocks, registry)
    for scope in ("tr", "tc", "p"):
        _hoist_scope(scope, nodes, registry)
    _hoist_paragraphs(nodes, blocks, registry)


def _hoist_rows(nodes: Nodes, blocks: Sequence[Block], registry: Registry) -> None:
    for block in blocks:
        _repeat_row(nodes, block, registry)
    controls = {number for number in nodes if registry.is_control(number, ("", "p", "tr"))}
    rows = dict.fromkeys(row for number in nodes if (row := nearest(nodes[number], TR)) is not None)
    lone = [row for row in rows if holds_only(row, controls)]
    for row in _agreeing(lone, TR, nodes, blocks, registry, "tr"):
        _give_way(row, list(things(row)))


def _repeat_row(nodes: Nodes, block: Block, registry: Registry) -> None:
    """Put the tags of a block around its row, when it opens first in the first cell and closes last in the last."""
    first, last = nodes[block.opens], nodes[block.closes]
    row = nearest(first, TR)
    if row is None or nearest(last, TR) is not row or len(block.tags) != 2:
        return
    if not all(registry.is_control(number, ("",)) for number in block.tags):
        return
    cells = cells_of(row)
    held = list(things(row))
    if len(cells) > 1 and held[0] is first and held[-1] is last and nearest(last, TC) is cells[-1]:
        for node, put in ((first, row.addprevious), (last, row.addnext)):
            remove(node)
            put(node)


def _hoist_paragraphs(nodes: Nodes, blocks: Sequence[Block], registry: Registry) -> None:
    controls = {number for number in nodes if registry.is_control(number, ("", "p"))}
    found = dict.fromkeys(paragraph for number in controls if (paragraph := paragraph_of(nodes[number])) is not None)
    lone = [paragraph for paragraph in found if holds_only(paragraph, controls)]
    for paragraph in _agreeing(lone, P, nodes, blocks, registry, "p"):
        _give_way(paragraph, list(things(paragraph)))


def _agreeing(
    lone: list[Node], element: str, nodes: Nodes, blocks: Sequence[Block], registry: Registry, scope: str
) -> list[Node]:
    """Return those of the lone elements that can give way: every tag of every block in them stands in such a one.

    Else a block would begin between paragraphs and end within one.
    """
    kept = dict.fromkeys(lone)
    while True:
        spoilt = [block for block in blocks if not _agrees(block, kept, element, nodes, registry, scope)]
        around = [nearest(nodes[number], element) for block in spoilt for number in block.tags]
        leaving = [one for one in around if one is not None and one in kept]
        if not leaving:
            return list(kept)
        for one in leaving:
            kept.pop(one, None)


def _agrees(block: Block, kept: dict[Node, None], element: str, nodes: Nodes, registry: Registry, scope: str) -> bool:
    return all(
        registry.tags[number].tag.scope == scope
        or nearest(nodes[number], element) in kept
        or paragraph_of(nodes[number]) is None  # it has been moved out of its paragraph already
        for number in block.tags
    )


def _give_way(element: Node, marks: list[Node]) -> None:
    """Put nodes into the place of the element that held them."""
    for node in marks:
        remove(node)
        element.addprevious(node)
    remove(element)


def _hoist_scope(scope: str, nodes: Nodes, registry: Registry) -> None:
    """Move the tags that name this element: ``{%p`` paragraphs, ``{%tr`` rows, ``{%tc`` cells."""
    wanted = {
        number
        for number, node in nodes.items()
        if number in registry.tags and registry.tags[number].tag.scope == scope and paragraph_of(node) is not None
    }
    around: dict[Node, None] = {}
    for number in sorted(wanted):
        element = nearest(nodes[number], _ELEMENTS[scope])
        if element is None:
            marked = registry.tags[number]
            registry.tell(
                "T-20", marked.place, f"{{%{scope} …%}} 不在表格的{_CALLED[scope]}里", "请移到表格里，或去掉前缀"
            )
        else:
            around[element] = None
    for element in around:
        _lift(element, wanted, registry, _CALLED[scope])


def _lift(element: Node, wanted: set[int], registry: Registry, called: str) -> None:
    """Lift the tags of an element out of it: in its place, or before and behind what else it holds."""
    held = [one for one in things(element) if _belongs(one, element)]
    mine = [one for one in held if number_of(one) in wanted]
    rest = [one for one in held if number_of(one) not in wanted and not _is_remark(one, registry)]
    if not rest:
        _give_way(element, mine)
        return
    place = registry.tags[numbers(mine)[0]].place
    registry.tell("T-21", place, f"标签独占一{called}，旁边还有别的内容；已按前后次序保留", f"请让标签单独成{called}")
    first, last = held.index(rest[0]), held.index(rest[-1])
    for node in mine:
        at = held.index(node)
        if at < first:
            remove(node)
            element.addprevious(node)
        elif at < last and element.tag == P:
            _split(element, node)
    behind = element
    for node in mine:
        if held.index(node) > last:
            remove(node)
            behind.addnext(node)
            behind = node
        elif held.index(node) > first and nearest(node, str(element.tag)) is element:
            registry.misplaced.update(numbers([node]))
            registry.tell("T-22", place, f"标签夹在一{called}的内容中间，不知道从哪里断开", f"请让标签单独成{called}")


def _belongs(node: Node, element: Node) -> bool:
    """Return whether a thing is the element's own, not that of a table or text box inside."""
    return element.tag != P or number_of(node) is None or paragraph_of(node) is element


def _is_remark(node: Node, registry: Registry) -> bool:
    number = number_of(node)
    return number is not None and number in registry.tags and registry.tags[number].tag.kind is Kind.COMMENT


def _split(paragraph: Node, node: Node) -> None:
    """Split a paragraph at a node, which then stands between the two halves."""
    parent = node.getparent()
    if parent is not paragraph:
        return
    before = etree.Element(P)
    properties = paragraph.find(PPR)
    if properties is not None:
        before.append(copy.deepcopy(properties))
        for section in before.iter(w("sectPr")):
            remove(section)
            break
    place = paragraph.index(node)
    before.extend([child for child in list(paragraph)[:place] if child.tag != PPR])
    remove(node)
    paragraph.addprevious(before)
    paragraph.addprevious(node)
