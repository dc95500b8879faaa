"""How paragraphs and runs look once defaults, styles and their own properties are laid over each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from lxml import etree

from pbreports.ooxml.markup import parse_xml
from pbreports.word.filling.content import Node
from pbreports.word.filling.markup import PPR, RPR, w

Values = Mapping[str, str]

_VAL, _NAME, _BASED_ON = w("val"), w("name"), w("basedOn")
_PSTYLE, _RSTYLE = w("pStyle"), w("rStyle")
_TWIPS = 20
_OFF = frozenset({"0", "false", "off", "none"})
_SPACING, _SIZE, _IND, _TABS = w("spacing"), w("sz"), w("ind"), w("tabs")
_PITCH = {w("line"): "line", w("lineRule"): "rule", w("before"): "before", w("after"): "after"}
_FLAGS = {w("snapToGrid"): "snapToGrid", w("pageBreakBefore"): "pageBreakBefore"}
_INDENTS = {
    "left": "left",
    "start": "left",
    "right": "right",
    "end": "right",
    "firstLine": "first",
    "hanging": "hanging",
}
_NOTHING: Values = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph looks; lengths in points.

    ``size`` is that of its font, ``extra`` what is put behind each character; its runs may say otherwise. ``first`` is what the first line is indented beyond the others, less than nothing where it hangs out. ``line`` is the
    pitch for the rules ``exact`` and ``atLeast``, a multiple of one line for ``auto``. ``snaps`` that lines keep to the section's grid, ``new_page`` that it begins a page.
    """

    size: float
    extra: float
    line: float
    rule: str
    before: float
    after: float
    left: float
    right: float
    first: float
    tabs: tuple[float, ...]
    snaps: bool
    new_page: bool
    style: str


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by their ids."""

    _elements: Mapping[str, Node] = field(repr=False)
    _defaults: Values = field(repr=False)
    _default: str
    _known: dict[str, Values] = field(default_factory=dict, repr=False)
    _looks: dict[str, Look] = field(default_factory=dict, repr=False)

    def name(self, key: str) -> str:
        """Return what staff call a style."""
        found = self._elements.get(key)
        named = found.find(_NAME) if found is not None else None
        return named.get(_VAL, "") if named is not None else ""

    def look(self, paragraph: Node) -> Look:
        """Return how a paragraph looks, its runs' own properties left aside."""
        own = paragraph.find(PPR)
        key = _style_of(own, _PSTYLE) or self._default
        values = paragraph_values(own)
        if values:
            return _look({**self.of(key), **values}, self.name(key))
        if key not in self._looks:
            self._looks[key] = _look(self.of(key), self.name(key))
        return self._looks[key]

    def of_run(self, run: Node, look: Look) -> tuple[float, float]:
        """Return the font size of a run of a paragraph and the space behind each of its characters, in points."""
        own = run.find(RPR)
        named = self._chain(key) if (key := _style_of(own, _RSTYLE)) else _NOTHING
        values = {**named, **run_values(own)}
        size, extra = values.get("size"), values.get("spacing")
        return float(size) / 2 if size else look.size, points(extra) if extra else look.extra

    def of(self, key: str) -> Values:
        """Return the values of a paragraph style over the document's defaults."""
        return {**self._defaults, **self._chain(key)}

    def margins(self, key: str) -> Mapping[str, float]:
        """Return the white inside the cells of a table style by side, in points."""
        found: dict[str, float] = {}
        while (style := self._elements.get(key)) is not None:
            found = {**cell_margins(style.find(f"{w('tblPr')}/{w('tblCellMar')}")), **found}
            key = _style_of(style, _BASED_ON)
        return found

    def _chain(self, key: str) -> Values:
        if key not in self._known:
            self._known[key] = _NOTHING  # a style that is based on itself
            style = self._elements.get(key)
            if style is not None:
                based = self._chain(_style_of(style, _BASED_ON))
                own = {**paragraph_values(style.find(PPR)), **run_values(style.find(RPR))}
                self._known[key] = {**based, **own}
        return self._known[key]


