"""What the workbook tells the person who fills it, made from the field's declaration."""

from __future__ import annotations

from decimal import Decimal

from pbreports.excel.text import shortened
from pbreports.scheme.declare import Expression
from pbreports.scheme.model import Field, FieldKind, Layout, Sheet

_HINTS = {
    FieldKind.DATE: "如 2020-9-1",
    FieldKind.MONTH: "如 1985-03",
    FieldKind.CHOICE: "下拉选择",
    FieldKind.YES_NO: "是/否",
}
_NOUNS = {
    FieldKind.INTEGER: "整数",
    FieldKind.DECIMAL: "数字",
    FieldKind.DATE: "日期",
    FieldKind.MONTH: "年月",
    FieldKind.CHOICE: "下拉中的一项",
    FieldKind.YES_NO: "“是”或“否”",
    FieldKind.TEXT: "文本",
    FieldKind.LONG_TEXT: "文本",
}


_ZERO = Decimal(0)


def mark(field: Field) -> str:
    """Return ★ for a field that must be filled, ☆ for one that must be under a condition, else nothing."""
    if field.computed or field.locked or not field.required:
        return ""
    return "☆" if isinstance(field.required, Expression) else "★"


def remark(field: Field) -> str:
    """Return the line below a header: star, unit, and how to write it."""
    if field.computed or field.locked:
        return " ".join(part for part in (field.unit, "自动计算" if field.computed else "已预填") if part)
    parts = (mark(field), field.unit, _HINTS.get(field.kind, ""))
    return " ".join(part for part in parts if part) or "选填"


def noun(field: Field) -> str:
    """Return what a field's value must be, for messages, such as 不小于0的整数."""
    kind = _NOUNS[field.holds]
    if field.kind is FieldKind.DECIMAL:
        kind = f"最多{field.places}位小数的数字" if field.places else "整数"
    return f"{bounds(field)}的{kind}" if bounds(field) else kind


def bounds(field: Field) -> str:
    """Return the limits of a field in words, empty when it has none."""
    low, high = lowest(field), field.maximum
    if field.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT):
        return f"不超过{field.length}个字" if field.length else ""
    if low is not None and high is not None:
        return f"{_plain(low)}至{_plain(high)}"
    if low is not None:
        return f"不小于{_plain(low)}"
    return f"不大于{_plain(high)}" if high is not None else ""


def lowest(field: Field) -> Decimal | None:
    """Return the smallest number a field may hold: as declared, 0 for whole numbers, ``None`` for no limit."""
    if field.minimum is None and field.kind is FieldKind.INTEGER:
        return _ZERO
    return field.minimum if field.kind in (FieldKind.INTEGER, FieldKind.DECIMAL) else None


def explanation(field: Field) -> str:
    """Return the note on a field's header: what it means, whether it must be filled, what it may hold."""
    return "\n".join([f"{field.name}{f'（{field.unit}）' if field.unit else ''}", *_sentences(field)])


def prompt(field: Field) -> str:
    """Return the words shown while a cell of the field is chosen."""
    return "\n".join(_sentences(field))


def _sentences(field: Field) -> list[str]:
    told = [_sentence(field.note)] if field.note else []
    if field.computed:
        return [*told, "自动计算，不用填。"]
    if field.locked:
        return [*told, "已预填的不用改；自己加的要填。"]
    must = {"★": "必填。", "☆": "符合条件时必填。"}.get(mark(field), "选填。")
    told.append(f"{must}填{noun(field)}{_example(field)}。")
    if field.nameless:
        told.append("不得出现个人姓名。")
    return told


def _example(field: Field) -> str:
    hint = _HINTS.get(field.kind, "")
    return f"，{hint}" if hint.startswith("如") else ""


def _sentence(text: str) -> str:
    return text if text.endswith(("。", "！", "？")) else f"{text}。"


def _plain(number: Decimal) -> str:
    return f"{number:f}"


def long_remark(field: Field) -> str:
    """Return the remark with the field's note, for sheets that have room beside the field."""
    return f"{remark(field)}；{shortened(field.note.rstrip('。'), 40)}" if field.note else remark(field)


def notes_of(sheet: Sheet) -> str:
    """Return the filling notes of a sheet: its own, and what the signs and colours mean."""
    shapes = {
        Layout.LIST: "一行填一条",
        Layout.UPRIGHT: "一列填一条",
        Layout.FORM: "在“填报内容”一栏填写",
    }
    told = [sheet.note.rstrip("。")] if sheet.note else []
    told += [shapes[sheet.layout], "★必填，☆符合条件时必填", "白底的格填写，灰底的格不用填", "数字没有的填 0，不要留空"]
    if sheet.of_school and sheet.can_be_declared_none:
        told.append("全表无数据的，在目录上声明“无”")
    return f"填报说明：{'；'.join(told)}。"
