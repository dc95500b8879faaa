"""Tests of deterministic writing, mending and writing whole files."""

from __future__ import annotations

import errno
import io
import os
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule, DataBarRule, FormulaRule
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from ooxml.audit import audit
from pbreports.errors import WorkspaceError
from pbreports.ooxml.files import write_atomically
from pbreports.ooxml.mend import mend_document, mend_workbook
from pbreports.ooxml.write import rewrite_package, unpack

STAMP = datetime(2020, 12, 20, 8, 0, tzinfo=UTC)


def issued_workbook() -> bytes:
    """Return a workbook with everything that an issued one carries, as openpyxl writes it."""
    book = Workbook()
    sheet = book.active
    sheet.title = "01_党组织情况"
    sheet["A1"] = "党组织名称"
    sheet["A1"].font = Font(name="宋体", size=12, bold=True, italic=True, underline="single", color="FF0000")
    sheet["A1"].fill = PatternFill("solid", fgColor="FFFFCC")
    sheet["A1"].border = Border(*(Side("thin"),) * 4)
    sheet["A1"].alignment = Alignment(wrap_text=True, horizontal="center")
    sheet["A1"].protection = Protection(locked=False)
    sheet["A1"].comment = Comment("按批复填写", "教育工委", height=80, width=300)
    heading = NamedStyle("表头")
    heading.font = Font(bold=True, name="黑体")
    sheet["B1"].style = heading
    sheet["B2"] = "=COUNTA(A2:A9)"
    sheet["C2"] = date(2020, 12, 1)
    _restrict(sheet)
    _colour(sheet)
    _set_up_print(sheet)
    listed = book.create_sheet("字典")
    listed["A1"] = "是"
    listed.sheet_state = "veryHidden"
    book.defined_names["名单"] = DefinedName("名单", attr_text="字典!$A$1:$A$3")
    book.defined_names["内部"] = DefinedName("内部", attr_text="字典!$A$1", hidden=True)
    book.security.lockStructure = True
    return saved(book)


def _restrict(sheet) -> None:
    choice = DataValidation(type="list", formula1='"是,否"', showErrorMessage=True, error="请选择", errorTitle="是否")
    choice.add("A2:A100")
    count = DataValidation(type="whole", operator="between", formula1="0", formula2="100", prompt="0—100")
    count.add("B3:B100")
    named = DataValidation(type="list", formula1="名单")
    named.add("C3:C100")
    for validation in (choice, count, named):
        sheet.add_data_validation(validation)
    sheet.protection.sheet = True
    sheet.protection.formatRows = False
    sheet.protection.insertRows = False
    sheet.auto_filter.ref = "A1:C9"


def _colour(sheet) -> None:
    red = PatternFill(bgColor="FFC7CE")
    bold = Font(name="宋体", size=12, bold=True, color="9C0006")
    sheet.conditional_formatting.add("A2:A9", CellIsRule(operator="equal", formula=['"否"'], fill=red, font=bold))
    sheet.conditional_formatting.add("B2:B9", FormulaRule(formula=['A2=""'], stopIfTrue=True, fill=red))
    sheet.conditional_formatting.add("C2:C9", DataBarRule("min", None, "max", None, color="638EC6"))
    sheet.conditional_formatting.add("C2:C9", ColorScaleRule("min", None, "FFFFFF", "max", None, "FF0000"))


def _set_up_print(sheet) -> None:
    sheet.merge_cells("A10:C10")
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:2"
    sheet.print_area = "A1:C20"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"


def document() -> bytes:
    """Return a document as python-docx makes it from its default template."""
    paper = docx.Document()
    paper.add_heading("年度总结")
    paper.add_table(2, 2).style = "Table Grid"
    paper.sections[0].header.paragraphs[0].text = "党建"
    return saved(paper)


