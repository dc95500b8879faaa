"""A sheet of a template as rows and cells, taken apart once: what in it is markup, what text with tags, what formula."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from pbreports.excel.filling.signs import FORMULA, HERE, SPLIT
from pbreports.excel.filling.strings import Fragment, Run, fragments, looks_tagged, markup, runs_in
from pbreports.excel.reader.address import column_letters, column_number, moved, position
from pbreports.ooxml.markup import SPREADSHEET
from pbreports.tags.problems import Place, Problem
from pbreports.tags.tokens import Tag

_QUALIFIER = re.compile(r"'(?:[^']|'')*'!")
_ADDRESS = re.compile(r"([A-Z]+)(\d+)")


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """A formula of a template: its place, its text without ``=``, the area of an array formula, what else it declares."""

    number: int
    row: int
    column: str
    text: str
    area: str = ""
    attributes: str = ""


@dataclass(frozen=True, slots=True)
class TemplateCell:
    """A cell: its place and style, and either its markup up to the end or its text with tags.

    ``opening`` begins the markup of a cell with tags (``<c r="B…"``), ``rich`` tells that its text has runs, ``remarked``
    that it held remarks (``{# … #}``) alone.
    """

    column: int
    style: str
    markup: str = ""
    texts: tuple[Fragment, ...] = ()
    opening: str = ""
    rich: bool = False
    empty: bool = False
    remarked: bool = False

    @property
    def tags(self) -> tuple[Tag, ...]:
        """Return the tags of the cell, in order."""
        return tuple(one.item for one in self.texts if isinstance(one.item, Tag))


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A row: its number, its opening markup, the height that it is fixed to (0 for none), its cells."""

    number: int
    opening: str
    height: float
    fixed: bool
    cells: tuple[TemplateCell, ...]

    @property
    def blank(self) -> str:
        """Return the row with nothing in its cells but their style."""
        cells = "".join(_blank_cell(cell) for cell in self.cells)
        return f"{self.opening}{cells}</row>"


def _blank_cell(cell: TemplateCell) -> str:
    style = f' s="{cell.style}"' if cell.style else ""
    return f'<c r="{column_letters(cell.column)}{HERE}"{style}/>'


@dataclass(frozen=True)
class TemplateSheet:
    """The rows of a sheet that are declared, its formulas by number, and what is wrong with its tags."""

    title: str
    rows: tuple[TemplateRow, ...]
    formulas: tuple[FormulaCell, ...]
    problems: tuple[Problem, ...]
    merges: tuple[tuple[int, int, int, int], ...] = ()
    widths: tuple[tuple[int, int, float], ...] = ()
    usual_width: float = 8.43

    @property
    def has_tags(self) -> bool:
        """Return whether any cell holds a tag."""
        return any(cell.texts for row in self.rows for cell in row.cells)


@dataclass(slots=True)
class _Reading:
    title: str
    strings: Sequence[etree._Element]
    formulas: list[FormulaCell] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    shared: dict[str, tuple[str, int, int]] = field(default_factory=dict)


def read_sheet(root: etree._Element, title: str, strings: Sequence[etree._Element]) -> TemplateSheet:
    """Return the rows of a sheet; ``strings`` are the items of the workbook's shared strings."""
    reading = _Reading(title, strings)
    rows: list[TemplateRow] = []
    data = root.find(_tag("sheetData"))
    number = 0
    for element in () if data is None else data:
        number = int(element.get("r", number + 1))
        rows.append(_row(element, number, reading))
    return TemplateSheet(
        title,
        tuple(rows),
        tuple(reading.formulas),
        tuple(reading.problems),
        tuple(_merges(root)),
        tuple(_widths(root)),
        _usual_width(root),
    )


def _merges(root: etree._Element) -> Iterator[tuple[int, int, int, int]]:
    """Yield first row, first column, last row and last column of each merged range."""
    for merge in root.iter(_tag("mergeCell")):
        corners = [position(end) for end in merge.get("ref", "").replace("$", "").split(":")]
        if len(corners) == 2 and corners[0] and corners[1]:
            yield (*corners[0], *corners[1])


def _widths(root: etree._Element) -> Iterator[tuple[int, int, float]]:
    for column in root.iter(_tag("col")):
        if column.get("width"):
            yield int(column.get("min", 0)), int(column.get("max", 0)), float(column.get("width", 0))


def _usual_width(root: etree._Element) -> float:
    told = root.find(_tag("sheetFormatPr"))
    return float(told.get("defaultColWidth") or told.get("baseColWidth") or 8.43) if told is not None else 8.43


def _row(element: etree._Element, number: int, reading: _Reading) -> TemplateRow:
    cells: list[TemplateCell] = []
    column = 0
    for cell in element:
        address = _ADDRESS.fullmatch(cell.get("r", ""))
        column = column_number(address[1]) if address else column + 1
        cells.append(_cell(cell, number, column, reading))
    fixed = element.get("customHeight") in {"1", "true"}
    return TemplateRow(number, _opening(element), float(element.get("ht", 0)), fixed, tuple(cells))


def _opening(element: etree._Element) -> str:
    """Return the opening tag of a row, its number left open."""
    told = {str(name): str(value) for name, value in element.attrib.items()}
    bare = etree.Element(element.tag, told, nsmap=element.nsmap)  # type: ignore[arg-type]
    bare.set("r", "0")
    text = markup(bare).removesuffix("/>")
    return text.replace(' r="0"', f' r="{HERE}"', 1) + ">"


def _cell(element: etree._Element, row: int, column: int, reading: _Reading) -> TemplateCell:
    letters, style = column_letters(column), element.get("s", "")
    formula = element.find(_tag("f"))
    opening = f'<c r="{letters}{HERE}"'
    if formula is not None:
        text = _formula_markup(formula, row, letters, reading)
        styled = f' s="{style}"' if style else ""
        return TemplateCell(column, style, f"{opening}{styled}{text}</c>")
    runs = _runs(element, reading.strings)
    if runs and looks_tagged("".join(run.text for run in runs)):
        place = Place(reading.title, "", f"{letters}{row}", "".join(run.text for run in runs))
        texts, problems = fragments(runs, place)
        reading.problems.extend(problems)
        if "".join(str(one.item) for one in texts) != place.text:
            return _tagged(column, style, opening, texts, rich=any(run.properties for run in runs))
    element.set("r", "0")
    told = markup(element).replace(' r="0"', f' r="{letters}{HERE}"', 1)
    return TemplateCell(column, style, told, empty=len(element) == 0)


def _tagged(column: int, style: str, opening: str, texts: tuple[Fragment, ...], *, rich: bool) -> TemplateCell:
    """Return a cell whose text is not to stand as it is; one of remarks alone is empty."""
    if texts:
        return TemplateCell(column, style, "", texts, opening, rich)
    styled = f' s="{style}"' if style else ""
    return TemplateCell(column, style, f"{opening}{styled}/>", empty=True, remarked=True)


def _runs(cell: etree._Element, strings: Sequence[etree._Element]) -> tuple[Run, ...]:
    kind = cell.get("t", "n")
    if kind == "s":
        number = int(cell.findtext(_tag("v"), "-1"))
        return runs_in(strings[number]) if 0 <= number < len(strings) else ()
    if kind == "inlineStr":
        inline = cell.find(_tag("is"))
        return runs_in(inline) if inline is not None else ()
    return (Run("", cell.findtext(_tag("v"), "")),) if kind == "str" else ()


def _formula_markup(element: etree._Element, row: int, letters: str, reading: _Reading) -> str:
    """Return what stands for a formula, which is noted; of a shared one each cell gets its own."""
    text, kind, number = element.text or "", element.get("t", "normal"), len(reading.formulas)
    if kind == "dataTable":
        return f">{markup(element)}"
    if kind == "shared":
        text = _shared(element, row, column_number(letters), reading)
    if "{{" in _QUALIFIER.sub("", text).replace("｛", "{"):
        place = Place(reading.title, "", f"{letters}{row}", f"={text}")
        remedy = "请把标签单独写在一格，公式里引用那一格"
        reading.problems.append(Problem("T-45", place, "公式里的标签填不了", remedy))
    area = element.get("ref", "") if kind == "array" else ""
    told = "".join(f' {name}="{element.get(name)}"' for name in ("aca", "ca") if element.get(name))
    reading.formulas.append(FormulaCell(number, row, letters, text, area, told))
    return f">{FORMULA}{number}{SPLIT}"


def _shared(element: etree._Element, row: int, column: int, reading: _Reading) -> str:
    key = element.get("si", "")
    if element.text:
        reading.shared[key] = (element.text, row, column)
    text, first_row, first_column = reading.shared.get(key, ("", row, column))
    return moved(text, row - first_row, column - first_column)


def _tag(name: str) -> str:
    return f"{{{SPREADSHEET}}}{name}"
