"""Addresses that a value's text leads to."""

from __future__ import annotations

import re

from pbreports.errors import TemplateError
from pbreports.tags.program import Fill
from pbreports.word.filling.context import RunContext
from pbreports.word.filling.look import attribute
from pbreports.word.filling.media import HYPERLINK, OFFICE_RELATIONSHIPS, Relationship, related

IN_ONE_LINK = str.maketrans("\a\f", "\n\n")
"""A link cannot go on in another paragraph: what would begin one begins a line in it."""
_OWN_ID = re.compile(r"rId\w+")
_SAFE = re.compile(r"(?:https?|ftp)://[^\s<>\"]+|mailto:[^\s<>\"]+", re.IGNORECASE)


def linked(runs: str, address: str, where: RunContext, fill: Fill) -> str:
    """Return runs that lead to an address: of the web or of mail, ``#书签`` in the document, or a relationship's id.

    Raises:
        TemplateError: for an address of any other kind, which could start a program or tell who opens the paper.
    """
    if address.startswith("#"):
        target = f'w:anchor="{attribute(address[1:])}"'
    else:
        target = f'r:id="{attribute(link_id(address, where.part, fill))}" w:tgtFrame="_blank"'
    return f'<w:hyperlink xmlns:r="{OFFICE_RELATIONSHIPS}" {target} w:history="1">{runs}</w:hyperlink>'


def link_id(address: str, part: str, fill: Fill) -> str:
    """Return the id of the relationship that leads from a part to an address; raises as ``linked``."""
    if _OWN_ID.fullmatch(address):
        return address
    if not _SAFE.fullmatch(address):
        raise TemplateError("", f"链接“{address}”不是网址或邮箱地址", "请写成 https://… 或 mailto:…")
    return related(fill, part, Relationship(HYPERLINK, address, external=True))
