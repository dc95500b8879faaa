"""What a rating is: points, rounds, the clauses gone through, and what comes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from pbreports.values import CellRef, Finding, Record, Scalar, Severity

TIE = "P-19"
"""The finding that a tie waits for a meeting."""

BASIS_PAGE = "星级评定依据"
"""Where the steps of every branch's rating are told: a page of the proof workbooks, by branch."""

EMPTY_CELLS: Mapping[str, str] = MappingProxyType({})
"""The cells of a derived row: it has none of its own."""

Score = Decimal | Fraction
"""A score is exact: weights of thirds give fractions."""


class State(Enum):
    """How a branch stands: settled, waiting for a meeting, or without a score."""

    SETTLED = "已定"
    OPEN = "待研究"
    UNRATED = "未评"


class Movement(Enum):
    """A star against last year's."""

    UP = "增星"
    SAME = "保星"
    DOWN = "摘星"
    FIRST = "首次定星"


class Plaque(Enum):
    """What becomes of the plaque of the highest star."""

    NEW = "新授牌"
    KEPT = "续牌"
    WITHDRAWN = "收牌"


class Given(NamedTuple):
    """Points for one indicator, or one bonus, with the row and the field that give them."""

    points: Decimal
    record: Record
    field: str

    @property
    def where(self) -> CellRef:
        """The cell of the points."""
        return self.record.cell(self.field)


class Spot(NamedTuple):
    """A row, and the field of it that a step rests on (empty: the row as a whole)."""

    record: Record
    field: str = ""

    @property
    def where(self) -> CellRef:
        """The cell."""
        return self.record.cell(self.field)


@dataclass(frozen=True, slots=True)
class Step:
    """One clause of a rating: its name, what it came to, and what it rests on."""

    clause: str
    text: str
    rests_on: tuple[Given | Spot, ...] = ()

    @property
    def cells(self) -> tuple[CellRef, ...]:
        """The cells it rests on."""
        return tuple(one.where for one in self.rests_on)


@dataclass(frozen=True, slots=True)
class RoundScore:
    """One round of one branch: points by indicator, bonuses that count, their sums, and the score (``None``: not whole)."""

    name: str
    points: Mapping[str, Given]
    bonuses: tuple[Given, ...]
    base: Decimal | None
    bonus: Decimal
    score: Score | None


@dataclass(frozen=True, slots=True)
class Decision:
    """A row in which a meeting has decided about a branch."""

    spot: Spot
    reason: str
    meeting: str
    day: Scalar

    @property
    def where(self) -> CellRef:
        """The cell that says what was decided."""
        return self.spot.where

    @property
    def words(self) -> str:
        """Return who decided and why."""
        return f"{self.meeting}：{self.reason}"


@dataclass(frozen=True, slots=True)
class Rating:
    """How a branch was rated; stars are ``None`` as long as they are not known.

    ``first`` is the star that the score reaches, ``capped`` after the ceilings, ``placed`` after the places were given
    out, ``star`` after the meeting's change. ``ceiling`` is the strictest of the ceilings that apply, whether or not it
    keeps the branch below what its score reaches; ``clauses`` names those as strict, ``ceilings`` them where they do.
    """

    code: str
    unit: str
    name: str
    rounds: tuple[RoundScore, ...]
    score: Score | None
    state: State
    short_name: str = ""
    remark: str = ""
    rank: int | None = None
    first: int | None = None
    capped: int | None = None
    ceiling: int | None = None
    clauses: tuple[str, ...] = ()
    ceilings: tuple[str, ...] = ()
    placed: int | None = None
    star: int | None = None
    last_star: int | None = None
    movement: Movement | None = None
    plaque: Plaque | None = None
    plaque_number: str | None = None
    adjustment: Decision | None = None
    settled: Decision | None = None
    extra: Mapping[str, Scalar] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()

    @property
    def single(self) -> bool:
        """Whether only some of the rounds have a score."""
        scored = sum(one.score is not None for one in self.rounds)
        return 0 < scored < len(self.rounds)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The ratings in official order, what is wrong with what they rest on, and whether a meeting approved them.

    ``places`` is how many may have the highest star (``None``: no limit), ``shared`` how many of them are shared out by
    unit (``None``: not shared out), ``tables`` the derived tables by name.
    """

    ratings: tuple[Rating, ...]
    findings: tuple[Finding, ...]
    approved: bool
    places: int | None
    tables: Mapping[str, tuple[Record, ...]]
    shared: int | None = None

    def must_act(self, finding: Finding) -> bool:
        """Whether a finding asks for mending, or for a meeting's decision."""
        return finding.severity is Severity.ERROR or finding.code == TIE
