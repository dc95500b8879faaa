"""The plan's counts and the rules of the trade, looked at in the records before any workbook is filled."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from pbreports.sample.bureau_cadres import cadre_workbook
from pbreports.sample.bureau_party import star_workbook
from pbreports.sample.bureau_work import honours_workbook
from pbreports.sample.people import REGION
from pbreports.sample.rows import Sheets
from pbreports.sample.scores import INDICATORS
from pbreports.sample.sheets_text import text_sheets
from pbreports.sample.story import Story, tell
from pbreports.scheme import Scheme, load_scheme

SCHEME = Path(__file__).resolve().parents[2] / "inputs" / "2020" / "方案"


@pytest.fixture(scope="module")
def story() -> Story:
    """The sample's year."""
    return tell(2020)


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    """The scheme of the sample's year."""
    return load_scheme(SCHEME)


@pytest.fixture(scope="module")
def stars(story: Story) -> Sheets:
    """The records of the bureau's star workbook."""
    return star_workbook(story)


def test_the_district_has_its_special_units(story: Story) -> None:
    """Joint branches, kindergartens without members, a merger, township generals and organs are all there."""
    kinds = Counter(one.kind for one in story.district.reporting)
    assert kinds == {"独立": 91, "镇街党总支": 7, "联合成员": 5, "联合牵头": 3, "机关": 2, "无党组织": 2}
    assert [one.short_name for one in story.district.schools if not one.reports] == ["柳堤小学"]


def test_only_one_young_branch_is_rated(story: Story) -> None:
    """Branches founded within the year are not rated, but for the one that shows the ceiling for young branches."""
    new = [one for one in story.district.branches if one.is_new]
    assert len(new) == 7
    assert [one.unit.short_name for one in new if one.rated] == ["翰林实验学校"]
    assert len(story.district.rated) == 151


def test_indicators_are_the_schemes(scheme: Scheme) -> None:
    """The assessors give points for the indicators that the scheme lists, at most its full points."""
    listed = {row["指标代码"].text: int(row["满分"].text) for row in scheme.tables["星级指标"].rows}
    assert listed == INDICATORS


def test_stars_come_out_of_the_points_alone(scheme: Scheme, stars: Sheets, story: Story) -> None:
    """Points, bonus, weights, thresholds and ceilings of the scheme give every star of the results, 38 of them five."""
    names = scheme.fixed_names(scheme.period())
    given = {str(one["党组织代码"]): one for one in stars["年度结果"]}
    new = {one.code for one in story.district.rated if one.is_new}
    worked = {code: _star(code, stars, names, young=code in new) for code in given}
    assert worked == {code: one["星级"] for code, one in given.items()}
    assert Counter(worked.values())[Decimal(5)] == 38
    assert Counter(worked.values())[Decimal(5)] <= int(len(worked) * names["五星名额比例"])


def _star(code: str, stars: Sheets, names: dict[str, Decimal], *, young: bool) -> Decimal:
    """Return a branch's star by the district's method (指标分加加分), worked out anew."""
    weights = {"第一轮": names["第一轮权重"], "第二轮": names["第二轮权重"]}
    total = sum(_round(code, stars, name, names["加分上限"]) * weight for name, weight in weights.items())
    limits = [names[f"{number}星分数线"] for number in "五四三二"]
    ceilings = {"X08": 4, "X13": 2}
    found = [5 - sum(total < limit for limit in limits), 4 if young else 5]
    found += [ceilings[str(one["项目代码"])] for one in stars["负面清单认定"] if one["党组织代码"] == code]
    content = [one["群众满意率"] for one in stars["轮次评议"] if one["党组织代码"] == code]
    found += [int(names["满意率不足最高星级"])] if min(content) < names["满意率线"] else []  # type: ignore[type-var,operator]
    return Decimal(min(found))


def _round(code: str, stars: Sheets, name: str, most: Decimal) -> Decimal:
    def total(sheet: str, field: str) -> Decimal:
        rows = [one for one in stars[sheet] if one["党组织代码"] == code and one["轮次"] == name]
        return sum((Decimal(str(one[field])) for one in rows), Decimal(0))

    return total("考评打分", "考评分") + min(total("加分认定", "认定加分"), most)


def test_ceilings_bite_where_points_alone_would_not(stars: Sheets) -> None:
    """Two branches reach ninety and yet get four stars: one for the negative list, one for its youth."""
    capped = [one for one in stars["年度结果"] if Decimal(str(one["年度得分"])) >= 90 and one["星级"] != 5]
    assert [one["星级"] for one in capped] == [4, 4]
    assert len(stars["年度结果"]) == 151


def test_stars_move_against_last_year(stars: Sheets) -> None:
    """Some rise, some fall, and five plaques are taken back."""
    before = {one["党组织代码"]: one["星级"] for one in stars["上年星级"]}
    now = {one["党组织代码"]: one["星级"] for one in stars["年度结果"]}
    assert sum(star == 5 for star in before.values()) == 33
    assert sum(before[code] == 5 and now[code] != 5 for code in before) == 5
    assert any(now[code] > before[code] for code in before)  # type: ignore[operator]
    assert any(now[code] < before[code] for code in before)  # type: ignore[operator]


def test_what_must_not_count_is_there(story: Story) -> None:
    """A revoked naming, namings before the three years and key teachers past the age lie in wait for wrong counts."""
    namings = honours_workbook(story)["示范校命名"]
    assert [one["命名状态"] for one in namings].count("撤销") == 1
    assert {one["命名日期"].year for one in namings} == {2017, 2018, 2019, 2020}  # type: ignore[union-attr]
    admitted = [one for some in story.applicants.values() for one in some if one.this_year]
    assert len(admitted) > sum(one.is_backbone for one in admitted) > 52


def test_identity_numbers_are_sound_and_nobodys(story: Story) -> None:
    """Identity numbers carry valid check digits (GB 11643-1999), a region that does not exist, and the right sex."""
    people = cadre_workbook(story)["候选人"]
    for one in people:
        number = str(one["身份证号"])
        weighed = sum((10 if digit == "X" else int(digit)) * 2 ** (17 - place) for place, digit in enumerate(number))
        assert weighed % 11 == 1
        assert number.startswith(REGION)
        assert (int(number[16]) % 2 == 1) == (one["性别"] == "男")
    appointed = {one["候选人编号"] for one in cadre_workbook(story)["审核记录"] if one["任职文号"]}
    kinds = {one["候选人编号"]: one["任用类型"] for one in people}
    counted = [
        one["身份证号"] for one in people if one["候选人编号"] in appointed and kinds[one["候选人编号"]] != "试用期满"
    ]
    assert (len(set(counted)), len(counted)) == (14, 15)


def test_no_two_people_share_a_name(story: Story) -> None:
    """Everybody invented has a name of their own, so that nobody seems registered twice."""
    names = [leader.person.name for some in story.leaders.values() for leader in some]
    names += [one.person.name for some in story.applicants.values() for one in some]
    names += [one.name for one in (*story.clerks.values(), *story.heads.values(), *story.cadres, *story.chiefs)]
    assert len(names) == len(set(names))


def test_paragraphs_are_as_long_as_asked(story: Story) -> None:
    """Each paragraph of a unit's summary has 100 to 800 characters, each nomination's story 80 to 300."""
    for school in story.district.reporting:
        sheets = text_sheets(story, school)
        assert all(100 <= len(str(one["正文"])) <= 800 for one in sheets["工作总结"])
        assert all(80 <= len(str(one["事迹简介"])) <= 300 for one in sheets["推荐申报"])
