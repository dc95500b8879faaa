"""Opens Word templates: every kind of Word file as the parts of an ordinary document, or a sentence why not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from pbreports.errors import TemplateError, WorkbookError, reason_of
from pbreports.ooxml.markup import parse_xml, serialize
from pbreports.ooxml.mend import mend_document
from pbreports.ooxml.package import Flag, open_package, relationships_of, resolve
from pbreports.ooxml.sniff import DOCUMENT
from pbreports.ooxml.write import unpack
from pbreports.tags.tokens import Tag, tags
from pbreports.word.filling.markup import W

_TYPES = "[Content_Types].xml"
_TEMPLATE_TYPE, _DOCUMENT_TYPE = (
    f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}.main+xml".encode()
    for kind in ("template", "document")
)
_REMARKS = re.compile(r"word/(comments\w*|people)\.xml")
_REMARK_LINKS = re.compile(r"word/_rels/(comments\w*|people)\.xml\.rels")
_STRICT = b"http://purl.oclc.org/ooxml/"


def opened(source: str | Path | bytes, name: str) -> dict[str, bytes]:
    """Return the parts of a Word document or template; of a template (.dotx) those of a document like it.

    Raises:
        TemplateError: when the file is missing, open elsewhere, no Word document, or of a kind that is not filled:
            with macros, or strict Open XML.
    """
    where = f"模板 {name}"
    data = source if isinstance(source, bytes) else _contents(Path(source), where)
    try:
        package = open_package(data, name=name, family=DOCUMENT)
    except WorkbookError as error:
        raise TemplateError(where, error.what, error.remedy) from error
    if Flag.MACROS in package.flags:
        raise TemplateError(where, "模板里带有宏", "请另存为“Word 文档（*.docx）”")
    parts = dict(mend_document(unpack(data)))
    if _STRICT in parts.get("_rels/.rels", b""):
        raise TemplateError(where, "这是“Strict Open XML”格式", "请另存为“Word 文档（*.docx）”")
    parts[_TYPES] = parts[_TYPES].replace(_TEMPLATE_TYPE, _DOCUMENT_TYPE)
    return _without_remarks(parts)


def _without_remarks(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Return the parts without those of remarks: they are for whoever edits the template, not for a paper."""
    gone = {name for name in parts if _REMARKS.fullmatch(name)}
    if not gone:
        return parts
    kept = {name: data for name, data in parts.items() if name not in gone and not _REMARK_LINKS.fullmatch(name)}
    kept[_TYPES] = _dropped(kept, _TYPES, lambda one: one.get("PartName", "").lstrip("/") in gone)
    for name in [name for name in kept if name.endswith(".rels")]:
        folder, _, file = name.rpartition("_rels/")
        kept[name] = _dropped(kept, name, _leads_to(gone, folder + file.removesuffix(".rels")))
    return kept


def _leads_to(gone: set[str], part: str) -> Callable[[etree._Element], bool]:
    return lambda one: resolve(part, one.get("Target", "")) in gone


def _dropped(parts: Mapping[str, bytes], name: str, is_gone: Callable[[etree._Element], bool]) -> bytes:
    root = parse_xml(parts[name], name)
    leaving = [one for one in root if is_gone(one)]
    for one in leaving:
        root.remove(one)
    return serialize(root) if leaving else parts[name]


def _contents(path: Path, where: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise TemplateError(where, f"文件夹“{path.parent.name}”里没有这个文件", "请把模板放回去") from None
    except OSError as error:
        raise TemplateError(where, f"打不开（{reason_of(error)}）", "请先在 Word 或 WPS 里关闭它") from error


def related(parts: Mapping[str, bytes], part: str) -> Iterator[tuple[str, str]]:
    """Yield the end of the type, and the target, of each relationship of a part within the package."""
    root = root_of(parts, relationships_of(part))
    for one in root if root is not None else ():
        if one.get("TargetMode") != "External":
            yield one.get("Type", "").rpartition("/")[2], resolve(part, one.get("Target", ""))


def tagged_addresses(parts: Mapping[str, bytes], part: str) -> Iterator[str]:
    """Yield the addresses outside that a part leads to and that hold tags, which Word writes with per cent signs."""
    root = root_of(parts, relationships_of(part))
    for one in root if root is not None else ():
        address = unquote(one.get("Target", ""))
        if one.get("TargetMode") == "External" and any(isinstance(tag, Tag) for tag in tags(address)):
            yield address


def root_of(parts: Mapping[str, bytes], name: str) -> etree._Element | None:
    """Return the root of a part, none when there is no such part."""
    return parse_xml(parts[name], name) if name in parts else None


def story(parts: Mapping[str, bytes], name: str) -> etree._Element:
    """Return the root of a part of text, on which ``w`` stands for the names of WordprocessingML.

    Other programs call these otherwise; the engine writes them so.
    """
    root = parse_xml(parts[name], name)
    if root.nsmap.get("w") == W or not str(root.tag).startswith(f"{{{W}}}"):
        return root
    names = {prefix: uri for prefix, uri in root.nsmap.items() if prefix and uri != W} | {"w": W}
    renamed = etree.Element(root.tag, nsmap=names)
    for attribute, text in root.attrib.items():
        renamed.set(attribute, text)
    renamed.text = root.text
    renamed.extend(list(root))
    return renamed
