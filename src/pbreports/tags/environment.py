"""The sandbox in which templates are read and filled: nothing but its text can come out of a template."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache, wraps
from html import unescape
from types import BuiltinMethodType
from typing import Any

from jinja2 import StrictUndefined, Undefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.filters import make_attrgetter
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from pbreports.tags.bounds import (
    LONGEST_LOOP,
    ROUNDS_OF_A_CALL,
    Concatenation,
    Pattern,
    Trusted,
    fixed_width,
    formatted,
    joined_length,
    method,
    operands,
    replaced,
)
from pbreports.tags.captured import joined
from pbreports.tags.code import OWN, ProgramCode
from pbreports.tags.display import shown
from pbreports.tags.filters import FILTERS

RESERVED = OWN | {"self", "super"}
"""Names that only the program writes into compiled templates, and those of Jinja that show its inside."""
_KEPT_FILTERS = (
    "abs attr capitalize count d default dictsort first float groupby int items last length list lower map max min"
    " reject rejectattr reverse filesizeformat urlencode select selectattr sort string striptags sum title trim truncate unique upper wordcount"
).split()
_WIDE_FILTERS = "batch center indent round slice wordwrap".split()
_WORDS = "capitalize lower replace title upper".split()
_AS_TEXT = ("e", "escape", "forceescape", "safe")
"""Filters that docxtpl's users write so that signs survive; here they always do, and no value becomes markup."""
_TEXT_METHODS = frozenset(
    "capitalize casefold center count endswith find format index isalnum isalpha isdecimal isdigit islower isnumeric"
    " isspace istitle isupper join ljust lower lstrip partition removeprefix removesuffix replace rfind rindex rjust"
    " rpartition rsplit rstrip split splitlines startswith strip swapcase title upper zfill".split()
)
_DICTIONARY = frozenset(dir(dict))
_MARKUP = re.compile("(<[^>]*>)")
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
    """Jinja's immutable sandbox, with bounds to what operators and methods can make."""

    concat = staticmethod(joined)

    intercepted_binops = frozenset({"*", "+", "**", "%"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Return what an operator makes of two values.

        Raises:
            SecurityError: when that would be more than any paper needs.
        """
        operands(operator, left, right)
        if operator == "%" and isinstance(left, str):
            return formatted(left, *(right if isinstance(right, tuple) else (right,)))
        return super().call_binop(context, operator, left, right)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute or item; a row's column is the commonest."""
        if obj.__class__ is dict and attribute in obj and attribute not in _DICTIONARY:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a template may see an attribute: of texts the listed methods, of numbers none."""
        if isinstance(obj, str):
            return attr in _TEXT_METHODS
        if isinstance(obj, int | float | complex | bytes | type):
            return False
        return super().is_safe_attribute(obj, attr, value)

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:  # noqa: ARG002 - Jinja calls it so
        """Raise the error for an attribute that no template may see."""
        raise SecurityError(attribute)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Return what ``"…".format`` does in a template, ``None`` for every other attribute."""
        if super().wrap_str_format(value) is None:
            return None
        if value.__name__ == "format_map" or isinstance(value.__self__, Markup):
            raise SecurityError(value.__name__)
        pattern = Pattern(self)
        return lambda *given, **named: str(pattern.vformat(value.__self__, given, named))

    def call(self, context: Context, called: Any, /, *given: Any, **named: Any) -> Any:
        """Return what a call in a template gives; each call of a macro is one of the filling's rounds."""
        if isinstance(called, Trusted):
            return called(*given)
        if isinstance(called, Macro) and (budget := context.parent.get("_bounded")):
            budget.take(ROUNDS_OF_A_CALL)
        if isinstance(called, LoopContext) and given and (budget := context.parent.get("_bounded")):
            given = (budget(given[0]), *given[1:])
        if isinstance(called, BuiltinMethodType) and isinstance(called.__self__, str | date):
            method(called, given, named)
        return super().call(context, called, *given, **named)


class ProgramSandbox(Sandbox):
    """The sandbox of compiled templates: every loop is counted, every ``~`` bounded."""

    code_generator_class = ProgramCode

    def _generate(self, source: nodes.Template, *given: Any, **named: Any) -> str:
        return super()._generate(_Bounding().visit(source), *given, **named)


class _Bounding(NodeTransformer):
    """Puts the bounds into the syntax tree of a compiled template, and lines where Jinja's code has none."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 - Jinja's name for it
        self.generic_visit(node)
        node.iter = _call("_bounded", [node.iter], node)  # type: ignore[list-item]  # an iterable is an expression
        return node

    def visit_With(self, node: nodes.With) -> nodes.With:  # noqa: N802 - Jinja's name for it
        self.generic_visit(node)
        if node.targets:
            place: dict[str, Any] = {"lineno": node.lineno, "environment": node.environment}
            targets, values = nodes.Tuple(node.targets, "store", **place), nodes.Tuple(node.values, "load", **place)
            node.body.insert(0, nodes.Assign(targets, values, **place))
            node.targets, node.values = [], []
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Call:  # noqa: N802 - Jinja's name for it
        self.generic_visit(node)
        return _call("_concatenated", node.nodes, node)


def _call(name: str, given: list[nodes.Expr], like: nodes.Node) -> nodes.Call:
    """Return a call of one of the program's own names."""
    place: dict[str, Any] = {"lineno": like.lineno, "environment": like.environment}
    return nodes.Call(nodes.Name(name, "load", **place), given, [], None, None, **place)


@cache
def environment() -> Sandbox:
    """Return the environment in which tags are read as they stand: strict about unknown names, with our filters."""
    return _made(Sandbox, StrictUndefined)


@cache
def program_environment(*, blank: bool = False) -> Sandbox:
    """Return the environment of compiled templates; with ``blank`` an unknown name is nothing, as with docxtpl."""
    made = _made(ProgramSandbox, Undefined if blank else StrictUndefined, **MARKS)
    made.filters |= {name: _in_markup(made.filters[name]) for name in _WORDS}
    made.finalize = None  # what is written has been made by its writer
    made.globals["_concatenated"] = Concatenation()
    return made


def _made(sandbox: type[Sandbox], undefined: type[Undefined], **marks: str) -> Sandbox:
    made = sandbox(autoescape=True, undefined=undefined, finalize=shown, keep_trailing_newline=True, **marks)
    kept = {name: made.filters[name] for name in _KEPT_FILTERS}
    wide = {name: fixed_width(made.filters[name]) for name in _WIDE_FILTERS}
    ours = {"format": formatted, "join": _joined(made.filters["join"]), "replace": replaced}
    made.filters = kept | wide | ours | dict.fromkeys(_AS_TEXT, _text) | FILTERS
    made.globals = {
        "range": _range,
        "dict": dict,
        "namespace": Namespace,
        "cycler": Cycler,
        "joiner": Joiner,
    }
    return made


def _range(*bounds: int) -> range:
    made = range(*bounds)
    if len(made) > LONGEST_LOOP:
        raise SecurityError(f"range 超过{LONGEST_LOOP}项")
    return made


def _text(value: object) -> str:
    shown_value = shown(value)
    return shown_value.unescape() if isinstance(shown_value, Markup) else str(shown_value)


def _joined(join: Callable[..., str]) -> Callable[..., str]:
    """Return Jinja's ``join``, for values as they print, and none longer than a value may be."""

    @wraps(join)
    def bounded(context: Any, value: Iterable[Any], d: str = "", attribute: str | int | None = None) -> str:
        if attribute is not None:
            value = map(make_attrgetter(context.environment, attribute), value)
        items = [item if isinstance(item, str | Undefined) else shown(item) for item in value]
        joined_length(d, items)
        return join(context, items, d)

    return bounded


def _in_markup(filter_: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that, of markup made by a macro or block, takes the texts between its tags."""

    @wraps(filter_)
    def within(*given: Any, **named: Any) -> Any:
        at = next((number for number, value in enumerate(given) if isinstance(value, Markup)), None)
        if at is None:
            return filter_(*given, **named)
        pieces = _MARKUP.split(given[at])
        for number in range(0, len(pieces), 2):
            text = unescape(pieces[number])
            pieces[number] = str(escape(filter_(*given[:at], text, *given[at + 1 :], **named))) if text else ""
        return Markup("".join(pieces))  # noqa: S704 - its tags are as they were, its texts escaped

    return within
