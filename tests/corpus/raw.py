"""A workbook as its parts, changed byte by byte: what no office program or library would write."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOOK = "xl/workbook.xml"
BOOK_LINKS = "xl/_rels/workbook.xml.rels"
TYPES = "[Content_Types].xml"
STYLES = "xl/styles.xml"
_UTF8_NAME, _DAY = 0x800, 0x21  # the name's encoding; 1 January 1980
_SHEET = re.compile(r'<sheet [^>]*?name="([^"]*)"[^>]*?r:id="([^"]*)"')


@dataclass(frozen=True)
class Raw:
    """The parts of a workbook by name, in order; every change gives a new one."""

    parts: Mapping[str, bytes]

    @classmethod
    def of(cls, data: bytes) -> Raw:
        """Return the parts of a workbook."""
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return cls({name: archive.read(name) for name in archive.namelist()})

    @cached_property
    def sheets(self) -> dict[str, str]:
        """The part of each sheet by its title."""
        links = dict(_targets(self.text(BOOK_LINKS)))
        found = _SHEET.findall(self.text(BOOK))
        return {title: links[key].removeprefix("/") for title, key in found}

    def text(self, part: str) -> str:
        """Return a part as text."""
        return self.parts[part].decode()

    def with_part(self, name: str, data: bytes | str) -> Raw:
        """Return the workbook with a part added or replaced."""
        return replace(self, parts={**self.parts, name: data.encode() if isinstance(data, str) else data})

    def without(self, *names: str) -> Raw:
        """Return the workbook without some parts."""
        assert set(names) <= self.parts.keys()
        return replace(self, parts={name: data for name, data in self.parts.items() if name not in names})

    def renamed(self, old: str, new: str) -> Raw:
        """Return the workbook with a part under another name, in its place."""
        return replace(self, parts={new if name == old else name: data for name, data in self.parts.items()})

    def changed(self, part: str, old: str, new: str, count: int = 1) -> Raw:
        """Return the workbook with a text in a part replaced, which must be there."""
        before = self.text(part)
        assert old in before, old
        return self.with_part(part, before.replace(old, new, count))

    def in_sheet(self, title: str, old: str, new: str, count: int = 1) -> Raw:
        """Return the workbook with a text in a sheet's part replaced."""
        return self.changed(self.sheets[title], old, new, count)

    def cell(self, title: str, address: str, inside: str, attributes: str = "") -> Raw:
        """Return the workbook with what a cell holds replaced: its elements, its attributes besides address and style."""
        part = self.sheets[title]
        text = self.text(part)
        pattern = re.compile(rf'<c r="{address}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)')
        found = pattern.search(text)
        assert found, address
        made = f'<c r="{address}"{found[1] or ""} {attributes}>{inside}</c>'
        return self.with_part(part, text[: found.start()] + made + text[found.end() :])

    def typed(self, title: str, cells: Mapping[str, str | int | float | None]) -> Raw:
        """Return the workbook with texts and numbers typed into cells of a sheet; ``None`` clears a cell."""
        book = self
        for address, value in cells.items():
            if value is None:
                book = book.cell(title, address, "")
            elif isinstance(value, str):
                book = book.cell(title, address, inline(value), 't="inlineStr"')
            else:
                book = book.cell(title, address, f"<v>{value!r}</v>")
        return book

    def styled(self, title: str, address: str, inside: str, form: int | str, attributes: str = "") -> Raw:
        """Return the workbook with a cell in a number format: a built-in id, or a code of its own."""
        book, styles = self, self.text(STYLES)
        if isinstance(form, str):
            code = f'<numFmt numFmtId="399" formatCode="{escape(form, {chr(34): "&quot;"})}"/>'
            styles = styles.replace("</numFmts>", f"{code}</numFmts>", 1)
            assert code in styles
        index = styles.partition("<cellXfs")[2].partition("</cellXfs>")[0].count("<xf ")
        number = 399 if isinstance(form, str) else form
        styles = styles.replace("</cellXfs>", f'<xf numFmtId="{number}" applyNumberFormat="1"/></cellXfs>', 1)
        book = book.with_part(STYLES, styles).cell(title, address, inside, attributes)
        text = book.text(self.sheets[title])
        start = text.index(f'<c r="{address}"')
        cell = re.sub(r'(<c r="\w+")(?: s="\d+")?', rf'\1 s="{index}"', text[start:], count=1)
        return book.with_part(self.sheets[title], text[:start] + cell)

    def linked(self, part: str, kind: str, target: str, *, mode: str = "", base: str = BOOK_LINKS) -> Raw:
        """Return the workbook with a relationship added to those in ``base``; ``kind`` is the last word of its type."""
        key = f"rIdX{len(self.parts)}"
        outside = ' TargetMode="External"' if mode else ""
        entry = f'<Relationship Id="{key}" Type="{LINKS}/{kind}" Target="{target}"{outside}/>'
        book = self.changed(base, "</Relationships>", f"{entry}</Relationships>")
        return book if mode else book.declared(part)

    def declared(self, part: str) -> Raw:
        """Return the workbook with a part's content type declared."""
        entry = f'<Override PartName="/{part}" ContentType="application/xml"/>'
        return self.changed(TYPES, "</Types>", f"{entry}</Types>")

    def packed(self, method: int = zipfile.ZIP_DEFLATED) -> bytes:
        """Return the workbook's bytes; the same parts always give the same."""
        return packed(list(self.parts.items()), method)


def inline(text: str) -> str:
    """Return the element of a text that stands in its cell."""
    return f'<is><t xml:space="preserve">{escape(text)}</t></is>'


def packed(parts: list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP archive of the entries (APPNOTE.TXT 4.3), in which a name may stand twice or be none.

    What has been packed once is not packed again: most parts are the same in every case.
    """
    body, directory = bytearray(), bytearray()
    for name, data in parts:
        raw = name.encode()
        marks = 0 if name.isascii() else _UTF8_NAME
        made, checksum = _compressed(data, method)
        about = struct.pack("<HHHHIIIHH", marks, method, 0, _DAY, checksum, len(made), len(data), len(raw), 0)
        directory += b"PK\x01\x02\x14\x00\x14\x00" + about + struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + raw
        body += b"PK\x03\x04\x14\x00" + about + raw + made
    counts = struct.pack("<HHHHIIH", 0, 0, len(parts), len(parts), len(directory), len(body), 0)
    return bytes(body + directory) + b"PK\x05\x06" + counts


@lru_cache(maxsize=500)
def _compressed(data: bytes, method: int) -> tuple[bytes, int]:
    if method == zipfile.ZIP_STORED:
        return data, zlib.crc32(data)
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush(), zlib.crc32(data)


def _targets(links: str) -> list[tuple[str, str]]:
    found = re.findall(r"<Relationship [^>]*>", links)
    return [(_attribute(one, "Id"), _attribute(one, "Target")) for one in found]


def _attribute(element: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', element)
    assert found
    return found[1]
