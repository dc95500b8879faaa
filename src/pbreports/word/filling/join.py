"""Joins lines and paragraphs at ``{%-`` and ``-%}``."""

from __future__ import annotations

from collections.abc import Mapping

from pbreports.tags.tokens import Kind
from pbreports.word.filling.content import Node, append, paragraph_of, things
from pbreports.word.filling.markup import RPR, P, R, remove, w
from pbreports.word.filling.registry import Registry

_LINE_ENDS = frozenset({w("br"), w("cr")})


def join(nodes: Mapping[int, Node], registry: Registry) -> None:
    """Join what stands before (``{%-``) or behind (``-%}``) a control tag to it, over line breaks and paragraph ends."""
    for number, marked in registry.tags.items():
        if number in nodes and marked.tag.kind is Kind.CONTROL and not marked.tag.scope:
            _join(nodes[number], before=marked.tag.joins_before, after=marked.tag.joins_after)


def _join(node: Node, *, before: bool, after: bool) -> None:
    paragraph = paragraph_of(node)
    if paragraph is None:
        return
    held = list(things(paragraph))
    following, earlier = paragraph.getnext(), paragraph.getprevious()
    if after and held and held[-1] is node and following is not None and following.tag == P:
        append(paragraph, following)
    if before and held and held[0] is node and earlier is not None and earlier.tag == P:
        append(earlier, paragraph)
    for wanted, beside, at_end in ((before, node.getprevious(), True), (after, node.getnext(), False)):
        if wanted and beside is not None and beside.tag == R:
            _without_breaks(beside, at_end=at_end)


def _without_breaks(run: Node, *, at_end: bool) -> None:
    """Take the line breaks off one end of a run; a run that has nothing left goes."""
    children = [child for child in run if child.tag != RPR]
    for child in reversed(children) if at_end else children:
        if child.tag not in _LINE_ENDS or child.get(w("type"), "textWrapping") != "textWrapping":
            return
        remove(child)
    remove(run)
