"""Where a field of a record stands: in an issued data sheet, or among the facts put beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.utils.cell import absolute_coordinate

from pbreports.excel.layout import FACTS, geometry_of
from pbreports.excel.presets import answers
from pbreports.excel.remarks import lowest
from pbreports.excel.selfcheck.terms import ROW, quoted
from pbreports.excel.strays import FEWEST, LABELS, REMARKS
from pbreports.scheme.model import Field, FieldKind, Layout, Sheet

FIRST_FACT = 2  # the row below the names of the facts
_FIRST_DAY, _LAST_DAY = 1, 73_415  # the days a spreadsheet can name, to 2100-12-31
_NO_BOUND = 10**15
_ORDINAL = f"$A{ROW}"


@dataclass(slots=True)
class Names:
    """The defined names of ranges on other sheets, by which formulas ask them.

    A formula that names no other sheet itself can be shared by all cells of its column, which makes a workbook small.
    """

    areas: dict[str, str] = field(default_factory=dict)

    def of(self, name: str, area: str) -> str:
        """Return the name of a range."""
        known = f"_c{name}"
        self.areas[known] = area
        return known


@dataclass(frozen=True, slots=True)
class DataSheet:
    """An issued data sheet and the ranges its fields stand in."""

    sheet: Sheet
    count: int
    names: Names

    def range(self, first: str, last: str = "") -> str:
        """Return the range of a field, or of neighbouring fields, over all records."""
        geometry = geometry_of(self.sheet.layout)
        places = [geometry.first + self.position(name) for name in (first, last or first)]
        area = absolute_coordinate(geometry.span(places[0], places[1], (0, self.count - 1)))
        return f"{quote_sheetname(self.sheet.title)}!{area}"

    def position(self, name: str) -> int:
        """Return how many fields stand before a field."""
        return [field.name for field in self.sheet.shown].index(name)

    def cell(self, name: str) -> str:
        """Return what stands in the field's cell of the record whose row the formula is in."""
        area = self.named(name)
        return f"INDEX({area},{_ORDINAL})" if self.count > 1 else area

    def named(self, name: str) -> str:
        """Return the defined name of a field's range."""
        return self.names.of(f"{self.sheet.number or self.sheet.name}_{self.position(name) + 1}", self.range(name))

    def line(self, first: str, last: str) -> str:
        """Return the cells of neighbouring fields of that record."""
        area = self.range(first, last)
        if self.count == 1:
            return area
        return f"INDEX({area},{_ORDINAL},0)" if self.sheet.layout is Layout.LIST else f"INDEX({area},0,{_ORDINAL})"

    def record(self) -> str:
        """Return the formula that is 1 where anything is answered, 2 where only printed cells hold something.

        It is 3 where next to nothing stands in a line without its key, 0 where a remark stands alone in the first
        field: no records, as for the reader of workbooks.
        """
        given = [field for field in answers(self.sheet) if not field.computed]
        others = [field for field in self.sheet.shown if not field.computed and field not in given]
        found = f"IF(COUNTA({self._lines(given)})>0,{self._stray()},{{}})"
        found = found.format(f"IF(COUNTA({self._lines(others)})>0,2,0)" if others else "0")
        return found if self.sheet.layout is Layout.FORM else f"IF({self._remark()},0,{found})"

    def _remark(self) -> str:
        """Return the formula that is true where a line holds nothing but a remark or a signature in its first field."""
        whole = [field for field in self.sheet.shown if not field.computed]
        words = [*REMARKS, *(f"{label}{colon}" for label in LABELS if label not in REMARKS for colon in ":：")]
        lengths = self.names.of("lengths", f"{{{','.join(str(len(word)) for word in words)}}}")
        labels = self.names.of("labels", f"{{{','.join(map(quoted, words))}}}")
        said = f"SUMPRODUCT((LEFT(TRIM({self.cell(whole[0].name)}),{lengths})={labels})*1)>0"
        return f"IF(COUNTA({self._lines(whole)})=1,{said},FALSE)"

    def _stray(self) -> str:
        keys = [self.sheet.by_name[name] for name in self.sheet.keys]
        if not keys or self.sheet.layout is Layout.FORM:
            return "1"
        whole = [field for field in self.sheet.shown if not field.computed]
        demanded = [field for field in whole if field.required is True]
        tests = [
            f"COUNTA({self._lines(whole)})<{FEWEST}",
            f"COUNTA({self._lines(keys)})<{len(keys)}",
            f"COUNTA({self._lines(demanded)})<{len(demanded) - 1}" if demanded else "FALSE",
        ]
        return f"IF(AND({','.join(tests)}),3,1)"

    def _lines(self, fields: Sequence[Field]) -> str:
        return ",".join(self.line(first, last) for first, last in _runs(self.sheet, fields))

    def value(self, field: Field) -> str:
        """Return the formula of a field's value: what the cell says when it is of the field's kind, else ''."""
        return f'IF($B{ROW}=1,{self.content(field)},"")'

    def content(self, field: Field) -> str:
        """Return the same without asking whether the line is a record."""
        return f'IFERROR({_VALUES[field.kind](field, self.cell(field.name))},"")'


