"""What the cells of a filled workbook hold, read off what was written, and what its plain formulas come to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from html import unescape
from typing import overload
from xml.sax.saxutils import escape

from pbreports.excel.filling.arithmetic import Value
from pbreports.excel.filling.evaluation import value_of
from pbreports.excel.filling.named import areas_by_name
from pbreports.excel.filling.relations import Parts, book_part, relations, sheet_parts
from pbreports.excel.filling.staged import Step
from pbreports.excel.filling.strings import runs_in
from pbreports.excel.filling.trees import Area, Trouble, Unknown
from pbreports.excel.reader.address import LAST_ROW, column_letters, column_number
from pbreports.ooxml.markup import parse_xml

_FORMULA_CELL = re.compile(r'<c r="([A-Z]+)(\d+)"([^>]*)><f([^>]*)>([^<]*)</f></c>')
_CELL = re.compile(r"<c [^>]*?(?:/>|>(.*?)</c>)", re.DOTALL)
_ROW_NUMBER = re.compile(r'<row r="(\d+)"')
_ROW = re.compile(r'<row [^>]*?r="(\d+)"[^>]*?(?:/>|>.*?</row>)', re.DOTALL)
_TYPE = re.compile(r' t="(\w+)"')
_TEXT = re.compile(r"<t(?: [^>]*)?>([^<]*)</t>")
_MOST_READ = 1_000_000
_DEEPEST = 60
_MOST_FORMULAS = 20_000


@dataclass(slots=True)
class Results:
    """The cells of a workbook's sheets by title, as rows of markup by number; values are read and computed when asked.

    ``named`` tells the areas of names and tables' columns; ``strings`` are the shared texts.
    """

    sheets: Mapping[str, Callable[[], Mapping[int, str]]]
    named: Callable[[str, str], Area]
    strings: Sequence[str]
    _rows: dict[str, Mapping[int, str]] = field(default_factory=dict)
    _known: dict[tuple[str, int, int], Value | Unknown | Trouble] = field(default_factory=dict)
    _depth: int = 0
    _read: int = 0

    def value(self, sheet: str, row: int, column: int) -> Value:
        """Return what a cell holds or its formula comes to.

        Raises:
            Unknown: when that cannot be told here.
            Trouble: when it is an error value.
        """
        key = (sheet.casefold(), row, column)
        if key not in self._known:
            self._known[key] = Unknown("it speaks of itself")
            self._known[key] = self._told(sheet, row, column)
        found = self._known[key]
        if isinstance(found, Unknown | Trouble):
            raise found
        return found

    def take(self, count: int) -> None:
        """Count cells that are read; raises ``Unknown`` once they are more than a preview is worth."""
        self._read += count
        if self._read > _MOST_READ:
            raise Unknown("too much")

    def rows(self, sheet: str) -> Mapping[int, str]:
        """Return the rows of a sheet as markup, by number."""
        key = sheet.casefold()
        if key not in self._rows:
            if key not in self.sheets:
                raise Unknown(sheet)
            self._rows[key] = self.sheets[key]()
        return self._rows[key]

    def _told(self, sheet: str, row: int, column: int) -> Value | Unknown | Trouble:
        if self._depth > _DEEPEST:
            return Unknown("too deep")
        self._depth += 1
        try:
            return self._cell(sheet, row, column)
        except (Unknown, Trouble) as error:
            return error
        finally:
            self._depth -= 1

    def _cell(self, sheet: str, row: int, column: int) -> Value:
        markup = self.rows(sheet).get(row, "")
        at = markup.find(f'<c r="{column_letters(column)}{row}"')
        if at < 0:
            return None
        end = markup.find(">", at)
        if markup.startswith("<v>", end + 1) and " t=" not in markup[at:end]:  # a number, as most cells that are summed
            return float(markup[end + 4 : markup.find("<", end + 4)])
        cell = _CELL.match(markup, at)
        if cell is None or cell[1] is None:
            return None
        inside, head = cell[1], cell[0][: cell.start(1) - cell.start()]
        kind = found[1] if (found := _TYPE.search(head)) else "n"
        if "<f" in inside:
            return self._computed(inside, sheet)
        if kind == "inlineStr":
            return unescape("".join(_TEXT.findall(inside)))
        return self._stored(kind, unescape(inside.partition("<v>")[2].partition("</v>")[0]))

    def _computed(self, inside: str, sheet: str) -> Value:
        head, _, rest = inside.partition(">")
        if " t=" in head or head.endswith("/"):
            raise Unknown(head)
        return value_of(unescape(rest.partition("</f>")[0]), Seen(self, sheet))

    def _stored(self, kind: str, text: str) -> Value:
        if kind == "e":
            raise Trouble(text)
        if kind == "b":
            return text == "1"
        if kind == "s":
            return self.strings[int(text)]
        if kind == "str" or not text:
            return text or None
        return float(text)

    def known(self, sheet: str, row: int, column: int) -> str | float | None:
        """Return what a cell shows, for a chart that remembers it; raises ``Unknown`` where that is not known."""
        try:
            value = self.value(sheet, row, column)
        except Trouble as trouble:
            raise Unknown(str(trouble)) from trouble
        return None if value is None else value if isinstance(value, str) else _digits(float(value))


def results_of(parts: Parts, told: Mapping[str, Sequence[str]], steps: Sequence[Step]) -> Results:
    """Return what the cells of a workbook hold: of filled sheets by their rows, of the others by their parts."""
    sheets: dict[str, Callable[[], Mapping[int, str]]] = {
        title.casefold(): partial(_by_number, rows) for title, rows in told.items()
    }
    for sheet in sheet_parts(parts):
        sheets.setdefault(sheet.title.casefold(), partial(_rows_of, parts[sheet.part]))
    return Results(sheets, areas_by_name(parts, steps), _Strings(parts))


def _by_number(rows: Sequence[str]) -> Mapping[int, str]:
    return {int(found[1]): row for row in rows if (found := _ROW_NUMBER.match(row))}


def _rows_of(part: bytes) -> Mapping[int, str]:
    return {int(found[1]): found[0] for found in _ROW.finditer(part.decode())}


class _Strings(Sequence[str]):
    """The shared texts of a workbook, read when the first is asked for."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    @cached_property
    def _all(self) -> list[str]:
        links = relations(self._parts, book_part(self._parts))
        part = next((link.part for link in links if link.kind == "sharedStrings"), "")
        items = parse_xml(self._parts[part], part) if part else ()
        return ["".join(run.text for run in runs_in(item)) for item in items]

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        return self._all[place]

    def __len__(self) -> int:
        return len(self._all)


