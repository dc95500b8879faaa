"""The inspection's own workbook, read once per content into a ledger of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pbreports import findings
from pbreports.errors import PbreportsError, WorkbookError, reason_of
from pbreports.excel.bureau import read_bureau
from pbreports.ledger import Ledger, Source
from pbreports.ooxml.limits import LIMITS_OF_BALLOTS
from pbreports.pipeline.year import READER, Year
from pbreports.scheme.computed import compute
from pbreports.scheme.language import Facts
from pbreports.scheme.model import BureauWorkbook
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


def key_of(year: Year, path: Path) -> tuple[str, str]:
    """Return the digest of all that reading a workbook rests on, and that of the file.

    Raises:
        PbreportsError: when the file cannot be read.
    """
    try:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise PbreportsError(path.name, f"打不开（{reason_of(error)}）", "请关闭占用它的程序后重试") from None
    text = f"{READER}\0{year.scheme.digest}\0{path.name}\0{sha256}"
    return hashlib.sha256(text.encode()).hexdigest(), sha256


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
        ledger.put([_read(year, year.scheme.bureau[rule.workbook], path, key, sha256)])
    sheets = year.scheme.bureau[rule.workbook].sheets
    raw = {sheet.name: ledger.records(sheet.name, [key]) for sheet in sheets}
    names = year.names_of_year()
    records = compute(year.computed, raw, names, Facts(constant_records(year.scheme)))
    readable = frozenset(name for name, state in ledger.states(key).items() if state is SheetState.FILLED)
    return Desk(there=True, key=key, records=records, findings=ledger.findings(key), readable=readable)


def _read(year: Year, book: BureauWorkbook, path: Path, key: str, sha256: str) -> Source:
    shown = f"{path.parent.name}/{path.name}"
    try:
        facts = read_bureau(path, book, year.scheme, file=shown, limits=LIMITS_OF_BALLOTS)
    except WorkbookError as error:
        raise PbreportsError(shown, error.what, error.remedy) from None
    states = {name: SheetState.FILLED if name in facts.readable else SheetState.MISSING for name in facts.records}
    return Source(key, shown, "", "", sha256, states, facts.records, facts.findings)


def missing(year: Year) -> Finding:
    """Return the finding that there is no workbook."""
    path = workbook_path(year)
    where = CellRef(year.workspace.shown(path) if path else "")
    name = year.scheme.cadre.workbook if year.scheme.cadre else ""
    return findings.finding("F-30", where, 簿=name, 年度=f"{year.scheme.year}/{year.workspace.private_inputs.name}")
