"""How paragraphs and runs really look: theme, defaults, styles, numbering and own properties laid over each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from lxml import etree

from pbreports.ooxml.markup import parse_xml
from pbreports.word.filling.markup import PPR, RPR, w
from pbreports.word.format.paper import Look, Rule, RunLook
from pbreports.word.format.properties import (
    NOTHING,
    OFF,
    Values,
    number,
    paragraph_values,
    run_values,
    twips,
    value_of,
)

_BASED_ON, _RSTYLE = w("basedOn"), w("rStyle")
_TOGGLES = ("bold", "italic", "struck", "hidden")


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by their ids, and what is known of their looks by now."""

    elements: Mapping[str, etree._Element] = field(repr=False)
    fonts: Mapping[str, str] = field(repr=False)
    _defaults: tuple[Values, Values] = field(repr=False)
    default: str
    _chains: dict[str, tuple[Values, Values]] = field(default_factory=dict, repr=False)
    _looks: dict[object, Look] = field(default_factory=dict, repr=False)
    _runs: dict[object, RunLook] = field(default_factory=dict, repr=False)
    _names: dict[str, str] = field(default_factory=dict, repr=False)

    def name(self, key: str) -> str:
        """Return what staff call a style."""
        if key not in self._names:
            found = self.elements.get(key)
            self._names[key] = value_of(found, w("name")) if found is not None else ""
        return self._names[key]

    def chain(self, key: str) -> tuple[Values, Values]:
        """Return the paragraph's and the run's values of a style with those it is based on, defaults left out."""
        if key not in self._chains:
            self._chains[key] = (NOTHING, NOTHING)  # a style that is based on itself
            style = self.elements.get(key)
            if style is not None:
                paragraph, run = self.chain(value_of(style, _BASED_ON))
                own = paragraph_values(style.find(PPR))
                self._chains[key] = ({**paragraph, **own}, {**run, **run_values(style.find(RPR), self.fonts)})
        return self._chains[key]

    def paragraph(self, properties: etree._Element | None, key: str, level: Values, table: str) -> Look:
        """Return how a paragraph of a style looks; ``level`` is what its numbering says of it, ``table`` its table's style."""
        known = (key, table, _nested(properties), tuple(level.items()))
        if known not in self._looks:
            self._looks[known] = self._paragraph(properties, key, level, table)
        return self._looks[known]

    def _paragraph(self, properties: etree._Element | None, key: str, level: Values, table: str) -> Look:
        in_table = self.chain(table)[0] if table else NOTHING
        own = paragraph_values(properties)
        named = self.chain(key)[0]
        numbered = level if "numbering" in own or "numbering" in named else NOTHING
        # What a style says itself stands over the level it is numbered by; a paragraph's own numbering over its style.
        layers = (named, numbered) if "numbering" in own else (numbered, named)
        values = {**self._defaults[0], **in_table, **layers[0], **layers[1], **own}
        return _look(values, self.name(key))

    def run(self, properties: etree._Element | None, paragraph: str, table: str) -> RunLook:
        """Return how a run looks in a paragraph of a style."""
        key = (paragraph, table, _signature(properties))
        if key not in self._runs:
            self._runs[key] = self._run(properties, paragraph, table)
        return self._runs[key]

    def _run(self, properties: etree._Element | None, paragraph: str, table: str) -> RunLook:
        own = run_values(properties, self.fonts)
        in_paragraph = self.chain(paragraph)[1]
        character = value_of(properties, _RSTYLE) if properties is not None else ""
        named = self.chain(character)[1] if character else NOTHING
        in_table = self.chain(table)[1] if table else NOTHING
        values = {**self._defaults[1], **in_table, **in_paragraph, **named, **own}
        # Such properties of a paragraph's and a character's style cancel each other (17.7.3).
        for name in _TOGGLES:
            if name in named and name not in own and name in in_paragraph:
                values[name] = "1" if named[name] != in_paragraph[name] else "0"
        return _run_look(values)


def _nested(properties: etree._Element | None) -> object:
    """Return what tells the properties of paragraphs apart, those of its mark and of its section left aside."""
    if properties is None:
        return None
    return tuple(
        (one.tag, tuple(one.attrib.items()), _signature(one) if len(one) else None)
        for one in properties
        if one.tag not in _ELSEWHERE
    )


_ELSEWHERE = frozenset({RPR, w("sectPr"), w("pPrChange")})


