"""Collects the faults of a paper: those of one cause are one fault, with the first place and the number of places."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from pbreports.faults import Fault, Strength
from pbreports.kinds import OF_FORMAT
from pbreports.scheme.profile import Profile
from pbreports.word.format import fonts
from pbreports.word.format.paper import Element, Paragraph

_REMEDIES = {kind.code: kind.remedy for kind in OF_FORMAT}
_MISSING = "W-30"
_Cause = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fault is said to be: an element of the paper, and the paragraph, none for the paper as a whole."""

    element: str
    paragraph: Paragraph | None = None
    words: str = ""


@dataclass(slots=True)
class Collected:
    """The faults found by now under a profile, by their causes."""

    profile: Profile
    _faults: dict[_Cause, Fault] = field(default_factory=dict)
    _elements: dict[_Cause, Counter[str]] = field(default_factory=dict)
    _fonts: dict[tuple[str, str], bool] = field(default_factory=dict)

    def is_of(self, font: str, key: str) -> bool:
        """Whether a font is of the class a parameter asks for; what has been looked up is known."""
        known = self._fonts.get((font, key))
        if known is None:
            known = fonts.is_of(font, key, self.profile)
            self._fonts[font, key] = known
        return known

    def say(  # noqa: PLR0913 - each word of a fault by its name
        self,
        code: str,
        key: str,
        at: Place | Paragraph,
        found: str,
        *,
        expected: str = "",
        remedy: str = "",
        mendable: bool = False,
        alike: str = "",
        called: str = "",
    ) -> None:
        """Note that a parameter of the profile is not kept somewhere.

        ``alike`` names a cause that several elements may share: then it is one fault, told of the element that has it
        most often. ``called`` is what the parameter is called there, its name in the profile by default.
        """
        place = at if isinstance(at, Place) else Place(at.element.value, at)
        parameter = self.profile.parameters[key]
        strength = parameter.strength
        name = called or parameter.name
        cause = (code, alike or place.element, name, found)
        elements = self._elements.setdefault(cause, Counter())
        elements[place.element] += 1
        before = self._faults.get(cause)
        spots = (place.paragraph.spot,) if place.paragraph else ()
        if before:
            known = () if spots and spots[0] in before.spots else spots
            count = before.count + (1 if known or not spots else 0)
            self._faults[cause] = replace(before, count=count, spots=before.spots + known)
            return
        self._faults[cause] = Fault(
            code=code,
            element=place.element,
            place=place.words or (place.paragraph.place if place.paragraph else ""),
            parameter=name,
            found=found,
            expected=expected or parameter.shown,
            clause="" if strength is Strength.PRACTICE else parameter.clause,
            strength=strength,
            remedy=remedy or _REMEDIES[code],
            mendable=mendable,
            own=parameter.own,
            spots=spots,
        )

    def missing(self, part: str, element: str, at: Paragraph | None = None) -> None:
        """Note that an element is not there; a paper is normally made up of all of them (7.1)."""
        self._faults[_MISSING, part, element, ""] = Fault(
            code=_MISSING,
            element=part,
            place=at.place if at else "",
            parameter=element,
            found="没有",
            expected="有",
            clause="7.1",
            strength=Strength.NORMALLY,
            remedy=_REMEDIES[_MISSING],
        )
        self._elements[_MISSING, part, element, ""] = Counter({part: 1})

    def faults(self) -> tuple[Fault, ...]:
        """Return the faults in the order they were found, each told of the element that has it most often."""
        told = (replace(fault, element=_most(self._elements[cause])) for cause, fault in self._faults.items())
        return tuple(told)


def _most(elements: Counter[str]) -> str:
    body = Element.BODY.value
    return body if body in elements else elements.most_common(1)[0][0]
