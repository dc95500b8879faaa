"""Random fillings of issued workbooks: the sample's right answers, spoilt by cases of the rules and by chance.

The same seed and number give the same filling, whatever was made before. What the program's reader repairs but a
formula cannot see (numbers and dates stored as text, full-width digits, blanks around a word, moved columns) is not
among the changes: there the two sides differ by design, and the school is told that its cell was put right.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from random import Random

from pbreports.scheme.roster import Unit
from rules.casebook import Case, RulesOfYear, all_cases
from selfcheck.adapting import Adapter, Manner
from selfcheck.chance import slips
from selfcheck.district import District, Issue
from selfcheck.drafts import Change, Draft, InForce

KINDS = {"独立": 12, "联合牵头": 4, "机关": 4, "镇街党总支": 2, "联合成员": 1, "无党组织": 1}
"""How many of 24 fillings are of units of each kind."""

TARGETS = 12
"""How many cases are laid over the answers of one filling."""

WHOLE = 10
"""Each how many-th filling is issued with all the empty lines of the scheme."""

MANNERS = (*(Manner.AMONG,) * 5, *(Manner.ALONE,) * 3, Manner.BARE)

SHY = dict.fromkeys(
    "V-O15 V-L04 V-E01 V-E02 V-T06 V-A02 V-I01 V-I05 V-G11 V-S06 V-O07 V-E10 V-O10 V-K01".split(), 4
) | (
    dict.fromkeys(
        "V-M12 V-P05 V-P06 V-P09 V-O05 V-P03 V-T04 V-I04 V-R05 V-R06 V-R07 V-R08 V-R04 V-C01 V-C02 V-L05 V-M16 V-D08 V-T02 V-E06 V-T01 V-A01 V-A06".split(),
        2,
    )
)
"""How much oftener than others the rules are aimed at that chance hardly breaks, or whose cases often miss."""


@dataclass(frozen=True)
class Filling:
    """One filling: whose workbook it is and what is changed in its right answers, in order."""

    number: int
    unit: Unit
    changes: tuple[Change, ...]

    def __str__(self) -> str:
        return f"{self.number} {self.unit.code} {self.unit.short_name}"

    def only(self, changes: Sequence[Change]) -> Filling:
        """Return the same filling with some of its changes."""
        return replace(self, changes=tuple(changes))


@dataclass(frozen=True, repr=False)
class Generator:
    """Makes the fillings of a seed."""

    district: District
    rules: RulesOfYear
    seed: int

    @cached_property
    def cases(self) -> dict[str, tuple[Case, ...]]:
        """The cases that are about one workbook, by code."""
        found = [case for case in all_cases() if case.sheets]
        return {code: tuple(case for case in found if case.code == code) for code in {one.code: 0 for one in found}}

    def filling(self, number: int) -> Filling:
        """Return the filling of a number, of a unit and with cases drawn by lot."""
        dice = Random(f"{self.seed}/{number}")
        unit = self._unit(dice)
        draft = self.district.draft(unit)
        cases = [self._case(code, draft, dice) for code in self._aims(dice)]
        changes = [*self._laid(cases, unit, draft, dice, MANNERS), *slips(self.rules.scheme, draft, dice)]
        if dice.random() < 0.5:
            dice.shuffle(changes)
        return Filling(number, unit, tuple(changes))

    def of_kind(self, kind: str, codes: Sequence[str], manner: Manner) -> Filling:
        """Return a filling of the largest unit of a kind that breaks some rules, as their first cases do."""
        dice = Random(f"{self.seed}/{kind}")
        unit = max(
            self.district.kinds[kind], key=lambda one: len(self.district.draft(one).sheets.get("党组织情况", ()))
        )
        draft = self.district.draft(unit)
        cases = [next(case for case in self._fitting(code, draft) if case.hits) for code in codes]
        return Filling(1, unit, tuple(self._laid(cases, unit, draft, dice, (manner,))))

    def draft(self, filling: Filling) -> Draft:
        """Return the draft of a filling."""
        draft = self.district.draft(filling.unit, slim=filling.number % WHOLE > 0)
        for change in filling.changes:
            change.apply(draft)
        return draft

    def workbook(self, filling: Filling) -> tuple[bytes, Issue]:
        """Return the filled workbook of a filling and what it was issued from."""
        draft = self.draft(filling)
        issue = self.district.issue(filling.unit, draft)
        return self.district.workbook(issue, draft), issue

    def _unit(self, dice: Random) -> Unit:
        kind = dice.choices(list(KINDS), list(KINDS.values()))[0]
        return dice.choice(self.district.kinds[kind])

    def _aims(self, dice: Random) -> list[str]:
        """Return the rules a filling aims at, drawn by their weights without putting back (Efraimidis, Spirakis)."""
        return heapq.nlargest(TARGETS, self.cases, key=lambda code: dice.random() ** (1 / SHY.get(code, 1)))

    def _fitting(self, code: str, draft: Draft) -> list[Case]:
        return [case for case in self.cases[code] if set(case.sheets) <= set(draft.sheets)]

    def _case(self, code: str, draft: Draft, dice: Random) -> Case | None:
        """Return a case of a rule that the unit's sheets have room for, mostly one that breaks it."""
        fitting = self._fitting(code, draft)
        breaking = [case for case in fitting if case.hits]
        chosen = breaking if dice.random() < 0.85 else fitting
        return dice.choice(chosen) if chosen else None

    def _laid(
        self, cases: Iterable[Case | None], unit: Unit, draft: Draft, dice: Random, manners: Sequence[Manner]
    ) -> Iterator[Change]:
        """Yield the changes that lay cases over a unit's answers."""
        others = [one.code for one in self.district.desk.units if one.code != unit.code]
        adapter = Adapter(self.rules.scheme, unit, dice.sample(others, 6), draft)
        for case in filter(None, cases):
            names = self.rules._names(case)
            yield from (InForce(name, names[name]) for name in case.fixed)
            yield from adapter.changes(case, dice, dice.choice(manners))
