"""How far a candidacy has come: its steps with days and documents, what the next one lacks, the record of the process.

What the steps are, in which fields their days stand and what must be there besides is the scheme's to say; this reads
the candidate's rows by it and judges nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from pbreports.cadre.dossier import Dossier
from pbreports.cadre.lawful import Term, terms_of
from pbreports.cadre.outcome import End, end_of, is_voted_down
from pbreports.cadre.workdays import Workdays
from pbreports.scheme.cadres import CANDIDATES, POLLS, RECOMMENDATIONS
from pbreports.scheme.language.wording import as_text
from pbreports.scheme.model.cadre import CadreStep
from pbreports.values import CellRef, Record

_TOLD_APART: Mapping[str, str] = {RECOMMENDATIONS: "推荐形式", POLLS: "测评票种"}
"""The field that tells the rows of a sheet apart where a candidacy has several."""


class State(Enum):
    """How a step stands: done, some of it lacking, its day still to come, nothing of it there."""

    DONE = "已办"
    PARTLY = "未办完"
    AHEAD = "未到"
    OPEN = "未办"


@dataclass(frozen=True, slots=True)
class Missing:
    """What a step lacks: a field that is blank (or says 否), or every row of a sheet when ``field`` is empty."""

    sheet: str
    field: str = ""
    where: CellRef | None = None
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One occasion of a step: when, under which document number, what was found; which occasion it was of several."""

    day: date | None
    document: str = ""
    told: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class StepState:
    """One step of a candidacy: how it stands, its occasions in the order of their days, what it lacks."""

    step: CadreStep
    state: State
    events: tuple[Event, ...]
    missing: tuple[Missing, ...]

    @property
    def begun(self) -> date | None:
        """The day of its first occasion: no step of an earlier stage may be later than this."""
        return min((one.day for one in self.events if one.day), default=None)

    @property
    def finished(self) -> date | None:
        """The day of its last occasion, ``None`` while one of them has no day."""
        days = [one.day for one in self.events if one.day]
        return max(days) if days and len(days) == len(self.events) else None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one candidacy has come: the steps that apply to it by stage, and the days that the rules reckon with.

    One that was ended, or voted down and not yet ended, has nothing before it.
    """

    code: str
    steps: tuple[StepState, ...]
    terms: tuple[Term, ...]
    end: End | None = None
    voted_down: bool = False

    @property
    def reached(self) -> StepState | None:
        """The last of the steps that are done, ``None`` when none is."""
        return next((one for one in reversed(self.steps) if one.state is State.DONE), None)

    @property
    def upcoming(self) -> tuple[StepState, ...]:
        """The steps that are not done, of the lowest stage that has any."""
        if self.end or self.voted_down:
            return ()
        left = [one for one in self.steps if one.state is not State.DONE]
        return tuple(one for one in left if one.step.stage == left[0].step.stage)

    @property
    def missing(self) -> tuple[str, ...]:
        """What is to be filled in before the next stage, in words, each sheet's fields together."""
        return tuple(_words(thing for one in self.upcoming for thing in one.missing))

    @property
    def behind(self) -> tuple[StepState, ...]:
        """The steps that are not done although one of a later stage is."""
        stage = self.reached.step.stage if self.reached else 0
        return tuple(one for one in self.steps if one.state is not State.DONE and one.step.stage < stage)


def progress(
    dossier: Dossier, steps: Sequence[CadreStep], *, names: Mapping[str, Any], as_of: date, workdays: Workdays
) -> Progress:
    """Return how far a candidacy has come by a day; ``steps`` are those that apply to it.

    A step with several occasions (two forms of recommendation, several kinds of ballots) is done with the last of
    them; for the order of steps its first counts. A need that is a yes or no is met by a yes.
    """
    ordered = sorted(steps, key=lambda one: one.stage)
    states = tuple(_state(dossier, step, as_of) for step in ordered)
    done = frozenset(one.step.day for one in states if one.state is State.DONE)
    terms = terms_of(dossier, [one.day for one in ordered], done, names=names, workdays=workdays)
    end, voted_down = end_of(dossier), is_voted_down(dossier)
    return Progress(dossier.code, states, () if end or voted_down else terms, end, voted_down)


