"""Checks the texts of a paper by all rules."""

from __future__ import annotations

from collections.abc import Iterator

from pbreports.faults import Fault
from pbreports.scheme.profile import Profile
from pbreports.word.format.paper import Kind, Paper
from pbreports.word.format.texts.annexes import remarks_on_annexes
from pbreports.word.format.texts.counts import remarks_on_counts
from pbreports.word.format.texts.dates import remarks_on_dates
from pbreports.word.format.texts.document_numbers import remarks_on_numbers
from pbreports.word.format.texts.figures import remarks_on_figures
from pbreports.word.format.texts.headings import remarks_on_headings
from pbreports.word.format.texts.punctuation import remarks_on_punctuation
from pbreports.word.format.texts.remarks import Remark, faults_of
from pbreports.word.format.texts.repeats import remarks_on_repeats
from pbreports.word.format.texts.unfilled import remarks_on_blanks
from pbreports.word.format.texts.words import words


def check_texts(paper: Paper, profile: Profile) -> tuple[Fault, ...]:
    """Return what is wrong with the texts of a paper."""
    return faults_of(remarks_on(paper), profile)


def remarks_on(paper: Paper) -> Iterator[Remark]:
    """Yield all remarks on the texts of a paper; a form is read for its words and marks alone."""
    lists = words()
    yield from remarks_on_numbers(paper)
    if paper.kind is not Kind.FORM:
        yield from remarks_on_headings(paper)
        yield from remarks_on_dates(paper, lists)
        yield from remarks_on_annexes(paper)
        yield from remarks_on_counts(paper, lists)
        yield from remarks_on_figures(paper, lists)
    yield from remarks_on_punctuation(paper)
    yield from remarks_on_repeats(paper, lists)
    yield from remarks_on_blanks(paper)
