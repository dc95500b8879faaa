"""The bureau's own workbooks: read once per content, their records with computed fields, the units of the roster."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from pbreports import findings
from pbreports.errors import PbreportsError, WorkbookError, reason_of
from pbreports.excel.bureau import read_bureau
from pbreports.ledger import Ledger, Source
from pbreports.ooxml.limits import LIMITS, Limits
from pbreports.pipeline.background import Background
from pbreports.pipeline.references import dangling
from pbreports.pipeline.resting import sheets_rested_on
from pbreports.pipeline.scoring import rested_on, take_scores
from pbreports.pipeline.year import READER, LastYear, Year
from pbreports.scheme.computed import compute
from pbreports.scheme.language import Facts
from pbreports.scheme.model import BureauWorkbook, Sheet
from pbreports.scheme.roster import Units, units_of
from pbreports.scheme.tables import constant_records
from pbreports.values import CellRef, Finding, Record, Scalar, Severity, SheetState


@dataclass(frozen=True)
class Bureau:
    """The bureau's workbooks in the ledger: the key of each, their findings, and one digest of them all.

    ``ground`` is the digest of those that the reading of submissions rests on: what groups of assessors send changes
    often, and asks nobody to read all schools' workbooks again while no rule on a school asks for it.
    """

    year: Year
    keys: tuple[str, ...]
    digest: str
    findings: tuple[Finding, ...]
    ledger: Ledger
    ground: str

    def as_read(self, sheet: str) -> tuple[Record, ...]:
        """Return one sheet's records without computed fields; cheap, where the others are not needed."""
        return self.ledger.records(sheet, self.keys)

    @cached_property
    def records(self) -> Mapping[str, tuple[Record, ...]]:
        """The records by sheet, computed fields filled in."""
        sheets = [sheet.name for sheet in self.year.scheme.bureau_sheets]
        raw = {name: _carried(self.as_read(name), self.year.scheme.sheets[name], self.year.last) for name in sheets}
        names = self.year.names(self.year.period())
        return compute(self.year.computed, raw, names, Facts(constant_records(self.year.scheme)))

    @cached_property
    def facts(self) -> Facts:
        """The bureau's records and the constant tables, as background for a workbook's rules."""
        return Facts({**constant_records(self.year.scheme), **self.records})

    @cached_property
    def units(self) -> Units:
        """The units of the roster."""
        return units_of(self.year.scheme, self.as_read(self.year.scheme.heading.roster.sheet))

    @cached_property
    def background(self) -> Background:
        """What submissions are held against."""
        return Background(self.units, self.facts)

    @cached_property
    def present(self) -> frozenset[str]:
        """The bureau sheets that are there."""
        return frozenset(
            name
            for key in self.keys
            for name, state in self.ledger.states(key).items()
            if state is not SheetState.MISSING
        )


def _carried(records: tuple[Record, ...], sheet: Sheet, last: LastYear | None) -> tuple[Record, ...]:
    """Return the rows with last year's own values in the fields that start from them, where last year has any."""
    values = {field.name: last.values.get((sheet.name, field.name), {}) for field in sheet.fields} if last else {}
    if not any(values.values()):
        return records
    return tuple(replace(one, values={**one.values, **_starting_values(one, sheet, values)}) for one in records)


def _starting_values(
    record: Record, sheet: Sheet, values: Mapping[str, Mapping[tuple[Scalar, ...], Scalar]]
) -> dict[str, Scalar]:
    key = tuple(record.get(name) for name in sheet.keys)
    return {name: found[key] for name, found in values.items() if key in found}


