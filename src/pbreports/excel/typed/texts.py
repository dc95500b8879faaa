"""Texts as people type and paste them: what cannot be seen taken away, codes in half width, lost digits refused."""

from __future__ import annotations

import re
from decimal import Decimal

from pbreports.excel.misread import Misread
from pbreports.excel.reader.values import Cell
from pbreports.excel.typed.characters import ODD_IN_LONG, ODD_IN_SHORT, as_code, clean, rare_in, unified
from pbreports.excel.typed.reading import BLANK, LOST_DIGITS, Reader, Reading, canonical, corrected, doubtful, shown
from pbreports.scheme.model import Field, FieldKind
from pbreports.values import Repair

SPACES = "文字首尾的空格或不可见字符"
LOOKALIKES = "形近的部首或兼容汉字"
WIDE_CODE = "全角或形近的字母和数字"
PADDED_NAME = "两个字中间的空格"
APOSTROPHE = "号码前面的撇号"
NUMBER_TEXT = "以数字存放的文本"
ZEROED = "第16位起全是0、像是丢了末几位的号码"
PADDED_NUMBER = "只在显示时有的开头的0"

_PADDED = re.compile("(?:^|(?<=[、，,；;\n]))([\u3400-\u9fff])[ \u3000]+([\u3400-\u9fff])(?=$|[、，,；;\n])")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+\d+", re.ASCII | re.IGNORECASE)
_LOST = re.compile("\ufffd|锟斤拷|烫烫烫")
_APOSTROPHE = re.compile(r"['’‘]\d{2,}[\dXx-]*", re.ASCII)
_ZEROED = re.compile(r"\d{15}0{2,}", re.ASCII)
_HASHES = re.compile("#{3,}")
_ERRORS = re.compile(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)", re.IGNORECASE)
_ZEROS = re.compile("0{2,30}")
_RETYPE = "末几位已丢失、无法恢复，请把单元格设为文本后重填"


def text_reader(field: Field, *, date1904: bool = False) -> Reader:
    """Return the reader of a field that holds text; what the typefaces lack is said of short texts alone."""
    del date1904
    most, short = field.length, field.kind is FieldKind.TEXT

    odd = ODD_IN_SHORT if short else ODD_IN_LONG

    def read(cell: Cell) -> Reading:
        text = cell.value
        if not isinstance(text, str):
            reading = _stored(cell)
        elif odd.search(text) or text.strip() != text:
            reading = _repaired(text, short=short)
        elif len(text) > 16 and _ZEROED.fullmatch(text):
            reading = doubtful(text, ZEROED)
        elif text.isascii() and (most is None or len(text) <= most):
            return Reading(text) if text else BLANK
        else:
            reading = Reading(text)
        return _told(reading, most, short=short)

    return read


def _told(reading: Reading, most: int | None, *, short: bool) -> Reading:
    """Return what was read with what is to be said of its length and its characters."""
    text = reading.value
    if not isinstance(text, str):
        return reading
    if most is not None and len(text) > most:
        raise Misread("过长", text, f"请压缩到{most}个字以内（现有{len(text)}个字）")
    rare = rare_in(text) if short else ""
    return reading._replace(rare=rare) if rare else reading


def _repaired(text: str, *, short: bool) -> Reading:
    plain, notes = text, []
    for repair, note in _REPAIRS if short else _REPAIRS[:2]:
        repaired = repair(plain)
        if repaired != plain:
            notes.append(note)
            plain = repaired
    if not plain:
        return BLANK
    _require_whole(plain)
    return corrected(plain, "、".join(notes)) if notes else Reading(plain)


def _require_whole(text: str) -> None:
    """Refuse a text of which digits or characters are gone for good."""
    if _SCIENTIFIC.fullmatch(text):
        raise Misread("科学计数", text, _RETYPE, Repair.LOST)
    if _LOST.search(text):
        raise Misread("乱码", text, "有乱码，原来的字已丢失、无法恢复，请重新填写", Repair.LOST)
    if _HASHES.fullmatch(text) or _ERRORS.fullmatch(text):
        raise Misread("公式错误", text, "原来的内容已丢失、无法恢复，请重新填写", Repair.LOST)


def _without_padding(text: str) -> str:
    """Return names of two characters, one or a list, without the space that lists put between the two."""
    return _PADDED.sub(r"\1\2", text)


def _without_apostrophe(text: str) -> str:
    """Return a number kept as text without the apostrophe that other programs write out before it."""
    return text[1:] if _APOSTROPHE.fullmatch(text) else text


_REPAIRS = (
    (clean, SPACES),
    (unified, LOOKALIKES),
    (as_code, WIDE_CODE),
    (_without_padding, PADDED_NAME),
    (_without_apostrophe, APOSTROPHE),
)


def _stored(cell: Cell) -> Reading:
    """Return the text of a cell that is no text cell."""
    value = cell.value
    if isinstance(value, bool):
        return Reading(shown(cell))
    if not isinstance(value, Decimal):
        raise Misread("被识别成日期", shown(cell), "被表格软件识别成了日期或时间，请把单元格设为文本后重填")
    if abs(value) >= LOST_DIGITS:
        raise Misread("末几位丢失", f"{value:f}", _RETYPE, Repair.LOST)
    digits = f"{canonical(value):f}"
    if _ZEROS.fullmatch(cell.format) and len(digits) < len(cell.format) and digits.isdigit():
        return corrected(digits.zfill(len(cell.format)), PADDED_NUMBER)
    return corrected(digits, NUMBER_TEXT)
