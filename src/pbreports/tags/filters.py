"""The filters of the tag language: lists, dates and names as official papers write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from pbreports.errors import TemplateError
from pbreports.tags.display import PaperFigure, shown, shown_number, unfilled_mark
from pbreports.values import Figure, YearMonth

_DIGITS = "〇一二三四五六七八九"


def column(rows: Iterable[Mapping[str, object]], name: str) -> list[object]:
    """列：取名单的一列，空的不要。``五星级党组织名单|列("党组织全称")``."""
    rows = list(rows)
    for row in rows:
        if name not in row:
            raise TemplateError("", f"名单没有“{name}”这一列", f"可用的列有：{'、'.join(row)}")
    return [row[name] for row in rows if row[name] not in (None, "")]


def quoted(items: Iterable[object]) -> list[str]:
    """引号：给每一项加上引号。``名单|列("项目名称")|引号|顿号``."""
    return [f"“{shown(item)}”" for item in items]


def joined(items: Iterable[object]) -> str:
    """顿号：用顿号连接；带引号或书名号的并列项之间不用顿号（GB/T 15834-2011 4.5.3.5）."""
    text = ""
    for item in items:
        part = str(shown(item))
        touching = text[-1:] in {"”", "》"} and part[:1] in {"“", "《"}
        text += part if not text or touching else f"、{part}"
    return text


def and_so_many(items: Iterable[object], measure: str = "个", most: int = 0) -> str:
    """等N个：``A、B、C等12个``；最多列 most 项（0 是全列），只有一项时不写“等1个”。``…|列("学校")|等N个("所学校")``."""
    parts = list(items)
    named = joined(parts[:most] if most else parts)
    return named if len(parts) < 2 else f"{named}等{len(parts)}{measure}"


def enumerated(items: Iterable[Sequence[object]]) -> str:
    """并列：每项是 [前文, 数, 后文]，数为零的项略去，其余用顿号连接。``[["示范岗", 党员示范岗总数, "个"], …]|并列``."""
    kept = [item for item in items if not _is_zero(item[1])]
    return "、".join("".join(str(shown(part)) for part in item) for item in kept)


def _is_zero(value: object) -> bool:
    """Return whether a number is nought; not reported is not zero."""
    return isinstance(value, PaperFigure | int | Decimal) and value == 0


def percentage(value: object) -> str:
    """百分比：``25.2`` 写成 ``25.2%``，一位小数，四舍五入."""
    if isinstance(value, PaperFigure):
        return str(PaperFigure(_as_percentage(value.figure)))
    return shown_number(Decimal(str(value)), "%")


def _as_percentage(figure: Figure) -> Figure:
    """Return the figure with the unit of a percentage."""
    return Figure(figure.name, figure.value, "%", figure.reported, figure.expected)


def full_date(value: date | None) -> str:
    """日期：``2020年12月31日``，月日不补零（GB/T 9704-2012 7.3.5.4）."""
    return str(shown(value))


def month_and_day(value: date | None) -> str:
    """月日：``12月31日``."""
    return "" if value is None else f"{value.month}月{value.day}日"


def short_date(value: date | None) -> str:
    """短日期：``2020.12.31``，表格里用."""
    return "" if value is None else f"{value.year}.{value.month}.{value.day}"


def hanzi_date(value: date | YearMonth | int | None) -> str:
    """汉字日期：``二〇二〇年十二月三十一日``；给年份得 ``二〇二〇年``."""
    if value is None:
        return ""
    if isinstance(value, int):
        return f"{_hanzi_year(value)}年"
    day = "" if isinstance(value, YearMonth) else f"{_hanzi_number(value.day)}日"
    return f"{_hanzi_year(value.year)}年{_hanzi_number(value.month)}月{day}"


def _hanzi_year(year: int) -> str:
    """Return a year digit by digit."""
    return "".join(_DIGITS[int(digit)] for digit in str(year))


def _hanzi_number(number: int) -> str:
    """Return a number below 100 in hanzi."""
    tens, ones = divmod(number, 10)
    text = ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "")
    return text + (_DIGITS[ones] if ones or not tens else "")


def padded_name(name: str) -> str:
    """姓名：两个字的姓名中间加一个全角空格，与三个字的对齐（名单里用）."""
    return f"{name[0]}\u3000{name[1]}" if len(name) == 2 else name


def star(value: object) -> str:
    """星级：``5`` 写成 ``五星``；空的写“—”."""
    return "—" if value in (None, "") else f"{_DIGITS[int(str(shown(value)))]}星"


def default(value: object, instead: str) -> object:
    """缺省：空的写成 instead。``行.成效|缺省("—")``."""
    return instead if value in (None, "") else value


def to_fill(value: object, what: str = "") -> object:
    """待填：空的写成 ``【待填：…】``，留给人填。``行.题目|待填("发言题目")``."""
    return unfilled_mark(what or "此处") if value in (None, "") else value


FILTERS = {
    "列": column,
    "引号": quoted,
    "顿号": joined,
    "等N个": and_so_many,
    "并列": enumerated,
    "百分比": percentage,
    "日期": full_date,
    "月日": month_and_day,
    "短日期": short_date,
    "汉字日期": hanzi_date,
    "姓名": padded_name,
    "星级": star,
    "缺省": default,
    "待填": to_fill,
}
