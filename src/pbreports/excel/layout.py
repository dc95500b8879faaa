"""Where things stand on a sheet: the one geometry that issuing, filling and reading share.

A *line* is what repeats with the records (a row of a list, a column of an upright sheet), a *place* is what repeats
with the fields. The header line is followed by the line of remarks (unit, ★), then by the records.
"""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from pbreports.scheme.model import Layout

CONTENTS = "目录"
"""The title of the first sheet, which lists the others."""

SELF_CHECK, SEAL, PROBLEMS = "自检", "签章页", "问题清单"
"""The titles of the sheets on which the workbook checks itself, is signed, and lists what must be mended."""

OWN_SHEETS = frozenset({CONTENTS, SELF_CHECK, SEAL, PROBLEMS})
"""The titles of the visible sheets that are the program's own and hold no records."""

CHECK, FACTS = "_check", "_facts"
"""The titles of the hidden sheets by which a workbook checks itself."""

SEAL_DATA = "_seal"
"""The title of the hidden sheet on which the control code of the sealed page is computed."""

UNREAD = frozenset({CHECK, FACTS, SEAL_DATA})
"""The hidden sheets that say nothing of their own: they are not read when a workbook comes back."""

LINE_LABEL, REMARK_LABEL, COLUMN_LABEL = "填报项目（勿改）", "单位与要求", "填报内容"


@dataclass(frozen=True, slots=True)
class Geometry:
    """Which rows and columns lines and places are; ``header`` is the header's line, ``first`` the first place."""

    across: bool
    header: int
    first: int

    def at(self, line: int, place: int) -> tuple[int, int]:
        """Return row and column of a place of a line."""
        return (place, line) if self.across else (line, place)

    def address(self, line: int, place: int) -> str:
        """Return the address of a place of a line, such as ``D7``."""
        row, column = self.at(line, place)
        return f"{get_column_letter(column)}{row}"

    def record(self, index: int) -> int:
        """Return the line of the record of an index, counted from 0."""
        return self.header + 2 + index

    def span(self, place: int, last_place: int, records: tuple[int, int]) -> str:
        """Return the range of some places over the records from one index to another, both included."""
        start = self.address(self.record(records[0]), place)
        end = self.address(self.record(records[1]), last_place)
        return start if start == end else f"{start}:{end}"


_DOWN = Geometry(across=False, header=3, first=1)
_ACROSS = Geometry(across=True, header=1, first=4)


def geometry_of(layout: Layout) -> Geometry:
    """Return the geometry in which sheets of a lay-out are issued."""
    return _DOWN if layout is Layout.LIST else _ACROSS
