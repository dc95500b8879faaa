"""Last year's own inputs, where they stand in the workspace: its figures, and the values that this year starts from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pbreports.ledger import Ledger
from pbreports.pipeline.bureau import load_bureau
from pbreports.pipeline.collecting import collect
from pbreports.pipeline.explaining import told_in
from pbreports.pipeline.last_stars import approved_stars
from pbreports.pipeline.looking import looked_at
from pbreports.pipeline.settling import settle_period
from pbreports.pipeline.summarising import summarise
from pbreports.pipeline.year import LastYear, Year, open_year
from pbreports.scheme.model import Field, Scheme, Sheet
from pbreports.values import Record, Scalar
from pbreports.workspace import Workspace, years_of


def with_last_year(year: Year, as_of: date) -> Year:
    """Return the year with last year's values from last year's own inputs; unchanged where there are none.

    Raises:
        PbreportsError: when last year's inputs are there and cannot be used.
    """
    workspace = Workspace(year.workspace.root, year.scheme.year - 1)
    sent = any(path.is_file() for path in workspace.received.rglob("*"))
    if not sent or workspace.year not in years_of(workspace.root):
        return year
    last = open_year(workspace, year.jobs)
    then = min(as_of, last.scheme.heading.periods[-1].end)  # what was exempt then has not become a mistake since
    with looked_at(last) as last, Ledger(last.workspace.ledger, last.scheme) as ledger:
        for period in last.scheme.heading.periods:
            collect(last, ledger, period, as_of)
        summary = summarise(last, ledger, then)
        settled = settle_period(last, ledger, load_bureau(last, ledger), last.scheme.heading.periods[-1], then)
        counted = [one for one in settled.versions if one.counts]
        values = _values(year.scheme, last, _Counted(ledger, [one.key for one in counted]))
    figures = {name: figure.value for name, figure in summary.figures.items()}
    stars = approved_stars(summary.rating)
    known = [sorted(one.items()) for one in (figures, values, stars)]
    digest = hashlib.sha256(repr(known).encode()).hexdigest()
    told = {one.unit: told_in(settled.findings[one.key]) for one in counted}
    return replace(year, last=LastYear(figures, values, digest, told, stars))


@dataclass(frozen=True, slots=True)
class _Counted:
    """The records of the versions that count in last year's last period."""

    ledger: Ledger
    keys: Sequence[str]

    def records(self, sheet: str) -> tuple[Record, ...]:
        """Return the records of a sheet."""
        return self.ledger.records(sheet, self.keys)


def _values(
    scheme: Scheme, last: Year, counted: _Counted
) -> dict[tuple[str, str], Mapping[tuple[Scalar, ...], Scalar]]:
    """Return the values by bureau sheet and field, each by its row's key."""
    return {(sheet.name, field.name): _by_key(sheet, field, last.scheme, counted) for sheet, field in _starting(scheme)}


def _starting(scheme: Scheme) -> Iterator[tuple[Sheet, Field]]:
    for sheet in scheme.sheets.values():
        for field in sheet.fields:
            if field.last_year:
                yield sheet, field


def _by_key(sheet: Sheet, field: Field, last: Scheme, counted: _Counted) -> Mapping[tuple[Scalar, ...], Scalar]:
    """Return last year's values of a field; none where last year's scheme did not ask for it."""
    name, _, source = field.last_year.partition(".")
    there = last.sheets.get(name)
    if there is None or source not in there.by_name:
        return {}
    found = {tuple(one.get(key) for key in sheet.keys): one.get(source) for one in counted.records(name)}
    return {key: value for key, value in found.items() if value is not None and None not in key}


def figures_of(year: Year) -> Mapping[str, Any] | None:
    """Return last year's figures by name, ``None`` where its inputs are not in the workspace."""
    return year.last.figures if year.last else None
