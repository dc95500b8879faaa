"""What the templates of the papers about candidates may name, before there is a candidate."""

from __future__ import annotations

from pathlib import Path

from pbreports.cadre.ballots import grades_of, tally_values
from pbreports.cadre.values import Terms, known_values
from pbreports.pipeline.year import Year
from pbreports.scheme.model.cadre import CadrePaper, Each
from pbreports.scheme.papers import TITLE

REGULATION = "规定名称"
"""What papers call the regulation that they rest on."""


def paper_of(year: Year, template: Path) -> CadrePaper | None:
    """Return the paper about candidates that a template is of, by its name and its folder's; ``None`` for others."""
    papers = year.scheme.cadre.papers if year.scheme.cadre else ()
    place = template.absolute().parts
    return next((one for one in papers if place[-len(Path(one.template).parts) :] == Path(one.template).parts), None)


def terms_of(year: Year) -> Terms:
    """Return what all papers about candidates share: the year's names, and the fields of the sheets kept apart."""
    sheets = {name: year.scheme.sheets[name] for name in year.scheme.private_sheets}
    fields = {name: tuple(field.name for field in sheet.fields) for name, sheet in sheets.items()}
    regulation = year.scheme.cadre.regulation if year.scheme.cadre else ""
    return Terms({**year.names_of_year(), REGULATION: regulation}, fields)


def names_of(year: Year, paper: CadrePaper) -> dict[str, object]:
    """Return what the template of a paper may name, with a value of each name's kind."""
    terms = terms_of(year)
    person, several = known_values(terms)
    if paper.each is Each.PERSON:
        return {**person, TITLE: ""}
    tallies = tally_values((), (), grades=grades_of(year.scheme.sheets), names=terms.names)
    return {**several, **tallies, TITLE: ""}
