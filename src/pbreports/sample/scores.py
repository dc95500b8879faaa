"""The assessment groups' points: two rounds, every indicator, and what comes of them by the district's method.

The outcome of every branch is planned (what its points reach, what it is given, and why the one is not the other); the
points are then drawn to lead there. The program's own rating works the outcome out anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from random import Random

from pbreports.sample.district import District, Organisation
from pbreports.sample.honours import Honours
from pbreports.sample.plan import CUT_AT, PLAN, TIED_AT
from pbreports.sample.rows import dice

ROUNDS = ("第一轮", "第二轮")
WEIGHTS = (Decimal("0.4"), Decimal("0.6"))
HALF = Decimal("0.5")
_FULL_POINTS = (
    "A1 5 A2 5 A3 5 A4 5 B1 5 B2 5 B3 4 B4 3 B5 3 C1 8 C2 4 C3 4 C4 4 D1 4 D2 4 D3 6 D4 6 E1 4 E2 4 E3 5 E4 4 E5 3"
)
INDICATORS: Mapping[str, int] = dict(zip(_FULL_POINTS.split()[::2], map(int, _FULL_POINTS.split()[1::2]), strict=True))
"""The indicators and their full points, as the scheme's list has them."""

_Span = tuple[str, str]
_SPANS: Mapping[int, _Span] = {
    5: ("90.6", "97.0"),
    4: ("80.8", "89.2"),
    3: ("70.8", "79.2"),
    2: ("61.0", "69.0"),
    1: ("55.0", "59.0"),
}
_BEST, _SECOND, _THIRD = ("95.6", "97.0"), ("93.4", "95.0"), ("90.6", "92.8")
"""Where the years' scores of the branches lie that compete for their school's places: apart, whatever is drawn."""


class Case(Enum):
    """What is particular about how a branch came to its star."""

    PLAIN = "按得分"
    YOUNG = "成立不足12个月"
    NEGATIVE = "命中负面清单"
    DISCONTENT = "群众满意率不足"
    CUT = "超出名额"
    PICKED = "并列入选"
    REFUSED = "并列落选"
    LOWERED = "人工调整"
    SAME_MATTER = "同一事项不重复加分"


@dataclass(frozen=True, slots=True)
class Score:
    """What a branch was given: points by round and indicator, bonus, satisfaction, and the star that comes of it."""

    points: tuple[Mapping[str, Decimal], Mapping[str, Decimal]]
    bonus: Decimal
    satisfaction: Decimal
    negative: str
    star: int
    last_star: int | None
    case: Case

    def round_total(self, number: int) -> Decimal:
        """Return the score of a round, bonus included."""
        return sum(self.points[number].values(), Decimal(0)) + self.bonus

    @property
    def total(self) -> Decimal:
        """The year's score."""
        return sum((self.round_total(number) * weight for number, weight in enumerate(WEIGHTS)), Decimal(0))


@dataclass(frozen=True, slots=True)
class _Level:
    """The star that points reach, the star that is given, and what keeps the one below the other."""

    reached: int
    given: int
    case: Case = Case.PLAIN
    negative: str = ""
    span: _Span | None = None
    bonus: int | None = None


def score(district: District, honours: Honours) -> Mapping[str, Score]:
    """Return the score of every rated branch."""
    levels = {one.code: level for one, level in _set_apart(district)}
    free = [one.code for one in _ranked(district, honours, dice(district.seed, "评星")) if one.code not in levels]
    levels |= zip(free, _levels(), strict=True)
    found = {code: _score(level, dice(district.seed, "得分", code)) for code, level in levels.items()}
    return _with_last_year(_with_equals(found, district.seed))


def _ranked(district: District, honours: Honours, chance: Random) -> list[Organisation]:
    """Return the rated branches, the more their school has to show the nearer to the front."""
    weights = {one.code: honours.standing(one.unit.code) + chance.uniform(0, 6) for one in district.rated}
    return sorted(district.rated, key=lambda one: -weights[one.code])


def _set_apart(district: District) -> Iterator[tuple[Organisation, _Level]]:
    """Yield the branches whose outcome hangs on who they are: the young one, and the rivals within two schools."""
    yield next(one for one in district.rated if one.is_new), _Level(5, 4, Case.YOUNG)
    cut = (_Level(5, 5, span=_BEST), _Level(5, 5, span=_SECOND), _Level(5, 4, Case.CUT, span=_THIRD))
    tied = (
        _Level(5, 5, span=_BEST),
        _Level(5, 5, Case.PICKED, span=_SECOND),
        _Level(5, 4, Case.REFUSED, span=_SECOND),
    )
    yield from zip(district.rated_at(CUT_AT), cut, strict=True)
    yield from zip(district.rated_at(TIED_AT), tied, strict=True)


