"""Fonts: what a file asks for, which class a name belongs to, what stands in for what is not installed."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from pathlib import Path

import pytest

from pbreports.rendering.fonts import asked_fonts, class_of, faces_of, lend
from pbreports.rendering.programs import Programs
from rendering.made import papers

on_posix = pytest.mark.skipif(os.name == "nt", reason="a script cannot stand in for a program on Windows")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("方正小标宋简体", "小标宋"),
        ("FZXBSJW--GB1-0", "小标宋"),
        ("NotoSerifCJKjp-Bold-VKana", "小标宋"),
        ("仿宋_GB2312", "仿宋"),
        ("FangSong", "仿宋"),
        ("FandolFang-Regular", "仿宋"),
        ("楷体_GB2312", "楷体"),
        ("LXGWWenKai-Regular", "楷体"),
        ("UKaiCN", "楷体"),
        ("SimHei", "黑体"),
        ("NotoSansCJKjp-Regular-VKana", "黑体"),
        ("宋体", "宋体"),
        ("SimSun", "宋体"),
        ("NotoSerifCJKjp-Regular-VKana", "宋体"),
        ("Times New Roman", ""),
        ("DejaVuSans", ""),
        ("LiberationSerif-Bold", ""),
        ("DejaVuSansCondensed-Bold", ""),
        ("SourceHanSerifSC-Heavy", "小标宋"),
        ("Noto Sans SC", "黑体"),
        ("MicrosoftYaHei", "黑体"),
    ],
)
def test_a_name_tells_its_class(name: str, kind: str) -> None:
    """In Chinese, in English, as a PDF calls it; a face without hanzi has none."""
    assert class_of(name) == kind


def program(folder: Path, name: str, says: str) -> Programs:
    """Return programs one of which is a script that prints a text."""
    (folder / "said").write_text(says, encoding="utf-8")
    script = folder / name
    script.write_text(f'#!/bin/sh\nexec cat "{folder / "said"}"\n', encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return Programs({name: script}, {"PATH": os.environ["PATH"]}, (folder / "字体 & 其他",))


@on_posix
def test_only_what_is_installed_is_lent_and_only_for_what_is_not(tmp_path: Path) -> None:
    """A font that is there is used itself; of the stand-ins the first that is there; for a class without any it says so."""
    machine = program(tmp_path, "fc-list", "FandolFang,FandolFang R\nNoto Serif CJK SC,思源\n楷体_GB2312\n")
    lent = lend(machine, {"仿宋_GB2312", "楷体_GB2312", "方正小标宋简体", "黑体", "Times New Roman"}, tmp_path)
    assert lent.stand_ins == {"仿宋_GB2312": "FandolFang", "方正小标宋简体": "Noto Serif CJK SC"}
    assert lent.missing == ("黑体",)
    assert "<family>楷体_GB2312</family>" not in lent.config
    assert "字体 &amp; 其他</dir>" in lent.config
    assert "仿宋_GB2312→FandolFang" in lent.remarks[0]
    assert "黑体没有核对" in lent.remarks[1]
    assert all("正式印发的 PDF 请在装有这些字体的电脑上生成" in one for one in lent.remarks_on_pdf)


@on_posix
def test_where_all_is_installed_nothing_is_said(tmp_path: Path) -> None:
    """The bureau's own machine has the fonts."""
    fonts = {"仿宋_GB2312", "黑体"}
    lent = lend(program(tmp_path, "fc-list", "仿宋_GB2312\n黑体\n"), fonts, tmp_path)
    assert (lent.stand_ins, lent.remarks, lent.remarks_on_pdf) == ({}, (), ())


def test_without_fontconfig_nothing_is_lent(tmp_path: Path) -> None:
    """On Windows LibreOffice takes the system's fonts; what is really used is told by the PDF."""
    assert lend(Programs({}, {}), {"仿宋_GB2312"}, tmp_path).config == ""


def test_the_fonts_of_a_file_are_found() -> None:
    """Of Word and of Excel, whatever quotes its parts are written with; what is no package has none."""
    assert {"仿宋_GB2312", "方正小标宋简体", "宋体"} <= asked_fonts(papers()["公文"])
    sheet = io.BytesIO()
    with zipfile.ZipFile(sheet, "w") as archive:
        archive.writestr("xl/styles.xml", '<fonts><font><name val="楷体_GB2312"/></font></fonts>')
        archive.writestr("word/fontTable.xml", '<w:x w:ascii="黑体"/>')
    assert asked_fonts(sheet.getvalue()) == {"楷体_GB2312"}
    assert asked_fonts(b"no package") == frozenset()


@on_posix
def test_the_fonts_of_a_pdf_are_read_from_the_programs_table(tmp_path: Path) -> None:
    """Types of several words, names cut for a subset, fonts that are not embedded; each name once."""
    table = """name                                 type              encoding         emb sub uni object ID
------------------------------------ ----------------- ---------------- --- --- --- ---------
BAAAAA+FandolFang-Regular            Type 1            Builtin          yes yes yes     64  0
GAAAAA+FandolFang-Regular            Type 1C (OT)      Builtin          yes yes yes     54  0
SimSun                               CID TrueType      Identity-H       no  no  yes     39  0
"""
    found = faces_of(program(tmp_path, "pdffonts", table), tmp_path / "x.pdf")
    assert [(face.name, face.is_embedded) for face in found] == [("FandolFang-Regular", True), ("SimSun", False)]
