"""What a template sees: figures, lists and constants by name."""

from __future__ import annotations

from collections.abc import Mapping

from pbreports.errors import TemplateError
from pbreports.tags.display import PaperFigure
from pbreports.values import Figure, NamedList


def paper_values(
    figures: Mapping[str, Figure], lists: Mapping[str, NamedList], constants: Mapping[str, object]
) -> dict[str, object]:
    """Return the values by name: figures that print and compare, lists as rows of columns, constants as they are.

    Raises:
        TemplateError: when a name stands for two things.
    """
    shared = (figures.keys() & lists.keys()) | (constants.keys() & (figures.keys() | lists.keys()))
    if shared:
        names = "、".join(sorted(shared))
        raise TemplateError("方案", f"“{names}”既是数字又是名单或参数", "请把其中一个改名")
    values: dict[str, object] = dict(constants)
    values |= {name: PaperFigure(figure) for name, figure in figures.items()}
    values |= {name: tuple(dict(row) for row in named.rows) for name, named in lists.items()}
    return values
