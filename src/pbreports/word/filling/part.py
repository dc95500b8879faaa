"""Compiles one part of a document: from its tree to the pieces of a program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from pbreports.ooxml.markup import serialize
from pbreports.tags.blocks import Block, paired
from pbreports.tags.problems import Problem
from pbreports.tags.program import Program, Slot, assemble, unreadable
from pbreports.tags.tokens import Kind, Tag
from pbreports.values import Severity
from pbreports.word.filling.align import align
from pbreports.word.filling.captures import text_of
from pbreports.word.filling.coalesce import coalesce
from pbreports.word.filling.content import Node, paragraph_of, things
from pbreports.word.filling.context import RunContext
from pbreports.word.filling.finish import finish
from pbreports.word.filling.hoist import hoist
from pbreports.word.filling.inline import mark_inline
from pbreports.word.filling.join import join
from pbreports.word.filling.markup import FALLBACK, P, marks_in, nearest, number_of, remove
from pbreports.word.filling.pieces import numbers_in, pieces_of
from pbreports.word.filling.placeholders import Placeholder, placeholder_pictures
from pbreports.word.filling.places import Places, places_of
from pbreports.word.filling.registry import Marked, Registry
from pbreports.word.filling.rejoin import rejoin
from pbreports.word.filling.scrub import scrubbed
from pbreports.word.filling.statements import settled
from pbreports.word.filling.tables import shape_tables
from pbreports.word.filling.writer import ValueWriter


@dataclass(frozen=True, slots=True)
class CompiledPart:
    """A part's program, none when it cannot be filled or holds no tag, and its problems.

    ``data`` is what the part is without filling, scrubbed, where it holds no tag.
    """

    name: str
    program: Program | None
    problems: tuple[Problem, ...]
    data: bytes = field(default=b"", repr=False)


def compile_part(name: str, root: Node, title: str, headings: frozenset[str]) -> CompiledPart:
    """Return a part compiled; ``title`` is what staff call it, empty for the body, ``headings`` the heading styles' ids."""
    registry = Registry()
    scrubbed(root)
    places = places_of(root, title, headings)
    for picture in placeholder_pictures(root):
        _hold_place(picture, name, places, registry)
    _mark(root, places, registry)
    if not registry.tags and not registry.made:
        return CompiledPart(name, None, tuple(registry.problems), serialize(root))
    order, nodes = _in_order(root, registry)
    blocks = _blocks(order, registry)
    join(nodes, registry)
    hoist(nodes, _movable(blocks, nodes), registry)
    align(nodes, _movable(blocks, nodes), registry)
    contexts = {
        number: _context(name, node, registry.tags[number]) for number, node in nodes.items() if number in registry.tags
    }
    shape_tables(nodes, registry)
    settled(name, nodes, blocks, registry)
    finish(root, registry)
    for number, where in contexts.items():
        _write(number, where, registry)
    pieces = list(pieces_of(root, registry))
    program, problems = assemble(pieces, text_of)
    if any(problem.severity is Severity.ERROR for problem in registry.problems):  # what else cannot be read follows
        told = {problem.place for problem in registry.problems}
        unread = (found for piece in pieces if isinstance(piece, Slot) and (found := unreadable(piece)))
        problems = tuple(problem for problem in unread if problem.place not in told)
    return CompiledPart(name, program, (*registry.problems, *problems))


def _hold_place(picture: Placeholder, part: str, places: Places, registry: Registry) -> None:
    """Put a node into the place of a picture that is to give way to a value."""
    place = replace(places.of(picture.drawing), text=picture.tag.text)
    picture.drawing.addprevious(registry.value(picture.tag.body, place, picture.writer(part)))
    remove(picture.drawing)


def _mark(root: Node, places: Places, registry: Registry) -> None:
    """Put nodes into the places of all tags."""

    def take(tag: Tag, paragraph: Node, run: Node | None) -> int:
        return registry.take(tag, places.of(paragraph), run, paragraph)

    for paragraph in list(root.iter(P)):
        if paragraph.getparent() is not None and nearest(paragraph, FALLBACK) is None:
            rejoin(paragraph)
            for broken in coalesce(paragraph, take):
                registry.tell_broken(broken, places.of(paragraph))
    mark_inline(root, places, registry)


def _in_order(root: Node, registry: Registry) -> tuple[list[int], dict[int, Node]]:
    """Return the numbers of all tags in the order in which they are read, and the nodes of those that have one."""
    nodes = {number_of(node): node for node in marks_in(root)}
    # A picture that holds a place has a number and no tag.
    order = [number for number in numbers_in(root) if number in registry.tags]
    return order, {number: node for number, node in nodes.items() if number is not None}


def _blocks(order: Sequence[int], registry: Registry) -> list[Block]:
    """Return the blocks by their tags' numbers; what has no partner is told."""
    found, unpaired = paired([registry.tags[number].tag for number in order])
    for one in unpaired:
        code = "T-07" if one.unknown else "T-06"
        registry.tell(code, registry.tags[order[one.tag]].place, one.what, one.remedy)
    return [Block(tuple(order[place] for place in block.tags)) for block in found]


def _movable(blocks: Sequence[Block], nodes: Mapping[int, Node]) -> list[Block]:
    """Return the blocks all of whose tags have nodes; those within attributes stay where they are."""
    return [block for block in blocks if all(number in nodes for number in block.tags)]


def _context(part: str, node: Node, marked: Marked) -> RunContext:
    """Return what the markup of a value in this place depends on."""
    paragraph = paragraph_of(node)
    if paragraph is None:
        return RunContext(part, marked.tag.scope or "p", marked.run_properties, marked.paragraph_properties)
    direct = node.getparent() is paragraph
    alone = direct and list(islice(things(paragraph), 2)) == [node]
    return RunContext(part, "", marked.run_properties, marked.paragraph_properties, alone, direct)


def _write(number: int, where: RunContext, registry: Registry) -> None:
    """Have a value written in its place, if the tag gives one and has not become something else."""
    marked = registry.tags.get(number)
    if marked is not None and marked.tag.kind is Kind.VALUE:
        registry.made[number] = Slot(marked.place, marked.tag.body, ValueWriter(where, number))
