"""What the assessment groups entered, and their workbooks: one for each group and round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal

from pbreports.excel.scoring import Assessed, scoring_name, scoring_plan, scoring_workbook
from pbreports.sample.bureau_stars import group_of
from pbreports.sample.district import Organisation
from pbreports.sample.plan import ROUND_DAYS
from pbreports.sample.rows import Row, Sheets, row
from pbreports.sample.scores import INDICATORS, ROUNDS, Score
from pbreports.sample.story import Story
from pbreports.scheme import Scheme

MEASURING = "第三考评组"
"""The group that enters what it measured for some indicators, and leaves the points to the program."""

_TIMES_LATE, _RATES = "D4", ("B1", "B3", "C4")


def assessment_rows(story: Story) -> Sheets:
    """Return the records of points and reviews, both rounds of all groups."""
    rated = [(one, story.scores[one.code]) for one in story.district.rated]
    return {
        "考评打分": [line for number in (0, 1) for one, score in rated for line in _points(one, score, number)],
        "轮次评议": [_review(one, score, number) for number in (0, 1) for one, score in rated],
    }


def assessment_files(story: Story, scheme: Scheme) -> Mapping[str, bytes]:
    """Return the groups' workbooks by their path below the year's folder."""
    rows = assessment_rows(story)
    book = next(one for one in scheme.bureau.values() if one.scoring)
    groups: dict[str, list[Assessed]] = {}
    for one in story.district.rated:
        groups.setdefault(group_of(one), []).append(Assessed(one.code, one.name))
    plans = [scoring_plan(scheme, book, name, group, groups[group]) for name in ROUNDS for group in sorted(groups)]
    return {f"{book.name}/{scoring_name(plan)}": scoring_workbook(plan, rows) for plan in plans}


def _points(one: Organisation, score: Score, number: int) -> Iterator[Row]:
    day = ROUND_DAYS[number][0] + timedelta(days=one.order % 12)
    for key, points in score.points[number].items():
        measured = _measured(key, points) if group_of(one) == MEASURING else None
        entered = {"考评分": points} if measured is None else {"核查值": measured}
        yield row(轮次=ROUNDS[number], 党组织代码=one.code, 指标代码=key, 考评日期=day, **entered)


def _measured(key: str, points: Decimal) -> Decimal | None:
    """Return what was measured: reports that were late, or the rate; ``None`` where the group gave points itself."""
    missing = INDICATORS[key] - points
    if key == _TIMES_LATE and missing == missing.to_integral():
        return missing
    if key in _RATES:
        return (points * 100 / INDICATORS[key]).quantize(Decimal("0.1"))
    return None


def _review(one: Organisation, score: Score, number: int) -> Row:
    return row(
        轮次=ROUNDS[number],
        党组织代码=one.code,
        评议分=score.satisfaction - number,
        群众满意率=score.satisfaction,
        减分=0,
    )
