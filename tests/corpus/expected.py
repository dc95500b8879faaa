"""What must be said of each case, and what must be read from it, as ``expected/`` declares it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from pbreports.values import Finding

Value = str | bool | None
Rows = list[dict[str, Value]]
HERE = Path(__file__).parent / "expected"
READ_FROM = "A01"


@dataclass(frozen=True, slots=True)
class Awaited:
    """One finding that must come, with words that its message or remedy must hold."""

    code: str
    severity: str
    file: str = ""
    sheet: str = ""
    cell: str = ""
    count: int = 1
    repair: str = ""
    words: str = ""

    def is_met(self, found: Finding, place: str) -> bool:
        """Return whether a finding on a file of the case whose folder is ``place`` is the one."""
        where = found.where
        told = (found.code, found.severity.value, where.sheet, where.cell, found.count, found.repair.value)
        wanted = (self.code, self.severity, self.sheet, self.cell, self.count, self.repair)
        in_file = not self.file or where.file == f"{place}/{self.file}"
        return told == wanted and in_file and self.words in f"{found.message}{found.remedy}"


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come of one case: the findings in order, the units its files are taken in for, what differs when read.

    ``readings`` maps a sheet to what its records hold otherwise than in the rightly filled workbook: a field to its
    values, one for each record; or to the sheet's state when it has no records; ``None`` when it is not asked for.
    """

    findings: tuple[Awaited, ...]
    units: tuple[str, ...] = (READ_FROM,)
    readings: Mapping[str, Mapping[str, Sequence[Value]] | str | None] = field(default_factory=dict)


def load_expected(folder: Path = HERE) -> dict[str, Expected]:
    """Return what is expected of every case, by family and name: ``值/带圈数字``."""
    found: dict[str, Expected] = {}
    for path in sorted(folder.glob("*.yaml")):
        for name, told in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            found[f"{path.stem}/{name}"] = _expected(told)
    return found


def _expected(told: Mapping[str, Any]) -> Expected:
    unknown = told.keys() - {"应得", "收", "读作"}
    assert not unknown, unknown
    findings = tuple(_awaited(one) for one in told.get("应得", ()))
    return Expected(findings, tuple(told.get("收", (READ_FROM,))), told.get("读作", {}))


_KEYS = {
    "码": "code",
    "级别": "severity",
    "件": "file",
    "表": "sheet",
    "格": "cell",
    "数": "count",
    "类": "repair",
    "含": "words",
}


def _awaited(told: Mapping[str, Any]) -> Awaited:
    return Awaited(**{_KEYS[key]: value for key, value in told.items()})


def differing(right: Mapping[str, Rows | str], expected: Expected) -> dict[str, Rows | str]:
    """Return what must be read of a case: the records of the rightly filled workbook, with what differs put in."""
    made: dict[str, Rows | str] = {}
    for sheet, rows in right.items():
        other = expected.readings.get(sheet, {})
        if isinstance(other, str) or isinstance(rows, str):
            made[sheet] = other if isinstance(other, str) else rows
        elif other is not None:
            made[sheet] = _with(rows, other)
    return made


def _with(rows: Rows, other: Mapping[str, Sequence[Value]]) -> Rows:
    count = len(next(iter(other.values()), rows))
    assert all(len(values) == count for values in other.values()), other
    made = [dict(rows[number]) if number < len(rows) else {} for number in range(count)]
    for name, values in other.items():
        for row, value in zip(made, values, strict=True):
            row[name] = value if value is None or isinstance(value, bool) else str(value)
    return [{name: value for name, value in row.items() if value is not None} for row in made]
