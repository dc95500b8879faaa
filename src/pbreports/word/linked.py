"""Reads back what stands between the hidden bookmarks of a paper, whoever saved it last."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from pbreports.word.filling.markup import W
from pbreports.word.opening import opened, root_of

_OURS = re.compile(r"_pb_(?P<name>.+)_\d+")
_STORIES = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_START, _END, _TEXT, _ID, _NAME = (f"{{{W}}}{name}" for name in ("bookmarkStart", "bookmarkEnd", "t", "id", "name"))


def linked_texts(paper: bytes) -> dict[str, tuple[str, ...]]:
    """Return the texts between a paper's hidden bookmarks by the name of the link, each as often as it stands there.

    Raises:
        TemplateError: when the file is no Word document.
    """
    found: dict[str, list[str]] = {}
    parts = opened(paper, "")
    for part in filter(_STORIES.fullmatch, parts):
        root = root_of(parts, part)
        for name, text in _linked(root) if root is not None else ():
            found.setdefault(name, []).append(text)
    return {name: tuple(texts) for name, texts in found.items()}


def _linked(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield the link's name and the text of each of our bookmarks that has both its ends."""
    begun: dict[str, tuple[str, list[str]]] = {}
    for element in root.iter(_START, _END, _TEXT):
        if element.tag == _START and (ours := _OURS.fullmatch(element.get(_NAME, ""))):
            begun[element.get(_ID, "")] = (ours["name"], [])
        elif element.tag == _END and element.get(_ID, "") in begun:
            name, texts = begun.pop(element.get(_ID, ""))
            yield name, "".join(texts)
        elif element.tag == _TEXT and begun:
            for _, texts in begun.values():
                texts.append(element.text or "")
