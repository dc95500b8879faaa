"""The last touches to the tree of a part: containers that never run empty, text boxes said once, numbers that stay unique."""

from __future__ import annotations

from lxml import etree

from pbreports.tags.blocks import opens_block
from pbreports.tags.problems import Place
from pbreports.tags.program import Fill, Write
from pbreports.word.filling.captures import ended_with_paragraph, in_fallback, kept_if_rows, with_cell
from pbreports.word.filling.content import Node
from pbreports.word.filling.markup import (
    BOX,
    CONTAINERS,
    FALLBACK,
    INLINE,
    MC,
    PPR,
    TBL,
    TC,
    TCPR,
    TR,
    WP,
    P,
    marks_in,
    nearest,
    number_of,
    remove,
    serialized,
    w,
)
from pbreports.word.filling.registry import Registry
from pbreports.word.filling.writer import raw

_HEADS = frozenset({TCPR, w("tblPr"), w("tblGrid")})
_CONTROL, _CONTROL_ID = w("sdtPr"), w("id")
_DOCPR = f"{{{WP}}}docPr"
_VML = "urn:schemas-microsoft-com:vml"
_SHAPE_TYPE, _SHAPE_ID = f"{{{_VML}}}shapetype", "{urn:schemas-microsoft-com:office:office}spid"
_START, _END = w("bookmarkStart"), w("bookmarkEnd")


def finish(root: Node, registry: Registry) -> None:
    """Guard containers and tables against running empty, render text boxes once, and make numbers in loops unique."""
    for container in list(root.iter(*CONTAINERS)):
        if (
            nearest(container, FALLBACK) is None
            and not _ends_surely(container, registry)
            and is_whole(container, registry)
        ):
            _capture(container, registry, ended_with_paragraph(_properties(container)))
    for row in list(root.iter(TR)):
        if nearest(row, FALLBACK) is None and not _has_sure(row, TC, registry) and is_whole(row, registry):
            registry.capture_around(row, with_cell)
    for table in list(root.iter(TBL)):
        if nearest(table, FALLBACK) is None and not _has_sure(table, TR, registry) and is_whole(table, registry):
            registry.capture_around(table, kept_if_rows)
    for alternate in list(root.iter(f"{{{MC}}}AlternateContent")):
        _once(alternate, registry)
    _number_anew(root, registry)


def _depths(element: Node, registry: Registry) -> list[tuple[Node, int]]:
    """Return the children of an element, each with how many blocks are open around it."""
    found: list[tuple[Node, int]] = []
    depth = 0
    for child in element:
        number = number_of(child)
        depth += _change(number, registry)
        if number is None:
            found.append((child, depth))
    return found


def _change(number: int | None, registry: Registry) -> int:
    """Return 1 for a tag that opens a block, -1 for one that closes it, else 0."""
    marked = registry.tags.get(number) if number is not None else None
    if marked is None:
        return 0
    if opens_block(marked.tag):
        return 1
    return -1 if marked.tag.keyword.startswith("end") else 0


def is_whole(element: Node, registry: Registry) -> bool:
    """Return whether every block that begins in an element ends in it; only such an element can be caught."""
    depth = 0
    for mark in marks_in(element):
        depth += _change(number_of(mark), registry)
        if depth < 0:
            return False
    return depth == 0


def _ends_surely(container: Node, registry: Registry) -> bool:
    if not any(number_of(child) is not None for child in container):
        return True
    children = _depths(container, registry)
    return bool(children) and children[-1][0].tag == P and children[-1][1] == 0 and number_of(container[-1]) is None


def _has_sure(element: Node, wanted: str, registry: Registry) -> bool:
    """Return whether some child of a kind is never left out; without tags between the children none is."""
    children = [(child, depth) for child, depth in _depths(element, registry) if child.tag == wanted]
    return any(depth == 0 for _, depth in children) or not any(number_of(child) is not None for child in element)


def _properties(container: Node) -> str:
    """Return the look of the first paragraph of a container, for the one that stands when all others are gone."""
    return serialized(next((one.find(PPR) for one in container.iter(P)), None))


def _capture(container: Node, registry: Registry, write: Write) -> str:
    """Have what a container holds caught and written at its end; return the name that it was caught under."""
    begin, name = registry.capture()
    container.insert(sum(child.tag in _HEADS for child in container), begin)
    container.append(registry.control("endset", Place()))
    container.append(registry.value(name, Place(), write))
    return name


def _once(alternate: Node, registry: Registry) -> None:
    """Write the result of a text box into its copy for older programs too, instead of filling that one as well."""
    choice, fallback = alternate.find(f"{{{MC}}}Choice"), alternate.find(FALLBACK)
    if choice is None or fallback is None:
        return
    for box, copied in zip(choice.iter(BOX), fallback.iter(BOX), strict=False):
        if next(marks_in(box), None) is None or not is_whole(box, registry):
            continue
        name = _capture(box, registry, raw)
        for child in list(copied):
            remove(child)
        copied.append(registry.value(name, Place(), in_fallback))


def _number_anew(root: Node, registry: Registry) -> None:
    """Give drawings and bookmarks that are repeated numbers (and names) of their own each time."""
    depth = 0
    for node in list(root.iter()):
        number = number_of(node)
        if depth > 0 and node.tag == _CONTROL_ID and node.getparent().tag == _CONTROL:  # type: ignore[union-attr]
            remove(node)  # it need not have one
        elif number is not None:
            depth += _change(number, registry) if _repeats(number, registry) else 0
        elif depth > 0 and node.tag == _DOCPR:
            node.set("id", _fresh(registry, lambda _, fill: str(fill.next("docPr"))))
        elif depth > 0 and str(node.tag).startswith(f"{{{_VML}}}") and node.get("id") and node.tag != _SHAPE_TYPE:
            node.set("id", _fresh(registry, lambda _, fill: f"_pb_s{fill.next('shape')}"))
            node.attrib.pop(_SHAPE_ID, "")
        elif depth > 0 and node.tag in {_START, _END}:
            _renumber_bookmark(node, registry)


def _repeats(number: int, registry: Registry) -> bool:
    marked = registry.tags.get(number)
    return marked is not None and marked.tag.keyword.removeprefix("end") in {"for", "macro", "call"}


def _fresh(registry: Registry, write: Write) -> str:
    return f"{INLINE[0]}{registry.inline(chr(39) * 2, Place(), write)}{INLINE[1]}"


def _renumber_bookmark(node: etree._Element, registry: Registry) -> None:
    number = node.get(w("id"), "")
    if node.tag == _END:
        node.set(w("id"), _fresh(registry, lambda _, fill: str(fill.extra.get(f"bookmark {number}", number))))
        return
    name = node.get(w("name"), "")
    node.set(w("id"), _fresh(registry, lambda _, fill: _next_bookmark(number, fill)))
    node.set(w("name"), _fresh(registry, lambda _, fill: _next_name(name, fill)))


def _next_bookmark(number: str, fill: Fill) -> str:
    fill.extra[f"bookmark {number}"] = fresh = fill.next("bookmark")
    return str(fresh)


def _next_name(name: str, fill: Fill) -> str:
    count = fill.next(f"name {name}")
    return name if count == 1 else f"{name[:35]}_{count}"
