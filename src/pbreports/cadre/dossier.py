"""All that is known of one candidacy, as the bureau's workbook 干部考察 and the candidate's form say it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pbreports.scheme.cadres import (
    ASSESSMENTS,
    BALLOTS,
    BATCH,
    CANDIDATES,
    CAREER,
    CODE,
    IDENTITY,
    NAME,
    POLLS,
    POST,
    POSTS,
    RECOMMENDATIONS,
    RELATIVES,
    REVIEWS,
    TALKS,
    TEAMS,
    TEXTS,
    TOTALS,
)
from pbreports.values import Record, Scalar

Sheets = Mapping[str, Sequence[Record]]
"""The records of the workbook by sheet."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """One candidacy: its own row, and by sheet the rows that carry its code, or else its batch (and post)."""

    person: Record
    rows: Mapping[str, tuple[Record, ...]] = field(repr=False)

    @property
    def code(self) -> str:
        """The candidacy's code."""
        return self.text(CODE)

    @property
    def name(self) -> str:
        """The candidate's name as it is written, without spaces at its ends."""
        return self.text(NAME)

    @property
    def batch(self) -> str:
        """The batch of appointments that it belongs to."""
        return self.text(BATCH)

    @property
    def identity(self) -> str:
        """The identity number, in capitals, as it was given otherwise."""
        return self.text(IDENTITY).upper()

    def get(self, name: str) -> Scalar:
        """Return a field of the candidate's own row, ``None`` when it is blank."""
        return self.person.get(name)

    def text(self, name: str) -> str:
        """Return a field of the candidate's own row as text, empty when it is blank."""
        value = self.person.get(name)
        return "" if value is None else str(value).strip()

    def of(self, sheet: str) -> tuple[Record, ...]:
        """Return the rows of a sheet in the workbook's order."""
        return self.rows.get(sheet, ())

    def one(self, sheet: str) -> Record | None:
        """Return the first row of a sheet that has one row for each candidacy, ``None`` when it has none."""
        found = self.of(sheet)
        return found[0] if found else None

    def told(self, sheet: str, name: str) -> Scalar:
        """Return a field of such a row, ``None`` when there is none or it is blank."""
        row = self.one(sheet)
        return row.get(name) if row else None


def dossiers(sheets: Sheets) -> Iterator[Dossier]:
    """Go through the candidacies in the workbook's order; rows without a code are passed over."""
    own = {name: _by(CODE, sheets.get(name, ())) for name in _OF_A_PERSON}
    shared = {name: _by(BATCH, sheets.get(name, ())) for name in (POSTS, TEAMS)}
    for person in sheets.get(CANDIDATES, ()):
        code, batch = person.get(CODE), person.get(BATCH)
        if code is None:
            continue
        rows = {name: tuple(found.get(code, ())) for name, found in own.items()}
        rows[TEAMS] = tuple(shared[TEAMS].get(batch, ()))
        posts = shared[POSTS].get(batch, ())
        rows[POSTS] = tuple(one for one in posts if one.get(POST) == person.get(POST))
        yield Dossier(person, rows)


_OF_A_PERSON = (ASSESSMENTS, CAREER, RELATIVES, RECOMMENDATIONS, POLLS, BALLOTS, TOTALS, TALKS, TEXTS, REVIEWS)


def _by(name: str, records: Sequence[Record]) -> Mapping[Scalar, list[Record]]:
    found: dict[Scalar, list[Record]] = defaultdict(list)
    for record in records:
        found[record.get(name)].append(record)
    return found
