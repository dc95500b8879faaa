"""The numbers of the inspection's workbook that others may know: counts by name, with the places of what was counted.

What was read stays where it is: only a number and addresses come out, and only those go into the year's ledger.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from pbreports import findings
from pbreports.errors import PbreportsError
from pbreports.figures import Basis, Coverage, count_rows
from pbreports.ledger import Ledger
from pbreports.pipeline.bureau import Bureau, key_of
from pbreports.pipeline.cadre.reading import Desk, read_desk, workbook_path
from pbreports.pipeline.year import Year
from pbreports.scheme.cadres import CANDIDATES
from pbreports.scheme.language import parse
from pbreports.scheme.language.wording import as_text
from pbreports.scheme.model import FigureRule
from pbreports.values import CellRef, Figure, Finding, Record, Severity

_OWN = ("",)
"""The one unit that reports: the bureau."""


@dataclass(frozen=True, slots=True)
class CountedApart:
    """Figures counted where their rows are kept apart, by name, and what to tell about them without naming anybody."""

    figures: Mapping[str, Figure] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def private_figures(year: Year) -> tuple[FigureRule, ...]:
    """Return the figures that are counted over sheets kept apart."""
    return tuple(one for one in year.scheme.figures.values() if one.sheet in year.scheme.private_sheets)


def counts_of(year: Year, desk: Desk) -> dict[str, Figure]:
    """Return the figures counted in the inspection's workbook, by name; without a value where it cannot tell them.

    So it is while nobody is entered, and where a page or column that a figure asks for could not be read: a workbook
    that was only laid out, or whose header was pasted over, does not say that there are none.
    """
    return {one.name: _count(one, year, desk) for one in private_figures(year)}


def _count(rule: FigureRule, year: Year, desk: Desk) -> Figure:
    told = frozenset(_OWN) if desk.records.get(CANDIDATES) and _can_tell(rule, year, desk) else frozenset[str]()
    basis = Basis(desk.facts(year), {rule.sheet: Coverage(_OWN, told)}, year.names_of_year(), {})
    return count_rows(rule, year.scheme, year.vocabulary, basis)


def _can_tell(rule: FigureRule, year: Year, desk: Desk) -> bool:
    """Return whether all pages and columns that a figure asks for were read."""
    for sheet, field_name in _asked(rule, year):
        rows = desk.records.get(sheet, ())
        if sheet not in desk.readable or (field_name and rows and field_name not in rows[0].cells):
            return False
    return True


def _asked(rule: FigureRule, year: Year) -> Iterator[tuple[str, str]]:
    """Go through the private sheets that a figure asks, each with a column; that of a sheet as a whole is empty."""
    typed = {
        name: {one.name for one in year.scheme.sheets[name].fields if one.formula is None}
        for name in year.scheme.private_sheets
    }
    yield rule.sheet, ""
    for expression in filter(None, (rule.field, rule.condition)):
        for node in ast.walk(parse(expression.text)):
            if isinstance(node, ast.Name) and node.id in typed:
                yield node.id, ""
            elif isinstance(node, ast.Name) and node.id in typed[rule.sheet]:
                yield rule.sheet, node.id
            elif isinstance(node, ast.Attribute) and node.attr in typed.get(ast.unparse(node.value), ()):
                yield ast.unparse(node.value), node.attr


def counted_apart(year: Year, ledger: Ledger, bureau: Bureau) -> CountedApart:
    """Return the figures over sheets kept apart: from the workbook where it is here, else as they were handed over.

    ``ledger`` is the year's own: what was counted stays there until the workbook changes.
    """
    path = workbook_path(year)
    if path is None:
        return CountedApart()
    told = _handed_over(year, bureau)
    try:
        counted, found = _counted(year, ledger, path) if path.exists() else ({}, ())
    except PbreportsError as error:
        where = CellRef(f"{path.parent.name}/{path.name}")
        counted = {one.name: _UNKNOWN for one in private_figures(year)}
        found = (findings.finding("F-48", where, 什么=error.what),)
    standing = counted or told
    figures = {one.name: _figure(one, *standing.get(one.name, _UNKNOWN)) for one in private_figures(year)}
    return CountedApart(figures, (*found, *_differing(counted, told)))


Told = tuple[Decimal | None, tuple[CellRef, ...]]
"""A number with the places that it rests on."""

_UNKNOWN: Told = (None, ())


def _counted(year: Year, ledger: Ledger, path: Path) -> tuple[Mapping[str, Told], tuple[Finding, ...]]:
    """Return what is counted in the workbook and what to tell of it; no number where it was only laid out so far."""
    key = f"counts-{key_of(year, path)[0]}"
    if not ledger.has(key):
        with Ledger(Path(":memory:"), year.scheme, private=True) as own:
            desk = read_desk(year, own)
        counted = {name: (one.value, _places(year, one)) for name, one in counts_of(year, desk).items()}
        told = _told_of(desk, path)
        ledger.put_counts(key, counted if told or desk.records[CANDIDATES] else {}, told)
    return ledger.counts(key), ledger.findings(key)


def _places(year: Year, counted: Figure) -> tuple[CellRef, ...]:
    """Return where a number rests, by the sheet as it is declared: what staff have called the page is theirs."""
    declared = year.scheme.figures[counted.name].sheet
    return tuple(replace(one, sheet=declared) for one in counted.sources)


def _told_of(desk: Desk, path: Path) -> list[Finding]:
    """Return one finding for all mistakes in the workbook: what they are stays with those who keep it."""
    errors = sum(one.count for one in desk.findings if one.severity is Severity.ERROR)
    where = CellRef(f"{path.parent.name}/{path.name}")
    return [findings.finding("F-48", where, 什么=f"有{errors}处错误")] if errors else []


def _figure(rule: FigureRule, value: Decimal | None, sources: tuple[CellRef, ...]) -> Figure:
    known = value is not None
    missing = () if known else _OWN
    return Figure(rule.name, value, rule.unit, int(known), 1, sources, missing=missing, places=rule.places)


def _handed_over(year: Year, bureau: Bureau) -> dict[str, Told]:
    """Return the numbers that were handed over, by name."""
    return {name: (value, (row.cell(field_name),)) for name, value, row, field_name in _rows(year, bureau)}


def _rows(year: Year, bureau: Bureau) -> Iterator[tuple[str, Decimal, Record, str]]:
    over = year.scheme.cadre.handed_over if year.scheme.cadre else None
    for row in bureau.as_read(over.sheet) if over else ():
        value = row.get(over.value) if over else None
        if over and isinstance(value, Decimal):
            yield str(row.get(over.name)), value, row, over.value


def _differing(counted: Mapping[str, Told], told: Mapping[str, Told]) -> Iterator[Finding]:
    """Yield what is wrong with the numbers handed over: they differ from what is counted here."""
    for name, (value, places) in told.items():
        now = counted.get(name, _UNKNOWN)[0]
        if now is not None and now != value:
            yield findings.finding("F-47", places[0], 名称=name, 交来=as_text(value), 算出=as_text(now))
