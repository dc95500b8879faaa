"""The types of the expression language and which one each kind of field has."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

from pbreports.scheme.declare import Constant
from pbreports.scheme.model import Field, FieldKind


class Type(Enum):
    """What an expression gives; the value is the word shown to staff."""

    NUMBER = "数"
    TEXT = "文"
    DATE = "日期"
    MONTH = "年月"
    TRUTH = "是否"
    LIST = "列"


OF_KIND = {
    FieldKind.TEXT: Type.TEXT,
    FieldKind.LONG_TEXT: Type.TEXT,
    FieldKind.CHOICE: Type.TEXT,
    FieldKind.INTEGER: Type.NUMBER,
    FieldKind.DECIMAL: Type.NUMBER,
    FieldKind.DATE: Type.DATE,
    FieldKind.MONTH: Type.MONTH,
    FieldKind.YES_NO: Type.TRUTH,
}


def type_of_field(field: Field) -> Type:
    """Return the type of a field's value."""
    return OF_KIND[field.holds]


def type_of_constant(value: Constant) -> Type:
    """Return the type of a parameter's value."""
    if isinstance(value, tuple):
        return Type.LIST
    for kind, found in ((bool, Type.TRUTH), (Decimal, Type.NUMBER), (date, Type.DATE)):
        if isinstance(value, kind):
            return found
    return Type.TEXT
