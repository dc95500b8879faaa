"""Fills the template of a paper with figures, lists and constants: what the papers' pipeline asks of Word."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from pbreports.word.template import compile_template


def names(template: Path) -> set[str]:
    """Return the names of figures, lists and constants that a template uses.

    Raises:
        TemplateError: when the template cannot be read; every mistake of its tags is named.
    """
    compiled = compile_template(template)
    compiled.require_sound()
    return {use.name for _, use in compiled.names()}


def check(template: Path, values: Mapping[str, object]) -> None:
    """Return when the template can be filled with these values.

    Raises:
        TemplateError: naming every mistake: unreadable tags, unknown names and columns, each with its place.
    """
    compile_template(template).require_sound(values)


def fill(template: Path, values: Mapping[str, object], *, stamp: datetime, author: str = "") -> bytes:
    """Return the paper: the template with its tags replaced by the values (see ``pbreports.tags.values``).

    ``stamp`` is written into the file as the time it was made; equal template, values and stamp give equal bytes.

    Raises:
        TemplateError: when the template cannot be filled; every unknown name is told at once, with its place.
    """
    return compile_template(template).render(values, stamp=stamp, author=author).data