def load_bureau(year: Year, ledger: Ledger) -> Bureau:
    """Return the bureau's workbooks, reading those that changed into the ledger.

    Raises:
        PbreportsError: when one of them is there but cannot be read.
    """
    keys = []
    found: list[Finding] = []
    known = ledger.keys()
    for book in year.scheme.desk_workbooks:
        path = year.workspace.bureau_workbook(book.name)
        if not path.exists():
            found.append(_missing(year, book, path))
            continue
        key, sha256 = key_of(year, path)
        if key not in known:
            ledger.put([source_of(year, book, path, key, sha256)])
        keys.append(key)
        found += ledger.findings(key)
    _stop_at_unreadable(found)
    digest = _digest_of(year, keys)
    desk = Bureau(year, tuple(keys), digest, tuple(found), ledger, digest)
    bureau = _with_scores(desk)
    return replace(bureau, findings=(*bureau.findings, *_dangling(bureau)))


def _digest_of(year: Year, keys: Sequence[str]) -> str:
    return hashlib.sha256("".join([*keys, year.last.digest if year.last else ""]).encode()).hexdigest()


def _with_scores(desk: Bureau) -> Bureau:
    """Return the bureau's workbooks with what groups of assessors have sent, where the scheme asks any."""
    keys, found, year = list(desk.keys), list(desk.findings), desk.year
    asked = sheets_rested_on(year.scheme)
    rested = list(desk.keys)
    for book in year.scheme.bureau.values():
        if book.scoring:
            own = {name: desk.as_read(name) for name in rested_on(year.scheme, book)}
            taken = take_scores(year, desk.ledger, book, own, desk.digest)
            keys += taken.keys
            rested += taken.keys if any(sheet.name in asked for sheet in book.sheets) else ()
            found += taken.findings
    return Bureau(year, tuple(keys), _digest_of(year, keys), tuple(found), desk.ledger, _digest_of(year, rested))


def _stop_at_unreadable(found: list[Finding]) -> None:
    """Raise when a workbook of the bureau is there but cannot be read: what rests on it must not vanish quietly."""
    for one in found:
        if one.code.startswith("F-") and one.code != "F-30" and one.severity is Severity.ERROR:
            raise PbreportsError(str(one.where), one.message.rstrip("。"), one.remedy.rstrip("。"))


def _dangling(bureau: Bureau) -> tuple[Finding, ...]:
    """Return the references that lead nowhere, from the ledger when the workbooks have not changed."""
    key = f"references-{bureau.digest}"
    if not bureau.ledger.has(key):
        bureau.ledger.put_district_findings(key, dangling(bureau.year.scheme, bureau.records))
    return bureau.ledger.findings(key)


def key_of(year: Year, path: Path) -> tuple[str, str]:
    """Return the digest of all that reading a workbook of the bureau rests on, and that of the file.

    Raises:
        PbreportsError: when the file cannot be read.
    """
    try:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise PbreportsError(path.name, f"打不开（{reason_of(error)}）", "请关闭占用它的程序后重试") from None
    text = f"{READER}\0{year.scheme.digest}\0{path.name}\0{sha256}"
    return hashlib.sha256(text.encode()).hexdigest(), sha256


def _missing(year: Year, book: BureauWorkbook, path: Path) -> Finding:
    where = CellRef(year.workspace.shown(path))
    return findings.finding("F-30", where, 簿=book.name, 年度=year.scheme.year)


def source_of(  # noqa: PLR0913 - the workbook, its keys, and how it is read
    year: Year, book: BureauWorkbook, path: Path, key: str, sha256: str, *, file: str = "", limits: Limits = LIMITS
) -> Source:
    """Return what a workbook of the bureau says, for a ledger; findings call it ``file``, by its own name else.

    Raises:
        PbreportsError: when it cannot be opened.
    """
    file = file or path.name
    try:
        facts = read_bureau(path, book, year.scheme, file=file, limits=limits)
    except WorkbookError as error:
        raise PbreportsError(file, error.what, error.remedy) from None
    states = {name: SheetState.FILLED if name in facts.readable else SheetState.MISSING for name in facts.records}
    return Source(key, file, "", "", sha256, states, facts.records, facts.findings)


def blocking(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings that must be mended before figures are made from the bureau's workbooks."""
    return tuple(one for one in found if one.severity is Severity.ERROR)
