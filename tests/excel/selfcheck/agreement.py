"""The rules' cases as workbooks: what the validator says of a case, and what the workbook says of itself."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from office import Office
from pbreports.excel.fill import Filling
from pbreports.excel.issue import issue_workbook
from pbreports.excel.layout import SELF_CHECK
from pbreports.excel.presets import answers
from pbreports.excel.strays import FEWEST
from pbreports.scheme import Scheme
from pbreports.scheme.computed import compute
from pbreports.scheme.language import Facts
from pbreports.scheme.model import Layout, Sheet
from pbreports.scheme.roster import Unit
from pbreports.values import Record
from rules.casebook import Case, RulesOfYear, _like, converted

AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,{sheet}"
_SPARE = 3
_DAYS = {"统计起始日": "start", "统计截止日": "end"}
_COLUMNS = {"编码", "状态", "处数"}
_BLANKS = ("", "~", "null")


@dataclass(frozen=True, slots=True)
class Said:
    """What a workbook says of one rule: its state, and at how many places it is broken."""

    state: str
    places: int


def alone(scheme: Scheme, case: Case) -> Scheme:
    """Return the scheme with one rule and little room on the sheets of its case, so that an office is soon done."""
    sheets = {name: _small(sheet, case) if sheet.of_school else sheet for name, sheet in scheme.sheets.items()}
    return replace(scheme, sheets=sheets, rules={case.code: scheme.rules[case.code]})


def _small(sheet: Sheet, case: Case) -> Sheet:
    return replace(sheet, spare=_SPARE, extendable=True, kinds=sheet.kinds if sheet.name in case.sheets else ("无",))


def is_askable(case: Case, scheme: Scheme) -> bool:
    """Whether every record of a case is one in a workbook too: what was printed alone makes none, nor do two cells."""
    return all(_is_record(scheme.sheets[name], row) for name, rows in case.sheets.items() for row in rows)


def _is_record(sheet: Sheet, row: Mapping[str, str]) -> bool:
    held = {name for name, text in row.items() if text not in _BLANKS and name in {one.name for one in sheet.shown}}
    stray = sheet.layout is not Layout.FORM and len(held) < FEWEST and not held.issuperset(sheet.keys)
    return not stray and any(one.name in held for one in answers(sheet))


def issued(case: Case, year: RulesOfYear) -> bytes:
    """Return the workbook of a case's unit, filled with the case's records."""
    scheme = alone(year.scheme, case)
    named = {name: _like(scheme.fixed_names(scheme.period())[name], text) for name, text in case.fixed.items()}
    period = replace(scheme.period(), **{_DAYS[name]: day for name, day in named.items() if name in _DAYS})
    unit = Unit(case.unit, case.unit, case.unit, (), case.kind, "", reports=True)
    records = {
        name: [_row(scheme, name, row) for row in rows] for name, rows in case.sheets.items() if name in scheme.sheets
    }
    return issue_workbook(_differing(scheme, named), unit, period, _facts(case, year), Filling(records))


def _row(scheme: Scheme, sheet: str, row: Mapping[str, str]) -> dict[str, Any]:
    fields = scheme.sheets[sheet].by_name
    return {name: converted(fields[name], text) for name, text in row.items() if text not in _BLANKS}


def _facts(case: Case, year: RulesOfYear) -> Facts:
    bureau = dict(case.bureau)
    bureau.setdefault("党组织", _owned(case))
    raw = {name: tuple(_fact(year.scheme, name, row) for row in rows) for name, rows in bureau.items()}
    return Facts(compute(year.computed, raw, year._names(case), Facts(year.constants)))


def _owned(case: Case) -> list[dict[str, str]]:
    """Return roster rows that say that what the bureau's rows name is the unit's own; of others a workbook is not told."""
    named = (row.get("党组织代码", "") for rows in case.bureau.values() for row in rows)
    return [{"党组织代码": code, "学校代码": case.unit, "状态": "撤销"} for code in dict.fromkeys(named) if code]


def _fact(scheme: Scheme, sheet: str, row: Mapping[str, str]) -> Record:
    return Record(sheet, "", _row(scheme, sheet, row), {}, "", "")


def _differing(scheme: Scheme, named: Mapping[str, Any]) -> Scheme:
    if not set(named) - set(_DAYS):
        return scheme
    parameters = {name: replace(one, value=named.get(name, one.value)) for name, one in scheme.parameters.items()}
    switches = {name: replace(one, default=named.get(name, one.default)) for name, one in scheme.switches.items()}
    return replace(scheme, parameters=parameters, switches=switches)


def verdicts(office: Office, sources: Sequence[Path], folder: Path) -> list[dict[str, Said]]:
    """Return what the pages 自检 say once the office has computed them anew."""
    place = load_workbook(sources[0], read_only=True).sheetnames.index(SELF_CHECK) + 1
    targets = office.convert_all(sources, AS_CSV.format(sheet=place), folder, f"-{SELF_CHECK}")
    return [_read(target) for target in targets]


def _read(path: Path) -> dict[str, Said]:
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    at = next(number for number, row in enumerate(rows) if set(row) >= _COLUMNS)
    lines: Iterable[dict[str, str]] = (dict(zip(rows[at], row, strict=False)) for row in rows[at + 1 :])
    return {
        line["编码"]: Said(line["状态"], int(line["处数"])) for line in lines if line["处数"].isdigit() and line["编码"]
    }


__all__ = ["Said", "alone", "is_askable", "issued", "verdicts"]
