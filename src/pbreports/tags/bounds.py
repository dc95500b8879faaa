"""What a template may use up: rounds of loops, signs of a text, width of a number; no paper needs more."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sized
from functools import wraps
from itertools import islice
from string import Formatter
from typing import Any, ParamSpec, TypeVar

from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment, SandboxedFormatter
from markupsafe import Markup

from pbreports.tags.captured import joined
from pbreports.tags.display import PaperFigure, shown

LONGEST_LOOP = 100_000
"""The most rounds of one loop; a sheet of paper holds a hundred."""
MOST_ROUNDS = 2_000_000
"""The most rounds of all loops of one filling; ten thousand rows of twenty columns are 210,000."""
ROUNDS_OF_A_CALL = 10
"""The rounds that a call of a macro counts for."""
LONGEST_TEXT = 1_000_000
"""The most signs of one value."""
LONGEST_OUTPUT = 500_000_000
"""The most signs of one filled part."""
WIDEST = 1000
"""The greatest width to which a text is padded, and the most decimals of a number."""
_LARGEST = 10_000  # bits of a whole number
_SPECIFICATION = re.compile(
    r"%(?:\([^)]*\))?[#0\- +]*(?P<width>\*|\d+)?(?:\.(?P<places>\*|\d+))?[hlL]?(?P<kind>[a-zA-Z%]?)"
)

Made = TypeVar("Made")
Given = ParamSpec("Given")


class Trusted:
    """A callable of the program's own, which compiled templates are given under a name that nobody else can write."""

    __slots__ = ()

    def __call__(self, *given: Any) -> Any:
        """Return what the program wants."""
        raise NotImplementedError


class Budget(Trusted):
    """The rounds that are left to one filling."""

    __slots__ = ("left",)

    def __init__(self, left: int = MOST_ROUNDS) -> None:
        self.left = left

    def __call__(self, *given: Iterable[Any]) -> Iterable[Any]:
        """Return what a loop runs over.

        Raises:
            SecurityError: once there are more rounds than any paper needs.
        """
        (rows,) = given
        if not isinstance(rows, Sized):
            return self._counted(rows)
        if len(rows) > LONGEST_LOOP:
            raise SecurityError(f"循环超过{LONGEST_LOOP}次")
        self.take(len(rows))
        return rows

    def take(self, rounds: int = 1) -> None:
        """Take some of the rounds."""
        self.left -= rounds
        if self.left < 0:
            raise SecurityError(f"循环一共超过{MOST_ROUNDS}次")

    def _counted(self, rows: Iterable[Any]) -> Iterator[Any]:
        for number, row in enumerate(rows):
            if number >= LONGEST_LOOP:
                raise SecurityError(f"循环超过{LONGEST_LOOP}次")
            self.take()
            yield row


def measured(chunks: Iterable[str]) -> Iterator[str]:
    """Yield an output in longer pieces.

    Raises:
        SecurityError: once they are longer than any paper.
    """
    size = 0
    rest = iter(chunks)
    while batch := list(islice(rest, 256)):
        text = joined(batch)
        size += len(text)
        if size > LONGEST_OUTPUT:
            raise SecurityError("文字太长")
        yield text


def short(length: int) -> None:
    """Return when a text of this length may be made.

    Raises:
        SecurityError: when it is longer than any value of a paper.
    """
    if length > LONGEST_TEXT:
        raise SecurityError("文字太长")


def narrow(*values: object) -> None:
    """Return when none of the values is a greater width than papers have.

    Raises:
        SecurityError: when one is.
    """
    if any(isinstance(value, int) and abs(value) > WIDEST for value in values):
        raise SecurityError("宽度太大")


def fixed_width(filter_: Callable[Given, Made]) -> Callable[Given, Made]:
    """Return a filter that takes no width greater than papers have, and makes no text longer than a value may be."""

    @wraps(filter_)
    def bounded(*given: Given.args, **named: Given.kwargs) -> Made:
        narrow(*given, *named.values())
        texts = [len(value) for value in (*given, *named.values()) if isinstance(value, str)]
        if len(texts) > 1:
            short(texts[0] * max(texts[1:]))
        return filter_(*given, **named)

    return bounded


