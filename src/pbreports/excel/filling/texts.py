"""Texts outside the cells that hold tags: headings of pages, titles of sheets, shapes, charts, notes, properties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from pbreports.excel.filling.cells import text_of, words_of
from pbreports.excel.filling.scope import Scope, lists_in
from pbreports.excel.filling.signs import ROW
from pbreports.excel.filling.strings import (
    DRAWING,
    Run,
    drawn_runs,
    fragments,
    literal,
    looks_tagged,
    runs_in,
)
from pbreports.ooxml.markup import CORE_PROPERTIES, DUBLIN_CORE, SPREADSHEET, parse_xml, serialize
from pbreports.tags.blocks import paired
from pbreports.tags.problems import Place, Problem
from pbreports.tags.program import Fill, Piece, Program, Slot, Write, assemble
from pbreports.tags.tokens import Kind, Tag

_MARK = re.compile(r"<\?pb (\d+)\?>")
LONGEST_HEADING = 255
"""Signs that Excel takes in a page's header or footer (its specifications and limits)."""
_HEADINGS = {
    "oddHeader": "页眉",
    "oddFooter": "页脚",
    "evenHeader": "偶数页页眉",
    "evenFooter": "偶数页页脚",
    "firstHeader": "首页页眉",
    "firstFooter": "首页页脚",
}


@dataclass(frozen=True)
class Texts:
    """Texts with tags as one program that writes them one after another; nothing where there are none."""

    program: Program | None = None
    problems: tuple[Problem, ...] = ()
    places: tuple[Place, ...] = ()

    def told(self, values: Mapping[str, object], fill: Fill) -> list[str]:
        """Return the texts with values in them, in order; raises ``Failed`` as programs do."""
        return self.program.run(values, fill).split(ROW)[1:] if self.program else []


@dataclass(slots=True)
class Gathered:
    """Gathers texts with tags and compiles them together."""

    scope: Scope
    pieces: list[Piece] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    def add(self, runs: Sequence[Run], place: Place, write: Write, *, run: tuple[str, str] | None = None) -> int | None:
        """Take a text and return its number, ``None`` when it holds no tag; ``run`` are the marks around each run."""
        text = "".join(one.text for one in runs)
        if not looks_tagged(text):
            return None
        found, problems = fragments(runs, place)
        self.problems += problems
        tags = [one.item for one in found if isinstance(one.item, Tag)]
        if not tags or not self._sound(tags, place):
            return None
        self.places.append(place)
        self.pieces.append(ROW)
        for one in found:
            before, after = (run[0].format(one.properties), run[1]) if run else ("", "")
            if isinstance(one.item, str):
                self.pieces.append(f"{before}{literal(one.item) if run else one.item}{after}")
                continue
            where = Place(place.part, place.heading, place.spot, one.item.text)
            if one.item.kind is Kind.CONTROL:
                self.pieces.append(Slot(where, self.scope.source(one.item.body)))
            else:
                slot = Slot(where, self.scope.source(one.item.body), write)
                self.pieces += [before, slot, after] if before else [slot]
        return len(self.places) - 1

    def _sound(self, tags: Sequence[Tag], place: Place) -> bool:
        """Return whether tags are paired and none speaks of a list's columns, for which only rows repeat."""
        before = len(self.problems)
        for one in paired(tags)[1]:
            where = Place(place.part, "", place.spot, tags[one.tag].text)
            self.problems.append(Problem("T-07" if one.unknown else "T-06", where, one.what, one.remedy))
        if lists := lists_in(tags, self.scope):
            named = ".".join(lists[0])
            what = f"这里不能逐行写名单“{named}”"
            self.problems.append(Problem("T-42", place, what, f'请写在表格的行里，或用 {named}|列("列")|顿号 连成一句'))
        return len(self.problems) == before

    def compiled(self) -> Texts:
        """Return what has been gathered."""
        if not self.pieces:
            return Texts(None, tuple(self.problems))
        program, unread = assemble(self.pieces)
        return Texts(program, (*self.problems, *unread), tuple(self.places))


def plain(value: object, fill: Fill) -> str:
    """Write a value as text that is set into a tree, which escapes it."""
    return words_of(value, Place(), fill)


def in_heading(value: object, fill: Fill) -> str:
    """Write a value into a page's heading, where ``&`` begins a code (ECMA-376 part 1, 18.3.1.46)."""
    return plain(value, fill).replace("&", "&&")


def in_markup(value: object, fill: Fill) -> str:
    """Write a value as text within markup."""
    return text_of(value, Place(), fill)


