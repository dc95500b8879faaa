"""How a record is called in words, for findings and for the explanations that answer them: by its key, never a name."""

from __future__ import annotations

import re

from pbreports.scheme.language.wording import as_text
from pbreports.scheme.model import Layout, Sheet
from pbreports.values import Record

_ADDRESS = re.compile(r"([A-Z]+)(\d+)")


def subject_of(sheet: Sheet, record: Record) -> str:
    """Return a record's key in words, such as ``DZ0101、第一季度``; empty on a form, which holds one record only.

    What concerns a person is left out; then, as where the key is not complete, the line stands in for it (``第7行``,
    ``D列``).
    """
    if sheet.layout is Layout.FORM:
        return ""
    told = [as_text(record.values[name]) for name in sheet.keys if _may_be_told(sheet, record, name)]
    if told and len(told) == len(sheet.keys):
        return "、".join(told)
    return "、".join([*told, *_line_of(sheet, record)])


def _may_be_told(sheet: Sheet, record: Record, name: str) -> bool:
    return record.values.get(name) is not None and not sheet.by_name[name].personal


def _line_of(sheet: Sheet, record: Record) -> list[str]:
    found = _ADDRESS.fullmatch(next(iter(record.cells.values()), ""))
    if found is None:
        return []
    return [f"第{found.group(2)}行" if sheet.layout is Layout.LIST else f"{found.group(1)}列"]
