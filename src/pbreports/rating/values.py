"""What a rating is: points, rounds, the clauses gone through, and what comes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from pbreports.values import CellRef, Finding, Record, Scalar

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


@dataclass(frozen=True, slots=True)
class Given:
    """Points for one indicator, or one bonus, with the row and the field that give them."""

    points: Decimal
    record: Record
    field: str

    @property
    def where(self) -> CellRef:
        """The cell of the points."""
        return self.record.cell(self.field)


@dataclass(frozen=True, slots=True)
class Step:
    """One clause of a rating: its name, what it came to, and the rows and fields it rests on."""

    clause: str
    text: str
    rests_on: tuple[tuple[Record, str], ...] = ()

    @property
    def cells(self) -> tuple[CellRef, ...]:
        """The cells it rests on."""
        return tuple(record.cell(name) for record, name in self.rests_on)


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

    record: Record
    field: str
    reason: str
    meeting: str
    day: Scalar

    @property
    def words(self) -> str:
        """Return who decided and why."""
        return f"{self.meeting}：{self.reason}"


@dataclass(frozen=True, slots=True)
class Rating:
    """How a branch was rated; stars are ``None`` as long as they are not known.

    ``first`` is the star that the score reaches, ``capped`` after the ceilings, ``placed`` after the places were given
    out, ``star`` after the meeting's change.
    """

    code: str
    unit: str
    name: str
    rounds: tuple[RoundScore, ...]
    score: Score | None
    state: State
    remark: str = ""
    rank: int | None = None
    first: int | None = None
    capped: int | None = None
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

    ``places`` is how many may have the highest star, ``tables`` the derived tables by name.
    """

    ratings: tuple[Rating, ...]
    findings: tuple[Finding, ...]
    approved: bool
    places: int | None
    tables: Mapping[str, tuple[Record, ...]]
