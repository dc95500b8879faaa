"""What the name of a scan says: whose it is, and the control code written into it. Nothing in a name is trusted."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from pathlib import PurePath

from pbreports.excel.seal import SIGNS
from pbreports.scheme.roster import Units

_CODE = re.compile(rf"(?<![0-9A-Z])([{SIGNS}]{{4}})[-‐‑–—−]([{SIGNS}]{{4}})(?![0-9A-Z])")
_SEPARATORS = re.compile(r"[^\w]+|_+")
_USUAL = re.compile(r"盖章|签章页?|签字|扫描|照片|回执|报送簿?|页|件|版|第?[0-9]+[页张]?$")
"""What people add to a unit's name when they name a scan."""

_TELLING = 4
"""A name of so many characters is recognised inside a longer one; 一中 would be found in 十一中."""


class Names:
    """Reads the names of scans by the roster."""

    def __init__(self, units: Units) -> None:
        self._codes = {_plain(unit.code): unit.code for unit in units.all}
        owners: dict[str, set[str]] = defaultdict(set)
        for unit in units.all:
            for name in (unit.full_name, unit.short_name, *unit.aliases):
                owners[_plain(name)].add(unit.code)
        self._names = {name: min(codes) for name, codes in owners.items() if name and len(codes) == 1}

    def read(self, path: PurePath) -> tuple[str, str]:
        """Return the code of the unit that a scan's name speaks of, and the control code in it; each may be empty.

        Folders on the way count too. A name that speaks of two units speaks of none.
        """
        text = _plain(" ".join((*path.parts[:-1], path.stem)))
        found = {code for plain, code in self._codes.items() if _stands_in(plain, text)}
        control = _CODE.search(text)
        if control:
            text = text.replace(control.group(), " ")
        found = found or self._by_name(text)
        unit = found.pop() if len(found) == 1 else ""
        return unit, f"{control[1]}-{control[2]}" if control else ""

    def _by_name(self, text: str) -> set[str]:
        """Return the units whose name stands in a text: as a part of its own, or, when it is long, anywhere."""
        parts = {_USUAL.sub("", part) for part in _SEPARATORS.split(text)}
        inside = [name for name in self._names if len(name) >= _TELLING and name in text]
        longest = {name for name in inside if not any(name != other and name in other for other in inside)}
        return {self._names[name] for name in longest | (parts & self._names.keys())}


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).upper()


def _stands_in(code: str, text: str) -> bool:
    return re.search(rf"(?<![0-9A-Z]){re.escape(code)}(?![0-9A-Z])", text) is not None
