"""What a macro or a block has caught: a text to whoever compares or changes it, markup where it is written as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import jinja2
from jinja2.runtime import Macro

TextOf = Callable[[str], str]
"""Returns the text that markup shows."""


class Captured(str):
    """The text of caught markup; ``markup`` is what was caught. Whatever is made of it by filters is plain text."""

    __slots__ = ("markup",)
    markup: str

    @classmethod
    def of(cls, markup: str, text_of: TextOf) -> Captured:
        """Return what was caught, with the text that it shows."""
        made = cls(text_of(markup))
        made.markup = markup
        return made


def capturing(template: jinja2.Template, text_of: TextOf) -> jinja2.Template:
    """Return a template whose macros, blocks and recursive loops give what they catch as ``Captured``.

    Jinja's compiled code makes it of the names ``Markup`` and ``Macro`` in its own namespace.
    """
    namespace = template.root_render_func.__globals__
    namespace["Markup"] = lambda markup: Captured.of(str(markup), text_of)
    namespace["Macro"] = _macro(text_of)
    return template


def joined(chunks: Iterable[str]) -> str:
    """Return pieces of output in one, of what was caught the markup."""
    return "".join([chunk.markup if type(chunk) is Captured else chunk for chunk in chunks])


def _macro(text_of: TextOf) -> type[Macro]:
    class CapturingMacro(Macro):
        """A macro that gives what it catches as ``Captured``."""

        def _invoke(self, arguments: list[Any], autoescape: bool) -> str:  # noqa: ARG002, FBT001 - Jinja's signature
            return Captured.of(self._func(*arguments), text_of)

    return CapturingMacro
