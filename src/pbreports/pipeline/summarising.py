"""Summarise: the versions that count to figures, lists, the rules over the district, the table of main figures."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pbreports.figures import Basis, Coverage, compute_figures, compute_lists
from pbreports.ledger import Ledger
from pbreports.pipeline.bureau import Bureau, load_bureau
from pbreports.pipeline.cadre.counting import counted_apart
from pbreports.pipeline.decisions import Exemption, exemptions, in_force, rulings
from pbreports.pipeline.district import Asked, district_findings
from pbreports.pipeline.idle import idle_rulings
from pbreports.pipeline.last_stars import with_last_stars
from pbreports.pipeline.rating import rated, rating_findings, with_rating
from pbreports.pipeline.settling import settle_period
from pbreports.pipeline.year import Year
from pbreports.rating import Outcome
from pbreports.scheme.language import Facts
from pbreports.scheme.model import Sheet
from pbreports.scheme.roster import Unit, Units
from pbreports.scheme.tables import PARAMETERS, SWITCHES, constant_records, parameter_records, switch_records
from pbreports.scheme.vocabulary import INDICATORS, RECEIPTS
from pbreports.values import Correction, Figure, Finding, NamedList, Record, Scalar, SheetState
from pbreports.versions import NOT_SENT, State, Version

BUREAU = ""
"""The code under which the bureau itself stands as the one unit of its own sheets."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The year's figures and lists with what they rest on; ``corrections`` are the cells corrected, by unit.

    ``asked`` is what the rules over the district were asked of and those on papers still are, ``exempt`` what units are
    exempt from on the day.
    """

    figures: Mapping[str, Figure]
    lists: Mapping[str, NamedList]
    findings: tuple[Finding, ...]
    units: Units
    versions: tuple[Version, ...]
    bureau: tuple[Finding, ...]
    corrections: Mapping[str, tuple[Correction, ...]]
    asked: Asked
    exempt: tuple[Exemption, ...]
    rating: Outcome | None = None

    @property
    def counted(self) -> frozenset[str]:
        """The codes of the units whose reports are counted."""
        return frozenset(version.unit for version in self.versions if version.counts)

    @property
    def absent(self) -> tuple[Unit, ...]:
        """The units that should report and are not counted, in roster order."""
        return tuple(unit for unit in self.units.reporting() if unit.code not in self.counted)


def summarise(
    year: Year, ledger: Ledger, as_of: date, *, draft: bool = False, last_year: Mapping[str, Any] | None = None
) -> Summary:
    """Return the figures and lists of a year from the ledger, as they stand on a day.

    ``draft`` lets the latest version of each unit count whatever its errors. ``last_year`` gives last year's
    values by figure; without it they come from the bureau's sheet that the scheme names.

    Raises:
        PbreportsError: when a workbook of the ledger has no receipt, so that its turn is not known.
    """
    bureau = load_bureau(year, ledger)
    versions = _versions(year, ledger, bureau, as_of, draft=draft)
    ground = with_last_stars(year, _basis(year, ledger, bureau, versions))
    rating = rated(year, ground)
    basis = with_rating(ground, rating, BUREAU)
    counted = counted_apart(year, ledger, bureau)
    made = compute_figures(year.scheme, year.vocabulary, basis, rulings(bureau), counted.figures)
    figures = _with_last_year(made, last_year if last_year is not None else _last_year_sheet(year, bureau))
    exempt = in_force(exemptions(bureau), as_of)
    asked = _asked(year, basis, figures, _digest(year, bureau, versions))
    return Summary(
        figures=figures,
        lists=compute_lists(year.scheme, year.vocabulary, basis),
        findings=(
            *rating_findings(rating, bureau.findings),
            *district_findings(year, ledger, asked, exempt),
        ),
        units=bureau.units,
        versions=versions,
        bureau=(*bureau.findings, *idle_rulings(bureau), *counted.findings),
        corrections=_corrections(ledger, versions),
        asked=asked,
        exempt=exempt,
        rating=rating,
    )


def _versions(year: Year, ledger: Ledger, bureau: Bureau, as_of: date, *, draft: bool) -> tuple[Version, ...]:
    return tuple(
        version
        for period in year.scheme.heading.periods
        for version in settle_period(year, ledger, bureau, period, as_of, with_errors=draft).versions
    )


def _corrections(ledger: Ledger, versions: Sequence[Version]) -> dict[str, tuple[Correction, ...]]:
    found: dict[str, tuple[Correction, ...]] = {}
    for one in versions:
        if one.counts:
            found[one.unit] = (*found.get(one.unit, ()), *ledger.corrections([one.key]))
    return found


def _digest(year: Year, bureau: Bureau, versions: Sequence[Version]) -> str:
    parts = (year.scheme.digest, bureau.digest, *(one.key for one in versions if one.counts))
    return "district-" + hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _basis(year: Year, ledger: Ledger, bureau: Bureau, versions: Sequence[Version]) -> Basis:
    counted = _by_roster([one for one in versions if one.counts], bureau.units)
    last_period = {one.unit: one.period for one in counted}
    records = {sheet.name: _school_records(sheet, ledger, counted, last_period) for sheet in year.scheme.school_sheets}
    made = {
        RECEIPTS: tuple(_receipt_records(year, bureau.units, versions)),
        SWITCHES: switch_records(year.scheme),
        PARAMETERS: parameter_records(year.scheme),
    }
    facts = Facts({**constant_records(year.scheme), **bureau.records, **made, **records})
    states = {one.key: ledger.states(one.key) for one in counted}
    return Basis(
        facts=facts,
        coverage={**_bureau_coverage(year, bureau), **_school_coverage(year, bureau.units, counted, states)},
        names=year.names_of_year(),
        last_period=last_period,
    )


def _by_roster(versions: Sequence[Version], units: Units) -> list[Version]:
    """Return the versions by period as declared and then by roster order; units off the roster are left out."""
    order = {unit.code: number for number, unit in enumerate(units.all)}
    return sorted((one for one in versions if one.unit in order), key=lambda one: order[one.unit])


def _school_records(
    sheet: Sheet, ledger: Ledger, counted: Sequence[Version], last_period: Mapping[str, str]
) -> tuple[Record, ...]:
    """Return a sheet's records: of all periods for flows, of each unit's last for stocks."""
    keys = [one.key for one in counted if not sheet.stock or one.period == last_period[one.unit]]
    return ledger.records(sheet.name, keys)


def _school_coverage(
    year: Year, units: Units, counted: Sequence[Version], states: Mapping[str, Mapping[str, SheetState]]
) -> dict[str, Coverage]:
    answered = (SheetState.FILLED, SheetState.NONE)
    return {
        sheet.name: Coverage(
            tuple(unit.code for unit in units.expected(sheet)),
            frozenset(one.unit for one in counted if states[one.key].get(sheet.name) in answered),
        )
        for sheet in year.scheme.school_sheets
    }


def _bureau_coverage(year: Year, bureau: Bureau) -> dict[str, Coverage]:
    sheets = [sheet.name for sheet in year.scheme.bureau_sheets]
    present = bureau.present
    found = {name: Coverage((BUREAU,), frozenset({BUREAU} if name in present else ())) for name in sheets}
    everyone = tuple(unit.code for unit in bureau.units.reporting())
    found[RECEIPTS] = Coverage(everyone, frozenset(everyone))
    return found


def _receipt_records(year: Year, units: Units, versions: Sequence[Version]) -> list[Record]:
    unit_field = year.scheme.heading.roster.code
    return [
        Record(RECEIPTS, unit.code, {unit_field: unit.code, **_receipt(unit.code, versions)}, {}, RECEIPTS, RECEIPTS)
        for unit in units.reporting()
    ]


def _receipt(unit: str, versions: Sequence[Version]) -> dict[str, Scalar]:
    mine = [one for one in versions if one.unit == unit]
    counted = next((one for one in mine if one.counts), None)
    if not mine:
        return {"状态": NOT_SENT, "版次": Decimal(0), "退回次数": Decimal(0)}
    latest = counted or mine[-1]
    return {
        "状态": counted.state.value if counted else State.RETURNED.value,
        "首次收到日期": mine[0].first_seen,
        "有效版收到日期": counted.first_seen if counted else None,
        "版次": Decimal(mine[-1].number),
        "退回次数": Decimal(sum(one.errors > 0 for one in mine)),
        "错误数": Decimal(latest.errors),
        "警告数": Decimal(latest.warnings),
        "未说明警告数": Decimal(latest.unexplained),
    }


def _last_year_sheet(year: Year, bureau: Bureau) -> dict[str, Any]:
    last = year.scheme.heading.last_year
    if last is None:
        return {}
    rows = bureau.records.get(last.sheet, ())
    return {str(row.get(last.name)): row.get(last.value) for row in rows if row.get(last.value) is not None}


def _with_last_year(figures: Mapping[str, Figure], values: Mapping[str, Any]) -> dict[str, Figure]:
    return {name: replace(figure, last_year=values.get(name)) for name, figure in figures.items()}


def change_of(figure: Figure) -> tuple[Decimal | Fraction | None, Fraction | None]:
    """Return the change against last year and its percentage, blank where either year is not known."""
    if figure.value is None or figure.last_year is None:
        return None, None
    change = Fraction(figure.value) - Fraction(figure.last_year)
    return change, change * 100 / Fraction(figure.last_year) if figure.last_year else None


def _asked(year: Year, basis: Basis, figures: Mapping[str, Figure], key: str) -> Asked:
    names = {**basis.names, **{name: figure.value for name, figure in figures.items()}}
    return Asked(key, Facts({INDICATORS: _indicator_records(year, figures)}, basis.facts), names)


def _indicator_records(year: Year, figures: Mapping[str, Figure]) -> list[Record]:
    return [
        Record(INDICATORS, "", _indicator(figures[rule.name]), {}, "全区", "主要指标")
        for rule in year.scheme.figures.values()
        if rule.main
    ]


def _indicator(figure: Figure) -> dict[str, Scalar]:
    _, percent = change_of(figure)
    return {"名称": figure.name, "本年": figure.value, "上年": figure.last_year, "增幅": percent}
