"""Papers checked as they come out on paper: converted in one batch, measured, judged by the format profile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pbreports.errors import PbreportsError
from pbreports.faults import Fault
from pbreports.rendering.fonts import Lent, asked_fonts
from pbreports.rendering.judging import check_pages
from pbreports.rendering.office import PATIENCE, convert
from pbreports.rendering.pages import measure
from pbreports.rendering.programs import Programs
from pbreports.rendering.yardstick import Contents
from pbreports.scheme.profile import Profile
from pbreports.word.format.elements import paper_of


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


def contents_of(data: bytes, name: str = "") -> Contents:
    """Return what a Word document consists of, as its pages are judged by.

    Raises:
        TemplateError: when it is no Word document, is damaged, or locked.
    """
    paper = paper_of(data, name)
    paragraphs = tuple((str(one.element), one.text) for one in paper.paragraphs)
    return Contents(str(paper.kind), paragraphs, asked_fonts(data))
