"""Puts right in a copy of a paper what can be put right without touching what it says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from pbreports.faults import Fault
from pbreports.ooxml.markup import parse_xml, serialize
from pbreports.ooxml.write import pack, unpack
from pbreports.scheme.profile import Profile
from pbreports.word.format.checking import check_paper
from pbreports.word.format.elements import paper_of
from pbreports.word.format.mending_letters import (
    Letter,
    letters_of,
    paragraphs_of,
    rewrite,
    seen_letters,
    write_back,
)
from pbreports.word.format.mending_looks import Mend, mend_page, mend_paragraph
from pbreports.word.format.paper import Paper, Paragraph
from pbreports.word.format.texts import check_texts, remarks_on

_TIMES = 3
"""How often mending goes over a paper at most: what is put right may show what lay beneath."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A mended copy, what was put right in it, and what is left for people; none of that is called mendable any more."""

    data: bytes
    done: tuple[Fault, ...]
    left: tuple[Fault, ...]


def all_faults(paper: Paper, profile: Profile) -> tuple[Fault, ...]:
    """Return all that a paper's file shows to be wrong: its form and its texts."""
    return (*check_paper(paper, profile), *check_texts(paper, profile))


def mended(data: bytes, profile: Profile, name: str = "") -> Mended:
    """Return a copy of a paper with what is safe put right; without anything to mend it is the same file.

    Raises:
        TemplateError: when it is no Word document, is damaged, or locked; ``name`` is what the message calls it.
    """
    paper = paper_of(data, name)
    first = faults = all_faults(paper, profile)
    for _ in range(_TIMES):
        if not any(one.mendable for one in faults):
            break
        again = _once(data, paper, faults, profile)
        if again == data:
            break
        paper = paper_of(again, name)
        data, faults = again, all_faults(paper, profile)
    left = {_cause(one) for one in faults}
    done = tuple(one for one in first if _cause(one) not in left)
    return Mended(data, done, tuple(replace(one, mendable=False) for one in faults))


def _cause(one: Fault) -> tuple[str, str, str, str]:
    return one.code, one.element, one.parameter, one.found


def _once(data: bytes, paper: Paper, faults: Iterable[Fault], profile: Profile) -> bytes:
    parts = dict(unpack(data))
    file = _File(parts, paper)
    for one in faults:
        if one.mendable:
            _mend_look(file, one, profile)
    _mend_texts(file)
    file.save()
    return pack(parts) if file.touched else data


class _File:
    """The parts of a paper that are being changed."""

    def __init__(self, parts: dict[str, bytes], paper: Paper) -> None:
        self._parts = parts
        self._roots: dict[str, etree._Element] = {}
        self._paragraphs: dict[str, list[etree._Element]] = {}
        self.paper = paper
        self._labels: dict[object, int] = {}
        for one in paper.paragraphs:
            self._labels[one.spot] = max(self._labels.get(one.spot, 0), len(one.number))
        self._letters: dict[etree._Element, list[Letter]] = {}
        self.touched = False

    def root(self, part: str) -> etree._Element:
        """Return the root of a part."""
        if part not in self._roots:
            self._roots[part] = parse_xml(self._parts[part], part)
        return self._roots[part]

    def element(self, one: Paragraph) -> etree._Element:
        """Return the ``w:p`` of a paragraph."""
        part = one.spot.part
        if part not in self._paragraphs:
            self._paragraphs[part] = paragraphs_of(self.root(part))
        return self._paragraphs[part][one.spot.paragraph]

    def letters(self, one: Paragraph) -> list[Letter | None]:
        """Return the letters of a paragraph's text."""
        return seen_letters(self._all_letters(one), one, self._labels[one.spot])

    def write(self, one: Paragraph) -> None:
        """Write the letters of the ``w:p`` that holds a paragraph back, all of them: it may hold other elements too."""
        write_back(self._all_letters(one))
        self.touched = True

    def _all_letters(self, one: Paragraph) -> list[Letter]:
        element = self.element(one)
        if element not in self._letters:
            self._letters[element] = letters_of(element)
        return self._letters[element]

    def save(self) -> None:
        """Write the changed parts back."""
        if self.touched:
            self._parts.update({part: serialize(root) for part, root in self._roots.items()})


def _mend_look(file: _File, fault: Fault, profile: Profile) -> None:
    if not fault.spots:
        file.touched |= mend_page(file.root(file.paper.body), fault, profile)
        return
    spots = set(fault.spots)
    for one in file.paper.paragraphs:
        if one.spot in spots and not one.is_blank:
            mend = Mend(file.paper, one, file.element(one), file.letters(one), profile)
            file.touched |= mend_paragraph(mend, fault)


def _mend_texts(file: _File) -> None:
    """Write what the rules on texts offer instead; of overlapping remarks the first is followed."""
    by_paragraph: dict[int, tuple[Paragraph, list[tuple[int, int, str]]]] = {}
    for one in remarks_on(file.paper):
        if one.instead is not None:
            edits = by_paragraph.setdefault(id(one.paragraph), (one.paragraph, []))[1]
            edits.append((one.start, one.end, one.instead))
    for paragraph, edits in by_paragraph.values():
        if _edited(file.letters(paragraph), edits):
            file.write(paragraph)


def _edited(letters: list[Letter | None], edits: Sequence[tuple[int, int, str]]) -> bool:
    """Follow those edits that do not overlap; return whether anything was done."""
    end, changed = 0, False
    for start, stop, instead in sorted(edits):
        if start >= end and rewrite(letters, start, stop, instead):
            end, changed = stop, True
    return changed
