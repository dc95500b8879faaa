"""The filters of the tag language, by the names under which templates use them; docs/templates.md shows each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pbreports.errors import TemplateError
from pbreports.tags.days import date_span, full_date, hanzi_date, month_and_day, short_date
from pbreports.tags.display import PaperFigure, shown, unfilled_mark
from pbreports.tags.listing import and_so_many, column, enumerated, filled_up, in_pages, joined, quoted, unless_zero
from pbreports.tags.numerals import (
    by_digits,
    change,
    formal_amount,
    hanzi,
    number_of,
    ordinal,
    percentage,
    with_decimals,
)


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
    "分页": in_pages,
    "补足": filled_up,
    "非零": unless_zero,
    "小数": with_decimals,
    "百分比": percentage,
    "增减": change,
    "中文数字": hanzi,
    "大写金额": formal_amount,
    "序号": ordinal,
    "日期": full_date,
    "起止": date_span,
    "月日": month_and_day,
    "短日期": short_date,
    "汉字日期": hanzi_date,
    "姓名": padded_name,
    "星级": star,
    "缺省": default,
    "待填": to_fill,
}


EXPLAINED: dict[str, tuple[str, str]] = {
    "列": ("取名单的一列，空的不要", '{{ 学校名单|列("品牌")|顿号 }}'),
    "引号": ("每一项加引号", '{{ 学校名单|列("品牌")|引号|顿号 }}'),
    "顿号": ("用顿号连接；引号、书名号之间不用（GB/T 15834-2011）", '{{ 学校名单|列("学校")|顿号 }}'),
    "等N个": ("连接并写上总数，只有一个时不写", '{{ 学校名单|列("学校")|等N个("所学校") }}'),
    "并列": (
        "每项是 [前文, 数, 后文]，数是零的整项略去",
        '{{ [["市级", 市级数, "个"], ["五星", 五星数, "个"], ["其他", 未报数, "个"]]|并列 }}',
    ),
    "分页": (
        "把名单分成几页，每页几行，一页一个表（续表）",
        '{% for 页 in 学校名单|分页(2) %}{{ "" if loop.first else "续表：" }}{{ 页|列("学校")|顿号 }} {% endfor %}',
    ),
    "补足": (
        "名单不够几行的，后面补空行",
        "{% for 行 in 学校名单|补足(4) %}{{ loop.index }}{{ 行.学校 }} {% endfor %}",
    ),
    "非零": ("数是零时整句略去，`{}` 处是这个数", '共{{ 五星数|非零("{}个") }}{{ 市级数|非零("，其中市级{}个") }}'),
    "小数": ("至少写几位小数，不够的补零，多的照写；不写位数是一位", "{{ 93|小数 }}"),
    "百分比": ("写成百分比，一位小数，四舍五入", "{{ 25.25|百分比 }}"),
    "增减": ("与另一个数比：增加、减少、持平", '{{ 五星数|增减(五星数上年, "个") }}'),
    "中文数字": ("汉字数字", "{{ 党员总数|中文数字 }}"),
    "大写金额": ("票据上的大写金额（银发〔1997〕393号附件一）", "{{ 1200|大写金额 }}"),
    "序号": ("标题的序号，第一层", "{{ 3|序号 }}"),
    "日期": ("年月日，月日不补零（GB/T 9704-2012）", "{{ 会议日|日期 }}"),
    "起止": ("从哪天到哪天，“至”后面不重复年、月", '{{ "2020-12-15"|起止("2020-12-21") }}'),
    "月日": ("月日", "{{ 会议日|月日 }}"),
    "短日期": ("表格里的日期", "{{ 会议日|短日期 }}"),
    "汉字日期": ("汉字的日期；给年份得年", "{{ 会议日|汉字日期 }}，{{ 2020|汉字日期 }}"),
    "姓名": ("两个字的姓名中间空一格", '{{ "王芳"|姓名 }}'),
    "星级": ("几星", "{{ 5|星级 }}"),
    "缺省": ("空的写成别的", '{{ 学校名单[1].品牌|缺省("—") }}'),
    "待填": ("空的写成待填，留给人写", '{{ 学校名单[1].品牌|待填("品牌") }}'),
}
"""What each filter does and a tag that uses it, as the page about templates says first."""
