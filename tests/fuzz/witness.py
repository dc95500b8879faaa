"""A second witness of what a workbook says, which shares nothing with the reader: read whole, slowly, with lxml."""

from __future__ import annotations

import io
import posixpath
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from lxml import etree
from openpyxl.utils import column_index_from_string, get_column_letter

from pbreports.values import Scalar, YearMonth

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_UNSEEN = ("Zs", "Zl", "Zp", "Cc", "Cf")
_IGNORABLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\ufffe\uffff\U000e0000-\U000e0fff]"
)
"""What Unicode calls Default_Ignorable_Code_Point beyond the controls, and its non-characters of the first plane."""

_LETTERS = re.compile("[A-Z]{1,3}")
_TRUTHS = dict.fromkeys(("1", "true"), ("TRUE", "是")) | dict.fromkeys(("0", "false"), ("FALSE", "否"))
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands in one cell: its text in the file, its type, the number format of its style."""

    text: str
    kind: str
    format: str


@dataclass(frozen=True)
class Witness:
    """What every sheet holds, by title and address, and whether the calendar starts in 1904."""

    cells: dict[str, dict[str, Seen]]
    since_1904: bool


def witness(data: bytes, titles: frozenset[str]) -> Witness:
    """Return what some sheets of a workbook hold; raises what its parts' faults raise."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return _Looking(archive).witness(titles)


class _Looking:
    """Looks through one package; names of parts are matched as ECMA-376 part 2 asks, without regard to case."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {_plain_name(name): name for name in archive.namelist()}

    def witness(self, titles: frozenset[str]) -> Witness:
        part = self._book_part()
        book = self._root(part)
        links = self._links(part, posixpath.join(posixpath.dirname(part), "_rels", f"{posixpath.basename(part)}.rels"))
        kinds = dict(links.values())
        strings = list(self._strings(kinds["sharedStrings"])) if "sharedStrings" in kinds else []
        formats = self._formats(kinds["styles"]) if "styles" in kinds else []
        sheets = [one for one in book.iter("{*}sheet") if one.get("name") in titles]
        cells = {
            one.get("name", ""): dict(self._cells(links[one.get(_ID) or one.get(_STRICT_ID, "")][1], strings, formats))
            for one in sheets
        }
        starts = {one.get("date1904") for one in book.iter("{*}workbookPr")}
        return Witness(cells, bool(starts & {"1", "true", "on"}))

    def _book_part(self) -> str:
        """Return the part that the package leads to, the usual one where it leads nowhere."""
        links = self._links("", "_rels/.rels").values() if "_rels/.rels" in self._names else ()
        return next((target for kind, target in links if kind == "officeDocument"), "/xl/workbook.xml")

    def _root(self, part: str) -> etree._Element:
        return etree.fromstring(self._archive.read(self._names[_plain_name(part)]), _PARSER)

    def _links(self, base: str, part: str) -> dict[str, tuple[str, str]]:
        folder = posixpath.dirname(base)
        found = {}
        for one in self._root(part).iter("{*}Relationship"):
            target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", "")))
            found[one.get("Id", "")] = (one.get("Type", "").rpartition("/")[2], target)
        return found

    def _strings(self, part: str) -> Iterator[str]:
        for item in self._root(part).iter("{*}si"):
            yield _decoded(_text(item))

    def _formats(self, part: str) -> list[str]:
        root = self._root(part)
        codes = {one.get("numFmtId", ""): one.get("formatCode", "") for one in root.iter("{*}numFmt")}
        styles = [one for block in root.iter("{*}cellXfs") for one in block.iter("{*}xf")]
        return [codes.get(one.get("numFmtId", "0"), f"#{one.get('numFmtId', '0')}") for one in styles]

    def _cells(self, part: str, strings: list[str], formats: list[str]) -> Iterator[tuple[str, Seen]]:
        row = 0
        for line in self._root(part).iter("{*}row"):
            row = int(line.get("r") or row + 1)
            column = 0
            for cell in line.iter("{*}c"):
                address = cell.get("r")
                letters = _LETTERS.match(address) if address else None
                column = column_index_from_string(letters[0]) if letters else column + 1
                seen = _seen(cell, strings, formats)
                if seen is not None:
                    yield address or f"{get_column_letter(column)}{row}", seen


def _seen(cell: etree._Element, strings: list[str], formats: list[str]) -> Seen | None:
    kind = cell.get("t", "n")
    inline = _text(cell)
    value = "".join("".join(one.itertext()) for one in cell.iter("{*}v"))
    text = inline if kind == "inlineStr" else value or inline
    if kind == "s" and text.strip():
        text = strings[int(text)]
    elif kind in ("str", "inlineStr"):
        text = _decoded(text)
    style = cell.get("s", "0")
    known = style.isdecimal() and int(style) < len(formats)
    return Seen(text, kind, formats[int(style)] if known else "") if _visible(text) else None


def _visible(text: str) -> str:
    """Return what of a text can be seen: no space, no controls, nothing that Unicode lets programs leave out."""
    return "".join(one for one in _IGNORABLE.sub("", text) if unicodedata.category(one) not in _UNSEEN)


def _text(item: etree._Element) -> str:
    """Return the text of a string, without the hints to its pronunciation."""
    return "".join(
        "".join(one.itertext()) for one in item.iter("{*}t") if not any(True for _ in one.iterancestors("{*}rPh"))
    )


def _decoded(text: str) -> str:
    plain = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _plain_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def says(seen: Seen, value: Scalar, *, since_1904: bool) -> bool:
    """Return whether what stands in a cell says a value."""
    text = _visible(seen.text)
    if seen.kind == "b" and isinstance(value, str) and text in _TRUTHS:
        return value in _TRUTHS[text]
    if isinstance(value, bool):
        return text in (("是", "1", "true", "√", "有") if value else ("否", "0", "false", "×", "无"))
    if isinstance(value, Decimal):
        return _number(text) == value
    if isinstance(value, YearMonth):
        day = _day(text, since_1904=since_1904)
        return text == str(value) or (day is not None and (day.year, day.month) == tuple(value))
    if isinstance(value, date):
        return _written_day(text) == value or _day(text, since_1904=since_1904) == value
    return text == _visible(str(value)) or _number(text) == _number(str(value)) is not None


def _written_day(text: str) -> date | None:
    """Return the day of a text in a form of ISO 8601, with or without the time of day."""
    try:
        return date.fromisoformat(text.partition("T")[0][:10])
    except ValueError:
        return None


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(f"{float(text):.15g}")
    except ValueError:
        return None


def _day(text: str, *, since_1904: bool) -> date | None:
    number = _number(text)
    if number is None or not 0 <= number < 3_000_000:
        return None
    start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - days have no zone
    return (start + timedelta(days=int(number))).date()
