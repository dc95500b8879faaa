"""One worksheet's part: its cells and its lay-out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from xml.parsers import expat

from pbreports.errors import WorkbookError
from pbreports.excel.reader.address import LAST_COLUMN, LAST_ROW, column_letters, moved, position
from pbreports.excel.reader.content import Content, bool_content, iso_content, number_content
from pbreports.excel.reader.formats import GENERAL, NumberFormat
from pbreports.excel.reader.outline import Entry
from pbreports.excel.reader.parts import EXTENDED, MAIN, SEPARATOR, Attributes, is_true, malformed, parse, qualified
from pbreports.excel.reader.text import decoded
from pbreports.excel.reader.values import Calculation, Cell, Kind, Sheet
from pbreports.ooxml.limits import Limits
from pbreports.ooxml.package import Package

_ANY = 999_999_999
_TEXT_TYPES = ("str", "inlineStr")


@dataclass(frozen=True, slots=True)
class Conventions:
    """What the sheets of a workbook share: strings by index, formats by style, the start of its calendar."""

    strings: Sequence[str]
    formats: Mapping[str, NumberFormat]
    date1904: bool


def read_sheet(package: Package, entry: Entry, conventions: Conventions, limits: Limits) -> Sheet:
    """Return the worksheet that an entry of the workbook leads to.

    Raises:
        WorkbookError: F-12 … F-14 its part is missing or broken, F-15 it holds more cells than are read.
    """
    scan = _SheetScan(package.file, entry, conventions, limits)
    parse(package, entry.part, scan.install)
    return scan.sheet()


class _SheetScan:
    """Listens to one worksheet.

    Most cells of an issued form are empty and formatted: for them only ``_start`` runs. What ends is listened to
    from a cell's first child to the cell's end.
    """

    def __init__(self, file: str, entry: Entry, conventions: Conventions, limits: Limits) -> None:
        self._file, self._entry, self._limits = file, entry, limits
        self._strings, self._formats = conventions.strings, conventions.formats
        self._date1904 = conventions.date1904
        self._cells: dict[tuple[int, int], Cell] = {}
        self._row = 0
        self._reference = ""
        self._attributes: Attributes = {}
        self._pieces: list[str] = []
        self._inline: list[str] = []
        self._phonetic = False
        self._value: str | None = None
        self._formula: str | None = None
        self._formula_attributes: Attributes = {}
        self._shared: dict[str, tuple[str, tuple[int, int]]] = {}
        self._unfolded = 0
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._merges: list[str] = []
        self._filtered = self._protected = False
        self._validations = self._conditional_formats = 0

    def sheet(self) -> Sheet:
        return Sheet(
            title=self._entry.title,
            state=self._entry.state,
            cells=self._cells,
            hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=frozenset(self._hidden_columns),
            filtered=self._filtered,
            merges=tuple(self._merges),
            protected=self._protected,
            validations=self._validations,
            conditional_formats=self._conditional_formats,
        )

    # ------------------------------------------------------------ listening

    def install(self, parser: expat.XMLParserType) -> None:
        self._parser = parser
        parser.StartElementHandler = self._root

    def _root(self, name: str, _attributes: Attributes) -> None:
        namespace, _, local = name.rpartition(SEPARATOR)
        if namespace not in MAIN or local != "worksheet":
            raise self._malformed()
        self._cell = qualified(namespace, "c")
        self._openings = {qualified(namespace, local): action for local, action in self._local_openings().items()}
        self._openings[qualified(EXTENDED, "dataValidation")] = self._count_validation
        self._openings[qualified(EXTENDED, "conditionalFormatting")] = self._count_conditional_format
        self._closings = {qualified(namespace, local): action for local, action in self._local_closings().items()}
        self._parser.StartElementHandler = self._start

    def _local_openings(self) -> dict[str, Callable[[Attributes], None]]:
        return {
            "row": self._open_row,
            "v": self._open_text,
            "f": self._open_formula,
            "t": self._open_text,
            "rPh": self._open_phonetic,
            "col": self._take_columns,
            "mergeCell": self._take_merge,
            "sheetPr": self._take_properties,
            "filterColumn": self._take_filter,
            "sheetProtection": self._take_protection,
            "dataValidation": self._count_validation,
            "conditionalFormatting": self._count_conditional_format,
        }

    def _local_closings(self) -> dict[str, Callable[[], None]]:
        return {
            "c": self._close_cell,
            "v": self._close_value,
            "f": self._close_formula,
            "t": self._close_inline,
            "rPh": self._close_phonetic,
        }

    def _start(self, name: str, attributes: Attributes) -> None:
        if name == self._cell:
            self._attributes = attributes
            self._reference = attributes.get("r") or self._following()
        elif action := self._openings.get(name):
            action(attributes)

    def _end(self, name: str) -> None:
        if action := self._closings.get(name):
            action()

    def _open_text(self, _attributes: Attributes) -> None:
        self._pieces.clear()
        self._parser.CharacterDataHandler = self._pieces.append
        self._parser.EndElementHandler = self._end

    def _taken_text(self) -> str:
        self._parser.CharacterDataHandler = None
        return "".join(self._pieces)

    # ------------------------------------------------------------ rows and cells

    def _open_row(self, attributes: Attributes) -> None:
        number = attributes.get("r")
        self._row = self._row + 1 if number is None else self._whole(number, LAST_ROW)
        self._reference = ""
        if is_true(attributes.get("hidden")):
            self._hidden_rows.add(self._row)

    def _following(self) -> str:
        """Return the address of a cell that does not tell it: right of the cell before, else first of its row."""
        if not self._reference:
            return f"A{self._row}"
        row, column = self._position()
        return f"{column_letters(column + 1)}{row}"

    def _open_formula(self, attributes: Attributes) -> None:
        self._formula_attributes = attributes
        self._open_text(attributes)

    def _open_phonetic(self, _attributes: Attributes) -> None:
        self._phonetic = True
        self._parser.EndElementHandler = self._end

    def _close_phonetic(self) -> None:
        self._phonetic = False

    def _close_value(self) -> None:
        if self._value is not None:
            raise self._malformed()
        self._value = self._taken_text()

    def _close_formula(self) -> None:
        self._formula = self._taken_text()

    def _close_inline(self) -> None:
        text = self._taken_text()
        if not self._phonetic:
            self._inline.append(text)

    def _close_cell(self) -> None:
        self._parser.EndElementHandler = None
        cell = self._made_cell()
        if cell is not None:
            place = self._position()
            if place in self._cells:
                raise self._malformed()  # people see one of the two, and nobody knows which
            self._cells[place] = cell
            if len(self._cells) > self._limits.cells_per_sheet:
                raise self._too_large(f"单元格超过 {self._limits.cells_per_sheet} 个")
        self._value = self._formula = None
        self._inline.clear()

    def _made_cell(self) -> Cell | None:
        """Return the cell that has just ended, None when it is as good as empty."""
        attributes = self._attributes
        written_as = attributes.get("t", "n")
        is_inline = written_as == "inlineStr" or self._value is None  # 18.3.1.53: only that type has a text inside
        raw = ("".join(self._inline) if is_inline else "") or self._value or ""
        form = self._formats.get(attributes.get("s", "0"), GENERAL)
        if self._formula is None:
            if not raw:
                return None
            value, kind, raw = self._content(written_as, raw, form)
            return Cell(value, kind, raw, None, Calculation.PLAIN, form.code) if raw else None
        formula = self._whole_formula(self._formula)
        if not raw and written_as not in _TEXT_TYPES:
            return Cell(None, Kind.BLANK, "", formula, Calculation.NEVER, form.code)
        value, kind, raw = self._content(written_as, raw, form)
        return Cell(value, kind, raw, formula, Calculation.CACHED, form.code)

    def _content(self, written_as: str, raw: str, form: NumberFormat) -> tuple[*Content, str]:
        """Return value, kind and plain text by the type that the file gives the cell (18.18.11 ST_CellType)."""
        if written_as == "s":
            text = self._shared_string(raw)
            return text, Kind.TEXT, text
        if written_as in _TEXT_TYPES:
            text = decoded(raw)
            return text, Kind.TEXT, text
        raw = raw.strip()
        if written_as == "n":
            return *number_content(raw, form, date1904=self._date1904), raw
        if written_as == "b":
            return *bool_content(raw), raw
        if written_as == "e":
            return raw, Kind.ERROR, raw
        if written_as == "d":
            return *iso_content(raw), raw
        raise self._malformed()

    def _shared_string(self, raw: str) -> str:
        index = self._whole(raw.strip(), len(self._strings) - 1, least=0)
        return self._strings[index]

    def _whole_formula(self, text: str) -> str:
        """Return the formula, for the followers of a shared one as it reads at their place."""
        group = self._formula_attributes.get("si", "")
        if self._formula_attributes.get("t") != "shared":
            return decoded(text)
        row, column = self._position()
        if text:
            self._shared[group] = (decoded(text), (row, column))
        if group not in self._shared:
            return ""
        head, (head_row, head_column) = self._shared[group]
        self._unfolded += len(head)
        if self._unfolded > self._limits.formula_text:
            raise self._too_large("公式过多")
        return moved(head, row - head_row, column - head_column)

    # ------------------------------------------------------------ lay-out

    def _take_columns(self, attributes: Attributes) -> None:
        if is_true(attributes.get("hidden")):
            first, last = (self._whole(attributes.get(end, ""), _ANY) for end in ("min", "max"))
            self._hidden_columns.update(range(first, min(last, LAST_COLUMN) + 1))

    def _take_merge(self, attributes: Attributes) -> None:
        self._merges.append(attributes.get("ref", ""))

    def _take_properties(self, attributes: Attributes) -> None:
        self._filtered = self._filtered or is_true(attributes.get("filterMode"))

    def _take_filter(self, _attributes: Attributes) -> None:
        self._filtered = True

    def _take_protection(self, attributes: Attributes) -> None:
        self._protected = is_true(attributes.get("sheet"))

    def _count_validation(self, _attributes: Attributes) -> None:
        self._validations += 1

    def _count_conditional_format(self, _attributes: Attributes) -> None:
        self._conditional_formats += 1

    # ------------------------------------------------------------ numbers in attributes

    def _position(self) -> tuple[int, int]:
        found = position(self._reference)
        if found is None:
            raise self._malformed()
        return found

    def _whole(self, text: str, most: int, *, least: int = 1) -> int:
        if not (text.isascii() and text.isdecimal() and len(text) <= 9 and least <= int(text) <= most):
            raise self._malformed()
        return int(text)

    def _too_large(self, what: str) -> WorkbookError:
        where = f"工作表“{self._entry.title}”的"
        return WorkbookError(self._file, where + what, "请删去多余内容后再报送", code="F-15")

    def _malformed(self) -> WorkbookError:
        return malformed(self._file, self._entry.part)
