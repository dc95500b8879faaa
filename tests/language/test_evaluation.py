"""Whatever binds can be evaluated on any row: blanks, zeros, enormous numbers, days at the end of the calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from language.places import NAMES, VOCABULARY, rows
from pbreports.scheme.language import Facts, Frame, Scene, Type, bind, bind_message
from pbreports.values import Scalar, YearMonth

_NUMBER = st.none() | st.sampled_from(
    [
        Decimal(0),
        Decimal("-0.5"),
        Decimal(3),
        Decimal("9E+300"),
        Decimal("1E-300"),
        Decimal("123456789012.345"),
        Fraction(1, 3),
    ]
)
_DAY = st.none() | st.sampled_from([date.min, date(2000, 2, 29), date(2020, 12, 31), date.max])
_MONTH = st.none() | st.sampled_from([YearMonth(1, 1), YearMonth(1990, 2), YearMonth(9999, 12)])
_TEXT = st.none() | st.sampled_from(["", "全年", "第一季度", "甲乙甲乙", "王老师", "Z1"])
_ROW = st.fixed_dictionaries(
    {"代码": _TEXT, "党员数": _NUMBER, "成立日期": _DAY, "次数": _NUMBER, "日期": _DAY, "主题": _TEXT, "季度": _TEXT}
    | {"姓名": _TEXT, "出生年月": _MONTH, "骨干": st.none() | st.booleans(), "年限": _NUMBER}
)

_EXPRESSIONS: Mapping[Type, st.SearchStrategy[str]] = {}


def _of(kind: Type) -> st.SearchStrategy[str]:
    return st.deferred(lambda: _EXPRESSIONS[kind])


def _form(pattern: str, *kinds: Type) -> st.SearchStrategy[str]:
    return st.tuples(*map(_of, kinds)).map(lambda parts: pattern.format(*parts))


N, T, D, M, Y, L = Type.NUMBER, Type.TEXT, Type.DATE, Type.MONTH, Type.TRUTH, Type.LIST
_EXPRESSIONS = {
    N: st.sampled_from(["党员数", "上限", "年度", "0", "2.5", "999999999999999", "学校情况.教职工数"])
    | st.sampled_from("+ - * / // %".split()).flatmap(lambda sign: _form(f"({{}} {sign} {{}})", N, N))
    | _form("(-{})", N)
    | _form("({} if {} else {})", N, Y, N)
    | _form("({} - {})", D, D)
    | _form("四舍五入({}, {})", N, N)
    | st.sampled_from("向上取整 向下取整 绝对值".split()).flatmap(lambda name: _form(f"{name}({{}})", N))
    | st.sampled_from("较大 较小 缺省".split()).flatmap(lambda name: _form(f"{name}({{}}, {{}})", N, N))
    | st.sampled_from("年 月份 日".split()).flatmap(lambda name: _form(f"{name}({{}})", D))
    | _form("年龄({}, {})", M, D)
    | _form("工作日数({}, {})", D, D)
    | _form("应计月数({}, {}, {})", T, D, L)
    | _form("字数({})", T)
    | _form("差({}, {})", L, L)
    | st.sampled_from("合计 平均 最大 最小 取 计数 去重计数".split()).flatmap(
        lambda name: _form(f"{name}(活动.次数 * {{}}, {{}})", N, Y)
    ),
    T: st.sampled_from(["代码", "'甲'", "''", "取(活动.主题)"])
    | _form("({} + {})", T, T)
    | st.sampled_from("归一 叠词 含称谓".split()).flatmap(lambda name: _form(f"{name}({{}})", T))
    | _form("文字({})", N)
    | _form("出现({}, {})", T, L)
    | _form("缺少({}, {})", L, L),
    D: st.sampled_from(["成立日期", "统计截止日", "最大(活动.日期)"])
    | _form("日期({}, {}, {})", N, N, N)
    | st.sampled_from("加年 加月 加日".split()).flatmap(lambda name: _form(f"{name}({{}}, {{}})", D, N))
    | _form("({} + {})", D, N)
    | _form("({} - {})", D, N),
    M: st.sampled_from(["最小(党员.出生年月)"])
    | st.sampled_from("加年 加月".split()).flatmap(lambda name: _form(f"{name}({{}}, {{}})", M, N)),
    Y: st.sampled_from(["True", "存在(活动)"])
    | st.sampled_from("== != < <= > >=".split()).flatmap(
        lambda sign: _form(f"({{}} {sign} {{}})", N, N) | _form(f"({{}} {sign} {{}})", D, D)
    )
    | st.sampled_from(["and", "or"]).flatmap(lambda word: _form(f"({{}} {word} {{}})", Y, Y))
    | _form("(not {})", Y)
    | _form("({} < {} <= {})", N, N, N)
    | _form("({} in [{}, {}])", T, T, T)
    | _form("空({})", N)
    | _form("期内({})", D)
    | _form("包含({}, {})", T, T)
    | _form("不关联(存在(活动, {}))", Y),
    L: st.sampled_from(["豁免月", "列出(活动.主题)", "[]"]) | _form("[{}, {}]", T, T),
}
_WANTED = {
    N: (Decimal, Fraction),
    T: str,
    D: date,
    M: YearMonth,
    Y: bool,
    L: tuple,
}


@given(
    st.sampled_from([N, T, D, M, Y]).flatmap(lambda kind: st.tuples(st.just(kind), _of(kind))),
    _ROW,
    st.lists(_ROW, max_size=3),
)
def test_a_bound_expression_gives_its_type_or_a_blank(
    typed: tuple[Type, str], row: dict[str, Scalar], others: list[dict[str, Scalar]]
) -> None:
    """No row makes an evaluation fail; what comes out is of the type that was promised, and can be written out."""
    kind, text = typed
    if len(text) > 1500:
        return
    records = {
        "活动": rows("活动", *others),
        "党员": rows("党员", *others),
        "学校情况": rows("学校情况", {"教职工数": Decimal(9)}),
    }
    scene = Scene(VOCABULARY, "支部")
    frame = Frame(Facts(records), NAMES, row, "S1")
    found: Any = bind(text, scene, kind).run(frame)
    assert found is None or isinstance(found, _WANTED[kind]), text
    assert isinstance(bind_message(f"得{{{text}}}。", scene)(frame), str)
    assert frame.inner == {}
