"""Fills the template of a paper, whichever office program it is for."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pbreports.excel.template import compile_workbook_template
from pbreports.word.read import unfilled
from pbreports.word.template import compile_template

RUN = "pbreports"
"""The custom document property that says from what a paper was made; the journal knows the same text."""


@dataclass(frozen=True, slots=True)
class FilledPaper:
    """A paper filled: its bytes, what is still to be written by hand, notices, and what the journal keeps.

    ``run`` is a digest of template and values; ``links`` are the expressions written between hidden bookmarks, by the
    name that these carry.
    """

    data: bytes = field(repr=False)
    unfilled: tuple[str, ...]
    notices: tuple[str, ...]
    template: str
    run: str = ""
    links: Mapping[str, str] = field(default_factory=dict)


def filled(template: Path, values: Mapping[str, object], linked: Collection[str], stamp: datetime) -> FilledPaper:
    """Return a template filled with values; what rests on the names ``linked`` is linked to them in Word papers.

    Raises:
        TemplateError: when the template cannot be filled; all its mistakes are named.
    """
    if template.suffix.casefold() in {".xlsx", ".xlsm"}:
        book = compile_workbook_template(template).fill(values, stamp=stamp)
        return FilledPaper(book.data, (), book.notices, _digest(template.read_bytes()))
    compiled = compile_template(template)
    digest = _digest(template.read_bytes())
    run = _digest("\n".join((digest, *(f"{name}={_plain(value)}" for name, value in sorted(values.items())))).encode())
    made = compiled.fill(values, stamp=stamp, linked=linked, custom={RUN: run[:16]})
    links = {link.name: link.expression for link in made.links}
    return FilledPaper(made.data, unfilled(made.data), made.notices, digest, run[:16], links)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _plain(value: object) -> str:
    """Return a value as a text of which equal values have the same."""
    return str(getattr(getattr(value, "figure", None), "value", value))
