"""Compiled templates: literal text and tags made into one program, which is run with values as often as wanted.

Each tag stands on a line of its own in the compiled source. So a line number of Jinja, of a syntax error or in the
traceback of what fails while filling, is a tag, and a tag has a place in the template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

import jinja2
from jinja2 import StrictUndefined, Undefined, nodes

from pbreports.tags.blocks import end_of
from pbreports.tags.bounds import Budget, Trusted, measured
from pbreports.tags.captured import TextOf, capturing
from pbreports.tags.environment import program_environment
from pbreports.tags.failing import failure, idle, reason, template_lines
from pbreports.tags.names import Use, links_of, optional_in, uses_of
from pbreports.tags.problems import Place, Problem
from pbreports.tags.single import DEEP, TOO_MUCH, complaint, unread
from pbreports.tags.tokens import keyword

_MOST_FAILURES = 30
_SIGN = (
    "\ufffe"  # no XML file can hold it; begins the spelling of what the compiled source would take for something else
)
_SPELT = {"\r": "r", "\x01": "1", "\x02": "2", _SIGN: "e"}
_MEANT = {spelt: meant for meant, spelt in _SPELT.items()}
_SIGNS, _SPELLINGS = re.compile(f"[\r\x01\x02{_SIGN}]"), re.compile(f"{_SIGN}([r12e])")


@dataclass(slots=True)
class Fill:
    """The state of one filling: counters for what must be unique, and notices of what was left out of values.

    It belongs to one rendering alone; ``extra`` is for what an engine keeps besides (links, pictures …).
    """

    numbers: dict[str, int] = field(default_factory=dict)
    notices: dict[str, None] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)

    def next(self, what: str) -> int:
        """Return the next number of a kind, from 1."""
        self.numbers[what] = number = self.numbers.get(what, 0) + 1
        return number


Write = Callable[[object, Fill], str]
"""Makes the markup of a value; what it returns stands in the output as it is.

What a macro or a ``set`` block has made arrives as ``markupsafe.Markup``: it is markup already.
"""


@dataclass(frozen=True, slots=True)
class Slot:
    """A tag in its place: an expression whose value is written (``write``), or a control statement (without)."""

    place: Place
    source: str
    write: Write | None = None


Piece = str | Slot


@dataclass(frozen=True)
class Program:
    """A compiled template: immutable, to be run by any number of threads."""

    slots: tuple[Slot, ...]
    _source: str = field(repr=False)
    _lines: Mapping[int, int] = field(repr=False)
    _pieces: tuple[Piece, ...] = field(repr=False)
    _text_of: TextOf | None = field(default=None, repr=False)

    @cached_property
    def uses(self) -> tuple[tuple[Slot, Use], ...]:
        """Return every use of a name from outside, with the tag that uses it."""
        found = uses_of(self._tree)
        return tuple((self.slots[self._lines[use.line]], use) for use in found if use.line in self._lines)

    @cached_property
    def needs(self) -> tuple[tuple[Slot, Use], ...]:
        """Return the uses of names that must be there; those that the template asks about may be missing."""
        optional = optional_in(self._tree)
        return tuple((slot, use) for slot, use in self.uses if use.name not in optional)

    def links(self) -> Mapping[int, tuple[str, ...]]:
        """Return the names of figures, lists and constants that each value rests on, by the number of its slot.

        Settings, loops and filters are followed; what rests on nothing from outside, or only on a macro's parameters,
        has no names.
        """
        return self._links

    @cached_property
    def _links(self) -> Mapping[int, tuple[str, ...]]:
        return MappingProxyType(links_of(self._tree))

    @cached_property
    def _tree(self) -> nodes.Template:
        return program_environment().parse(self._source)

    def run(self, values: Mapping[str, object], fill: Fill, *, blank: bool = False) -> str:
        """Return the text with the tags replaced by values; with ``blank`` an unknown name is nothing.

        Raises:
            Failed: with a problem for each tag that cannot be filled with these values.
        """
        try:
            text, problems = self._run(values, fill, blank=blank)
        except Exception as error:
            raise Failed(self._failures(values, error, blank=blank)) from error
        if problems:
            raise Failed(_in_order(problems))
        return text

    def _run(self, values: Mapping[str, object], fill: Fill, *, blank: bool) -> tuple[str, dict[int, Problem]]:
        write = _Writer(self.slots, fill)
        template = self._blank_template if blank else self._template
        chunks = template.generate({**values, "_write": write, "_bounded": Budget()})
        return _restored("".join(measured(chunks))), write.missing

    @cached_property
    def _template(self) -> jinja2.Template:
        return self._loaded(blank=False)

    @cached_property
    def _blank_template(self) -> jinja2.Template:
        return self._loaded(blank=True)

    def _loaded(self, *, blank: bool) -> jinja2.Template:
        template = program_environment(blank=blank).from_string(self._source)
        return capturing(template, self._text_of) if self._text_of else template

    def _failures(self, values: Mapping[str, object], error: Exception, *, blank: bool) -> tuple[Problem, ...]:
        """Return every failure: each tag that fails is put out of action, and the rest tried again."""
        program: Program = self
        found: dict[int, Problem] = {}
        while len(found) < _MOST_FAILURES:
            number = program._failed_slot(error)
            if number is None or number in found:
                break
            found[number] = failure(self.slots[number].place, error)
            program = program._without(number)
            try:
                _, missing = program._run(values, Fill(), blank=blank)  # noqa: SLF001 - a program like this one
            except Exception as another:  # noqa: BLE001 - the next failure
                error = another
            else:
                return _in_order(missing | found)
        if not found and not template_lines(error):
            raise error
        return _in_order(found) or (failure(Place(), error),)

    def _without(self, number: int) -> Program:
        """Return the program with one tag out of action."""
        slots = list(self.slots)
        slot = slots[number]
        slots[number] = replace(slot, source="''" if slot.write else idle(slot.source))
        left = iter(slots)
        return _program(tuple(piece if isinstance(piece, str) else next(left) for piece in self._pieces), self._text_of)

    def _failed_slot(self, error: BaseException) -> int | None:
        """Return the number of the tag in which an error arose; ``None`` when it was in none."""
        numbers = [self._lines[line] for line in template_lines(error) if line in self._lines]
        return numbers[-1] if numbers else None


class _Writer(Trusted):
    """Writes the values of one filling and keeps what is missing."""

    __slots__ = ("_fill", "_slots", "missing")

    def __init__(self, slots: tuple[Slot, ...], fill: Fill) -> None:
        self._slots = slots
        self._fill = fill
        self.missing: dict[int, Problem] = {}

    def __call__(self, *given: Any) -> str:
        """Return the markup of a value in the slot of a number."""
        number, value = given
        slot = self._slots[number]
        if isinstance(value, Undefined):
            if isinstance(value, StrictUndefined):
                self.missing.setdefault(number, failure(slot.place, reason(value)))
                return ""
            value = None  # of a condition without else; or unknown, where that is to be nothing
        markup: str = slot.write(value, self._fill)
        return markup


class Failed(Exception):  # noqa: N818 - what a run came to, for the engine to tell with the template's name
    """A filling that failed, with its problems."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


