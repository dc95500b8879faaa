"""The smallest workbook that a chart needs behind it, so that its data can be edited in Word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pbreports.ooxml.markup import CONTENT_TYPES, RELATIONSHIPS, SPREADSHEET
from pbreports.ooxml.write import pack

Cell = str | int | float | Decimal | None
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def smallest_workbook(rows: Sequence[Sequence[Cell]], sheet: str = "Sheet1") -> bytes:
    """Return a workbook with one sheet: texts as texts, whatever they begin with, numbers as numbers, ``None`` as nothing.

    Equal cells give equal bytes.
    """
    parts = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relation("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": (
            f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{_OFFICE}"><sheets>'
            f'<sheet name="{_escaped(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _relation("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": _sheet(rows),
    }
    return pack({name: (_DECLARATION + markup).encode() for name, markup in parts.items()})


def column_letters(number: int) -> str:
    """Return the letters of a column, counted from 1: ``A``, ``Z``, ``AA``."""
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def _types() -> str:
    return (
        f'<Types xmlns="{CONTENT_TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEET_TYPE}.worksheet+xml"/></Types>'
    )


def _relation(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{RELATIONSHIPS}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


def _sheet(rows: Sequence[Sequence[Cell]]) -> str:
    data = "".join(f'<row r="{number}">{"".join(_cells(number, row))}</row>' for number, row in enumerate(rows, 1))
    return f'<worksheet xmlns="{SPREADSHEET}"><sheetData>{data}</sheetData></worksheet>'


def _cells(number: int, row: Sequence[Cell]) -> Iterator[str]:
    for column, value in enumerate(row, 1):
        place = f"{column_letters(column)}{number}"
        if isinstance(value, str):
            yield f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{_escaped(value)}</t></is></c>'
        elif value is not None:
            yield f'<c r="{place}"><v>{value}</v></c>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
