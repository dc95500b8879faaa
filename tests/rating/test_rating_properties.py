"""What holds of every rating, whatever the points: rank and star, places, ties, ceilings, the order of the input."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pbreports.rating import Outcome, Rating, State
from pbreports.scheme.language import Facts
from rating.casebook import Case, Rater, rater

UNITS = ("S1", "S2", "S3")
TOP = 5
Given = dict[str, Any]

points = st.sampled_from(["75", "88", "89.9", "90", "91", "91.5", "92"])
branches = st.fixed_dictionaries(
    {
        "得分": st.tuples(points, points),
        "单位": st.sampled_from(UNITS),
        "评议分": st.tuples(st.just("90"), st.sampled_from(["90", "91", "~"])),
        "满意率": st.tuples(st.just("95"), st.sampled_from(["95", "95", "95", "89"])),
        "成立日期": st.sampled_from(["2010-01-01", "2010-01-01", "2020-05-01"]),
    },
    optional={"上年": st.sampled_from(["4", "5"])},
)
meeting = {"审议会议": "党委会", "审议日期": "2020-12-20"}
shares = st.one_of(st.just({}), st.dictionaries(st.sampled_from(UNITS), st.sampled_from("012"), min_size=1))


@st.composite
def districts(draw: st.DrawFn, *, decided: bool = False) -> Given:
    """Return a case: some branches of three units, few places, ties likely; decisions where they are wanted."""
    made = draw(st.lists(branches, min_size=1, max_size=8))
    codes = [f"P{number}" for number in range(len(made))]
    sheets: dict[str, list[dict[str, str]]] = {
        "负面清单认定": [
            {"轮次": "第一轮", "党组织代码": code, "项目代码": item, "认定起数": "1"}
            for code, item in draw(
                st.dictionaries(st.sampled_from(codes), st.sampled_from(["X01", "X05"]), max_size=2)
            ).items()
        ]
    }
    if decided:
        sheets["待研究决定"] = [
            {"党组织代码": code, "待研究事项": "并列", "是否入选": yes, "研究理由": "研究决定", **meeting}
            for code, yes in draw(st.dictionaries(st.sampled_from(codes), st.sampled_from("是否"), max_size=3)).items()
        ]
        sheets["人工调整"] = [
            {"党组织代码": code, "调整后星级": star, "调整理由": "研究决定", **meeting}
            for code, star in draw(st.dictionaries(st.sampled_from(codes), st.sampled_from("345"), max_size=2)).items()
        ]
    return {
        "名称": "随机",
        "支部": dict(zip(codes, made, strict=True)),
        "名额": draw(shares),
        "参数": {"五星名额比例": draw(st.sampled_from(["0.3", "0.5", "1"]))},
        "表": sheets,
    }


def rated(district: Given) -> Outcome:
    """Return the rating of a case."""
    return rater().run(Case(district))


def by_code(outcome: Outcome) -> dict[str, Rating]:
    """Return the ratings by code."""
    return {one.code: one for one in outcome.ratings}


def compared(district: Given, one: Rating) -> tuple[Decimal, ...]:
    """Return what a branch is compared by, worked out from the case: year, second round, votes, last star."""
    branch = district["支部"][one.code]
    first, second = map(Decimal, branch["得分"])
    votes = Decimal(-1) if branch["评议分"][1] == "~" else Decimal(branch["评议分"][1])
    return first * Decimal("0.4") + second * Decimal("0.6"), second, votes, Decimal(branch.get("上年", -1))


def naive(district: Given, ratings: Mapping[str, Rating]) -> dict[str, int | None]:
    """Return the stars by counting who is better and who is equal, ``None`` for those at the line (no decisions)."""
    keys = {code: compared(district, one) for code, one in ratings.items() if one.capped == TOP}
    shared = {unit: int(number) for unit, number in district["名额"].items()}
    places = int(len(ratings) * Decimal(district["参数"]["五星名额比例"]))

    def fate(code: str, rivals: list[str], room: int) -> int | None:
        better = sum(keys[other] > keys[code] for other in rivals)
        equal = sum(keys[other] == keys[code] for other in rivals)
        return TOP if better + equal <= room else TOP - 1 if better >= room else None

    within = dict.fromkeys(keys, TOP)
    if shared:
        units = {code: [other for other in keys if ratings[other].unit == ratings[code].unit] for code in keys}
        within = {code: fate(code, units[code], shared.get(ratings[code].unit, 0)) for code in keys}
    left = [code for code, star in within.items() if star == TOP]
    final = {**within, **{code: fate(code, left, places) for code in left}}
    return {code: final.get(code, one.capped) for code, one in ratings.items()}


@given(districts())
def test_places_go_as_counting_says(district: Given) -> None:
    """Stars are those that counting the better and the equal ones gives; ranks say how many are better."""
    ratings = by_code(rated(district))
    assert {code: one.star for code, one in ratings.items()} == naive(district, ratings)
    keys = {code: compared(district, one) for code, one in ratings.items()}
    assert {code: one.rank for code, one in ratings.items()} == {
        code: 1 + sum(other > key for other in keys.values()) for code, key in keys.items()
    }


@given(districts(), st.data())
def test_more_points_never_lower_rank_or_star(district: Given, data: st.DataObject) -> None:
    """A branch with more points in a round ranks no lower and has no lower star, unless it comes into a tie."""
    code = data.draw(st.sampled_from(sorted(district["支部"])))
    before = by_code(rated(district))[code]
    branch = district["支部"][code]
    more = tuple(str(Decimal(one) + data.draw(st.sampled_from([0, Decimal("0.5"), 2]))) for one in branch["得分"])
    raised = {**district, "支部": {**district["支部"], code: {**branch, "得分": more}}}
    after = by_code(rated(raised))[code]
    assert before.rank is not None
    assert after.rank is not None
    assert after.rank <= before.rank
    if after.state is not State.OPEN:
        assert after.star is not None
        assert after.star >= (before.star or TOP - 1)


@given(districts(decided=True))
def test_places_and_ceilings_hold_whatever_is_decided(district: Given) -> None:
    """Nobody is above a ceiling, and no more have the highest star than there are places, in all and by unit."""
    outcome = rated(district)
    top = Counter(one.unit for one in outcome.ratings if one.star == TOP)
    assert outcome.places is not None
    assert top.total() <= outcome.places
    if district["名额"]:
        assert all(number <= int(district["名额"].get(unit, 0)) for unit, number in top.items())
    assert all(one.star <= one.ceiling for one in outcome.ratings if one.star and one.ceiling)


@given(districts(decided=True))
def test_equals_are_told_apart_by_a_decision_alone(district: Given) -> None:
    """Of two branches equal in everything, in the same unit, one has the star and one not only where a meeting said so."""
    outcome = rated(district)
    decided = {row["党组织代码"] for name in ("待研究决定", "人工调整") for row in district["表"][name]}
    competing = [one for one in outcome.ratings if one.capped == TOP]
    for one in competing:
        equal = [
            other
            for other in competing
            if compared(district, other) == compared(district, one) and other.unit == one.unit
        ]
        if not decided & {other.code for other in equal}:
            assert len({other.star for other in equal}) == 1


@given(districts(decided=True), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(district: Given, chance: random.Random) -> None:
    """Whatever order rows stand in, every branch comes out the same, in the same order, and the same is wrong."""
    extra = {"轮次": "第一轮", "党组织代码": "P0", "指标代码": "Z", "考评分": "70"}
    district = {**district, "表": {**district["表"], "考评打分": [extra]}}
    plain, turned = rated(district), _Turned(rater().year, rater().rule, chance).run(Case(district))
    assert [dict(row.values) for row in turned.tables["评定结果"]] == [
        dict(row.values) for row in plain.tables["评定结果"]
    ]
    assert Counter(one.code for one in turned.findings) == Counter(one.code for one in plain.findings)


class _Turned(Rater):
    """Rates cases with the rows of every sheet in another order."""

    def __init__(self, year: Any, rule: Any, chance: random.Random) -> None:
        super().__init__(year, rule)
        object.__setattr__(self, "chance", chance)

    def _facts(self, case: Case, names: Mapping[str, Any]) -> Facts:
        facts = super()._facts(case, names)
        sheets = {name: list(facts.rows(name)) for name in self.scheme.sheets}
        for rows in sheets.values():
            self.chance.shuffle(rows)  # type: ignore[attr-defined]  # set above
        return Facts(sheets, facts)
