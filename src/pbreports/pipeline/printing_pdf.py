"""The papers of a run made into PDF beside them, all by one LibreOffice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pbreports.rendering.office import PATIENCE, convert
from pbreports.rendering.pages import page_count
from pbreports.rendering.programs import Programs


@dataclass(frozen=True, slots=True)
class Printed:
    """What came of it: the PDF of each paper, the number of pages of each PDF, what to tell.

    ``pages`` lacks a PDF whose pages cannot be counted. ``problems`` are sentences about papers without a new PDF.
    """

    pdfs: Mapping[Path, Path]
    pages: Mapping[Path, int]
    problems: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def printed_pdfs(papers: Sequence[Path], programs: Programs, seconds: float = PATIENCE) -> Printed:
    """Return the PDFs of papers that have just been written, each beside its paper and called like it.

    Papers all stand in one folder. One that cannot be converted, or whose PDF is open elsewhere, costs only itself.
    """
    if not papers:
        return Printed({}, {})
    made = convert(papers, papers[0].parent, programs, seconds)
    counts = {pdf: page_count(pdf, programs) for pdf in made.pdfs.values()}
    pages = {pdf: count for pdf, count in counts.items() if count is not None}
    failed = [paper for paper in papers if paper not in made.pdfs]
    problems = [*made.general, *(made.problems[paper] for paper in failed if paper in made.problems)]
    problems += [f"{old.name} 是以前的，与这次写出的不同，请勿使用。" for old in map(_usual, failed) if old.exists()]
    return Printed(made.pdfs, pages, tuple(problems), made.lent.remarks_on_pdf)


def _usual(paper: Path) -> Path:
    return paper.with_suffix(".pdf")
