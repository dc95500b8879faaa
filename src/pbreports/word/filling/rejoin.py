"""Joins paragraphs over which one tag is spread: people break long conditions and remarks with Enter."""

from __future__ import annotations

from pbreports.tags.tokens import Broken, Matter, tags
from pbreports.word.filling.content import Node, append
from pbreports.word.filling.markup import P, own_text

_MOST = 50


def rejoin(paragraph: Node) -> None:
    """Join a paragraph whose last tag is not closed in it with those behind it, as far as they complete the tag."""
    text = own_text(paragraph)
    if not _is_open(text):
        return
    following: list[Node] = []
    beside = paragraph.getnext()
    while beside is not None and beside.tag == P and len(following) < _MOST:
        following.append(beside)
        text = f"{text} {own_text(beside)}"
        if not _is_open(text):
            for one in following:
                append(paragraph, one)
            return
        beside = beside.getnext()


def _is_open(text: str) -> bool:
    """Return whether a text ends within a tag."""
    if "{" not in text and "｛" not in text:
        return False
    found = tags(text)
    return any(isinstance(one, Broken) and one.matter is Matter.UNCLOSED for one in found[-2:])
