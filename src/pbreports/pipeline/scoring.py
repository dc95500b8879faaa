"""The groups' workbooks in 考评/: read into the ledger, and which of them counts for each group, round and object.

A group may send a workbook again: of the same group and round the highest version in the file name counts (_v2, 第2版;
none is the first). Workbooks of one version are taken together, since assessors share a group's work; where two of them
do not say the same of an object, neither counts for it. Nothing of a group's round counts while a file that names both
cannot be read, so that an older version never passes for the one that was sent last.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePath

from pbreports import findings
from pbreports.errors import WorkbookError
from pbreports.excel.scoring import Assignment, Scores, read_scoring
from pbreports.ledger import Ledger, Source
from pbreports.ooxml.limits import LIMITS
from pbreports.pipeline.arrivals import Arrival, arrivals_of, files_in, mishap, open_in, shown_name, unreadable
from pbreports.pipeline.pool import Mishap, apart
from pbreports.pipeline.year import READER, Year
from pbreports.scheme.model import BureauWorkbook, Scheme
from pbreports.scheme.scoring import Asked, asked_of
from pbreports.values import CellRef, Finding, Record, Scalar, SheetState

Records = Mapping[str, Sequence[Record]]

_VERSION = re.compile(r"[vV](\d{1,3})(?!\d)|第(\d{1,3})版")
_OF_THE_MACHINE = frozenset({"F-02", "F-16", "F-18"})
_Place = tuple[str, str]
"""A group and a round."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What the groups' workbooks of one declaration have come to: their keys in the ledger, and all that was found."""

    keys: tuple[str, ...]
    findings: tuple[Finding, ...]


def scoring_folder(year: Year, book: BureauWorkbook) -> Path:
    """Return the folder for what groups send."""
    return year.workspace.inputs / book.name


def rested_on(scheme: Scheme, book: BureauWorkbook) -> tuple[str, ...]:
    """Return the bureau's sheets that say who assesses what."""
    asked = asked_of(scheme, book)
    return asked.scoring.groups, asked.name[0], asked.scoring.rounds


def assignment_of(scheme: Scheme, book: BureauWorkbook, records: Records) -> Assignment:
    """Return who assesses what, by the bureau's own sheets."""
    asked = asked_of(scheme, book)
    rows = records.get(asked.scoring.groups, ())
    groups = {str(one.get(asked.object)): str(one.get(asked.group)) for one in rows if one.get(asked.group)}
    sheet, name = asked.name
    names = {str(one.get(asked.object)): str(one.get(name) or "") for one in records.get(sheet, ())}
    rounds = tuple(str(one.get(asked.round)) for one in records.get(asked.scoring.rounds, ()))
    return Assignment(groups, names, rounds)


def take_scores(year: Year, ledger: Ledger, book: BureauWorkbook, records: Records, ground: str) -> Taken:
    """Return what the groups have sent, reading all of it into the ledger anew when any of it has changed.

    ``records`` are those of the bureau's own sheets, ``ground`` the digest of what they rest on.
    """
    arrivals = _arrivals(year, book, f"{READER}\0{year.scheme.digest}\0{ground}")
    whole = hashlib.sha256("\0".join(one.key for one in arrivals).encode()).hexdigest()
    keys = tuple(hashlib.sha256(f"{whole}\0{one.key}".encode()).hexdigest() for one in arrivals)
    if not _is_known(keys, ledger):
        ledger.keep_only(ledger.keys() - set(keys))
        scores = _read(arrivals, year, book, assignment_of(year.scheme, book, records))
        settled = settle(scores, asked_of(year.scheme, book))
        ledger.put(_source(*one, book) for one in zip(arrivals, keys, settled, strict=True))
    found = (one for key in keys for one in ledger.findings(key))
    return Taken(keys, (*found, *open_in(scoring_folder(year, book), book.name)))


def _is_known(keys: Sequence[str], ledger: Ledger) -> bool:
    """Return whether all is in the ledger, and nothing that the machine alone was to blame for."""
    known = ledger.keys()
    return all(key in known for key in keys) and not any(
        one.code in _OF_THE_MACHINE for key in keys for one in ledger.findings(key)
    )


def _arrivals(year: Year, book: BureauWorkbook, ground: str) -> list[Arrival]:
    """Return the files that stand in the folder and in the archives there, in order."""
    folder = scoring_folder(year, book)
    if not folder.is_dir():
        return []
    return [
        arrival
        for path in files_in(folder)
        for arrival in arrivals_of(path, shown_name((book.name, *path.relative_to(folder).parts)), ground)
    ]


def _read(arrivals: Sequence[Arrival], year: Year, book: BureauWorkbook, assignment: Assignment) -> list[Scores]:
    """Return what each file says, read in processes of their own."""
    work = partial(read_scores, scheme=year.scheme, book=book, assignment=assignment)
    outcomes = apart(work, arrivals, jobs=year.jobs, seconds=lambda one: LIMITS.seconds_for(one.size))
    return [
        Scores(arrival.file, "", "", {}, (mishap(arrival.file, outcome),)) if isinstance(outcome, Mishap) else outcome
        for arrival, outcome in zip(arrivals, outcomes, strict=True)
    ]


