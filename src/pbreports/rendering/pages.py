"""The pages of a PDF measured: rows of text, ink, rules, the red of the head, the page number, the fonts."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from lxml import etree

from pbreports.rendering.boxes import Box
from pbreports.rendering.fonts import Face, faces_of
from pbreports.rendering.programs import Programs
from pbreports.rendering.raster import DPI, Raster, inks, reds

_POINT = 25.4 / 72
_XHTML = "{http://www.w3.org/1999/xhtml}"
_SHORTEST_RULE = 100.0
_AT_ONCE = 12
_MOST_PAGES = 600
_NUMBER = re.compile(r"[—–―－─-]{1,2}(\d{1,4})[—–―－─-]{1,2}|(\d{1,4})|第(\d{1,4})页(?:[，,/]?共\d{1,4}页)?")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of text: what it says without blanks, the box of its characters, and that of their ink.

    ``gap`` is the widest blank in it; a row of a table has wide ones.
    """

    text: str
    box: Box
    ink: Box | None = None
    gap: float = 0.0

    @property
    def is_wide(self) -> bool:
        """Whether it holds none but characters of full width, so that counting them measures it."""
        return all(unicodedata.east_asian_width(sign) in "WFA" for sign in self.text)


@dataclass(frozen=True, slots=True)
class Folio:
    """A page number: the number, its box, the ink of the dashes before and behind it, ``None`` where it has none."""

    number: int
    box: Box
    before: Box | None = None
    behind: Box | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page, lengths in millimetres: its rows from the top, its ink without headers and footers, its long rules.

    ``aside`` are the rows of headers and footers: the page number, and what other pages have at the same place.
    ``red`` is the red ink without rules, ``red_rules`` the red rules; both only of the first page, which has the head.
    """

    number: int
    width: float
    height: float
    rows: tuple[Row, ...]
    ink: Box | None = None
    rules: tuple[Box, ...] = ()
    folio: Folio | None = None
    red: Box | None = None
    red_rules: tuple[Box, ...] = ()
    aside: tuple[Row, ...] = ()

    @property
    def text(self) -> tuple[Row, ...]:
        """Return the rows without headers and footers."""
        aside = {row.box for row in self.aside}
        return tuple(row for row in self.rows if row.box not in aside)

    @property
    def lies_across(self) -> bool:
        """Whether it is wider than high."""
        return self.width > self.height


@dataclass(frozen=True, slots=True)
class Measured:
    """A paper as it comes out on paper."""

    pages: tuple[Page, ...]
    faces: tuple[Face, ...]


def measure(pdf: Path, programs: Programs) -> Measured | None:
    """Return what stands where on the pages of a PDF, ``None`` when poppler's programs cannot read it.

    Of a very long paper the first 600 pages are measured.
    """
    told = programs.answer("pdftotext", "-bbox-layout", "-l", str(_MOST_PAGES), str(pdf), "-")
    pages = tuple(_pages(told))
    if not pages:
        return None
    red = next(reds(_drawn(programs, pdf, range(1, 2), gray=False)), None)
    drawn = list(_inks(programs, pdf, len(pages)))
    if red is None or len(drawn) < len(pages):
        return None
    repeated = _repeated(pages)
    measured = [_with_ink(page, ink, repeated) for page, ink in zip(pages, drawn, strict=True)]
    measured[0] = _with_red(measured[0], red)
    return Measured(tuple(measured), faces_of(programs, pdf))


def page_count(pdf: Path, programs: Programs) -> int | None:
    """Return how many pages a PDF has, ``None`` when that cannot be told."""
    told = re.search(rb"^Pages:\s+(\d+)", programs.answer("pdfinfo", str(pdf)), re.MULTILINE)
    # LibreOffice writes the tree of pages in the clear; that is enough where poppler is missing.
    found = told or re.search(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)", pdf.read_bytes(), re.DOTALL)
    return int(found[1]) if found else None


def _pages(told: bytes) -> Iterator[Page]:
    """Yield the pages with their rows, from what pdftotext says of boxes."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(told, parser) if told else None
    for at, page in enumerate(root.iter(f"{_XHTML}page") if root is not None else (), 1):
        width, height = (float(page.get(name, "0")) * _POINT for name in ("width", "height"))
        yield Page(at, width, height, tuple(_rows(page)))


