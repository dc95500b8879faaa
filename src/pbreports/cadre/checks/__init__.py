"""Candidacies to findings: what is wrong with them that the expression language cannot say.

The rules of the scheme with 范围 考察 say the rest. Nothing here judges a person: it compares what cells say with
each other, with the calendar and with the grammar that the papers need.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pbreports.cadre.checks.careers import check_career
from pbreports.cadre.checks.mentions import check_consistency, check_other_people
from pbreports.cadre.checks.persons import check_person, check_same_people
from pbreports.cadre.checks.posts import check_places, check_post, check_teams
from pbreports.cadre.checks.process import check_process
from pbreports.cadre.checks.setting import Setting
from pbreports.cadre.checks.strays import check_strays
from pbreports.cadre.checks.texts import check_copies, check_shared_to_fill, check_texts, length_findings
from pbreports.cadre.checks.votes import check_votes
from pbreports.cadre.dossier import Dossier, Sheets
from pbreports.cadre.workdays import Workdays
from pbreports.findings import merged
from pbreports.scheme.model.cadre import CadreStep
from pbreports.values import Finding

__all__ = ["examine", "length_findings"]


def examine(  # noqa: PLR0913
    people: Sequence[Dossier],
    *,
    days: Mapping[str, date],
    as_of: date,
    names: Mapping[str, Any],
    steps: Mapping[str, Sequence[CadreStep]],
    workdays: Workdays,
    sheets: Sheets,
) -> tuple[Finding, ...]:
    """Return what is wrong with candidacies: each for itself in their order, then one beside another.

    ``days`` gives by code the day of each candidacy's ages (``as_of`` where it has none), ``names`` the scheme's
    parameters, ``steps`` by code those that the candidacy must go through, ``sheets`` all rows of the workbook.
    All are personal; the time taken grows with the number of candidacies and the length of their texts alone.
    """
    setting = Setting(days, as_of, names, steps, workdays, sheets)
    return merged((*_each(people, setting), *_together(people, setting)))


def _each(people: Sequence[Dossier], setting: Setting) -> Iterator[Finding]:
    for one in people:
        yield from check_person(one, setting)
        yield from check_career(one, setting)
        yield from check_votes(one)
        yield from check_process(one, setting)
        yield from check_post(one)
        yield from check_texts(one, setting)
        yield from check_consistency(one)


def _together(people: Sequence[Dossier], setting: Setting) -> Iterator[Finding]:
    yield from check_same_people(people)
    yield from check_places(people, setting)
    yield from check_teams(setting)
    yield from check_strays(setting)
    yield from check_copies(people, setting)
    yield from check_other_people(people)
    yield from check_shared_to_fill(setting)
