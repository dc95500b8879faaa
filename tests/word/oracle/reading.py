"""What a reader finds in a Word file: for each story its paragraphs and rows as lines of text, in order.

A table's row is one line, its cells between bars; paragraphs within a cell are parted by ``¶``. Before a cell's text
stands what makes it another cell: ``×2`` for two columns wide, ``↧`` and ``↓`` where a vertical merge begins and goes
on, ``#FF0000`` for its ground, ``⇤1`` and ``⇥1`` for columns left out before and after the row's cells.

What is made alike, because Word shows it alike: a cell that lacks its paragraph reads as one with an empty
paragraph; blanks at the edges of a text count only where ``xml:space`` keeps them; a ground's pattern is clear also
where docxtpl leaves it out.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from word.oracle.markup import NAMESPACES

Lines = tuple[str, ...]
Stories = dict[str, Lines]

W = f"{{{NAMESPACES['w']}}}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BREAKS = {"page": "⤓", "column": "⇟"}
_SIGNS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "‑"}
_FOREIGN = {"txbxContent", "delText", "instrText", "Fallback", "del"}
_TOLD = (f"{W}instrText", f"{W}fldSimple", f"{W}hyperlink")
_BRANCHES = (f"{{{NAMESPACES['mc']}}}Choice", f"{{{NAMESPACES['mc']}}}Fallback")
_PROPERTIES = ("title", "subject", "description", "identifier", "language", "keywords", "category")
_NOTES = ("footnotes", "endnotes")


def stories_of(data: bytes) -> Stories:
    """Return the stories of a Word file by name.

    They are ``document``, the headers and footers, the notes, ``core``, and what stands in text boxes (``boxes``,
    ``old boxes``, ``vml``), word art, fields and the tooltips of links (``fields``) and alternative texts (``alt``) of all of them. Empty stories are left out. A story that is no well-formed XML raises ``lxml.etree.XMLSyntaxError``.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        roots = {name: etree.fromstring(archive.read(name)) for name in sorted(archive.namelist()) if _is_story(name)}
    found: Stories = {}
    for name, root in roots.items():
        title = name.rpartition("/")[2].removesuffix(".xml")
        found[title] = _properties(root) if title == "core" else tuple(_blocks(_top(root)))
    trees = [root for name, root in roots.items() if name.startswith("word/")]
    found["boxes"] = tuple(line for root in trees for line in _boxes(root, "Choice"))
    found["old boxes"] = tuple(line for root in trees for line in _boxes(root, "Fallback"))
    found["vml"] = tuple(line for root in trees for line in _boxes(root, ""))
    found["word art"] = tuple(
        each.get("string", "") for root in trees for each in root.iter(f"{{{NAMESPACES['v']}}}textpath")
    )
    found["fields"] = tuple(_told(each) for root in trees for each in root.iter(*_TOLD))
    found["alt"] = tuple(each.get("descr", "") for root in trees for each in root.iter(f"{{{NAMESPACES['wp']}}}docPr"))
    return {title: lines for title, lines in found.items() if any(lines)}


def looks_of(data: bytes) -> Lines:
    """Return the texts of the document's runs, each with its properties; neighbours that look alike are one."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    joined: list[tuple[str, str]] = []
    for run in root.iter(f"{W}r"):
        text, look = "".join(_inline(run)), _look(run.find(f"{W}rPr"))
        if text and joined and joined[-1][1] == look:
            joined[-1] = (joined[-1][0] + text, look)
        elif text:
            joined.append((text, look))
    return tuple(f"{text}〔{look}〕" for text, look in joined)


def _look(props: etree._Element | None) -> str:
    """Return run properties in one order."""
    if props is None:
        return ""
    told = (
        f"{etree.QName(each).localname} {' '.join(f'{etree.QName(k).localname}={v}' for k, v in sorted(each.attrib.items()))}"
        for each in props
        if isinstance(each.tag, str)
    )
    return "；".join(sorted(each.removesuffix("val=clear").strip() for each in told))


def _is_story(name: str) -> bool:
    """Return whether a part holds text that is read."""
    stem = name.rpartition("/")[2].removesuffix(".xml")
    return name in {"word/document.xml", "docProps/core.xml"} or (
        name.startswith("word/") and name.endswith(".xml") and (stem in _NOTES or stem[:6] in {"header", "footer"})
    )


def _top(root: etree._Element) -> etree._Element:
    """Return what holds a part's blocks."""
    body = root.find(f"{W}body")
    return root if body is None else body


