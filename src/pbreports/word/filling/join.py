"""Joins paragraphs at ``{%-`` and ``-%}``, and takes blanks away at ``{{-`` and ``-}}``."""

from __future__ import annotations

from collections.abc import Mapping

from pbreports.tags.tokens import Kind
from pbreports.word.filling.content import Node, paragraph_of, things
from pbreports.word.filling.markup import PPR, RPR, P, R, T, remove, w
from pbreports.word.filling.registry import Registry

_LINE_ENDS = frozenset({w("br"), w("cr")})


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
    """Join what stands at a control tag: take away blanks and line ends there, and the ends of paragraphs."""
    paragraph = paragraph_of(node)
    if paragraph is None:
        return
    held = list(things(paragraph))
    following, earlier = paragraph.getnext(), paragraph.getprevious()
    if after and held and held[-1] is node and following is not None and following.tag == P:
        _append(paragraph, following)
    if before and held and held[0] is node and earlier is not None and earlier.tag == P:
        _append(earlier, paragraph)
    _trim(node, before=before, after=after)


def _append(paragraph: Node, following: Node) -> None:
    """Put what a paragraph holds at the end of the one before it, whose look both then have."""
    paragraph.extend([child for child in following if child.tag != PPR])
    remove(following)


def _trim(node: Node, *, before: bool, after: bool) -> None:
    """Take blanks and line ends away at a tag; a run that has nothing left goes."""
    for wanted, towards in ((before, Node.getprevious), (after, Node.getnext)):
        run = towards(node)
        while wanted and run is not None and run.tag == R:
            beside = towards(run)
            if _trimmed(run, at_end=towards is Node.getprevious):
                break
            remove(run)
            run = beside


def _trimmed(run: Node, *, at_end: bool) -> bool:
    """Take blanks and line ends off one end of a run; return whether something of it is left."""
    children = [child for child in run if child.tag != RPR]
    for child in reversed(children) if at_end else children:
        if child.tag == T:
            text = child.text or ""
            child.text = text.rstrip() if at_end else text.lstrip()
            if child.text:
                return True
        elif child.tag not in _LINE_ENDS or child.get(w("type"), "textWrapping") != "textWrapping":
            return True
        remove(child)
    return False
