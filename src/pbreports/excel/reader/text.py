"""Texts of a workbook: the shared strings, and the escapes of characters that XML cannot hold."""

from __future__ import annotations

import re
from xml.parsers import expat

from pbreports.excel.reader.parts import MAIN, Attributes, parse, qualified
from pbreports.ooxml.package import Package

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def decoded(text: str) -> str:
    """Return the text with ``_xHHHH_`` (ECMA-376 part 1, 22.9.2.19) turned into the characters meant.

    Two halves of a surrogate pair are joined, a lonely half becomes U+FFFD, so that the text can always be written.
    """
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def shared_strings(package: Package, part: str) -> list[str]:
    """Return the shared strings by index: rich text joined, phonetic hints left out.

    Raises:
        WorkbookError: F-12 … F-14, see ``parse``.
    """
    scan = _StringScan()
    parse(package, part, scan.install)
    return scan.strings


class _StringScan:
    """Gathers the ``t`` of each ``si`` that stands in no ``rPh``."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._pieces: list[str] = []
        self._phonetic = False

    def install(self, parser: expat.XMLParserType) -> None:
        self._parser = parser
        self._items, self._texts, self._hints = (
            frozenset(qualified(namespace, local) for namespace in MAIN) for local in ("si", "t", "rPh")
        )
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end

    def _start(self, name: str, _attributes: Attributes) -> None:
        if name in self._texts and not self._phonetic:
            self._parser.CharacterDataHandler = self._pieces.append
        elif name in self._hints:
            self._phonetic = True

    def _end(self, name: str) -> None:
        if name in self._texts:
            self._parser.CharacterDataHandler = None
        elif name in self._items:
            self.strings.append(decoded("".join(self._pieces)))
            self._pieces.clear()
        elif name in self._hints:
            self._phonetic = False