def saved(product) -> bytes:
    """Return the bytes of a workbook or document."""
    stream = io.BytesIO()
    product.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("make", "mend", "name"),
    [(issued_workbook, mend_workbook, "表.xlsx"), (document, mend_document, "文.docx")],
)
def test_mended_files_pass_the_audit(tmp_path: Path, make, mend, name: str) -> None:
    """What the libraries write fails the validator; after mending it passes without an error."""
    path = tmp_path / name
    path.write_bytes(make())
    assert audit(path)
    path.write_bytes(rewrite_package(make(), stamp=STAMP, author="教育工委", mend=mend))
    assert audit(path) == []


def test_mending_keeps_fonts() -> None:
    """Reordering a font's elements changes nothing of how the cell looks."""
    before = load_workbook(io.BytesIO(issued_workbook()))
    after = load_workbook(io.BytesIO(rewrite_package(issued_workbook(), stamp=STAMP, mend=mend_workbook)))
    for cell in ("A1", "B1"):
        assert repr(after["01_党组织情况"][cell].font) == repr(before["01_党组织情况"][cell].font)


def test_same_contents_give_the_same_bytes() -> None:
    """Times of the archive, order of the parts and volatile properties leave no trace."""
    first = issued_workbook()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, data in reversed(unpack(first).items()):
            info = zipfile.ZipInfo(name, (2026, 5, 4, 3, 2, 0))
            changed = data.replace(b"<dc:creator>openpyxl<", "<dc:creator>他人<".encode())
            archive.writestr(info, changed)
    assert stream.getvalue() != first
    assert rewrite_package(stream.getvalue(), stamp=STAMP) == rewrite_package(first, stamp=STAMP)


def test_the_given_properties_stand_in_the_file() -> None:
    """The stamp and the author are the parameters', whatever the library had written."""
    book = load_workbook(io.BytesIO(rewrite_package(issued_workbook(), stamp=STAMP, author="教育工委")))
    properties = book.properties
    assert (properties.creator, properties.lastModifiedBy) == ("教育工委", "教育工委")
    assert properties.created == properties.modified == STAMP.replace(tzinfo=None)


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    """The new bytes stand there, and no draft beside them."""
    path = tmp_path / "台账.xlsx"
    path.write_bytes("旧".encode())
    write_atomically(path, "新".encode())
    assert path.read_bytes() == "新".encode()
    assert [file.name for file in tmp_path.iterdir()] == ["台账.xlsx"]


@pytest.mark.parametrize(
    ("function", "error", "said"),
    [
        ("replace", PermissionError(errno.EACCES, "denied"), "关闭"),
        ("fsync", OSError(errno.ENOSPC, "full"), "磁盘已满"),
        ("fsync", OSError(errno.EROFS, "read-only"), "不能写入"),
        ("fsync", OSError(errno.EIO, "broken"), "写入失败"),
    ],
)
def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch, function: str, error, said: str) -> None:
    """When writing or renaming fails, the old file stays, no draft is left and the sentence says why."""

    def fail(*_args: object) -> None:
        raise error

    path = tmp_path / "总结.docx"
    path.write_bytes("旧".encode())
    monkeypatch.setattr(*((Path, function) if function == "replace" else (os, function)), fail)
    with pytest.raises(WorkspaceError, match=said):
        write_atomically(path, "新".encode())
    assert path.read_bytes() == "旧".encode()
    assert [file.name for file in tmp_path.iterdir()] == ["总结.docx"]


def test_a_missing_folder_is_a_sentence(tmp_path: Path) -> None:
    """A missing folder, a file in its place and a folder in the file's place are named."""
    (tmp_path / "文件").write_bytes(b"")
    (tmp_path / "夹.docx").mkdir()
    for path, said in (("无/a.docx", "不存在"), ("文件/a.docx", "同名文件"), ("夹.docx", "同名文件夹")):
        with pytest.raises(WorkspaceError, match=said):
            write_atomically(tmp_path / path, b"")
