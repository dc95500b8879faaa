"""What the district's schools were named, awarded and shown for: demonstration schools, brands, observation points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pbreports.sample.district import District, School
from pbreports.sample.plan import BRANDS, HONOURED_SCHOOL, PLAN, YEAR, Brand
from pbreports.sample.rows import dice

MUNICIPAL, OF_DISTRICT = "市级", "区级"
PHASES = ("重点培育", "示范引领", "整体推进")
_FIRST_HALVES = "党旗 红烛 初心 先锋 匠心 薪火 红帆 星火 朝阳 清风".split()
_SECOND_HALVES = "映校园 育桃李 润童心 伴成长 照杏坛 引前行 筑梦想 树新风 暖讲台 铸师魂".split()


@dataclass(frozen=True, slots=True)
class Naming:
    """A school named a demonstration school of party building."""

    school: School
    level: str
    on: date
    number: str
    revoked: date | None = None

    @property
    def phase(self) -> str:
        """The phase of the three years it fell into."""
        return PHASES[min(max(self.on.year - YEAR + 2, 0), 2)]


@dataclass(frozen=True)
class Honours:
    """The honours of the district; schools by unit code."""

    namings: tuple[Naming, ...]
    brands: Mapping[str, Brand]
    nurtured: tuple[School, ...]
    observed: tuple[School, ...]
    honoured: School

    @property
    def route(self) -> tuple[School, ...]:
        """The observation points that the meeting visited."""
        return self.observed[: PLAN.on_route]

    @property
    def speakers(self) -> tuple[School, ...]:
        """The schools whose secretaries spoke at the meeting."""
        return self.observed[PLAN.on_route : PLAN.on_route + PLAN.speakers]

    @cached_property
    def named_now(self) -> Mapping[str, Naming]:
        """This year's namings by unit code."""
        return {one.school.code: one for one in self.namings if one.on.year == YEAR}

    def standing(self, code: str) -> int:
        """Return how much a unit has to show; branches of units with more are rated higher."""
        named = any(one.school.code == code and not one.revoked for one in self.namings)
        seen = any(one.code == code for one in self.observed)
        brand = self.brands.get(code)
        return 2 * named + 3 * seen + 2 * bool(brand and brand.honour) + 4 * (self.honoured.code == code)


def award(district: District) -> Honours:
    """Return the district's honours."""
    chance = dice(district.seed, "命名")
    able = [one for one in district.reporting if one.kind == "独立" and not one.mark.startswith("新")]
    schools = chance.sample(able, len(able))
    namings = tuple(_namings(schools))
    named = {one.school.code for one in namings}
    free = [one for one in schools if one.code not in named]
    this_year = [one.school for one in namings if one.on.year == YEAR and one.level == MUNICIPAL]
    branded = [district.by_name[brand.school] for brand in BRANDS if brand.honour == MUNICIPAL]
    observed = list(dict.fromkeys([*branded, *this_year]))[: PLAN.observed]
    return Honours(
        namings=namings,
        brands=dict(_brands(district)),
        nurtured=tuple(free[:9]),
        observed=tuple(observed),
        honoured=district.by_name[HONOURED_SCHOOL],
    )


def _namings(schools: Sequence[School]) -> Iterator[Naming]:
    """Go through all namings since the year before the three; the last one was revoked and counts nowhere."""
    left = iter(schools)
    counts = {
        MUNICIPAL: (PLAN.municipal_before, *PLAN.municipal_named),
        OF_DISTRICT: (PLAN.district_before, *PLAN.district_named),
    }
    for level, numbers in counts.items():
        for year, count in enumerate(numbers, YEAR - 3):
            for _ in range(count):
                yield _naming(next(left), level, year)
    yield Naming(next(left), OF_DISTRICT, date(YEAR - 1, 11, 8), f"任教工委〔{YEAR - 1}〕21号", date(YEAR, 6, 30))


def _naming(school: School, level: str, year: int) -> Naming:
    if level == MUNICIPAL:
        return Naming(school, level, date(year, 11, 12), f"济教工委〔{year}〕18号")
    return Naming(school, level, date(year, 10, 22), f"任教工委〔{year}〕19号")


def _brands(district: District) -> Iterator[tuple[str, Brand]]:
    """Yield a brand for each unit that has one; a few have none yet."""
    public = {district.by_name[brand.school].code: brand for brand in BRANDS}
    yield from public.items()
    names = [f"{first}{second}" for first in _FIRST_HALVES for second in _SECOND_HALVES]
    order = dice(district.seed, "品牌").sample(names, len(names))
    for number, school in enumerate(one for one in district.reporting if one.kind in ("独立", "联合牵头")):
        if school.code not in public and number % 16 != 13:
            yield school.code, Brand(school.short_name, order.pop())
