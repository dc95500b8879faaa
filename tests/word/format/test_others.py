"""Papers made by other programs: what is said of them is right, each cause once."""

from __future__ import annotations

import importlib.util
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from pbreports.faults import Fault
from pbreports.scheme.profile import load_profile
from pbreports.word.format import check_format, paper_of
from word.format.right import KINDS

DRAFT = """# 某某区教育局关于做好党建工作的通知

各中小学校：

为做好党建工作，现通知如下。

## 一、提高认识

各学校要认真学习“三会一课”制度，切实提高认识。

### （一）加强领导

要亲自部署。

某某区教育局

2020年7月1日
"""


def said(data: bytes) -> set[tuple[str, str, str, str]]:
    """Return the faults of a paper as code, element, parameter and what was found; none is told twice."""
    faults: tuple[Fault, ...] = check_format(data, load_profile())
    told = [(one.code, one.element, one.parameter, one.found) for one in faults]
    assert len(told) == len(set(told))
    return set(told)


def test_what_python_docx_makes_by_default() -> None:
    """Letter paper, its margins, Cambria with a Japanese theme, blue bold headings, no page numbers."""
    document = docx.Document()
    document.add_heading("2020年党建工作总结", 0)
    document.add_heading("一、总体情况", 1)
    document.add_paragraph("今年以来，我们认真学习“三会一课”制度，切实提高认识，取得了成效。")
    document.add_paragraph("第一项", style="List Number")
    document.add_table(2, 2).cell(0, 0).text = "学校"
    stream = io.BytesIO()
    document.save(stream)
    assert said(stream.getvalue()) == {
        ("W-01", "纸张", "纸宽", "216×279毫米"),
        ("W-02", "页面", "上页边距", "25.4毫米"),
        ("W-02", "页面", "左页边距", "31.7毫米"),
        ("W-02", "页面", "右页边距", "31.7毫米"),
        ("W-02", "页面", "下页边距", "25.4毫米"),
        ("W-05", "标题", "字体", "ＭＳ ゴシック"),
        ("W-05", "一级标题", "字体", "ＭＳ ゴシック"),
        ("W-05", "正文", "字体", "ＭＳ 明朝"),
        ("W-07", "正文", "引号、破折号、省略号的字体", "西文字体Cambria"),
        ("W-08", "标题", "字号", "1号（26磅）"),
        ("W-08", "一级标题", "字号", "4号（14磅）"),
        ("W-08", "正文", "字号", "11磅"),
        ("W-09", "标题", "颜色", "#17365D"),
        ("W-09", "一级标题", "颜色", "#365F91"),
        ("W-10", "一级标题", "字形", "加粗"),
        ("W-11", "正文", "行距", "1.15倍行距"),
        ("W-13", "一级标题", "段前段后", "段前24磅"),
        ("W-13", "正文", "段前段后", "段后10磅"),
        ("W-14", "正文", "缩进", "首行左空0字"),
        ("W-22", "标题", "标题对齐", "左对齐"),
        ("W-25", "页码", "页码", "没有"),
    }


@pytest.mark.render
def test_what_libreoffice_writes_again(tmp_path: Path) -> None:
    """Right papers that LibreOffice has opened and saved are still right; a letter's frames it cannot keep."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no soffice here")
    for kind, make in KINDS.items():
        (tmp_path / f"{kind}.docx").write_bytes(make().docx())
    target = tmp_path / "再存"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = [str(tmp_path / f"{kind}.docx") for kind in KINDS]
    command = [office, profile, "--headless", "--convert-to", "docx", "--outdir", str(target), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    for kind in KINDS:
        data = (target / f"{kind}.docx").read_bytes()
        assert paper_of(data).kind == kind
        lost = {"W-31"} if kind == "信函" else set()
        assert {one[0] for one in said(data)} <= lost


TOOLS = {
    "gongwen": ("gongwen", ["md2docx", "草稿.md", "-o", "成品.docx"]),
    "md_to_office": ("md_to_office.md2docx", ["--input", "草稿.md", "--output", "成品.docx"]),
}
"""Public tools that lay out official papers: the package, the module to run and its arguments."""
EXPECTED = {
    # Margins of 28 and 27 mm, a pitch of 33 points, no narrower spacing, 10 points below each paragraph, quotation marks
    # left to Times New Roman, hyphens beside the page number.
    "gongwen": {
        ("W-02", "页面", "上页边距", "28.0毫米"),
        ("W-02", "页面", "下页边距", "28.0毫米"),
        ("W-07", "正文", "引号、破折号、省略号的字体", "西文字体Times New Roman"),
        ("W-11", "正文", "行距", "固定值33磅（每面19行）"),
        ("W-12", "正文", "字距", "每行27字（字距标准）"),
        ("W-13", "正文", "段前段后", "段后10磅"),
        ("W-19", "主送机关", "上面的空行", "0.3行"),
        ("W-25", "页码", "页码两侧的一字线", "“- 1 -”"),
    },
    # A general converter: 宋体 in 五号, margins of 22 and 20 mm, blue headings.
    "md_to_office": {
        ("W-02", "页面", "上页边距", "22.0毫米"),
        ("W-02", "页面", "左页边距", "20.0毫米"),
        ("W-05", "标题", "字体", "宋体"),
        ("W-05", "正文", "字体", "宋体"),
        ("W-05", "一级标题", "字体", "宋体"),
        ("W-05", "二级标题", "字体", "宋体"),
        ("W-08", "正文", "字号", "5号（10.5磅）"),
        ("W-09", "标题", "颜色", "#1F3864"),
        ("W-11", "正文", "行距", "1.15倍行距"),
        ("W-14", "正文", "缩进", "首行左空0字"),
        ("W-22", "标题", "标题对齐", "左对齐"),
    },
}


@pytest.mark.parametrize("tool", TOOLS)
def test_what_public_tools_make(tool: str, tmp_path: Path) -> None:
    """What they get wrong is found, however they do it; the elements are recognised."""
    if importlib.util.find_spec(tool) is None:
        pytest.skip(f"{tool} is not installed")
    module, arguments = TOOLS[tool]
    (tmp_path / "草稿.md").write_text(DRAFT, encoding="utf-8")
    start = f"import sys; from {module} import main; sys.exit(main())"
    environment = {**os.environ, "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", start, *arguments]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True, timeout=60)
    data = (tmp_path / "成品.docx").read_bytes()
    elements = [one.element.value for one in paper_of(data).paragraphs if not one.is_blank]
    assert elements[:7] == ["标题", "主送机关", "正文", "一级标题", "正文", "二级标题", "正文"]
    assert EXPECTED[tool] <= said(data)
