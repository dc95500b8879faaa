"""The democratic assessment counted: of each candidate and of each school's leaders, by kinds that may be shown.

Ballots go in, numbers come out: no ballot's number, and nothing of a group so small that a voter could be inferred.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pbreports.cadre.ballots.box import Box, Split, grouped, put_together
from pbreports.cadre.ballots.rule import FIELDS, OVERALL, TEAM, TEAM_FIELD, BallotRule, Grades, ballot_rule
from pbreports.cadre.dossier import Dossier
from pbreports.scheme.cadres import BALLOTS, BATCH, POLLS, TOTALS
from pbreports.scheme.language.wording import as_text
from pbreports.values import Record, Scalar

KIND, UNIT = "测评票种", "学校代码"


@dataclass(frozen=True, slots=True)
class Tally:
    """The assessment of one candidate.

    ``total`` is all ballots together; ``groups`` are the kinds as they may be shown, none where all together are fewer
    than may be. ``scores`` are the divisions' means by the points of their grades, ``score`` their weighted mean.
    ``weighted`` has the shares of the first grade and of the first two by the weights of the kinds. ``flags`` say which
    of the lines are crossed. ``doubled`` tells that both ballots and totals were given: the totals were taken.
    """

    code: str
    total: Box
    groups: tuple[Box, ...]
    scores: Mapping[str, Fraction | None] = field(repr=False)
    score: Fraction | None
    weighted: tuple[Fraction | None, Fraction | None]
    flags: tuple[str, ...] = ()
    doubled: bool = False


@dataclass(frozen=True, slots=True)
class TeamTally:
    """The assessment of one school's leaders as a whole; ``total`` and ``groups`` as of a candidate."""

    batch: str
    unit: str
    total: Box
    groups: tuple[Box, ...]


def tally(dossier: Dossier, *, grades: Grades, names: Mapping[str, Any]) -> Tally:
    """Return the assessment of a candidate: from its totals where it has any, else from its ballots.

    Raises:
        PbreportsError: when the scheme's parameters do not fit its grades.
    """
    rule = ballot_rule(grades, names)
    totals = dossier.of(TOTALS)
    boxes = tuple(_boxes(dossier, rule))
    total = put_together(boxes) if boxes else _nothing(rule, tuple(FIELDS))
    groups = grouped(boxes, rule.fewest)
    scores = {item: total.splits[item].score(rule.points) for item in rule.divisions}
    return Tally(
        code=dossier.code,
        total=total,
        groups=groups,
        scores=scores,
        score=_weighted((scores[item], rule.weights[item]) for item in rule.divisions),
        weighted=(_by_kinds(groups, total, rule, 1), _by_kinds(groups, total, rule, 2)),
        flags=tuple(_flags(total.overall, rule)),
        doubled=bool(totals and dossier.of(BALLOTS)),
    )


