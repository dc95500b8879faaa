"""The workbook of one group for one round, blank or filled: points, measured values, comparison, pages to sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.workbook.protection import WorkbookProtection

from pbreports.excel.identity import Identity, SheetIdentity, write_identity
from pbreports.excel.layout import geometry_of
from pbreports.excel.limits import Dropdowns
from pbreports.excel.saving import new_workbook, workbook_bytes
from pbreports.excel.scoring.compared import draw_compared
from pbreports.excel.scoring.grid import draw_grid
from pbreports.excel.scoring.measured import measured_columns
from pbreports.excel.scoring.plan import (
    COMPARED,
    SIGNED,
    Row,
    ScoringPlan,
    form_name,
    label_of,
    measured_sheet,
    points_sheet,
)
from pbreports.excel.scoring.points import mark_points, points_columns
from pbreports.excel.scoring.signing import draw_signed
from pbreports.excel.sheets import Drawing
from pbreports.excel.styles import Wardrobe
from pbreports.scheme.model import Sheet
from pbreports.values import Scalar

_NO_ROWS: Mapping[str, Sequence[Row]] = {}


def scoring_workbook(plan: ScoringPlan, rows: Mapping[str, Sequence[Row]] = _NO_ROWS) -> bytes:
    """Return the workbook of a group for a round, with what the group has entered, nothing for a blank.

    ``rows`` are by the name of the declared sheets, as records of these sheets: points and measured values by round,
    object and indicator; reviews by round and object. Those of other rounds or objects are left out. What is entered
    once for an object among the points (a day, a remark) is taken from the first row that has it. Equal parameters
    give equal bytes; no function newer than Excel 2010 is used, and protection has no password.
    """
    workbook = new_workbook(f"{plan.title}  {plan.group}")
    drawing = Drawing(Wardrobe(workbook), Dropdowns(workbook))
    entered = _Entered(plan, rows)
    points, measured = points_sheet(plan.asked), measured_sheet(plan.asked)
    page = workbook.create_sheet(points.title)
    draw_grid(page, (f"{plan.title}  {plan.group}", _notes(plan)), points_columns(plan), entered.points(), drawing)
    if measured is not None:
        heading = f"{plan.title}  {measured.title}  {plan.group}"
        notes = (
            f"填报说明：左边填核查到的数，右边是折算的分；“{points.title}”里已经打分的以打的分为准，两处都填的要一致。"
        )
        sheet = workbook.create_sheet(measured.title)
        draw_grid(sheet, (heading, notes), measured_columns(plan), entered.measured(), drawing)
    draw_compared(workbook.create_sheet(COMPARED), plan, drawing)
    draw_signed(workbook.create_sheet(SIGNED), plan, drawing)
    mark_points(workbook, page, plan)
    drawing.dropdowns.put_last()
    _identify(workbook, plan, [one for one in (points, measured) if one])
    return workbook_bytes(workbook, date(plan.scheme.year, 1, 1))


def _notes(plan: ScoringPlan) -> str:
    measured = measured_sheet(plan.asked)
    told = ["每行一个考评对象，每项不超过满分", "没有打分的空着，不要填 0", "红色的格要改"]
    told += [f"有核查数的也可以填在“{measured.title}”里，由程序折算"] if measured else []
    told += [f"自评和按报送数据的建议分见“{COMPARED}”", f"打完分打印“{SIGNED}”", "不要改表名、表头和增删行列"]
    return f"填报说明：{'；'.join(told)}。"


def _identify(workbook: Workbook, plan: ScoringPlan, sheets: Sequence[Sheet]) -> None:
    """Add the hidden sheet that says which group and round the workbook is of."""
    heading = plan.scheme.heading
    named = tuple(
        SheetIdentity(one.name, one.title, one.layout.value, str(geometry_of(one.layout).header)) for one in sheets
    )
    identity = Identity(
        form_name(plan.asked.book), str(heading.year), plan.round, heading.version, plan.group, plan.group, named
    )
    write_identity(workbook, identity)
    workbook.security = WorkbookProtection(lockStructure=True)


class _Entered:
    """What a group has entered, by object, in the fields of the wide sheets."""

    def __init__(self, plan: ScoringPlan, rows: Mapping[str, Sequence[Row]]) -> None:
        self._plan, asked = plan, plan.asked
        self._points: dict[str, dict[str, Scalar]] = {one.code: {} for one in plan.objects}
        self._measured: dict[str, dict[str, Scalar]] = {one.code: {} for one in plan.objects}
        self._labels = {one.code: label_of(one) for one in asked.indicators}
        for name, fields in asked.reviews.items():
            for row in self._mine(rows.get(name, ())):
                target = self._points[str(row[asked.object])]
                for one in fields:
                    if row.get(one.name) is not None:
                        target.setdefault(one.name, row[one.name])
        for row in self._mine(rows.get(asked.sheet.name, ())):
            self._take(row)

    def _mine(self, rows: Sequence[Row]) -> list[Row]:
        asked = self._plan.asked
        return [
            row for row in rows if row.get(asked.round) == self._plan.round and row.get(asked.object) in self._points
        ]

    def _take(self, row: Row) -> None:
        asked = self._plan.asked
        label = self._labels.get(str(row.get(asked.indicator)))
        if label is None:
            return
        code = str(row[asked.object])
        self._points[code][label] = row.get(asked.points.name)
        if asked.checked:
            self._measured[code][label] = row.get(asked.checked.name)

    def points(self) -> list[dict[str, Scalar]]:
        """Return the lines of the sheet of points."""
        return self._lines(self._points)

    def measured(self) -> list[dict[str, Scalar]]:
        """Return the lines of the sheet of measured values."""
        return self._lines(self._measured)

    def _lines(self, entered: Mapping[str, Mapping[str, Scalar]]) -> list[dict[str, Scalar]]:
        asked = self._plan.asked
        return [{asked.object: one.code, asked.name[1]: one.name, **entered[one.code]} for one in self._plan.objects]
