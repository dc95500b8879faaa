"""The central values: where a fact stands, what it says, what is wrong with it, what was counted from it.

All are frozen. Nothing here reads a file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple


class YearMonth(NamedTuple):
    """A month of a year, for fields that people give without a day (出生年月)."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def first_day(self) -> date:
        """Return the first day of the month."""
        return date(self.year, self.month, 1)


Scalar = str | Decimal | Fraction | date | YearMonth | bool | None
"""What a field or an expression holds; ``None`` is a blank, never zero. A fraction is an exact quotient."""


class Severity(Enum):
    """How grave a finding is: an error must be mended, a warning explained, a notice read."""

    ERROR = "错误"
    WARNING = "警告"
    NOTICE = "提示"


class Repair(Enum):
    """What became of a value that was not as it should be: put right, doubtful, or lost for good."""

    NONE = ""
    DONE = "已自动更正"
    CONFIRM = "请确认"
    LOST = "无法恢复"


_SEPARATORS = re.compile(r"\s*(?:[-=]*[>＞]|→|[!！])\s*")
_QUOTES = "'\"‘’“” "
_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")


@dataclass(frozen=True, slots=True, order=True)
class CellRef:
    """The place of a value: file, sheet title and cell address such as ``D7`` (each may be empty)."""

    file: str
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        return " → ".join(part for part in (self.file, self.sheet, self.cell) if part)

    @classmethod
    def parse(cls, text: str) -> CellRef:
        """Return the place that people typed with ``→``, ``>`` or ``!`` between the parts.

        Parts may stand in quotes, the address may carry Excel's ``$``.

        Raises:
            ValueError: when there are not two or three parts, one is empty, or the last is no cell address.
        """
        parts = [part.strip(_QUOTES) for part in _SEPARATORS.split(text.strip())]
        if len(parts) not in (2, 3) or not all(parts):
            raise ValueError(text)
        *front, typed = parts
        cell = typed.replace("$", "").upper()
        if not _ADDRESS.fullmatch(cell):
            raise ValueError(text)
        file, sheet = front if len(front) == 2 else ("", front[0])
        return cls(file, sheet, cell)


@dataclass(frozen=True, slots=True)
class Record:
    """One row of facts of one sheet, whatever its lay-out in the workbook was.

    ``unit`` is the reporting unit's code, empty for the bureau's own workbooks.
    ``cells`` maps a field to its address in ``title`` of ``file``. ``period`` is the collection period it is of.
    """

    sheet: str
    unit: str
    values: Mapping[str, Scalar]
    cells: Mapping[str, str]
    file: str
    title: str
    period: str = ""

    def get(self, name: str) -> Scalar:
        """Return the field's value, ``None`` when it is blank."""
        return self.values.get(name)

    def cell(self, name: str) -> CellRef:
        """Return the place of a field; of the record's first cell when the field has none."""
        address = self.cells.get(name) or next(iter(self.cells.values()), "")
        return CellRef(self.file, self.title, address)


class SheetState(Enum):
    """What a submission says about one sheet."""

    FILLED = "有数据"
    NONE = "无"
    EMPTY = "未填"
    MISSING = "缺表"


