"""Dropdowns and input limits: what the spreadsheet program itself refuses while a school types.

Months are text cells (``1985-03``): a date cell would turn ``1985.3`` into a day of 1905 without a word, in Excel
as in WPS; a custom condition refuses what is not written so.
"""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.utils import quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pbreports.excel.remarks import lowest, noun, prompt
from pbreports.excel.text import cell_at, shortened, write_text
from pbreports.scheme.model import Field, FieldKind

LISTS = "_lists"
"""The hidden sheet that holds the words of dropdowns too long to stand in the validation itself."""

_INLINE = 255  # ECMA-376 part 1, 18.18.22: a validation's formula holds this much literal text
_YES_NO = ("是", "否")
_FARTHEST = "1000000000000"


class Dropdowns:
    """The dropdown sources of one workbook; long lists are put on a hidden sheet under a defined name."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._names: dict[tuple[str, ...], str] = {}

    def source(self, words: Sequence[str]) -> str:
        """Return the formula that names the words of a dropdown."""
        inline = ",".join(words)
        if len(inline) <= _INLINE - 2 and not any(mark in word for word in words for mark in ',"'):
            return f'"{inline}"'
        return self._names.get(tuple(words)) or self._stored(tuple(words))

    def put_last(self) -> None:
        """Move the hidden sheet behind all others."""
        if LISTS in self._workbook:
            self._workbook.move_sheet(LISTS, len(self._workbook.sheetnames))

    def _stored(self, words: tuple[str, ...]) -> str:
        sheet = self._sheet()
        column = len(self._names) + 1
        for row, word in enumerate(words, start=1):
            write_text(cell_at(sheet, row, column), word)
        name = self._names[words] = f"_dropdown_{column}"
        top, bottom = cell_at(sheet, 1, column), cell_at(sheet, len(words), column)
        area = f"${top.column_letter}$1:${bottom.column_letter}${len(words)}"
        self._workbook.defined_names[name] = DefinedName(name, attr_text=f"{quote_sheetname(LISTS)}!{area}")
        return name

    def _sheet(self) -> Worksheet:
        if LISTS not in self._workbook:
            self._workbook.create_sheet(LISTS).sheet_state = "veryHidden"
        return self._workbook[LISTS]


def limit_of(field: Field, first: str, dropdowns: Dropdowns) -> DataValidation | None:
    """Return the input limit of a field, ``None`` when anything may be typed; ``first`` is its first cell."""
    condition = _condition(field, first, dropdowns)
    if condition is None:
        return None
    limit = DataValidation(allow_blank=True, showErrorMessage=True, showInputMessage=True)
    for name, setting in condition.items():
        setattr(limit, name, setting)
    limit.errorStyle = "stop"
    limit.errorTitle, limit.error = "填写有误", shortened(f"“{field.name}”应填{noun(field)}。", 250)
    limit.promptTitle, limit.prompt = shortened(field.name, 30), shortened(prompt(field), 250)
    return limit


def is_limited(field: Field) -> bool:
    """Return whether a field is issued with an input limit."""
    return not field.computed and (field.kind not in (FieldKind.TEXT, FieldKind.LONG_TEXT) or bool(field.length))


def choice_limit(words: Sequence[str], dropdowns: Dropdowns, told: str) -> DataValidation:
    """Return the limit to some words, with what to tell the person who chooses."""
    limit = DataValidation("list", dropdowns.source(words), allow_blank=True, showErrorMessage=True)
    limit.showInputMessage = True
    limit.errorTitle, limit.error = "填写有误", f"请选{'或'.join(f'“{word}”' for word in words)}。"
    limit.promptTitle, limit.prompt = "请选择", told
    return limit


def _condition(field: Field, first: str, dropdowns: Dropdowns) -> dict[str, str] | None:
    if field.kind is FieldKind.CHOICE:
        return {"type": "list", "formula1": dropdowns.source(field.options)}
    if field.kind is FieldKind.YES_NO:
        return {"type": "list", "formula1": dropdowns.source(_YES_NO)}
    if field.kind is FieldKind.DATE:
        return {"type": "date", "operator": "between", "formula1": "2", "formula2": "73050"}  # to 2099-12-31
    if field.kind is FieldKind.MONTH:
        return {"type": "custom", "formula1": _month_condition(first)}
    if field.kind in (FieldKind.INTEGER, FieldKind.DECIMAL):
        return _number_condition(field)
    if not field.length:
        return None
    return {"type": "textLength", "operator": "lessThanOrEqual", "formula1": str(field.length)}


def _number_condition(field: Field) -> dict[str, str]:
    low, high = lowest(field), field.maximum
    return {
        "type": "whole" if field.kind is FieldKind.INTEGER else "decimal",
        "operator": "between",
        "formula1": f"-{_FARTHEST}" if low is None else f"{low:f}",
        "formula2": _FARTHEST if high is None else f"{high:f}",
    }


def _month_condition(cell: str) -> str:
    year, month = f"VALUE(LEFT({cell},4))", f"VALUE(RIGHT({cell},2))"
    right = f'AND(LEN({cell})=7,MID({cell},5,1)="-",{year}>=1900,{year}<=2100,{month}>=1,{month}<=12)'
    return f"IF(ISERROR({year}+{month}),FALSE,{right})"