@dataclass(frozen=True, slots=True)
class Seen:
    """The cells of a workbook as a formula of a sheet sees them."""

    results: Results
    sheet: str

    def area(self, area: Area) -> Iterator[Value]:
        """Yield the values of a range, row by row."""
        title = area.sheet or self.sheet
        if area.bottom - area.top > 0 and (area.bottom == LAST_ROW or area.right - area.left > 500):
            area = self._bounded(area, title)
        self.results.take((area.bottom - area.top + 1) * (area.right - area.left + 1))
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                yield self.results.value(title, row, column)

    def _bounded(self, area: Area, title: str) -> Area:
        last = max(self.results.rows(title), default=0)
        if area.right - area.left > 500:
            raise Unknown("whole rows")
        return Area(area.sheet, area.left, area.top, area.right, min(area.bottom, last))

    def plain(self, area: Area, *, skip_hidden: bool) -> Iterator[Value]:
        """Yield the values of a range without those of subtotals; raises ``Unknown`` where rows are hidden."""
        title = area.sheet or self.sheet
        rows = self.results.rows(title)
        for row in range(area.top, area.bottom + 1):
            markup = rows.get(row, "")
            if ' hidden="1"' in markup.partition(">")[0]:
                raise Unknown(f"hidden {skip_hidden}")
            for column in range(area.left, area.right + 1):
                at = markup.find(f'<c r="{column_letters(column)}{row}"')
                cell = _CELL.match(markup, at) if at >= 0 else None
                if cell is None or "SUBTOTAL(" not in cell[0]:
                    yield self.results.value(title, row, column)

    def named(self, name: str) -> Area:
        """Return the area that a name or a table's column means; raises ``Unknown``."""
        return self.results.named(name, self.sheet)


def with_results(rows: list[str], sheet: str, results: Results) -> None:
    """Put beside the formulas of a sheet's rows what they come to, where that is known."""
    if sum(row.count("<f") for row in rows) > _MOST_FORMULAS:
        return
    for place, row in enumerate(rows):
        if "<f" in row:
            rows[place] = _FORMULA_CELL.sub(lambda found: _with_result(found, sheet, results), row)


def _with_result(found: re.Match[str], sheet: str, results: Results) -> str:
    letters, row, attributes, declared, text = found.groups()
    try:
        value = results.value(sheet, int(row), column_number(letters))
    except Unknown:
        return found[0]
    except Trouble as trouble:
        kind, told = ' t="e"', str(trouble)
    else:
        kind, told = _result(value)
    return f'<c r="{letters}{row}"{attributes}{kind}><f{declared}>{text}</f><v>{told}</v></c>'


def _result(value: Value) -> tuple[str, str]:
    if isinstance(value, bool):
        return ' t="b"', str(int(value))
    if isinstance(value, str):
        return ' t="str"', escape(value)
    return "", str(_digits(value or 0.0))


def _digits(number: float) -> float:
    """Return a number as it is written: a whole one without a point."""
    return int(number) if number == int(number) and abs(number) < 1e15 else number
