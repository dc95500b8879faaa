"""The page that lists the year's figures by number says what the scheme says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from figures.district import SCHEME
from pbreports.scheme import Scheme, load_scheme
from pbreports.scheme.language import names_used, parse
from pbreports.scheme.model import FigureRule
from pbreports.scheme.vocabulary import BUILT_IN

PAGE = Path(__file__).parents[2] / "docs" / "figures.md"
NUMBERS = [f"N{n:02}" for n in range(1, 35)] + [f"Q{n:02}" for n in range(1, 28)]
NO_FIGURES = {
    "N01": ("年度", "", "内置名，取方案的年度"),
    "N34": ("星级评定轮次安排", "", "名单，各轮起止和状态"),
}
"""The numbers that are no figure but a built-in name or a list: name, unit, what it is."""


@pytest.fixture(scope="session")
def scheme() -> Scheme:
    """Return the shipped year."""
    return load_scheme(SCHEME)


def rows(scheme: Scheme) -> Iterator[str]:
    """Return the lines that the page's table must have, by number and then as declared."""
    for number in NUMBERS:
        if number in NO_FIGURES:
            yield _row(number, *NO_FIGURES[number], "")
        for rule in scheme.figures.values():
            if rule.number == number:
                yield _row(number, rule.name, rule.unit, rule.note, "、".join(_switches(rule, scheme)))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell or '—' for cell in cells)} |"


def _switches(rule: FigureRule, scheme: Scheme) -> list[str]:
    """Return the switches that a figure, or one it is made of, consults, with their defaults."""
    used = _names(rule, scheme)
    return [f"{name}（{one.default}）" for name, one in scheme.switches.items() if name in used]


def _names(rule: FigureRule, scheme: Scheme) -> set[str]:
    texts = [one.text for one in (rule.condition, rule.field, rule.year, rule.expression) if one]
    used = {name for text in texts for name in names_used(parse(text))}
    for name in used & scheme.figures.keys():
        used |= _names(scheme.figures[name], scheme)
    return used


def test_the_page_lists_every_number_with_its_figures_and_switches(scheme: Scheme) -> None:
    """The table's lines are those of the scheme; what to write stands in the failure."""
    written = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if re.match(r"\| [NQ]\d", line)]
    wanted = list(rows(scheme))
    assert written == wanted, "\n".join(wanted)


@pytest.mark.parametrize("number", NUMBERS)
def test_every_number_has_a_name(scheme: Scheme, number: str) -> None:
    """N01 to N34 and Q01 to Q27 are figures, or one of the two that are a built-in name or a list."""
    if number in NO_FIGURES:
        assert NO_FIGURES[number][0] in {*BUILT_IN, *scheme.lists}
    else:
        assert any(rule.number == number for rule in scheme.figures.values())


def test_every_figure_says_what_it_counts(scheme: Scheme) -> None:
    """Unit and explanation are printed beside each figure, so none may lack them."""
    assert [rule.name for rule in scheme.figures.values() if not rule.note or not rule.unit] == []


def test_the_branches_up_to_standard_meet_the_frequencies_too(scheme: Scheme) -> None:
    """The two figures share one wording of the frequencies, so that they cannot drift apart."""
    frequencies, standard = (scheme.figures[name].condition for name in ("三会一课达标支部数", "标准化达标支部数"))
    assert frequencies
    assert standard
    assert standard.text.startswith(frequencies.text)
