"""The registers of a collection: how each unit stands, what was found, what came in when."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pbreports.excel.reports import TableSheet
from pbreports.pipeline.collecting import Collected
from pbreports.pipeline.comparing import rounds_page
from pbreports.pipeline.explaining import recalled
from pbreports.pipeline.sealing import Seals
from pbreports.pipeline.standing import deadline_words, status_lines, units_page
from pbreports.scheme.model import Scheme
from pbreports.scheme.roster import Unit
from pbreports.values import Finding, Scalar, Severity
from pbreports.versions import Version

Row = tuple[Scalar, ...]


def findings_pages(collected: Collected, scheme: Scheme) -> tuple[TableSheet, ...]:
    """Return the pages of the workbook of findings: how each unit stands, every finding, what resubmissions changed."""
    overview = units_page(status_lines(collected), deadline_words(collected))
    listed = TableSheet("问题清单", FINDING_HEADERS, tuple(_finding_rows(collected)), FINDING_WIDTHS)
    return (overview, listed, rounds_page(collected.rounds, collected.units, scheme))


FINDING_HEADERS = (
    "序号",
    "单位",
    "级别",
    "编码",
    "文件",
    "工作表",
    "单元格",
    "问题",
    "怎么改",
    "同类处数",
    "说明",
    "上年说明",
)
FINDING_WIDTHS = (8, 18, 8, 10, 36, 20, 10, 60, 48, 10, 40, 30)


def _finding_rows(collected: Collected) -> Iterator[Row]:
    names = {unit.code: unit.short_name for unit in collected.units.all}
    ordered = sorted(collected.all_findings(), key=_gravity)
    for number, one in enumerate(ordered, 1):
        place = (one.where.file, one.where.sheet, one.where.cell)
        owner = names.get(one.unit, one.unit)
        words = (one.severity.value, one.code, *place, one.message, one.remedy)
        before = recalled(one, collected.told_last_year.get(one.unit, {}))
        yield (Decimal(number), owner, *words, Decimal(one.count), one.explanation, before)


def _gravity(finding: Finding) -> int:
    return list(Severity).index(finding.severity)


def receipt_pages(collected: Collected) -> tuple[TableSheet, ...]:
    """Return the pages of the register of receipts: every version received, then the units that sent nothing."""
    units = {unit.code: unit for unit in collected.units.all}
    rows = tuple(
        (Decimal(number), *_unit_words(units.get(one.unit), one.unit), *_version_words(one, collected.seals))
        for number, one in enumerate(collected.versions, 1)
    )
    headers = ("序号", "所属", "单位", "文件", "版次", "首次收到", "状态", "现按此版统计", "错误", "警告", "盖章件")
    received = TableSheet("收件登记", headers, rows, (8, 16, 28, 44, 8, 14, 10, 14, 8, 8, 12))
    absent = tuple(
        (Decimal(number), *_unit_words(units.get(code), code)) for number, code in enumerate(collected.missing, 1)
    )
    return (received, TableSheet("未交单位", ("序号", "所属", "单位"), absent, (8, 16, 36)), _scans_page(collected))


def _scans_page(collected: Collected) -> TableSheet:
    """Return the page of the scans of sealed pages: whose each is, for which control code, how the unit stands."""
    units = {unit.code: unit for unit in collected.units.all}
    rows = tuple(
        (
            Decimal(number),
            *_unit_words(units.get(one.unit), one.unit),
            one.file,
            one.first_seen,
            one.code,
            collected.seals.of(one.unit).value,
        )
        for number, one in enumerate(collected.seals.scans, 1)
    )
    headers = ("序号", "所属", "单位", "盖章件", "首次收到", "校验码", "单位情况")
    return TableSheet("盖章件", headers, rows, (8, 16, 28, 44, 14, 14, 14))


def _version_words(one: Version, seals: Seals) -> Row:
    counted = "是" if one.counts else "否"
    counts = (Decimal(one.errors), Decimal(one.warnings))
    return (
        one.file,
        f"v{one.number}",
        one.first_seen,
        one.state.value,
        counted,
        *counts,
        seals.versions[one.key].value,
    )


def _unit_words(unit: Unit | None, code: str) -> tuple[str, str]:
    return (unit.group, unit.full_name) if unit else ("", code)
