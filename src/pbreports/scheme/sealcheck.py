"""Checks what the page to be sealed adds up: sheets that schools fill, fields that hold what is asked of them."""

from __future__ import annotations

from pbreports.scheme.declare import Problems, suggest
from pbreports.scheme.model import FieldKind, Scheme
from pbreports.scheme.model.sealing import SealTotal, Tally

_NUMBERS = (FieldKind.INTEGER, FieldKind.DECIMAL)


def check_seal(scheme: Scheme, problems: Problems) -> None:
    """Note the totals of the page to be sealed that the scheme's sheets cannot give."""
    seen: set[str] = set()
    for total in scheme.seal_totals:
        if total.name in seen:
            problems.add(total.place.of("名称"), f"签章“{total.name}”重复声明", "请改名或删去一个")
        seen.add(total.name)
        _check_total(total, scheme, problems)


def _check_total(total: SealTotal, scheme: Scheme, problems: Problems) -> None:
    sheet = scheme.sheets.get(total.sheet)
    if sheet is None or not sheet.of_school:
        names = [one.name for one in scheme.school_sheets]
        problems.unknown(
            total.place.of("表"), total.sheet, f"学校没有叫“{total.sheet}”的表", suggest(total.sheet, names)
        )
        return
    fields = {field.name: field for field in sheet.shown}
    field = fields.get(total.field)
    if field is None:
        what = f"“{sheet.name}”的工作表上没有“{total.field}”"
        problems.unknown(total.place.of("字段"), total.field, what, suggest(total.field, list(fields)))
    elif total.how is Tally.SUM and field.holds not in _NUMBERS:
        what = f"“{sheet.name}.{field.name}”不是数，不能合计"
        problems.add(total.place.of("算法"), what, "请写 算法: 计数，或换一个字段")
