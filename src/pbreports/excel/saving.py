"""A finished workbook as bytes: sound by the schemas, and the same whenever the contents are the same."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date, datetime, time

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from pbreports.ooxml.mend import mend_workbook
from pbreports.ooxml.sealed import Sealed
from pbreports.ooxml.write import pack, unpack, with_properties
from pbreports.sweeping import without_sweeps


class Book(Workbook):
    """A workbook of ours; ``bodies`` holds the finished parts of those of its sheets that are not written cell by cell."""

    def __init__(self) -> None:
        super().__init__()
        self.bodies: dict[str, Sealed] = {}


@without_sweeps()
def workbook_bytes(workbook: Workbook, day: date, author: str = "pbreports") -> bytes:
    """Return the workbook as a file's bytes; ``day`` becomes the date in its properties."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as unpacked:  # it is packed below, once
        ExcelWriter(workbook, unpacked).save()
    parts = mend_workbook(unpack(stream.getvalue()))
    return pack({**with_properties(parts, datetime.combine(day, time()), author), **_finished(workbook)})


def _finished(workbook: Workbook) -> Mapping[str, Sealed]:
    bodies = workbook.bodies if isinstance(workbook, Book) else {}
    return {_part(workbook, title): body for title, body in bodies.items()}


def _part(workbook: Workbook, title: str) -> str:
    """Return the part that openpyxl saves a sheet as: it numbers them in order."""
    return f"xl/worksheets/sheet{workbook.sheetnames.index(title) + 1}.xml"


def new_workbook(title: str) -> Book:
    """Return an empty workbook with its title among the properties, computed anew whenever it is opened."""
    workbook = Book()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.title = title
    workbook.calculation.fullCalcOnLoad = True
    return workbook
