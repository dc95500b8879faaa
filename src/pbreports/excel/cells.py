"""What a cell says as a field's value, read as people type: tolerant where the meaning is plain, else refused.

Nothing is guessed: what may mean two things, and what has lost digits, is a ``Misread``. What was understood after
a repair carries a note, which is shown to the school.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from pbreports.excel.dates import read_date, read_month
from pbreports.excel.misread import Misread
from pbreports.excel.reader.values import Cell, Kind
from pbreports.excel.remarks import lowest, noun
from pbreports.scheme.model import Field, FieldKind
from pbreports.values import Repair, Scalar


class Reading(NamedTuple):
    """A value, what had to be repaired to read it (empty: nothing), and what became of it.

    A note goes with ``Repair.DONE`` where the meaning was plain, with ``Repair.CONFIRM`` where it was likely only.
    ``rare`` are the characters that the common typefaces lack.
    """

    value: Scalar
    note: str = ""
    repair: Repair = Repair.NONE
    rare: str = ""


Reader = Callable[[Cell], Reading]
BLANK = Reading(None)
_SPACES = "文字首尾的空格或不可见字符"
_TEXT_NUMBER = "以文本存放的数字"
_NUMBER_TEXT = "以数字存放的文本"
_CHOSEN = "与下拉不完全一致的选项"

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
_NUMBER = re.compile(r"[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?", re.ASCII)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+\d+", re.ASCII | re.IGNORECASE)
_MINUS = str.maketrans({"−": "-", "–": "-", "—": "-", "－": "-", "、": ",", "，": ","})
_LOST_DIGITS = Decimal(10) ** 15
_TRUE = frozenset({"是", "√", "✓", "✔", "☑", "对", "Y", "YES", "TRUE", "1"})
_FALSE = frozenset({"否", "×", "✗", "✘", "☒", "X", "N", "NO", "FALSE", "0"})


def reader_of(field: Field, *, date1904: bool = False) -> Reader:
    """Return the function that reads a field's cells; it raises ``Misread`` when a cell cannot be understood."""
    read = _READERS[field.kind](field, date1904)

    def checked(cell: Cell) -> Reading:
        if cell.kind is Kind.BLANK:
            return BLANK
        if cell.kind is Kind.ERROR:
            raise Misread("公式错误", str(cell.value), "请重新填写这一格，不要用公式")
        return read(cell)

    return checked


def clean(text: str) -> str:
    """Return a text without what cannot be seen and without space at its ends."""
    return _INVISIBLE.sub("", text).strip() if not text.isalnum() else text


def key_of(text: str) -> str:
    """Return the form in which headers, titles and choices are compared: NFKC, no white space."""
    return "".join(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).split())


def canonical(number: Decimal) -> Decimal:
    """Return an equal number without needless zeros or exponent."""
    return Decimal(int(number)) if number == number.to_integral_value() else number.normalize()


def _text_reader(field: Field, _date1904: bool) -> Reader:  # noqa: FBT001 — one signature for all kinds
    most = field.length

    def read(cell: Cell) -> Reading:
        text, note = _text_of(cell)
        if most is not None and len(text) > most:
            raise Misread("过长", text, f"请压缩到{most}个字以内（现有{len(text)}个字）")
        return Reading(text or None, note)

    return read


def _text_of(cell: Cell) -> tuple[str, str]:
    value = cell.value
    if isinstance(value, str):
        text = clean(value)
        if _SCIENTIFIC.fullmatch(text):
            raise Misread("科学计数", text, "末几位已丢失、无法恢复，请把单元格设为文本后重填")
        return text, _SPACES if text and text != value else ""
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), ""
    if isinstance(value, Decimal):
        if abs(value) >= _LOST_DIGITS:
            raise Misread("末几位丢失", f"{value:f}", "末几位已丢失、无法恢复，请把单元格设为文本后重填")
        return f"{canonical(value):f}", _NUMBER_TEXT
    raise Misread("被识别成日期", shown(cell), "被表格软件识别成了日期或时间，请把单元格设为文本后重填")


