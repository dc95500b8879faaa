"""How the units stand: what each has sent and must still do, by township and deadline; on screen, as JSON, as pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from pbreports.excel.reports import TableSheet
from pbreports.pipeline.collecting import Collected
from pbreports.pipeline.deadlines import Deadline
from pbreports.pipeline.sealnames import Names
from pbreports.scheme.roster import Unit
from pbreports.values import Scalar, Severity
from pbreports.versions import NOT_SENT, State, Version

Row = tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class StatusLine:
    """How one unit stands: its state, versions, findings of its latest version, and what to do in words.

    ``unexplained`` of the warnings must still be mended or explained. ``due`` is the day by which the unit has to do
    its next step, empty when there is none or no deadline is set; ``late`` the days it is beyond that.
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
    due: str
    late: int
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


STATUS_HEADERS = tuple("单位代码 单位 所属 状态 版数 错误 警告 待说明 首次收到 期限 逾期天数 盖章件 说明".split())
_WIDTHS = (14, 20, 16, 10, 8, 8, 8, 8, 14, 14, 10, 12, 40)


def status_lines(collected: Collected) -> tuple[StatusLine, ...]:
    """Return how each reporting unit stands, in roster order."""
    by_unit: dict[str, list[Version]] = defaultdict(list)
    for version in collected.versions:
        by_unit[version.unit].append(version)
    unread = _unread(collected)
    return tuple(
        _status(unit, by_unit[unit.code], unread.get(unit.code, ()), collected) for unit in collected.units.reporting()
    )


def _unread(collected: Collected) -> Mapping[str, Sequence[str]]:
    """Return by unit the files that nothing could be read of, going by their names: a unit that sent is not chased."""
    names = Names(collected.units)
    found: dict[str, list[str]] = defaultdict(list)
    for one in collected.stray:
        unit, _ = names.read(PurePath(one.where.file))
        if unit and one.severity is Severity.ERROR:
            found[unit].append(one.where.file)
    return found


def _status(unit: Unit, mine: Sequence[Version], unread: Sequence[str], collected: Collected) -> StatusLine:
    latest = mine[-1] if mine else None
    due = _due(latest, collected.deadline)
    return StatusLine(
        code=unit.code,
        name=unit.short_name,
        group=unit.group,
        state=latest.state.value if latest else NOT_SENT,
        versions=latest.number if latest else 0,
        errors=latest.errors if latest else 0,
        warnings=latest.warnings if latest else 0,
        unexplained=latest.unexplained if latest else 0,
        first_seen=mine[0].first_seen.isoformat() if mine else "",
        due=due.isoformat() if due else "",
        late=max(0, (collected.as_of - due).days) if due else 0,
        seal=collected.seals.of(unit.code).value,
        note=_note(mine) if mine else _absence(unit, unread, collected),
    )


def _due(latest: Version | None, deadline: Deadline | None) -> date | None:
    """Return the day by which a unit has to do its next step, ``None`` when it has none or no day is set."""
    if deadline is None:
        return None
    if latest is None:
        return deadline.for_sending()
    return deadline.for_mending() if latest.state in (State.RETURNED, State.UNEXPLAINED) else None


def _absence(unit: Unit, unread: Sequence[str], collected: Collected) -> str:
    if unread:
        return f"收到{len(unread)}份用不了的：{'、'.join(unread)}"
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


@dataclass(frozen=True, slots=True)
class GroupLine:
    """How many units of a township stand how; ``late`` counts those beyond their day."""

    group: str
    expected: int
    absent: int
    returned: int
    unexplained: int
    passed: int
    late: int
    errors: int
    warnings: int

    def as_dict(self) -> dict[str, object]:
        """Return the line as a mapping, by its Chinese names."""
        return dict(zip(GROUP_HEADERS, asdict(self).values(), strict=True))


GROUP_HEADERS = tuple("所属 应报 未交 退回 待说明 通过 逾期 错误 警告".split())
TOTAL = "合计"


def group_lines(lines: Sequence[StatusLine]) -> tuple[GroupLine, ...]:
    """Return how the townships stand, in roster order, and all of them together at the end."""
    groups = by_group(lines)
    return (*(_group(name, members) for name, members in groups.items()), _group(TOTAL, lines))


def by_group(lines: Iterable[StatusLine]) -> Mapping[str, Sequence[StatusLine]]:
    """Return the lines by township, in roster order."""
    groups: dict[str, list[StatusLine]] = defaultdict(list)
    for line in lines:
        groups[line.group or "其他"].append(line)
    return groups


def _group(name: str, lines: Sequence[StatusLine]) -> GroupLine:
    return GroupLine(
        group=name,
        expected=len(lines),
        absent=sum(line.state == NOT_SENT for line in lines),
        returned=sum(line.state == State.RETURNED.value for line in lines),
        unexplained=sum(line.state == State.UNEXPLAINED.value for line in lines),
        passed=sum(line.passed for line in lines),
        late=sum(line.late > 0 for line in lines),
        errors=sum(line.errors for line in lines),
        warnings=sum(line.warnings for line in lines),
    )


def status_pages(collected: Collected) -> tuple[TableSheet, ...]:
    """Return the pages of the workbook of standings: the townships, then each unit."""
    lines = status_lines(collected)
    note = deadline_words(collected)
    groups = tuple(tuple(_number(one) for one in asdict(line).values()) for line in group_lines(lines))
    return (TableSheet("各镇街情况", GROUP_HEADERS, groups, (20, *(9,) * 8), note), units_page(lines, note))


def units_page(lines: Sequence[StatusLine], note: str = "") -> TableSheet:
    """Return the page of the units."""
    rows = tuple(tuple(_number(one) for one in asdict(line).values()) for line in lines)
    return TableSheet("各单位情况", STATUS_HEADERS, rows, _WIDTHS, note)


def deadline_words(collected: Collected) -> str:
    """Return the period, its days and the day looked at, in words."""
    days = collected.deadline
    told = [f"{collected.period.name}，截至{collected.as_of.isoformat()}"]
    if days:
        named = (("报送截止", days.due), ("退回限期", days.mended), ("二次截止", days.last))
        told += [f"{name}{day.isoformat()}" for name, day in named if day]
    return "；".join(told)


def _number(value: str | int) -> Scalar:
    return Decimal(value) if isinstance(value, int) else value


def status_as_json(collected: Collected) -> dict[str, Any]:
    """Return the standings as plain values: period, days, townships, units."""
    lines, days = status_lines(collected), collected.deadline
    return {
        "期次": collected.period.name,
        "截至": collected.as_of.isoformat(),
        "报送截止": days.due.isoformat() if days else None,
        "镇街": [line.as_dict() for line in group_lines(lines)],
        "单位": [line.as_dict() for line in lines],
    }
