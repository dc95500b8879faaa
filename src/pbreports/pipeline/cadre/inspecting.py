"""What is known of all candidacies, and what is wrong with it: the workbook, the forms, the rules and the checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pbreports.cadre.checks import examine
from pbreports.cadre.dossier import Dossier, dossiers
from pbreports.cadre.elements import Form
from pbreports.cadre.matching import match
from pbreports.cadre.workdays import Workdays, workdays_of
from pbreports.errors import PbreportsError
from pbreports.findings import merged
from pbreports.pipeline.cadre.blame import Blame, blame_of
from pbreports.pipeline.cadre.covering import covered
from pbreports.pipeline.cadre.forms import forms_of
from pbreports.pipeline.cadre.naming import terms_of
from pbreports.pipeline.cadre.office import Office
from pbreports.pipeline.cadre.reading import Desk, missing, read_desk
from pbreports.scheme.cadres import CANDIDATES, CONFIRMED, WORKDAYS
from pbreports.scheme.declare import Expression
from pbreports.scheme.language import Frame, Scene, Type, bind
from pbreports.scheme.language.bind import Run
from pbreports.scheme.model.cadre import CadreStep
from pbreports.validation import check_cadres
from pbreports.values import CellRef, Finding, Severity


@dataclass(frozen=True)
class Case:
    """One candidacy: what is known, the day by which ages are reckoned, its steps, the candidate's form.

    ``dated`` tells that the declaration gives that day; else it is the day of the run.
    """

    dossier: Dossier
    day: date
    steps: tuple[CadreStep, ...]
    form: Form | None = field(default=None, repr=False)
    dated: bool = True


@dataclass(frozen=True)
class Inspection:
    """All candidacies in the workbook's order, with what is wrong."""

    desk: Desk
    cases: tuple[Case, ...]
    findings: tuple[Finding, ...]
    blame: Blame
    names: Mapping[str, Any]
    workdays: Workdays

    @property
    def must_be_mended(self) -> bool:
        """Whether anything found is an error."""
        return any(one.severity is Severity.ERROR for one in self.findings)

    def expect_candidates(self) -> None:
        """Stop where there is nobody to write about.

        Raises:
            PbreportsError: the workbook names no candidate, or that page could not be read.
        """
        if not self.cases:
            remedy = "请填好“候选人”表；填了还这样的，运行 pbreports cadre check 看哪里读不出"
            raise PbreportsError("干部考察", "没有读到候选人", remedy)

    def faults(self) -> dict[str, tuple[Finding, ...]]:
        """Return the errors that concern each candidacy, by code."""
        found: dict[str, tuple[Finding, ...]] = {}
        for one in self.findings:
            for code in self.blame.of(one) if one.severity is Severity.ERROR else ():
                found[code] = (*found.get(code, ()), one)
        return found


def inspect(office: Office) -> Inspection:
    """Return what is known of all candidacies.

    Raises:
        PbreportsError: when there is no workbook, or it cannot be opened.
    """
    desk = read_desk(office.year, office.ledger)
    if not desk.there:
        lacking = missing(office.year)
        raise PbreportsError(str(lacking.where), lacking.message.rstrip("。"), lacking.remedy.rstrip("。"))
    _stop_at_unreadable(desk)
    people = tuple(dossiers(desk.records))
    asking = _Asking(office, desk)
    told = {one.code: asking.day(one) for one in people}
    days = {code: day or office.as_of for code, day in told.items()}
    steps = {one.code: asking.steps(one) for one in people}
    read = forms_of(office)
    matched = match(people, read.forms, desk.records.get(CONFIRMED, ()))
    workdays = workdays_of(desk.records.get(WORKDAYS, ()))
    home = CellRef(f"{office.year.workspace.private_inputs.name}/{office.rule.workbook}.xlsx")
    found = (
        *desk.findings,
        *check_cadres(office.year.rules, desk.facts(office.year), asking.names, home),
        *examine(
            people,
            days=days,
            as_of=office.as_of,
            names=asking.names,
            steps=steps,
            workdays=workdays,
            sheets=desk.records,
        ),
        *read.findings,
        *matched.findings,
    )
    cases = tuple(
        Case(one, days[one.code], steps[one.code], matched.forms.get(one.code), dated=told[one.code] is not None)
        for one in people
    )
    whose = {form.file: code for code, form in matched.forms.items()}
    blame = blame_of(desk.records, people, whose)
    return Inspection(desk, cases, merged(map(covered, found)), blame, asking.names, workdays)


def _stop_at_unreadable(desk: Desk) -> None:
    """Raise when the workbook is there but cannot be read: an empty one would say that there is nobody."""
    for one in desk.findings:
        if one.code.startswith("F-") and one.severity is Severity.ERROR:
            raise PbreportsError(str(one.where), one.message.rstrip("。"), one.remedy.rstrip("。"))


class _Asking:
    """Asks the expressions of the declaration on candidates' rows."""

    def __init__(self, office: Office, desk: Desk) -> None:
        self.names = terms_of(office.year).names
        self._frame = Frame(desk.facts(office.year), self.names)
        self._scene = Scene(office.year.vocabulary, CANDIDATES, district=True)
        self._day = self._bound(office.rule.as_of, Type.DATE)
        self._steps = [(one, self._bound(one.applies, Type.TRUTH)) for one in office.rule.steps]

    def _bound(self, expression: Expression | None, wanted: Type) -> Run | None:
        return bind(expression.text, self._scene, wanted).run if expression else None

    def day(self, one: Dossier) -> date | None:
        """Return the day by which the declaration reckons a candidate's ages, ``None`` while there is none."""
        found = self._day(self._frame.at(one.person.values)) if self._day else None
        return found if isinstance(found, date) else None

    def steps(self, one: Dossier) -> tuple[CadreStep, ...]:
        """Return the steps that a candidacy must go through."""
        here = self._frame.at(one.person.values)
        return tuple(step for step, applies in self._steps if applies is None or applies(here) is True)
