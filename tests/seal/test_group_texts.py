"""Texts for work groups carry counts, sheet and row: never a name, a number of a person or anything that was filled in."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from pbreports.scheme import load_scheme
from pbreports.values import Scalar, YearMonth
from small_year import SmallYear, filled, make_small_year

SECRET: dict[str, Scalar] = {
    "短文": "欧阳建国的母亲",
    "长文": "身份证110101199003071233，手机13812345678",
    "个数": Decimal(87654),
    "差额": Decimal(98765),
    "金额": Decimal("-7654.32"),
    "均分": Decimal(543),
    "办理日期": date(2099, 11, 23),
    "出生年月": YearMonth(1871, 4),
    "等次": "特级机密",
    "去向": "上官婉儿处",
    "是否公示": None,
}
PERSONS = ("欧阳建国", "110101199003071233", "13812345678", "上官婉儿", "司马光明", "诸葛小亮")


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> SmallYear:
    """Return a year in which persons stand wherever something can be wrong, collected."""
    made = make_small_year(tmp_path_factory.mktemp("group"))
    answers: dict[str, list[dict[str, Scalar]]] = {
        "封面": [{"填报人": "司马光明", "联系电话": "13812345678"}],
        "一行一条": [{"编码": "诸葛小亮", **SECRET}, {"编码": "诸葛小亮", **SECRET}, {"短文": "欧阳建国"}],
        "一列一条": [
            {"小组代码": "A01-1", "次数": Decimal(99), **SECRET},
            {"小组代码": "上官婉儿", "次数": Decimal(0)},
        ],
        "只填一份": [SECRET],
        "小组季度": [{"小组代码": "A01-1", "季度": "第一季度", "备注": "欧阳建国请假"}],
    }
    folder = made.inputs / "报送/下半年"
    folder.mkdir(parents=True, exist_ok=True)
    data = filled(load_scheme(made.inputs / "方案"), "A01", "下半年", answers)
    (folder / "司马光明填的_A01.xlsx").write_bytes(data)
    made.run("collect", "--period", "下半年")
    return made


def texts(year: SmallYear) -> list[str]:
    """Return the texts written to be pasted into work groups."""
    return [path.read_text(encoding="utf-8-sig") for path in year.outputs.rglob("*.txt")]


def test_the_texts_name_nobody_and_no_value(year: SmallYear) -> None:
    """Nothing that was filled in, no file name and no long number stands in a text for a work group."""
    written = texts(year)
    assert written
    filled_in = {str(value) for value in SECRET.values() if value is not None} | set(PERSONS)
    assert [text for text in written for one in filled_in if one in text] == []
    assert [text for text in written if re.search(r"\d{5,}", text)] == []


def test_the_texts_say_how_much_and_where(year: SmallYear) -> None:
    """The unit, the count, sheet and row, in at most three lines."""
    (text,) = texts(year)
    assert "一馆" in text
    assert re.search(r"\d+处要改", text)
    assert re.search(r"01_一行一条第\d+行", text)
    assert len(text.strip().splitlines()) <= 3
