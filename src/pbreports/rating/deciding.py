"""What meetings have decided about branches: changes of results, choices among equals, the approval of all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pbreports.rating.reading import Reading
from pbreports.rating.saying import said
from pbreports.rating.scoring import Ground
from pbreports.rating.values import Decision, Rating, Spot
from pbreports.scheme.model.rating import Adjustments, Settled
from pbreports.values import CellRef, Finding, Record


@dataclass
class Decisions:
    """The decisions by branch, with what is wrong about them; ``settled`` says who of equal ones was chosen.

    ``unclear`` are the branches of which more was settled than one thing: they wait until it is clear.
    """

    adjustments: dict[str, tuple[int, Decision]] = field(default_factory=dict)
    settled: dict[str, tuple[bool, Decision]] = field(default_factory=dict)
    unclear: set[str] = field(default_factory=set)
    found: list[Finding] = field(default_factory=list)

    def note(self, code: str, where: CellRef, **words: object) -> None:
        """Note what is wrong with a decision."""
        self.found.append(said(code, where, **words))

    def star_of(self, code: str) -> int:
        """Return the star that a meeting gives a branch, 0 when it gives none."""
        return self.adjustments[code][0] if code in self.adjustments else 0


def decisions_of(ground: Ground, reading: Reading, ratings: Sequence[Rating]) -> Decisions:
    """Return what meetings have decided and can be carried out; the rest is noted.

    Of two decisions for one branch none applies.
    """
    made, rule = Decisions(), ground.rule
    if rule.adjustments:
        for code, record in _single(ground, rule.adjustments.sheet, reading, made).items():
            star = record.get(rule.adjustments.star)
            if isinstance(star, Decimal):
                made.adjustments[code] = (int(star), _decision(record, rule.adjustments, rule.adjustments.star))
    if rule.settled:
        for code, record in _single(ground, rule.settled.sheet, reading, made).items():
            chosen = record.get(rule.settled.chosen)
            if isinstance(chosen, bool):
                made.settled[code] = (chosen, _decision(record, rule.settled, rule.settled.chosen))
    _drop_quarrelling(made, reading.names)
    _drop_idle(ratings, made)
    return made


def _single(ground: Ground, sheet: str, reading: Reading, made: Decisions) -> dict[str, Record]:
    """Return the row of each branch on a sheet of decisions, leaving out those that have two."""
    by_code: dict[str, list[Record]] = defaultdict(list)
    code_field = ground.rule.rated.code
    for record in ground.facts.rows(sheet):
        if reading.is_rated(record):
            by_code[str(record.get(code_field))].append(record)
    found = {}
    for code, records in by_code.items():
        if len(records) > 1:
            words = {"支部": reading.names[code], "另一处": records[0].cell(code_field)}
            made.note("P-14", records[1].cell(code_field), **words)
            made.unclear |= {code} if ground.rule.settled and sheet == ground.rule.settled.sheet else set()
        else:
            found[code] = records[0]
    return found


def _decision(record: Record, declared: Adjustments | Settled, name: str) -> Decision:
    reason, meeting = (str(record.get(one) or "") for one in (declared.reason, declared.meeting))
    return Decision(Spot(record, name), reason, meeting, record.get(declared.day))


def _drop_quarrelling(decisions: Decisions, names: Mapping[str, str]) -> None:
    """Note the branches decided about on both sheets, and forget what was decided."""
    for code in [one for one in decisions.settled if one in decisions.adjustments]:
        adjusted = decisions.adjustments.pop(code)[1]
        settled = decisions.settled.pop(code)[1]
        decisions.unclear.add(code)
        decisions.note("P-15", settled.where, 支部=names[code], 另一处=adjusted.where)


def _drop_idle(ratings: Sequence[Rating], decisions: Decisions) -> None:
    """Note the changes that cannot apply, and forget them: above a ceiling, or of a branch without a score."""
    for one in ratings:
        if one.code not in decisions.adjustments:
            continue
        star, decision = decisions.adjustments[one.code]
        if one.capped is None:
            decisions.note("P-18", decision.where, 支部=one.name, 原因=one.remark)
        elif one.ceiling is not None and one.ceiling < star:
            words = {"支部": one.name, "星级": star, "最高": one.ceiling, "原因": "、".join(one.clauses)}
            decisions.note("P-16", decision.where, **words)
        else:
            continue
        del decisions.adjustments[one.code]


def approval_of(ground: Ground, year: int) -> Record | None:
    """Return the row that says that a meeting has approved the year's results, ``None`` when there is none."""
    declared = ground.rule.approval
    if declared is None:
        return None
    needed = (declared.meeting, declared.day)
    rows = [
        row
        for row in ground.facts.rows(declared.sheet)
        if row.get(declared.year) == year and all(row.get(name) is not None for name in needed)
    ]
    return rows[-1] if rows else None


def approved_otherwise(ground: Ground, approval: Record | None, ratings: Sequence[Rating]) -> tuple[Finding, ...]:
    """Return a finding when the meeting approved another number of highest stars than there are now."""
    declared, places = ground.rule.approval, ground.rule.places
    if approval is None or declared is None or places is None or not declared.number:
        return ()
    number, now = approval.get(declared.number), sum(one.star == places.star for one in ratings)
    if number is None or number == now:
        return ()
    return (said("P-28", approval.cell(declared.number), 审定=number, 现在=now),)