def replaced(value: object, old: str, new: str, count: int | None = None) -> str:
    """Return a text with every occurrence of one text, or the first few, replaced by another.

    Raises:
        SecurityError: when the outcome would be longer than a value may be.
    """
    text, old, new = (part if isinstance(part, str) else str(shown(part)) for part in (value, old, new))
    short(len(text) + (text.count(old) if old else len(text)) * len(new))
    return text.replace(old, new, -1 if count is None else count)


def operands(operator: str, left: object, right: object) -> None:
    """Return when an operator may be applied.

    Raises:
        SecurityError: when what it would make is greater than any paper needs.
    """
    if operator == "**" and (_number(left) > WIDEST or _number(right) > WIDEST):
        raise SecurityError("数太大")
    if operator == "*":
        short(_length(left) * _number(right) + _length(right) * _number(left))
        if _bits(left) + _bits(right) > _LARGEST:
            raise SecurityError("数太大")
    if operator == "+":
        short(_length(left) + _length(right))


def method(called: Any, given: tuple[Any, ...], named: dict[str, Any]) -> None:
    """Return when a method of a text or a date may be called.

    Raises:
        SecurityError: when it would make more than any paper needs.
    """
    if isinstance(called.__self__, str):
        narrow(*given, *named.values())
    if called.__name__ == "replace" and isinstance(called.__self__, str) and len(given) > 1:
        replaced(called.__self__, str(given[0]), str(given[1]))
    if called.__name__ == "join" and given:
        joined_length(called.__self__, given[0])
    if called.__name__ == "strftime" and re.search(r"\d{4}", str(given)):
        raise SecurityError("宽度太大")


def joined_length(separator: object, items: Iterable[object]) -> None:
    """Return when items may be joined.

    Raises:
        SecurityError: when they make a text longer than a value may be.
    """
    if isinstance(items, list | tuple):
        short(len(items) * len(str(separator)) + sum(len(item) for item in items if isinstance(item, str)))


class Concatenation(Trusted):
    """What ``~`` makes: values as they print, one behind the other."""

    def __call__(self, *parts: object) -> str:
        """Return the values as one text; markup that a macro has made stays markup."""
        texts = [part if isinstance(part, str) else str(shown(part)) for part in parts]
        short(sum(map(len, texts)))
        return Markup("").join(texts) if any(isinstance(text, Markup) for text in texts) else "".join(texts)


def formatted(pattern: str, *values: object, **named: object) -> str:
    """Return a text with values put in after ``%``.

    Raises:
        SecurityError: when one is padded without end.
    """
    for found in _SPECIFICATION.finditer(pattern):
        if "*" in {found["width"], found["places"]}:
            raise SecurityError("宽度太大")
        narrow(*(int(digits) for digits in found.group("width", "places") if digits))
    plain = {name: plain_number(value) for name, value in named.items()}
    return pattern % (plain or tuple(plain_number(value) for value in values))


def plain_number(value: object) -> object:
    """Return what patterns can print: a text or number, a figure's number, else the value as papers print it."""
    number = value.figure.value if isinstance(value, PaperFigure) else value
    if number is None:
        return str(value) if isinstance(value, PaperFigure) else ""
    if isinstance(number, str | int | float):
        return number
    try:
        return float(number)  # type: ignore[arg-type]
    except TypeError:
        return shown(number)


class Pattern(SandboxedFormatter):
    """What ``"{}".format(…)`` does in a template: fields within the sandbox, none padded without end."""

    def __init__(self, sandbox: SandboxedEnvironment) -> None:
        super().__init__(sandbox)

    def format_field(self, value: Any, format_spec: str) -> Any:
        """Return one value, padded as said."""
        narrow(*(int(digits) for digits in re.findall(r"\d+", format_spec)))
        value = plain_number(value) if format_spec else shown(value)
        return Formatter.format_field(self, value, format_spec)


def _length(value: object) -> int:
    return len(value) if isinstance(value, str | list | tuple) else 0


def _number(value: object) -> int:
    return abs(int(value)) if isinstance(value, int | float) and value == value and abs(value) < 1e300 else 0  # noqa: PLR0124


def _bits(value: object) -> int:
    return value.bit_length() if isinstance(value, int) else 0
