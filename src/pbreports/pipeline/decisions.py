"""What the bureau has decided in its own workbooks: versions it lets pass, exemptions, figures fixed by decision.

Each decision is a row with its reason. Corrections of single cells are read where workbooks are (``excel.amending``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pbreports.excel.amending import Amendment, amendments_in
from pbreports.pipeline.bureau import Bureau
from pbreports.scheme.language import Facts
from pbreports.scheme.language.wording import as_text
from pbreports.scheme.model import Exemptions, Rulings
from pbreports.values import CellRef, Record, Ruling, Scalar


def waived(bureau: Bureau) -> dict[tuple[str, str, int], str]:
    """Return the reasons by unit, period and version number, from the bureau's sheet of waivers."""
    waivers = bureau.year.scheme.heading.waivers
    if waivers is None:
        return {}
    found = {}
    for record in bureau.as_read(waivers.sheet):
        unit, number, reason = record.get(waivers.unit), record.get(waivers.version), record.get(waivers.reason)
        period = str(record.get(waivers.period) or bureau.year.period().name)
        if unit and number and reason:
            found[str(unit), period, _number(number)] = str(reason)
    return found


def _number(text: Scalar) -> int:
    """Return a version's number, written as ``2`` or ``v2``; zero, which no version has, for anything else."""
    digits = re.fullmatch(r"\s*[vV]?\s*(\d{1,4})\s*", str(text))
    return int(digits.group(1)) if digits else 0


@dataclass(frozen=True, slots=True)
class Exemption:
    """A rule that a unit is exempt from until a day, that day included; of one ``subject`` only when it is named."""

    unit: str
    code: str
    subject: str
    reason: str
    until: date
    source: CellRef

    @property
    def words(self) -> str:
        """What stands beside a finding that is exempt."""
        return f"已豁免：{self.reason}（至{self.until.isoformat()}）"


def exemptions(bureau: Bureau) -> tuple[Exemption, ...]:
    """Return the bureau's exemptions, past ones too; rows that lack what is needed are left out."""
    place = bureau.year.scheme.heading.exemptions
    if place is None:
        return ()
    found = (_exemption(row, place) for row in bureau.as_read(place.sheet))
    return tuple(one for one in found if one is not None)


def _exemption(row: Record, place: Exemptions) -> Exemption | None:
    columns = (place.unit, place.rule, place.reason)
    unit, code, reason = (as_text(row.get(name)) for name in columns)
    subject = as_text(row.get(place.subject)) if place.subject else ""
    until = row.get(place.until)
    if not (unit and code and reason and isinstance(until, date)):
        return None
    return Exemption(unit, code, subject, reason, until, row.cell(place.rule))


def in_force(all_of_them: Iterable[Exemption], as_of: date) -> tuple[Exemption, ...]:
    """Return the exemptions that hold on a day."""
    return tuple(one for one in all_of_them if as_of <= one.until)


def amendments(bureau: Bureau) -> tuple[Amendment, ...]:
    """Return the cells that the bureau wants corrected."""
    place = bureau.year.scheme.heading.amendments
    return amendments_in(Facts({place.sheet: bureau.as_read(place.sheet)}), bureau.year.scheme) if place else ()


def rulings(bureau: Bureau) -> dict[str, Ruling]:
    """Return the figures fixed by decision, by name; those that the scheme does not have among them."""
    place = bureau.year.scheme.heading.rulings
    if place is None:
        return {}
    found = (_ruling(row, place) for row in bureau.as_read(place.sheet))
    return {one.name: one for one in found if one is not None}


def _ruling(row: Record, place: Rulings) -> Ruling | None:
    name, value = as_text(row.get(place.name)), row.get(place.value)
    if not name or not isinstance(value, Decimal):
        return None
    by = as_text(row.get(place.by)) if place.by else ""
    return Ruling(name, value, as_text(row.get(place.reason)), by, row.cell(place.name))
