"""The values that the papers about candidates are filled with, made when a paper asks for them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cached_property

from pbreports.cadre.ballots import Tally, grades_of, tally, tally_values
from pbreports.cadre.process import Progress, progress
from pbreports.cadre.values import batch_values, paper_order, person_values
from pbreports.errors import TemplateError
from pbreports.excel.bureau import read_bureau
from pbreports.pipeline.cadre.forms import whole_form
from pbreports.pipeline.cadre.inspecting import Case, Inspection
from pbreports.pipeline.cadre.naming import terms_of
from pbreports.pipeline.cadre.office import Office
from pbreports.pipeline.cadre.papers import Copy
from pbreports.scheme.cadres import POSTS, TEAM_BALLOTS
from pbreports.scheme.model.cadre import Each
from pbreports.scheme.papers import TITLE
from pbreports.scheme.roster import units_of
from pbreports.strokes import Supplements, read_supplements
from pbreports.values import Record
from pbreports.word.filling.pictures import InlineImage

PHOTO = "照片"


class Values:
    """Makes the values of papers from an inspection; a photo is read only for a paper that shows it."""

    def __init__(self, office: Office, inspection: Inspection) -> None:
        self._office, self._inspection = office, inspection
        self._terms = terms_of(office.year)
        self._grades = grades_of(office.year.scheme.sheets)

    def of(self, copy: Copy, uses: Collection[str], notices: list[str]) -> dict[str, object]:
        """Return the values of one copy for a template that ``uses`` these names; what is odd goes into ``notices``.

        Raises:
            PbreportsError: when the candidates cannot be put in order.
        """
        if copy.paper.each is Each.PERSON:
            case = copy.cases[0]
            photo = self._photo(case, notices) if PHOTO in uses else None
            return {**self._person(case, photo), TITLE: copy.title}
        return {**self._several(copy.cases), TITLE: copy.title}

    def _person(self, case: Case, photo: object = None) -> dict[str, object]:
        return person_values(
            case.dossier,
            day=case.day,
            terms=self._terms,
            tally=self._tally(case),
            progress=progress_of(case, self._inspection, self._office.as_of),
            photo=photo,
        )

    def _several(self, cases: Sequence[Case]) -> dict[str, object]:
        by_code = {one.dossier.code: one for one in cases}
        dossiers = [one.dossier for one in cases]
        where = self._office.rule.workbook
        posts = self._inspection.desk.records.get(POSTS, ())
        order = paper_order(dossiers, posts, self._supplements, where)
        people = [self._person(by_code[one.code]) for one in order]
        batches = {one.batch for one in order}
        teams = [one for one in self._inspection.desk.records.get(TEAM_BALLOTS, ()) if one.get("批次") in batches]
        tallies = [self._tally(by_code[one.code]) for one in order]
        told = tally_values(
            order,
            tallies,
            grades=self._grades,
            names=self._inspection.names,
            team_ballots=teams,
            schools=self._schools,
        )
        return {**batch_values(people, terms=self._terms), **told}

    def _tally(self, case: Case) -> Tally:
        return tally(case.dossier, grades=self._grades, names=self._inspection.names)

    def _photo(self, case: Case, notices: list[str]) -> object:
        """Return the photo of a candidate's form as a picture; one that cannot be shown is told of and left out."""
        photo = whole_form(self._office, case.form).photo if case.form else None
        if photo is None:
            return None
        try:
            return InlineImage(photo)
        except TemplateError:
            notices.append("任免表里的照片打不开，照片格空着。")
            return None

    @cached_property
    def _supplements(self) -> Supplements:
        names = self._office.year.scheme.heading.name_order
        rows = _beside(self._office, names.sheet) if names else ()
        return read_supplements(rows, names) if names else Supplements("")

    @cached_property
    def _schools(self) -> Mapping[str, str]:
        """The names of units by code."""
        scheme = self._office.year.scheme
        units = units_of(scheme, _beside(self._office, scheme.heading.roster.sheet))
        return {unit.code: unit.short_name for unit in units.all}


def progress_of(case: Case, inspection: Inspection, as_of: date) -> Progress:
    """Return how far a candidacy has come by a day."""
    return progress(case.dossier, case.steps, names=inspection.names, as_of=as_of, workdays=inspection.workdays)


def _beside(office: Office, sheet: str) -> tuple[Record, ...]:
    """Return the rows of one of the bureau's other sheets, none where its workbook is not here.

    Raises:
        PbreportsError: when the workbook cannot be opened.
    """
    scheme = office.year.scheme
    book = scheme.bureau[scheme.sheets[sheet].workbook]
    path = office.year.workspace.bureau_workbook(book.name)
    return read_bureau(path, book, scheme).records[sheet] if path.exists() else ()
