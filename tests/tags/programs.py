"""Programs made from texts, for the tests of the tag language."""

from __future__ import annotations

from markupsafe import Markup

from pbreports.tags.display import shown
from pbreports.tags.problems import Place, Problem
from pbreports.tags.program import Fill, Piece, Program, Slot, assemble
from pbreports.tags.tokens import Kind, Tag, tags


def written(value: object, fill: Fill) -> str:
    """Return a value as it prints, its markup escaped; what macros have made is markup already."""
    return value if isinstance(value, Markup) else str(shown(value)).replace("&", "&amp;").replace("<", "&lt;")


def pieces(text: str) -> list[Piece]:
    """Return a text cut at its tags; each tag's place says its number, counted from 1."""
    cut: list[Piece] = []
    place = number = 0
    for tag in tags(text):
        assert isinstance(tag, Tag)
        cut.append(text[place : tag.start])
        place = tag.end
        if tag.kind is not Kind.COMMENT:
            number += 1
            cut.append(
                Slot(Place(spot=f"第{number}处", text=tag.text), tag.body, written if tag.kind is Kind.VALUE else None)
            )
    return [*cut, text[place:]]


def problems(text: str) -> list[Problem]:
    """Return what is wrong with a text as a template."""
    return list(assemble(pieces(text))[1])


def program(text: str) -> Program:
    """Return a text as a program."""
    made, wrong = assemble(pieces(text))
    assert made is not None, [str(each) for each in wrong]
    return made


def run(text: str, *, blank: bool = False, **values: object) -> str:
    """Return a text filled."""
    return program(text).run(values, Fill(), blank=blank)
