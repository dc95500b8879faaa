"""Measured pages judged by the format profile: what of GB/T 9704-2012 can only be seen on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import reduce

from pbreports.faults import Fault
from pbreports.rendering.boxes import Box
from pbreports.rendering.counting import chars_a_line, is_full, line_start, lines_a_side
from pbreports.rendering.fonts import Lent, class_of
from pbreports.rendering.heads import head_faults
from pbreports.rendering.pages import Measured, Page, Row
from pbreports.rendering.yardstick import FORM, LETTER, Contents, Yardstick, mm
from pbreports.scheme.profile import Profile

_BODY = ("正文", "一级标题", "二级标题", "三级标题", "四级标题")
_BESIDE_SIGNATURE = (*_BODY, "附件说明", "附注", "表格", "主送机关")
_SIGNATURE, _IMPRINT = ("成文日期", "发文机关署名"), ("抄送机关", "印发机关和印发日期")
_FACES = {"标题": "title_font", "正文": "body_font", "一级标题": "heading_1_font", "二级标题": "heading_2_font"}
_AREA, _FOLIO = "版心", "页码"
_HANGING = "，。、；：！？）”’》」』】〕…"


def check_pages(measured: Measured, contents: Contents, profile: Profile, lent: Lent) -> tuple[Fault, ...]:
    """Return what is wrong with a paper's pages, W-80 to W-96, each fault once with the first page where it is.

    ``contents`` says what the paper consists of, as it was recognised in the file; what has not been recognised is not
    judged. ``lent`` are the fonts that it was rendered with.
    """
    sides = _Sides(measured, contents, Yardstick(profile), lent)
    # A form to be filled in has a layout of its own.
    checks = (_paper,) if contents.kind == FORM else _CHECKS
    return tuple(fault for check in checks for fault in check(sides))


@dataclass(frozen=True, slots=True)
class _Sides:
    """The pages of a paper with everything that they are judged by."""

    measured: Measured
    contents: Contents
    yardstick: Yardstick
    lent: Lent

    @property
    def pages(self) -> tuple[Page, ...]:
        """Return all pages."""
        return self.measured.pages

    @property
    def upright(self) -> tuple[Page, ...]:
        """Return the pages that do not lie across."""
        return tuple(page for page in self.pages if not page.lies_across)

    @property
    def framed(self) -> tuple[Page, ...]:
        """Return the upright pages within the type area; a letter's head and rules stand outside it (10.1)."""
        is_letter = self.contents.kind == LETTER
        return tuple(page for page in self.upright if not (is_letter and page.number == 1))

    @property
    def area(self) -> Box:
        """Return the type area of upright pages (5.2.1)."""
        return self.yardstick.area

    @property
    def chars(self) -> int:
        """Return how many characters a line is to have."""
        return int(self.yardstick.value("chars_per_line"))

    @property
    def lefts(self) -> dict[Page, float]:
        """Return where lines of text begin on the pages that show it."""
        found = {page: line_start(page, self.area, self.chars) for page in self.upright}
        return {page: left for page, left in found.items() if left is not None}

    @property
    def frame(self) -> Box:
        """Return the type area from edge to edge as it was found, so that what keeps to it is not blamed as well."""
        left = min(self.lefts.values(), default=self.area.left)
        right = max((_end_of(row, self.area) for page in self.framed for row in page.text), default=self.area.right)
        is_left_kept = self.yardstick.keeps("left_white", left)
        is_right_kept = right <= self.yardstick.value("ink_right_most")
        area = self.area if is_left_kept else replace(self.area, left=left, right=left + self.area.width)
        return area if is_right_kept else replace(area, right=right)


def _paper(sides: _Sides) -> Iterator[Fault]:
    """Paper (5.1): A4, whichever way it lies."""
    stick = sides.yardstick
    wrong = [page for page in sides.pages if not _is_of_size(page, stick)]
    if wrong:
        found = f"{mm(wrong[0].width)}×{mm(wrong[0].height)}"
        expected = f"{mm(stick.value('page_width'))}×{mm(stick.value('page_height'))}"
        yield stick.fault("W-80", "纸张", "page_width", found, expected, wrong)


def _is_of_size(page: Page, stick: Yardstick) -> bool:
    sizes = sorted((page.width, page.height))
    asked = sorted(("page_width", "page_height"), key=stick.value)
    return all(stick.keeps(key, size) for key, size in zip(asked, sizes, strict=True))


def _top(sides: _Sides) -> Iterator[Fault]:
    """The white at the top (5.2.1): nothing is written in it, and full lines begin where it ends."""
    stick, (least, most) = sides.yardstick, ("ink_top_least", "ink_top_most")
    tops = {page: min(box.top for box in _inks(page)) for page in sides.framed if _inks(page)}
    above = [page for page, top in tops.items() if top < stick.value(least) - stick.tolerance(least)]
    full = [page for page in tops if is_full(page.text[0], sides.area, sides.chars)]
    below = [page for page in full if tops[page] > stick.value(most) + stick.tolerance(most)]
    if above:
        yield stick.fault("W-81", _AREA, least, mm(tops[above[0]]), f"不小于{stick.asked(least)}", above)
    if below:
        yield stick.fault("W-81", _AREA, most, mm(tops[below[0]]), f"不大于{stick.asked(most)}", below)


