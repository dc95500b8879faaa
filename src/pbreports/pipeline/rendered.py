"""Papers checked as they come out on paper: converted in one batch, measured, judged by the format profile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pbreports.errors import PbreportsError
from pbreports.faults import Fault
from pbreports.pipeline.formatting import Checked
from pbreports.rendering.fonts import Lent, asked_fonts
from pbreports.rendering.judging import check_pages
from pbreports.rendering.office import PATIENCE, convert
from pbreports.rendering.pages import measure
from pbreports.rendering.programs import Programs
from pbreports.rendering.yardstick import Contents
from pbreports.scheme.profile import Profile
from pbreports.word.format.elements import paper_of

_CAUSES = {
    "W-80": frozenset({"W-01"}),
    "W-81": frozenset({"W-02"}),
    "W-82": frozenset({"W-02"}),
    "W-83": frozenset({"W-02"}),
    "W-85": frozenset({"W-02", "W-08", "W-11", "W-13"}),
    "W-86": frozenset({"W-02", "W-08", "W-12"}),
    "W-87": frozenset({"W-17"}),
    "W-88": frozenset({"W-21"}),
    "W-89": frozenset({"W-31"}),
    "W-91": frozenset({"W-25"}),
    "W-92": frozenset({"W-25"}),
    "W-93": frozenset({"W-25", "W-31"}),
    "W-95": frozenset({"W-28"}),
    "W-96": frozenset({"W-05"}),
}
"""By which faults of the file what the page shows is explained: mending those mends it, so it is not told as well."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What the pages of some papers show: the faults of each that was measured, its number of pages.

    ``problems`` holds for each paper that was not measured why, ``general`` why none was, ``remarks`` which fonts were
    replaced: whoever prints the faults prints these as well, so that a paper not measured is not taken for a right one.
    """

    faults: Mapping[Path, tuple[Fault, ...]]
    pages: Mapping[Path, int]
    problems: Mapping[Path, str]
    general: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether every paper has been measured."""
        return not self.problems and not self.general


def check_rendered(files: Sequence[Path], profile: Profile, programs: Programs, seconds: float = PATIENCE) -> Rendered:
    """Return what is wrong with the pages of Word documents, whoever made them.

    A paper that cannot be read, converted or measured costs only itself; ``seconds`` is for each.
    """
    if not programs.can_measure:
        return Rendered({}, {}, {}, programs.troubles)
    faults, counts = {}, {}
    with TemporaryDirectory(prefix="pbreports-", ignore_cleanup_errors=True) as folder:
        made = convert(files, Path(folder), programs, seconds)
        problems = dict(made.problems)
        for paper, pdf in made.pdfs.items():
            try:
                faults[paper], counts[paper] = _judged(paper, pdf, profile, programs, made.lent)
            except PbreportsError as error:
                problems[paper] = str(error)
    return Rendered(faults, counts, problems, made.general, made.lent.remarks)


def _judged(paper: Path, pdf: Path, profile: Profile, programs: Programs, lent: Lent) -> tuple[tuple[Fault, ...], int]:
    """Return the faults of one paper's pages and how many pages it has.

    Raises:
        PbreportsError: when it is no Word document or its PDF cannot be measured.
    """
    contents = contents_of(paper.read_bytes(), paper.name)
    measured = measure(pdf, programs)
    if measured is None:
        raise PbreportsError(paper.name, "页面量不出来", "请用 Word 或 WPS 打开另存后再试")
    return check_pages(measured, contents, profile, lent), len(measured.pages)


def measured_too(
    checked: Sequence[Checked], profile: Profile, programs: Programs, seconds: float = PATIENCE
) -> tuple[list[Checked], tuple[str, ...]]:
    """Return papers whose files were checked with what their pages show besides, and what to tell about fonts.

    What a fault of the file explains is not told again.
    """
    files = [one.file for one in checked if not one.trouble]
    rendered = check_rendered(files, profile, programs, seconds)
    return [one if one.trouble else _with_pages(one, rendered) for one in checked], rendered.remarks


def _with_pages(one: Checked, rendered: Rendered) -> Checked:
    if one.file not in rendered.faults:
        return replace(one, unmeasured=rendered.problems.get(one.file, "") or "".join(rendered.general))
    known = {fault.code for fault in one.faults}
    faults = tuple(fault for fault in rendered.faults[one.file] if not known & _CAUSES.get(fault.code, frozenset()))
    return replace(one, faults=(*one.faults, *faults), pages=rendered.pages[one.file])


def contents_of(data: bytes, name: str = "") -> Contents:
    """Return what a Word document consists of, as its pages are judged by.

    Raises:
        TemplateError: when it is no Word document, is damaged, or locked.
    """
    paper = paper_of(data, name)
    paragraphs = tuple((str(one.element), one.text) for one in paper.paragraphs)
    return Contents(str(paper.kind), paragraphs, asked_fonts(data))
