"""The referee itself: a LibreOffice that believed our values could never contradict us."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from office import Office


def workbook_with_a_wrong_value(folder: Path) -> Path:
    """Write a workbook in which ``=1+1`` pretends to have been computed as 99."""
    honest, wrong = folder / "honest.xlsx", folder / "wrong.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"] = "=1+1"
    book.save(honest)
    with zipfile.ZipFile(honest) as source, zipfile.ZipFile(wrong, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(
                name, part.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>99</v>").replace(b"<v></v>", b"<v>99</v>")
            )
    assert openpyxl.load_workbook(wrong, data_only=True).active["A1"].value == 99
    return wrong


@pytest.mark.render
def test_a_wrong_stored_value_is_computed_anew(office: Office, tmp_path: Path) -> None:
    """The office corrects a stored value that its formula does not give."""
    wrong = workbook_with_a_wrong_value(tmp_path)
    corrected = office.convert(wrong, "xlsx", tmp_path / "out")
    assert openpyxl.load_workbook(corrected, data_only=True).active["A1"].value == 2


@pytest.mark.render
def test_each_page_of_a_paper_becomes_a_picture(office: Office, tmp_path: Path) -> None:
    """A document with a page break gives two PNG pages in order."""
    paper = Document()
    paper.add_paragraph("第一页")
    paper.add_page_break()
    paper.add_paragraph("第二页")
    paper.save(tmp_path / "公文.docx")
    pages = office.pages(tmp_path / "公文.docx", tmp_path / "pages")
    assert [page.name for page in pages] == ["公文-1.png", "公文-2.png"]
