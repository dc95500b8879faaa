"""Puts the contents of a document into another: what they refer to comes along, and every number is made anew."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from pbreports.tags.program import Fill
from pbreports.word.filling.content import Node
from pbreports.word.filling.documents import Source
from pbreports.word.filling.markup import MC, WP, W, remove, w
from pbreports.word.filling.media import IMAGE, OFFICE_RELATIONSHIPS, Relationship, additions, related
from pbreports.word.filling.merging import LISTS, NOTES, STYLES, Merge
from pbreports.word.filling.pictures import DRAWINGS

_OFFICE_VML = "{urn:schemas-microsoft-com:office:office}relid"
_STYLED = (w("pStyle"), w("rStyle"), w("tblStyle"))
# CT_PPrBase, ECMA-376 part 1, 17.3.1.26: what stands before the list.
_BEFORE_LIST = frozenset(w(name) for name in "pStyle keepNext keepLines pageBreakBefore framePr widowControl".split())
_STARTS, _ENDS = w("bookmarkStart"), w("bookmarkEnd")
_WORD = re.compile(r"[^\s\\\"]+")
_LONGEST_BOOKMARK = 40


def inserted(source: Source, part: str, fill: Fill) -> str:
    """Return the markup of a document's body for a place in a part.

    What depends on the finished document (ids of styles, lists and notes) is told by tokens until ``media.added``.
    """
    number = fill.next("subdocument")
    merge = Merge(source, number, fill)
    insertion = _Insertion(source, number, fill, merge)
    body = etree.fromstring(source.body)
    insertion.adapt(body, source.body_part, part)
    merge.parts.add(part)
    for kind, target in NOTES.items():
        for note in merge.notes[kind].values():
            insertion.adapt(note, source.part_of_kind(f"{kind}s"), target)
    additions(fill).edits.append(merge.edit)
    return "".join(_markup(child) for child in body)


@dataclass(slots=True)
class _Insertion:
    """One document's way into another."""

    source: Source
    number: int
    fill: Fill
    merge: Merge
    _carried: dict[str, str] = field(default_factory=dict)
    _bookmarks: dict[str, str] = field(default_factory=dict)

    def adapt(self, tree: Node, source_part: str, target_part: str) -> None:
        """Make the markup of one of the source's parts fit for a part of the other document."""
        self._relate(tree, source_part, target_part)
        self._number_anew(tree)
        self._rename_bookmarks(tree)
        for style in list(tree.iter(w("pStyle"))):
            self._number_by_itself(style)
        for element in tree.iter(*_STYLED):
            element.set(w("val"), self.merge.token(STYLES, element.get(w("val"), "")))
        for element in tree.iter(w("numId")):
            if element.get(w("val")) != "0":
                element.set(w("val"), self.merge.token(LISTS, element.get(w("val"), "")))
        for kind in NOTES:
            references = list(tree.iter(w(f"{kind}Reference")))
            known = self.source.notes(kind) if references else {}
            for element in references:
                self._refer_to_note(element, kind, known)

    def _number_by_itself(self, style: Node) -> None:
        """Number a paragraph by the source's list where its style did, since the style may be of another list here."""
        properties = style.getparent()
        found = self.source.numbered_styles.get(style.get(w("val"), ""))
        if found is None or properties is None or properties.find(w("numPr")) is not None:
            return
        numbering = etree.Element(w("numPr"))
        for name, value in (("ilvl", found[1]), ("numId", found[0])):
            etree.SubElement(numbering, w(name)).set(w("val"), value)
        properties.insert(sum(each.tag in _BEFORE_LIST for each in properties), numbering)

    def _refer_to_note(self, reference: Node, kind: str, known: Mapping[str, Node]) -> None:
        key = reference.get(w("id"), "")
        if key in known:
            self.merge.notes[kind].setdefault(key, known[key])
            reference.set(w("id"), self.merge.token(kind, key))
        else:
            remove(reference)

    def _relate(self, tree: Node, source_part: str, target_part: str) -> None:
        """Have every reference to another part or an address lead to the same from the new place."""
        known = self.source.relationships(source_part)
        for element in tree.iter(etree.Element):
            for name in [name for name in element.attrib if _refers(str(name))]:
                relationship = known.get(element.get(name, ""))
                carried = self._carry(relationship) if relationship else None
                if carried is None:
                    del element.attrib[name]
                else:
                    element.set(name, related(self.fill, target_part, carried))

    def _carry(self, relationship: Relationship) -> Relationship | None:
        """Return a relationship to what the package will hold; ``None`` when the source lacks the part."""
        if relationship.external:
            return relationship
        if relationship.target not in self.source.parts:
            return None
        return Relationship(relationship.kind, self._copied(relationship.target, relationship.kind))

    def _copied(self, part: str, kind: str) -> str:
        """Return the name under which a part of the source, and all that it refers to, will be in the package."""
        if part in self._carried:
            return self._carried[part]
        folder, file = posixpath.split(part)
        own = "" if kind == IMAGE else f"x{self.number}"  # the same picture is held once, however often it is shown
        self._carried[part] = name = f"{folder}/pb{self.source.digest[:12]}{own}_{file}"
        wanted = additions(self.fill)
        wanted.parts[name] = self.source.parts[part]
        wanted.overrides[name] = self.source.content_type(part)
        for key, relationship in self.source.relationships(part).items():
            carried = self._carry(relationship)
            if carried is not None:
                wanted.relationships.setdefault(name, {})[key] = carried
        return name

    def _number_anew(self, tree: Node) -> None:
        for element in tree.iter(f"{{{WP}}}docPr"):
            element.set("id", str(self.fill.next(DRAWINGS)))
        numbers: dict[str | None, str] = {}
        for element in list(tree.iter(_STARTS, _ENDS)):
            if element.get(w("name")) == "_GoBack":
                numbers[element.get(w("id"))] = ""
            old = element.get(w("id"))
            if old not in numbers:
                numbers[old] = str(self.fill.next("bookmark"))
            if numbers[old]:
                element.set(w("id"), numbers[old])
            else:
                remove(element)

    def _rename_bookmarks(self, tree: Node) -> None:
        """Give bookmarks names that no other has, and call them so wherever they are referred to."""
        for element in tree.iter(_STARTS):
            old = element.get(w("name"), "")
            end = f"_pb{self.number}"
            self._bookmarks[old] = f"{old[: _LONGEST_BOOKMARK - len(end)]}{end}"
            element.set(w("name"), self._bookmarks[old])
        for element in tree.iter(w("hyperlink")):
            if (anchor := element.get(w("anchor"))) in self._bookmarks:
                element.set(w("anchor"), self._bookmarks[anchor])
        for element in tree.iter(w("instrText")):
            element.text = self._in_field(element.text or "")
        for element in tree.iter(w("fldSimple")):
            element.set(w("instr"), self._in_field(element.get(w("instr"), "")))

    def _in_field(self, instruction: str) -> str:
        return _WORD.sub(lambda one: self._bookmarks.get(one[0], one[0]), instruction)


def _refers(attribute: str) -> bool:
    return attribute.startswith(f"{{{OFFICE_RELATIONSHIPS}}}") or attribute == _OFFICE_VML


def _markup(element: Node) -> str:
    """Return an element as markup with no more namespaces than it needs."""
    alone = etree.fromstring(etree.tostring(element, with_tail=False))
    etree.cleanup_namespaces(alone, keep_ns_prefixes=list(_required(alone)))
    return etree.tostring(alone, encoding="unicode").replace(f' xmlns:w="{W}"', "")


def _required(element: Node) -> Iterator[str]:
    """Yield the prefixes that alternatives name in an attribute."""
    for choice in element.iter(f"{{{MC}}}Choice"):
        yield from (choice.get("Requires") or "").split()
