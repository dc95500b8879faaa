"""What a command does from beginning to end: lock, collect, summarise, publish, and the workbooks beside them."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from pbreports.errors import PbreportsError, WorkspaceError
from pbreports.excel.reports import TableSheet, table_workbook
from pbreports.journal import Journal
from pbreports.ledger import Ledger
from pbreports.ooxml.files import write_atomically
from pbreports.pipeline import registers
from pbreports.pipeline.bureau import load_bureau
from pbreports.pipeline.checking import check_paths
from pbreports.pipeline.collecting import Collected, collect
from pbreports.pipeline.decisions import exemptions, in_force
from pbreports.pipeline.dictionary import Entry, dictionary, pages
from pbreports.pipeline.last_year import figures_of, with_last_year
from pbreports.pipeline.looking import Tell, looked_at
from pbreports.pipeline.manifest import write_manifest
from pbreports.pipeline.printing_pdf import Printed, printed_pdfs
from pbreports.pipeline.publishing import Published, publish, template_values
from pbreports.pipeline.quality import quality_pages
from pbreports.pipeline.returning import Returned, write_returns
from pbreports.pipeline.returning_checked import return_checked
from pbreports.pipeline.settling import settled
from pbreports.pipeline.standing import status_pages
from pbreports.pipeline.summarising import Summary, summarise
from pbreports.pipeline.year import Year, locked, make_folder
from pbreports.rendering.programs import Programs
from pbreports.values import Finding, Severity

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build: the papers written and refused, what the rules over the district found, the PDFs if asked."""

    made: Published
    findings: tuple[Finding, ...]
    printed: Printed | None = None

    @property
    def must_be_mended(self) -> bool:
        """Whether a rule over the district or on a paper, or a bureau workbook, is broken."""
        return any(one.severity is Severity.ERROR for one in (*self.findings, *self.made.findings))


@dataclass(frozen=True, slots=True)
class Written:
    """What a collection has written: the registers, and the returns to the units."""

    registers: tuple[Path, ...]
    returned: Returned


def collect_year(
    year: Year, period: str, as_of: date, progress: Progress | None = None, *, annotate: bool = False
) -> tuple[Collected, Written]:
    """Return what has come in for a period, and what was written about it; ``annotate`` as in ``write_returns``.

    Raises:
        PbreportsError: when the period is unknown, nothing has been sent, or another run is under way.
    """
    chosen = year.period(period)
    year = with_last_year(year, as_of)
    with locked(year.workspace), Ledger(year.workspace.ledger, year.scheme) as ledger:
        collected = collect(year, ledger, chosen, as_of, progress)
        if not collected.files:
            folder = year.workspace.shown(year.received_in(chosen))
            raise WorkspaceError(f"{folder}/", "里面没有文件", "请把学校报回的工作簿放进去再运行")
        Journal(year.workspace.journal).ran("collect", as_of, {"files": collected.files, "read": collected.read})
        background = load_bureau(year, ledger).background
        returned = write_returns(year, ledger, background, collected, annotate=annotate)
        return collected, Written(_write_registers(year, collected, as_of), returned)


def _write_registers(year: Year, collected: Collected, as_of: date) -> tuple[Path, ...]:
    registers_of = {
        "校验结果": registers.findings_pages(collected, year.scheme),
        "收件登记": registers.receipt_pages(collected),
        "报送情况": status_pages(collected),
        "数据质量附表": quality_pages(collected.quality, collected.units),
    }
    return tuple(_write_tables(year, title, pages, as_of) for title, pages in registers_of.items())


def _write_tables(year: Year, title: str, pages: Sequence[TableSheet], as_of: date) -> Path:
    path = year.workspace.outputs / f"{title}.xlsx"
    write_atomically(path, table_workbook(title, pages, stamp=datetime.combine(as_of, time())))
    return path


