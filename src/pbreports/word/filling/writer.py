"""Writes a value into the place of its tag."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from markupsafe import Markup

from pbreports.tags.display import PaperFigure, shown
from pbreports.tags.program import Fill
from pbreports.values import YearMonth
from pbreports.word.filling.captures import plain, spliced
from pbreports.word.filling.context import RunContext, WordValue
from pbreports.word.filling.text import placed

_SHOWN = frozenset({int, float, Decimal, Fraction, bool, type(None), date, YearMonth, PaperFigure})
LINKS = "links"
"""Where a filling keeps the names of the figures and lists that tags rest on: tag number → name of its bookmarks."""


@dataclass(frozen=True, slots=True)
class ValueWriter:
    """Makes the markup of a value for one tag, numbered ``key``."""

    where: RunContext
    key: int

    def __call__(self, value: object, fill: Fill) -> str:
        """Return the value's markup, within the bookmark that links it where it rests on a figure or a list."""
        markup = self._markup(value, fill)
        links = fill.extra.get(LINKS)
        return linked(markup, links[self.key], fill) if links and self.key in links else markup

    def _markup(self, value: object, fill: Fill) -> str:
        if type(value) is str:
            return placed(value, self.where, fill)
        if type(value) in _SHOWN:
            return placed(str(shown(value)), self.where, fill)
        if isinstance(value, Markup):
            return self._captured(value, fill)
        if isinstance(value, WordValue):
            return value.word_markup(self.where, fill)
        return placed(str(shown(value)), self.where, fill)

    def _captured(self, value: Markup, fill: Fill) -> str:
        """Return what a macro or a block has caught; the markup in it is the template's own."""
        text = str(value)
        if "<w:" not in text:
            return placed(plain(value), self.where, fill)
        if self.where.scope == "p":
            properties = self.where.paragraph_properties
            return text if text.lstrip().startswith(("<w:p>", "<w:p ", "<w:tbl")) else f"<w:p>{properties}{text}</w:p>"
        return spliced(text, self.where.paragraph_properties) if self.where.divisible else text


def linked(markup: str, name: str, fill: Fill) -> str:
    """Return runs between the two ends of a hidden bookmark; it never leaves its paragraph, so only runs get one."""
    if not markup.startswith("<w:r>") or "</w:p>" in markup:
        return markup
    number = fill.next("bookmark")
    own = f"_pb_{name}_{fill.next(f'link {name}')}"
    fill.extra.setdefault("linked", []).append(own)
    return f'<w:bookmarkStart w:id="{number}" w:name="{own}"/>{markup}<w:bookmarkEnd w:id="{number}"/>'


def raw(value: object, _: Fill) -> str:
    """Return markup of our own as it is."""
    return str(value)
