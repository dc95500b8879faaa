"""How every branch came to its stars, as a page of proof workbooks, and which papers rest on it."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from pbreports.excel.reports import TableSheet
from pbreports.rating import BASIS_PAGE, Outcome, Rating, Step
from pbreports.scheme.declare import Expression
from pbreports.scheme.language import parse
from pbreports.scheme.model import FigureRule, ListRule, Scheme
from pbreports.scheme.vocabulary import APPROVED, INDICATOR_POINTS, RESULTS, ROUND_SCORES
from pbreports.values import CellRef, Scalar

TABLES = frozenset({INDICATOR_POINTS, ROUND_SCORES, RESULTS, APPROVED})
"""What the rating makes."""

MAIN_FIGURES = "主要指标表"


def stars(number: int | None) -> str:
    """Return a star in words, a dash when it is not known."""
    return "—" if number is None else f"{number}星"


def places_in_words(cells: Iterable[CellRef]) -> tuple[str, ...]:
    """Return cells in words, those of one sheet in one text: 星级.xlsx → 加分认定 → F4、F9."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in dict.fromkeys(cells):
        found.setdefault((one.file, one.sheet), []).append(one.cell)
    return tuple(str(CellRef(file, sheet, "、".join(filter(None, some)))) for (file, sheet), some in found.items())


def result_in_words(one: Rating) -> str:
    """Return what has come of a branch: 5星（已定，增星，新授牌）."""
    parts = (one.state.value, *(part.value for part in (one.movement, one.plaque) if part), one.remark)
    return f"{stars(one.star)}（{'，'.join(part for part in parts if part)}）"


def steps_page(outcome: Outcome) -> TableSheet:
    """Return the page that tells how each branch came to its stars, clause by clause, with the cells."""
    rows = tuple(row for one in outcome.ratings for row in _rows_of(one))
    note = "名单、数字里出自星级评定的，来源写作“星级评定依据 → 党组织”，即本页该党组织各行。内部资料，不外传。"
    return TableSheet(BASIS_PAGE, ("党组织", "步骤", "结果", "依据的单元格"), rows, (36, 18, 56, 60), note)


def _rows_of(one: Rating) -> Iterator[tuple[Scalar, ...]]:
    for step in (*one.steps, Step("结果", result_in_words(one))):
        yield one.name, step.clause, step.text, "\n".join(places_in_words(step.cells))


def rests_on_rating(scheme: Scheme, names: Collection[str], tables: frozenset[str] = TABLES) -> bool:
    """Whether any of the names that a paper uses is a figure or list that asks the rating's tables."""
    main = [rule.name for rule in scheme.figures.values() if rule.main] if MAIN_FIGURES in names else []
    return any(_asks(scheme, name, tables, frozenset()) for name in (*names, *main))


def _asks(scheme: Scheme, name: str, tables: frozenset[str], seen: frozenset[str]) -> bool:
    if name in seen:
        return False
    rule: FigureRule | ListRule | None = scheme.figures.get(name) or scheme.lists.get(name)
    if rule is None:
        return False
    named = {rule.sheet, *(word for text in _texts(rule) for word in _words(text))}
    if isinstance(rule, ListRule):
        named.update(rule.then)
    return bool(named & tables) or any(_asks(scheme, other, tables, seen | {name}) for other in named)


def _texts(rule: FigureRule | ListRule) -> Iterator[str]:
    if isinstance(rule, FigureRule):
        given: tuple[Expression | None, ...] = (rule.condition, rule.field, rule.expression)
    else:
        given = (rule.condition, *rule.columns.values(), *rule.order)
    yield from (one.text for one in given if one)


@cache
def _words(text: str) -> frozenset[str]:
    """Return every name in an expression, of sheets too."""
    return frozenset(node.id for node in ast.walk(parse(text)) if isinstance(node, ast.Name))
