"""Compiled templates: literal text and tags made into one program, which is run with values as often as wanted.

Each tag stands on a line of its own in the compiled source. So a line number of Jinja, of a syntax error or in the
traceback of what fails while filling, is a tag, and a tag has a place in the template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import jinja2
from jinja2 import Undefined, nodes
from jinja2.exceptions import SecurityError
from markupsafe import Markup

from pbreports.errors import PbreportsError
from pbreports.tags.environment import bounded, environment, program_environment
from pbreports.tags.names import Use, uses_of
from pbreports.tags.problems import Place, Problem
from pbreports.tags.wording import in_chinese

_MOST_FAILURES = 30
_LOOP = re.compile(r"for\s+(?P<target>.+?)\s+in\s+(?P<rest>.+)", re.DOTALL)


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
"""Makes the markup of a value; what it returns stands in the output as it is."""


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

    @cached_property
    def uses(self) -> tuple[tuple[Slot, Use], ...]:
        """Return every use of a name from outside, with the tag that uses it."""
        found = uses_of(program_environment().parse(self._source))
        return tuple((self.slots[self._lines[use.line]], use) for use in found if use.line in self._lines)

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
            raise Failed(problems)
        return text

    def _run(self, values: Mapping[str, object], fill: Fill, *, blank: bool) -> tuple[str, tuple[Problem, ...]]:
        missing: dict[int, Problem] = {}
        slots = self.slots

        def write(number: int, value: object) -> Markup:
            slot = slots[number]
            if isinstance(value, Undefined) and not blank:
                missing.setdefault(number, _missing(slot, value))
                return Markup()
            return Markup(slot.write(value, fill))  # type: ignore[misc]  # noqa: S704 - what writers make is markup

        template = self._blank_template if blank else self._template
        text = template.render({**values, "_write": write, "_bounded": bounded})
        return text, tuple(missing.values())

    @cached_property
    def _template(self) -> jinja2.Template:
        return _loaded(self._source, blank=False)

    @cached_property
    def _blank_template(self) -> jinja2.Template:
        return _loaded(self._source, blank=True)

    def _failures(self, values: Mapping[str, object], error: Exception, *, blank: bool) -> tuple[Problem, ...]:
        """Return every failure: each tag that fails is put out of action, and the rest tried again."""
        program: Program = self
        found: dict[int, Problem] = {}
        while len(found) < _MOST_FAILURES:
            number = program._failed_slot(error)
            if number is None or number in found:
                if not found:
                    raise error
                break
            found[number] = _failure(self.slots[number], error)
            program = program._without(number)
            try:
                _, missing = program._run(values, Fill(), blank=blank)  # noqa: SLF001 - a program like this one
            except Exception as another:  # noqa: BLE001 - the next failure
                error = another
            else:
                return (*found.values(), *missing)
        return tuple(found.values())

    def _without(self, number: int) -> Program:
        """Return the program with one tag out of action."""
        slots = list(self.slots)
        slot = slots[number]
        source = {"for": "for _ in ()", "if": "if false", "elif": "elif false"}.get(slot.source.split(maxsplit=1)[0])
        slots[number] = replace(slot, source="''" if slot.write else source or "set _ = 0")
        left = iter(slots)
        return _program(tuple(piece if isinstance(piece, str) else next(left) for piece in self._pieces))

    def _failed_slot(self, error: BaseException) -> int | None:
        """Return the number of the tag in which an error arose; ``None`` when it was in none."""
        number = None
        trace = error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename in {"<template>", "<unknown>"}:
                number = self._lines.get(trace.tb_lineno, number)
            trace = trace.tb_next
        return number


class Failed(Exception):  # noqa: N818 - what a run came to, for the engine to tell with the template's name
    """A filling that failed, with its problems."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


