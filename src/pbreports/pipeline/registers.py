"""The registers of a collection: how each unit stands, what was found, what came in when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from pbreports.excel.reports import TableSheet
from pbreports.pipeline.collecting import Collected
from pbreports.pipeline.comparing import rounds_page
from pbreports.pipeline.explaining import recalled
from pbreports.pipeline.sealing import Seals
from pbreports.scheme.model import Scheme
from pbreports.scheme.roster import Unit
from pbreports.values import Finding, Scalar, Severity
from pbreports.versions import NOT_SENT, State, Version

Row = tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class StatusLine:
    """How one unit stands: its state, versions, findings of its latest version, and what to do in words.

    ``unexplained`` of the warnings must still be mended or explained.
    """

    code: str
    name: str
    group: str
    state: str
    versions: int
    errors: int
    warnings: int
    unexplained: int
    first_seen: str
    seal: str
    note: str

    @property
    def must_act(self) -> bool:
        """Whether the unit has something to send or to mend."""
        return self.state in (NOT_SENT, State.RETURNED.value)

    @property
    def passed(self) -> bool:
        """Whether nothing more is asked of the unit."""
        return not self.must_act and self.state != State.UNEXPLAINED.value

    def as_dict(self) -> dict[str, object]:
        """Return the line as a mapping, by its Chinese names."""
        return dict(zip(STATUS_HEADERS, asdict(self).values(), strict=True))


STATUS_HEADERS = ("单位代码", "单位", "所属", "状态", "版数", "错误", "警告", "待说明", "首次收到", "盖章件", "说明")


def status_lines(collected: Collected) -> tuple[StatusLine, ...]:
    """Return how each reporting unit stands, in roster order."""
    return tuple(_status(unit, collected) for unit in collected.units.reporting())


def _status(unit: Unit, collected: Collected) -> StatusLine:
    seal = collected.seals.of(unit.code).value
    mine = [version for version in collected.versions if version.unit == unit.code]
    if not mine:
        return StatusLine(
            unit.code, unit.short_name, unit.group, NOT_SENT, 0, 0, 0, 0, "", seal, _absence(unit, collected)
        )
    latest = mine[-1]
    return StatusLine(
        code=unit.code,
        name=unit.short_name,
        group=unit.group,
        state=latest.state.value,
        versions=latest.number,
        errors=latest.errors,
        warnings=latest.warnings,
        unexplained=latest.unexplained,
        first_seen=mine[0].first_seen.isoformat(),
        seal=seal,
        note=_note(mine),
    )


def _absence(unit: Unit, collected: Collected) -> str:
    gone = collected.withdrawn.get(unit.code)
    return f"{gone.first_seen.isoformat()}收到过 {gone.file}，文件已不在 报送/" if gone else "还没有收到"


def _note(versions: Sequence[Version]) -> str:
    """Return in words which version counts: ``v3 退回，现按 v2 统计``."""
    latest, counted = versions[-1], next((one for one in versions if one.counts), None)
    if counted is latest:
        return f"按 v{latest.number} 统计"
    if counted:
        return f"v{latest.number} {latest.state.value}，现按 v{counted.number} 统计"
    return f"v{latest.number} {latest.state.value}，暂不计入"


def findings_pages(collected: Collected, scheme: Scheme) -> tuple[TableSheet, ...]:
    """Return the pages of the workbook of findings: how each unit stands, every finding, what resubmissions changed."""
    lines = status_lines(collected)
    rows = tuple(_status_row(line) for line in lines)
    overview = TableSheet("各单位情况", STATUS_HEADERS, rows, (14, 20, 16, 10, 8, 8, 8, 8, 14, 12, 32))
    listed = TableSheet("问题清单", FINDING_HEADERS, tuple(_finding_rows(collected)), FINDING_WIDTHS)
    return (overview, listed, rounds_page(collected.rounds, collected.units, scheme))


def _status_row(line: StatusLine) -> Row:
    counts = (Decimal(one) for one in (line.versions, line.errors, line.warnings, line.unexplained))
    return (line.code, line.name, line.group, line.state, *counts, line.first_seen, line.seal, line.note)


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