def _number_reader(field: Field, _date1904: bool) -> Reader:  # noqa: FBT001 — one signature for all kinds
    low, high = lowest(field), field.maximum
    places = 0 if field.kind is FieldKind.INTEGER else field.places
    step = Decimal(1).scaleb(-places)

    def read(cell: Cell) -> Reading:
        number, note = _number_of(cell, field.unit)
        if number is None:
            return BLANK
        if number != number.quantize(step):
            remedy = "请填整数" if places == 0 else f"请四舍五入到{places}位小数"
            raise Misread("小数位", shown(cell), remedy)
        if (low is not None and number < low) or (high is not None and number > high):
            raise Misread("超出范围", shown(cell), f"请填{noun(field)}")
        return Reading(canonical(number), note)

    return read


def _number_of(cell: Cell, unit: str) -> tuple[Decimal | None, str]:
    value = cell.value
    if isinstance(value, Decimal):
        if abs(value) >= _LOST_DIGITS:
            raise Misread("过大", cell.raw, "请核对数值和单位")
        return value, ""
    if not isinstance(value, str):
        raise Misread("不是数", shown(cell), "请把单元格格式设为常规后重填数字")
    text = clean(value)
    if not text:
        return None, ""
    return _number_in(text, unit), _TEXT_NUMBER


def _number_in(text: str, unit: str) -> Decimal:
    plain = "".join(unicodedata.normalize("NFKC", text.translate(_MINUS)).split()).translate(_MINUS)
    if unit and plain.endswith(unit):
        plain = plain.removesuffix(unit)
    if len(plain) > 24 or not _NUMBER.fullmatch(plain):
        raise Misread("不是数", text, "请只填数字，没有的填 0")
    return Decimal(plain.replace(",", ""))


def _date_reader(_field: Field, date1904: bool) -> Reader:  # noqa: FBT001 — one signature for all kinds
    return lambda cell: Reading(*read_date(cell, date1904=date1904))


def _month_reader(_field: Field, date1904: bool) -> Reader:  # noqa: FBT001 — one signature for all kinds
    return lambda cell: Reading(*read_month(cell, date1904=date1904))


def _choice_reader(field: Field, _date1904: bool) -> Reader:  # noqa: FBT001 — one signature for all kinds
    words = frozenset(field.options)
    by_key = {key_of(word): word for word in field.options}

    def read(cell: Cell) -> Reading:
        text = shown(cell)
        if text in words:
            return Reading(text)
        wanted = key_of(text)
        if not wanted:
            return BLANK
        word = by_key.get(wanted)
        if word is None:
            raise Misread("不在选项中", text, _choice_remedy(field, wanted, by_key))
        return Reading(word, _CHOSEN)

    return read


def _choice_remedy(field: Field, wanted: str, by_key: dict[str, str]) -> str:
    near = difflib.get_close_matches(wanted, list(by_key), n=1, cutoff=0.6)
    if near:
        return f"是不是“{by_key[near[0]]}”，请从下拉中选"
    listed = "、".join(field.options[:8]) + ("……" if len(field.options) > 8 else "")
    return f"请从下拉中选：{listed}"


def _truth_reader(_field: Field, _date1904: bool) -> Reader:  # noqa: FBT001 — one signature for all kinds
    def read(cell: Cell) -> Reading:
        text = shown(cell)
        if text == "是":
            return Reading(value=True)
        if text == "否":
            return Reading(value=False)
        word = key_of(text).upper()
        if not word:
            return BLANK
        if word not in _TRUE | _FALSE:
            raise Misread("不是是否", text, "请填“是”或“否”")
        return Reading(word in _TRUE, _CHOSEN)

    return read


def shown(cell: Cell) -> str:
    """Return what a cell holds, as text."""
    value = cell.value
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Decimal):
        return f"{canonical(value):f}" if abs(value) < _LOST_DIGITS else cell.raw
    return str(value) if isinstance(value, date | time | timedelta) else ""


_READERS: dict[FieldKind, Callable[[Field, bool], Reader]] = {
    FieldKind.TEXT: _text_reader,
    FieldKind.LONG_TEXT: _text_reader,
    FieldKind.INTEGER: _number_reader,
    FieldKind.DECIMAL: _number_reader,
    FieldKind.DATE: _date_reader,
    FieldKind.MONTH: _month_reader,
    FieldKind.CHOICE: _choice_reader,
    FieldKind.YES_NO: _truth_reader,
}
