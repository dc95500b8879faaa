"""Dropdowns and input limits that pasting has wiped off a received workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pbreports.excel import causes
from pbreports.excel.causes import Gatherer
from pbreports.excel.limits import is_limited
from pbreports.excel.reader.values import Sheet as Page
from pbreports.excel.records import ReadSheet


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one sheet: how many its fields were issued with, and how many of them are gone."""

    title: str
    issued: int
    lost: int


def limits_of(page: Page, read: ReadSheet) -> Limits:
    """Return what has become of the limits of the fields that are still there, as far as the file's format shows."""
    if page.validations is None:
        return Limits(page.title, 0, 0)
    issued = sum(is_limited(field) for field in read.rule.shown if field.name in read.found)
    return Limits(page.title, issued, max(0, issued - page.validations))


def note_limits(found: Sequence[Limits], notes: Gatherer) -> None:
    """Note the sheets that have lost limits; one notice for all when nothing is left of any."""
    found = [one for one in found if one.issued]
    if len(found) > 1 and all(one.lost == one.issued for one in found):
        notes.add(causes.LOST_LIMITS, 处="各表", n=sum(one.lost for one in found))
        return
    for one in found:
        if one.lost:
            notes.add(causes.LOST_LIMITS, one.title, 处=f"“{one.title}”", n=one.lost)
