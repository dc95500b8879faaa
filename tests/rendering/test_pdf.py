"""Papers with their PDFs: `build --pdf` from the workspace to what the screen and the manifest say."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from pbreports.pipeline.printing_pdf import printed_pdfs
from pbreports.rendering.programs import Programs
from rendering.fake import put_fake_office
from small_year import SmallYear, make_small_year

on_posix = pytest.mark.skipif(os.name == "nt", reason="a script cannot stand in for a program on Windows")
PAPER = "2031年读书小结_初稿"


@pytest.fixture
def year(tmp_path: Path) -> SmallYear:
    """Return the small year, for one test to spoil."""
    return make_small_year(tmp_path / "年度 区")


@pytest.mark.render
def test_a_build_with_pdf_puts_one_beside_each_paper(
    year: SmallYear, programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pages stand on the screen and in the manifest; drafts get theirs too; without --pdf nothing is converted."""
    monkeypatch.setenv("PBREPORTS_FONTS", os.pathsep.join(map(str, programs.font_folders)))
    assert year.run("build").exit_code == 0
    assert not list(year.outputs.rglob("*.pdf"))
    done = year.run("build", "--pdf")
    assert done.exit_code == 0, done.output
    assert f"文书/{PAPER}.pdf（1页）" in done.output.replace("\\", "/")
    assert (year.outputs / f"文书/{PAPER}.pdf").read_bytes().startswith(b"%PDF-")
    manifest = json.loads((year.outputs / "文书/文件摘要.json").read_text(encoding="utf-8"))
    assert manifest["页数"] == {f"outputs/2031/文书/{PAPER}.pdf": 1}
    assert year.run("build", "--pdf", "--draft").exit_code == 0
    assert (year.outputs / "文书/2031年读书小结_草稿.pdf").exists()


def test_without_libreoffice_it_is_said(tmp_path: Path) -> None:
    """And an older PDF of the same name is called old, for it does not hold this run's numbers."""
    (tmp_path / "甲.docx").write_bytes(b"new")
    (tmp_path / "甲.pdf").write_bytes(b"old")
    made = printed_pdfs([tmp_path / "甲.docx"], Programs({}, {}))
    assert made.pdfs == {}
    assert "没有找到 LibreOffice" in made.problems[0]
    assert "甲.pdf 是以前的" in made.problems[1]


@on_posix
def test_a_build_whose_pdfs_fail_writes_its_papers_and_says_so(
    year: SmallYear, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2: something that was asked for could not be done."""
    script = put_fake_office(tmp_path / "programs")
    script.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    monkeypatch.setenv("PATH", str(script.parent))
    done = year.run("build", "--pdf")
    assert done.exit_code == 2
    assert f"没有生成 PDF：{PAPER}.docx" in done.output
    assert (year.outputs / f"文书/{PAPER}.docx").exists()


@on_posix
def test_a_paper_that_fails_leaves_the_others_their_pdfs(tmp_path: Path, fake: Programs) -> None:
    """It is told by name; pages that cannot be counted are not made up."""
    for name, text in {"甲.docx": "falls", "乙.docx": "two", "丙.xlsx": "three"}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "甲.pdf").write_bytes(b"old")
    papers = [tmp_path / name for name in ("甲.docx", "乙.docx", "丙.xlsx")]
    made = printed_pdfs(papers, fake)
    assert [pdf.name for pdf in made.pdfs.values()] == ["乙.pdf", "丙.pdf"]
    assert made.pages == {}
    assert len(made.problems) == 2
    assert made.problems[0].startswith("甲.docx：")
    assert "甲.pdf 是以前的" in made.problems[1]
    assert (tmp_path / "甲.pdf").read_bytes() == b"old"


@on_posix
def test_the_command_finds_the_office_in_the_search_path(
    year: SmallYear, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One start of it serves all papers; what its PDFs lack is said."""
    script = put_fake_office(tmp_path / "programs")
    monkeypatch.setenv("PATH", str(script.parent))
    done = year.run("build", "--pdf")
    assert done.exit_code == 0, done.output
    assert "（页数不明）" in done.output


def test_nothing_written_needs_no_pdf(fake: Programs) -> None:
    """No paper, no start of the office."""
    made = printed_pdfs([], fake)
    assert (made.pdfs, made.problems) == ({}, ())
