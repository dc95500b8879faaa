"""Ballots counted: sums, percentages that add up, weights, lines, and groups from which no voter can be inferred."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre.assessments import DIVIDED, GRADES, NAMES, WORDS, Votes, dossier, poll, record
from pbreports.cadre.ballots import Tally, places, tally, tally_values, team_tallies
from pbreports.cadre.ballots.apportion import percentages
from pbreports.cadre.ballots.box import Box
from pbreports.cadre.dossier import Dossier
from pbreports.cadre.polled import polled
from pbreports.errors import PbreportsError


def counted(votes: Votes, **changes: Any) -> Tally:
    """Return the tally of ballots; ``changes`` go to the parameters."""
    return tally(dossier(votes), grades=GRADES, names={**NAMES, **changes})


def row_of(votes: Votes) -> dict[str, Any]:
    """Return the candidate's row of the first page."""
    (row,) = tally_values([dossier(votes)], [counted(votes)], grades=GRADES, names=NAMES)["测评总体"]
    return row


def kinds(told: Tally) -> list[tuple[str, ...]]:
    """Return the groups that are shown."""
    return [box.kinds for box in told.groups]


# ---------------------------------------------------------------- percentages


@pytest.mark.parametrize(
    ("counts", "wanted"),
    [
        ((1, 1, 1), ("33.4", "33.3", "33.3")),
        ((2, 1, 0), ("66.7", "33.3", "0.0")),
        ((1, 4, 1), ("16.7", "66.7", "16.6")),
        ((1, 1, 4), ("16.7", "16.6", "66.7")),
        ((1, 2), ("33.3", "66.7")),
        ((1, 1, 1, 1, 1, 1), ("16.7", "16.7", "16.7", "16.7", "16.6", "16.6")),
        ((7, 0, 0), ("100.0", "0.0", "0.0")),
        ((0, 0), ()),
        ((), ()),
        ((1999, 1), ("100.0", "0.0")),
    ],
)
def test_percentages_add_up_by_the_largest_remainder(*, counts: tuple[int, ...], wanted: tuple[str, ...]) -> None:
    """What is left of a hundred goes to the largest remainders; equal ones to the larger count, then to the first."""
    assert tuple(map(str, percentages(counts))) == wanted


@pytest.mark.parametrize(
    ("counts", "excellent", "good"),
    [
        ((50, 10, 1, 0, 0), "82.0", "98.4"),
        ((50, 7, 2, 1, 1), "82.0", "93.4"),
        ((25, 6, 1, 1, 0), "75.8", "93.9"),
        ((9, 4, 1, 0, 0), "64.3", "92.9"),
        ((0, 0, 6, 0, 0), "0.0", "0.0"),
    ],
)
def test_the_rates_that_are_quoted_are_what_a_calculator_says(
    *, counts: tuple[int, ...], excellent: str, good: str
) -> None:
    """优秀率 and 优称率 are the exact quotients rounded half up, in the workbook and in the papers of one."""
    row = row_of({"A": counts})
    voted = polled(dossier({"A": counts}), counted({"A": counts}))
    assert voted is not None
    assert (row["优秀率"], row["优称率"]) == (Decimal(excellent), Decimal(good))
    assert (voted["优秀率"], voted["优称率"]) == (f"{excellent}%", f"{good}%")
    assert sum(row[f"{word}率"] for word in WORDS) == 100


@given(st.lists(st.integers(0, 3000), min_size=2, max_size=8).filter(any))
def test_the_first_shares_are_exact_and_all_sum_to_a_hundred(counts: list[int]) -> None:
    """Each is at most a tenth from its exact value, the first and the first two at most half a tenth."""
    found, whole = percentages(counts, 2), sum(counts)
    assert sum(found) == 100
    assert all(count or not percent for count, percent in zip(counts, found, strict=True))
    for count, percent in zip(counts, found, strict=True):
        assert abs(Fraction(percent) - Fraction(count * 100, whole)) <= Fraction(1, 10)
    for upto in (1, 2):
        exact = Fraction(sum(counts[:upto]) * 100, whole)
        assert abs(Fraction(sum(found[:upto])) - exact) <= Fraction(1, 20)


@given(st.lists(st.integers(0, 3000), min_size=1, max_size=8).filter(any))
def test_percentages_are_near_and_sum_to_a_hundred(counts: list[int]) -> None:
    """Together exactly 100.0, each less than a tenth from its exact value, nothing from nothing, order kept."""
    found = percentages(counts)
    assert sum(found) == 100
    for count, percent in zip(counts, found, strict=True):
        assert abs(Fraction(percent) - Fraction(count * 100, sum(counts))) < Fraction(1, 10)
        assert count or not percent
    for (one, first), (other, second) in combinations(zip(counts, found, strict=True), 2):
        assert one == other or (one > other) == (first > second) or first == second


