"""What stands beside the data that count: explanations, exemptions, corrections, fixed figures, automatic repairs."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pbreports.excel.reports import Entry, TableSheet
from pbreports.ledger import Ledger
from pbreports.pipeline.bureau import Bureau
from pbreports.pipeline.decisions import rulings
from pbreports.pipeline.settling import Settled
from pbreports.scheme.language.wording import as_text
from pbreports.scheme.roster import Units
from pbreports.values import Correction, Finding, Repair, Ruling, Severity

BLANK = "（空）"
"""Stands for a cell that was blank before it was corrected."""

Row = tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """What stands beside the versions that count, by unit: their findings and their corrected cells; and the rulings."""

    findings: Mapping[str, tuple[Finding, ...]]
    corrections: Mapping[str, tuple[Correction, ...]]
    rulings: tuple[Ruling, ...]


def quality_of(now: Settled, ledger: Ledger, bureau: Bureau) -> Quality:
    """Return what stands beside the versions of a period that count."""
    counted = [one for one in now.versions if one.counts]
    return Quality(
        findings={one.unit: now.findings[one.key] for one in counted},
        corrections={one.unit: ledger.corrections([one.key]) for one in counted},
        rulings=tuple(one for name, one in rulings(bureau).items() if name in bureau.year.scheme.figures),
    )


def quality_pages(quality: Quality, units: Units) -> tuple[TableSheet, ...]:
    """Return the pages of the annex of data quality, each in roster order."""
    return (
        TableSheet("说明", _FOUND, _numbered(_explained(quality, units)), _FOUND_WIDTHS),
        TableSheet("豁免", _FOUND, _numbered(_exempted(quality, units)), _FOUND_WIDTHS),
        corrections_page(quality.corrections, units),
        rulings_page(quality.rulings),
        _repairs_page(quality, units),
    )


_FOUND = ("序号", "所属", "单位", "编码", "工作表", "单元格", "对象", "问题", "说明")
_FOUND_WIDTHS = (8, 14, 20, 10, 20, 10, 20, 56, 50)


def _numbered(rows: Iterator[Row]) -> tuple[Row, ...]:
    return tuple((number, *row) for number, row in enumerate(rows, 1))


def _explained(quality: Quality, units: Units) -> Iterator[Row]:
    return (row for one, row in _rows(quality, units) if one.explanation and one.severity is not Severity.NOTICE)


def _exempted(quality: Quality, units: Units) -> Iterator[Row]:
    return (row for one, row in _rows(quality, units) if one.explanation and one.severity is Severity.NOTICE)


def _rows(quality: Quality, units: Units) -> Iterator[tuple[Finding, Row]]:
    for unit in units.all:
        for one in quality.findings.get(unit.code, ()):
            place = (one.code, one.where.sheet, one.where.cell, one.subject)
            yield one, (unit.group, unit.short_name, *place, one.message, one.explanation)


def corrections_page(corrections: Mapping[str, tuple[Correction, ...]], units: Units) -> TableSheet:
    """Return the page of cells that the bureau has corrected: where, what stood there, what counts instead, why."""
    headers = ("序号", "所属", "单位", "工作表", "单元格", "字段", "原值", "更正值", "理由", "依据")
    rows = (
        (unit.group, unit.short_name, *_corrected(one)) for unit in units.all for one in corrections.get(unit.code, ())
    )
    return TableSheet("局端更正", headers, _numbered(rows), (8, 14, 20, 20, 10, 20, 16, 16, 40, 30))


def _corrected(one: Correction) -> Row:
    place = (one.where.sheet, one.where.cell, one.field)
    return (*place, one.old or BLANK, one.new, one.reason, str(one.source))


def rulings_page(fixed: tuple[Ruling, ...]) -> TableSheet:
    """Return the page of figures fixed by decision."""
    rows = ((one.name, as_text(one.value), one.reason, one.by, str(one.source)) for one in fixed)
    headers = ("序号", "数字", "认定值", "理由", "认定人", "依据")
    return TableSheet("数字认定", headers, _numbered(rows), (8, 24, 14, 50, 12, 30))


def _repairs_page(quality: Quality, units: Units) -> TableSheet:
    """Return the page that counts what was put right by itself, by group of units and by kind."""
    places: Counter[tuple[str, str]] = Counter()
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for unit in units.all:
        for one in quality.findings.get(unit.code, ()):
            if one.repair is Repair.DONE:
                kind = (unit.group, _kind_of(one))
                places[kind] += one.count
                owners[kind].add(unit.code)
    rows = ((group, kind, len(owners[group, kind]), count) for (group, kind), count in places.items())
    return TableSheet("自动更正", ("序号", "所属", "情形", "单位数", "处数"), _numbered(rows), (8, 16, 50, 10, 10))


def _kind_of(one: Finding) -> str:
    """Return what was put right, in words: the message up to what stood in the cell."""
    return re.split("[，“：。]", one.message, maxsplit=1)[0]
