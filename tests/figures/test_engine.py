"""How figures are made from rows, whatever the scheme: algorithms, blanks, basis, periods, percentages, sources."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from figures.district import District, district_of
from pbreports.errors import PbreportsError
from pbreports.scheme.language.arithmetic import round_half_up
from pbreports.values import CellRef, Figure
from tiny import SCHEME, write_scheme

FIGURES = """
数字:
- {名称: 活动数, 算法: 计数, 表: 一行一条, 单位: 项}
- {名称: 优秀活动数, 算法: 计数, 表: 一行一条, 条件: "等次 == '优秀'"}
- {名称: 不优秀活动数, 算法: 计数, 表: 一行一条, 条件: "等次 != '优秀'"}
- {名称: 等次种数, 算法: 去重计数, 表: 一行一条, 字段: 等次}
- {名称: 总个数, 算法: 合计, 表: 一行一条, 字段: 个数, 单位: 个}
- {名称: 优秀总个数, 算法: 合计, 表: 一行一条, 字段: 个数, 条件: "等次 == '优秀'"}
- {名称: 平均个数, 算法: 平均, 表: 一行一条, 字段: 个数, 小数位: 1}
- {名称: 最后个数, 算法: 最新, 表: 一行一条, 字段: 个数}
- {名称: 三年单位数, 算法: 三年累计, 表: 一行一条, 字段: 单位代码, 年份: 年(办理日期)}
- {名称: 总次数, 算法: 合计, 表: 一列一条, 字段: 次数}
- {名称: 期末人数, 算法: 合计, 表: 一列一条, 字段: 上期人数}
- {名称: 优秀占比, 算法: 式, 式: 优秀活动数 / 活动数, 单位: "%"}
- {名称: 两倍, 算法: 式, 式: 四倍 / 2}
- {名称: 四倍, 算法: 式, 式: 总个数 * 4}
"""
YEAR = SCHEME.replace("{名称: 上期人数, 类型: 整数, 单位: 人}", "{名称: 上期人数, 类型: 整数, 单位: 人, 存量: true}")

ACTIVITIES = """
单位 编码 个数 等次   办理日期
A01  1    3    优秀   2031-05-01
A01  2    ~    合格   2030-05-01
B02  3    5    ~      2029-01-01
B02  4    0    优秀   2028-12-31
"""


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> District:
    """Return the tiny scheme with figures of every algorithm."""
    return district_of(write_scheme(tmp_path_factory.mktemp("scheme"), YEAR + FIGURES))


def made(tiny: District, name: str, text: str = ACTIVITIES, sheet: str = "一行一条", **given: object) -> Figure:
    """Return a figure of one table."""
    return tiny.figures({sheet: text}, **given)[name]


@pytest.mark.parametrize(
    ("name", "value", "rows"),
    [
        ("活动数", 4, [1, 2, 3, 4]),
        ("优秀活动数", 2, [1, 4]),
        ("不优秀活动数", 1, [2]),
        ("等次种数", 2, [1, 2, 4]),
        ("总个数", 8, [1, 3, 4]),
        ("优秀总个数", 3, [1, 4]),
        ("平均个数", Fraction(8, 3), [1, 3, 4]),
        ("最后个数", 0, [4]),
        ("三年单位数", 2, [1, 2, 3]),
        ("四倍", 32, [1, 3, 4]),
        ("两倍", 16, [1, 3, 4]),
    ],
)
def test_each_algorithm_counts_the_rows_that_hold_a_value(
    tiny: District, name: str, value: Decimal, rows: list[int]
) -> None:
    """A blank is neither counted nor added, a blank condition is not fulfilled, and the sources are the rows used."""
    figure = made(tiny, name)
    assert figure.value == value
    assert figure.sources == tuple(CellRef("一行一条", "一行一条", f"A{row}") for row in rows)


def test_a_percentage_is_an_exact_fraction_of_a_hundred(tiny: District) -> None:
    """A quotient in % is multiplied by a hundred without rounding; it is rounded half up only when shown."""
    text = "单位 编码 等次\nA01 1 优秀\nA01 2 合格\nA01 3 合格"
    assert made(tiny, "优秀占比", text).value == Fraction(100, 3)
    assert round_half_up(Fraction(3800, 151), 1) == Decimal("25.2")
    assert round_half_up(Fraction(2525, 100), 1) == Decimal("25.3")


def test_a_division_by_nothing_has_no_value(tiny: District) -> None:
    """Where everyone reports that there is nothing, counts are zero and their quotient is blank."""
    figures = tiny.figures({"一行一条": "单位 编码\nA01 1"}, absent=())
    assert figures["优秀活动数"].value == 0
    empty = tiny.figures({"一行一条": "单位 编码", "一列一条": "单位 小组代码\nA01 A01-1"})
    assert empty["活动数"].value == 0
    assert empty["优秀占比"].value is None


def test_what_nobody_reported_is_not_zero(tiny: District) -> None:
    """Without a single report neither a count nor a sum nor what is made of them has a value."""
    figures = tiny.figures({"一行一条": "单位 编码"}, absent=("A01", "B02"))
    for name in ("活动数", "总个数", "平均个数", "三年单位数", "优秀占比", "两倍"):
        assert figures[name].value is None, name
        assert (figures[name].reported, figures[name].expected) == (0, 2)


def test_the_basis_says_how_many_of_how_many_reported(tiny: District) -> None:
    """A total names the units it lacks, those that left the field blank everywhere among them."""
    text = "单位 编码 个数\nA01 1 3\nB02 2 ~"
    figure = made(tiny, "总个数", text, absent=("C03",))
    assert (figure.value, figure.reported, figure.expected) == (3, 1, 3)
    assert figure.missing == ("B02", "C03")
    assert made(tiny, "活动数", text, absent=("C03",)).missing == ("C03",)


def test_the_latest_value_rests_on_its_row_alone(tiny: District) -> None:
    """The last row gives value and source, but the units before it have reported too."""
    figure = made(tiny, "最后个数", "单位 编码 个数\nA01 1 3\nB02 2 5")
    assert (figure.value, figure.reported, len(figure.sources)) == (5, 2, 1)


def test_a_figure_made_of_others_is_no_better_founded_than_the_weakest(tiny: District) -> None:
    """Its basis is that of the operand with the smallest share of reports, its sources are those of all."""
    text = "单位 编码 个数\nA01 1 3\nB02 2 ~"
    figure = made(tiny, "两倍", text, absent=("C03",))
    assert (figure.reported, figure.expected, figure.missing) == (1, 3, ("B02", "C03"))


def test_flows_are_added_over_the_periods_and_stocks_taken_from_the_last(tiny: District) -> None:
    """A field marked as a stock counts from each unit's last report; the others from all of them."""
    text = """
    单位 期次   小组代码 上期人数 次数
    A01  上半年 A01-1    10       2
    A01  下半年 A01-1    12       3
    """
    figures = tiny.figures({"一列一条": text}, last_period="下半年")
    assert figures["总次数"].value == 5
    assert figures["期末人数"].value == 12


