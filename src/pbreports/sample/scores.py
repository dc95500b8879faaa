"""The assessment groups' points: two rounds, every indicator, and what comes of them by the district's method.

The method (points and bonus per round, rounds weighted, stars by thresholds, ceilings) is the one the scheme declares
in its parameters; the ceilings keep two branches below five stars although their points reach further.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from pbreports.sample.district import District, Organisation
from pbreports.sample.honours import Honours
from pbreports.sample.plan import PLAN
from pbreports.sample.rows import dice

ROUNDS = ("第一轮", "第二轮")
WEIGHTS = (Decimal("0.4"), Decimal("0.6"))
HALF = Decimal("0.5")
_FULL_POINTS = (
    "A1 5 A2 5 A3 5 A4 5 B1 5 B2 5 B3 4 B4 3 B5 3 C1 8 C2 4 C3 4 C4 4 D1 4 D2 4 D3 6 D4 6 E1 4 E2 4 E3 5 E4 4 E5 3"
)
INDICATORS: Mapping[str, int] = dict(zip(_FULL_POINTS.split()[::2], map(int, _FULL_POINTS.split()[1::2]), strict=True))
"""The indicators and their full points, as the scheme's list has them."""

_SPANS = {5: ("90.6", "97.0"), 4: ("80.8", "89.2"), 3: ("70.8", "79.2"), 2: ("61.0", "69.0"), 1: ("55.0", "59.0")}


@dataclass(frozen=True, slots=True)
class Score:
    """What a branch was given: points by round and indicator, bonus, satisfaction, and the star that comes of it."""

    points: tuple[Mapping[str, Decimal], Mapping[str, Decimal]]
    bonus: Decimal
    satisfaction: Decimal
    negative: str
    star: int
    last_star: int | None

    def round_total(self, number: int) -> Decimal:
        """Return the score of a round, bonus included."""
        return sum(self.points[number].values(), Decimal(0)) + self.bonus

    @property
    def total(self) -> Decimal:
        """The year's score."""
        return sum((self.round_total(number) * weight for number, weight in enumerate(WEIGHTS)), Decimal(0))


def score(district: District, honours: Honours) -> Mapping[str, Score]:
    """Return the score of every rated branch."""
    chance = dice(district.seed, "评星")
    ranked = _ranked(district, honours, chance)
    young = next(one for one in ranked if one.is_new)
    ranked.remove(young)
    levels = list(_levels())
    found = {}
    for one, level in zip((young, *ranked), levels, strict=True):
        found[one.code] = _score(level, dice(district.seed, "得分", one.code))
    return _with_last_year(found, young.code)


def _ranked(district: District, honours: Honours, chance: Random) -> list[Organisation]:
    """Return the rated branches, the more their school has to show the nearer to the front."""
    weights = {one.code: honours.standing(one.unit.code) + chance.uniform(0, 6) for one in district.rated}
    return sorted(district.rated, key=lambda one: -weights[one.code])


@dataclass(frozen=True, slots=True)
class _Level:
    """The star that points reach, the star that is given, and what keeps the one below the other."""

    reached: int
    given: int
    negative: str = ""
    content: bool = True


def _levels() -> Iterator[_Level]:
    """Yield the level of each branch in order."""
    stars = PLAN.stars
    yield _Level(5, 4)  # founded less than twelve months ago
    yield from [_Level(5, 5)] * 12
    yield _Level(5, 4, "X08")  # not five stars, whatever the points
    yield from [_Level(5, 5)] * (stars.five - 12)
    yield from [_Level(4, 4)] * (stars.four - 2)
    yield _Level(4, 3, content=False)  # fewer content than a four-star branch needs
    yield _Level(4, 2, "X13")  # one item that decides alone
    yield from [_Level(3, 3)] * (stars.three - 1)
    yield from [_Level(2, 2)] * (stars.two - 1)
    yield from [_Level(1, 1)] * stars.one


def _score(level: _Level, chance: Random) -> Score:
    bonus = Decimal(chance.choice((0, 2, 2, 3, 4) if level.reached == 5 else (0, 0, 0, 2)))
    low, high = (Decimal(limit) for limit in _SPANS[level.reached])
    wanted = low + (high - low) * Decimal(chance.randrange(1, 100)) / 100
    lift = chance.choice((Decimal(0), HALF, Decimal(1)))
    bases = [_halves(wanted - bonus - lift), _halves(wanted - bonus + lift * 2 / 3)]
    points = tuple(_points(100 - min(base, Decimal(100)), chance) for base in bases)
    content = Decimal(chance.randrange(905, 998)) / 10 if level.content else Decimal("87.6")
    return Score((points[0], points[1]), bonus, content, level.negative, level.given, None)


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


def _with_last_year(found: Mapping[str, Score], young: str) -> dict[str, Score]:
    """Return the scores with last year's stars: most as now, some higher or lower, none for the young one."""
    five = [code for code, one in found.items() if one.star == 5]
    lower = [code for code, one in found.items() if one.star < 5 and code != young]
    withdrawn = set(lower[: PLAN.stars.plaques_withdrawn])
    kept = set(five[: PLAN.stars.five_last_year - PLAN.stars.plaques_withdrawn])
    return {code: replace(one, last_star=_last_star(code, one, kept, withdrawn, young)) for code, one in found.items()}


def _last_star(code: str, one: Score, kept: set[str], withdrawn: set[str], young: str) -> int | None:
    if code == young:
        return None
    if code in kept or code in withdrawn:
        return 5
    chance = dice("上年", code)
    change = chance.choices((-1, 0, 1), (25, 60, 15))[0]
    return max(1, min(4, one.star + change))