def _rows(page: etree._Element) -> Iterator[Row]:
    """Yield the rows of a page from the top: words of one height, though of different blocks or cells, together."""
    words = [Row("".join((word.text or "").split()), _box(word)) for word in page.iter(f"{_XHTML}word")]
    row: list[Row] = []
    for word in sorted((one for one in words if one.text), key=lambda one: one.box.middle):
        if row and word.box.middle - row[-1].box.middle > 0.3 * word.box.height:
            yield _joined(row)
            row = []
        row.append(word)
    if row:
        yield _joined(row)


def _joined(words: Sequence[Row]) -> Row:
    ordered = sorted(words, key=lambda one: one.box.left)
    box = ordered[0].box
    for one in ordered[1:]:
        box = box.around(one.box)
    gaps = (behind.box.left - before.box.right for before, behind in pairwise(ordered))
    return Row("".join(one.text for one in ordered), box, gap=max(gaps, default=0.0))


def _box(word: etree._Element) -> Box:
    return Box(*(float(word.get(name, "0")) * _POINT for name in ("xMin", "yMin", "xMax", "yMax")))


def _inks(programs: Programs, pdf: Path, count: int) -> Iterator[Raster]:
    """Yield the ink of each page; a few pages are drawn at once, so that a long paper needs no more memory."""
    for first in range(1, count + 1, _AT_ONCE):
        yield from inks(_drawn(programs, pdf, range(first, min(count, first + _AT_ONCE - 1) + 1), gray=True))


def _drawn(programs: Programs, pdf: Path, pages: range, *, gray: bool) -> bytes:
    asked = ("-r", str(DPI), "-f", str(pages[0]), "-l", str(pages[-1]))
    return programs.answer("pdftoppm", *asked, *(["-gray"] if gray else []), str(pdf), seconds=300)


def _repeated(pages: Sequence[Page]) -> frozenset[tuple[str, int]]:
    """Return what stands at one place at the upper or lower end of several pages, by text without digits and height."""
    ends = Counter(_mark_of(row) for page in pages for row in set(_at_ends(page)))
    return frozenset(mark for mark, count in ends.items() if count > 1)


def _at_ends(page: Page) -> Iterator[Row]:
    """Yield the rows where headers and footers may stand: above and below the type area of any usual page."""
    yield from (row for row in page.rows if not 0.11 < row.box.middle / page.height < 0.89)


def _mark_of(row: Row) -> tuple[str, int]:
    return re.sub(r"\d+", "", row.text), round(row.box.middle)


def _with_ink(page: Page, ink: Raster, repeated: frozenset[tuple[str, int]]) -> Page:
    rows = tuple(replace(row, ink=ink.extent(row.box)) for row in page.rows)
    page = replace(page, rows=rows, rules=tuple(ink.rules(_SHORTEST_RULE)))
    folio = _folio(page, ink)
    aside = tuple(row for row in _at_ends(page) if _mark_of(row) in repeated or (folio and row.box == folio.box))
    return replace(page, ink=ink.without(row.box for row in aside).whole(), folio=folio, aside=aside)


def _folio(page: Page, ink: Raster) -> Folio | None:
    """Return the page number: the lowest row that is nothing but a number, with dashes or without."""
    for row in reversed(list(_at_ends(page))):
        if (told := _NUMBER.fullmatch(row.text)) and row.box.middle > page.height / 2:
            dash = row.box.height * 0.6
            before = ink.extent(replace(row.box, right=row.box.left + dash))
            behind = ink.extent(replace(row.box, left=row.box.right - dash))
            number = next(int(digits) for digits in told.groups() if digits)
            return Folio(number, row.box, before, behind) if told[1] else Folio(number, row.box)
    return None


def _with_red(page: Page, red: Raster) -> Page:
    rules = tuple(red.rules(_SHORTEST_RULE))
    above = Box(0, 0, page.width, min((rule.top for rule in rules), default=page.height))
    return replace(page, red=red.extent(above), red_rules=rules)
