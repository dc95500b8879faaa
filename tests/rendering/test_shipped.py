"""The shipped papers on paper: under both conventions for margins their pages have nothing wrong with them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from pbreports.pipeline.rendered import contents_of
from pbreports.rendering.counting import chars_a_line, lines_a_side
from pbreports.rendering.judging import check_pages
from pbreports.rendering.office import Converted, convert
from pbreports.rendering.pages import Measured, measure
from pbreports.rendering.programs import Programs
from pbreports.rendering.yardstick import Yardstick
from pbreports.scheme.profile import load_profile
from pbreports.word.shipped import DRAFTS, SAMPLES, make_template
from pbreports.word.template import compile_template
from word.star_values import star_values
from word.summary_values import summary_values

STAMP = datetime(2020, 12, 31)  # noqa: DTZ001 - a day of the office, no moment
CONVENTIONS = ("measured", "literal")
SUMMARY = DRAFTS[0]
NAMES = tuple(f"{draft}_{convention}" for convention in CONVENTIONS for draft in (*DRAFTS, *SAMPLES))

pytestmark = pytest.mark.render


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory, programs: Programs) -> Converted:
    """Return all shipped papers under both conventions, filled and made into PDF by one LibreOffice."""
    folder = tmp_path_factory.mktemp("shipped")
    files = [folder / f"{name}.docx" for name in NAMES]
    for file in files:
        file.write_bytes(made(*file.stem.split("_"), folder))
    return convert(files, folder, programs)


def made(draft: str, convention: str, folder: Path) -> bytes:
    """Return a paper of an invented year; the samples of each kind of paper have nothing to be filled in."""
    template = make_template(draft, convention)
    if draft in SAMPLES:
        return template
    (folder / "模板.docx").write_bytes(template)
    values = summary_values() if draft == SUMMARY else star_values()
    return compile_template(folder / "模板.docx").render(values, stamp=STAMP)


@pytest.fixture(scope="module")
def measured(converted: Converted, programs: Programs) -> dict[str, Measured]:
    """Return the shipped papers measured, by draft and convention."""
    found = {paper.stem: measure(pdf, programs) for paper, pdf in converted.pdfs.items()}
    return {name: one for name, one in found.items() if one is not None}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wrong_with_its_pages(converted: Converted, measured: dict[str, Measured], name: str) -> None:
    """Judged by the elements that the checker recognises in the file."""
    file = next(paper for paper in converted.pdfs if paper.stem == name)
    found = check_pages(measured[name], contents_of(file.read_bytes()), load_profile(), converted.lent)
    assert [str(one) for one in found] == []


@pytest.mark.parametrize("name", NAMES)
def test_its_text_stands_within_the_type_area(measured: dict[str, Measured], name: str) -> None:
    """Ink from 37 to 41 mm at the top and to 262.5 mm at the bottom, of tables by the profile's tolerances (5.2.1)."""
    area = Yardstick(load_profile()).area
    pages = [page for page in measured[name].pages if not page.lies_across]
    texts = [page for page in pages if not page.rules and page.number > 1]
    assert all(37 < min(row.ink.top for row in page.text if row.ink) < 41 for page in texts)
    assert all(row.ink.bottom < 262.5 for page in texts for row in page.text if row.ink)
    assert lines_a_side(pages, area) in {22, None}
    assert chars_a_line(pages, area, 28) in {28, None}


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_sides_and_lines_are_really_counted(measured: dict[str, Measured], convention: str) -> None:
    """The longest paper has full sides and full lines, so that what is said of them is said of something."""
    area = Yardstick(load_profile()).area
    pages = measured[f"{SUMMARY}_{convention}"].pages
    assert lines_a_side(pages, area) == 22
    assert chars_a_line(pages, area, 28) == 28