def _left(sides: _Sides) -> Iterator[Fault]:
    """The white at the binding (5.2.1): no line of text begins in it, and on some page lines begin where it ends."""
    stick, key, lefts = sides.yardstick, "left_white", sides.lefts
    edge, allowed = stick.value(key), stick.tolerance(key)
    wrong = [page for page, at in lefts.items() if at < edge - allowed]
    if not wrong and lefts and min(lefts.values()) > edge + allowed:
        wrong = list(lefts)
    if wrong:
        yield stick.fault("W-82", _AREA, key, mm(lefts[wrong[0]]), stick.asked(key), wrong)


def _bounds(sides: _Sides) -> Iterator[Fault]:
    """The type area (5.2.1): text ends at its lower and right edge, rules and pictures do not reach far beyond."""
    stick, (lowest, furthest, beyond) = sides.yardstick, ("ink_bottom_most", "ink_right_most", "drawn_beyond")
    bottoms = {page: max(box.bottom for box in _inks(page)) for page in sides.framed if _inks(page)}
    rights = {page: max(_end_of(row, sides.area) for row in page.text) for page in bottoms}
    low = [page for page, at in bottoms.items() if at > stick.value(lowest) + stick.tolerance(lowest)]
    wide = [page for page, at in rights.items() if at > stick.value(furthest) + stick.tolerance(furthest)]
    if low:
        yield stick.fault("W-83", _AREA, lowest, mm(bottoms[low[0]]), f"不大于{stick.asked(lowest)}", low)
    if wide:
        yield stick.fault("W-83", _AREA, furthest, mm(rights[wide[0]]), f"不大于{stick.asked(furthest)}", wide)
    outs = {page: _beyond(page, sides) for page in sides.framed if page not in low + wide}
    out = [page for page, distance in outs.items() if distance > stick.tolerance(beyond)]
    if out:
        yield stick.fault("W-84", "线和图", beyond, mm(outs[out[0]]), f"不多于{mm(stick.tolerance(beyond))}", out)


def _end_of(row: Row, area: Box) -> float:
    """Return where a row ends, without a sign that hangs behind its last character."""
    char = row.box.width / len(row.text)
    is_hung = row.text[-1] in _HANGING and row.box.right - area.right > 0.35 * char
    return row.box.right - char * is_hung


def _beyond(page: Page, sides: _Sides) -> float:
    """Return how far rules and pictures reach beyond the type area and the text, which is judged by itself."""
    if page.ink is None:
        return 0
    ink, inner = page.ink, reduce(Box.around, _inks(page), sides.frame.around(sides.area))
    return max(inner.left - ink.left, inner.top - ink.top, ink.right - inner.right, ink.bottom - inner.bottom)


def _inks(page: Page) -> list[Box]:
    return [row.ink for row in page.text if row.ink]


def _lines(sides: _Sides) -> Iterator[Fault]:
    """Lines a side (5.2.3), told from sides that are full of body text."""
    found, asked = lines_a_side(sides.pages, sides.frame), int(sides.yardstick.value("lines_per_side"))
    if found and found != asked:
        yield sides.yardstick.fault("W-85", _AREA, "lines_per_side", f"{found}行", f"{asked}行")


def _chars(sides: _Sides) -> Iterator[Fault]:
    """Characters a line (5.2.3), told from lines that are full."""
    found = chars_a_line(sides.upright, sides.frame, sides.chars)
    if found and found != sides.chars:
        yield sides.yardstick.fault("W-86", _AREA, "chars_per_line", f"{found}字", f"{sides.chars}字")


def _head(sides: _Sides) -> Iterator[Fault]:
    yield from head_faults(sides.pages[0], sides.contents, sides.yardstick, sides.frame)


def _body_first(sides: _Sides) -> Iterator[Fault]:
    """The first page must show body text (7.3.3)."""
    body, whole = sides.contents.joined(*_BODY, "表格"), sides.contents.each(*_BODY, "表格")
    shown = [row.text for row in sides.pages[0].text]
    if body and not any((len(text) > 3 and text in body) or text in whole for text in shown):
        yield sides.yardstick.fault("W-90", "首页", "first_page_body", "没有显示", "必须显示")


def _folios(sides: _Sides) -> Iterator[Fault]:
    """Page numbers (7.5): 7 mm below the type area, odd ones at the right, even ones at the left."""
    stick, key = sides.yardstick, "page_number_below"
    dashes = {page: page.folio.before for page in sides.framed if page.folio and page.folio.before}
    below = {page: dash.top - sides.area.bottom for page, dash in dashes.items()}
    off = [page for page, found in below.items() if not stick.keeps(key, found)]
    if off:
        yield stick.fault("W-91", _FOLIO, key, mm(below[off[0]]), stick.asked(key), off)
    aside = [page for page in below if not _stands_aside(page, sides)]
    if aside:
        wanted = "单页居右空一字，双页居左空一字"
        yield stick.fault("W-92", _FOLIO, "page_number_side", _where(aside[0], sides.frame), wanted, aside)


