"""From scores to stars: the lines, the ceilings, the rank."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pbreports.rating.formulas import Clause, fixed
from pbreports.rating.results import result_row
from pbreports.rating.saying import listed, said
from pbreports.rating.scoring import Ground, shown
from pbreports.rating.values import BASIS_PAGE, Rating, State, Step
from pbreports.scheme.language import Facts, Frame
from pbreports.scheme.model.rating import Ceiling
from pbreports.values import CellRef, Finding, Record, Scalar

Line = tuple[int, Decimal | Fraction]
"""A star and the score from which on it is given."""

Keys = Mapping[str, tuple[Any, ...]]
"""What the branches with a score are compared by, by code."""


def starred(ground: Ground, ratings: Sequence[Rating]) -> tuple[list[Rating], list[Finding]]:
    """Return the ratings with the star that the score reaches and the one that the ceilings leave, and what is wrong.

    A clause that applies and does not say how high a branch may get leaves it open; where a clause cannot be asked for
    want of data, that is told once for all branches.
    """
    lines = _lines(ground)
    asking = _Asking(ground)
    stars = [asking.capped(_first(one, lines)) if one.score is not None else one for one in ratings]
    return stars, [*asking.found, *asking.unasked()]


def _lines(ground: Ground) -> list[Line]:
    values = [(star, fixed(run, ground.facts, ground.names)) for star, run in ground.formulas.lines]
    return sorted(((star, value) for star, value in values if isinstance(value, Decimal | Fraction)), reverse=True)


def _first(rating: Rating, lines: Sequence[Line]) -> Rating:
    assert rating.score is not None  # asked only of those that have one
    lowest = min(star for star, _ in lines) - 1
    reached = next(((star, line) for star, line in lines if rating.score >= line), None)
    if reached is None:
        text, star = f"{shown(rating.score)}分不到{shown(lines[-1][1])}分线，初定{lowest}星", lowest
    else:
        star = reached[0]
        text = f"{shown(rating.score)}分达到{shown(reached[1])}分线，初定{star}星"
    return replace(rating, state=State.SETTLED, first=star, capped=star, steps=(*rating.steps, Step("初定星级", text)))


@dataclass
class _Asking:
    """Asks the ceilings of one branch after the other; ``blank`` are the branches that a clause could not be asked of."""

    ground: Ground
    found: list[Finding] = field(default_factory=list)
    blank: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def capped(self, rating: Rating) -> Rating:
        """Return a rating under the strictest of the ceilings that apply; every one that applies is told."""
        reached = rating.first
        assert reached is not None  # the lines come before the ceilings
        hits = list(self._hits(rating))
        if not hits:
            return rating
        rating = replace(rating, steps=(*rating.steps, *(step for _, _, step in hits)))
        known = [star for _, star, _ in hits if star is not None]
        if len(known) < len(hits):
            return replace(rating, state=State.OPEN, remark="封顶的后果不明，待核对", capped=None)
        ceiling = min(known)
        clauses = tuple(name for name, star, _ in hits if star == ceiling)
        binding = clauses if ceiling < reached else ()
        return replace(rating, capped=min(ceiling, reached), ceiling=ceiling, clauses=clauses, ceilings=binding)

    def _hits(self, rating: Rating) -> Iterator[tuple[str, int | None, Step]]:
        frame = self.ground.frame().at(result_row(self.ground, rating))
        for clause in self.ground.formulas.ceilings:
            applies = clause.condition.run(frame)
            if applies is None:
                self.blank[clause.declared.name].append(rating.name)
            elif applies:
                yield self._hit(rating, clause, frame)

    def _hit(self, rating: Rating, clause: Clause, frame: Frame) -> tuple[str, int | None, Step]:
        rests_on = clause.condition.rests_on(self.ground.facts, frame.row)
        told = [text for one in rests_on if (text := _details(clause.declared, one.record, self.ground.facts))]
        words = "；".join(filter(None, (clause.declared.basis, *dict.fromkeys(told))))
        basis = f"（{words}）" if words else ""
        name, stars = clause.declared.name, clause.star.run(frame)
        unknown = clause.star.blanks(self.ground.facts, frame.row)
        if isinstance(stars, Decimal | Fraction) and not unknown:
            return name, int(stars), Step(name, f"最高{int(stars)}星{basis}", rests_on)
        where = next((one.where for one in (*unknown, *rests_on)), CellRef(BASIS_PAGE, rating.name))
        row = f"（{'；'.join(told)}）" if told else ""
        self.found.append(said("P-25", where, 支部=rating.name, 条款=name, 行=row))
        return name, None, Step(name, f"符合这一条，但查不出最高星级{basis}", rests_on)

    def unasked(self) -> Iterator[Finding]:
        """Go through the clauses that could not be asked of some branches."""
        for clause, names in self.blank.items():
            words = {"条款": clause, "个数": len(names), "支部": listed(names)}
            yield said("P-26", CellRef(BASIS_PAGE), **words)


def _details(clause: Ceiling, record: Record, facts: Facts) -> str:
    """Return in words what a row says that a clause rests on: X08 党员受党纪处分 教纪〔2020〕8号."""
    values = (_detail(name, record, facts) for name in clause.details)
    return " ".join(str(value) for value in values if value is not None)


def _detail(name: str, record: Record, facts: Facts) -> Scalar:
    """Return a field of a row, or of the row of a constant table that has the same code."""
    table, _, field_name = name.rpartition(".")
    if not table:
        return record.get(name)
    for row in facts.rows(table):
        common = row.values.keys() & record.values.keys()
        if common and all(row.get(one) == record.get(one) for one in common):
            return row.get(field_name)
    return None


def strangers(ground: Ground, rated: Mapping[str, str], roster: frozenset[str]) -> Iterator[Finding]:
    """Go through the rows that ceilings rest on and whose branch is not on the roster: they would be lost unseen."""
    code = ground.rule.rated.code
    sheets = {sheet for one in ground.formulas.ceilings for sheet, links in one.condition.sheets if code in links}
    for sheet in sorted(sheets - {ground.rule.rated.sheet, ground.rule.points.sheet}):
        for record in ground.facts.rows(sheet):
            value = record.get(code)
            if value is not None and value not in rated and value not in roster:
                yield said("P-29", record.cell(code), 对象=value)


def ranked(ground: Ground, ratings: Sequence[Rating]) -> tuple[list[Rating], Keys]:
    """Return the ratings with their rank among those with a score, and by code what they are compared by.

    Equal ones have the same rank; the order of official lists decides nothing here.
    """
    keys = {one.code: _key(ground, one) for one in ratings if one.score is not None}
    rank: dict[tuple[Any, ...], int] = {}
    for number, key in enumerate(sorted(keys.values(), reverse=True), 1):
        rank.setdefault(key, number)
    return [replace(one, rank=rank[keys[one.code]]) if one.code in keys else one for one in ratings], keys


def _key(ground: Ground, rating: Rating) -> tuple[Any, ...]:
    frame = ground.frame().at(result_row(ground, rating))
    given = tuple(run(frame) for run in ground.formulas.ranked_by)
    return tuple(_comparable(value) for value in given or (rating.score,))


def _comparable(value: Scalar) -> tuple[bool, Any]:
    """Return a value so that a blank comes last."""
    return (value is not None, value if value is not None else 0)
