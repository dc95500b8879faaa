"""How ballots are counted: the words of the grades, what they are worth, whom a table must not give away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pbreports.errors import PbreportsError
from pbreports.scheme.cadres import BALLOTS, TEAM_BALLOTS
from pbreports.scheme.model import Sheet

Grades = Mapping[str, tuple[str, ...]]
"""The words of the grades, the best first, by what is asked: 总体, 德, 能, 勤, 绩, 廉, 班子."""

OVERALL, TEAM, ABSTAINED = "总体", "班子", "弃权"
FIELDS: Mapping[str, str] = {OVERALL: "总体评价", **{item: item for item in "德能勤绩廉"}}
"""The field of a ballot in which each question about a person is answered."""
TEAM_FIELD = "班子评价"


@dataclass(frozen=True, slots=True)
class BallotRule:
    """How ballots are counted.

    ``weights`` are those of the divisions, ``points`` what their grades are worth (no points for an abstention),
    ``kinds`` the weights of the kinds of ballots. Fewer than ``fewest`` voters are not shown by themselves. A table is
    flagged where more percent than ``worst_line`` chose the last grade, or fewer than ``good_line`` one of the first two.
    """

    grades: Grades
    weights: Mapping[str, Decimal]
    points: Mapping[str, Decimal]
    kinds: Mapping[str, Decimal]
    fewest: int
    worst_line: Decimal
    good_line: Decimal

    @property
    def divisions(self) -> tuple[str, ...]:
        """What is asked about a person besides the whole."""
        return tuple(item for item in self.grades if item not in (OVERALL, TEAM))


def grades_of(sheets: Mapping[str, Sheet]) -> Grades:
    """Return the words of the grades as the scheme's ballots have them."""
    slip = sheets[BALLOTS].by_name
    team = sheets[TEAM_BALLOTS].by_name[TEAM_FIELD]
    return {**{item: slip[name].options for item, name in FIELDS.items()}, TEAM: team.options}


def ballot_rule(grades: Grades, names: Mapping[str, Any]) -> BallotRule:
    """Return how ballots are counted by the scheme's parameters.

    Raises:
        PbreportsError: when a division has no weight, or a grade of one no points.
    """
    divisions = [item for item in grades if item not in (OVERALL, TEAM)]
    weights, points = tuple(names["测评分项权重"]), dict(names["测评分项分值"])
    if len(weights) != len(divisions):
        what = f"有{len(weights)}项，分项是{'、'.join(divisions)}"
        raise PbreportsError("参数 测评分项权重", what, "请按分项的次序一项写一个")
    for item in divisions:
        for word in grades[item]:
            if word != ABSTAINED and word not in points:
                raise PbreportsError("参数 测评分项分值", f"没有写“{word}”折合多少分", "请补上")
    return BallotRule(
        grades=grades,
        weights=dict(zip(divisions, weights, strict=True)),
        points=points,
        kinds=dict(names["测评票种权重"]),
        fewest=int(names["票种合并人数"]),
        worst_line=names["不称职提示线"],
        good_line=names["优称率提示线"],
    )
