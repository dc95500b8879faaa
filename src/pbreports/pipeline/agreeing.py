"""What papers really say: the figures that stand in the files, of this run, of earlier ones and in signed copies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from jinja2 import TemplateSyntaxError

from pbreports.errors import TemplateError, WorkbookError
from pbreports.excel.linked import linked_values
from pbreports.journal import Journal, WrittenPaper
from pbreports.pipeline.filling import is_word
from pbreports.pipeline.year import Year
from pbreports.scheme.model import FigureRule
from pbreports.scheme.papers import FIGURE, HERE, OLDER, OTHER, SIGNED, STATE, THERE, WRITTEN
from pbreports.tags.display import shown_number
from pbreports.tags.names import uses
from pbreports.values import Record, Scalar
from pbreports.word.linked import linked_texts

DRAFT = "草稿"
"""The state in the name of a paper that is not to be signed."""
_UNFILLED = "【待填"
Figures = Mapping[str, FigureRule]


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of a paper: its title, how it came about, and the text of each figure in it.

    ``said`` is by the expression in the template: the figure's name, or the name with filters.
    """

    title: str
    state: str
    said: Mapping[str, str]


def said_in(paper: Path, data: bytes, links: Mapping[str, str], figures: Figures) -> dict[str, str]:
    """Return the text of each figure as it stands in a file, by expression; several texts are joined.

    ``links`` are the expressions by the name of the hidden bookmark. What rests on lists differs from row to row and is
    left out, and so is what a person still has to write.
    """
    if is_word(paper):
        texts = {links.get(name, name): found for name, found in linked_texts(data).items()}
    else:
        cells = linked_values(data).items()
        texts = {
            name: tuple(_as_printed(one, figures[name]) for one in found) for name, found in cells if name in figures
        }
    told = {expression: dict.fromkeys(filter(_is_filled, found)) for expression, found in texts.items()}
    return {one: "、".join(found) for one, found in told.items() if found and _rests_on(one) <= figures.keys()}


def _is_filled(text: str) -> bool:
    return bool(text.strip()) and _UNFILLED not in text


def _as_printed(value: object, rule: FigureRule) -> str:
    """Return what stands in a cell as papers print it; cells keep percentages as parts of one."""
    if isinstance(value, Decimal):
        return shown_number(value * 100 if rule.unit == "%" else value, rule.unit, rule.places)
    return "" if value is None else str(value)


@lru_cache(maxsize=1024)
def _rests_on(expression: str) -> frozenset[str]:
    """Return the names in an expression; a sign that nothing is called by where it cannot be read."""
    try:
        return frozenset(use.name for use in uses(f"{{{{ {expression} }}}}")) or frozenset({""})
    except TemplateSyntaxError:
        return frozenset({""})


def standing(year: Year, titles: Iterable[str]) -> tuple[Copy, ...]:
    """Return the papers with other titles that stand in the workspace: the signed copy, else the one written last.

    Drafts are not to be signed, and a file that cannot be read says nothing.
    """
    written: dict[str, list[WrittenPaper]] = {}
    folder = year.workspace.shown(year.workspace.papers)
    for one in Journal(year.workspace.journal).written().values():
        if one.path.startswith(f"{folder}/") and not Path(one.path).stem.endswith(f"_{DRAFT}"):
            written.setdefault(one.title or Path(one.path).stem.rpartition("_")[0], []).append(one)
    others = ((title, lines) for title, lines in written.items() if title not in set(titles))
    return tuple(copy for title, lines in others for copy in _copies(year, title, lines))


def _copies(year: Year, title: str, lines: Sequence[WrittenPaper]) -> Iterator[Copy]:
    links = {name: expression for one in lines for name, expression in one.links.items()}
    signed = year.workspace.final_of(title)
    paths = [year.workspace.root / one.path for one in reversed(lines)]
    path = signed or next((path for path in paths if path.exists()), None)
    said = _said(path, links, year.scheme.figures) if path else {}
    if said:
        yield Copy(title, SIGNED if signed else OLDER, said)


def _said(path: Path, links: Mapping[str, str], figures: Figures) -> dict[str, str]:
    try:
        return said_in(path, path.read_bytes(), links, figures)
    except (OSError, TemplateError, WorkbookError):  # a scan, or open elsewhere: nothing can be read from it
        return {}


def compared(mine: Copy, others: Iterable[Copy]) -> tuple[Record, ...]:
    """Return a row of the table of what papers say for each figure that this copy and another one both have."""
    return tuple(
        _row({FIGURE: figure, HERE: text, OTHER: other.title, THERE: other.said[figure], STATE: other.state})
        for other in others
        for figure, text in mine.said.items()
        if figure in other.said
    )


def _row(values: Mapping[str, Scalar]) -> Record:
    return Record(WRITTEN, "", values, {}, HERE, "")
