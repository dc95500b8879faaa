"""Word templates: compiled once, filled as often as wanted."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from pbreports.ooxml.custom import with_custom
from pbreports.ooxml.package import relationships_of
from pbreports.ooxml.sealed import Sealed, seal
from pbreports.ooxml.write import pack, with_properties
from pbreports.tags.check import unknown
from pbreports.tags.names import Use
from pbreports.tags.problems import UNPAIRED, Place, Problem, refused
from pbreports.tags.program import Failed, Fill, Program, Slot
from pbreports.values import Severity
from pbreports.word.filling.charts import ChartPlan, compile_chart, take_chart_tags
from pbreports.word.filling.media import RELATIONSHIP_IDS, added
from pbreports.word.filling.part import CompiledPart, compile_part
from pbreports.word.filling.places import heading_styles
from pbreports.word.filling.properties import compile_properties
from pbreports.word.filling.writer import LINKS, Link, links_of
from pbreports.word.opening import opened, related, root_of, story, tagged_addresses
from pbreports.word.signing import with_places

_TITLES = {
    "header": "页眉",
    "footer": "页脚",
    "footnotes": "脚注",
    "endnotes": "尾注",
    "diagramData": "智能图形",
    "diagramDrawing": "智能图形",
}
"""The parts that are filled besides the body, by the end of their relationship's type, and what staff call them."""
_NUMBERED = (
    ("docPr", re.compile(rb"<wp:docPr\s[^>]*?\bid=\"(\d+)\"")),
    ("bookmark", re.compile(rb"<w:bookmarkStart\s[^>]*?w:id=\"(\d+)\"")),
)
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled paper: its bytes, what staff should know, and what its hidden bookmarks mean."""

    data: bytes = field(repr=False)
    notices: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class WordTemplate:
    """A compiled template: immutable, to be filled from any number of threads.

    ``problems`` are all that is wrong with it; one of them an error, and it cannot be filled.
    """

    name: str
    problems: tuple[Problem, ...]
    _blank: bool
    _parts: Mapping[str, Sealed] = field(repr=False)
    _compiled: tuple[CompiledPart, ...] = field(repr=False)
    _charts: tuple[ChartPlan, ...] = field(repr=False)
    _numbers: Mapping[str, int] = field(repr=False)
    _relationships: Mapping[str, frozenset[str]] = field(repr=False)

    def names(self) -> tuple[tuple[Place, Use], ...]:
        """Return every use of a name from outside, with its place."""
        return tuple((slot.place, use) for program in self._all_programs() for slot, use in program.uses)

    def render(
        self, values: Mapping[str, object], *, stamp: datetime | None = None, author: str = "", undefined: str = ""
    ) -> bytes:
        """Return the paper as bytes: what ``fill`` gives, without what else there is to say of it."""
        return self.fill(values, stamp=stamp, author=author, undefined=undefined).data

    def fill(
        self,
        values: Mapping[str, object],
        *,
        stamp: datetime | None = None,
        author: str = "",
        undefined: str = "",
        linked: Collection[str] = (),
        custom: Mapping[str, str] = NOTHING,
    ) -> Filled:
        """Return the paper: the template with its tags replaced by values; equal arguments give equal bytes.

        ``stamp`` is written into the file as the time it was made, else the template's own stays. What rests on the
        names ``linked`` stands between hidden bookmarks; ``custom`` are custom document properties. ``undefined``,
        ``strict`` or ``blank``, is for once another choice than the template was compiled with.

        Raises:
            TemplateError: when the template cannot be filled; every problem is told at once, with its place.
        """
        blank = undefined == "blank" if undefined else self._blank
        self.require_sound(None if blank else values)
        fill = Fill(numbers=dict(self._numbers), extra={RELATIONSHIP_IDS: self._relationships})
        parts = {part: sealed.data for part, sealed in self._parts.items()}
        problems: list[Problem] = []
        links = {name: links_of(program, frozenset(linked)) for name, program in self._programs()} if linked else {}
        for name, program in self._programs():
            fill.extra[LINKS] = links.get(name, {})
            try:
                text = program.run(values, fill, blank=blank)
            except Failed as failed:
                problems += failed.problems
            else:
                parts[name] = with_places(text).encode()
        for chart in self._charts:
            try:
                parts |= chart.fill(values, fill, blank=blank)
            except Failed as failed:
                problems += failed.problems
        if problems:
            raise refused(self.name, problems)
        written = {link for each in links.values() for link in each.values()}
        data = self._packed(with_custom(parts, custom), fill, stamp, author)
        return Filled(data, tuple(fill.notices), tuple(sorted(written, key=lambda link: link.name)))

    def unknown(self, values: Mapping[str, object]) -> tuple[Problem, ...]:
        """Return a problem for each name or column that the template uses and the values lack."""
        return unknown(self._needs, values)

    @cached_property
    def _needs(self) -> tuple[tuple[Slot, Use], ...]:
        """The names and columns that must be there, each once, with the first tag that uses it."""
        first: dict[tuple[str, str], tuple[Slot, Use]] = {}
        for slot, use in (need for program in self._all_programs() for need in program.needs):
            first.setdefault((use.name, use.column), (slot, use))
        return tuple(first.values())

    def told(self, values: Mapping[str, object]) -> tuple[Problem, ...]:
        """Return all problems of the template, and of its names beside values.

        Where a block is not paired, the names that its loop gives would seem unknown: there none is looked up.
        """
        unpaired = {one.place.part for one in self.problems if one.code == UNPAIRED}
        return (*self.problems, *(one for one in self.unknown(values) if one.place.part not in unpaired))

    def require_sound(self, values: Mapping[str, object] | None = None) -> None:
        """Return nothing when the template can be filled, with these values if any are given.

        Raises:
            TemplateError: naming every error: unreadable tags, unknown names and columns, each with its place.
        """
        problems = self.problems if values is None else self.told(values)
        errors = [one for one in problems if one.severity is Severity.ERROR]
        if errors:
            raise refused(self.name, errors)

    def _programs(self) -> Iterator[tuple[str, Program]]:
        return ((one.name, one.program) for one in self._compiled if one.program is not None)

    def _all_programs(self) -> Iterator[Program]:
        yield from (program for _, program in self._programs())
        yield from (chart.program for chart in self._charts if chart.program is not None)

    def _packed(self, parts: Mapping[str, bytes], fill: Fill, stamp: datetime | None, author: str) -> bytes:
        """Return the package; what the rendering has not touched keeps its packed bytes."""
        finished = with_properties(added(parts, fill), stamp, author)
        return pack({name: self._sealed(name, data) for name, data in finished.items()})

    def _sealed(self, name: str, data: bytes) -> bytes | Sealed:
        sealed = self._parts.get(name)
        return sealed if sealed is not None and sealed.data is data else data


def compile_template(source: str | Path | bytes, name: str = "", *, undefined: str = "strict") -> WordTemplate:
    """Return a template compiled; what is wrong with its tags stands in its ``problems``.

    ``undefined="blank"`` prints nothing for an unknown name, as docxtpl does; it is meant for comparing with docxtpl.

    Raises:
        TemplateError: when the file is missing, open elsewhere, or no Word document that can be filled.
    """
    name = name or ("" if isinstance(source, bytes) else Path(source).name)
    parts = opened(source, name)
    headings = heading_styles(root_of(parts, "word/styles.xml"))
    compiled: list[CompiledPart] = []
    charts: list[ChartPlan] = []
    problems: list[Problem] = []
    for part, title in _stories(parts):
        root = story(parts, part)
        shown = take_chart_tags(root, part, parts)
        compiled.append(compile_part(part, root, title, headings))
        charts += [compile_chart(parts, chart, tag) for chart, tag in shown.items()]
        problems += [_tagged_address(title, address) for address in tagged_addresses(parts, part)]
    compiled += compile_properties(parts)
    problems += [problem for one in compiled for problem in one.problems]
    problems += [problem for chart in charts for problem in chart.problems]
    sealed = {part: seal(data) for part, data in (parts | _scrubbed(compiled)).items()}
    return WordTemplate(
        name,
        tuple(problems),
        undefined == "blank",
        sealed,
        tuple(compiled),
        tuple(charts),
        _highest(parts),
        _relationship_ids(parts),
    )


def _tagged_address(title: str, address: str) -> Problem:
    what = "链接的地址里有标签，不会填写"
    return Problem("T-25", Place(title, spot="超链接", text=address), what, "请把地址写成固定的，或用域代码 HYPERLINK")


def _scrubbed(compiled: Iterable[CompiledPart]) -> dict[str, bytes]:
    """Return the parts that hold no tag as they are written, without the traces of who edited them."""
    return {one.name: one.data for one in compiled if one.program is None and one.data}


def _stories(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Yield the parts that are filled, the body first, with what staff call them."""
    body = next((target for kind, target in related(parts, "") if kind == "officeDocument"), "word/document.xml")
    yield body, ""
    told = {body}
    for kind, target in related(parts, body):
        if kind in _TITLES and target in parts and target not in told:
            told.add(target)
            yield target, _TITLES[kind]


def _relationship_ids(parts: Mapping[str, bytes]) -> dict[str, frozenset[str]]:
    """Return the ids of the relationships that each part has."""
    found: dict[str, frozenset[str]] = {}
    for part in parts:
        root = root_of(parts, relationships_of(part))
        found[part] = frozenset(one.get("Id", "") for one in root) if root is not None else frozenset()
    return found


def _highest(parts: Mapping[str, bytes]) -> dict[str, int]:
    """Return the highest numbers that drawings and bookmarks of a package have."""
    return {
        what: max((int(number) for data in parts.values() for number in pattern.findall(data)), default=0)
        for what, pattern in _NUMBERED
    }