# ---------------------------------------------------------------- counting


def test_slips_are_counted_by_kind_and_together() -> None:
    """The total is the sum of the kinds: ballots, grades of the whole and of each division."""
    told = counted({"A": (6, 2, 1, 0, 1), "B": (10, 5, 0, 0, 0)})
    assert kinds(told) == [("A",), ("B",)]
    assert told.total.valid == 25
    assert told.total.overall.counts == dict(zip(WORDS, (16, 7, 1, 0, 1), strict=True))
    assert told.groups[0].splits["廉"].counts == dict(zip(DIVIDED, (6, 2, 1, 0, 1), strict=True))
    assert told.total.sound == (True, True, True)


def test_totals_are_counted_like_slips() -> None:
    """The same assessment handed in as totals gives the same tally."""
    votes = {"A": (6, 2, 1, 0, 1), "B": (10, 5, 0, 0, 0)}
    rows = [
        record("测评票数", 测评票种=kind, 测评项目=item, 测评等次=word, 票数=count)
        for kind, counts in votes.items()
        for item, words in GRADES.items()
        for word, count in zip(words, counts, strict=True)
    ]
    polls = [poll(kind, sum(counts)) for kind, counts in votes.items()]
    assert tally(dossier({}, polls=polls, 测评票数=rows), grades=GRADES, names=NAMES) == counted(votes)
    both = tally(dossier({"A": (3, 0, 0, 0, 0)}, polls=polls, 测评票数=rows), grades=GRADES, names=NAMES)
    assert (both.total.valid, both.doubled) == (25, True)


def test_a_candidate_without_ballots_has_no_rates() -> None:
    """Nothing is counted, nothing divided, nothing flagged, there is no place; the row is blank and says why."""
    told = counted({})
    row = row_of({})
    blank = ("发票", "有效", *(name for word in WORDS for name in (word, f"{word}率")), "优称率", "加权得分", "位次")
    assert [row[name] for name in blank] == [None] * len(blank)
    assert (row["提示"], row["备注"]) == ("", "尚未测评")
    assert places([told]) == {}


def test_a_row_for_papers_adds_up() -> None:
    """The rate of the first two grades is rounded half up, and the sum of the two rates that stand beside it."""
    row = row_of({"A": (1, 1, 1, 0, 0), "B": (3, 0, 0, 0, 0)})
    assert (row["优秀"], row["称职"], row["优秀率"], row["称职率"]) == (4, 1, Decimal("66.7"), Decimal("16.6"))
    assert row["优称率"] == Decimal("83.3")
    assert sum(row[f"{word}率"] for word in WORDS) == 100


@pytest.mark.parametrize(
    ("kept", "row"),
    [
        ((False, True, True), {"测评发票数": 9}),
        ((True, False, True), {"测评无效票数": 1}),
        ((True, None, True), {"测评无效票数": None}),
        ((None, False, True), {"测评发票数": None, "测评收票数": 11}),
        ((True, True, False), {}),
    ],
)
def test_what_does_not_add_up_is_told(*, kept: tuple[bool | None, ...], row: dict[str, int | None]) -> None:
    """Returned ≤ issued, valid + invalid = returned, answers = valid; what is not known is told as such."""
    rows = {"测评应到人数": 10, "测评实到人数": 10, "测评发票数": 10, "测评收票数": 10, "测评无效票数": 0, **row}
    given_in = dossier({"A": (8, 2, 0, 0, 0)}, polls=[record("测评组织", 测评票种="A", **rows)])
    if kept[2] is False:
        ballots = list(given_in.of("测评票"))
        ballots[0] = record(
            "测评票", 测评票种="A", 总体评价="优秀", 德=None, 能="优秀", 勤="优秀", 绩="优秀", 廉="优秀"
        )
        given_in = Dossier(given_in.person, {**given_in.rows, "测评票": tuple(ballots)})
    assert tally(given_in, grades=GRADES, names=NAMES).total.sound == kept


# ---------------------------------------------------------------- nobody can be inferred


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ((40, 20, 10), [("A",), ("B",), ("C",)]),
        ((40, 20, 4), [("A",), ("B", "C")]),
        ((40, 4, 20), [("A",), ("B", "C")]),
        ((4, 20, 40), [("A", "B"), ("C",)]),
        ((40, 3, 1), [("A", "B", "C")]),
        ((40, 3, 2), [("A",), ("B", "C")]),
        ((5, 5, 5), [("A",), ("B",), ("C",)]),
        ((2, 1, 1), []),
        ((4, 0, 0), []),
        ((5, 0, 0), [("A",)]),
    ],
)
def test_small_kinds_are_put_together(*, sizes: tuple[int, ...], shown: list[tuple[str, ...]]) -> None:
    """A kind with fewer than five joins the smallest of the others; where all are fewer only the total is shown."""
    assert kinds(counted({kind: (size, 0, 0, 0, 0) for kind, size in zip("ABC", sizes, strict=True)})) == shown


