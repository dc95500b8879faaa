"""Tags at places that are not filled: told, so that none is handed out unseen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from pbreports.excel.filling.relations import local, relations
from pbreports.excel.filling.strings import looks_tagged
from pbreports.ooxml.markup import parse_xml
from pbreports.tags.problems import Place, Problem
from pbreports.tags.tokens import Tag, tags

_CALLED = {
    "dataValidation": "数据有效性的提示",
    "hyperlink": "超链接",
    "cNvPr": "图片或图形的替换文字",
    "cfRule": "条件格式",
    "definedName": "名称",
    "table": "表格的名称",
}
_FILLED = frozenset({"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter", "tableColumn"})
_QUALIFIER = re.compile(r"'(?:[^']|'')*'!")
_KINDS = frozenset({"drawing", "table"})


def unfilled(parts: Mapping[str, bytes], sheets: Sequence[tuple[str, str]]) -> Iterator[Problem]:
    """Yield a problem for each tag of sheets (title and part) that stands where nothing is filled."""
    for title, part in sheets:
        for name in (part, *(link.part for link in relations(parts, part) if link.kind in _KINDS)):
            if looks_tagged(parts[name].decode(errors="replace")):
                yield from _in_tree(parse_xml(parts[name], name), title)


def _in_tree(root: etree._Element, title: str) -> Iterator[Problem]:
    for node in root.iter(etree.Element):
        if local(node) in _FILLED:
            continue
        for text in (node.text or "", *map(str, node.attrib.values())):
            if looks_tagged(text) and (
                found := [one for one in tags(_QUALIFIER.sub("", text)) if isinstance(one, Tag)]
            ):
                place = Place(title, "", _where(node), found[0].text)
                yield Problem("T-48", place, "这里的标签不会填", "请写在单元格、批注、文本框、图表标题或页眉页脚里")


def _where(node: etree._Element) -> str:
    """Return what staff call the place of an element: its own kind, or that of the nearest around it."""
    up: etree._Element | None = node
    while up is not None:
        if called := _CALLED.get(local(up)):
            return called
        up = up.getparent()
    return "工作表的设置"
