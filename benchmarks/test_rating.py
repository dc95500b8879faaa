"""How rating scales: 20,000 branches by all indicators in two rounds, by the shipped year's rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from measuring import in_turn, processor_seconds

from pbreports.rating import Outcome, rate
from pbreports.scheme import Scheme, load_scheme
from pbreports.scheme.language import Facts
from pbreports.scheme.tables import constant_records
from pbreports.scheme.vocabulary import vocabulary_of
from pbreports.values import EMPTY_MAPPING, Record, Scalar

MANY, FEW = 20_000, 2_000
YEAR = Path(__file__).resolve().parents[1] / "inputs/2020/方案"
ROUNDS = ("第一轮", "第二轮")
_RATED: Mapping[str, Scalar] = {"类型": "党支部", "状态": "正常", "成立日期": date(2010, 1, 1), "是否参评": True}
_REPORTED: Mapping[str, Scalar] = {
    "届满日期": date(2021, 6, 1),
    "正式党员数": Decimal(5),
    "预备党员数": Decimal(0),
    "是否设支委会": False,
    "书记是否空缺": False,
    "党小组数": Decimal(0),
}


def _rows(number: int, indicators: tuple[Record, ...]) -> Iterator[tuple[str, Record]]:
    """Go through the rows of one branch by sheet: roster, report, last star, votes, points; a hit for one of fifty."""
    code, unit = f"P{number:06d}", f"S{number // 2:06d}"
    here: dict[str, Scalar] = {"党组织代码": code}

    def row(sheet: str, more: Mapping[str, Scalar] = EMPTY_MAPPING, **values: Scalar) -> tuple[str, Record]:
        reporter = unit if more is _REPORTED else ""
        return sheet, Record(sheet, reporter, {**here, **more, **values}, {}, f"{sheet}.xlsx", sheet)

    yield row("党组织", _RATED, 序号=Decimal(number), 学校代码=unit, 党组织全称=f"第{number}支部")
    yield row("党组织情况", _REPORTED, 学校代码=unit)
    yield row("上年星级", 星级年度=Decimal(2019), 星级=Decimal(3 + number % 3))
    if number % 50 == 0:
        yield row("负面清单认定", 轮次="第二轮", 项目代码="X05", 最高星级=Decimal(4))
    for turn in ROUNDS:
        yield row("轮次评议", 轮次=turn, 评议分=Decimal(90 + number % 9), 群众满意率=Decimal(95))
        for place, one in enumerate(indicators):
            full = one.get("满分")
            assert isinstance(full, Decimal)
            points = full - Decimal((number * 7 + place * 3) % 5) / 4
            yield row("考评打分", 轮次=turn, 指标代码=one.get("指标代码"), 考评分=points)


def district(scheme: Scheme, branches: int) -> Facts:
    """Return the facts of so many branches, two to a school; every second school has a place."""
    constants = constant_records(scheme)
    sheets: dict[str, list[Record]] = {name: [] for name in scheme.sheets}
    for number in range(branches):
        for sheet, record in _rows(number, constants["星级指标"]):
            sheets[sheet].append(record)
    for school in range(branches // 2):
        unit = f"S{school:06d}"
        values: dict[str, Scalar] = {"名额年度": Decimal(2020), "推荐类别": "五星级党组织", "学校代码": unit}
        shares = {**values, "名额": Decimal(school % 2)}
        sheets["名额分配"].append(Record("名额分配", "", shares, {}, "名额.xlsx", "名额分配"))
        place: dict[str, Scalar] = {"学校代码": unit, "序号": Decimal(school)}
        sheets["学校"].append(Record("学校", "", place, {}, "名册.xlsx", "学校"))
    return Facts({**constants, **sheets})


def rating(scheme: Scheme, branches: int) -> float:
    """Return how long so many branches take, in processor time, their facts made before and not yet asked."""
    rule, vocabulary, facts = scheme.rating, vocabulary_of(scheme), district(scheme, branches)
    assert rule is not None
    names = scheme.fixed_names(scheme.period())
    made: list[Outcome] = []
    seconds = processor_seconds(lambda: made.append(rate(rule, vocabulary, facts, names, scheme.year)))
    outcome = made[0]
    assert len(outcome.ratings) == branches
    assert len(outcome.tables["指标得分"]) == branches * 22 * len(ROUNDS)
    assert outcome.findings == ()
    return seconds


def test_rating_is_linear(benchmark: Any) -> None:
    """20,000 branches are rated within ten seconds on one core; ten times as many cost at most 1.2 times as much each.

    Rating here is everything: points read, suggested points from the data, rounds, ceilings, places, the four tables.
    """
    scheme = load_scheme(YEAR)
    runs = {"many": lambda: rating(scheme, MANY), "few": lambda: rating(scheme, FEW)}
    times = in_turn(runs, rounds=3)
    each = [many / few * FEW / MANY for many, few in zip(times["many"], times["few"], strict=True)]
    benchmark.extra_info.update(seconds=times, ratios=each, branches=MANY)
    benchmark.pedantic(lambda: rating(scheme, FEW), rounds=1)
    assert sorted(each)[1] <= 1.2
    assert min(times["many"]) < 10
