"""What the bureau says of each paper, by its name: number, genre, addressees, dates and the like."""

from __future__ import annotations

from dataclasses import replace

from pbreports.scheme.language import Facts
from pbreports.scheme.model import Scheme, Sheet
from pbreports.scheme.papers import OFFICIAL
from pbreports.tags.display import unfilled_mark
from pbreports.values import Record, Scalar


def official_sheet(scheme: Scheme) -> Sheet | None:
    """Return the bureau's sheet of papers, ``None`` where the scheme names none."""
    official = scheme.heading.official
    return scheme.sheets.get(official.sheet) if official else None


def official_record(scheme: Scheme, facts: Facts, paper: str) -> Record | None:
    """Return the row of the bureau's sheet about a paper, as rules on papers and templates know it."""
    official = scheme.heading.official
    rows = facts.rows(official.sheet) if official else ()
    found = next((one for one in rows if official and one.get(official.name) == paper), None)
    return replace(found, sheet=OFFICIAL) if found else None


def official_values(scheme: Scheme, record: Record | None) -> dict[str, Scalar]:
    """Return what templates see of a paper's row: every field, blank where it is not filled in.

    A blank of a field that must be filled in prints as what a person still has to write; without a row all are blank.
    """
    sheet = official_sheet(scheme)
    return (
        {field.name: _value(field.name, record, needed=field.required is True) for field in sheet.fields}
        if sheet
        else {}
    )


def _value(name: str, record: Record | None, *, needed: bool) -> Scalar:
    value = record.get(name) if record else None
    return unfilled_mark(name) if value is None and needed else value
