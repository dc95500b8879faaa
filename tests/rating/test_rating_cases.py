"""Every case of the rating comes out as it is written, and every part of the year's rule has a case that needs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from pbreports.findings import CATALOGUE
from pbreports.rating.indicators import BANDS, DEDUCTION, RATE, YES_NO
from pbreports.scheme.declare import NOWHERE, Expression
from pbreports.scheme.language import names_used, parse
from pbreports.scheme.model.rating import RatingRule
from rating.casebook import Case, Rater, all_cases, differences, rater

CASES = all_cases()
RULE = rater().rule


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_case(case: Case) -> None:
    """The rating of a case is what the case says: the results, and what is found wrong, no more and no less."""
    assert differences(case, rater().run(case)) == []


def _expressions(value: Any) -> set[str]:
    """Return the texts of all expressions in a declaration."""
    if isinstance(value, Expression):
        return {value.text}
    if isinstance(value, Mapping):
        return {text for one in value.values() for text in _expressions(one)}
    if isinstance(value, tuple):
        return {text for one in value for text in _expressions(one)}
    inner = getattr(value, "__dataclass_fields__", {})
    return {text for name in inner if name != "place" for text in _expressions(getattr(value, name))}


def _switches() -> list[tuple[str, str]]:
    """Return the switches that the rule asks, each with every option."""
    scheme = rater().scheme
    used = {name for text in _expressions(RULE) for name in names_used(parse(text))}
    return [(name, option) for name, one in scheme.switches.items() if name in used for option in one.options]


def _limits() -> list[str]:
    """Return the parameters of the rule."""
    scheme = rater().scheme
    return sorted({name for text in _expressions(RULE) for name in names_used(parse(text))} & set(scheme.parameters))


def _without_shares(rule: RatingRule) -> RatingRule:
    assert rule.places
    return replace(rule, places=replace(rule.places, shares=None))


PARTS: dict[str, Callable[[RatingRule], RatingRule]] = {
    "加分": lambda rule: replace(rule, bonus=None),
    "名额": lambda rule: replace(rule, places=None),
    "分配": _without_shares,
    "分组": lambda rule: replace(rule, groups=None),
    "人工调整": lambda rule: replace(rule, adjustments=None),
    "待研究决定": lambda rule: replace(rule, settled=None),
    "审定": lambda rule: replace(rule, approval=None),
    "上年": lambda rule: replace(rule, last=None),
    "自评": lambda rule: replace(rule, self_rating=None),
    "另列": lambda rule: replace(
        rule, extra=tuple(replace(one, formula=Expression("'别的'", NOWHERE)) for one in rule.extra)
    ),
    "对象": lambda rule: replace(rule, rated=replace(rule.rated, condition=None)),
    "每轮得分": lambda rule: replace(rule, round_score=Expression("指标分", NOWHERE)),
}
PARTS |= {
    one.name: lambda rule, name=one.name: replace(  # type: ignore[misc]
        rule, ceilings=tuple(other for other in rule.ceilings if other.name != name)
    )
    for one in RULE.ceilings
}
PARTS |= {
    f"{star}星线": lambda rule, star=star: replace(  # type: ignore[misc]
        rule, lines={**rule.lines, star: Expression("1000", NOWHERE)}
    )
    for star in RULE.lines
}
assert RULE.places is not None
PARTS |= {
    f"次序{number + 1}": lambda rule, number=number: replace(  # type: ignore[misc]
        rule,
        places=replace(rule.places, order=(*rule.places.order[:number], *rule.places.order[number + 1 :])),
    )
    for number in range(len(RULE.places.order))
}


def _fail(part: str, run: Callable[[Case], Any]) -> list[str]:
    """Return the cases of a part that come out otherwise when it is not as it should be."""
    return [str(case) for case in CASES if part in case.about and differences(case, run(case))]


@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_the_rule_has_a_case(part: str) -> None:
    """Without the part a case of it fails."""
    judge = Rater(rater().year, PARTS[part](RULE))
    assert _fail(part, judge.run)


@pytest.mark.parametrize(("name", "option"), _switches())
def test_a_setting_of_a_switch_has_a_case(name: str, option: str) -> None:
    """With the switch set to another option a case that sets it, or leaves it as it is, fails."""
    others = [one for one in rater().scheme.switches[name].options if one != option]
    default = rater().scheme.switches[name].default
    mine = [one for one in CASES if name in one.about and one.given.get("参数", {}).get(name, default) == option]
    assert any(differences(case, rater().run(case, **{name: other})) for case in mine for other in others)


@pytest.mark.parametrize("name", _limits())
def test_a_limit_has_a_case(name: str) -> None:
    """With another value of a parameter that the rule asks a case fails."""
    numbers = ("0", "1000")
    known = rater().scheme.parameters[name].value
    values = ("别的",) if isinstance(known, str) else numbers
    assert any(differences(case, rater().run(case, **{name: value})) for value in values for case in CASES)


def test_every_finding_of_the_rating_has_a_case() -> None:
    """Each P code is found in some case, but for the one that only papers have."""
    found = {code for case in CASES for code in case.given.get("问题", ())}
    assert found == {code for code in CATALOGUE if code.startswith("P-")} - {"P-33"}


@pytest.mark.parametrize("kind", [DEDUCTION, RATE, BANDS, YES_NO])
def test_every_scoring_kind_has_a_case(kind: str) -> None:
    """Each scoring kind of the scheme makes points in some case."""
    field = rater().scheme.tables["星级指标"].by_name["计分方式"]
    assert kind in field.options
    assert len(field.options) == 4
    kinds = {
        indicator["计分方式"]
        for case in CASES
        for indicator in case.given.get("指标", ())
        if isinstance(indicator, dict)
        for row in case.given.get("表", {}).get("考评打分", ())
        if row.get("指标代码") == indicator["指标代码"] and "核查值" in row
    }
    assert kind in kinds
