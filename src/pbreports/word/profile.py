"""The format profile: the parameters of GB/T 9704-2012 that templates are built from and papers are checked against."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from importlib.resources import files
from types import MappingProxyType


class Strength(Enum):
    """How binding a parameter is; only ``MUST`` may become an error, ``PRACTICE`` is not in the standard at all."""

    MUST = "must"
    NORMALLY = "normally"
    RECOMMENDED = "recommended"
    MAY = "may"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of the format: Chinese name, value, unit, clause of the standard and its strength."""

    key: str
    name: str
    value: float | str
    unit: str
    clause: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class Profile:
    """All parameters by key, under one convention for margins and pitch."""

    title: str
    convention: str
    parameters: Mapping[str, Parameter]

    def number(self, key: str, unit: str) -> float:
        """Return a parameter that is a number of ``unit`` (``mm``, ``pt``, ``twip``, ``char``, ``line``, ``count``).

        Raises:
            KeyError: when the profile has no such parameter of this unit.
        """
        parameter = self.parameters[key]
        if parameter.unit != unit or isinstance(parameter.value, str):
            raise KeyError(f"{key} is given in {parameter.unit}, not in {unit}")
        return parameter.value

    def mm(self, key: str) -> float:
        """Return a length in millimetres."""
        return self.number(key, "mm")

    def pt(self, key: str) -> float:
        """Return a size or pitch in points."""
        return self.number(key, "pt")

    def chars(self, key: str) -> float:
        """Return a width in body characters (一字)."""
        return self.number(key, "char")

    def text(self, key: str) -> str:
        """Return a font name, a colour or another text.

        Raises:
            KeyError: when the parameter is a number.
        """
        value = self.parameters[key].value
        if not isinstance(value, str):
            raise KeyError(f"{key} is a number")
        return value

    def turned(self) -> Profile:
        """Return the profile of a page that lies across: the edge of the binding is at its top (9), tables are set in 五号."""
        changed = {new: self.parameters[old].value for new, old in _TURNED.items()}
        footer = self.mm("footer_distance") - self.mm("margin_bottom") + self.mm("margin_right")
        changed |= {"footer_distance": footer, **_WIDE_TABLE}
        turned = {key: replace(self.parameters[key], value=value) for key, value in changed.items()}
        return replace(self, parameters=MappingProxyType({**self.parameters, **turned}))


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
_WIDE_TABLE: Mapping[str, float] = {"table_size": 10.5, "table_pitch": 14}


@cache
def load_profile(convention: str = "") -> Profile:
    """Return the profile under a convention, the file's default when none is named.

    ``measured`` sets the margins so that the glyphs fill the type area (22 lines of 28 characters),
    ``literal`` writes the standard's 37 and 35 mm as page margins.

    Raises:
        KeyError: when there is no such convention.
    """
    declared = tomllib.loads(files(__package__).joinpath("gbt9704.toml").read_text(encoding="utf-8"))
    chosen = convention or declared["default"]
    parameters = {key: _parameter(key, entry) for key, entry in declared["parameters"].items()}
    for key, value in declared["conventions"][chosen].items():
        parameters[key] = replace(parameters[key], value=value)
    return Profile(declared["title"], chosen, MappingProxyType(parameters))


def _parameter(key: str, entry: Mapping[str, str]) -> Parameter:
    """Return one entry of the profile file as a value."""
    return Parameter(key, entry["name"], entry["value"], entry["unit"], entry["clause"], Strength(entry["strength"]))