def _signature(properties: etree._Element | None) -> object:
    if properties is None:
        return None
    return tuple((one.tag, *one.attrib.items()) for one in properties)


@lru_cache(maxsize=16)
def styles_of(data: bytes, fonts: tuple[tuple[str, str], ...]) -> Styles:
    """Return the styles in the part ``styles.xml`` under a theme's fonts; papers of one template share theirs."""
    root = parse_xml(data, "word/styles.xml") if data else etree.Element(w("styles"))
    theme = dict(fonts)
    elements = {style.get(w("styleId"), ""): style for style in root.iter(w("style"))}
    defaults = root.find(w("docDefaults"))
    found: tuple[Values, Values] = (NOTHING, NOTHING)
    if defaults is not None:
        paragraph = paragraph_values(defaults.find(f"{w('pPrDefault')}/{PPR}"))
        found = (paragraph, run_values(defaults.find(f"{w('rPrDefault')}/{RPR}"), theme))
    return Styles(elements, MappingProxyType(theme), found, _default(elements))


def _default(elements: Mapping[str, etree._Element]) -> str:
    """Return the id of the style that paragraphs without one have."""
    for key, style in elements.items():
        if style.get(w("type"), "paragraph") == "paragraph" and style.get(w("default"), "0") not in OFF:
            return key
    return ""


def _run_look(values: Values) -> RunLook:
    color = values.get("color", "auto")
    return RunLook(
        east=values.get("east", "Times New Roman"),
        latin=values.get("latin", "Times New Roman"),
        other=values.get("other", "Times New Roman"),
        hint=values.get("hint", "") == "eastAsia",
        size=number(values.get("size"), 20) / 2,
        bold=values.get("bold", "0") == "1",
        italic=values.get("italic", "0") == "1",
        underlined=values.get("underlined", "none") != "none",
        struck=values.get("struck", "0") == "1",
        hidden=values.get("hidden", "0") == "1",
        color="000000" if color == "auto" else color.upper(),
        spacing=twips(values.get("spacing")),
        scale=number(values.get("scale"), 100),
    )


def _look(values: Values, style: str) -> Look:
    rule = values.get("rule", "auto")
    line = number(values.get("line"), 240)
    first, first_chars = _first(values)
    return Look(
        align=values.get("align", "left"),
        left=twips(values.get("left")),
        right=twips(values.get("right")),
        first=first,
        left_chars=_chars(values.get("leftChars")),
        right_chars=_chars(values.get("rightChars")),
        first_chars=first_chars,
        before=_white(values, "before"),
        after=_white(values, "after"),
        line=line / 240 if rule == "auto" else line / 20,
        rule=rule,
        snaps=values.get("snaps", "1") not in OFF,
        new_page=values.get("new_page", "0") not in OFF,
        style=style,
        tabs=tuple(twips(stop) for stop in values.get("tabs", "").split()),
        rules=tuple(_rules(values)),
    )


def _first(values: Values) -> tuple[float, float | None]:
    """Return the first line's indent in points and, where it is said so, in characters."""
    if "hanging" in values and number(values.get("hanging"), 0):
        first = -twips(values.get("hanging"))
    else:
        first = twips(values.get("first"))
    hanging, leading = _chars(values.get("hangingChars")), _chars(values.get("firstChars"))
    return first, -hanging if hanging else leading


def _chars(hundredths: str | None) -> float | None:
    """Return hundredths of a character as characters; none at all leaves the word to the points."""
    return number(hundredths, 0) / 100 or None


_LINE = 12.0
"""What Word takes a line for that white is given in hundredths of, in points."""


def _white(values: Values, side: str) -> float:
    """Return the white above or below a paragraph, which may be given in lines or left to Word (14 points)."""
    if values.get(f"{side}Auto", "0") not in OFF:
        return 14.0
    lines = values.get(f"{side}Lines")
    return number(lines, 0) / 100 * _LINE if lines and number(lines, 0) else twips(values.get(side))


def _rules(values: Values) -> Iterator[Rule]:
    for side in ("top", "bottom"):
        said = values.get(f"border_{side}")
        if said:
            kind, size, space, color = said.split("|")
            thickness, distance = number(size, 0) / 8, number(space, 0)
            yield Rule(side, kind, thickness, distance, 0.0, "000000" if color == "auto" else color.upper())
