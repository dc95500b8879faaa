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
from pbreports.scheme.papers import HERE, OFFICIAL, TITLE, WRITTEN
from pbreports.validation import RuleBook, check_paper
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
    home = CellRef(HERE)
    asking = _Asking(paper.name, facts, names, home)
    exempt = {check.code: [one for one in summary.exempt if one.code == check.code] for check in year.rules.papers}
    usual = tuple(check for check in year.rules.papers if not exempt[check.code])
    found = list(asking.of(replace(year.rules, papers=usual)))
    for check in year.rules.papers:
        if exempt[check.code]:
            found += _settled(replace(year.rules, papers=(check,)), exempt[check.code], year, asking)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Asking:
    """What the rules on one paper are asked of."""

    paper: str
    facts: Facts
    names: Mapping[str, Any]
    home: CellRef

    def of(self, book: RuleBook) -> tuple[Finding, ...]:
        """Return what the rules of a book find."""
        return check_paper(book, self.paper, self.facts, self.names, self.home)


def _settled(book: RuleBook, exempt: Sequence[Exemption], year: Year, asking: _Asking) -> tuple[Finding, ...]:
    """Return what one check finds without the rows exempt from it; what it found of these alone becomes notices.

    A check that counts rows is asked of the others: what it then says replaces what it said of all.
    """
    found = asking.of(book)
    tables = {name for check in book.papers for name in check.reads.names if "." not in name}
    left = {
        name: [row for row in asking.facts.rows(name) if not any(_is_exempt(row, one, year) for one in exempt)]
        for name in tables
    }
    still = replace(asking, facts=Facts(left, asking.facts)).of(book)
    places, words = {one.where for one in still}, "；".join(one.words for one in exempt)
    gone = (one for one in found if one.where not in places)
    return (*still, *(replace(one, severity=Severity.NOTICE, explanation=words) for one in gone))


def _is_exempt(row: Record, exemption: Exemption, year: Year) -> bool:
    place = year.scheme.heading.exemptions
    mine = (row.unit or as_text(row.get(year.scheme.heading.roster.code))) == exemption.unit
    if not mine or not exemption.subject or place is None:
        return mine
    return as_text(row.get(place.subject)) == exemption.subject
