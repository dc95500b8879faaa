"""The functions of the expression language on single values; those over rows are in ``aggregates``."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pbreports.scheme.language import arithmetic, calendar, wording
from pbreports.scheme.language.types import Type

_NUMBER = frozenset({Type.NUMBER})
_TEXT = frozenset({Type.TEXT})
_DATE = frozenset({Type.DATE})
_DAY = frozenset({Type.DATE, Type.MONTH})
_LIST = frozenset({Type.LIST})
_SCALAR = frozenset(Type) - _LIST


@dataclass(frozen=True, slots=True)
class Function:
    """One function: the types of its parameters, of its result (``None``: of the first argument), its meaning.

    ``takes_blanks`` is true where a blank argument does not make the result blank, ``alike`` where all arguments must
    have the type of the first.
    """

    parameters: tuple[frozenset[Type], ...]
    result: Type | None
    run: Callable[..., Any]
    meaning: str
    takes_blanks: bool = False
    alike: bool = False


def _whole(reading: Callable[[Any], int]) -> Callable[[Any], Decimal]:
    return lambda value: Decimal(reading(value))


def _make_date(year: Decimal, month: Decimal, day: Decimal) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        return None


def _join_missing(wanted: Sequence[object], given: Sequence[object]) -> str | None:
    return "、".join(wording.missing_from(wanted, given)) or None


FUNCTIONS: dict[str, Function] = {
    "空": Function((_SCALAR,), Type.TRUTH, lambda x: x is None, "没有填", takes_blanks=True),
    "非空": Function((_SCALAR,), Type.TRUTH, lambda x: x is not None, "填了", takes_blanks=True),
    "缺省": Function(
        (_SCALAR, _SCALAR), None, lambda x, y: y if x is None else x, "空时取后者", takes_blanks=True, alike=True
    ),
    "年": Function((_DAY,), Type.NUMBER, _whole(lambda x: x.year), "年份"),
    "月份": Function((_DAY,), Type.NUMBER, _whole(lambda x: x.month), "月份"),
    "日": Function((_DATE,), Type.NUMBER, _whole(lambda x: x.day), "几号"),
    "日期": Function((_NUMBER, _NUMBER, _NUMBER), Type.DATE, _make_date, "由年月日得日期"),
    "加年": Function((_DAY, _NUMBER), None, calendar.add_years, "若干年后"),
    "加月": Function((_DAY, _NUMBER), None, calendar.add_months, "若干月后"),
    "加日": Function((_DATE, _NUMBER), Type.DATE, arithmetic.days_later, "若干天后"),
    "年龄": Function((_DAY, _DAY), Type.NUMBER, calendar.age, "满周岁"),
    "工作日数": Function((_DATE, _DATE), Type.NUMBER, calendar.working_days, "含首尾的工作日"),
    "应计月数": Function((_TEXT, _DATE, _LIST), Type.NUMBER, calendar.months_due, "已过完、不豁免的月份数"),
    "向上取整": Function((_NUMBER,), Type.NUMBER, _whole(math.ceil), "不小于它的最小整数"),
    "向下取整": Function((_NUMBER,), Type.NUMBER, _whole(math.floor), "不大于它的最大整数"),
    "四舍五入": Function((_NUMBER, _NUMBER), Type.NUMBER, arithmetic.round_to, "保留若干位小数"),
    "绝对值": Function((_NUMBER,), Type.NUMBER, arithmetic.absolute, "去掉负号"),
    "较大": Function((_NUMBER, _NUMBER), Type.NUMBER, max, "两数中大的"),
    "较小": Function((_NUMBER, _NUMBER), Type.NUMBER, min, "两数中小的"),
    "字数": Function((_TEXT,), Type.NUMBER, _whole(wording.length), "不计空白的字数"),
    "归一": Function((_TEXT,), Type.TEXT, wording.normal, "去空白、标点和全半角差异"),
    "叠词": Function((_TEXT,), Type.TEXT, wording.doubled, "重复的字词或混用的标点"),
    "含称谓": Function((_TEXT,), Type.TEXT, wording.addressed, "某某老师、同志、同学"),
    "包含": Function((_TEXT, _TEXT), Type.TRUTH, lambda text, part: part in text, "文中有某文"),
    "出现": Function((_TEXT, _LIST), Type.TEXT, wording.mentioned, "列里哪些出现在文中"),
    "缺少": Function((_LIST, _LIST), Type.TEXT, _join_missing, "前有后无的，顿号连接"),
    "差": Function(
        (_LIST, _LIST), Type.NUMBER, lambda a, b: Decimal(len(wording.missing_from(a, b))), "前有后无的个数"
    ),
    "文字": Function((_SCALAR,), Type.TEXT, wording.as_text, "写成文字"),
}
"""The functions on single values by name; 期内, 求值 and those over rows are special forms."""
