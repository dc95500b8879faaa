"""Whether what the bureau's workbooks refer to is there: schools, organisations, meetings, candidates.

A linking field that is the whole key of one bureau sheet must, wherever another bureau sheet has it, name one of
that sheet's rows. What a school sends is held against the roster by the rules of the scheme.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pbreports import findings
from pbreports.scheme.model import Scheme, Sheet
from pbreports.values import Finding, Record, Scalar

Records = Mapping[str, Sequence[Record]]


def dangling(scheme: Scheme, records: Records) -> tuple[Finding, ...]:
    """Return a finding for each field of a bureau sheet that names rows which do not exist, with their count."""
    owners = _owners(scheme)
    known = {link: {row.get(link) for row in records.get(owner, ())} for link, owner in owners.items()}
    return tuple(
        found
        for sheet in _bureau_sheets(scheme)
        for link, owner in owners.items()
        if link in sheet.by_name and sheet.name != owner and known[link]
        for found in _dangling_in(records.get(sheet.name, ()), link, owner, known[link])
    )


def _bureau_sheets(scheme: Scheme) -> Iterator[Sheet]:
    return iter(scheme.bureau_sheets)


def _owners(scheme: Scheme) -> dict[str, str]:
    """Return the sheet of which a linking field is the whole key, by the field; fields with several are left out."""
    found: dict[str, list[str]] = {}
    for sheet in _bureau_sheets(scheme):
        if len(sheet.keys) == 1 and sheet.keys[0] in scheme.heading.links:
            found.setdefault(sheet.keys[0], []).append(sheet.name)
    roster = scheme.heading.roster
    owners = {link: names[0] for link, names in found.items() if len(names) == 1}
    return {**owners, roster.code: roster.sheet}


def _dangling_in(rows: Sequence[Record], link: str, owner: str, known: set[Scalar]) -> Iterator[Finding]:
    wrong: dict[Scalar, list[Record]] = {}
    for row in rows:
        value = row.get(link)
        if value is not None and value not in known:
            wrong.setdefault(value, []).append(row)
    for value, records in wrong.items():
        where = records[0].cell(link)
        yield replace(findings.finding("F-32", where, 列=link, 值=value, 表=owner), count=len(records))
