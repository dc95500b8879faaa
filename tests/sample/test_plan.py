"""The plan's counts and the rules of the trade, looked at in the records before any workbook is filled."""

from collections import Counter
from pathlib import Path

import pytest

from pbreports.sample.bureau_cadres import cadre_workbook
from pbreports.sample.bureau_honours import honours_workbook
from pbreports.sample.people import REGION
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
    appointed = {one["候选人编号"] for one in cadre_workbook(story)["审核记录"] if one.get("任职文号")}
    kinds = {one["候选人编号"]: one["任用类型"] for one in people}
    counted = [
        one["身份证号"] for one in people if one["候选人编号"] in appointed and kinds[one["候选人编号"]] != "试用期满"
    ]
    assert (len(set(counted)), len(counted)) == (14, 15)


def test_no_two_people_share_a_name(story: Story) -> None:
    """Everybody invented has a name of their own, so that nobody seems registered twice; but for two inspected."""
    names = [leader.person.name for some in story.leaders.values() for leader in some]
    names += [one.person.name for some in story.applicants.values() for one in some]
    names += [one.name for one in (*story.clerks.values(), *story.heads.values(), *story.cadres, *story.chiefs)]
    assert [name for name, times in Counter(names).items() if times > 1] == ["刘海燕"]
    assert names.count("刘海燕") == 2


def test_paragraphs_are_as_long_as_asked(story: Story) -> None:
    """Each paragraph of a unit's summary has 100 to 800 characters, each nomination's story 80 to 300."""
    for school in story.district.reporting:
        sheets = text_sheets(story, school)
        assert all(100 <= len(str(one["正文"])) <= 800 for one in sheets["工作总结"])
        assert all(80 <= len(str(one["事迹简介"])) <= 300 for one in sheets["推荐申报"])
