"""The sample's stars: the program's own rating gives what the district planned, with a branch for every case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest

from pbreports.pipeline.issuing import set_up
from pbreports.pipeline.year import open_year
from pbreports.rating import Movement, Outcome, Plaque, Rating, State, rate
from pbreports.sample.assessments import MEASURING
from pbreports.sample.bureau_stars import group_of
from pbreports.sample.nominations import ADVANCED, FIVE_STARS, GOOD_MEMBER, GOOD_WORKER, PEOPLE
from pbreports.sample.plan import (
    APPROVED_ON,
    ASKED_ON,
    CUT_AT,
    DECIDED_ON,
    OPINION_ON,
    REVIEWED_ON,
    ROUND_DAYS,
    SETTLED_ON,
    SHOWN_FROM,
    SHOWN_UNTIL,
    TIED_AT,
)
from pbreports.sample.reports import Desk, open_desk
from pbreports.sample.scores import Case
from pbreports.sample.story import tell
from pbreports.scheme.language import Facts
from pbreports.scheme.language.calendar import working_days

SEEDS = (2020, 7)


@dataclass(frozen=True)
class Rated:
    """The desk of a seed and what the rating makes of its records."""

    desk: Desk
    outcome: Outcome

    def of(self, case: Case) -> list[Rating]:
        """Return the ratings of the branches planned for a case."""
        scores = self.desk.story.scores
        return [one for one in self.outcome.ratings if scores[one.code].case is case]

    def at(self, school: str) -> list[Rating]:
        """Return the ratings of a school's branches."""
        unit = self.desk.story.district.by_name[school].code
        return [one for one in self.outcome.ratings if one.unit == unit]


@pytest.fixture(scope="module", params=SEEDS)
def rated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Rated:
    """The rating of the sample's records, of the usual seed and of another."""
    year = open_year(set_up(tmp_path_factory.mktemp("stars") / "sample", 2020))
    desk = open_desk(year, tell(request.param))
    assert year.scheme.rating
    names = year.names(year.period())
    return Rated(desk, rate(year.scheme.rating, year.vocabulary, desk.facts, names, 2020))


def test_the_rating_gives_what_the_district_planned(rated: Rated) -> None:
    """Every branch has the score, star and last year's star of the plan; all is approved, nothing is pending."""
    scores = rated.desk.story.scores
    planned = {code: (one.total, one.star, one.last_star) for code, one in scores.items()}
    assert {one.code: (one.score, one.star, one.last_star) for one in rated.outcome.ratings} == planned
    assert {one.state for one in rated.outcome.ratings} == {State.SETTLED}
    assert rated.outcome.approved


def test_thirty_eight_of_a_hundred_and_fifty_one_have_five_stars(rated: Rated) -> None:
    """38 of 151 (25.2 %) under a quota of 45, and of the others as many as planned."""
    stars = Counter(one.star for one in rated.outcome.ratings)
    assert stars == {5: 38, 4: 72, 3: 33, 2: 6, 1: 2}
    assert rated.outcome.places == 45
    assert round(Fraction(stars[5] * 100, stars.total()), 1) == Fraction("25.2")


CAPPED = {
    Case.YOUNG: (5, 4, "成立不足规定月数"),
    Case.NEGATIVE: (5, 4, "命中负面清单"),
    Case.DISCONTENT: (4, 3, "群众满意率不足"),
}
"""The case, the star that the points reach, the one that is left, and the ceiling."""


@pytest.mark.parametrize("case", CAPPED, ids=lambda case: case.value)
def test_ceilings(rated: Rated, case: Case) -> None:
    """A branch reaches more stars by its points than the ceiling leaves."""
    first, left, ceiling = CAPPED[case]
    one = next(one for one in rated.of(case) if one.first == first)
    assert (one.first, one.capped, one.star, one.ceilings) == (first, left, left, (ceiling,))


def test_the_strictest_item_of_the_negative_list_leaves_two_stars(rated: Rated) -> None:
    """Of the two branches hit, the one whose item decides alone has two stars, whatever its points."""
    found = {rated.desk.story.scores[one.code].negative: (one.first, one.star) for one in rated.of(Case.NEGATIVE)}
    assert found == {"X08": (5, 4), "X13": (4, 2)}


