"""A finished workbook as bytes: sound by the schemas, and the same whenever the contents are the same."""

from __future__ import annotations

import io
from datetime import date, datetime, time

from openpyxl import Workbook

from pbreports.ooxml.mend import mend_workbook
from pbreports.ooxml.write import rewrite_package


def workbook_bytes(workbook: Workbook, day: date, author: str = "pbreports") -> bytes:
    """Return the workbook as a file's bytes; ``day`` becomes the date in its properties."""
    stream = io.BytesIO()
    workbook.save(stream)
    stamp = datetime.combine(day, time())
    return rewrite_package(stream.getvalue(), stamp=stamp, author=author, mend=mend_workbook)


def new_workbook(title: str) -> Workbook:
    """Return an empty workbook with its title among the properties, computed anew whenever it is opened."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.title = title
    workbook.calculation.fullCalcOnLoad = True
    return workbook


def saved_again(workbook: Workbook) -> bytes:
    """Return a workbook that was opened and changed as a file's bytes, with the date it had."""
    created = workbook.properties.created
    return workbook_bytes(workbook, created.date() if created else date(1980, 1, 1))
