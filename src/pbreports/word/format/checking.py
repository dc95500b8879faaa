"""Checks the form of a paper against the format profile."""

from __future__ import annotations

from pbreports.faults import Fault
from pbreports.scheme.profile import Profile
from pbreports.word.format.checks import CHECKS, FOR_FORMS
from pbreports.word.format.collecting import Collected
from pbreports.word.format.elements import paper_of
from pbreports.word.format.paper import Kind, Paper


def check_format(data: bytes, profile: Profile, name: str = "") -> tuple[Fault, ...]:
    """Return what is wrong with the form of a Word document, whoever made it.

    Raises:
        TemplateError: when it is no Word document, is damaged, or locked; ``name`` is what the message calls it.
    """
    return check_paper(paper_of(data, name), profile)


def check_paper(paper: Paper, profile: Profile) -> tuple[Fault, ...]:
    """Return what is wrong with the form of a paper that has been read."""
    found = Collected(profile)
    for check in FOR_FORMS if paper.kind is Kind.FORM else CHECKS:
        check(paper, found)
    return found.faults()
