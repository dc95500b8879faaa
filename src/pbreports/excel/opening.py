"""Opening what a school sent as a workbook, told by its contents, whatever it is called."""

from __future__ import annotations

from pathlib import Path

from pbreports.excel.layout import UNREAD
from pbreports.excel.legacy import read_ods, read_xls, read_xlsb, unlocked
from pbreports.excel.parts import is_bound, merged, unbound
from pbreports.excel.reader import Workbook, workbook_in
from pbreports.excel.reader.outline import is_binary
from pbreports.ooxml.limits import LIMITS, Limits
from pbreports.ooxml.package import contents_of, open_any_package, require_office, require_size
from pbreports.ooxml.sniff import Form, form_of

_SPREADSHEETS = ("application/vnd.oasis.opendocument.spreadsheet",)


def open_workbook(source: Path | bytes, *, name: str = "", limits: Limits = LIMITS) -> Workbook:
    """Return the workbook in a file or in bytes: .xlsx and .xlsm by our reader, others by libraries where there.

    Raises:
        WorkbookError: as ``read_workbook``; F-02, when the library for an old format is not installed.
    """
    name = name or (source.name if isinstance(source, Path) else "")
    data = contents_of(source, name, limits)
    if is_bound(data):
        main, personal = (_opened(one, name, limits) for one in unbound(data))
        return merged(main, personal)
    return _opened(data, name, limits)


def _opened(data: bytes, name: str, limits: Limits) -> Workbook:
    require_size(name, data, limits)
    form = form_of(data)
    if form is Form.LOCKED:
        data = unlocked(data, name)
        form = form_of(data)
    if form is Form.OLD_WORKBOOK:
        return read_xls(data, name, limits, UNREAD)
    package = open_any_package(data, limits, name=name)
    if package.opendocument.startswith(_SPREADSHEETS):
        return read_ods(package, data, limits, UNREAD)
    require_office(package)
    if is_binary(package):
        return read_xlsb(package, data, limits, UNREAD)
    return workbook_in(package, limits, skip=UNREAD)