# ---------------------------------------------------------------- headings of pages


def headings(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Yield the elements of a sheet that are headers and footers, each with what staff call it."""
    for element in root.iter(*(f"{{{SPREADSHEET}}}{name}" for name in _HEADINGS)):
        yield element, _HEADINGS[etree.QName(element).localname]


def gather_headings(root: etree._Element, title: str, gathered: Gathered) -> tuple[int, ...]:
    """Return which of a sheet's headings hold tags, counted from 0, in the order of their texts."""
    found = []
    for number, (element, called) in enumerate(headings(root)):
        text = _spaced(element.text or "")
        if gathered.add((Run("", text),), Place(title, "", called, text), in_heading) is not None:
            found.append(number)
    return tuple(found)


def _spaced(text: str) -> str:
    """Return a heading in which a letter size and a tag behind it are apart: ``&12`` and ``2020`` would be one size."""
    return re.sub(r"(&\d+)(?=[{｛])", r"\1 ", text)


# ---------------------------------------------------------------- shapes, charts, notes


def gather_drawn(root: etree._Element, title: str, called: str, gathered: Gathered) -> bool:
    """Take the paragraphs of shapes and charts that hold tags and leave marks at their place."""
    found = False
    for paragraph in root.iter(f"{{{DRAWING}}}p"):
        runs = drawn_runs(paragraph)
        place = Place(title, "", called, "".join(run.text for run in runs))
        number = gathered.add(runs, place, in_markup, run=_run_markup(paragraph, "<{0}r>{{}}<{0}t>"))
        if number is not None:
            _mark(paragraph, f"{{{DRAWING}}}r", number)
            found = True
    return found


def gather_notes(root: etree._Element, title: str, gathered: Gathered) -> bool:
    """Take the notes of a sheet that hold tags and leave marks at their place."""
    found = False
    for note in root.iter(f"{{{SPREADSHEET}}}comment"):
        for text in note.iter(f"{{{SPREADSHEET}}}text"):
            runs = runs_in(text)
            place = Place(title, "", f"{note.get('ref', '')}的批注", "".join(run.text for run in runs))
            run = _run_markup(text, '<{0}r>{{}}<{0}t xml:space="preserve">')
            number = gathered.add(runs, place, in_markup, run=run)
            if number is not None:
                for child in list(text):
                    text.remove(child)
                text.append(etree.ProcessingInstruction("pb", str(number)))
                found = True
    return found


def _run_markup(owner: etree._Element, opening: str) -> tuple[str, str]:
    """Return the markup around a run's properties and text, with the prefix that the part has for them."""
    prefix = f"{owner.prefix}:" if owner.prefix else ""
    return opening.format(prefix), f"</{prefix}t></{prefix}r>"


def _mark(paragraph: etree._Element, run: str, number: int) -> None:
    """Put a mark in the place of a paragraph's runs."""
    runs = [child for child in paragraph if child.tag == run]
    runs[0].addprevious(etree.ProcessingInstruction("pb", str(number)))
    for one in runs:
        paragraph.remove(one)


def filled_marks(part: bytes, told: Sequence[str]) -> bytes:
    """Return a part with texts in the place of its marks."""
    return _MARK.sub(lambda found: told[int(found[1])], part.decode()).encode()


# ---------------------------------------------------------------- properties

PROPERTIES = (
    (f"{{{DUBLIN_CORE}}}title", "文件属性的标题"),
    (f"{{{DUBLIN_CORE}}}subject", "文件属性的主题"),
    (f"{{{DUBLIN_CORE}}}description", "文件属性的备注"),
    (f"{{{CORE_PROPERTIES}}}keywords", "文件属性的标记"),
    (f"{{{CORE_PROPERTIES}}}category", "文件属性的类别"),
)


def gather_properties(root: etree._Element, gathered: Gathered) -> tuple[str, ...]:
    """Return the names of the core properties that hold tags, in the order of their texts."""
    found = []
    for name, called in PROPERTIES:
        text = root.findtext(name) or ""
        if gathered.add((Run("", text),), Place("", "", called, text), plain) is not None:
            found.append(name)
    return tuple(found)


def set_properties(parts: dict[str, bytes], names: Sequence[str], told: Sequence[str]) -> None:
    """Set the core properties that held tags to their texts."""
    if names:
        root = parse_xml(parts["docProps/core.xml"], "docProps/core.xml")
        for name, text in zip(names, told, strict=True):
            element = root.find(name)
            if element is not None:
                element.text = text
        parts["docProps/core.xml"] = serialize(root)