def read_scores(arrival: Arrival, scheme: Scheme, book: BureauWorkbook, assignment: Assignment) -> Scores:
    """Return what one file says; one that cannot be had at all is a single finding."""
    if arrival.fault:
        return Scores(arrival.file, "", "", {}, (arrival.fault,))
    try:
        return read_scoring(arrival.contents(), scheme, book, assignment, file=arrival.file)
    except WorkbookError as error:
        return Scores(arrival.file, "", "", {}, (unreadable(arrival.file, error),))


def _source(arrival: Arrival, key: str, scores: Scores, book: BureauWorkbook) -> Source:
    states = {sheet.name: SheetState.FILLED for sheet in book.sheets} if scores.group else {}
    return Source(key, arrival.file, "", "", arrival.sha256, states, scores.records, scores.findings)


# ---------------------------------------------------------------- which of them counts


def settle(scores: Sequence[Scores], asked: Asked) -> tuple[Scores, ...]:
    """Return the workbooks in their order, each with the records that count and the findings that stand."""
    newest = _newest(scores)
    there = [_replaced(one, newest[_place(one)]) if one.group else one for one in scores]
    said = _said(there, asked)
    return tuple(_counting(one, said, asked) for one in there)


def _place(one: Scores) -> _Place:
    return one.group, one.round


def version_of(file: str) -> int:
    """Return the version that a file name tells, 1 when it tells none."""
    found = [first or second for first, second in _VERSION.findall(PurePath(file).stem)]
    return int(found[-1]) if found else 1


def _newest(scores: Sequence[Scores]) -> dict[_Place, Scores]:
    """Return for each group and round the file that goes before others.

    It is one that could not be read and may be newer, else the first of the highest version.
    """
    newest: dict[_Place, Scores] = {}
    for one in scores:
        before = newest.get(_place(one))
        if one.group and (before is None or version_of(one.file) > version_of(before.file)):
            newest[_place(one)] = one
    unread = [one for one in scores if not one.group]
    return {place: _unread_of(place, unread) or one for place, one in newest.items()}


def _unread_of(place: _Place, unread: Sequence[Scores]) -> Scores | None:
    """Return a file that could not be read and whose name speaks of a group and round."""
    return next((one for one in unread if all(word in PurePath(one.file).stem for word in place)), None)


def _replaced(one: Scores, newest: Scores) -> Scores:
    """Return a workbook, of which nothing but a notice is left when another goes before it."""
    if newest.group and version_of(one.file) == version_of(newest.file):
        return one
    told = findings.finding("F-46", CellRef(one.file), 组=one.group, 轮次=one.round, 新=newest.file)
    return replace(one, records={}, findings=(told,))


_Said = Mapping[tuple[str, str, Scalar], Mapping[str, frozenset[tuple[object, ...]]]]
"""What each file says of an object, by group, round and object."""


def _said(scores: Sequence[Scores], asked: Asked) -> _Said:
    """Return all that the workbooks say of each object, wherever it stands."""
    said: dict[tuple[str, str, Scalar], dict[str, set[tuple[object, ...]]]] = defaultdict(lambda: defaultdict(set))
    for one in scores:
        for name, records in one.records.items():
            for record in records:
                values = ((field, value) for field, value in record.values.items() if value is not None)
                about = (*_place(one), record.get(asked.object))
                said[about][one.file].add((name, *sorted(values, key=lambda pair: pair[0])))
    return {about: {file: frozenset(rows) for file, rows in files.items()} for about, files in said.items()}


def _counting(one: Scores, said: _Said, asked: Asked) -> Scores:
    """Return a workbook with the records that count: those of objects that no other gives otherwise or gave before.

    Of an object about which workbooks quarrel the rows stay without their points: the round has been held for it, and
    is not to be taken for one that it missed.
    """
    found: list[Finding] = []
    dropped: set[Scalar] = set()
    disputed: set[Scalar] = set()
    for (*place, code), files in said.items():
        if tuple(place) != _place(one) or one.file not in files:
            continue
        if len(set(files.values())) > 1:
            found.append(_quarrel(one, code, next(file for file in files if file != one.file), asked))
            (disputed if next(iter(files)) == one.file else dropped).add(code)
        elif next(iter(files)) != one.file:
            dropped.add(code)
    kept = {
        name: tuple(_without_points(it, asked, disputed) for it in records if it.get(asked.object) not in dropped)
        for name, records in one.records.items()
    }
    return replace(one, records=kept, findings=(*one.findings, *found))


def _without_points(record: Record, asked: Asked, disputed: Collection[Scalar]) -> Record:
    if record.get(asked.object) not in disputed:
        return record
    keys = {asked.object, asked.round, asked.indicator, asked.group}
    return replace(record, values={name: value for name, value in record.values.items() if name in keys})


def _quarrel(one: Scores, code: Scalar, other: str, asked: Asked) -> Finding:
    first = next(it for records in one.records.values() for it in records if it.get(asked.object) == code)
    return findings.finding("F-45", first.cell(asked.object), 对象=code, 轮次=one.round, 另一份=other)
