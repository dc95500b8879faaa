"""Points out the bureau's decisions that fit nothing, so that none is passed over quietly."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from pbreports import findings
from pbreports.excel.amending import Amendment, Target, target_of
from pbreports.findings import CATALOGUE
from pbreports.pipeline.bureau import Bureau
from pbreports.pipeline.decisions import amendments, exemptions, rulings, waived
from pbreports.scheme.language.wording import as_text
from pbreports.scheme.model import Amendments, Exemptions, Period
from pbreports.values import Finding
from pbreports.versions import Version


def idle_decisions(bureau: Bureau, versions: Sequence[Version], period: Period, as_of: date) -> tuple[Finding, ...]:
    """Return a finding for each decision about a period that fits nothing.

    A unit that the roster lacks is said once: with the other references that lead nowhere, where they are followed.
    """
    return (
        *_idle_waivers(bureau, versions, period),
        *_idle_exemptions(bureau, as_of),
        *_idle_amendments(bureau, versions, period),
        *idle_rulings(bureau),
    )


def _idle_waivers(bureau: Bureau, versions: Sequence[Version], period: Period) -> Iterator[Finding]:
    waivers = bureau.year.scheme.heading.waivers
    if waivers is None:
        return
    there = {(one.unit, one.period, one.number) for one in versions}
    rows = {str(row.get(waivers.unit)): row for row in bureau.as_read(waivers.sheet)}
    for unit, of_period, number in waived(bureau):
        if of_period == period.name and (unit, of_period, number) not in there:
            lacking = "没有这一版" if bureau.units.get(unit) else "不在名册中"
            what, where = f"“{unit}”{lacking}", rows[unit].cell(waivers.version)
            yield findings.finding("F-31", where, unit, 事="放行", 什么=what, 列="单位代码和版次", 表=waivers.sheet)


def _idle_exemptions(bureau: Bureau, as_of: date) -> Iterator[Finding]:
    scheme = bureau.year.scheme
    for one in exemptions(bureau):
        if _is_stranger(one.unit, scheme.heading.exemptions, bureau):
            what, column = f"单位“{one.unit}”不在名册中", "单位"
        elif one.code not in scheme.rules and one.code not in CATALOGUE:
            what, column = f"规则“{one.code}”方案里没有", "规则码"
        elif as_of > one.until:
            what, column = f"“{one.code}”（{one.unit}）已在{one.until.isoformat()}到期，不再豁免", "有效期"
        else:
            continue
        yield findings.finding("F-31", one.source, 事="豁免", 什么=what, 列=column, 表=one.source.sheet)


def _idle_amendments(bureau: Bureau, versions: Sequence[Version], period: Period) -> Iterator[Finding]:
    """Go through the corrections that the latest version of their unit, and the one that counts, had no use for."""
    for one in amendments(bureau):
        if one.period not in ("", period.name):
            continue
        mine = [version for version in versions if version.unit == one.unit]
        what = _why_unused(one, mine, bureau) if mine else ""
        if _is_stranger(one.unit, bureau.year.scheme.heading.amendments, bureau):
            what = "单位不在名册中"
        if what:
            unit = bureau.units.get(one.unit)
            name = unit.short_name if unit else one.unit
            yield findings.finding("F-33", one.source, one.unit, 单位=name, 什么=what, 表=one.source.sheet)


def _is_stranger(unit: str, place: Exemptions | Amendments | None, bureau: Bureau) -> bool:
    """Whether a unit is on no roster and nothing else says so: references in the roster's own column are followed."""
    return place is not None and place.unit != bureau.year.scheme.heading.roster.code and not bureau.units.get(unit)


def _why_unused(amendment: Amendment, versions: Sequence[Version], bureau: Bureau) -> str:
    """Return why a correction was not used; nothing when it was, or when the cell already says what it was to say."""
    ledger, latest = bureau.ledger, versions[-1].key
    keys = [one.key for one in versions if one.counts or one.key == latest]
    if any(one.source == amendment.source for one in ledger.corrections(keys)):
        return ""
    target = target_of(amendment, bureau.year.scheme, lambda sheet: ledger.records(sheet, [latest]))
    return target if isinstance(target, str) else _standing(target, amendment.old)


def _standing(target: Target, old: str) -> str:
    now = target.record.get(target.field.name)
    if now == target.new:
        return ""
    blank = "现在是空的，或填的内容读不懂" if old else "填的内容读不懂"
    stands = f"现值是“{as_text(now)}”" if now is not None else blank
    wanted = f"不是原值“{old}”" if old else "不是空的"
    return f"{target.where.cell}的“{target.field.name}”{stands}，{wanted}"


def idle_rulings(bureau: Bureau) -> tuple[Finding, ...]:
    """Return a finding for each figure fixed by decision that the scheme does not have."""
    figures = bureau.year.scheme.figures
    return tuple(
        findings.finding("F-34", one.source, 名称=one.name, 怎么改=_nearest(one.name, figures))
        for one in rulings(bureau).values()
        if one.name not in figures
    )


def _nearest(name: str, figures: Mapping[str, object]) -> str:
    near = difflib.get_close_matches(name, figures, n=1, cutoff=0.4)
    return f"是不是“{near[0]}”" if near else "请核对名称，运行 pbreports figures 可列出全部"