@pytest.mark.parametrize(
    ("figures", "where", "circle"),
    [
        ("- {名称: 甲数, 算法: 式, 式: 乙数 + 1}\n- {名称: 乙数, 算法: 式, 式: 甲数 - 1}", 2, "甲数 → 乙数 → 甲数"),
        ("- {名称: 甲数, 算法: 式, 式: 甲数 + 1}", 2, "甲数 → 甲数"),
        (
            "- {名称: 甲数, 算法: 式, 式: 乙数 + 1}\n- {名称: 乙数, 算法: 式, 式: 丙数}\n- {名称: 丙数, 算法: 式, 式: 乙数}",
            3,
            "乙数 → 丙数 → 乙数",
        ),
    ],
)
def test_a_figure_made_of_itself_is_refused(tmp_path: Path, figures: str, where: int, circle: str) -> None:
    """A circle of figures stops the scheme from loading, with file, line and the way round."""
    folder = write_scheme(tmp_path)
    (folder / "数字.yaml").write_text(f"数字:\n{figures}\n", encoding="utf-8")
    with pytest.raises(PbreportsError, match=f"数字.yaml 第{where}行.*{circle}"):
        district_of(folder)


@pytest.mark.parametrize(
    ("first", "second", "circle"),
    [
        ("次项 + 1", "首项 + 1", "圈表.首项 → 圈表.次项 → 圈表.首项"),
        ("合计(圈表.首项)", "编号数", "圈表.首项 → 圈表.首项"),
    ],
)
def test_a_computed_field_made_of_itself_is_refused(tmp_path: Path, first: str, second: str, circle: str) -> None:
    """A circle of formulas stops the scheme from loading, with file, line and the way round."""
    folder = write_scheme(tmp_path)
    (folder / "圈.yaml").write_text(
        f"""报表:
- 名称: 圈表
  编号: "09"
  字段:
  - {{名称: 编号数, 类型: 整数}}
  - {{名称: 首项, 类型: 计算, 公式: {first}, 结果: 整数}}
  - {{名称: 次项, 类型: 计算, 公式: {second}, 结果: 整数}}
""",
        encoding="utf-8",
    )
    with pytest.raises(PbreportsError, match=f"圈.yaml 第6行.*{circle}"):
        district_of(folder)
