"""Where things stand in a workspace, and names that every system takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pbreports.errors import WorkspaceError
from pbreports.workspace import open_workspace, safe_name, years_of

_RESERVED = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | {
    f"{p}{n}" for p in ("COM", "LPT") for n in "0123456789¹²³"
}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2020年总结", "2020年总结"),
        ("CON", "_CON"),
        ("con.docx", "_con.docx"),
        ("Com1", "_Com1"),
        ("LPT².xlsx", "_LPT².xlsx"),
        ("nul .txt", "_nul .txt"),
        ("console", "console"),
        ("总结. . ", "总结"),
        ("  总结　", "总结"),
        ("", "_"),
        ("...", "_"),
        ('甲/乙\\丙:丁*戊?"<>|', "甲_乙_丙_丁_戊_____"),
        ("甲\n乙\t丙\x7f", "甲_乙_丙_"),
        ("总结\u202excod.exe", "总结_xcod.exe"),
        ("../../etc", "_.._etc"),
    ],
)
def test_a_title_becomes_a_name(text: str, name: str) -> None:
    """Reserved marks and names, dots and blanks at the ends, and marks nobody sees do not reach the disk."""
    assert safe_name(text) == name


@given(st.text(st.characters()))
@example("公" * 300)
@example("con." + "x" * 300)
@example("\ud800")
@example("党" * 66 + ". .")
def test_every_text_gives_a_name_that_every_system_takes(text: str) -> None:
    """Never empty, never too long, never reserved, and a name made safe stays as it is."""
    name = safe_name(text)
    assert name
    assert len(name.encode()) <= 200
    assert not set(name) & set('<>:"/\\|?*\n\0')
    assert name == name.strip(" .")
    assert name.split(".")[0].rstrip().upper() not in _RESERVED
    assert safe_name(name) == name


def test_a_safe_name_can_be_written(tmp_path: Path) -> None:
    """The longest Chinese name, with what we put behind it, fits this machine's file system."""
    path = tmp_path / (safe_name("公" * 300) + "_校对单（草稿）.xlsx")
    path.write_bytes(b"")
    assert path.exists()


def test_the_latest_year_is_opened(tmp_path: Path) -> None:
    """Years are the folders that hold a scheme; other names, full-width digits and files are passed over."""
    for name in ("2019", "2020", "2021年", "２０２２", "20"):
        (tmp_path / "inputs" / name / "方案").mkdir(parents=True)
    (tmp_path / "inputs" / "2023").mkdir()
    (tmp_path / "inputs" / "2023" / "方案").write_text("", encoding="utf-8")
    assert years_of(tmp_path) == (2019, 2020)
    assert open_workspace(tmp_path).year == 2020
    assert open_workspace(tmp_path, 2019).scheme == tmp_path / "inputs" / "2019" / "方案"


def test_a_folder_that_is_no_workspace(tmp_path: Path) -> None:
    """Without a scheme, and for a year that has none, a sentence says what to do."""
    with pytest.raises(WorkspaceError, match=r"这里不是工作区.*pbreports init"):
        open_workspace(tmp_path)
    (tmp_path / "inputs" / "2020" / "方案").mkdir(parents=True)
    with pytest.raises(WorkspaceError, match="没有2021年度的方案，现有年度：2020"):
        open_workspace(tmp_path, 2021)


def test_periods_have_folders_only_where_there_are_several(tmp_path: Path) -> None:
    """With one period submissions lie in 报送/ itself."""
    (tmp_path / "inputs" / "2020" / "方案").mkdir(parents=True)
    workspace = open_workspace(tmp_path)
    assert workspace.received_in("全年", only_period=True) == tmp_path / "inputs" / "2020" / "报送"
    assert workspace.received_in("上半年", only_period=False).name == "上半年"
    assert workspace.shown(workspace.ledger) == "outputs/2020/台账.db"
    assert workspace.shown(Path("/elsewhere/甲.xlsx")) == "/elsewhere/甲.xlsx"