def process_rows(progress: Progress) -> list[dict[str, object]]:
    """Return the rows of the record of the process (全程纪实表), one for each occasion of each step.

    The columns are 序号, 阶段, 步骤, 日期 (a date, ``None`` when there is none), 文号, 情况, 责任, 状态. Of a candidacy
    that was ended, steps not begun are left out, and the last row tells the end.
    """
    steps = [one for one in progress.steps if not (progress.end and one.state is State.OPEN)]
    rows = [_row(one, event) for one in steps for event in one.events]
    if progress.end:
        rows.append(_end_row(progress.end, steps[-1].step.stage if steps else 0))
    return [{"序号": number, **row} for number, row in enumerate(rows, 1)]


def _row(one: StepState, event: Event) -> dict[str, object]:
    several = f"（{event.label}）" if event.label and len(one.events) > 1 else ""
    return {
        "阶段": one.step.stage,
        "步骤": one.step.name + several,
        "日期": event.day,
        "文号": event.document,
        "情况": event.told,
        "责任": one.step.duty,
        "状态": one.state.value,
    }


def _end_row(end: End, stage: int) -> dict[str, object]:
    told = {"日期": end.day, "文号": "", "情况": end.reason, "责任": "", "状态": "已终止"}
    return {"阶段": stage, "步骤": "程序终止", **told}


def _words(missing: Iterable[Missing]) -> Iterator[str]:
    fields: dict[tuple[str, bool], dict[str, None]] = {}
    for one in missing:
        fields.setdefault((one.sheet, one.denied), {})[one.field] = None
    for (sheet, denied), names in fields.items():
        if "" in names:
            yield f"“{sheet}”还没有登记"
        else:
            yield f"“{sheet}”的{'、'.join(f'“{name}”' for name in names)}{'填的是“否”' if denied else '没有填'}"


# ---------------------------------------------------------------- one step


def _state(dossier: Dossier, step: CadreStep, as_of: date) -> StepState:
    lacking = [tuple(_missing(dossier, place)) for place in (step.day, *step.needs)]
    missing = tuple(dict.fromkeys(thing for found in lacking for thing in found))
    events = tuple(_events(dossier, step))
    days = [one.day for one in events if one.day]
    if not days and all(lacking):
        state = State.OPEN
    elif any(day > as_of for day in days):
        state = State.AHEAD
    else:
        state = State.PARTLY if missing else State.DONE
    return StepState(step, state, events, missing)


def _rows_of(dossier: Dossier, sheet: str) -> tuple[Record, ...]:
    return (dossier.person,) if sheet == CANDIDATES else dossier.of(sheet)


def _missing(dossier: Dossier, place: str) -> Iterator[Missing]:
    """Yield what the rows of a sheet lack of a field, given as ``表.字段``."""
    sheet, _, field = place.partition(".")
    rows = _rows_of(dossier, sheet)
    if not rows:
        yield Missing(sheet)
    for row in rows:
        value = row.get(field)
        if value is None or value is False:
            yield Missing(sheet, field, row.cell(field), denied=value is False)


def _events(dossier: Dossier, step: CadreStep) -> Iterator[Event]:
    """Yield the occasions of a step by their days; those of the same day and document that tell the same are one."""
    sheet, _, field = step.day.partition(".")
    found: dict[Event, list[str]] = {}
    for row in _rows_of(dossier, sheet):
        day = row.get(field)
        told = "；".join(_told(dossier, place, sheet, row) for place in step.needs)
        document = _value(dossier, step.document, sheet, row)
        event = Event(day if isinstance(day, date) else None, document, told.strip("；"))
        label = row.get(_TOLD_APART.get(sheet, ""))
        found.setdefault(event, []).append(as_text(label))
    for event in sorted(found or {Event(None): []}, key=lambda one: one.day or date.max):
        labels = "、".join(filter(None, found.get(event, ())))
        yield Event(event.day, event.document, event.told, labels)


def _told(dossier: Dossier, place: str, sheet: str, row: Record) -> str:
    """Return what a needed field says, after its name; empty when it is blank."""
    value = _value(dossier, place, sheet, row)
    return f"{place.partition('.')[2]}：{value}" if value else ""


def _value(dossier: Dossier, place: str, sheet: str, row: Record) -> str:
    """Return a field as text: of the row itself where it is of the same sheet, else of the sheet's first row."""
    other, _, field = place.partition(".")
    if other == sheet:
        return as_text(row.get(field))
    rows = _rows_of(dossier, other)
    return as_text(rows[0].get(field)) if rows else ""
