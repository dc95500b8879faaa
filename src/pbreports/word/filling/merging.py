"""Makes the styles, lists and notes of an inserted document part of the finished one."""

from __future__ import annotations

import copy
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from pbreports.ooxml.markup import parse_xml, serialize
from pbreports.ooxml.mend import mend_document
from pbreports.tags.program import Fill
from pbreports.word.filling.content import Node
from pbreports.word.filling.documents import Source
from pbreports.word.filling.markup import W, w
from pbreports.word.filling.media import OFFICE_RELATIONSHIPS, Additions, Relationship

STYLES, LISTS = "style", "list"
NOTES = {"footnote": "word/footnotes.xml", "endnote": "word/endnotes.xml"}
"""The kinds of notes, and the parts that hold them."""
_BODY, _STYLES, _NUMBERING = "word/document.xml", "word/styles.xml", "word/numbering.xml"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_STYLE, _VAL, _ID = w("style"), w("val"), w("styleId")
_ABSTRACT, _NUM = w("abstractNum"), w("num")
_ABSTRACT_ID, _NUM_ID = w("abstractNumId"), w("numId")
_SEPARATORS = (
    '<w:{0} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{0}>'
    '<w:{0} w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:{0}>'
)


@dataclass(slots=True)
class Merge:
    """What one insertion needs of the finished document: tokens stand for ids until ``edit`` knows them."""

    source: Source
    number: int
    fill: Fill
    parts: set[str] = field(default_factory=set)
    notes: dict[str, dict[str, Node]] = field(default_factory=lambda: {kind: {} for kind in NOTES})
    _wanted: dict[str, dict[str, str]] = field(default_factory=dict)

    def token(self, what: str, key: str) -> str:
        """Return what stands for the id of a style, a list or a note of the source."""
        self._wanted.setdefault(what, {})[key] = ""
        return f"pb-{what}-{self.number}-{key}"

    def edit(self, parts: dict[str, bytes], wanted: Additions) -> None:
        """Put what is needed into the finished parts, and the ids in the place of their tokens."""
        known = {what: dict(keys) for what, keys in self._wanted.items()}
        if STYLES in known:
            _Styles(self, parts, wanted, known).merge()
        if known.get(LISTS):
            _Lists(self, parts, wanted, known).merge()
        for kind, part in NOTES.items():
            if self.notes[kind]:
                known[kind] = _merge_notes(kind, part, self.notes[kind], parts, wanted)
                self.parts.add(part)
        for part in sorted(self.parts):
            parts[part] = self._resolved(parts[part].decode(), known).encode()
        if known.get(LISTS) and STYLES in known:
            parts[_STYLES] = self._resolved(parts[_STYLES].decode(), known).encode()

    def _resolved(self, text: str, known: Mapping[str, Mapping[str, str]]) -> str:
        token = re.compile(rf'"pb-(\w+)-{self.number}-([^"]*)"')
        return token.sub(lambda one: f'"{known[one[1]].get(one[2]) or one[2]}"', text)


@dataclass(frozen=True, slots=True)
class _Styles:
    """Brings along the styles that the document has not got; one of the same name is the same style."""

    merging: Merge
    parts: dict[str, bytes]
    wanted: Additions
    known: dict[str, dict[str, str]]

    def merge(self) -> None:
        root = _part(self.parts, self.wanted, _STYLES, "styles")
        own = {_key(style): style.get(_ID, "") for style in root.iter(_STYLE)}
        taken = set(own.values())
        theirs = {style.get(_ID, ""): style for style in self._source_styles()}
        brought: list[Node] = []
        waiting = list(self.known[STYLES])
        ids = self.known[STYLES]
        while waiting:
            key = waiting.pop()
            style = theirs.get(key)
            if style is None or ids.get(key):
                continue
            ids[key] = own.get(_key(style)) or self._free(key, taken)
            if _key(style) not in own:
                taken.add(ids[key])
                brought.append(style)
                waiting += [each.get(_VAL, "") for each in style.iter(w("basedOn"), w("link"))]
        if brought:
            _forget_twin(self.parts)
            root.extend([self._adapted(style, ids) for style in brought])
            self.parts[_STYLES] = serialize(root)

    def _source_styles(self) -> Iterator[Node]:
        return self.merging.source.tree(self.merging.source.part_of_kind("styles")).iter(_STYLE)

    def _free(self, key: str, taken: set[str]) -> str:
        return key if key not in taken else f"{key}pb{self.merging.number}"

    def _adapted(self, style: Node, ids: Mapping[str, str]) -> Node:
        """Return a copy that refers to the document's styles, and by token to its lists."""
        made = copy.deepcopy(style)
        made.set(_ID, ids[style.get(_ID, "")])
        made.attrib.pop(w("default"), "")
        for reference in list(made.iter(w("basedOn"), w("link"), w("next"))):
            target = ids.get(reference.get(_VAL, ""))
            if target:
                reference.set(_VAL, target)
            else:
                made.remove(reference)
        for number in made.iter(_NUM_ID):
            if number.get(_VAL) != "0":
                old = number.get(_VAL, "")
                self.known.setdefault(LISTS, {}).setdefault(old, "")
                number.set(_VAL, f"pb-{LISTS}-{self.merging.number}-{old}")
        return made


