"""Writes any value in the place of a tag."""

from __future__ import annotations

from pbreports.tags.display import shown
from pbreports.tags.program import Fill
from pbreports.word.filling.context import RunContext
from pbreports.word.filling.foreign import foreign
from pbreports.word.filling.text import placed


def written(value: object, where: RunContext, fill: Fill) -> str:
    """Return the markup of a value: that of its own if it knows it, otherwise of the text as which papers show it.

    Raises:
        TemplateError: when the value cannot stand in this place.
    """
    if type(value) is str:
        return placed(value, where, fill)
    markup = getattr(value, "word_markup", None) or getattr(foreign(value), "word_markup", None)
    if markup is not None:
        own: str = markup(where, fill)
        return own
    return placed(str(shown(value)), where, fill)
