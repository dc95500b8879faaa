"""Reads the points that were given: by round, branch and indicator, and the bonuses; what cannot count is a finding."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pbreports.rating.indicators import Indicator
from pbreports.rating.saying import listed, said
from pbreports.rating.values import Given
from pbreports.scheme.language import Facts
from pbreports.scheme.model.rating import BonusPoints, GivenPoints, RatingRule
from pbreports.values import Finding, Record, Scalar

Key = tuple[str, str]
"""A branch's code and the name of a round."""


@dataclass
class Reading:
    """The points read so far by branch and round, with what is wrong about them.

    ``names`` are the rated branches by code, ``roster`` all codes of the roster. ``told`` holds the points that were
    given and do not count, each with a finding of its own; ``contradicted`` those of them that were given twice.
    ``awaited`` are the branches and rounds of which the group of assessors has said nothing, ``named`` those of which
    there is a row, be it without points.
    """

    rule: RatingRule
    names: Mapping[str, str]
    roster: frozenset[str]
    points: dict[Key, dict[str, Given]] = field(default_factory=lambda: defaultdict(dict))
    bonuses: dict[Key, dict[str, Given]] = field(default_factory=lambda: defaultdict(dict))
    contradicted: set[tuple[str, str, str]] = field(default_factory=set)
    told: set[tuple[str, str, str]] = field(default_factory=set)
    awaited: set[Key] = field(default_factory=set)
    named: set[Key] = field(default_factory=set)
    found: list[Finding] = field(default_factory=list)

    def begun(self) -> set[Key]:
        """Return the branches and rounds of which there are points, those included that do not count."""
        return {key for key, points in self.points.items() if points} | self.named

    def whole(self, key: Key) -> dict[str, Given]:
        """Return the points of a branch in a round, without those that were given twice and differ."""
        points = self.points.get(key, {})
        if not self.contradicted:
            return points
        return {code: one for code, one in points.items() if (*key, code) not in self.contradicted}

    def note(self, code: str, record: Record, name: str, **words: object) -> None:
        """Note what is wrong with a field of a row."""
        self.found.append(said(code, record.cell(name), **words))

    def is_rated(self, record: Record) -> bool:
        """Whether a row is of a rated branch; noted when it is not (a blank has been noted where it was read)."""
        code = record.get(self.rule.rated.code)
        if code in self.names:
            return True
        if code is not None:
            self.note("P-03" if code in self.roster else "P-29", record, self.rule.rated.code, 对象=code)
        return False

    def place(self, record: Record, round_field: str) -> Key | None:
        """Return whose row it is, ``None`` (noted) when the branch is not rated or the round not declared."""
        if not self.is_rated(record):
            return None
        name = record.get(round_field)
        if name in {one.name for one in self.rule.rounds}:
            return str(record.get(self.rule.rated.code)), str(name)
        if name is not None:
            self.note("P-04", record, round_field, 轮次=name)
        return None


def read_points(reading: Reading, facts: Facts, indicators: Mapping[str, Indicator]) -> None:
    """Take in the rows of the sheet of points."""
    given, code_field, indicator_field = reading.rule.points, reading.rule.rated.code, reading.rule.indicators.code
    rounds = {one.name for one in reading.rule.rounds}
    for record in facts.rows(given.sheet):
        values = record.values
        code, name = values.get(code_field), values.get(given.round)
        if code not in reading.names or name not in rounds:
            reading.place(record, given.round)
            continue
        reading.named.add((code, name))  # type: ignore[arg-type]  # both are among known texts
        indicator = indicators.get(values.get(indicator_field))  # type: ignore[arg-type]  # a blank is no indicator
        if indicator is not None:
            _take(reading, (code, name), record, indicator)  # type: ignore[arg-type]  # both are among known texts
        elif values.get(indicator_field) is not None:
            reading.note("P-01", record, indicator_field, 指标=values.get(indicator_field))


def _take(reading: Reading, key: Key, record: Record, indicator: Indicator) -> None:
    """Keep the points of a row; of two rows that differ neither counts."""
    given = _points(reading, key, record, indicator)
    if given is None:
        return
    points = reading.points[key]
    before = points.setdefault(indicator.code, given)
    if before.points != given.points:
        words = {"支部": reading.names[key[0]], "轮次": key[1], "指标": indicator.code, "另一处": before.where}
        reading.note("P-05", record, given.field, 甲=before.points, 乙=given.points, **words)
        reading.contradicted.add((*key, indicator.code))
        reading.told.add((*key, indicator.code))


