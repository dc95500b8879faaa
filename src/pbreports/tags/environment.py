"""The sandbox in which templates are read and filled: nothing but its text can come out of a template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from jinja2 import StrictUndefined, Undefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace
from markupsafe import Markup

from pbreports.tags.display import shown
from pbreports.tags.filters import FILTERS

LONGEST_LOOP = 100_000
"""The most rounds of one loop; a sheet of paper holds a hundred."""
LONGEST_TEXT = 1_000_000
"""The most signs that an operator may make of one value."""
_KEPT_FILTERS = (
    "abs attr batch capitalize center count d default dictsort first float groupby indent int items join last length"
    " list lower map max min reject rejectattr replace reverse round select selectattr slice sort string striptags sum"
    " title trim truncate unique upper wordcount wordwrap"
).split()
_AS_TEXT = ("e", "escape", "forceescape", "safe")
"""Filters that docxtpl's users write so that signs survive; here they always do, and no value becomes markup."""
MARKS = {
    "block_start_string": "\x01%",
    "block_end_string": "%\x02",
    "variable_start_string": "\x01{",
    "variable_end_string": "}\x02",
    "comment_start_string": "\x01#",
    "comment_end_string": "#\x02",
}
"""The braces of compiled templates: signs that no XML file can hold, so that no text is ever taken for a tag."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's immutable sandbox, with bounds to what an operator can make."""

    intercepted_binops = frozenset({"*", "+", "**", "%"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Return what an operator makes of two values.

        Raises:
            SecurityError: when that would be longer than any paper.
        """
        if operator == "**" and max(abs(_size(left)), abs(_size(right))) > 1000:
            raise SecurityError("数太大")
        if operator == "*" and _length(left) * abs(_size(right)) + _length(right) * abs(_size(left)) > LONGEST_TEXT:
            raise SecurityError("文字太长")
        if operator == "%" and isinstance(left, str):
            raise SecurityError("不能用 % 排版文字")
        return super().call_binop(context, operator, left, right)


@cache
def environment() -> Sandbox:
    """Return the environment in which tags are read as they stand: strict about unknown names, with our filters."""
    return _made(StrictUndefined)


@cache
def program_environment(*, blank: bool = False) -> Sandbox:
    """Return the environment of compiled templates; with ``blank`` an unknown name is nothing, as with docxtpl."""
    return _made(Undefined if blank else StrictUndefined, **MARKS)


def _made(undefined: type[Undefined], **marks: str) -> Sandbox:
    made = Sandbox(autoescape=True, undefined=undefined, finalize=shown, keep_trailing_newline=True, **marks)
    kept = {name: made.filters[name] for name in _KEPT_FILTERS}
    made.filters = kept | dict.fromkeys(_AS_TEXT, _text) | {"format": _formatted} | FILTERS
    made.globals = {
        "range": _range,
        "dict": dict,
        "namespace": Namespace,
        "cycler": Cycler,
        "joiner": Joiner,
    }
    return made


def bounded(rows: Iterable[Any]) -> Iterable[Any]:
    """Return what a loop runs over; raises a SecurityError once there are more rounds than any paper needs."""
    return rows if hasattr(rows, "__len__") and len(rows) <= LONGEST_LOOP else _counted(rows)  # type: ignore[arg-type]


def _counted(rows: Iterable[Any]) -> Iterator[Any]:
    for number, row in enumerate(rows):
        if number >= LONGEST_LOOP:
            raise SecurityError(f"循环超过 {LONGEST_LOOP} 次")
        yield row


def _range(*bounds: int) -> range:
    made = range(*bounds)
    if len(made) > LONGEST_LOOP:
        raise SecurityError(f"range 超过 {LONGEST_LOOP} 项")
    return made


def _text(value: object) -> str:
    shown_value = shown(value)
    return shown_value.unescape() if isinstance(shown_value, Markup) else str(shown_value)


_WIDEST = 1000


def _formatted(pattern: str, *values: object) -> str:
    """Return a text with values put in after ``%``, as Jinja's filter does, but none padded without end."""
    if any(len(digits) > len(str(_WIDEST)) for digits in _digits(pattern)):
        raise SecurityError("宽度太大")
    return pattern % tuple(_plain_number(value) for value in values)


def _digits(pattern: str) -> list[str]:
    return "".join(sign if sign.isdigit() else " " for sign in pattern).split()


def _plain_number(value: object) -> object:
    number = getattr(getattr(value, "figure", None), "value", value)
    return number if isinstance(number, str | int | float) else float(number) if number is not None else ""  # type: ignore[arg-type]


def _length(value: object) -> int:
    return len(value) if isinstance(value, str | list | tuple) else 0


def _size(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0
