"""The values of the format profile: parameters with clause and strength, the fonts of each class, the names of sizes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from types import MappingProxyType

from pbreports.faults import Strength


class Unit(Enum):
    """What a parameter's value is: a measure, a count, a class of fonts, a pattern, a text."""

    MM = "毫米"
    PT = "磅"
    TWIP = "缇"
    CHAR = "字"
    LINE = "行"
    COUNT = "个"
    RATIO = "倍"
    FONT = "字体"
    PATTERN = "写法"
    TEXT = "文字"

    @property
    def is_number(self) -> bool:
        """Whether values of this unit are numbers."""
        return self not in {Unit.FONT, Unit.PATTERN, Unit.TEXT}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of the format.

    ``value`` is a number, or the name of a class of fonts, a regular expression or a text; ``clause`` is that of
    GB/T 9704-2012, empty where it says nothing; what was measured may differ by ``tolerance``. ``own`` tells that
    the bureau has laid down the value, so that it is nothing of the standard's.
    """

    key: str
    name: str
    value: float | str
    unit: Unit
    clause: str
    strength: Strength
    tolerance: float = 0
    group: str = ""
    own: bool = False

    @property
    def shown(self) -> str:
        """Return the value as staff read it: 37毫米, 仿宋."""
        return self.value if isinstance(self.value, str) else f"{self.value:g}{self.unit.value}"

    def allows(self, measured: float) -> bool:
        """Whether a measured number is the value, but for the tolerance.

        Raises:
            KeyError: when the parameter is not a number.
        """
        if isinstance(self.value, str):
            raise KeyError(f"{self.key} is no number")
        return abs(measured - self.value) <= self.tolerance + 1e-9


@dataclass(frozen=True, slots=True)
class Profile:
    """All parameters by key, under one convention for margins and pitch, with the fonts of each class."""

    title: str
    convention: str
    parameters: Mapping[str, Parameter]
    classes: Mapping[str, tuple[str, ...]]
    sizes: Mapping[str, float]

    def __getitem__(self, name: str) -> Parameter:
        return self.parameters[name]

    def number(self, name: str, unit: str) -> float:
        """Return a parameter that is a number of ``unit`` (``mm``, ``pt``, ``twip``, ``char``, ``line``, ``count``, ``ratio``).

        Raises:
            KeyError: when the profile has no such parameter of this unit.
        """
        parameter = self.parameters[name]
        if parameter.unit is not Unit[unit.upper()] or isinstance(parameter.value, str):
            raise KeyError(f"{name} is given in {parameter.unit.name}, not in {unit}")
        return parameter.value

    def mm(self, name: str) -> float:
        """Return a length in millimetres."""
        return self.number(name, "mm")

    def pt(self, name: str) -> float:
        """Return a size or pitch in points."""
        return self.number(name, "pt")

    def chars(self, name: str) -> float:
        """Return a width in body characters (一字)."""
        return self.number(name, "char")

    def text(self, name: str) -> str:
        """Return a colour, a pattern or another text; of a class of fonts the one that templates use.

        Raises:
            KeyError: when the parameter is a number.
        """
        parameter = self.parameters[name]
        if not isinstance(parameter.value, str):
            raise KeyError(f"{name} is a number")
        return self.fonts(name)[0] if parameter.unit is Unit.FONT else parameter.value

    def fonts(self, name: str) -> tuple[str, ...]:
        """Return the fonts that a parameter accepts: all of its class, or the single one the bureau has named.

        Raises:
            KeyError: when the parameter is no font.
        """
        parameter = self.parameters[name]
        if parameter.unit is not Unit.FONT or not isinstance(parameter.value, str):
            raise KeyError(f"{name} is no font")
        return self.classes.get(parameter.value, (parameter.value,))

    def class_of(self, font: str) -> str:
        """Return the class a font belongs to (仿宋), empty for one of none; case and blanks do not count."""
        wanted = plain_font(font)
        for name, fonts in self.classes.items():
            if any(plain_font(each) == wanted for each in (name, *fonts)):
                return name
        return ""

    def size_name(self, points: float) -> str:
        """Return a size as staff call it: 3号, and where it has no name 17磅."""
        names = (name for name, size in self.sizes.items() if size == points)
        return next(names, f"{points:g}磅")

    def turned(self) -> Profile:
        """Return the profile of a page that lies across: the edge of the binding is at its top (8), tables are set in 5号."""
        changed: dict[str, float | str] = {new: self.parameters[old].value for new, old in _TURNED.items()}
        footer = self.mm("footer_distance") - self.mm("margin_bottom") + self.mm("margin_right")
        return self._with({**changed, "footer_distance": footer, **_WIDE_TABLE})

    def _with(self, values: Mapping[str, float | str]) -> Profile:
        changed = {name: replace(self.parameters[name], value=value) for name, value in values.items()}
        return replace(self, parameters=MappingProxyType({**self.parameters, **changed}))


def plain_font(name: str) -> str:
    """Return a font's name as names are compared: without case and blanks."""
    return "".join(name.split()).casefold()


_TURNED = {
    "page_width": "page_height",
    "page_height": "page_width",
    "area_width": "area_height",
    "area_height": "area_width",
    "margin_top": "margin_left",
    "margin_right": "margin_top",
    "margin_bottom": "margin_right",
    "margin_left": "margin_bottom",
}
"""Which measure of the upright page each one of the turned page is."""
_WIDE_TABLE: Mapping[str, float | str] = {"table_size": 10.5, "table_pitch": 14}
