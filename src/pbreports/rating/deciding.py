"""What meetings have decided about branches: changes of results, choices among equals, the approval of all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pbreports import findings
from pbreports.rating.scoring import Ground
from pbreports.rating.values import Decision, Rating
from pbreports.scheme.model.rating import Adjustments, Settled
from pbreports.values import CellRef, Finding, Record, Scalar


@dataclass
class Decisions:
    """The decisions by branch, with what is wrong about them; ``settled`` says who of equal ones was chosen."""

    adjustments: dict[str, tuple[int, Decision]] = field(default_factory=dict)
    settled: dict[str, tuple[bool, Decision]] = field(default_factory=dict)
    found: list[Finding] = field(default_factory=list)

    def note(self, code: str, where: CellRef, **words: object) -> None:
        """Note what is wrong with a decision."""
        self.found.append(findings.finding(code, where, kind=findings.CATALOGUE[code], **words))


def decisions_of(ground: Ground, ratings: Sequence[Rating]) -> Decisions:
    """Return what meetings have decided; of two decisions for one branch none applies."""
    made = Decisions()
    names = {one.code: one.name for one in ratings}
    rule = ground.rule
    if rule.adjustments:
        for code, record in _single(ground, rule.adjustments.sheet, names, made).items():
            star = record.get(rule.adjustments.star)
            if isinstance(star, Decimal):
                made.adjustments[code] = (int(star), _decision(record, rule.adjustments, rule.adjustments.star))
    if rule.settled:
        for code, record in _single(ground, rule.settled.sheet, names, made).items():
            chosen = record.get(rule.settled.chosen)
            if isinstance(chosen, bool):
                made.settled[code] = (chosen, _decision(record, rule.settled, rule.settled.chosen))
    for code in made.adjustments.keys() & made.settled.keys():
        where = made.settled[code][1].record.cell(rule.rated.code)
        other = made.adjustments.pop(code)[1].record.cell(rule.rated.code)
        del made.settled[code]
        made.note("P-15", where, 支部=names[code], 另一处=other)
    return made


def _single(ground: Ground, sheet: str, names: Mapping[str, str], made: Decisions) -> dict[str, Record]:
    """Return the row of each branch on a sheet of decisions, leaving out those that have two."""
    by_code: dict[str, list[Record]] = defaultdict(list)
    code_field = ground.rule.rated.code
    for record in ground.facts.rows(sheet):
        by_code[str(record.get(code_field))].append(record)
    found = {}
    for code, records in by_code.items():
        if code not in names:
            made.note("P-03", records[0].cell(code_field), 对象=code)
        elif len(records) > 1:
            made.note("P-14", records[1].cell(code_field), 支部=names[code], 另一处=records[0].cell(code_field))
        else:
            found[code] = records[0]
    return found


def _decision(record: Record, declared: Adjustments | Settled, name: str) -> Decision:
    reason, meeting = (str(record.get(one) or "") for one in (declared.reason, declared.meeting))
    return Decision(record, name, reason, meeting, record.get(declared.day))


def drop_idle_adjustments(ratings: Sequence[Rating], decisions: Decisions) -> None:
    """Note the changes that cannot apply, and forget them: above a ceiling, or of a branch without a score."""
    by_code = {one.code: one for one in ratings}
    for code, (star, decision) in list(decisions.adjustments.items()):
        rating = by_code[code]
        ceiling = min((rating.capped, star)) if rating.capped is not None and rating.ceilings else star
        if rating.score is None:
            decisions.note("P-18", decision.record.cell(decision.field), 支部=rating.name, 原因=rating.remark)
        elif ceiling < star:
            words = {"支部": rating.name, "星级": star, "最高": rating.capped, "原因": "、".join(rating.ceilings)}
            decisions.note("P-16", decision.record.cell(decision.field), **words)
        else:
            continue
        del decisions.adjustments[code]


def approval_of(ground: Ground, year: int) -> Record | None:
    """Return the row that says that a meeting has approved the year's results, ``None`` when there is none."""
    declared = ground.rule.approval
    if declared is None:
        return None
    rows = ground.facts.rows(declared.sheet)
    mine = [
        row
        for row in rows
        if row.get(declared.year) == year and row.get(declared.meeting) and _is_day(row.get(declared.day))
    ]
    return mine[-1] if mine else None


def _is_day(value: Scalar) -> bool:
    return value is not None
