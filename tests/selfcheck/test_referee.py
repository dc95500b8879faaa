"""The referee: LibreOffice and our validator name the same broken rules, and the referee could say otherwise.

The campaign's seed and number of fillings may be given as PBREPORTS_SEED and PBREPORTS_FILLINGS.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from openpyxl import load_workbook

from office import Office
from rules.casebook import year_of_rules
from rules.test_rule_cases import SCHEME
from selfcheck.adapting import Manner
from selfcheck.bench import Bench, Heard
from selfcheck.copies import planted
from selfcheck.district import district_in
from selfcheck.fillings import Filling, Generator
from selfcheck.referee import SHEET, Disagreement, Tally, their_verdicts

SEED, FILLINGS = 2020, 520
LEAST = 20
"""In how many fillings each compiled rule must be broken at least."""

FAMILIES = frozenset("V-G V-O V-M V-L V-E V-S V-D V-T V-P V-A V-C V-I V-K V-R".split())
LIE = "从未算过"


def bench_in(folder: Path, office: Office, seed: int) -> Bench:
    """Return the sample district with the office."""
    folder.mkdir(exist_ok=True)
    return Bench(Generator(district_in(folder / "district"), year_of_rules(SCHEME), seed), office, folder)


@pytest.fixture(scope="module")
def bench(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """Return the bench of the short form."""
    return bench_in(tmp_path_factory.mktemp("bench"), office, SEED)


@pytest.fixture(scope="module")
def heard(bench: Bench) -> list[Heard]:
    """Return what both sides say of a few fillings: one of each kind of unit, together breaking every family."""
    return bench.heard([bench.generator.of_kind(kind, *aims) for kind, aims in SHORT.items()])


SHORT = {
    "独立": ("V-O14 V-M13 V-L01 V-E04 V-S02 V-D01 V-T07 V-P04 V-A03 V-R08".split(), Manner.AMONG),
    "联合牵头": ("V-G06 V-O10 V-M01 V-I02 V-C02 V-P07 V-D02".split(), Manner.AMONG),
    "机关": ("V-O08 V-M11 V-T05 V-S08".split(), Manner.AMONG),
    "镇街党总支": ("V-O11 V-L05 V-E07 V-T08".split(), Manner.AMONG),
    "联合成员": ("V-O14 V-K01 V-I01 V-A04".split(), Manner.BARE),
    "无党组织": ("V-O14 V-C01 V-I03".split(), Manner.BARE),
}
"""The rules that the fillings of the short form shall break, by kind of unit, and how."""


@pytest.mark.render
def test_both_sides_name_the_same_broken_rules(heard: list[Heard]) -> None:
    """Of one filling for each kind of unit, the sheet that LibreOffice computes and our validator say the same."""
    tally = Tally()
    for one in heard:
        tally.add(one.filling, one.ours, one.theirs)
    assert not tally.disagreements, told(tally.disagreements)
    assert {code[:3] for code in tally.broken} >= FAMILIES


@pytest.mark.render
def test_the_sheet_says_where_a_broken_rule_breaks(heard: list[Heard]) -> None:
    """Beside every broken rule the sheet counts at least one place, beside the others none."""
    for one in heard:
        for code, state in one.theirs.states.items():
            assert (one.theirs.places[code] > 0) == (state == "未通过"), (str(one.filling), code)


@pytest.mark.render
def test_wrong_stored_results_are_computed_anew(bench: Bench, tmp_path: Path) -> None:
    """The office corrects what was planted beside every formula; else it could never contradict us."""
    honest, lying = tmp_path / "honest.xlsx", tmp_path / "lying.xlsx"
    honest.write_bytes(bench.generator.workbook(bench.generator.of_kind("镇街党总支", *SHORT["镇街党总支"]))[0])
    lying.write_bytes(planted(honest.read_bytes(), LIE))
    stored = [cell.value for row in load_workbook(lying, data_only=True)[SHEET] for cell in row]
    assert stored.count(LIE) > 20
    said, corrected = their_verdicts(bench.office, [honest, lying], tmp_path / "computed")
    assert corrected == said
    assert LIE not in corrected.states.values()


def test_a_filling_is_the_same_whatever_was_made_before(bench: Bench) -> None:
    """Seed and number alone make a filling, so that one can be looked at again."""
    again = Generator(bench.generator.district, bench.generator.rules, SEED)
    bench.generator.filling(4)
    assert bench.generator.filling(3) == again.filling(3)
    assert again.filling(4) != again.filling(3)


@pytest.mark.render
@pytest.mark.campaign
def test_both_sides_agree_over_many_fillings(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Over 500 random fillings and more the sides name the same broken rules, each rule broken in 20 at least."""
    seed = int(os.environ.get("PBREPORTS_SEED", SEED))
    count = int(os.environ.get("PBREPORTS_FILLINGS", FILLINGS))
    bench = bench_in(tmp_path / "bench", office, seed)

    def tell(line: str) -> None:
        with capsys.disabled():
            print(f"自检对照（种子{seed}）：{line}", flush=True)  # noqa: T201  # a campaign shows where it is

    tally = bench.run(map(bench.generator.filling, range(count)), tell)
    tell(f"共 {tally.fillings} 份，编入自检的规则 {len(tally.compiled)} 条")
    assert not tally.disagreements, told(smallest(bench, tally.disagreements))
    assert not tally.seldom(LEAST)


def smallest(bench: Bench, found: list[Disagreement], most: int = 6) -> list[str]:
    """Return every disagreement in words; the first of each rule, for some rules, with the changes it needs."""
    first = {one.code: one for one in reversed(found)}
    reduced = {code: bench.smallest(one) for code, one in list(first.items())[:most]}
    return [f"{one}\n{changes_of(reduced[one.code])}" if one.code in reduced else str(one) for one in found]


def changes_of(filling: Filling) -> str:
    """Return the changes of a filling, one a line."""
    return "\n".join(f"    {change}" for change in filling.changes) or "    （原样的答案也不一致）"


def told(found: list[Disagreement] | list[str]) -> str:
    """Return disagreements one a line."""
    return "\n".join(["", *map(str, found)])