def _levels() -> Iterator[_Level]:
    """Yield the level of each of the other branches in order; those set apart have four of the fives, three fours."""
    stars = PLAN.stars
    yield from [_Level(5, 5)] * 11
    yield _Level(5, 5, Case.SAME_MATTER, bonus=3)
    yield _Level(5, 4, Case.NEGATIVE, "X08")  # not five stars, whatever the points
    yield from [_Level(5, 5)] * (stars.five - 4 - 12)
    yield from [_Level(4, 4)] * (stars.four - 3 - 1)
    yield _Level(4, 3, Case.DISCONTENT)  # fewer content than a four-star branch needs
    yield _Level(4, 3, Case.LOWERED)  # a meeting took one star away
    yield _Level(4, 2, Case.NEGATIVE, "X13")  # one item that decides alone
    yield from [_Level(3, 3)] * (stars.three - 2)
    yield from [_Level(2, 2)] * (stars.two - 1)
    yield from [_Level(1, 1)] * stars.one


def _score(level: _Level, chance: Random) -> Score:
    drawn = Decimal(chance.choice((0, 2, 2, 3, 4) if level.reached == 5 else (0, 0, 0, 2)))
    bonus = drawn if level.bonus is None else Decimal(level.bonus)
    low, high = (Decimal(limit) for limit in level.span or _SPANS[level.reached])
    wanted = low + (high - low) * Decimal(chance.randrange(1, 100)) / 100
    lift = chance.choice((Decimal(0), HALF, Decimal(1)))
    bases = [_halves(wanted - bonus - lift), _halves(wanted - bonus + lift * 2 / 3)]
    points = tuple(_points(100 - min(base, Decimal(100)), chance) for base in bases)
    content = Decimal("87.6") if level.case is Case.DISCONTENT else Decimal(chance.randrange(905, 998)) / 10
    return Score((points[0], points[1]), bonus, content, level.negative, level.given, None, level.case)


def _halves(value: Decimal) -> Decimal:
    return (value * 2).quantize(Decimal(1)) / 2


def _points(missing: Decimal, chance: Random) -> Mapping[str, Decimal]:
    """Return the points of each indicator when so many are missing in all, at most half of one indicator's."""
    lost = dict.fromkeys(INDICATORS, Decimal(0))
    while missing > 0:
        name = chance.choice(tuple(INDICATORS))
        if lost[name] + HALF <= Decimal(INDICATORS[name]) / 2:
            lost[name] += HALF
            missing -= HALF
    return {name: INDICATORS[name] - lost[name] for name in INDICATORS}


def _with_equals(found: Mapping[str, Score], seed: int) -> dict[str, Score]:
    """Return the scores with the refused branch equal to the picked one in all that is compared, not in its points."""
    picked, refused = (
        next((code, one) for code, one in found.items() if one.case is case) for case in (Case.PICKED, Case.REFUSED)
    )
    chance = dice(seed, "并列", refused[0])
    first, second = (_points(100 - sum(one.values(), Decimal(0)), chance) for one in picked[1].points)
    equal = replace(refused[1], points=(first, second), bonus=picked[1].bonus, satisfaction=picked[1].satisfaction)
    return {**found, refused[0]: equal}


_FOUR_BEFORE = (Case.PICKED, Case.REFUSED)
"""The equal ones are equal in last year's star too."""


def _with_last_year(found: Mapping[str, Score]) -> dict[str, Score]:
    """Return the scores with last year's stars: most as now, some higher or lower, none for the young one."""
    usual = {code: one for code, one in found.items() if one.case not in (*_FOUR_BEFORE, Case.YOUNG)}
    five = [code for code, one in usual.items() if one.star == 5]
    lower = [code for code, one in usual.items() if one.star < 5]
    withdrawn = lower[: PLAN.stars.plaques_withdrawn]
    kept = five[: PLAN.stars.five_last_year - PLAN.stars.plaques_withdrawn]
    had_five = frozenset([*withdrawn, *kept])
    return {code: replace(one, last_star=_last_star(code, one, had_five)) for code, one in found.items()}


def _last_star(code: str, one: Score, had_five: frozenset[str]) -> int | None:
    if one.case is Case.YOUNG:
        return None
    if code in had_five:
        return 5
    if one.case in _FOUR_BEFORE:
        return 4
    change = dice("上年", code).choices((-1, 0, 1), (25, 60, 15))[0]
    return max(1, min(4, one.star + change))
