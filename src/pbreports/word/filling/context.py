"""What the markup of a value depends on: the run in whose place it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from pbreports.tags.program import Fill


@dataclass(frozen=True, slots=True)
class RunContext:
    """The place of a value tag, as markup.

    ``part`` is the package's part (``word/document.xml``), ``scope`` the tag's (``p`` when it takes the place of its
    paragraph, ``tc``, ``tr``, ``r``, or empty), ``run_properties`` and ``paragraph_properties`` the ``w:rPr`` and
    ``w:pPr`` of the place, serialised or empty, ``alone`` whether the tag is all that its paragraph holds,
    ``divisible`` whether the paragraph can be divided here (not within a link).
    """

    part: str
    scope: str = ""
    run_properties: str = ""
    paragraph_properties: str = ""
    alone: bool = False
    divisible: bool = True


@runtime_checkable
class WordValue(Protocol):
    """A value that knows its own markup: formatted text, a picture, a sub-document."""

    def word_markup(self, where: RunContext, fill: Fill) -> str:
        """Return the markup for this place: runs, or what takes the place of the element that ``scope`` names."""
