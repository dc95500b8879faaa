"""What a read workbook is: sheets, and the cells that hold something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

CellValue = str | Decimal | bool | date | time | timedelta | None


class Kind(Enum):
    """What a cell holds. A formula that was never calculated is blank, and so is nothing else that is listed."""

    TEXT = "text"
    NUMBER = "number"
    BOOL = "bool"
    DATE = "date"
    TIME = "time"
    ERROR = "error"
    BLANK = "blank"


class Calculation(Enum):
    """Where a cell's value comes from: typed, a formula's kept result, or a formula that nothing has calculated."""

    PLAIN = "plain"
    CACHED = "cached"
    NEVER = "never"


class Cell(NamedTuple):
    """One cell with its value, its text in the file and how it is shown.

    ``value`` by kind: text (``TEXT``, and ``ERROR``: the literal, such as ``#REF!``); Decimal with at most the 15
    digits that Excel keeps (``NUMBER``); bool; date, or datetime when a time of day is kept too (``DATE``); time of
    day or timedelta (``TIME``); None (``BLANK``). ``raw`` is the number or literal as stored, the decoded text for
    texts. ``formula`` has no leading ``=``. ``format`` is the number-format code.
    """

    value: CellValue
    kind: Kind
    raw: str
    formula: str | None = None
    calculation: Calculation = Calculation.PLAIN
    format: str = "General"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet: the cells that hold something by (row, column), counted from 1, and how it is laid out.

    ``state`` is ``visible``, ``hidden`` or ``veryHidden``. ``filtered`` says that a filter hides rows by a condition;
    buttons alone do not count. ``protected`` says that the sheet's protection is switched on. ``validations`` and
    ``conditional_formats`` count what the file declares, in the old and in the extended form; None where the reading
    of a format cannot see it.
    """

    title: str
    state: str
    cells: Mapping[tuple[int, int], Cell]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    filtered: bool = False
    merges: tuple[str, ...] = ()
    protected: bool = False
    validations: int | None = 0
    conditional_formats: int = 0


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook as it was received.

    ``defined_names`` maps a name to its formula text; a name of one sheet only stands as ``sheet!name``.
    ``calc_mode`` is ``auto``, ``autoNoTable`` or ``manual`` (then kept results may be stale).
    ``never_saved_by_office`` says that no office program has saved the file since a library wrote it.
    ``flags`` are those of the package (``ooxml.package.Flag``). ``form`` is the file's format by its contents;
    ``unseen`` names, in words for staff, what the reading of that format cannot see.
    """

    file: str
    sheets: tuple[Sheet, ...]
    defined_names: Mapping[str, str] = field(default_factory=dict)
    date1904: bool = False
    calc_mode: str = "auto"
    never_saved_by_office: bool = False
    flags: frozenset[str] = frozenset()
    form: str = ".xlsx"
    unseen: tuple[str, ...] = ()

    def sheet(self, title: str) -> Sheet | None:
        """Return the sheet with this title, None when there is none."""
        return next((sheet for sheet in self.sheets if sheet.title == title), None)
