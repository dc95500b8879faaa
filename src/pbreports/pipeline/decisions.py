"""What the bureau has decided in its own workbooks about single submissions: versions that it lets pass (放行)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pbreports import findings
from pbreports.pipeline.bureau import Bureau
from pbreports.scheme.model import Period
from pbreports.values import Finding, Scalar
from pbreports.versions import Version


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


def idle_waivers(bureau: Bureau, versions: Sequence[Version], period: Period) -> tuple[Finding, ...]:
    """Return a finding for each waiver of the period that fits no version."""
    waivers = bureau.year.scheme.heading.waivers
    if waivers is None:
        return ()
    there = {(one.unit, one.period, one.number) for one in versions}
    idle = [key for key in waived(bureau) if key[1] == period.name and key not in there]
    rows = {str(row.get(waivers.unit)): row for row in bureau.as_read(waivers.sheet)}
    return tuple(
        findings.finding("F-31", rows[unit].cell(waivers.version), unit, 什么=_lacking(unit, bureau), 表=waivers.sheet)
        for unit, _, _ in idle
    )


def _lacking(unit: str, bureau: Bureau) -> str:
    return f"“{unit}”没有这一版" if bureau.units.get(unit) else f"“{unit}”不在名册中"