def _properties(root: etree._Element) -> Lines:
    """Return the core properties that hold a text, with their names."""
    texts = {etree.QName(each).localname: each.text or "" for each in root if isinstance(each.tag, str)}
    return tuple(f"{name}: {texts[name]}" for name in _PROPERTIES if texts.get(name))


def _blocks(holder: etree._Element) -> Iterator[str]:
    """Yield the lines of paragraphs and tables, whatever holds them."""
    for each in holder:
        if each.tag == f"{W}p":
            yield "".join(_inline(each))
        elif each.tag == f"{W}tbl":
            yield from map(_row, _rows(each))
        elif isinstance(each.tag, str) and each.tag not in {f"{W}sectPr", f"{W}tblPr", f"{W}tblGrid"}:
            yield from _blocks(each)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """Yield a table's own rows, also those in content controls."""
    for each in table.iter(f"{W}tr"):
        if next(each.iterancestors(f"{W}tbl")) is table:
            yield each


def _row(row: etree._Element) -> str:
    """Return a row as a line."""
    gaps = [row.find(f"{W}trPr/{W}grid{side}") for side in ("Before", "After")]
    before, after = ("" if gap is None else f"{sign}{gap.get(f'{W}val')}" for gap, sign in zip(gaps, "⇤⇥", strict=True))
    cells = [cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row]
    return f"{before}|{'|'.join(map(_cell, cells))}|{after}"


def _cell(cell: etree._Element) -> str:
    """Return a cell's marks and its blocks."""
    props = cell.find(f"{W}tcPr")
    lines = list(_blocks(cell))
    text = "¶".join(lines) or ""
    return f"{'' if props is None else _marks(props)}{text}"


def _marks(props: etree._Element) -> str:
    """Return what makes a cell another: width, vertical merge, ground."""
    span, merge, ground = (props.find(f"{W}{name}") for name in ("gridSpan", "vMerge", "shd"))
    marks = "" if span is None or span.get(f"{W}val") == "1" else f"×{span.get(f'{W}val')} "
    if merge is not None:
        marks += "↧ " if merge.get(f"{W}val") == "restart" else "↓ "
    fill = "auto" if ground is None else ground.get(f"{W}fill", "auto")
    return marks if fill == "auto" else f"{marks}#{fill.lstrip('#')} "


def _inline(holder: etree._Element) -> Iterator[str]:
    """Yield the texts of a paragraph or run, without those of text boxes, deletions and field instructions."""
    for each in holder:
        name = etree.QName(each).localname if isinstance(each.tag, str) else "pPr"
        if name == "t":
            text = each.text or ""
            yield text if each.get(_SPACE) == "preserve" else text.strip(" \t\r\n")
        elif name == "br":
            yield _BREAKS.get(each.get(f"{W}type", ""), "\n")
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name == "pic":
            yield "▣"
        elif name not in _FOREIGN and name not in {"pPr", "rPr"}:
            yield from _inline(each)


def _boxes(root: etree._Element, branch: str) -> Iterator[str]:
    """Yield the lines of text boxes below ``mc:Choice`` or ``mc:Fallback``, or below neither."""
    for each in root.iter(f"{W}txbxContent"):
        above = next(each.iterancestors(*_BRANCHES), None)
        if ("" if above is None else etree.QName(above).localname) == branch:
            yield from _blocks(each)


def _told(element: etree._Element) -> str:
    """Return a field's instruction, or the tooltip of a link."""
    return element.text or "" if element.tag == _TOLD[0] else element.get(f"{W}instr") or element.get(f"{W}tooltip", "")