def test_few_voters_are_few_however_many_were_asked() -> None:
    """What counts is how many answered, and that everybody's ballot was spoilt tells of them too."""
    polls = [poll("A", 40), poll("B", 30), poll("C", 3, invalid=9)]
    votes = {"A": (40, 0, 0, 0, 0), "B": (30, 0, 0, 0, 0), "C": (3, 0, 0, 0, 0)}
    assert kinds(tally(dossier(votes, polls=polls), grades=GRADES, names=NAMES)) == [("A",), ("B", "C")]
    spoilt = [poll("A", 40), poll("B", 30), poll("C", 0, invalid=3)]
    votes = {"A": (40, 0, 0, 0, 0), "B": (30, 0, 0, 0, 0)}
    assert kinds(tally(dossier(votes, polls=spoilt), grades=GRADES, names=NAMES)) == [("A",), ("B", "C")]


def test_the_weighted_rate_tells_no_more_than_the_groups() -> None:
    """Kinds put together weigh as one: their own shares could be solved for from a sum over each."""
    told = counted({"A": (30, 10, 0, 0, 0), "B": (10, 10, 0, 0, 0), "C": (0, 0, 0, 4, 0)})
    assert told.weighted[0] == (Fraction(30, 40) * 40 + Fraction(10, 24) * 60) / 100
    assert counted({"A": (3, 1, 0, 0, 0)}).weighted == (Fraction(3, 4), 1)
    assert counted({"A": (9, 0, 0, 0, 0), "X": (9, 0, 0, 0, 0)}).weighted == (None, None)


votes_of_kinds = st.dictionaries(
    st.sampled_from("ABCD"), st.lists(st.integers(0, 7), min_size=5, max_size=5), min_size=1, max_size=4
)


@given(votes_of_kinds, st.integers(1, 9))
def test_no_small_group_can_be_told_from_what_is_shown(votes: Votes, fewest: int) -> None:
    """Whatever of the groups is subtracted from the total or from each other, what is left is nobody or enough."""
    told = counted(votes, 票种合并人数=Decimal(fewest))
    sizes = [box.valid for box in told.groups]
    left = {sum(some) for number in range(len(sizes) + 1) for some in combinations(sizes, number)}
    assert all(size == 0 or size >= fewest for size in left)
    assert bool(told.groups) == (told.total.valid >= fewest)
    if told.groups:
        assert _together(told.groups) == told.total.overall.counts
        assert sorted(kind for box in told.groups for kind in box.kinds) == sorted(told.total.kinds)


def _together(boxes: Sequence[Box]) -> dict[str, int]:
    return {word: sum(box.overall.counts[word] for box in boxes) for word in WORDS}


@given(votes_of_kinds)
def test_no_table_shows_a_kind_that_was_put_together(votes: Votes) -> None:
    """Every row of every page that names kinds is of a group that may be shown, or of all."""
    told = counted(votes)
    given_in = dossier(votes)
    values = tally_values([given_in], [told], grades=GRADES, names=NAMES)
    shown = {"、".join(box.kinds) for box in told.groups} | {"合计", "加权合计"}
    named = {row["票种"] for rows in values.values() if isinstance(rows, tuple) for row in rows if "票种" in row}
    assert named <= shown


def test_neither_a_ballot_nor_its_number_goes_out() -> None:
    """Nothing of what is counted or shown has the number of a ballot, only counts."""
    marked = [
        record("测评票", 测评票种="A", 票序号=90_000 + n, 总体评价="优秀", **dict.fromkeys("德能勤绩廉", "优秀"))
        for n in range(9)
    ]
    given_in = dossier({}, polls=[poll("A", 9)], 测评票=marked)
    told = tally(given_in, grades=GRADES, names=NAMES)
    values = tally_values([given_in], [told], grades=GRADES, names=NAMES)
    assert not re.search(r"9000\d", f"{asdict(told)}{values}")


def test_those_who_all_answer_alike_are_noted() -> None:
    """A group whose members all gave the same tells of each of them: its row says to keep it close."""
    assert remarks({"A": (9, 1, 0, 0, 0), "B": (0, 0, 0, 6, 0)}) == ["", "意见完全一致，注意保密", "", ""]


