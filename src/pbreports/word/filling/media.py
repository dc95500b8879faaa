"""What values bring into a package besides text: pictures, addresses of links, parts of other documents."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from pbreports.ooxml.markup import CONTENT_TYPES, RELATIONSHIPS, parse_xml, serialize
from pbreports.ooxml.package import relationships_of
from pbreports.ooxml.write import Parts
from pbreports.tags.program import Fill

OFFICE_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
IMAGE, HYPERLINK = f"{OFFICE_RELATIONSHIPS}/image", f"{OFFICE_RELATIONSHIPS}/hyperlink"
RELATIONSHIP_IDS = "relationship ids"
"""Where a filling keeps the ids of the template's own relationships: part → ids."""
_TYPES = "[Content_Types].xml"
_KEY = "media"
_NO_RELATIONSHIPS = f'<Relationships xmlns="{RELATIONSHIPS}"/>'.encode()


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship of a part: its kind (a URI) and its target, another part's name or an address outside."""

    kind: str
    target: str
    external: bool = False

    @property
    def id(self) -> str:
        """Return the id, made from the content, so that the same target has the same id in every rendering."""
        content = f"{self.kind}\n{self.target}"
        return f"pb{hashlib.sha256(content.encode()).hexdigest()[:12]}"


@dataclass(slots=True)
class Additions:
    """What the values of one rendering add: parts, the types of their extensions, relationships by part and id.

    ``edits`` change the finished parts in order, for what depends on what the template has (styles, lists); they may add
    to what is added.
    """

    parts: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, str] = field(default_factory=dict)
    relationships: dict[str, dict[str, Relationship]] = field(default_factory=dict)
    edits: list[Callable[[dict[str, bytes], Additions], None]] = field(default_factory=list)


def additions(fill: Fill) -> Additions:
    """Return what has been added in this rendering so far, to add more."""
    made: Additions = fill.extra.setdefault(_KEY, Additions())
    return made


def related(fill: Fill, part: str, relationship: Relationship) -> str:
    """Return the id under which a part will have a relationship."""
    additions(fill).relationships.setdefault(part, {})[relationship.id] = relationship
    return relationship.id


def picture_part(fill: Fill, data: bytes, digest: str, extension: str, content_type: str) -> str:
    """Return the name of the part that will hold a picture; the same picture is held once."""
    name = f"word/media/pb{digest[:16]}.{extension}"
    added_so_far = additions(fill)
    added_so_far.parts[name] = data
    added_so_far.types[extension] = content_type
    return name


def added(parts: Parts, fill: Fill) -> Parts:
    """Return the finished parts of a document with what the values of the rendering have brought.

    Only the content types, the relationships that grew and what came new differ; every other part is the same object.
    """
    wanted: Additions | None = fill.extra.get(_KEY)
    if wanted is None:
        return parts
    grown = dict(parts)
    for edit in wanted.edits:
        edit(grown, wanted)
    grown = {**wanted.parts, **grown}
    grown[_TYPES] = _with_types(grown[_TYPES], wanted)
    for part, relationships in wanted.relationships.items():
        name = relationships_of(part)
        grown[name] = with_relationships(grown.get(name, _NO_RELATIONSHIPS), part, relationships)
    return grown


def with_relationships(data: bytes, part: str, wanted: Mapping[str, Relationship]) -> bytes:
    """Return the relationships of a part with more of them; an id that is there already stays as it is."""
    root = parse_xml(data, relationships_of(part))
    present = {element.get("Id") for element in root}
    missing = {key: each for key, each in wanted.items() if key not in present}
    for key, each in missing.items():
        element = etree.SubElement(root, f"{{{RELATIONSHIPS}}}Relationship", Id=key, Type=each.kind)
        if each.external:
            element.set("Target", each.target)
            element.set("TargetMode", "External")
        else:
            element.set("Target", posixpath.relpath(each.target, posixpath.dirname(part) or "."))
    return serialize(root) if missing else data


def _with_types(data: bytes, wanted: Additions) -> bytes:
    root = parse_xml(data, _TYPES)
    known = {(element.get("Extension") or "").casefold() for element in root}
    named = {element.get("PartName") for element in root}
    missing = {extension: kind for extension, kind in wanted.types.items() if extension not in known}
    for place, (extension, kind) in enumerate(sorted(missing.items())):
        root.insert(place, etree.Element(f"{{{CONTENT_TYPES}}}Default", Extension=extension, ContentType=kind))
    more = {f"/{part}": kind for part, kind in wanted.overrides.items() if f"/{part}" not in named}
    for part, kind in sorted(more.items()):
        etree.SubElement(root, f"{{{CONTENT_TYPES}}}Override", PartName=part, ContentType=kind)
    return serialize(root) if missing or more else data
