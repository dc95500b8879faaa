"""The formulas of a table: of its rows, its total, its subtotals; shares are quotients of sums and never of blanks."""

from __future__ import annotations

from pbreports.excel.drafting.draft import Column, Kind, sum_of
from pbreports.excel.drafting.places import STANDING, Block, Names
from pbreports.excel.reader.address import column_letters


def in_row(column: Column, names: Names, row: int) -> str:
    """Return the formula of a column that is computed, in one of the table's rows."""
    if column.kind is Kind.SHARE:
        return _share(column, names, row)
    return f"={names.formula(column.source[1:], row)}"


def in_total(column: Column, names: Names, row: int) -> str:
    """Return what stands in a column of the total row: a sum, a share, how many units reported; empty for the rest."""
    rows = names.table.rows(column.name)
    if column.kind.adds:
        return f"=SUM({_open(rows)})"
    if column.kind is Kind.SHARE:
        return _share(column, names, row)
    if column.name in STANDING:
        return f'=COUNTIF({rows},"已报")&"/"&(COUNTIF({rows},"?*")-COUNTIF({rows},"不填"))'
    return ""


def in_subtotal(column: Column, block: Block, names: Names) -> str:
    """Return what stands in a column of a subtotal row, whose label is in the table's second column."""
    keys, label, rows = names.table.rows(block.column), f"$B{block.row}", names.table.rows(column.name)
    if column.kind.adds:
        return f"={sum_of(keys, label, rows)}"
    if column.kind is Kind.SHARE:
        return _share(column, names, block.row)
    if column.name in STANDING:
        asked = f'COUNTIF({keys},{label})-COUNTIFS({keys},{label},{rows},"不填")'
        return f'=COUNTIFS({keys},{label},{rows},"已报")&"/"&({asked})'
    return ""


def in_block_total(column: Column, block: Block, names: Names, number: int) -> str:
    """Return what stands in a column of the total of subtotals: as in the table's total, but over the subtotals."""
    letter = column_letters(number)
    if column.kind.adds:
        return f"=SUM({letter}{block.row}:{letter}{block.row})"
    if column.kind is Kind.SHARE:
        return _share(column, names, block.total)
    if column.name in STANDING:
        return f"={letter}{names.table.total}"
    return ""


def agreement(block: Block, names: Names) -> str:
    """Return the formula that says whether the subtotals add up to the table's total, column by column."""
    letters = [names.table.letter(column.name) for column in names.table.table.columns if column.kind.adds]
    alike = ",".join(f"ROUND({letter}{block.total}-{letter}{names.table.total},2)=0" for letter in letters)
    return f'=IF(AND({alike}),"小计合计（与总计相符）","小计合计（与总计不符，请核对名册）")'


def _share(column: Column, names: Names, row: int) -> str:
    """Return the quotient of a share: blank where a part is, a dash where it would be divided by zero."""
    part, _, whole = column.source.removeprefix("=").partition("/")
    part, whole = names.formula(part, row), names.formula(whole, row)
    return f'=IF(COUNT({part},{whole})<2,"",IF({whole}=0,"—",{part}/{whole}))'


def _open(rows: str) -> str:
    return rows.replace("$", "")
