"""Checks of the process: steps in the order of their stages, none left out, publicity long enough."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, pairwise

from pbreports.cadre.checks.setting import Setting, say, tell, who
from pbreports.cadre.dossier import Dossier
from pbreports.cadre.outcome import end_of
from pbreports.cadre.terms import publicity_end
from pbreports.scheme.cadres import CANDIDATES, CODE, POSTS, REVIEWS, TEAMS
from pbreports.scheme.model.cadre import CadreStep
from pbreports.values import CellRef, Finding, Record

_SHARED = (POSTS, TEAMS)
"""The sheets of a whole batch: what is wrong there is said once, not of each candidate."""


@dataclass(frozen=True, slots=True)
class _Event:
    """One date of a step: a step has several where its sheet has several rows."""

    step: CadreStep
    day: date
    row: Record

    @property
    def where(self) -> CellRef:
        return self.row.cell(_field(self.step.day))

    @property
    def shared(self) -> bool:
        return _sheet(self.step.day) in _SHARED

    def __str__(self) -> str:
        return f"“{self.step.name}”（{self.day}）"


def check_process(one: Dossier, setting: Setting) -> Iterator[Finding]:
    """Yield where a candidacy's steps are out of order or left out, and where publicity is too short.

    Where one was ended, what its batch went through afterwards asks for no steps of it.
    """
    steps = setting.steps.get(one.code, ())
    events = [event for step in steps for event in _events(one, step)]
    yield from _check_order(one, events)
    own = [event for event in events if not event.shared] if end_of(one) else events
    yield from _check_gaps(one, steps, own)
    yield from _check_publicity(one, setting)


def _sheet(place: str) -> str:
    return place.partition(".")[0]


def _field(place: str) -> str:
    return place.partition(".")[2]


def _rows(one: Dossier, place: str) -> Sequence[Record]:
    return (one.person,) if _sheet(place) == CANDIDATES else one.of(_sheet(place))


def _events(one: Dossier, step: CadreStep) -> Iterator[_Event]:
    for row in _rows(one, step.day):
        day = row.get(_field(step.day))
        if isinstance(day, date) and not isinstance(day, datetime):
            yield _Event(step, day, row)


def _check_order(one: Dossier, events: Sequence[_Event]) -> Iterator[Finding]:
    """Compare each stage that has dates with the one before it: when all these are in order, all stages are."""
    ordered = sorted(events, key=lambda event: event.step.stage)
    stages = [list(group) for _, group in groupby(ordered, key=lambda event: event.step.stage)]
    for earlier, later in pairwise(stages):
        last = max(earlier, key=lambda event: event.day)
        wrong = [event for event in later if event.day < last.day]
        if wrong:
            shared = last.shared and all(event.shared for event in wrong)
            told = {"谁": "" if shared else f"{who(one)}的", "后": "、".join(map(str, wrong)), "前": last}
            where = wrong[0].where if len(wrong) == 1 else last.where
            yield say("K-26", where, **told) if shared else tell("K-26", where, one, **told)


def _check_gaps(one: Dossier, steps: Sequence[CadreStep], events: Sequence[_Event]) -> Iterator[Finding]:
    """Say which steps lack their date or what must be there besides, though a later stage already has a date.

    Steps of a sheet that has no row for the candidacy are told together: the row is what is missing. That a post is
    none of the batch is told where it is named (K-30).
    """
    reached = sorted(events, key=lambda event: event.step.stage)
    rowless: dict[str, list[tuple[CadreStep, _Event]]] = defaultdict(list)
    for step in steps:
        later = next((event for event in reached if event.step.stage > step.stage), None)
        lacking = _lacking(one, step) if later else []
        if later and lacking and not _rows(one, step.day):
            rowless[_sheet(step.day)].append((step, later))
        elif later and lacking:
            yield _gap(one, step, lacking, later)
    rowless.pop(POSTS, None)
    for sheet, missed in rowless.items():
        words = {"步骤": "”“".join(step.name for step, _ in missed), "缺什么": f"“{sheet}”里的一行"}
        yield tell("K-27", one.person.cell(CODE), one, 后=missed[0][1].step.name, **words)


def _lacking(one: Dossier, step: CadreStep) -> list[str]:
    return [place for place in (step.day, *step.needs) if not any(_told(row, place) for row in _rows(one, place))]


def _told(row: Record, place: str) -> bool:
    return row.get(_field(place)) is not None


def _gap(one: Dossier, step: CadreStep, lacking: Sequence[str], later: _Event) -> Finding:
    rows = _rows(one, lacking[0])
    where = rows[0].cell(_field(lacking[0])) if rows else one.person.cell(CODE)
    shared = bool(rows) and all(_sheet(place) in _SHARED for place in (*lacking, later.step.day))
    words = {"步骤": step.name, "缺什么": "、".join(map(_field, lacking)), "后": later.step.name}
    return say("K-27", where, 谁="", **words) if shared else tell("K-27", where, one, **words)


def _check_publicity(one: Dossier, setting: Setting) -> Iterator[Finding]:
    """Say where publicity ends before its working days are full; the first day counts only where the office says so."""
    row = one.one(REVIEWS)
    start, end = one.told(REVIEWS, "公示开始日期"), one.told(REVIEWS, "公示结束日期")
    if row is None or not isinstance(start, date) or not isinstance(end, date) or end < start:
        return
    earliest = publicity_end(start, names=setting.names, workdays=setting.workdays)
    where, told = row.cell("公示结束日期"), {"起": start, "止": end}
    if earliest is None:
        yield tell("K-29", where, one, **told)
    elif end < earliest:
        words = {"应有": setting.number("公示工作日"), "起算": f"（{setting.names['公示起算']}起算）", "最早": earliest}
        yield tell("K-28", where, one, **told, **words)