@dataclass(frozen=True, slots=True)
class _Lists:
    """Brings along the lists of the source, each as a list of its own, so that it begins anew."""

    merging: Merge
    parts: dict[str, bytes]
    wanted: Additions
    known: dict[str, dict[str, str]]

    def merge(self) -> None:
        root = _part(self.parts, self.wanted, _NUMBERING, "numbering")
        theirs = self.merging.source.tree(self.merging.source.part_of_kind("numbering"))
        nums = {num.get(_NUM_ID, ""): num for num in theirs.iter(_NUM)}
        copied: dict[str, str] = {}
        for key in self.known[LISTS]:
            if key in nums:
                self.known[LISTS][key] = self._add(root, theirs, nums[key], copied)
            else:
                self.known[LISTS][key] = "0"
        self.parts[_NUMBERING] = serialize(root)

    def _add(self, root: Node, theirs: Node, num: Node, copied: dict[str, str]) -> str:
        made = copy.deepcopy(num)
        number = str(_highest(root.iter(_NUM), _NUM_ID) + 1)
        made.set(_NUM_ID, number)
        link = made.find(_ABSTRACT_ID)
        if link is not None:
            old = link.get(_VAL, "")
            if old not in copied:
                copied[old] = self._add_abstract(root, theirs, old)
            link.set(_VAL, copied[old])
        last = root.findall(_NUM)
        root.insert(root.index(last[-1]) + 1 if last else len(root.findall(_ABSTRACT)), made)
        return number

    def _add_abstract(self, root: Node, theirs: Node, old: str) -> str:
        made = copy.deepcopy(_definition(theirs, old))
        number = str(_highest(root.iter(_ABSTRACT), _ABSTRACT_ID) + 1)
        made.set(_ABSTRACT_ID, number)
        sign = f"{self.merging.source.digest}{self.merging.number}{old}"
        for nsid in made.iter(w("nsid")):
            nsid.set(_VAL, hashlib.sha256(sign.encode()).hexdigest()[:8].upper())
        for element in list(made.iter(w("lvlPicBulletId"), w("styleLink"), w("pStyle"))):
            element.getparent().remove(element)  # type: ignore[union-attr]
        abstracts = root.findall(_ABSTRACT)
        root.insert(root.index(abstracts[-1]) + 1 if abstracts else len(root.findall(w("numPicBullet"))), made)
        return number


def _definition(theirs: Node, number: str) -> Node:
    """Return the definition of a list; one that is told by a style is found where the style's is."""
    defined = {each.get(_ABSTRACT_ID, ""): each for each in theirs.iter(_ABSTRACT)}
    found = defined.get(number)
    if found is None:
        return etree.Element(_ABSTRACT)
    style = found.find(w("numStyleLink"))
    if style is None:
        return found
    linked = (
        each for each in defined.values() if each.find(f"{w('styleLink')}[@{_VAL}='{style.get(_VAL)}']") is not None
    )
    return next(linked, found)


def _merge_notes(
    kind: str, part: str, notes: Mapping[str, Node], parts: dict[str, bytes], wanted: Additions
) -> dict[str, str]:
    """Add notes to those of the document, and return their new ids by the old ones."""
    root = _part(parts, wanted, part, f"{kind}s", _SEPARATORS.format(kind))
    ids: dict[str, str] = {}
    for key, note in notes.items():
        ids[key] = str(max(_highest(root.iter(w(kind)), w("id")), 0) + 1)
        note.set(w("id"), ids[key])
        root.append(note)
    parts[part] = serialize(root)
    return ids


def _part(parts: dict[str, bytes], wanted: Additions, name: str, kind: str, content: str = "") -> Node:
    """Return the root of a part of the finished document; where there was none, the document has one from now on."""
    if name in parts:
        return parse_xml(parts[name], name)
    wanted.overrides[name] = f"{_KIND}.{kind}+xml"
    relationship = Relationship(f"{OFFICE_RELATIONSHIPS}/{kind}", name)
    wanted.relationships.setdefault(_BODY, {})[relationship.id] = relationship
    return etree.fromstring(f'<w:{kind} xmlns:w="{W}">{content}</w:{kind}>')


def _forget_twin(parts: dict[str, bytes]) -> None:
    """Take away the copy of the styles for Word 2010, which would lack those that come along."""
    kept = mend_document(parts)
    for name in parts.keys() - kept.keys():
        del parts[name]
    parts.update(kept)


def _key(style: Node) -> tuple[str, str]:
    """Return what tells a style: its kind and its name; ids differ with the language of the program."""
    name = style.find(w("name"))
    return style.get(w("type"), ""), ("" if name is None else name.get(_VAL, "")).casefold()


def _highest(elements: Iterator[Node], attribute: str) -> int:
    return max((int(element.get(attribute, "0")) for element in elements), default=0)
