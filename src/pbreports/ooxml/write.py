"""Writing a package so that the same contents always give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache

from lxml import etree

from pbreports.ooxml.markup import CORE_PROPERTIES, DUBLIN_CORE, DUBLIN_TERMS, parse_xml, serialize
from pbreports.ooxml.sealed import Sealed, archive_of, seal

Parts = Mapping[str, bytes]

_FIRST = ("[Content_Types].xml", "_rels/.rels")  # where readers of a stream look first
_CORE = "docProps/core.xml"
_W3CDTF = "{http://www.w3.org/2001/XMLSchema-instance}type"


def rewrite_package(
    data: bytes, *, stamp: datetime, author: str = "", mend: Callable[[Parts], Parts] | None = None
) -> bytes:
    """Return the package with fixed times, order and properties: equal contents give equal bytes.

    ``stamp`` becomes the time of creation and of change, ``author`` creator and last editor; ``mend`` is applied to
    the parts first (``mend_workbook``, ``mend_document``). Of parts that occur twice the last one counts, as in
    every reader.
    """
    parts = unpack(data)
    return pack(with_properties(mend(parts) if mend else parts, stamp, author))


def unpack(data: bytes) -> Parts:
    """Return the parts of a package that we ourselves or a library have just written, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}


def pack(parts: Mapping[str, bytes | Sealed]) -> bytes:
    """Return the parts as a ZIP archive: sorted, deflated, without a trace of time or machine."""
    ordered = sorted(parts, key=lambda name: (name not in _FIRST, name))
    return archive_of((name, _sealed(parts[name])) for name in ordered)


def _sealed(part: bytes | Sealed) -> Sealed:
    return part if isinstance(part, Sealed) else seal(part)


def with_properties(parts: Parts, stamp: datetime | None, author: str) -> Parts:
    """Return the parts with times and names of the core properties (ECMA-376 part 2, 8) set to the given ones.

    Without a ``stamp`` the times stay.
    """
    if _CORE not in parts:
        return parts
    return {**parts, _CORE: _stamped(parts[_CORE], stamp, author)}


@lru_cache(maxsize=16)
def _stamped(core: bytes, stamp: datetime | None, author: str) -> bytes:
    """Return the core properties with these times and names: the same for all papers of one template and one run."""
    root = parse_xml(core, _CORE)
    _set(root, f"{{{DUBLIN_CORE}}}creator", author)
    _set(root, f"{{{CORE_PROPERTIES}}}lastModifiedBy", author)
    if stamp is not None:
        moment = stamp.astimezone(UTC) if stamp.tzinfo else stamp
        for name in ("created", "modified"):
            told = _set(root, f"{{{DUBLIN_TERMS}}}{name}", moment.strftime("%Y-%m-%dT%H:%M:%SZ"))
            told.set(_W3CDTF, "dcterms:W3CDTF")
    return serialize(root)


def _set(root: etree._Element, tag: str, text: str) -> etree._Element:
    element = root.find(tag)
    if element is None:
        element = etree.SubElement(root, tag)
    element.text = text
    return element