def team_tallies(ballots: Iterable[Record], *, grades: Grades, names: Mapping[str, Any]) -> tuple[TeamTally, ...]:
    """Return the assessment of each school's leaders in each batch, in the order in which they first come.

    Raises:
        PbreportsError: when the scheme's parameters do not fit its grades.
    """
    rule = ballot_rule(grades, names)
    found: dict[tuple[str, str], dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for ballot in ballots:
        whose = (as_text(ballot.get(BATCH)), as_text(ballot.get(UNIT)))
        found[whose][as_text(ballot.get(KIND))].append(ballot)
    return tuple(_team(batch, unit, kinds, rule) for (batch, unit), kinds in found.items())


def places(tallies: Iterable[Tally]) -> dict[str, int]:
    """Return each candidate's place by code: by the share of the first two grades, then of the first; equals share one.

    Those without ballots have none.
    """
    shares = {one.code: (one.total.overall.best(2), one.total.overall.best(1)) for one in tallies}
    known = {code: (two, one) for code, (two, one) in shares.items() if two is not None and one is not None}
    first: dict[tuple[Fraction, Fraction], int] = {}
    for place, share in enumerate(sorted(known.values(), reverse=True), 1):
        first.setdefault(share, place)
    return {code: first[share] for code, share in known.items()}


# ---------------------------------------------------------------- counting


def _boxes(dossier: Dossier, rule: BallotRule) -> Iterator[Box]:
    """Yield the ballots of each kind that was asked or voted, in the order of their words."""
    polls, votes = _by_kind(dossier.of(POLLS)), _by_kind(dossier.of(TOTALS) or dossier.of(BALLOTS))
    for kind in sorted({*polls, *votes}):
        told = votes.get(kind, ())
        if dossier.of(TOTALS):
            splits = {item: _added_up(told, item, rule.grades[item]) for item in FIELDS}
            valid = splits[OVERALL].cast
        else:
            splits = {item: _counted(told, name, rule.grades[item]) for item, name in FIELDS.items()}
            valid = len(told)
        box = _box(kind, polls.get(kind, ()), splits, valid)
        if valid or box.issued:
            yield box


def _by_kind(records: Iterable[Record]) -> Mapping[str, list[Record]]:
    found: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        found[as_text(record.get(KIND))].append(record)
    return found


def _counted(ballots: Iterable[Record], name: str, grades: Sequence[str]) -> Split:
    counts = Counter(ballot.get(name) for ballot in ballots)
    return Split({word: counts[word] for word in grades})


def _added_up(totals: Sequence[Record], item: str, grades: Sequence[str]) -> Split:
    own = [row for row in totals if row.get("测评项目") == item]
    return Split(
        {word: sum(_whole(row.get("票数")) or 0 for row in own if row.get("测评等次") == word) for word in grades}
    )


def _box(kind: str, polls: Sequence[Record], splits: Mapping[str, Split], valid: int) -> Box:
    invited, present, issued, returned, invalid = (
        _told(polls, f"测评{what}") for what in ("应到人数", "实到人数", "发票数", "收票数", "无效票数")
    )
    asked = [split.cast for split in splits.values() if split.cast] or [valid]
    sound = (
        None if issued is None or returned is None else returned <= issued,
        None if returned is None or invalid is None else valid + invalid == returned,
        all(cast == valid for cast in asked),
    )
    reasons = tuple(as_text(row.get("废票原因")) for row in polls if row.get("废票原因") is not None)
    return Box((kind,), invited, present, issued, returned, invalid, valid, splits, sound, reasons)


def _told(polls: Sequence[Record], name: str) -> int | None:
    numbers = [_whole(row.get(name)) for row in polls]
    return None if not numbers or None in numbers else sum(number or 0 for number in numbers)


def _whole(value: Scalar) -> int | None:
    return int(value) if isinstance(value, Decimal) else None


def _nothing(rule: BallotRule, items: Iterable[str]) -> Box:
    return Box((), None, None, None, None, None, 0, {item: _counted((), item, rule.grades[item]) for item in items})


def _team(batch: str, unit: str, kinds: Mapping[str, Sequence[Record]], rule: BallotRule) -> TeamTally:
    boxes = [
        _box(kind, (), {OVERALL: _counted(kinds[kind], TEAM_FIELD, rule.grades[TEAM])}, len(kinds[kind]))
        for kind in sorted(kinds)
    ]
    return TeamTally(batch, unit, put_together(boxes), grouped(boxes, rule.fewest))


# ---------------------------------------------------------------- what follows from the counts


def _by_kinds(groups: Sequence[Box], total: Box, rule: BallotRule, grades: int) -> Fraction | None:
    """Return the share of the best so many grades by the kinds' weights; of groups shown only, or it would tell more.

    Where no groups are shown it is the total's share; a kind without a weight leaves it open.
    """
    if not groups:
        return total.overall.best(grades)
    if any(kind not in rule.kinds for group in groups for kind in group.kinds):
        return None
    return _weighted(
        (group.overall.best(grades), sum((rule.kinds[kind] for kind in group.kinds), Decimal())) for group in groups
    )


def _weighted(parts: Iterable[tuple[Fraction | None, Decimal]]) -> Fraction | None:
    """Return the weighted mean, ``None`` when a part is missing or nothing weighs."""
    told = list(parts)
    whole = sum((Fraction(weight) for _, weight in told), Fraction())
    if not whole or any(value is None for value, _ in told):
        return None
    return sum((value * Fraction(weight) for value, weight in told if value is not None), Fraction()) / whole


def _flags(overall: Split, rule: BallotRule) -> Iterator[str]:
    worst, good = overall.worst(), overall.best(2)
    if worst is not None and worst * 100 > rule.worst_line:
        yield f"{overall.graded[-1]}超过{as_text(rule.worst_line)}%"
    if good is not None and good * 100 < rule.good_line:
        yield f"优称率低于{as_text(rule.good_line)}%"