def assemble(pieces: Sequence[Piece], text_of: TextOf | None = None) -> tuple[Program | None, tuple[Problem, ...]]:
    """Return the program that pieces make, or none, with a problem for each tag that cannot be read.

    With problems a program is there to look up its names only: the values that cannot be read are left out of it.

    ``text_of`` gives the text of markup that macros and blocks catch, which is then ``Captured``.

    That control tags are paired is the caller's to see to first (``blocks.paired``).
    """
    slots = [piece for piece in pieces if isinstance(piece, Slot)]
    problems = tuple(found for slot in slots if (found := unreadable(slot)))
    if any(slot.write is None and unreadable(slot) for slot in slots):
        return None, problems
    program = _program(tuple(_readable(piece) for piece in pieces) if problems else tuple(pieces), text_of)
    try:
        program._template  # noqa: B018, SLF001 - compiled now, while its mistakes can be told
    except jinja2.TemplateSyntaxError as error:
        slot = program.slots[program._lines.get(error.lineno, 0)]  # noqa: SLF001
        return None, (*problems, Problem("T-05", slot.place, *unread(error)))
    except TOO_MUCH:
        return None, (*problems, Problem("T-12", _innermost(program.slots).place, *DEEP))
    return program, problems


def _innermost(slots: Sequence[Slot]) -> Slot:
    """Return the tag that stands within the most blocks."""
    depth = 0
    depths = []
    for slot in slots:
        word = "" if slot.write else keyword(slot.source)
        depth -= word.startswith("end")
        depths.append(depth)
        depth += bool(word and end_of(slot.source))
    return slots[depths.index(max(depths))]


def _readable(piece: Piece) -> Piece:
    """Return a piece, an empty value in the place of one that cannot be read."""
    return replace(piece, source="''") if isinstance(piece, Slot) and unreadable(piece) else piece


def _program(pieces: tuple[Piece, ...], text_of: TextOf | None) -> Program:
    source: list[str] = []
    lines: dict[int, int] = {}
    slots: list[Slot] = []
    line = 1
    for piece in pieces:
        text = _kept(piece) if isinstance(piece, str) else _tag(piece, len(slots))
        if isinstance(piece, Slot):
            lines[line + 1] = len(slots)
            slots.append(piece)
        source.append(text)
        line += text.count("\n")
    return Program(tuple(slots), "".join(source), lines, pieces, text_of)


def _tag(slot: Slot, number: int) -> str:
    """Return a tag as the compiled source has it; the line break in it stands for nothing."""
    source = " ".join(slot.source.splitlines())
    if slot.write is not None:
        return f"\x01{{\n_write({number}, ({source}))}}\x02"
    return f"\x01%\n{source} %\x02"


def _kept(text: str) -> str:
    """Return literal text as the compiled source has it: signs that mean something there are written otherwise."""
    return _SIGNS.sub(lambda found: f"{_SIGN}{_SPELT[found[0]]}", text) if _SIGNS.search(text) else text


def _restored(text: str) -> str:
    return _SPELLINGS.sub(lambda found: _MEANT[found[1]], text) if _SIGN in text else text


def _in_order(problems: Mapping[int, Problem]) -> tuple[Problem, ...]:
    """Return problems in the order of their tags."""
    return tuple(problems[number] for number in sorted(problems))


def unreadable(slot: Slot) -> Problem | None:
    """Return what is wrong with a tag taken by itself."""
    found = complaint(slot.source, is_value=slot.write is not None)
    return Problem(found[0], slot.place, *found[1:]) if found else None
