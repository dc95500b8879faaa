"""What both sides say of a filled workbook: our validator, and the 自检 sheet after LibreOffice has computed it."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import load_workbook

from office import Office
from pbreports.excel.intake import read_submission
from pbreports.pipeline.reading import with_computed
from pbreports.validation import asking
from selfcheck.district import Issue
from selfcheck.fillings import Filling

SHEET = "自检"
BROKEN, HELD, IDLE = "未通过", "通过", "不适用"
_COLUMNS = {"序号", "编码", "状态", "处数"}

_AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,{sheet}"
"""Comma, double quotes, UTF-8, from the first line on, as shown, and which sheet (LibreOffice help: CSV filter)."""


@dataclass(frozen=True)
class Verdict:
    """What one side says of a workbook: the state of each rule it looked at, and at how many places it is broken.

    ``partly`` are the rules of which the sheet leaves some clauses to the bureau: of them it may know too little, but
    what it calls broken must be.
    """

    states: Mapping[str, str]
    places: Mapping[str, int]
    partly: frozenset[str] = frozenset()

    @property
    def broken(self) -> frozenset[str]:
        """The codes of the broken rules."""
        return frozenset(code for code, state in self.states.items() if state == BROKEN)


@dataclass(frozen=True)
class Disagreement:
    """One rule of which the two sides say different things in one filling."""

    filling: Filling
    code: str
    ours: int
    theirs: str
    places: int

    def __str__(self) -> str:
        return f"{self.filling} {self.code}：校验程序{self.ours}处；自检“{self.theirs}”{self.places}处"


@dataclass
class Tally:
    """What a run has seen: in how many fillings each compiled rule was broken, and where the sides disagreed."""

    fillings: int = 0
    compiled: set[str] = field(default_factory=set)
    partly: set[str] = field(default_factory=set)
    broken: Counter[str] = field(default_factory=Counter)
    disagreements: list[Disagreement] = field(default_factory=list)

    def add(self, filling: Filling, ours: Verdict, theirs: Verdict) -> None:
        """Note what both sides say of a filling."""
        self.fillings += 1
        self.compiled |= theirs.states.keys() - theirs.partly
        self.partly |= theirs.partly
        self.broken.update(ours.broken & theirs.states.keys())
        self.disagreements += compared(filling, ours, theirs)

    def seldom(self, least: int) -> dict[str, int]:
        """Return the compiled rules that were broken in fewer fillings, with how many."""
        return {code: self.broken[code] for code in sorted(self.compiled) if self.broken[code] < least}


def compared(filling: Filling, ours: Verdict, theirs: Verdict) -> list[Disagreement]:
    """Return where the two verdicts differ, over the rules that the sheet holds."""
    return [
        Disagreement(filling, code, ours.places.get(code, 0), state, theirs.places.get(code, 0))
        for code, state in theirs.states.items()
        if not _agree(state, broken=code in ours.broken, partly=code in theirs.partly)
    ]


def _agree(state: str, *, broken: bool, partly: bool) -> bool:
    if state == BROKEN or (partly and state in (HELD, IDLE)):
        return broken or state != BROKEN
    return state in (HELD, IDLE) and not broken


def our_verdict(data: bytes, issue: Issue) -> Verdict:
    """Return what our reader and validator say of a workbook.

    The rules are asked before consequences are folded behind their cause: which of several broken rules a return
    speaks of is another matter than which are broken.

    Raises:
        AssertionError: when the workbook was not even recognised.
    """
    year, period, background = issue.year, issue.period, issue.background
    received = read_submission(data, year.scheme, background.units, period, file="报送.xlsx", facts=background.facts)
    assert received.submission, received.findings
    submission = with_computed(received.submission, year, background, period)
    names = {**year.names(period), "本单位代码": issue.unit.code, "本单位种类": issue.unit.kind}
    frame = asking._frame(submission, background.facts, names)
    places = Counter(rule.code for rule in year.rules.workbook for _ in asking._asked(rule, frame, submission))
    for finding in received.findings:
        places[finding.code] += finding.count
    return Verdict(dict.fromkeys(places, BROKEN), places)


def their_verdicts(office: Office, sources: Sequence[Path], folder: Path) -> list[Verdict]:
    """Return what the 自检 sheets of workbooks say once LibreOffice has computed them anew, in the same order.

    LibreOffice writes that sheet alone, as CSV, so that it computes no more than the sheet rests on.
    """
    places = {source: load_workbook(source, read_only=True).sheetnames.index(SHEET) + 1 for source in sources}
    found: dict[Path, Verdict] = {}
    for place in sorted(set(places.values())):
        chosen = [source for source in sources if places[source] == place]
        targets = office.convert_all(chosen, _AS_CSV.format(sheet=place), folder, f"-{SHEET}")
        found |= {source: read_verdict(target) for source, target in zip(chosen, targets, strict=True)}
    return [found[source] for source in sources]


def read_verdict(path: Path) -> Verdict:
    """Return what a 自检 sheet saved as CSV says; of a rule with several lines, the worst.

    Lines with a number are checked by the sheet, those without are left to the bureau.
    """
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    header = next(number for number, row in enumerate(rows) if set(row) >= _COLUMNS)
    lines = [dict(zip(rows[header], row, strict=False)) for row in rows[header + 1 :]]
    numbered = [line for line in lines if line["序号"].isdigit()]
    states: dict[str, str] = {}
    places: Counter[str] = Counter()
    for line in numbered:
        code, state = line["编码"], line["状态"]
        states[code] = max(states.get(code, IDLE), state, key=_gravity)
        places[code] += int(line["处数"]) if line["处数"].isdigit() else 0
    left = {line["编码"] for line in lines if not line["序号"].isdigit()}
    return Verdict(states, places, frozenset(left & states.keys()))


def _gravity(state: str) -> int:
    """Return how much a state outweighs others; one that is none of them (a formula's error) outweighs all."""
    ranks = [IDLE, HELD, BROKEN]
    return ranks.index(state) if state in ranks else len(ranks)