def test_a_remark_tells_no_more_than_its_row() -> None:
    """Where all of a kind answered alike about a division, which is shown of all together only, nothing is said."""
    ballots = [
        record("测评票", 测评票种=kind, 总体评价=word, **dict.fromkeys("德能勤绩廉", divided))
        for kind, word, divided in [
            ("A", "优秀", "优秀"),
            ("A", "称职", "优秀"),
            ("B", "优秀", "良好"),
            ("B", "称职", "一般"),
        ]
        for _ in range(5)
    ]
    given_in = dossier({}, polls=[poll("A", 10), poll("B", 10)], 测评票=ballots)
    told = tally(given_in, grades=GRADES, names=NAMES)
    values = tally_values([given_in], [told], grades=GRADES, names=NAMES)
    assert not re.search("完全一致", str(values))


def remarks(votes: Votes) -> list[str]:
    """Return the remarks of the page of kinds."""
    rows: Any = tally_values([dossier(votes)], [counted(votes)], grades=GRADES, names=NAMES)["测评票种"]
    return [row["备注"] for row in rows]


# ---------------------------------------------------------------- scores, lines, places, teams


def test_divisions_are_weighed_by_points() -> None:
    """Each division's mean leaves abstentions out; the score is their mean by the weights."""
    told = counted({"A": (5, 3, 0, 1, 1)})
    assert told.scores["德"] == Fraction(5 * 100 + 3 * 80 + 40, 9)
    assert told.score == told.scores["德"]
    ballots = [
        record("测评票", 测评票种="A", 总体评价="优秀", 德="优秀", 能="良好", 勤="一般", 绩="较差", 廉="优秀")
        for _ in range(6)
    ]
    given_in = dossier({}, polls=[poll("A", 6)], 测评票=ballots)
    assert tally(given_in, grades=GRADES, names=NAMES).score == Fraction(
        20 * 100 + 15 * 80 + 15 * 60 + 30 * 40 + 20 * 100, 100
    )


@pytest.mark.parametrize(
    ("name", "value", "where"),
    [
        ("测评分项权重", (Decimal(50), Decimal(50)), "参数 测评分项权重"),
        ("测评分项分值", (("优秀", Decimal(100)),), "参数 测评分项分值"),
    ],
)
def test_parameters_that_do_not_fit_the_grades_are_refused(*, name: str, value: object, where: str) -> None:
    """Weights for other divisions or grades without points stop with the parameter's name: nothing is left out silently."""
    with pytest.raises(PbreportsError) as raised:
        counted({"A": (9, 0, 0, 0, 0)}, **{name: value})
    assert raised.value.where == where


@pytest.mark.parametrize(
    ("counts", "flags"),
    [
        ((14, 0, 6, 0, 0), ()),
        ((13, 0, 7, 0, 0), ("优称率低于70%",)),
        ((16, 0, 0, 4, 0), ()),
        ((15, 0, 0, 5, 0), ("不称职超过20%",)),
        ((6996, 0, 3004, 0, 0), ("优称率低于70%",)),
        ((0, 0, 0, 9, 0), ("不称职超过20%", "优称率低于70%")),
    ],
)
def test_the_lines_are_crossed_exactly(*, counts: tuple[int, ...], flags: tuple[str, ...]) -> None:
    """On a line is not across it; what is across by less than what is printed still is."""
    assert counted({"A": counts}).flags == flags


def test_places_go_by_the_first_two_grades_then_the_first() -> None:
    """Equals share a place and the next is skipped."""
    told = {
        "K1": (8, 2, 0, 0, 0),
        "K2": (9, 0, 1, 0, 0),
        "K3": (16, 4, 0, 0, 0),
        "K4": (9, 1, 0, 0, 0),
        "K5": (0, 0, 0, 0, 0),
    }
    tallies = [tally(dossier({"A": counts}, code), grades=GRADES, names=NAMES) for code, counts in told.items()]
    assert places(tallies) == {"K4": 1, "K1": 2, "K3": 2, "K2": 4}


def test_teams_are_counted_by_school() -> None:
    """Each school's leaders are one tally, small kinds put together."""
    ballots = [
        record("班子测评票", 批次="一批", 学校代码=unit, 测评票种=kind, 票序号=number, 班子评价=word)
        for unit, kind, word, count in (
            ("S1", "A", "好", 6),
            ("S1", "B", "较好", 3),
            ("S1", "C", "差", 7),
            ("S2", "A", "好", 2),
        )
        for number in range(count)
    ]
    one, two = team_tallies(ballots, grades=GRADES, names=NAMES)
    assert (one.unit, [box.kinds for box in one.groups]) == ("S1", [("A", "B"), ("C",)])
    assert one.total.overall.counts == {"好": 6, "较好": 3, "一般": 0, "差": 7, "弃权": 0}
    assert (two.unit, two.groups, two.total.valid) == ("S2", (), 2)
