"""The inspection's own workbook, read once per content into a ledger of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pbreports import findings
from pbreports.ledger import Ledger
from pbreports.ooxml.limits import LIMITS_OF_BALLOTS
from pbreports.pipeline.bureau import key_of, source_of
from pbreports.pipeline.year import Year
from pbreports.scheme.computed import compute
from pbreports.scheme.language import Facts
from pbreports.scheme.tables import constant_records
from pbreports.values import CellRef, Finding, Record, SheetState


@dataclass(frozen=True)
class Desk:
    """What the workbook says: its records by sheet, computed fields filled in, and what is wrong with reading it.

    ``there`` is false where there is no workbook; ``key`` is the digest of all that the reading rests on; ``readable``
    names the sheets that could be read.
    """

    there: bool
    key: str
    records: Mapping[str, tuple[Record, ...]] = field(repr=False, default_factory=dict)
    findings: tuple[Finding, ...] = ()
    readable: frozenset[str] = frozenset()

    def facts(self, year: Year) -> Facts:
        """Return the records with the constant tables, as expressions ask them."""
        return Facts({**constant_records(year.scheme), **self.records})


def workbook_path(year: Year) -> Path | None:
    """Return where the inspection's workbook is to stand, ``None`` where the scheme knows no inspection."""
    rule = year.scheme.cadre
    return year.workspace.private_workbook(rule.workbook) if rule else None


def read_desk(year: Year, ledger: Ledger) -> Desk:
    """Return what the inspection's workbook says; ``ledger`` is the one kept apart.

    Raises:
        PbreportsError: when the workbook is there but cannot be opened.
    """
    path = workbook_path(year)
    rule = year.scheme.cadre
    if path is None or rule is None or not path.exists():
        return Desk(there=False, key="")
    key, sha256 = key_of(year, path)
    if not ledger.has(key):
        ledger.keep_only(())
        book, shown = year.scheme.bureau[rule.workbook], f"{path.parent.name}/{path.name}"
        ledger.put([source_of(year, book, path, key, sha256, file=shown, limits=LIMITS_OF_BALLOTS)])
    sheets = year.scheme.bureau[rule.workbook].sheets
    raw = {sheet.name: ledger.records(sheet.name, [key]) for sheet in sheets}
    names = year.names_of_year()
    records = compute(year.computed, raw, names, Facts(constant_records(year.scheme)))
    readable = frozenset(name for name, state in ledger.states(key).items() if state is SheetState.FILLED)
    return Desk(there=True, key=key, records=records, findings=ledger.findings(key), readable=readable)


def missing(year: Year) -> Finding:
    """Return the finding that there is no workbook."""
    path = workbook_path(year)
    where = CellRef(year.workspace.shown(path) if path else "")
    name = year.scheme.cadre.workbook if year.scheme.cadre else ""
    return findings.finding("F-30", where, 簿=name, 年度=f"{year.scheme.year}/{year.workspace.private_inputs.name}")
