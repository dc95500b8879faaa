"""What the rules over the whole district find, with what the bureau has exempted from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pbreports.ledger import Ledger
from pbreports.pipeline.decisions import Exemption
from pbreports.pipeline.year import Year
from pbreports.scheme.language import Facts
from pbreports.scheme.language.wording import as_text
from pbreports.validation import check_district
from pbreports.values import CellRef, Finding, Record, Severity

HOME = CellRef("全区")
"""The place of findings that no cell is to blame for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the rules over the district are asked of; ``key`` is the digest of all that their answer rests on."""

    key: str
    facts: Facts
    names: Mapping[str, Any]


def district_findings(year: Year, ledger: Ledger, asked: Asked, exempt: Iterable[Exemption]) -> tuple[Finding, ...]:
    """Return what the rules over the district find; what they found is kept in the ledger, exemptions are not."""
    if not ledger.has(asked.key):
        found = check_district(year.rules, asked.facts, asked.names, HOME)
        ledger.put_district_findings(asked.key, found)
    standing = ledger.findings(asked.key)
    for one in exempt:
        standing = _released(standing, one, year, asked)
    return standing


def _released(found: Sequence[Finding], exemption: Exemption, year: Year, asked: Asked) -> tuple[Finding, ...]:
    """Return the findings with those turned into notices that are not found once the exempt rows are left out.

    Of two units that only look as if they registered the same person, one exemption thus answers both findings.
    """
    checks = tuple(one for one in year.rules.district if one.code == exemption.code)
    if not any(one.sheet for one in checks):
        return tuple(found)
    left = {
        one.sheet: [row for row in asked.facts.rows(one.sheet) if not _is_exempt(row, exemption, year)]
        for one in checks
        if one.sheet
    }
    book = replace(year.rules, district=checks)
    still = {one.where for one in check_district(book, Facts(left, asked.facts), asked.names, HOME)}
    return tuple(
        replace(one, severity=Severity.NOTICE, explanation=exemption.words)
        if one.code == exemption.code and one.where not in still
        else one
        for one in found
    )


def _is_exempt(row: Record, exemption: Exemption, year: Year) -> bool:
    place = year.scheme.heading.exemptions
    mine = row.unit == exemption.unit
    if not mine or not exemption.subject or place is None:
        return mine
    return as_text(row.get(place.subject)) == exemption.subject
