"""What the rules on papers find in each one before it is written, with what the bureau has exempted from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pbreports.pipeline.agreeing import Copy, compared, standing
from pbreports.pipeline.decisions import Exemption
from pbreports.pipeline.official import official_record
from pbreports.pipeline.summarising import Summary
from pbreports.pipeline.year import Year
from pbreports.scheme.language import Facts
from pbreports.scheme.language.wording import as_text
from pbreports.scheme.papers import OFFICIAL, TITLE, WRITTEN
from pbreports.validation import check_paper
from pbreports.values import CellRef, Finding, NamedList, Record, Severity


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paper that may be written: its name in the scheme, and what its filled template says."""

    name: str
    says: Copy


def vetted(year: Year, summary: Summary, candidates: Sequence[Candidate]) -> tuple[tuple[Finding, ...], ...]:
    """Return what the rules on papers find in each candidate, in their order.

    Each is compared with the others and with the papers of other titles that stand in the workspace.
    """
    if not year.rules.papers:
        return tuple(() for _ in candidates)
    lists = {name: list_records(one) for name, one in summary.lists.items()}
    background = Facts(lists, summary.asked.facts)
    older = standing(year, [one.says.title for one in candidates])
    return tuple(
        _found(
            year, summary, one, Facts(_own_tables(year, summary, one, (*_besides(one, candidates), *older)), background)
        )
        for one in candidates
    )


def _besides(mine: Candidate, candidates: Iterable[Candidate]) -> Iterable[Copy]:
    return (one.says for one in candidates if one is not mine)


def _own_tables(
    year: Year, summary: Summary, mine: Candidate, others: Iterable[Copy]
) -> Mapping[str, Sequence[Record]]:
    """Return the tables that only rules on this paper see: what the bureau says of it, what it and others say."""
    official = official_record(year.scheme, summary.asked.facts, mine.name)
    return {OFFICIAL: (official,) if official else (), WRITTEN: compared(mine.says, others)}


def list_records(named: NamedList) -> tuple[Record, ...]:
    """Return the rows of a named list as a table; a row's place is that of the row it was made from."""
    return tuple(
        Record(named.name, "", row, {"": source.cell}, source.file, source.sheet)
        for row, source in zip(named.rows, named.sources, strict=True)
    )


def _found(year: Year, summary: Summary, paper: Candidate, facts: Facts) -> tuple[Finding, ...]:
    names = {**summary.asked.names, TITLE: paper.says.title}
    home = CellRef(f"《{paper.says.title}》")
    found = check_paper(year.rules, paper.name, facts, names, home)
    for one in summary.exempt:
        found = _released(found, one, year, _Asking(paper.name, facts, names, home))
    return found


@dataclass(frozen=True, slots=True)
class _Asking:
    """What the rules on one paper are asked of."""

    paper: str
    facts: Facts
    names: Mapping[str, Any]
    home: CellRef


def _released(found: Sequence[Finding], exemption: Exemption, year: Year, asking: _Asking) -> tuple[Finding, ...]:
    """Return the findings as they are without the rows of the exempt unit or object; those gone become notices.

    A rule that counts rows is asked of the others: what it then says replaces what it said of all.
    """
    if not any(one.code == exemption.code for one in found):
        return tuple(found)
    checks = tuple(one for one in year.rules.papers if one.code == exemption.code)
    tables = {name for one in checks for name in one.reads.names if "." not in name}
    left = {name: [row for row in asking.facts.rows(name) if not _is_exempt(row, exemption, year)] for name in tables}
    book, facts = replace(year.rules, papers=checks), Facts(left, asking.facts)
    still = check_paper(book, asking.paper, facts, asking.names, asking.home)
    if [one for one in found if one.code == exemption.code] == list(still):
        return tuple(found)
    places = {one.where for one in still}
    gone = (
        replace(one, severity=Severity.NOTICE, explanation=exemption.words)
        for one in found
        if one.code == exemption.code and one.where not in places
    )
    return (*(one for one in found if one.code != exemption.code), *still, *gone)


def _is_exempt(row: Record, exemption: Exemption, year: Year) -> bool:
    place = year.scheme.heading.exemptions
    mine = (row.unit or as_text(row.get(year.scheme.heading.roster.code))) == exemption.unit
    if not mine or not exemption.subject or place is None:
        return mine
    return as_text(row.get(place.subject)) == exemption.subject
