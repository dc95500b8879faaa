"""Which candidacies a finding in the inspection's workbook concerns: those whose row its cell stands in.

A row whose candidate or batch is not there concerns all: nobody can say whose it should have been.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pbreports.cadre.dossier import Dossier
from pbreports.scheme.cadres import BATCH, CODE, POST, POSTS
from pbreports.values import Finding, Record

_COLUMN = re.compile(r"[A-Z]+")


@dataclass(frozen=True)
class Blame:
    """The candidacies by the rows of the workbook; a finding that stands in no such row concerns all of them."""

    everybody: tuple[str, ...]
    rows: Mapping[tuple[str, str, str], tuple[str, ...]]

    def of(self, finding: Finding) -> tuple[str, ...]:
        """Return the codes of the candidacies that a finding concerns."""
        where = finding.where
        return self.rows.get((where.file, where.sheet, _COLUMN.sub("", where.cell)), self.everybody)


def blame_of(
    records: Mapping[str, Sequence[Record]], candidacies: Sequence[Dossier], forms: Mapping[str, str]
) -> Blame:
    """Return who is concerned by findings; ``forms`` gives the candidacy of a form by its file."""
    by_batch: dict[object, list[str]] = defaultdict(list)
    by_post: dict[object, list[str]] = defaultdict(list)
    for one in candidacies:
        by_batch[one.batch].append(one.code)
        by_post[one.get(BATCH), one.get(POST)].append(one.code)
    rows: dict[tuple[str, str, str], tuple[str, ...]] = {(file, "", ""): (code,) for file, code in forms.items()}
    known = {one.code for one in candidacies}
    for record in (one for some in records.values() for one in some):
        concerned = _concerned(record, by_batch, by_post)
        if concerned is not None and known.issuperset(concerned):
            rows.update(dict.fromkeys(_rows_of(record), concerned))
    return Blame(tuple(one.code for one in candidacies), rows)


def _concerned(
    record: Record, by_batch: Mapping[object, list[str]], by_post: Mapping[object, list[str]]
) -> tuple[str, ...] | None:
    """Return the candidacies that a row is about, ``None`` when it is about none in particular.

    A post concerns those who are to take it; it may be planned before there are candidates.
    """
    code, batch = record.get(CODE), record.get(BATCH)
    if code is not None:
        return (str(code),)
    if record.sheet == POSTS:
        return tuple(by_post.get((batch, record.get(POST)), ()))
    return tuple(by_batch[batch]) if batch in by_batch else None


def _rows_of(record: Record) -> Iterator[tuple[str, str, str]]:
    numbers: Iterable[str] = {_COLUMN.sub("", cell) for cell in record.cells.values()}
    return ((record.file, record.title, number) for number in numbers)
