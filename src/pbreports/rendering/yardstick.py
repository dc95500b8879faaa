"""What pages are judged by: the format profile's parameters, and what the paper was recognised to consist of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pbreports.faults import Fault
from pbreports.kinds import OF_PAGES
from pbreports.rendering.boxes import Box
from pbreports.rendering.pages import Page
from pbreports.scheme.profile import Profile

GENERAL, UPWARD, LETTER, ORDER, MINUTES, FORM = "公文", "上行文", "信函", "命令（令）", "纪要", "表格"
"""The kinds of paper that are laid out each in its own way (7, 10), as the checker of files calls them."""


_REMEDIES = {kind.code: kind.remedy for kind in OF_PAGES}


@dataclass(frozen=True, slots=True)
class Contents:
    """What a paper consists of: its kind, its paragraphs as pairs of element and text, the fonts its file mentions.

    Kinds and elements are called as the standard calls them (公文, 信函 …; 标题, 正文, 成文日期 …).
    """

    kind: str
    paragraphs: tuple[tuple[str, str], ...]
    fonts: frozenset[str] = frozenset()

    def joined(self, *elements: str) -> str:
        """Return the text of some elements one after the other, without blanks, as rows of a page have it."""
        return "".join(self.each(*elements))

    def each(self, *elements: str) -> list[str]:
        """Return the texts of the paragraphs that are one of some elements, without blanks."""
        return ["".join(text.split()) for element, text in self.paragraphs if element in elements]


@dataclass(frozen=True, slots=True)
class Yardstick:
    """The format profile as pages are held against it; lengths in millimetres."""

    profile: Profile

    @property
    def area(self) -> Box:
        """Return the type area of an upright page (5.2.1)."""
        left, top = self.value("left_white"), self.value("top_white")
        return Box(left, top, left + self.value("area_width"), top + self.value("area_height"))

    def value(self, key: str) -> float:
        """Return a parameter that is a number."""
        value = self.profile.parameters[key].value
        assert not isinstance(value, str)
        return value

    def tolerance(self, key: str) -> float:
        """Return how far what is measured may be from a parameter."""
        return self.profile.parameters[key].tolerance

    def keeps(self, key: str, found: float) -> bool:
        """Return whether what is measured is what a parameter asks for, within its tolerance."""
        return abs(found - self.value(key)) <= self.tolerance(key) + 1e-6

    def asked(self, key: str) -> str:
        """Return in words what a parameter in millimetres asks for."""
        tolerance = self.tolerance(key)
        return mm(self.value(key)) + (f"（允差{mm(tolerance)}）" if tolerance else "")

    def fault(self, code: str, element: str, key: str, found: str, expected: str, pages: Sequence[Page] = ()) -> Fault:
        """Return the fault that a parameter is not kept on some pages, at the first of them; on page 1 by default."""
        parameter = self.profile.parameters[key]
        first, count = (pages[0].number, len(pages)) if pages else (1, 1)
        return Fault(
            code,
            element,
            f"第{first}页",
            parameter.name,
            found,
            expected,
            parameter.clause,
            parameter.strength,
            remedy=_REMEDIES[code],
            own=parameter.own,
            count=count,
        )


def mm(length: float) -> str:
    """Return a length in words, to a tenth of a millimetre."""
    return f"{length:.1f}".removesuffix(".0") + "毫米"
