"""A batch of papers through LibreOffice: one process, own fonts, and each paper that fails costs only itself."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pbreports.rendering.fonts import faces_of
from pbreports.rendering.office import Converted, convert
from pbreports.rendering.pages import measure, page_count
from pbreports.rendering.programs import Programs, find_programs
from rendering.made import DAMAGED, LOCKED, MISSING, papers

on_posix = pytest.mark.skipif(os.name == "nt", reason="a script cannot stand in for a program on Windows")


def written(folder: Path, texts: dict[str, str]) -> list[Path]:
    """Return files of some texts."""
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]


@pytest.mark.render
def test_every_paper_that_can_be_opened_becomes_a_pdf(batch: Converted) -> None:
    """Names with hanzi and blanks are kept; three bad papers among them stop nothing."""
    assert {paper.stem for paper in batch.pdfs} == papers().keys() - {DAMAGED, LOCKED}
    assert all(pdf.stem == paper.stem and pdf.exists() for paper, pdf in batch.pdfs.items())


@pytest.mark.render
@pytest.mark.parametrize(("name", "said"), [(DAMAGED, "已损坏"), (LOCKED, "密码"), (MISSING, "文件或文件夹不存在")])
def test_a_paper_that_cannot_be_opened_is_told(batch: Converted, name: str, said: str) -> None:
    """Its name, why, and what to do."""
    [problem] = [words for paper, words in batch.problems.items() if paper.stem == name]
    assert problem.startswith(f"{name}.docx：")
    assert said in problem
    assert problem.endswith("。")


@pytest.mark.render
@pytest.mark.usefixtures("faces")
def test_the_papers_are_set_in_the_lent_fonts(batch: Converted, programs: Programs) -> None:
    """Each class of face can be told from the others, and what was replaced is said."""
    pdf = next(pdf for paper, pdf in batch.pdfs.items() if paper.stem == "公文")
    assert {face.kind for face in faces_of(programs, pdf)} == {"仿宋", "小标宋", "宋体"}
    assert all(face.is_embedded for face in faces_of(programs, pdf))
    assert batch.lent.missing == ()
    assert all(f"{font}→" in batch.lent.remarks[0] for font in batch.lent.stand_ins)


@pytest.mark.render
def test_pages_are_counted_with_and_without_poppler(batch: Converted, programs: Programs) -> None:
    """The count is the same; a PDF needs no more than LibreOffice."""
    bare = Programs({}, {})
    counts = {paper.stem: (page_count(pdf, programs), page_count(pdf, bare)) for paper, pdf in batch.pdfs.items()}
    assert all(count == other for count, other in counts.values())
    assert counts["公文"] == (5, 5)


@pytest.mark.render
def test_what_is_no_pdf_cannot_be_measured(tmp_path: Path, programs: Programs) -> None:
    """There is nothing to judge then, rather than a paper without pages."""
    [file] = written(tmp_path, {"x.pdf": "no PDF"})
    assert measure(file, programs) is None
    assert page_count(file, programs) is None


def test_without_the_programs_it_says_so(tmp_path: Path) -> None:
    """Nothing is converted, and each missing program is told in a sentence."""
    nothing = find_programs({})
    bare = Programs({}, nothing.environment)
    made = convert(written(tmp_path, {"a.docx": ""}), tmp_path, bare)
    assert not made.pdfs
    assert "没有找到 LibreOffice" in made.general[0]
    assert "pdftoppm" in bare.troubles[1]
    assert not bare.can_measure


@on_posix
def test_a_paper_that_fells_the_office_costs_only_itself(tmp_path: Path, fake: Programs) -> None:
    """The papers behind it are converted by the office started anew."""
    files = written(tmp_path, {"甲.docx": "one", "乙.docx": "falls", "丙.docx": "three"})
    target = tmp_path / "out"
    target.mkdir()
    made = convert(files, target, fake)
    assert {paper.name for paper in made.pdfs} == {"甲.docx", "丙.docx"}
    assert [paper.name for paper in made.problems] == ["乙.docx"]


@on_posix
def test_an_office_that_hangs_is_ended_with_all_it_started(tmp_path: Path, fake: Programs) -> None:
    """The paper it hangs over is told with the time given, the others are converted, no process stays behind."""
    mark = tmp_path / "child"
    files = written(tmp_path, {"甲.docx": f"waits {mark}", "乙.docx": "two"})
    target = tmp_path / "out"
    target.mkdir()
    made = convert(files, target, fake, seconds=3)
    assert [paper.name for paper in made.pdfs] == ["乙.docx"]
    assert "用了3秒" in made.problems[files[0]]
    child = Path(f"/proc/{mark.read_text()}/stat")
    assert not child.exists() or child.read_text().rpartition(")")[2].split()[0] == "Z"


@on_posix
def test_papers_of_one_name_do_not_overwrite_each_other(tmp_path: Path, fake: Programs) -> None:
    """The second gets a number."""
    for folder in ("甲", "乙", "out"):
        (tmp_path / folder).mkdir()
    files = [*written(tmp_path / "甲", {"通知.docx": "one"}), *written(tmp_path / "乙", {"通知.docx": "two"})]
    made = convert(files, tmp_path / "out", fake)
    assert [(pdf.name, pdf.read_bytes()[9:12]) for pdf in made.pdfs.values()] == [
        ("通知.pdf", b"one"),
        ("通知（2）.pdf", b"two"),
    ]


@on_posix
def test_a_pdf_that_cannot_be_replaced_is_a_sentence(tmp_path: Path, fake: Programs) -> None:
    """What stands there stays."""
    target = tmp_path / "out"
    (target / "通知.pdf").mkdir(parents=True)
    [file] = written(tmp_path, {"通知.docx": "one"})
    made = convert([file], target, fake)
    assert not made.pdfs
    assert "通知.pdf" in made.problems[file]


@on_posix
def test_programs_are_started_only_by_whole_paths(tmp_path: Path, fake: Programs) -> None:
    """One that lies beside the papers is not taken, whatever the search path says."""
    folder = str(fake.found["soffice"].parent)
    assert find_programs({"PATH": folder}).found["soffice"] == fake.found["soffice"]
    relative = os.path.relpath(folder)
    assert find_programs({"PATH": f".:{relative}:"}).found.get("soffice") != fake.found["soffice"]


def test_programs_see_nothing_of_the_environment_but_what_they_need() -> None:
    """Passwords in the environment of whoever starts us are none of theirs."""
    assert find_programs({"HOME": "/home/a", "SECRET": "x"}).environment == {"HOME": "/home/a"}
