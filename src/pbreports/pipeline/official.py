"""What the bureau says of each paper, by its name: number, genre, addressees, dates and the like."""

from __future__ import annotations

from dataclasses import replace

from pbreports.scheme.language import Facts
from pbreports.scheme.model import Scheme, Sheet
from pbreports.scheme.papers import OFFICIAL
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


def official_values(scheme: Scheme, record: Record | None = None) -> dict[str, dict[str, Scalar]]:
    """Return a paper's row by the name that templates know it by: every field, ``None`` where it is not filled in.

    Without a row all are blank; where the scheme names no sheet there is no such name.
    """
    sheet = official_sheet(scheme)
    return {OFFICIAL: {one.name: record.get(one.name) if record else None for one in sheet.fields}} if sheet else {}
