"""Document properties with tags: title, subject, keywords and the like, the company, properties of one's own."""

from __future__ import annotations

from collections.abc import Iterator

from pbreports.ooxml.markup import CORE_PROPERTIES, DUBLIN_CORE, RELATIONSHIPS, parse_xml
from pbreports.ooxml.package import resolve
from pbreports.ooxml.write import Parts
from pbreports.tags.problems import Place
from pbreports.word.filling.content import Node
from pbreports.word.filling.part import CompiledPart
from pbreports.word.filling.plain import compile_texts

_RELATIONSHIPS = "_rels/.rels"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_EXTENDED, _CUSTOM = f"{_OFFICE}/extended-properties", f"{_OFFICE}/custom-properties"
_TEXTS = tuple(f"{{{_OFFICE}/docPropsVTypes}}{name}" for name in ("lpwstr", "lpstr", "bstr"))
_KINDS = ("/core-properties", "/extended-properties", "/custom-properties")
_NAMED = {
    f"{{{DUBLIN_CORE}}}title": "标题",
    f"{{{DUBLIN_CORE}}}subject": "主题",
    f"{{{DUBLIN_CORE}}}creator": "作者",
    f"{{{CORE_PROPERTIES}}}keywords": "标记",
    f"{{{DUBLIN_CORE}}}description": "备注",
    f"{{{CORE_PROPERTIES}}}category": "类别",
    f"{{{CORE_PROPERTIES}}}contentStatus": "状态",
    f"{{{DUBLIN_CORE}}}identifier": "标识",
    f"{{{DUBLIN_CORE}}}language": "语言",
    f"{{{_EXTENDED}}}Company": "单位",
    f"{{{_EXTENDED}}}Manager": "经理",
}
"""The properties in which tags are filled, and what Word calls them."""


def compile_properties(parts: Parts) -> tuple[CompiledPart, ...]:
    """Return the parts of a package's properties that have tags, compiled: core, extended and custom properties."""
    compiled = (_compiled(parts, name) for name in _property_parts(parts))
    return tuple(one for one in compiled if one.program is not None or one.problems)


def _compiled(parts: Parts, name: str) -> CompiledPart:
    root = parse_xml(parts[name], name)
    program, problems = compile_texts(root, _texts(root))
    return CompiledPart(name, program, problems)


def _texts(root: Node) -> Iterator[tuple[Node, Place]]:
    """Yield the properties that may have tags, each with its place."""
    for element in root.iter(*_NAMED):
        yield element, _place(_NAMED[str(element.tag)], element)
    for element in root.iter(*_TEXTS):
        own = next(element.iterancestors(f"{{{_CUSTOM}}}property"), None)
        yield element, _place("各部分标题" if own is None else own.get("name", ""), element)


def _place(name: str, element: Node) -> Place:
    return Place("文档属性", spot=name, text=element.text or "")


def _property_parts(parts: Parts) -> Iterator[str]:
    """Yield the names of the parts that hold properties, as the package's own relationships tell them."""
    if _RELATIONSHIPS not in parts:
        return
    for each in parse_xml(parts[_RELATIONSHIPS], _RELATIONSHIPS).iter(f"{{{RELATIONSHIPS}}}Relationship"):
        name = resolve("", each.get("Target", ""))
        if (each.get("Type") or "").endswith(_KINDS) and name in parts:
            yield name