def _points(reading: Reading, key: Key, record: Record, indicator: Indicator) -> Given | None:
    """Return the points of a row: as given, else as what was measured says; none (noted) when they cannot count."""
    declared = reading.rule.points
    points, name = record.values.get(declared.points), declared.points
    measured = record.values.get(declared.measured) if declared.measured else None
    if isinstance(measured, Decimal):
        made = indicator.points_for(measured)
        if not _agree(reading, record, indicator, measured, made):
            reading.told.add((*key, indicator.code))
            return None
        if points is None:
            points, name = made, declared.measured
    if not isinstance(points, Decimal):
        return None
    if 0 <= points <= indicator.full:
        return Given(points, record, name)
    reading.note("P-02", record, name, 指标=indicator.code, 分=points, 满分=indicator.full)
    reading.told.add((*key, indicator.code))
    return None


def _agree(reading: Reading, record: Record, indicator: Indicator, measured: Decimal, made: Decimal | None) -> bool:
    """Whether a measured value can be used and says what the points say; noted when not."""
    given: GivenPoints = reading.rule.points
    points = record.values.get(given.points)
    words = {"指标": indicator.code, "核查值": measured}
    if made is None:
        reading.note("P-06", record, given.measured, 方式=indicator.kind, **words)
    elif isinstance(points, Decimal) and made != points:
        reading.note("P-07", record, given.points, 分=points, 应得=made, **words)
    else:
        return True
    return False


def await_groups(reading: Reading, facts: Facts) -> None:
    """Note the groups of assessors that have no points in a round of which others have: their branches wait for them.

    Else a workbook that has not come would leave its branches to be rated on the other rounds alone.
    """
    declared, code_field = reading.rule.groups, reading.rule.rated.code
    if declared is None:
        return
    members: dict[Scalar, dict[str, Record]] = defaultdict(dict)
    for row in facts.rows(declared.sheet):
        code = row.get(code_field)
        if code in reading.names and row.get(declared.group) is not None:
            members[row.get(declared.group)][str(code)] = row
    begun = reading.begun()
    for name in (one.name for one in reading.rule.rounds if any(key[1] == one.name for key in begun)):
        for group, rows in members.items():
            if not any((code, name) in begun for code in rows):
                reading.awaited |= {(code, name) for code in rows}
                names = [text for code, text in reading.names.items() if code in rows]
                words = {"轮次": name, "组": group, "个数": len(names), "支部": listed(names)}
                reading.note("P-32", next(iter(rows.values())), declared.group, **words)


def read_bonuses(reading: Reading, facts: Facts) -> None:
    """Take in the granted bonuses; of one matter in a round only the highest counts."""
    declared = reading.rule.bonus
    if declared is None:
        return
    most = {row.get(declared.code): row.get(declared.most) for row in facts.rows(declared.table)}
    for record in facts.rows(declared.sheet):
        key = reading.place(record, declared.round)
        points = record.get(declared.points)
        if key and isinstance(points, Decimal) and _bonus_counts(reading, record, declared, most, points):
            _put_bonus(reading, key, str(record.get(declared.matter)), Given(points, record, declared.points))


def _bonus_counts(
    reading: Reading, record: Record, declared: BonusPoints, most: Mapping[Scalar, Scalar], points: Decimal
) -> bool:
    code = record.get(declared.code)
    limit = most.get(code)
    if code not in most:
        reading.note("P-08", record, declared.code, 代码=code)
    elif isinstance(limit, Decimal) and not 0 <= points <= limit:
        reading.note("P-09", record, declared.points, 代码=code, 分=points, 分值=limit)
    else:
        return True
    return False


def _put_bonus(reading: Reading, key: Key, matter: str, given: Given) -> None:
    bonuses, plain = reading.bonuses[key], "".join(unicodedata.normalize("NFKC", matter).split())
    before = bonuses.get(plain)
    if before is None:
        bonuses[plain] = given
        return
    lower, higher = sorted((before, given), key=lambda one: one.points)
    bonuses[plain] = higher
    words = {"支部": reading.names[key[0]], "轮次": key[1], "事项": matter, "另一处": higher.where}
    reading.note("P-10", lower.record, lower.field, 分=higher.points, **words)
