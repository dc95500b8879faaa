"""Findings as they stand after what the bureau has exempted and the school explained, and the versions settled by them.

The ledger holds what was found; how it stands depends on the day and on the other versions, so it is settled anew
whenever it is taken out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pbreports.findings import CATALOGUE, SUBJECT_JOINT
from pbreports.journal import Journal
from pbreports.ledger import Ledger
from pbreports.pipeline.bureau import Bureau
from pbreports.pipeline.comparing import copies_among
from pbreports.pipeline.decisions import Exemption, exemptions, in_force, waived
from pbreports.pipeline.explaining import CARRIED, NOTHING_SAID, SHORTEST, Said, is_telling
from pbreports.pipeline.year import Year
from pbreports.scheme.language.wording import as_text
from pbreports.scheme.model import Period
from pbreports.values import CellRef, Entry, Finding, Repair, Severity
from pbreports.versions import Placed, Version, placed, settle

Subjects = Callable[[CellRef], str]
"""Gives the object (a linking code) of the record that a cell is in, empty for none."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The versions of a period, the one of each unit that counts marked, and each one's findings by its key."""

    versions: tuple[Version, ...]
    findings: Mapping[str, tuple[Finding, ...]]


def settle_period(
    year: Year, ledger: Ledger, bureau: Bureau, period: Period, as_of: date, *, with_errors: bool = False
) -> Settled:
    """Return every version of a period as it stands on a day.

    Raises:
        PbreportsError: when a workbook of the ledger has no receipt, so that its turn is not known.
    """
    entries = [one for one in ledger.entries() if one.period == period.name]
    units = placed(entries, Journal(year.workspace.journal).receipts())
    exempt = in_force(exemptions(bureau), as_of)
    found: dict[str, tuple[Finding, ...]] = {}
    copied = copies_among(ledger, [unit[-1] for unit in units], bureau.units)
    for unit in units:
        mine = [one for one in exempt if one.unit == unit[0].entry.unit]
        found |= _findings_of(unit, ledger, year, mine, copied)
    recounted = [[replace(one, entry=counted(one.entry, found[one.entry.key])) for one in unit] for unit in units]
    return Settled(settle(recounted, waived(bureau), with_errors=with_errors), found)


def _findings_of(
    versions: Sequence[Placed],
    ledger: Ledger,
    year: Year,
    exempt: Sequence[Exemption],
    copied: Mapping[str, tuple[Finding, ...]],
) -> dict[str, tuple[Finding, ...]]:
    """Return the findings of a unit's versions by key, each with what was said before it carried along."""
    found = {}
    said = NOTHING_SAID
    for key in (one.entry.key for one in versions):
        said = Said.of(ledger.explanations(key), said.kept())
        subjects = _subjects(ledger, year, key) if any(one.subject for one in exempt) else _no_subject
        found[key] = settled((*ledger.findings(key), *copied.get(key, ())), exempt, said, subjects)
    return found


def _no_subject(_: CellRef) -> str:
    return ""


def _subjects(ledger: Ledger, year: Year, key: str) -> Subjects:
    """Return the function that gives the object of the record a cell of a workbook is in."""
    place = year.scheme.heading.exemptions
    name = place.subject if place else ""
    owners = {
        CellRef(record.file, record.title, cell): as_text(record.get(name))
        for sheet in year.scheme.school_sheets
        if name in sheet.by_name
        for record in ledger.records(sheet.name, [key])
        for cell in record.cells.values()
    }
    return lambda where: owners.get(where, "")


def settled(
    found: Iterable[Finding],
    exempt: Sequence[Exemption],
    said: Said = NOTHING_SAID,
    subjects: Subjects = _no_subject,
) -> tuple[Finding, ...]:
    """Return a unit's findings with what it is exempt from turned into notices, and what was explained told.

    An error stays an error whatever is said beside it; what was said is shown to those who decide.
    """
    return tuple(_settled(one, exempt, said, subjects) for one in found)


def _settled(one: Finding, exempt: Sequence[Exemption], said: Said, subjects: Subjects) -> Finding:
    released = next((other for other in exempt if covers(other, one, subjects)), None)
    if released:
        return replace(one, severity=Severity.NOTICE, explanation=released.words)
    if one.severity is Severity.NOTICE:
        return one
    now, before = said.now(one), said.before(one)
    if is_telling(now):
        return replace(one, explanation=now)
    if before:
        return replace(one, explanation=f"{CARRIED}{before}")
    if now:
        return replace(one, remedy=f"{one.remedy}说明“{now}”看不出原因，请写明，不少于{SHORTEST}个字。")
    return one


def covers(exemption: Exemption, one: Finding, subjects: Subjects = _no_subject) -> bool:
    """Whether an exemption is of a finding: of its unit, its rule and, where it names one, its object."""
    if (exemption.unit, exemption.code) != (one.unit, one.code):
        return False
    return not exemption.subject or exemption.subject in _objects(one, subjects)


def _objects(one: Finding, subjects: Subjects) -> tuple[str, ...]:
    """Return the objects that a finding is about, none when it stands for several places that may be of others.

    Of a rule's findings that were merged, the subject holds what the records have in common.
    """
    named = tuple(one.subject.split(SUBJECT_JOINT))
    if one.count > 1:
        return () if one.code in CATALOGUE else named
    return (*named, subjects(one.where))


def must_be_explained(one: Finding) -> bool:
    """Whether a finding waits for an explanation: a warning that has none; what was put right needs none."""
    return one.severity is Severity.WARNING and one.repair is not Repair.DONE and not one.explanation


def counted(entry: Entry, found: Sequence[Finding]) -> Entry:
    """Return an entry with its findings counted as they stand."""
    warnings = sum(one.severity is Severity.WARNING for one in found)
    return replace(
        entry,
        errors=sum(one.severity is Severity.ERROR for one in found),
        warnings=warnings,
        notices=len(found) - sum(one.severity is not Severity.NOTICE for one in found),
        explained=warnings - sum(must_be_explained(one) for one in found),
    )