def _stands_aside(page: Page, sides: _Sides) -> bool:
    """Whether a page number stands one of its characters from the edge, right on odd pages and left on even ones."""
    if page.folio is None or page.folio.before is None or page.folio.behind is None:
        return True
    char = sides.yardstick.value("page_number_size") * 25.4 / 72
    left, right = page.folio.before.left - sides.frame.left, sides.frame.right - page.folio.behind.right
    return sides.yardstick.keeps("page_number_side", (right if page.folio.number % 2 else left) / char)


def _where(page: Page, area: Box) -> str:
    box = page.folio.box if page.folio else area
    return f"第{page.number}页左空{mm(box.left - area.left)}、右空{mm(area.right - box.right)}"


def _numbered(sides: _Sides) -> Iterator[Fault]:
    """Every page has its number between dashes (7.5), but a letter's first (10.1) and blank pages with what follows."""
    stick = sides.yardstick
    if sides.contents.kind == LETTER and sides.pages[0].folio:
        yield stick.fault("W-93", "信函首页", "letter_first_number", "显示", "不显示")
    blank = next((page.number for page in sides.pages if page.ink is None), len(sides.pages) + 1)
    bare = [page for page in sides.framed if not (page.folio and page.folio.before) and page.number < blank]
    if bare:
        folio = bare[0].folio
        found = f"“{folio.number}”，没有一字线" if folio else "没有页码"
        yield stick.fault("W-93", _FOLIO, "page_number_pattern", found, f"“— {bare[0].number} —”", bare)


def _signature(sides: _Sides) -> Iterator[Fault]:
    """The signature does not stand alone on a page (7.3.5.5)."""
    beside = sides.contents.joined(*_BESIDE_SIGNATURE)
    signed = next((text for text in map(sides.contents.joined, _SIGNATURE) if text), "")
    page = next((one for one in sides.pages[1:] if any(row.text == signed for row in one.text)), None)
    if page and not any(len(row.text) > 1 and row.text in beside for row in page.text):
        least = sides.yardstick.value("signature_lines")
        yield sides.yardstick.fault("W-94", "署名", "signature_lines", "0行", f"不少于{least:g}行", [page])


def _imprint(sides: _Sides) -> Iterator[Fault]:
    """The last rule of the imprint coincides with the type area's lower edge on the last page (7.4.1)."""
    stick, last, bottom = sides.yardstick, sides.pages[-1], sides.area.bottom
    if sides.contents.kind == LETTER or last.lies_across or not sides.contents.joined(*_IMPRINT):
        return
    low = max((rule.bottom for rule in last.rules if rule.width > 0.9 * sides.area.width), default=None)
    if low is None or not stick.keeps("imprint_bottom", low - bottom):
        found = (
            "最后一面没有版记的分隔线"
            if low is None
            else f"{mm(abs(low - bottom))}，在其{'下' if low > bottom else '上'}"
        )
        yield stick.fault("W-95", "版记", "imprint_bottom", found, "与版心下边缘重合", [last])


def _faces(sides: _Sides) -> Iterator[Fault]:
    """The faces asked for are those on the pages (5.2.2, 7.3), and none is there that the file does not ask for."""
    stick, missing = sides.yardstick, sides.lent.missing
    used = {_kind_of(face.name, stick.profile) for face in sides.measured.faces}
    asked = {_kind_of(name, stick.profile) for name in sides.contents.fonts}
    shown = "、".join(face.name for face in sides.measured.faces) or "空白"
    for element, key in _FACES.items():
        kind = str(stick.profile.parameters[key].value)
        is_asked = element == _BODY[0] or kind in asked
        if sides.contents.joined(element) and is_asked and kind not in {*used, *missing}:
            yield stick.fault("W-96", element, key, f"{shown}，页面上没有{kind}", kind)
    unasked = used - asked - sides.lent.rare - {""}
    if asked - {""} and unasked and not missing:
        found = f"{shown}，其中{'、'.join(sorted(unasked))}是文件里没有用的"
        yield stick.fault("W-96", _BODY[0], "body_font", found, "文件里写明的字体")


def _kind_of(name: str, profile: Profile) -> str:
    """Return the class of a font: the one that the profile counts it to, else the one that its name says."""
    return next((kind for kind, fonts in profile.classes.items() if name in fonts), "") or class_of(name)


_CHECKS: tuple[Callable[[_Sides], Iterator[Fault]], ...] = (
    *(_paper, _top, _left, _bounds, _lines, _chars),
    *(_head, _body_first, _folios, _numbered, _signature, _imprint, _faces),
)
