"""The figures of 2020 count the rows they must count, and no others."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

import pytest

from figures.district import Case, District, all_cases, district_of, number_of
from pbreports.figures import compute_figures
from pbreports.scheme.declare import Expression
from pbreports.scheme.model import FigureRule
from pbreports.scheme.vocabulary import BUILT_IN

CASES = all_cases()
GOLDEN = (
    "市级示范校命名数 区级示范校命名数 三年市级示范校数 三年区级示范校数 新成立党总支数 新成立党支部数 换届涉农镇街党总支数 换届党支部数 "
    "参评支部数 星级评定轮次数 五星级党组织数 五星级占比 区级观摩点数 观摩学校数 典型发言书记数 发展党员数 选拔任用交流干部数 "
    "市级品牌数 省级先进基层党组织数 区级创新案例数"
).split()
"""The figures a summary cannot do without."""


@pytest.fixture(scope="session")
def year() -> District:
    """Return the shipped year."""
    return district_of()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_figure_is_what_its_case_says(year: District, case: Case) -> None:
    """A figure has the value the case gives, rests on the rows marked, and names the units that did not report."""
    figure = year.figures(case.tables, absent=case.absent, names=case.names)[case.figure]
    assert figure.value == number_of(case.value)
    assert figure.missing == (*case.silent, *case.absent)
    if (marked := case.marked()) is not None:
        assert list(dict.fromkeys(int(source.cell[1:]) for source in figure.sources)) == marked


@pytest.mark.parametrize("name", GOLDEN)
def test_every_golden_figure_has_a_case_with_rows_that_must_not_count(name: str) -> None:
    """No golden figure goes without a case; those over rows show rows that are left out."""
    mine = [case for case in CASES if case.figure == name]
    assert mine
    assert any("-  " in text for case in mine for text in case.tables.values()) or name == "五星级占比"


@pytest.mark.parametrize("name", sorted({case.figure for case in CASES}))
def test_a_switch_named_in_a_case_is_one_of_the_scheme(year: District, name: str) -> None:
    """Cases turn only switches (or fixed names) that the scheme has, to options it has."""
    for case in CASES:
        for switch, option in case.names.items() if case.figure == name else ():
            assert switch in BUILT_IN or option in year.scheme.switches[switch].options


def as_said(year: District, case: Case, rule: FigureRule) -> bool:
    """Whether a figure made by a rule has the value and the rows of its case."""
    scheme = replace(year.scheme, figures={rule.name: rule})
    basis = year.basis(case.tables, absent=case.absent, names=case.names)
    figure = compute_figures(scheme, year.vocabulary, basis)[rule.name]
    rows = [int(source.cell[1:]) for source in figure.sources]
    return figure.value == number_of(case.value) and case.marked() in (None, rows)


def weakened(text: str) -> Iterator[tuple[str, str]]:
    """Return each part of a condition's ``and`` and ``or``, with the condition that is left without it."""
    tree = ast.parse(" ".join(text.split()), mode="eval").body
    for node in ast.walk(tree):
        for part in list(node.values) if isinstance(node, ast.BoolOp) else ():
            whole = node.values
            node.values = [one for one in whole if one is not part]
            yield ast.unparse(part), ast.unparse(tree)
            node.values = whole


@pytest.mark.parametrize("name", GOLDEN)
def test_no_part_of_a_golden_figures_condition_is_idle(year: District, name: str) -> None:
    """Leaving out any part of the condition makes one of the figure's cases wrong."""
    rule, mine = year.scheme.figures[name], [case for case in CASES if case.figure == name]
    for part, left in weakened(rule.condition.text) if rule.condition else ():
        weaker = replace(rule, condition=Expression(left, rule.place))
        assert not all(as_said(year, case, weaker) for case in mine), part
