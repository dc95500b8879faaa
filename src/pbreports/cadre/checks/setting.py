"""What every check may ask besides the candidacy itself, and how a candidate is called in a message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from pbreports import findings
from pbreports.cadre.dossier import Dossier, Sheets
from pbreports.cadre.outcome import end_of
from pbreports.cadre.workdays import Workdays
from pbreports.scheme.cadres import REVIEWS, TEAMS
from pbreports.scheme.model.cadre import CadreStep
from pbreports.values import CellRef, Finding


@dataclass(frozen=True, slots=True)
class Setting:
    """The day of each candidacy's ages, the parameters, the steps it must go through, the working days, all sheets."""

    days: Mapping[str, date]
    as_of: date
    names: Mapping[str, Any] = field(repr=False)
    steps: Mapping[str, Sequence[CadreStep]] = field(repr=False)
    workdays: Workdays = field(repr=False)
    sheets: Sheets = field(repr=False)

    def day(self, one: Dossier) -> date:
        """Return the day by which a candidate's ages and resume are reckoned."""
        return self.days.get(one.code, self.as_of)

    def number(self, name: str) -> int:
        """Return a parameter that is a whole number."""
        return int(self.names[name])

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the paragraphs that the inspection's texts must have."""
        return tuple(self.names["考察评语必有段落"])


def who(one: Dossier) -> str:
    """Return how a candidate is called in a message: by name and code, since two may share a name."""
    return f"{one.name}（{one.code}）"


def tell(code: str, where: CellRef, one: Dossier, **words: object) -> Finding:
    """Return a finding about one candidacy."""
    return replace(say(code, where, **{"谁": who(one), **words}), subject=one.code)


def say(code: str, where: CellRef, **words: object) -> Finding:
    """Return a finding about what several candidacies share."""
    return findings.finding(code, where, "", kind=None, **words)


def is_written(one: Dossier) -> bool:
    """Whether the inspection's paper has its date, or a meeting has already decided: its parts must be there.

    Of a candidacy that was ended nothing more is asked.
    """
    if end_of(one):
        return False
    return one.told(TEAMS, "考察材料日期") is not None or one.told(REVIEWS, "讨论决定日期") is not None
