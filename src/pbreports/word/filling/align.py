"""Sees to it that a block begins and ends in places of the same kind, so that whatever is left out leaves sound markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from pbreports.tags.blocks import Block
from pbreports.word.filling.content import Node, things
from pbreports.word.filling.markup import TBL, TC, TR, P, remove
from pbreports.word.filling.registry import Registry

_NAMES = {P: "段落", TC: "单元格", TR: "表格的行", TBL: "表格"}


def align(nodes: Mapping[int, Node], blocks: Sequence[Block], registry: Registry) -> None:
    """Bring the tags of each block to places of the same kind; tell of those where that is not possible."""
    for block in blocks:
        for one, other in pairwise(() if registry.misplaced & {*block.tags} else block.tags):
            if _aligned(nodes[one], nodes[other]):
                _tell_of_cells(nodes[one], nodes[other], one, registry)
                continue
            place = registry.tags[one].place
            where, there = (_kind(chain) for chain in _chains(nodes[one], nodes[other]))
            what = f"它在{where}里，与它成对的“{registry.tags[other].tag.text}”在{there}里，去掉中间的内容会破坏版面"
            registry.tell("T-23", place, what, "请让成对的标签各自单独成段，或放在同一段、同一行")


def _aligned(one: Node, other: Node) -> bool:
    """Return whether two nodes stand, or could be moved to stand, in the same kind of place."""
    for _ in range(4):
        here, there = _chains(one, other)
        if [node.tag for node in here] == [node.tag for node in there]:
            return True
        deeper = one if len(here) >= len(there) else other
        if not _moved_out(deeper, first=deeper is one):
            return False
    return False


def _chains(one: Node, other: Node) -> tuple[list[Node], list[Node]]:
    """Return the elements around each of two nodes that are not around the other, the innermost first."""
    here, there = list(one.iterancestors()), list(other.iterancestors())
    shared = set(here) & set(there)
    return [node for node in here if node not in shared], [node for node in there if node not in shared]


def _moved_out(node: Node, *, first: bool) -> bool:
    """Move a node that opens (``first``) or closes a block before or behind the element around it, if nothing is passed."""
    around = node.getparent()
    if around is None or around.getparent() is None or around.tag in {TC, TR, TBL}:
        return False
    held = list(things(around))
    if first and held and held[0] is node:
        remove(node)
        around.addprevious(node)
        return True
    if not first and held and held[-1] is node:
        remove(node)
        around.addnext(node)
        return True
    return False


def _tell_of_cells(one: Node, other: Node, number: int, registry: Registry) -> None:
    here, _ = _chains(one, other)
    place = registry.tags[number].place
    if any(node.tag == TR for node in here):
        what = "成对的标签在不同行的单元格里，去掉中间的内容会使表格错行"
        registry.tell("T-24", place, what, "请用 {%tr …%} 控制整行，标签单独成行")
    elif any(node.tag == TC for node in here):
        what = "成对的标签在同一行的不同单元格里，去掉中间的内容会使这一行少几格"
        registry.tell("T-24", place, what, "请用 {%tc …%} 控制整格，或在每格里分别写")


def _kind(around: list[Node]) -> str:
    """Return what staff call the largest thing that stands around one node and not around the other."""
    return next((_NAMES[str(one.tag)] for one in reversed(around) if one.tag in _NAMES), "正文")
