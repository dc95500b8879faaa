"""The filters of the tag language, by the names under which templates use them; docs/templates.md shows each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pbreports.errors import TemplateError
from pbreports.tags.days import full_date, hanzi_date, month_and_day, short_date
from pbreports.tags.display import PaperFigure, shown, unfilled_mark
from pbreports.tags.listing import and_so_many, column, enumerated, joined, quoted, unless_zero
from pbreports.tags.numerals import by_digits, change, formal_amount, hanzi, number_of, ordinal, percentage


def padded_name(name: object) -> str:
    """Return a person's name; one of two signs gets a full-width space between them, to line up with those of three."""
    text = "" if name is None else str(shown(name)).strip()
    return f"{text[0]}\u3000{text[1]}" if len(text) == 2 else text


def star(value: object) -> str:
    """Return ``5`` as ``五星``; a blank as ``—``.

    Raises:
        TemplateError: when it is no whole number from 0 to 9.
    """
    number = number_of(value)
    if number is None:
        return str(value) if isinstance(value, PaperFigure) else "—"
    if number not in range(10):
        raise TemplateError("", f"“{shown(value)}”不是星级", "星级是一位整数")
    return f"{by_digits(int(number))}星"


def default(value: object, instead: object) -> object:
    """Return the value, or what is to stand for a blank."""
    return instead if value in (None, "") else value


def to_fill(value: object, what: str = "") -> object:
    """Return the value, or for a blank the mark that a person is to fill: ``【待填：…】``."""
    return unfilled_mark(what or "此处") if value in (None, "") else value


FILTERS: dict[str, Callable[..., Any]] = {
    "列": column,
    "引号": quoted,
    "顿号": joined,
    "等N个": and_so_many,
    "并列": enumerated,
    "非零": unless_zero,
    "百分比": percentage,
    "增减": change,
    "中文数字": hanzi,
    "大写金额": formal_amount,
    "序号": ordinal,
    "日期": full_date,
    "月日": month_and_day,
    "短日期": short_date,
    "汉字日期": hanzi_date,
    "姓名": padded_name,
    "星级": star,
    "缺省": default,
    "待填": to_fill,
}