def status_of_year(year: Year, period: str, as_of: date, tell: Tell | None = None) -> tuple[Collected, Path | None]:
    """Return what has come in for a period, and the workbook that says how each unit stands.

    While another run is under way, or where outputs cannot be written, there is no workbook, and ``tell`` is told why.

    Raises:
        PbreportsError: when the period is unknown.
    """
    chosen = year.period(period)
    year = with_last_year(year, as_of)
    with looked_at(year, tell) as seen, Ledger(seen.workspace.ledger, seen.scheme) as ledger:
        collected = collect(seen, ledger, chosen, as_of)
        if seen is not year:
            return collected, None
        return collected, _write_tables(year, "报送情况", status_pages(collected), as_of)


def figures_of_year(
    year: Year, as_of: date, name: str = "", *, draft: bool = False, tell: Tell | None = None
) -> Summary:
    """Return the figures of the year from what is in the inputs now; ``tell`` as in ``status_of_year``.

    Raises:
        PbreportsError: when a figure of that name does not exist.
    """
    if name and name not in year.scheme.figures:
        near = difflib.get_close_matches(name, year.scheme.figures, n=1, cutoff=0.4)
        raise PbreportsError(
            "数字", f"没有叫“{name}”的数字", f"是不是“{near[0]}”" if near else "运行 pbreports figures 可列出全部"
        )
    year = with_last_year(year, as_of)
    with looked_at(year, tell) as seen, Ledger(seen.workspace.ledger, seen.scheme) as ledger:
        return _summary(seen, ledger, as_of, draft=draft)


def _summary(year: Year, ledger: Ledger, as_of: date, *, draft: bool) -> Summary:
    """Return the summary after taking in what has changed, so that a figure is never older than the inputs."""
    for period in year.scheme.heading.periods:
        collect(year, ledger, period, as_of)
    return summarise(year, ledger, as_of, draft=draft, last_year=figures_of(year))


def dictionary_of_year(
    year: Year, as_of: date, *, workbook: bool = False, tell: Tell | None = None
) -> tuple[tuple[Entry, ...], Path | None]:
    """Return what templates may name, and the workbook of it if one is wanted; examples where there is a ledger."""
    values = None
    if year.workspace.ledger.exists():
        values = template_values(year, figures_of_year(year, as_of, tell=tell))
    entries = dictionary(year, values)
    if not workbook:
        return entries, None
    make_folder(year.workspace.outputs)
    return entries, _write_tables(year, "模板字典", pages(entries), as_of)


def build_year(
    year: Year, as_of: date, papers: Sequence[str] = (), *, draft: bool = False, pdf: Programs | None = None
) -> Built:
    """Return the papers built from what is in the inputs now, with PDFs beside them where ``pdf`` says by which programs.

    Raises:
        PbreportsError: when a paper is not declared or its template cannot be filled, or another run is under way.
    """
    year = with_last_year(year, as_of)
    with locked(year.workspace), Ledger(year.workspace.ledger, year.scheme) as ledger:
        summary = _summary(year, ledger, as_of, draft=draft)
        made = publish(year, summary, as_of, papers, draft=draft)
        printed = printed_pdfs([paper.path for paper in made.papers], pdf) if pdf else None
        if made.papers:
            write_manifest(year, made.papers, printed.pages if printed else {})
        result = {"papers": [paper.path.name for paper in made.papers], "draft": draft}
        if made.refused:
            result["refused"] = [one.title for one in made.refused]
        Journal(year.workspace.journal).ran("build", as_of, result)
        return Built(made, (*summary.bureau, *summary.findings), printed)


def check_files(
    year: Year, files: Sequence[Path], as_of: date, target: Path | None = None, *, annotate: bool = False
) -> tuple[tuple[Finding, ...], Returned]:
    """Return what is wrong with single workbooks on a day, of schools or of the bureau, and the returns written."""
    with Ledger(Path(":memory:"), year.scheme) as ledger:
        bureau = load_bureau(year, ledger)
        exempt = in_force(exemptions(bureau), as_of)
        checked = [(one, settled(found, exempt)) for one, found in check_paths(year, bureau.background, files)]
        returned = return_checked(year, bureau.background, checked, target, annotate=annotate)
        return tuple(finding for _, found in checked for finding in found), returned