def assemble(pieces: Sequence[Piece]) -> tuple[Program | None, tuple[Problem, ...]]:
    """Return the program that pieces make, or none, with a problem for each tag that cannot be read.

    That control tags are paired is the caller's to see to first (``blocks.paired``).
    """
    problems = tuple(found for piece in pieces if isinstance(piece, Slot) and (found := _unreadable(piece)))
    if problems:
        return None, problems
    program = _program(tuple(pieces))
    try:
        program_environment().parse(program._source)  # noqa: SLF001
        program._template  # noqa: B018, SLF001 - compiled now, while its mistakes can be told
    except jinja2.TemplateSyntaxError as error:
        slot = program.slots[program._lines.get(error.lineno, 0)]  # noqa: SLF001
        return None, (_unread(slot, error),)
    return program, ()


def _program(pieces: tuple[Piece, ...]) -> Program:
    source: list[str] = []
    lines: dict[int, int] = {}
    slots: list[Slot] = []
    line = 1
    for piece in pieces:
        text = piece if isinstance(piece, str) else _tag(piece, len(slots))
        if isinstance(piece, Slot):
            lines[line + 1] = len(slots)
            slots.append(piece)
        source.append(text)
        line += text.count("\n")
    return Program(tuple(slots), "".join(source), lines, pieces)


def _loaded(source: str, *, blank: bool) -> jinja2.Template:
    return program_environment(blank=blank).from_string(source)


def _tag(slot: Slot, number: int) -> str:
    """Return a tag as the compiled source has it; the line break in it stands for nothing."""
    source = slot.source.replace("\n", " ")
    if slot.write is not None:
        return f"\x01{{\n_write({number}, ({source}))}}\x02"
    if found := _LOOP.fullmatch(source):
        source = _bounded_loop(found["target"], found["rest"])
    return f"\x01%\n{source} %\x02"


def _bounded_loop(target: str, rest: str) -> str:
    """Return a loop whose rounds are counted; what stands behind the list (``if …``, ``recursive``) stays."""
    try:
        loop = environment().parse(f"{{% for {target} in {rest} %}}{{% endfor %}}").body[0]
    except jinja2.TemplateSyntaxError:
        return f"for {target} in {rest}"
    if not isinstance(loop, nodes.For) or loop.test is not None or loop.recursive:
        return f"for {target} in {rest}"
    return f"for {target} in _bounded({rest})"


def _unreadable(slot: Slot) -> Problem | None:
    """Return what is wrong with a tag taken by itself."""
    try:
        environment().compile(_by_itself(slot))
    except jinja2.TemplateSyntaxError as error:
        return _unread(slot, error)
    return None


def _by_itself(slot: Slot) -> str:
    """Return a tag with just so much around it that it can be read alone."""
    if slot.write is not None:
        return f"{{{{ ({slot.source}) }}}}" if slot.source.strip() else "{{ }}"
    word = slot.source.split(maxsplit=1)[0] if slot.source.split() else ""
    if word.startswith("end"):
        return "" if slot.source.strip() == word else f"{{% {slot.source} %}}"
    if word in {"elif", "else"}:
        return f"{{% if 1 %}}{{% {slot.source} %}}{{% endif %}}"
    closing = "" if word == "set" and "=" in slot.source else f"{{% end{word} %}}"
    return f"{{% {slot.source} %}}{closing}"


def _unread(slot: Slot, error: jinja2.TemplateSyntaxError) -> Problem:
    return Problem("T-05", slot.place, f"标签写得不对，{in_chinese(error)}", "请改正")


def _missing(slot: Slot, value: Undefined) -> Problem:
    return Problem("T-08", slot.place, f"标签算不出来，{in_chinese(_reason(value))}", "请改正标签")


def _reason(value: Undefined) -> Exception:
    try:
        value._fail_with_undefined_error()  # noqa: SLF001 - the only way to its wording
    except jinja2.UndefinedError as error:
        return error


def _failure(slot: Slot, error: Exception) -> Problem:
    if isinstance(error, PbreportsError):
        return Problem("T-10", slot.place, error.what, error.remedy or "请改正标签")
    if isinstance(error, SecurityError):
        return Problem("T-11", slot.place, f"标签里用了不允许的写法（{error}）", "请改正标签")
    if isinstance(error, MemoryError | RecursionError):
        return Problem("T-12", slot.place, "循环或文字太长", "请改正标签")
    return Problem("T-10", slot.place, f"标签算不出来，{in_chinese(error)}", "请改正标签")