EMPTY_MAPPING: Mapping[str, Scalar] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class SheetData:
    """What was read of one sheet: its state and its records in order."""

    sheet: str
    state: SheetState
    records: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a school wrote beside a finding: of which rule, on which sheet, about which record.

    ``sheet`` is the sheet's title and ``subject`` the record's key in words; either is empty when the explanation is
    about all of the rule's findings.
    """

    code: str
    sheet: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Correction:
    """One cell that the bureau has corrected by a row of its own workbook, with the reason; ``source`` is that row."""

    sheet: str
    where: CellRef
    field: str
    old: str
    new: str
    reason: str
    source: CellRef


@dataclass(frozen=True, slots=True)
class Submission:
    """One received workbook, read: who sent it, which form it is, and its sheets by name.

    ``unsound`` names the sheets (``表``) and fields (``表.字段``) that could not be read, so that rules cannot be asked
    about them; ``doubtful`` gives the rows of a field (``表.字段``) whose cell is unknown, so that sums over them mean
    nothing. ``explanations`` is what the school wrote beside the findings of an earlier check, ``control`` the control
    code of what it has entered (empty when the file has none).
    """

    file: str
    sha256: str
    unit: str
    period: str
    form_version: str
    sheets: Mapping[str, SheetData]
    unsound: frozenset[str] = frozenset()
    explanations: tuple[Explanation, ...] = ()
    doubtful: Mapping[str, tuple[Mapping[str, Scalar], ...]] = field(default_factory=dict)
    control: str = ""

    def records(self, sheet: str) -> tuple[Record, ...]:
        """Return the records of a sheet, none when it is missing."""
        data = self.sheets.get(sheet)
        return data.records if data else ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake of a submitted or bureau workbook: code, gravity, where, what and how to mend it.

    ``count`` tells how many places the same cause has (this one included); ``personal`` that the message names a
    person, so that it belongs into the workbook and not on a screen. ``hidden`` counts the findings that this one
    stands for because it is their cause. ``repair`` tells what became of the value, ``subject`` which record it is
    about (its key in words), ``explanation`` how the school, or the bureau in its place, has explained it.
    """

    code: str
    severity: Severity
    where: CellRef
    message: str
    remedy: str = ""
    unit: str = ""
    count: int = 1
    personal: bool = False
    hidden: int = 0
    repair: Repair = Repair.NONE
    subject: str = ""
    explanation: str = ""

    def __str__(self) -> str:
        tail = f"（同类共{self.count}处）" if self.count > 1 else ""
        return f"{self.where} [{self.code} {self.severity.value}] {self.message}{self.remedy}{tail}"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A figure fixed by decision of the bureau: what it is, why, by whom; ``source`` is the row that says so."""

    name: str
    value: Decimal
    reason: str
    by: str
    source: CellRef


@dataclass(frozen=True, slots=True)
class Figure:
    """A named figure: what was counted, its unit, its basis and the rows it rests on.

    ``value`` is ``None`` when nothing was reported, a fraction for ratios (exact; shown by ``unit``).
    ``reported`` of ``expected`` reporting units supplied the facts. ``places`` are the decimals it is shown with,
    ``None`` for as many as it has. Where a ``ruling`` fixes the value, ``computed`` is what was counted;
    ``follows`` names the figures fixed by rulings that it was made from.
    """

    name: str
    value: Decimal | Fraction | None
    unit: str
    reported: int
    expected: int
    sources: tuple[CellRef, ...] = ()
    last_year: Decimal | Fraction | None = None
    missing: tuple[str, ...] = ()
    places: int | None = None
    ruling: Ruling | None = None
    computed: Decimal | Fraction | None = None
    follows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedList:
    """A named list for papers: its rows in official order, each a mapping of column to value."""

    name: str
    rows: tuple[Mapping[str, Scalar], ...]
    reported: int
    expected: int
    sources: tuple[CellRef, ...] = field(default=())
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """The first sight of one version: which unit's, which file it was, when."""

    sha256: str
    unit: str
    period: str
    file: str
    first_seen: date


@dataclass(frozen=True, slots=True)
class SealedScan:
    """The first sight of one scan of a sealed page: whose it is, of which control code (empty when not known), when."""

    sha256: str
    unit: str
    period: str
    file: str
    code: str
    first_seen: date


@dataclass(frozen=True, slots=True)
class Entry:
    """One workbook in the ledger, with how many findings of each gravity it has.

    ``present`` tells whether it still stands among the inputs, or only as the journal's copy. ``explained`` of the
    warnings ask for nothing more.
    """

    key: str
    file: str
    unit: str
    period: str
    sha256: str
    errors: int
    warnings: int
    notices: int
    present: bool = True
    explained: int = 0
