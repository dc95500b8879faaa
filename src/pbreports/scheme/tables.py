"""The constant tables of a scheme as records, so that expressions ask them like sheets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from pbreports.scheme.declare import Expression, Problems
from pbreports.scheme.language.wording import as_text
from pbreports.scheme.model import ConstantTable, Field, FieldKind, Scheme
from pbreports.values import Record, Scalar

SWITCHES = "口径"
"""The table of the switches in force: 口径名称、采用、可选、口径说明."""

PARAMETERS = "参数"
"""The table of the parameters: 参数名称、取值 as people write it、参数单位、参数说明."""

_TRUTHS = {"是": True, "否": False, "true": True, "false": False}


def constant_records(scheme: Scheme) -> dict[str, tuple[Record, ...]]:
    """Return the rows of every constant table as records, expression columns left out."""
    return {name: tuple(_record(table, row) for row in table.rows) for name, table in scheme.tables.items()}


def switch_records(scheme: Scheme) -> tuple[Record, ...]:
    """Return the switches in force as records, in order of declaration."""
    return tuple(
        Record(
            SWITCHES,
            "",
            {"口径名称": name, "采用": one.default, "可选": "、".join(one.options), "口径说明": one.note or None},
            {},
            "方案",
            SWITCHES,
        )
        for name, one in scheme.switches.items()
    )


def parameter_records(scheme: Scheme) -> tuple[Record, ...]:
    """Return the parameters as records, in order of declaration."""
    return tuple(
        Record(
            PARAMETERS,
            "",
            {
                "参数名称": name,
                "取值": as_text(one.value),
                "参数单位": one.unit or None,
                "参数说明": one.note or None,
            },
            {},
            "方案",
            PARAMETERS,
        )
        for name, one in scheme.parameters.items()
    )


def check_rows(table: ConstantTable, problems: Problems) -> None:
    """Note the cells of a constant table that are unknown or do not fit their column."""
    for row in table.rows:
        for name, text in row.items():
            field = table.by_name.get(name)
            if field is None:
                problems.add(text.place, f"清单“{table.name}”没有“{name}”这一列", "请核对列名")
            elif field.kind is not FieldKind.EXPRESSION and not _fits(field, text):
                problems.add(text.place, f"“{text}”不是{field.kind.value}", f"请核对“{name}”")


def expressions(table: ConstantTable, field: Field) -> dict[tuple[str, ...], Expression]:
    """Return the expressions of a column by the row's key."""
    return {
        tuple(row[name].text for name in table.keys): row[field.name]
        for row in table.rows
        if field.name in row and all(name in row for name in table.keys)
    }


def _record(table: ConstantTable, row: Mapping[str, Expression]) -> Record:
    values = {
        field.name: convert(field, row[field.name].text)
        for field in table.fields
        if field.name in row and field.kind is not FieldKind.EXPRESSION
    }
    return Record(table.name, "", values, {}, "方案", table.name)


def convert(field: Field, text: str) -> Scalar:
    """Return the text of a cell as the column's kind; raises ``ValueError`` or ``KeyError`` when it does not fit."""
    if field.kind in (FieldKind.INTEGER, FieldKind.DECIMAL):
        return Decimal(text)
    if field.kind is FieldKind.DATE:
        return date.fromisoformat(text)
    if field.kind is FieldKind.YES_NO:
        return _TRUTHS[text]
    return text


def _fits(field: Field, text: Expression) -> bool:
    try:
        convert(field, text.text)
    except (ValueError, KeyError, InvalidOperation):
        return False
    return True