def test_a_unit_that_fills_its_places_cuts_one(rated: Rated) -> None:
    """Three branches reach five stars, the school has two places: the one with the lowest score has four."""
    (cut,) = rated.of(Case.CUT)
    rivals = rated.at(CUT_AT)
    assert [one.capped for one in rivals] == [5, 5, 5]
    assert (cut.placed, cut.star, cut.remark) == (4, 4, "超出名额")
    assert cut.score == min(one.score for one in rivals if one.score is not None)
    assert Counter(one.star for one in rivals) == {5: 2, 4: 1}


def test_equal_ones_at_the_line_are_settled_by_the_meeting(rated: Rated) -> None:
    """Two are equal in rank for the last place, in their points not; a decision with reason and meeting picks one."""
    (picked,), (refused,) = rated.of(Case.PICKED), rated.of(Case.REFUSED)
    assert picked.unit == refused.unit == rated.at(TIED_AT)[0].unit
    assert picked.rank == refused.rank
    assert (picked.star, refused.star) == (5, 4)
    scores = rated.desk.story.scores
    assert scores[picked.code].points != scores[refused.code].points
    assert all(one.settled and one.settled.reason and one.settled.meeting for one in (picked, refused))


def test_without_the_decision_the_equal_ones_are_pending(rated: Rated) -> None:
    """The program does not settle the tie: the very same records without the decisions leave both open."""
    year, facts = rated.desk.year, Facts({"待研究决定": ()}, rated.desk.facts)
    assert year.scheme.rating
    outcome = rate(year.scheme.rating, year.vocabulary, facts, year.names(year.period()), 2020)
    open_ones = {one.code for one in outcome.ratings if one.state is State.OPEN}
    assert open_ones == {one.code for case in (Case.PICKED, Case.REFUSED) for one in rated.of(case)}


def test_a_meeting_takes_a_star_away(rated: Rated) -> None:
    """The old star, the reason and the meeting are kept."""
    (one,) = rated.of(Case.LOWERED)
    assert (one.placed, one.star) == (4, 3)
    assert one.adjustment
    assert one.adjustment.reason
    assert one.adjustment.meeting


def test_the_same_matter_counts_once(rated: Rated) -> None:
    """Of two bonuses for one matter the higher counts, and the program says so; nothing else is wrong."""
    (one,) = rated.of(Case.SAME_MATTER)
    granted = [row for row in rated.desk.books["星级"]["加分认定"] if row["党组织代码"] == one.code]
    assert Counter(str(row["轮次"]) for row in granted) == {"第一轮": 1, "第二轮": 2}
    assert [score.bonus for score in one.rounds] == [3, 3]
    assert [found.code for found in rated.outcome.findings] == ["P-10"]


def test_stars_and_plaques_move(rated: Rated) -> None:
    """Some rise, some fall, one is rated for the first time; 28 plaques stay, ten are new, five are taken back."""
    plaques = Counter(one.plaque for one in rated.outcome.ratings)
    assert (plaques[Plaque.KEPT], plaques[Plaque.NEW], plaques[Plaque.WITHDRAWN]) == (28, 10, 5)
    moved = Counter(one.movement for one in rated.outcome.ratings)
    assert moved.keys() == set(Movement)
    assert moved[Movement.FIRST] == 1
    assert sum(one.last_star == 5 for one in rated.outcome.ratings) == 33


def test_places_are_shared_out_and_some_left_unused(rated: Rated) -> None:
    """The 45 places are all given to units; only where somebody was cut or equal are they too few."""
    places = rated.desk.story.nominations.places[FIVE_STARS]
    assert sum(places.values()) == 45
    reached = Counter(one.unit for one in rated.outcome.ratings if one.capped == 5)
    names = {one.code: one.short_name for one in rated.desk.story.district.schools}
    assert {names[unit] for unit, count in reached.items() if count > places[unit]} == {CUT_AT, TIED_AT}
    assert sum(places[unit] > reached[unit] for unit in places) == 45 - 38


def test_units_put_forward_whom_they_may(rated: Rated) -> None:
    """Nominations for five stars are those that got them; in no kind more than the unit's places; nobody has a hit."""
    nominations, scores = rated.desk.story.nominations, rated.desk.story.scores
    made = Counter((one.kind, one.branch.unit.code) for one in nominations.made)
    assert all(count <= nominations.places[kind][unit] for (kind, unit), count in made.items())
    five = {one.branch.code for one in nominations.of_kind(FIVE_STARS)}
    assert five == {code for code, one in scores.items() if one.star == 5}
    assert not any(scores[one.branch.code].negative for one in nominations.of_kind(ADVANCED))


