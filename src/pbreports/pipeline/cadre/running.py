"""What the commands about the inspection of cadres do from beginning to end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pbreports.cadre.comparing import Difference, compare
from pbreports.cadre.process import Progress
from pbreports.errors import PbreportsError
from pbreports.excel.bureau import bureau_workbook
from pbreports.findings import CATALOGUE
from pbreports.journal import Journal
from pbreports.pipeline.cadre.counting import counts_of
from pbreports.pipeline.cadre.inspecting import Case, Inspection, inspect
from pbreports.pipeline.cadre.office import JOURNAL, Office, held, opened
from pbreports.pipeline.cadre.publishing import Lock, Made, Order, RefusedCopy, left_over, publish
from pbreports.pipeline.cadre.purging import Purged, purge
from pbreports.pipeline.cadre.reports import (
    CHECKED,
    COMPARED,
    PUBLISHED,
    STANDING,
    differences_page,
    findings_page,
    fitting_page,
    papers_page,
    standing_page,
    unused_page,
    write_report,
)
from pbreports.pipeline.cadre.values import progress_of
from pbreports.pipeline.year import Year
from pbreports.private import write_private
from pbreports.scheme.model import BureauWorkbook
from pbreports.values import Figure, Finding

Progressing = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class CheckedCadres:
    """What was found, the workbook that tells it, what to say about the folders; ``titles`` names what codes mean."""

    inspection: Inspection
    report: Path
    warnings: tuple[str, ...]
    titles: Mapping[str, str]


def check_cadres(year: Year, as_of: date, lock: Lock | None = None) -> CheckedCadres:
    """Return what is wrong with the inspection's workbook and forms, with the report written.

    Raises:
        PbreportsError: as ``opened`` and ``inspect``.
    """
    with opened(year, as_of, sealed=lock is not None) as office:
        inspection = inspect(office)
        report = write_report(office, CHECKED, [findings_page(inspection)], lock)
        office.journal.ran("cadre check", as_of, _counted(inspection))
        return CheckedCadres(inspection, report, office.warnings, _titles(year))


def _titles(year: Year) -> dict[str, str]:
    """Return by code what is wrong; rules are called by what they ask for."""
    kinds = {code: one.name for code, one in CATALOGUE.items()}
    return kinds | {code: f"不符合“{rule.name}”" for code, rule in year.scheme.rules.items() if rule.name}


def _counted(inspection: Inspection) -> dict[str, int]:
    return {"candidates": len(inspection.cases), "findings": len(inspection.findings)}


@dataclass(frozen=True, slots=True)
class BuiltCadres:
    """What came of the papers, with what was found before, the report, and how many papers are left of earlier runs."""

    inspection: Inspection
    made: tuple[Made, ...]
    report: Path
    warnings: tuple[str, ...]
    left_over: int = 0

    @property
    def must_be_mended(self) -> bool:
        """Whether a paper was refused, or something found is an error."""
        return self.inspection.must_be_mended or any(isinstance(one, RefusedCopy) for one in self.made)


def build_cadres(year: Year, as_of: date, order: Order, progress: Progressing | None = None) -> BuiltCadres:
    """Return what came of the papers about candidates, written into the inspection's folder.

    Raises:
        PbreportsError: as ``opened``, ``inspect`` and ``publish``.
    """
    with opened(year, as_of, sealed=order.lock is not None) as office:
        inspection = inspect(office)
        inspection.expect_candidates()
        made: list[Made] = []
        try:
            for one in publish(office, inspection, order):
                made.append(one)
                if progress:
                    progress(len(made), 0)
        except PbreportsError:
            if made:  # what is written already must not stand there untold
                _report_papers(office, inspection, order, made)
            raise
        return _report_papers(office, inspection, order, made)


def _report_papers(office: Office, inspection: Inspection, order: Order, made: Sequence[Made]) -> BuiltCadres:
    left = () if order.papers or order.candidates else left_over(office, made)
    pages = [papers_page(office, made, left), fitting_page(office, made), findings_page(inspection)]
    report = write_report(office, PUBLISHED, pages, order.lock)
    refused = sum(isinstance(one, RefusedCopy) for one in made)
    office.journal.ran("cadre build", office.as_of, {"papers": len(made) - refused, "refused": refused})
    return BuiltCadres(inspection, tuple(made), report, office.warnings, len(left))


@dataclass(frozen=True, slots=True)
class StandingCadres:
    """How far each candidacy has come, and the workbook that tells it."""

    found: tuple[tuple[Case, Progress], ...]
    report: Path
    warnings: tuple[str, ...]


def status_of_cadres(year: Year, as_of: date, lock: Lock | None = None) -> StandingCadres:
    """Return how far each candidacy has come, with the workbook written.

    Raises:
        PbreportsError: as ``opened`` and ``inspect``.
    """
    with opened(year, as_of, sealed=lock is not None) as office:
        inspection = inspect(office)
        inspection.expect_candidates()
        found = tuple((one, progress_of(one, inspection, as_of)) for one in inspection.cases)
        report = write_report(office, STANDING, [standing_page(found)], lock)
        return StandingCadres(found, report, office.warnings)


@dataclass(frozen=True, slots=True)
class ComparedForms:
    """Where roster and forms differ by candidacy, those without a form, and the workbook that tells it.

    ``unused`` are the forms that could not be read or that nobody could be told to be the owner of.
    """

    differences: Mapping[str, tuple[Difference, ...]]
    lacking: tuple[str, ...]
    unused: tuple[Finding, ...]
    report: Path
    warnings: tuple[str, ...]

    @property
    def differ(self) -> bool:
        """Whether anything differs, or a form was not compared at all."""
        return bool(self.unused) or any(self.differences.values())


def compare_forms(year: Year, as_of: date, lock: Lock | None = None) -> ComparedForms:
    """Return where roster and forms differ, field by field, with the workbook written.

    Raises:
        PbreportsError: as ``opened`` and ``inspect``.
    """
    with opened(year, as_of, sealed=lock is not None) as office:
        inspection = inspect(office)
        inspection.expect_candidates()
        found = {one.dossier.code: compare(one.dossier, one.form, day=one.day) for one in inspection.cases if one.form}
        lacking = tuple(one.dossier.code for one in inspection.cases if one.form is None)
        unused = tuple(one for one in inspection.findings if one.code in _NOT_COMPARED)
        pages = [differences_page(inspection, found), unused_page(unused)]
        report = write_report(office, COMPARED, pages, lock)
        return ComparedForms(found, lacking, unused, report, office.warnings)


_NOT_COMPARED = frozenset({"K-40", "K-41", "K-42", "K-43", "K-44", "K-45"})
"""What keeps a form from being compared; the other kinds of the forms are about confirmations and photos."""


def summary_of_cadres(year: Year, as_of: date) -> HandedOver:
    """Return the counts that others may know, written as a workbook with the one sheet that takes them.

    Raises:
        PbreportsError: as ``opened`` and ``inspect``; when the scheme has no sheet for the counts.
    """
    over = year.scheme.cadre.handed_over if year.scheme.cadre else None
    if over is None:
        raise PbreportsError("方案", "“考察”一节没有“交数”", "请写明交到局端哪张表")
    with opened(year, as_of) as office:
        inspection = inspect(office)
        inspection.expect_candidates()
        counts = counts_of(year, inspection.desk)
        sheet = year.scheme.sheets[over.sheet]
        rows = [{over.name: one.name, over.value: one.value} for one in counts.values() if one.value is not None]
        book = BureauWorkbook(name=sheet.name, sheets=(sheet,))
        path = office.outputs / f"{sheet.name}.xlsx"
        write_private(path, bureau_workbook(year.scheme, book, {sheet.name: rows}))
        return HandedOver(tuple(counts.values()), path, inspection.must_be_mended, office.warnings)


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The counts that others may know, and the workbook of them; ``doubtful`` where the inspection has errors."""

    counts: tuple[Figure, ...]
    report: Path
    doubtful: bool
    warnings: tuple[str, ...]


def purge_cadres(year: Year, as_of: date, before: date, *, dry_run: bool = False) -> Purged:
    """Return what was removed of what earlier runs wrote before a day; ``dry_run`` only tells what would be.

    Raises:
        PbreportsError: another run is under way, or the folder cannot be read.
    """
    with held(year):
        purged = purge(year.workspace, before, dry=dry_run)
        if purged.kept and not dry_run:
            result = {"removed": len(purged.removed), "stuck": len(purged.stuck)}
            Journal(year.workspace.private_outputs / JOURNAL).ran("cadre purge", as_of, result)
        return purged
