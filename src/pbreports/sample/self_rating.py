"""How schools rate themselves: near the assessors' points, and near what their own data suggest.

The suggestions are worked out by the scheme's own expressions on the unit's records, as a school would look at them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pbreports.sample.district import Organisation, School
from pbreports.sample.rows import Row, Sheets, dice, row
from pbreports.sample.scores import HALF, INDICATORS, ROUNDS, Score
from pbreports.sample.story import Story
from pbreports.sample.texts import TEXTS
from pbreports.scheme.computed import ComputedField, compute
from pbreports.scheme.language import Facts, Frame, Scene, Vocabulary, bind
from pbreports.values import Record

_SHEET = "星级自评"
_NEAR = Decimal("1.5")
_LIMITS = (90, 80, 70, 60)
CEILINGS = {"X08": 4, "X13": 2}
"""The most stars with the negative items that the sample's branches have."""


@dataclass(frozen=True)
class Adviser:
    """Works out what a unit's records suggest for each indicator."""

    vocabulary: Vocabulary
    computed: tuple[ComputedField, ...]
    names: Mapping[str, Any]
    bureau: Facts

    def suggestions(self, school: School, sheets: Sheets) -> Mapping[tuple[str, str], Decimal | None]:
        """Return the suggested points by branch and indicator, ``None`` where the data suggest nothing."""
        names = {**self.names, "本单位代码": school.code, "本单位种类": school.kind}
        raw = {name: [_record(name, school.code, one) for one in rows] for name, rows in sheets.items()}
        filled = compute(self.computed, raw, names, self.bureau, school.code)
        frame = Frame(Facts(filled, self.bureau), names, unit=school.code)
        run = bind("求值(星级指标.自动核对)", Scene(self.vocabulary, _SHEET)).run
        return {
            (str(one["党组织代码"]), name): _points(run(frame.at({**one, "指标代码": name, "学校代码": school.code})))
            for one in sheets["党组织情况"]
            for name in INDICATORS
        }


def _record(sheet: str, unit: str, values: Row) -> Record:
    return Record(sheet, unit, {**values, "学校代码": unit}, {}, "", "")


def _points(value: object) -> Decimal | None:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / value.denominator
    return value if isinstance(value, Decimal) else None


def rating_sheets(story: Story, school: School, sheets: Sheets, adviser: Adviser) -> Sheets:
    """Return the records of a unit's self-rating; ``sheets`` hold its other records."""
    rated = [one for one in story.district.of(school) if one.code in story.scores]
    suggested = adviser.suggestions(school, sheets) if rated else {}
    found: dict[str, list[Row]] = {_SHEET: [], "星级自评汇总": [], "负面清单自查": []}
    for number, name in enumerate(ROUNDS):
        for one in rated:
            points = {key: _own(story, one, number, key, suggested[one.code, key]) for key in INDICATORS}
            found[_SHEET] += _lines(one, name, points)
            found["星级自评汇总"].append(_total(one, name, points, story.scores[one.code]))
            found["负面清单自查"] += _negatives(one, name, story.scores[one.code])
    return dict(found)


def _own(story: Story, one: Organisation, number: int, key: str, suggested: Decimal | None) -> Decimal:
    """Return a branch's own points: the assessors', now and then half a point kinder, never far from its data."""
    kinder = HALF if dice(story.seed, "自评", one.code, number, key).random() < 0.3 else Decimal(0)
    full = Decimal(INDICATORS[key])
    own = min(full, story.scores[one.code].points[number][key] + kinder)
    if suggested is None:
        return own
    lowest = -((_NEAR - suggested) * 2 // 1) / 2
    highest = ((suggested + _NEAR) * 2 // 1) / 2
    return max(Decimal(0), min(full, max(lowest, min(highest, own))))


def _lines(one: Organisation, name: str, points: Mapping[str, Decimal]) -> Iterator[Row]:
    for key, own in points.items():
        yield row(
            轮次=name,
            党组织代码=one.code,
            指标代码=key,
            自评得分=own,
            扣分说明=TEXTS.deductions[key] if own < INDICATORS[key] else None,
            佐证材料编号=f"{key}-{one.order:03d}",
        )


def _total(one: Organisation, name: str, points: Mapping[str, Decimal], score: Score) -> Row:
    total = sum(points.values(), Decimal(0)) + score.bonus
    star = 5 - sum(total < limit for limit in _LIMITS)
    hit = name == ROUNDS[1] and score.negative
    ceiling = min(CEILINGS.get(hit or "", 5), 4 if one.is_new else 5)
    return row(
        轮次=name,
        党组织代码=one.code,
        加分事项="党建经验推广，见佐证材料" if score.bonus else None,
        申请加分=score.bonus,
        自评星级=min(star, ceiling),
    )


def _negatives(one: Organisation, name: str, score: Score) -> Iterator[Row]:
    for number in range(1, 16):
        item = f"X{number:02d}"
        hit = item == score.negative and name == ROUNDS[1]
        yield row(
            轮次=name,
            党组织代码=one.code,
            项目代码=item,
            是否存在=hit,
            起数=int(hit),
            认定文书文号=negative_number(item) if hit else None,
            整改状态="整改中" if hit else None,
            情况说明="已按认定文书制定整改方案，落实到责任岗位" if hit else None,
        )


def negative_number(item: str) -> str:
    """Return the document that established a negative item."""
    return f"任教工纪〔2020〕{int(item[1:])}号"
