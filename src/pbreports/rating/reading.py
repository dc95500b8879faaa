"""Reads the points that were given: by round, branch and indicator, and the bonuses; what cannot count is a finding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pbreports import findings
from pbreports.rating.indicators import Indicator
from pbreports.rating.values import Given
from pbreports.scheme.language import Facts
from pbreports.scheme.model.rating import BonusPoints, GivenPoints, RatingRule
from pbreports.values import CellRef, Finding, Record

Key = tuple[str, str]
"""A branch's code and the name of a round."""


@dataclass
class Reading:
    """The points read so far by branch and round, with what is wrong about them."""

    rule: RatingRule
    names: Mapping[str, str]
    points: dict[Key, dict[str, Given]] = field(default_factory=lambda: defaultdict(dict))
    bonuses: dict[Key, dict[str, Given]] = field(default_factory=lambda: defaultdict(dict))
    contradicted: set[tuple[str, str, str]] = field(default_factory=set)
    found: list[Finding] = field(default_factory=list)

    def whole(self, key: Key) -> dict[str, Given]:
        """Return the points of a branch in a round, without those that were given twice and differ."""
        points = self.points.get(key, {})
        if not self.contradicted:
            return dict(points)
        return {code: one for code, one in points.items() if (*key, code) not in self.contradicted}

    def note(self, code: str, record: Record, name: str, **words: object) -> None:
        """Note what is wrong with a field of a row."""
        self.found.append(findings.finding(code, record.cell(name), kind=findings.CATALOGUE[code], **words))

    def place(self, record: Record, round_field: str) -> Key | None:
        """Return whose row it is, ``None`` (noted) when the branch is not rated or the round not declared."""
        code, name = str(record.get(self.rule.rated.code)), str(record.get(round_field))
        if code not in self.names:
            self.note("P-03", record, self.rule.rated.code, 对象=code)
        elif name not in {one.name for one in self.rule.rounds}:
            self.note("P-04", record, round_field, 轮次=name)
        else:
            return code, name
        return None


def read_points(reading: Reading, facts: Facts, indicators: Mapping[str, Indicator]) -> None:
    """Take in the rows of the sheet of points."""
    given = reading.rule.points
    rounds = {one.name for one in reading.rule.rounds}
    code_field, indicator_field = reading.rule.rated.code, reading.rule.indicators.code
    for record in facts.rows(given.sheet):
        values = record.values
        code, name = values.get(code_field), values.get(given.round)
        if code not in reading.names or name not in rounds:
            reading.place(record, given.round)
            continue
        indicator = indicators.get(str(values.get(indicator_field)))
        if indicator is None:
            reading.note("P-01", record, indicator_field, 指标=values.get(indicator_field))
            continue
        points = _points(reading, record, given, indicator)
        if points is not None:
            _put(reading, (str(code), str(name)), indicator.code, points)


def _points(reading: Reading, record: Record, given: GivenPoints, indicator: Indicator) -> Given | None:
    """Return the points of a row: as given, else as what was measured says; none (noted) when they cannot count."""
    points, name = record.values.get(given.points), given.points
    measured = record.values.get(given.measured) if given.measured else None
    if isinstance(measured, Decimal):
        made = indicator.points_for(measured)
        if made is None:
            reading.note(
                "P-06", record, given.measured, 指标=indicator.code, 值=measured, 方式=indicator.kind or "考评分"
            )
        elif isinstance(points, Decimal) and made != points:
            reading.note("P-07", record, given.points, 指标=indicator.code, 分=points, 核查值=measured, 应得=made)
            return None
        elif points is None:
            points, name = made, given.measured
    if not isinstance(points, Decimal):
        return None
    if not 0 <= points <= indicator.full:
        reading.note("P-02", record, name, 指标=indicator.code, 分=points, 满分=indicator.full)
        return None
    return Given(points, record, name)


def _put(reading: Reading, key: Key, code: str, given: Given) -> None:
    """Keep points; given twice and different, neither counts."""
    before = reading.points[key].get(code)
    if before is not None and before.points != given.points:
        words = {"支部": reading.names[key[0]], "轮次": key[1], "指标": code, "另一处": before.where}
        reading.note("P-05", given.record, given.field, 甲=before.points, 乙=given.points, **words)
        reading.contradicted.add((*key, code))
    else:
        reading.points[key][code] = given


def read_bonuses(reading: Reading, facts: Facts) -> None:
    """Take in the granted bonuses; of one matter in a round only the highest counts."""
    declared = reading.rule.bonus
    if declared is None:
        return
    most = {str(row.get(declared.code)): row.get(declared.most) for row in facts.rows(declared.table)}
    for record in facts.rows(declared.sheet):
        key = reading.place(record, declared.round)
        points = record.get(declared.points)
        if key and isinstance(points, Decimal) and _bonus_counts(reading, record, declared, most, points):
            _put_bonus(reading, key, str(record.get(declared.matter)), Given(points, record, declared.points))


def _bonus_counts(
    reading: Reading, record: Record, declared: BonusPoints, most: Mapping[str, object], points: Decimal
) -> bool:
    code = str(record.get(declared.code))
    limit = most.get(code)
    if code not in most:
        reading.note("P-08", record, declared.code, 代码=code)
    elif isinstance(limit, Decimal) and not 0 <= points <= limit:
        reading.note("P-09", record, declared.points, 代码=code, 分=points, 分值=limit)
    else:
        return True
    return False


def _put_bonus(reading: Reading, key: Key, matter: str, given: Given) -> None:
    before = reading.bonuses[key].get(matter)
    if before is None:
        reading.bonuses[key][matter] = given
        return
    lower, higher = sorted((before, given), key=lambda one: one.points)
    reading.bonuses[key][matter] = higher
    words = {"支部": reading.names[key[0]], "轮次": key[1], "事项": matter, "另一处": higher.where}
    reading.note("P-10", lower.record, lower.field, 分=higher.points, **words)


def note_gaps(reading: Reading, indicators: Iterable[str]) -> None:
    """Note the rounds of branches that lack indicators, the branches that lack a round, the rounds nobody has."""
    codes = tuple(indicators)
    held = {name for (_, name), points in reading.points.items() if points}
    for one in reading.rule.rounds:
        if one.name not in held:
            reading.found.append(findings.finding("P-12", _of_sheet(reading), 轮次=one.name))
    for code, branch in reading.names.items():
        for name in held:
            _note_gap(reading, (code, name), branch, codes)


def _of_sheet(reading: Reading) -> CellRef:
    return CellRef(reading.rule.points.sheet)


def _note_gap(reading: Reading, key: Key, branch: str, codes: tuple[str, ...]) -> None:
    points = reading.points.get(key)
    if not points:
        reading.found.append(findings.finding("P-13", _of_sheet(reading), 支部=branch, 轮次=key[1]))
        return
    there = reading.whole(key) if reading.contradicted else points
    lacking = [code for code in codes if code not in there]
    if lacking:
        record = next(iter(points.values())).record
        words = {"支部": branch, "轮次": key[1], "指标": "、".join(lacking)}
        reading.note("P-11", record, reading.rule.rated.code, **words)
