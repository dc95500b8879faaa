"""Papers checked by their rendered pages, from the file to what the command prints."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pbreports.cli import app
from pbreports.kinds import OF_FORMAT, OF_PAGES
from pbreports.pipeline.formatting import Checked, check_data
from pbreports.pipeline.rendered import _CAUSES, check_rendered, contents_of, measured_too
from pbreports.rendering.programs import Programs
from pbreports.rendering.yardstick import FORM, GENERAL, LETTER, MINUTES, ORDER, UPWARD
from pbreports.scheme.profile import load_profile
from pbreports.word.format.paper import Element, Kind
from rendering.made import DAMAGED, FAULTS, RIGHT_ONES, contents, papers

SOURCES = Path(__file__).resolve().parents[2] / "src/pbreports/rendering"


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., list[Path]]:
    """Return a function that writes some of the papers into a folder of this test."""

    def write(*names: str) -> list[Path]:
        files = [tmp_path / f"{name}.docx" for name in names]
        for file in files:
            file.write_bytes(papers()[file.stem])
        return files

    return write


def run(*arguments: object) -> Result:
    """Return what the command prints about some files."""
    return CliRunner().invoke(app, [str(one) for one in arguments], prog_name="pbreports")


def test_kinds_and_elements_are_called_alike_in_both_rooms() -> None:
    """What judges pages knows kinds and elements by their names alone; these are the checker's of files."""
    assert [*(Kind.GENERAL, Kind.UPWARD, Kind.LETTER, Kind.ORDER, Kind.MINUTES, Kind.FORM)] == [
        GENERAL,
        UPWARD,
        LETTER,
        ORDER,
        MINUTES,
        FORM,
    ]
    judging = (SOURCES / "judging.py").read_text(encoding="utf-8") + (SOURCES / "heads.py").read_text(encoding="utf-8")
    named = re.findall(
        r'"(正文|[一二三四]级标题|附件说明|附注|表格|主送机关|成文日期|发文机关署名|抄送机关|印发机关.*?|发文字号|发文机关标志)"',
        judging,
    )
    assert set(named) <= {one.value for one in Element}
    assert len(set(named)) > 12


def test_what_explains_a_fault_of_the_page_is_a_fault_of_the_file() -> None:
    """The table of causes names codes that there are."""
    assert _CAUSES.keys() <= {kind.code for kind in OF_PAGES}
    assert {code for codes in _CAUSES.values() for code in codes} <= {kind.code for kind in OF_FORMAT}


@pytest.mark.parametrize("name", [*RIGHT_ONES, *FAULTS])
def test_the_elements_are_recognised_in_the_file(name: str) -> None:
    """What the pages are judged by comes from the file: kind, head, body, signature."""
    found, made = contents_of(papers()[name], name), contents(name)
    assert found.kind == made.kind
    assert found.fonts == made.fonts
    for element in ("发文机关标志", "发文字号", "成文日期"):
        assert found.joined(element) == made.joined(element)
    assert made.joined("正文")[:40] in found.joined("正文")


@pytest.mark.render
@pytest.mark.usefixtures("faces")
def test_papers_are_checked_each_for_itself(written: Callable[..., list[Path]], programs: Programs) -> None:
    """One that is damaged is told, the others are judged and their pages counted."""
    right, broken, low = written("公文", DAMAGED, "标志低")
    found = check_rendered([right, broken, low], load_profile(), programs)
    assert found.faults[right] == ()
    assert [one.code for one in found.faults[low]] == ["W-87"]
    assert found.pages[right] > 3
    assert found.problems.keys() == {broken}
    assert not found.is_whole
    assert "仿宋_GB2312→FandolFang" in found.remarks[0]


@pytest.mark.render
def test_one_cause_is_told_once(written: Callable[..., list[Path]], programs: Programs) -> None:
    """What the file shows as the cause is not told of the page as well; what only the page shows is added."""
    profile = load_profile()
    [file] = written("每行二十七字")
    checked = check_data(file, file.read_bytes(), profile)
    assert "W-12" in {one.code for one in checked.faults}
    [both], _ = measured_too([checked], profile, programs)
    assert "W-86" not in {one.code for one in both.faults}
    [alone], _ = measured_too([replace(checked, faults=())], profile, programs)
    assert "W-86" in {one.code for one in alone.faults}


def test_without_programs_every_paper_says_that_it_was_not_measured(written: Callable[..., list[Path]]) -> None:
    """A paper that was not measured is never taken for a right one."""
    [file] = written("公文")
    [found], _ = measured_too([Checked(file, "公文")], load_profile(), Programs({}, {}))
    assert "LibreOffice" in found.unmeasured
    assert "poppler" in found.unmeasured
    assert found.pages == 0


@pytest.mark.render
def test_the_command_measures_and_says_which_fonts_stood_in(
    written: Callable[..., list[Path]], programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number of pages stands with each paper; a paper that breaks what the standard lays down gives exit code 1."""
    monkeypatch.setenv("PBREPORTS_FONTS", os.pathsep.join(map(str, programs.font_folders)))
    [file] = written("标志低")
    done = run("format", "--render", file)
    assert done.exit_code == 1, done.output
    assert "共5页" in done.output
    assert "W-87" in done.output or "W-17" in done.output
    assert "本机没有装的字体" in done.output
    [told] = json.loads(run("format", "--render", "--json", file).stdout)
    assert told["pages"] == 5
    assert told["unmeasured"] == ""


def test_the_command_says_when_it_could_not_measure(
    written: Callable[..., list[Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2, and the sentence; the file is checked all the same."""
    monkeypatch.setenv("PATH", "")
    [file] = written("公文")
    done = run("format", "--render", file)
    assert done.exit_code == 2
    assert "没有量版面：" in done.output
    assert "按公文查" in done.output