def test_other_honours_are_within_what_is_usual(rated: Rated) -> None:
    """15 places for advanced branches, 60 and 40 for people; nobody is put forward twice; two were doubted."""
    story = rated.desk.story
    places = story.nominations.places
    assert [sum(places[kind].values()) for kind in (ADVANCED, GOOD_MEMBER, GOOD_WORKER)] == [15, 60, 40]
    made = Counter(one.kind for one in story.nominations.made)
    assert (made[ADVANCED], made[GOOD_MEMBER], made[GOOD_WORKER]) == (14, 40, 25)
    names = [story.nominee(one) for one in story.nominations.made if one.kind in PEOPLE]
    assert len(names) == len(set(names))
    assert {len(name) for name in names} >= {2, 3, 4}
    assert [one.kind for one in story.nominations.made if one.doubted] == [ADVANCED, GOOD_MEMBER]


def test_every_commended_branch_went_through_all_steps(rated: Rated) -> None:
    """Reviewed, asked about, decided by a meeting, public for five working days, before the decision is signed."""
    rows = [one for one in rated.desk.books["表彰命名"]["推荐审核"] if one["推荐类别"] == FIVE_STARS]
    five = {one.name for one in rated.outcome.ratings if one.star == 5}
    assert {str(one["对象名称"]) for one in rows} == five
    assert all(one["初审是否通过"] and one["征求意见结论"] == "无问题" and one["是否表彰"] for one in rows)
    days = working_days(SHOWN_FROM, SHOWN_UNTIL)
    assert days is not None
    assert days >= 5
    way = [ROUND_DAYS[1][1], SETTLED_ON, ASKED_ON, OPINION_ON, REVIEWED_ON, SHOWN_FROM]
    way += [SHOWN_UNTIL, APPROVED_ON, DECIDED_ON]
    assert way == sorted(set(way))


def test_some_points_come_from_what_was_measured(rated: Rated) -> None:
    """One group entered measured values of two scoring kinds and leaves the points to the program."""
    rows = [one for one in rated.desk.books["考评"]["考评打分"] if "核查值" in one]
    groups = {one.code: group_of(one) for one in rated.desk.story.district.rated}
    assert {groups[str(one["党组织代码"])] for one in rows} == {MEASURING}
    assert {str(one["指标代码"]) for one in rows} == {"B1", "B3", "C4", "D4"}
    assert not any("考评分" in one for one in rows)


def test_every_rated_branch_has_a_group(rated: Rated) -> None:
    """Six groups share the branches about evenly."""
    counts: Mapping[str, int] = Counter(str(one["考评组"]) for one in rated.desk.books["星级"]["考评分组"])
    assert len(counts) == 6
    assert sum(counts.values()) == 151
    assert min(counts.values()) >= 20


def test_mending_is_due_for_the_low_and_the_hit_only(rated: Rated) -> None:
    """The list of what is to be mended holds just those with two stars or fewer, or with a hit."""
    listed = {str(one["党组织代码"]) for one in rated.desk.books["星级"]["整改清单"]}
    hit = {str(one["党组织代码"]) for one in rated.desk.books["星级"]["负面清单认定"]}
    assert listed == hit | {one.code for one in rated.outcome.ratings if one.star is not None and one.star <= 2}


def test_papers_of_the_rating_have_their_rows(rated: Rated) -> None:
    """Each of the rating's papers has genre, signature and day; those sent out have a number with hexagonal brackets."""
    rows = {str(one["文书名称"]): one for one in rated.desk.books["配置"]["公文配置"]}
    names = "表彰决定 表彰名单 星级评定结果汇总表 星级评定情况通报 征求意见函 上会汇报 拟命名名单公示".split()
    assert all(rows[name]["署名机关"] and rows[name]["成文日期"] for name in names)
    assert all("〔2020〕" in str(rows[name]["发文字号"]) for name in ("表彰决定", "星级评定情况通报", "征求意见函"))
    assert (rows["表彰决定"]["文种"], bool(rows["表彰决定"]["表彰项目依据"])) == ("决定", True)


def test_the_groups_workbooks_say_what_the_rows_say(sample_district: Path) -> None:
    """There is one workbook for each group and round."""
    names = sorted(path.name for path in (sample_district / "inputs" / "2020" / "考评").iterdir())
    groups = [f"第{number}考评组" for number in "一二三四五六"]
    assert names == sorted(f"2020_考评_第{turn}轮_{group}_v1.xlsx" for turn in "一二" for group in groups)