@lru_cache(maxsize=16)
def styles_of(data: bytes) -> Styles:
    """Return the styles in the part ``styles.xml``; none for an empty part. One template's papers share theirs."""
    root = parse_xml(data, "word/styles.xml") if data else etree.Element(w("styles"))
    elements = {style.get(w("styleId"), ""): style for style in root.iter(w("style"))}
    kinds = ((key, style.get(w("type")), style.get(w("default"), "0")) for key, style in elements.items())
    default = next((key for key, kind, is_default in kinds if kind == "paragraph" and is_default not in _OFF), "")
    defaults = root.find(w("docDefaults"))
    values = (
        {}
        if defaults is None
        else {
            **paragraph_values(defaults.find(f"{w('pPrDefault')}/{PPR}")),
            **run_values(defaults.find(f"{w('rPrDefault')}/{RPR}")),
        }
    )
    return Styles(elements, values, default)


def paragraph_values(properties: Node | None) -> dict[str, str]:
    """Return what a ``w:pPr`` says of pitch, white, indents, tabs and breaks, as written."""
    found: dict[str, str] = {}
    for element in properties if properties is not None else ():
        if element.tag == _SPACING:
            found |= {name: value for tag, name in _PITCH.items() if (value := element.get(tag)) is not None}
            if "line" in found:
                found.setdefault("rule", "auto")
        elif element.tag == _IND:
            found |= _indents(element)
        elif element.tag == _TABS:
            stops = (tab for tab in element if tab.get(_VAL) not in {"clear", "bar"})
            found["tabs"] = " ".join(tab.get(w("pos"), "0") for tab in stops)
        elif element.tag in _FLAGS:
            found[_FLAGS[str(element.tag)]] = element.get(_VAL, "1")
    return found


def _indents(element: Node) -> dict[str, str]:
    """Return what a ``w:ind`` says; of a first line that hangs and one that is indented the one said last counts."""
    found = {_INDENTS[each]: value for each in _INDENTS if (value := element.get(w(each))) is not None}
    if "hanging" in found:
        found["first"] = f"-{found.pop('hanging')}"
    for name, said in (("left", "leftChars"), ("right", "rightChars"), ("first", "firstLineChars")):
        if (chars := element.get(w(said))) not in {None, "0"}:
            found[f"{name}Chars"] = str(chars)
    return found


def run_values(properties: Node | None) -> dict[str, str]:
    """Return what a ``w:rPr`` says of font size and spacing, as written."""
    found: dict[str, str] = {}
    for element in properties if properties is not None else ():
        if element.tag == _SIZE:
            found["size"] = element.get(_VAL, "20")
        elif element.tag == _SPACING:
            found["spacing"] = element.get(_VAL, "0")
    return found


def cell_margins(element: Node | None) -> dict[str, float]:
    """Return the white that a ``w:tblCellMar`` or ``w:tcMar`` puts at the sides of cells, in points."""
    names = {"start": "left", "end": "right"}
    sides = ((etree.QName(side).localname, side) for side in (element if element is not None else ()))
    return {names.get(name, name): points(side.get(w("w"))) for name, side in sides}


def points(twips: str | None) -> float:
    """Return twentieths of a point, as written, in points; nothing for what is no number."""
    try:
        return float(twips or 0) / _TWIPS
    except ValueError:
        return 0.0


def _look(values: Values, style: str) -> Look:
    rule = values.get("rule", "auto")
    line = float(values.get("line", "240"))
    size = float(values.get("size", "20")) / 2
    return Look(
        size=size,
        extra=points(values.get("spacing")),
        line=line / 240 if rule == "auto" else line / _TWIPS,
        rule=rule,
        before=points(values.get("before")),
        after=points(values.get("after")),
        left=_indent(values, "left", size),
        right=_indent(values, "right", size),
        first=_indent(values, "first", size),
        tabs=tuple(points(stop) for stop in values.get("tabs", "").split()),
        snaps=values.get("snapToGrid", "1") not in _OFF,
        new_page=values.get("pageBreakBefore", "0") not in _OFF,
        style=style,
    )


def _indent(values: Values, name: str, size: float) -> float:
    """Return an indent: the wider one where it is said both in points and in characters."""
    said = points(values.get(name))
    chars = values.get(f"{name}Chars")
    return max(said, float(chars) / 100 * size) if chars else said


def _style_of(properties: Node | None, tag: str) -> str:
    found = properties.find(tag) if properties is not None else None
    return found.get(_VAL, "") if found is not None else ""
