"""Writes a value into the place of its tag."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from jinja2 import Undefined

from pbreports.errors import TemplateError
from pbreports.tags.captured import Captured
from pbreports.tags.display import PaperFigure, shown
from pbreports.tags.program import Fill, Program
from pbreports.values import YearMonth
from pbreports.word.filling.captures import markup_of, spliced, text_of
from pbreports.word.filling.context import RunContext
from pbreports.word.filling.foreign import foreign
from pbreports.word.filling.text import placed

_SHOWN = frozenset({int, float, Decimal, Fraction, bool, type(None), date, YearMonth, PaperFigure})
LINKS = "links"
"""Where a filling keeps what its values are linked to: number of the tag → link."""
_LONGEST = 24


@dataclass(frozen=True, slots=True)
class Link:
    """What the bookmarks ``_pb_<name>_<n>`` of a paper mean: the expression written there and what it rests on.

    ``name`` is the figure's own where its bare name was written and is no longer than 24 signs, else eight signs of a
    digest: Word cuts names of bookmarks at 40 signs.
    """

    name: str
    expression: str
    rests_on: tuple[str, ...]


def links_of(program: Program, linked: frozenset[str]) -> dict[int, Link]:
    """Return the links of a program's values that rest on any of these names, by the numbers of their tags."""
    found: dict[int, Link] = {}
    for number, names in program.links().items():
        slot = program.slots[number]
        rests_on = tuple(filter(linked.__contains__, names))
        if rests_on and isinstance(slot.write, ValueWriter):
            found[slot.write.key] = Link(_link_name(slot.source, rests_on), slot.source, rests_on)
    return found


def _link_name(expression: str, rests_on: tuple[str, ...]) -> str:
    if expression == rests_on[0] and len(expression) <= _LONGEST:
        return expression
    return hashlib.sha256("\n".join((expression, *rests_on)).encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class ValueWriter:
    """Makes the markup of a value for one tag, numbered ``key``."""

    where: RunContext
    key: int

    def __call__(self, value: object, fill: Fill) -> str:
        """Return the value's markup, within the bookmark that links it where it rests on a figure or a list."""
        markup = self._markup(value, fill)
        links = fill.extra.get(LINKS)
        return between_bookmarks(markup, links[self.key].name, fill) if links and self.key in links else markup

    def _markup(self, value: object, fill: Fill) -> str:
        if type(value) is str:
            return placed(value, self.where, fill)
        if type(value) in _SHOWN:
            return placed(str(shown(value)), self.where, fill)
        if isinstance(value, Captured):
            return self._captured(value.markup, fill)
        if (make := getattr(type(value), "word_markup", None)) is not None:
            markup: str = make(value, self.where, fill)
            return markup
        if isinstance(value, Undefined):  # let through by whoever runs the program: nothing is written
            return ""
        if isinstance(value, Mapping) or (
            isinstance(value, list | tuple) and any(isinstance(row, Mapping) for row in value)
        ):
            raise TemplateError("", "名单不能直接写成文字", '请循环各行写出它的列，或用 |列("列名")|顿号')
        own = foreign(value)
        return placed(str(shown(value)), self.where, fill) if own is None else own.word_markup(self.where, fill)

    def _captured(self, markup: str, fill: Fill) -> str:
        """Return what a macro or a block has caught; the markup in it is the template's own."""
        if "<w:" not in markup:
            return placed(text_of(markup), self.where, fill)
        if self.where.scope == "p":
            properties = self.where.paragraph_properties
            is_block = markup.lstrip().startswith(("<w:p>", "<w:p ", "<w:tbl"))
            return markup if is_block else f"<w:p>{properties}{markup}</w:p>"
        return spliced(markup, self.where.paragraph_properties) if self.where.divisible else markup


def between_bookmarks(markup: str, name: str, fill: Fill) -> str:
    """Return runs between the two ends of a hidden bookmark; it never leaves its paragraph, so only runs get one."""
    if not markup.startswith("<w:r>") or "</w:p>" in markup:
        return markup
    number = fill.next("bookmark")
    own = f"_pb_{name}_{fill.next(f'link {name}')}"
    return f'<w:bookmarkStart w:id="{number}" w:name="{own}"/>{markup}<w:bookmarkEnd w:id="{number}"/>'


def raw(value: object, _: Fill) -> str:
    """Return markup of our own as it is."""
    return markup_of(value)