def _runs(sheet: Sheet, fields: Sequence[Field]) -> Iterator[tuple[str, str]]:
    """Yield the first and last of each stretch of neighbouring fields."""
    wanted, run = {one.name for one in fields}, list[str]()
    for one in sheet.shown:
        if one.name in wanted:
            run.append(one.name)
        elif run:
            yield run[0], run[-1]
            run = []
    if run:
        yield run[0], run[-1]


def _number(field: Field, cell: str) -> str:
    low, high = lowest(field), field.maximum
    places = 0 if field.kind is FieldKind.INTEGER else field.places
    bounds = [f"ABS({cell})<{_NO_BOUND}", f"ROUND({cell},{places})={cell}"]
    bounds += [f"{cell}>={low:f}"] if low is not None else []
    bounds += [f"{cell}<={high:f}"] if high is not None else []
    return f'IF(ISNUMBER({cell}),IF(AND({",".join(bounds)}),{cell},""),"")'


def _text(field: Field, cell: str) -> str:
    return f'IF(LEN(TRIM({cell}))>{field.length},"",TRIM({cell}))' if field.length else f"TRIM({cell})"


def _choice(field: Field, cell: str) -> str:
    words = ",".join(quoted(word) for word in field.options)
    return f'IF(SUMPRODUCT(EXACT(TRIM({cell}),{{{words}}})*1)>0,TRIM({cell}),"")'


def _yes_no(_: Field, cell: str) -> str:
    return f'IF(TRIM({cell})="是",1,IF(TRIM({cell})="否",0,""))'


def _date(_: Field, cell: str) -> str:
    sound = f"AND({cell}>={_FIRST_DAY},{cell}<{_LAST_DAY + 1})"
    return f'IF(ISNUMBER({cell}),IF({sound},INT({cell}),""),"")'


def _month(_: Field, cell: str) -> str:
    text = f"TRIM({cell})"
    year, month = f"VALUE(LEFT({text},4))", f"VALUE(MID({text},6,2))"
    sound = f'AND(LEN({text})=7,MID({text},5,1)="-",{year}>=1900,{year}<=2100,{month}>=1,{month}<=12)'
    return f'IF({sound},{year}*12+{month}-1,"")'


_VALUES = {
    FieldKind.TEXT: _text,
    FieldKind.LONG_TEXT: _text,
    FieldKind.INTEGER: _number,
    FieldKind.DECIMAL: _number,
    FieldKind.CHOICE: _choice,
    FieldKind.YES_NO: _yes_no,
    FieldKind.DATE: _date,
    FieldKind.MONTH: _month,
}


@dataclass(slots=True)
class FactColumns:
    """The columns of the sheet of facts, given out as they are asked for."""

    names: Names
    columns: list[tuple[str, str]] = field(default_factory=list)

    def range(self, table: str, name: str, count: int) -> str:
        """Return where a field of a table stands; the field ``""`` says which rows there are."""
        if (table, name) not in self.columns:
            self.columns.append((table, name))
        number = self.columns.index((table, name)) + 1
        letters = get_column_letter(number)
        return self.names.of(f"k{number}", f"{FACTS}!${letters}${FIRST_FACT}:${letters}${FIRST_FACT + count - 1}")


def stored(formula: str, truth: bool) -> str:  # noqa: FBT001 — which of two ways to hold a value
    """Return the formula by which a cell holds a field's computed value; a blank is ''."""
    if truth:
        return f'IF($B{ROW}=1,CHOOSE(({formula})*2+1,0,"",1),"")'
    return f'IF($B{ROW}=1,IFERROR({formula},""),"")'
