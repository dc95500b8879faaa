"""Numbers as people type them into cells: digits, full-width digits, characters, with a unit, with a percent sign."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from pbreports.excel.misread import Misread
from pbreports.excel.reader.values import Cell
from pbreports.excel.remarks import lowest, noun
from pbreports.excel.typed.characters import clean, half_width
from pbreports.excel.typed.dates import is_early
from pbreports.excel.typed.numerals import number_of
from pbreports.excel.typed.reading import (
    BLANK,
    LOST_DIGITS,
    Reader,
    Reading,
    canonical,
    corrected,
    doubtful,
    shown,
)
from pbreports.scheme.model import Field, FieldKind
from pbreports.values import Repair

TEXT_NUMBER = "以文本存放的数字"
WRITTEN = "写成汉字的数字"
MEASURED = "带着单位的数字"
CONVERTED = "换了单位的数字"
CIRCLED = "带圈的数字"
POINTED = "用句号写的小数点"
ENDED = "数字后面的标点"
PERCENT_FORMAT = "百分比格式的数字"
DATE_FORMAT = "被显示成日期的数字"
BELOW_ONE = "百分数栏里小于1的数（85%应填85）"

_PERCENT = "%"
_LONGEST = 24
_SIGNS = str.maketrans("−﹣‐‑–—", "------")
_DIGITS = re.compile(r"[-+]?(?:\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+)(?:\.\d+)?", re.ASCII)
_MANY_DIGITS = re.compile(r"[-+]?[\d,]+(?:\.\d+)?", re.ASCII)
_STORED = re.compile(r"\d{1,4}(?:\.\d{1,4})?", re.ASCII)
_CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
_CHINESE_POINT = re.compile(r"\d+。\d+", re.ASCII)
_END_MARKS = "。．.，,、；;"
_SAME_UNIT = {
    "人": ("名", "位", "个"),
    "分钟": ("分",),
    "小时": ("个小时",),
    "元": ("元整", "圆"),
}
"""Other words for a unit that mean the same number of it."""

_SCALES = {
    "元": (("万元", Decimal(10_000)), ("万", Decimal(10_000)), ("千元", Decimal(1000))),
    "万元": (("元", Decimal("0.0001")),),
}
"""Other units that a number can be converted from."""

_ZERO_REMEDY = "请只填数字，没有的填 0"
_REASONS: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern, re.ASCII), cause, remedy)
    for pattern, cause, remedy in (
        (r"=.*|.*\d[+*/×÷]\d.*", "算式", "请填算好的结果"),
        (r".*(?:约|近|大概|左右|上下|以上|以下|以内|多|余|几|若干|不足|超过).*", "不确切", "请填确切的数"),
        (r".*\d[人名个]? ?(?:[-~～]|—+|至|到)\d.*", "范围", "请填一个数，不填范围"),
        (r"\(\d+(?:\.\d+)?\)", "括号", "负数请写成 -12 的样子，不用括号"),
        (r"[-+]?\d[\d,]*(?:\.\d+)?%", "百分号", "这一栏不是百分数，请只填数字"),
        (r"[\d ]+(?:\.\d+)?", "空格", "数字中间有空格，请核对"),
        (r"[-+]?\d[\d,]*,[\d,]*(?:\.\d+)?", "逗号", "逗号不在千位上，请核对数字"),
    )
)
_SCIENTIFIC = re.compile(r"[-+]?\d(?:\.\d+)?E[-+]?\d+", re.ASCII | re.IGNORECASE)
_WITH_LETTERS = re.compile(r"(?=.*\d)[\dOolI]{1,12}", re.ASCII)
_LETTERS = str.maketrans("OolI", "0011")
_WITH_UNIT = re.compile(r"[-+]?[\d,.]+([\u4e00-\u9fff%]{1,3})", re.ASCII)


def number_reader(field: Field, *, date1904: bool = False) -> Reader:
    """Return the reader of a field that holds numbers of its unit, places and bounds."""
    del date1904
    unit = field.unit
    allowed = _allowed_in(field)
    stored = _stored_percent if unit == _PERCENT else _stored

    def read(cell: Cell) -> Reading:
        value = cell.value
        reading = stored(value, cell) if isinstance(value, Decimal) else _typed(cell, unit)
        number = reading.value
        if not isinstance(number, Decimal):
            return reading
        sound = allowed(number, cell)
        return reading._replace(value=sound) if reading.note else Reading(sound)

    return read


def _allowed_in(field: Field) -> Callable[[Decimal, Cell], Decimal]:
    """Return the function that refuses what a field may not hold, and returns the rest without needless zeros."""
    low, high = lowest(field), field.maximum
    places = 0 if field.kind is FieldKind.INTEGER else field.places
    step = Decimal(1).scaleb(-places)

    def allowed(number: Decimal, cell: Cell) -> Decimal:
        if abs(number) >= LOST_DIGITS:
            raise Misread("过大", cell.raw, "请核对数值和单位")
        whole = int(number)
        if number == whole:
            plain = Decimal(whole)
        elif places and number == number.quantize(step):
            plain = number.normalize()
        else:
            raise Misread("小数位", shown(cell), _places_remedy(field, number))
        if (low is not None and plain < low) or (high is not None and plain > high):
            raise Misread("超出范围", shown(cell), f"请填{noun(field)}")
        return plain

    return allowed


def _places_remedy(field: Field, number: Decimal) -> str:
    if field.unit == _PERCENT and abs(number) < 1:
        return "85%请填 85，不填 0.85"
    return f"请四舍五入到{field.places}位小数" if field.kind is FieldKind.DECIMAL and field.places else "请填整数"


def _stored(value: Decimal, cell: Cell) -> Reading:
    if _PERCENT in cell.format:
        raise Misread("百分比格式", f"{canonical(value * 100):f}%", "请把单元格格式改为常规后重填数字")
    return Reading(value)


def _stored_percent(value: Decimal, cell: Cell) -> Reading:
    """Return the percentage that a cell shows: typed with a sign, 85 % is stored as 0.85 with a format."""
    if _PERCENT in cell.format:
        return corrected(value * 100, PERCENT_FORMAT)
    return _maybe_a_ratio(value) or Reading(value)


def _maybe_a_ratio(number: Decimal) -> Reading | None:
    """Return the doubt about a percentage below 1: 0.85 may have been meant as 85 %."""
    return doubtful(number, BELOW_ONE) if 0 < abs(number) < 1 else None


def _typed(cell: Cell, unit: str) -> Reading:
    """Return the number of a cell that is no number cell."""
    value = cell.value
    if not isinstance(value, str):
        return _shown_as_a_date(cell)
    text = clean(value)
    if not text:
        return BLANK
    plain = half_width(text).translate(_SIGNS).strip().removeprefix("'")
    if len(plain) <= _LONGEST:
        for form in _FORMS:
            reading = form(plain, unit)
            if reading is not None:
                return reading
    raise _no_number(plain, text, unit)


def _shown_as_a_date(cell: Cell) -> Reading:
    """Return the small number that a cell with a date format shows as a day soon after 1900; else refuse the cell."""
    if isinstance(cell.value, date) and is_early(cell.value) and _STORED.fullmatch(cell.raw):
        return doubtful(Decimal(cell.raw), DATE_FORMAT)
    raise Misread("不是数", shown(cell), "请把单元格格式设为常规后重填数字")


def _digits(text: str) -> Decimal | None:
    return Decimal(text.replace(",", "").replace(" ", "")) if _DIGITS.fullmatch(text) else None


def _amount(text: str) -> Decimal | None:
    """Return the number that digits or Chinese characters give."""
    number = _digits(text)
    if number is None and (written := number_of(text)) is not None:
        number = Decimal(written)
    return number


def _in_digits(text: str, unit: str) -> Reading | None:
    number = _digits(text)
    if number is None:
        return None
    return (_maybe_a_ratio(number) if unit == _PERCENT else None) or corrected(number, TEXT_NUMBER)


def _in_characters(text: str, unit: str) -> Reading | None:
    body = text.removeprefix("百分之") if unit == _PERCENT else text
    number = _amount(body)
    return None if number is None else corrected(number, WRITTEN)


def _with_unit(text: str, unit: str) -> Reading | None:
    if unit == "元" and text[:1] in "¥￥" and (number := _digits(text[1:].strip())) is not None:
        return corrected(number, MEASURED)
    for word in (unit, *_SAME_UNIT.get(unit, ())):
        if word and text.endswith(word) and (number := _amount(text.removesuffix(word).strip())) is not None:
            return corrected(number, MEASURED)
    return None


def _of_another_unit(text: str, unit: str) -> Reading | None:
    for word, factor in _SCALES.get(unit, ()):
        if text.endswith(word) and (number := _digits(text.removesuffix(word).strip())) is not None:
            return doubtful(canonical(number * factor), CONVERTED)
    return None


def _in_a_circle(text: str, _unit: str) -> Reading | None:
    return doubtful(Decimal(_CIRCLED.index(text)), CIRCLED) if len(text) == 1 and text in _CIRCLED else None


def _with_chinese_point(text: str, _unit: str) -> Reading | None:
    return doubtful(Decimal(text.replace("。", ".")), POINTED) if _CHINESE_POINT.fullmatch(text) else None


def _with_end_mark(text: str, _unit: str) -> Reading | None:
    number = _digits(text[:-1].strip()) if text[-1:] in _END_MARKS else None
    return None if number is None else doubtful(number, ENDED)


_FORMS: tuple[Callable[[str, str], Reading | None], ...] = (
    _in_digits,
    _in_characters,
    _with_unit,
    _of_another_unit,
    _in_a_circle,
    _with_chinese_point,
    _with_end_mark,
)


def _no_number(plain: str, text: str, unit: str) -> Misread:
    """Return why a text is no number, as exactly as the text allows."""
    if _SCIENTIFIC.fullmatch(plain):
        return Misread("科学计数", text, "末几位可能已丢失、无法恢复，请重新填写完整的数", Repair.LOST)
    if len(plain) > _LONGEST and _MANY_DIGITS.fullmatch(plain):
        return Misread("过大", text, "请核对数值和单位")
    if _WITH_LETTERS.fullmatch(plain):
        return Misread("字母", text, f"里面有字母，是不是 {plain.translate(_LETTERS)}")
    for pattern, cause, remedy in _REASONS:
        if len(plain) <= 100 and pattern.fullmatch(plain):
            return Misread(cause, text, remedy)
    other = _WITH_UNIT.fullmatch(plain)
    if other and unit:
        return Misread("单位不同", text, f"这一栏的单位是“{unit}”，请换算后只填数字")
    return Misread("不是数", text, _ZERO_REMEDY)
