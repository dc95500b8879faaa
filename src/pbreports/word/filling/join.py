"""Joins paragraphs at ``{%-`` and ``-%}``, and takes blanks away at ``{{-`` and ``-}}``."""

from __future__ import annotations

from collections.abc import Mapping

from pbreports.tags.tokens import Kind
from pbreports.word.filling.content import Node, things
from pbreports.word.filling.markup import PPR, P, R, T, nearest, remove
from pbreports.word.filling.registry import Registry


def join(nodes: Mapping[int, Node], registry: Registry) -> None:
    """Join the paragraph of a control tag with the one before (``{%-``) or behind (``-%}``) when it stands at its edge."""
    for number, marked in registry.tags.items():
        if number not in nodes or not (marked.tag.joins_before or marked.tag.joins_after):
            continue
        if marked.tag.kind is Kind.VALUE:
            _trim(nodes[number], before=marked.tag.joins_before, after=marked.tag.joins_after)
        else:
            _join(nodes[number], before=marked.tag.joins_before, after=marked.tag.joins_after)


def _join(node: Node, *, before: bool, after: bool) -> None:
    paragraph = nearest(node, P)
    if paragraph is None:
        return
    held = list(things(paragraph))
    following, earlier = paragraph.getnext(), paragraph.getprevious()
    if after and held and held[-1] is node and following is not None and following.tag == P:
        _append(paragraph, following)
    if before and held and held[0] is node and earlier is not None and earlier.tag == P:
        _append(earlier, paragraph)


def _append(paragraph: Node, following: Node) -> None:
    """Put what a paragraph holds at the end of the one before it, whose look both then have."""
    paragraph.extend([child for child in following if child.tag != PPR])
    remove(following)


def _trim(node: Node, *, before: bool, after: bool) -> None:
    for wanted, run, last in ((before, node.getprevious(), True), (after, node.getnext(), False)):
        if not wanted or run is None or run.tag != R:
            continue
        texts = run.findall(T)
        if texts:
            text = texts[-1 if last else 0]
            text.text = (text.text or "").rstrip() if last else (text.text or "").lstrip()
