"""What templates of a candidate's papers see: texts that follow from fields, lists, the order of people."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from cadre.panel import (
    BATCH,
    DAY,
    Rows,
    batch,
    changed,
    in_order,
    people,
    record,
    sheets,
    terms,
    values,
    voted,
    without,
)
from pbreports.cadre import phrases, tables
from pbreports.cadre.values import PUBLIC, WITHHELD, known_values, person_values
from pbreports.errors import PbreportsError
from pbreports.values import Record, Scalar
from pbreports.values import YearMonth as Month


def of(code: str, rows: Rows | None = None) -> dict[str, object]:
    """Return what the papers of a candidate see."""
    return values(people(rows)[code])


# ---------------------------------------------------------------- single texts


@pytest.mark.parametrize(
    ("month", "day", "age"),
    [
        (Month(1978, 5), date(2020, 5, 1), "42"),
        (Month(1978, 5), date(2020, 4, 30), "41"),
        (Month(2020, 11), date(2020, 11, 20), "0"),
        (Month(2020, 12), date(2020, 11, 20), ""),
        (None, DAY, ""),
        ("不详", DAY, ""),
    ],
)
def test_an_age_is_told_by_the_one_day(month: Scalar, day: date, age: str) -> None:
    """The month of birth counts as reached; what is no month before the day has no age."""
    assert phrases.years_old(month, day) == age


def test_the_forms_cell_of_birth_has_month_and_age_on_two_lines() -> None:
    """As the form prints it; without a month nothing, without an age no brackets."""
    assert phrases.born_and_age(Month(1978, 5), DAY) == "1978.05\n（42岁）"
    assert phrases.born_and_age(None, DAY) == ""
    assert phrases.born_and_age(Month(2021, 1), DAY) == "2021.01"


@pytest.mark.parametrize(
    ("since", "said"),
    [
        (Month(2016, 8), "4年3个月"),
        (Month(2015, 11), "5年"),
        (Month(2020, 3), "8个月"),
        (Month(2020, 11), "不满1个月"),
        (Month(2020, 12), ""),
        (None, ""),
    ],
)
def test_the_time_in_a_post_is_told_in_years_and_months(since: Scalar, said: str) -> None:
    """Only what is there is said; a month to come says nothing."""
    assert phrases.time_in_post(since, DAY) == said


@pytest.mark.parametrize(
    ("month", "standing", "cell"),
    [
        (Month(1999, 6), "中共党员", "1999.06"),
        (Month(1999, 6), "预备党员", "1999.06"),
        (Month(1999, 6), "民盟", "1999.06；民盟"),
        (None, "民盟", "民盟"),
        (None, "群众", ""),
        (None, "共青团员", ""),
        (None, "无党派", ""),
        (None, None, ""),
    ],
)
def test_the_cell_of_joining_has_month_party_or_both(month: Scalar, standing: Scalar, cell: str) -> None:
    """A democratic party stands by its name; who is in none has an empty cell."""
    assert phrases.joined_party(month, standing) == cell


@pytest.mark.parametrize(
    ("word", "said"), [("九三", "九三学社社员"), ("民盟", "民盟盟员"), ("中共党员", "中共党员"), (None, "")]
)
def test_the_standing_is_told_as_sentences_have_it(word: Scalar, said: str) -> None:
    """The form's short word for a party is none for its member."""
    assert phrases.standing(word) == said


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"全日制学历": "大学", "全日制学位": "理学学士"}, "大学学历、理学学士"),
        ({"全日制学历": "中专"}, "中专学历"),
        ({"全日制学历": "大专", "在职学历": "大学"}, "全日制大专学历，在职大学学历"),
        ({"全日制学历": "大学", "在职学位": "教育硕士"}, "全日制大学学历，在职教育硕士"),
        ({"在职学历": "大学"}, "在职大学学历"),
        ({}, ""),
    ],
)
def test_schooling_tells_study_beside_work_apart(fields: dict[str, Scalar], said: str) -> None:
    """Full-time study needs no word of its own unless there is the other."""
    assert phrases.education(record("候选人", fields)) == said


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"专业技术职务": "高级教师", "职称": "高级"}, "高级教师"),
        ({"职称": "一级"}, "一级"),
        ({"职称": "未评"}, ""),
    ],
)
def test_the_title_is_the_forms_word_before_the_grade(fields: dict[str, Scalar], said: str) -> None:
    """未评 is no title."""
    assert phrases.title_held(record("候选人", fields)) == said


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (Decimal(49), Decimal(57), "86.0%"),
        (Decimal(1), Decimal(3), "33.3%"),
        (Decimal(1), Decimal(16), "6.3%"),
        (Decimal(3), Decimal(3), "100%"),
        (Decimal(0), Decimal(3), "0.0%"),
        (Decimal(1), Decimal(0), ""),
        (None, Decimal(3), ""),
        (Decimal(1), None, ""),
    ],
)
def test_a_share_has_one_decimal_half_up(part: Scalar, whole: Scalar, said: str) -> None:
    """Without both numbers, or of nothing, there is no share."""
    assert phrases.share(part, whole) == said


def grades(*rows: tuple[int, str | None]) -> list[Record]:
    """Return rows of 年度考核."""
    return [record("年度考核", {"考核年度": Decimal(year), "考核等次": grade}) for year, grade in rows]


@pytest.mark.parametrize(
    ("rows", "started", "said"),
    [
        ([(2019, "优秀"), (2017, "优秀"), (2018, "合格")], Month(1998, 7), "2017年优秀；2018年合格；2019年优秀"),
        ([(2016, "优秀"), (2017, "优秀"), (2018, "合格"), (2019, "合格")], None, "2017年优秀；2018年合格；2019年合格"),
        ([(2019, "合格")], Month(2018, 9), "2019年合格（2018年9月参加工作）"),
        ([(2018, "未定等次"), (2019, "合格")], Month(2018, 9), "2018年未定等次；2019年合格（2018年9月参加工作）"),
        ([(2017, "合格"), (2019, "合格")], Month(1998, 7), "2017年合格；【待填：2018年年度考核】；2019年合格"),
        ([(2017, "合格"), (2018, None), (2019, "合格")], None, "2017年合格；【待填：2018年年度考核】；2019年合格"),
        ([], Month(1998, 7), ""),
    ],
)
def test_assessments_of_three_years_in_order(rows: list[tuple[int, str | None]], started: Scalar, said: str) -> None:
    """A year at work without an assessment is left to be filled; who began later is told by the month."""
    assert phrases.assessed(grades(*rows), started, "{year}年{grade}", "；") == said


# ---------------------------------------------------------------- lists


def test_relatives_stand_by_nearness_and_the_dead_have_no_age() -> None:
    """Spouse, child, parent, others, whatever their order in the workbook."""
    rows = of("K1")["家庭成员"]
    assert isinstance(rows, tuple)
    told = [(row["称谓"], row["年龄"]) for row in rows]
    assert told == [("妻子", "41"), ("女儿", "11"), ("父亲", ""), ("岳母", "67")]


@pytest.mark.parametrize(
    ("word", "place"),
    [
        *(("丈夫", 0), ("妻子", 0), ("儿子", 1), ("长女", 1), ("次子", 1), ("养女", 1), ("独生子", 1)),
        *(
            ("父亲", 2),
            ("母亲（已故）", 2),
            ("养父", 2),
            ("孙子", 3),
            ("岳父", 3),
            ("公公", 3),
            ("哥哥", 3),
            ("侄女", 3),
        ),
    ],
)
def test_words_for_relatives_tell_how_near_they_are(word: str, place: int) -> None:
    """A grandson is no son and a mother-in-law no mother."""
    family = [("妻子", 0), ("儿子", 1), ("父亲", 2), ("岳母", 3)]
    rows = [("称谓", one) for one in (word, *(other for other, at in family if at != place))]
    found = people({**sheets(), "家庭成员": [{"候选人编号": "K1", "成员姓名": "某", **dict([row])} for row in rows]})
    order = [row["称谓"] for row in tables.relatives(found["K1"], ["称谓"], DAY)]
    assert order.index(word) == place


def test_the_resume_shows_open_ends_and_what_happened_meanwhile() -> None:
    """The last line has nothing behind its dashes; study beside work is marked."""
    rows = of("K5")["简历行"]
    assert rows == (
        {"起止": "1994.09--1998.07", "内容": "某师范大学小学教育专业学习", "是否其间": False},
        {"起止": "1998.07--2016.08", "内容": "兴东小学教师、教导主任", "是否其间": False},
        {"起止": "2005.09--2008.06", "内容": "某大学教育管理专业在职研究生学习", "是否其间": True},
        {"起止": "2016.08--", "内容": "兴东小学副校长", "是否其间": False},
    )


def test_recommendations_have_a_rate_of_those_who_could_say() -> None:
    """At a meeting of the valid ballots, in talks of those who came."""
    told = of("K1")
    assert told["会议推荐"]["得票率"] == "86.0%"  # type: ignore[index]
    assert told["谈话推荐"]["得票率"] == "90.0%"  # type: ignore[index]
    assert told["会议推荐得票率"] == "86.0%"
    assert of("K1", without("民主推荐"))["会议推荐"] is None


def test_the_texts_of_the_group_stand_by_part_and_number() -> None:
    """A line break begins a paragraph without a head; the sign at the end of a head is the template's."""
    told = of("K1")
    assert told["能勤绩"] == (
        {"小标题": "教学能力较强", "正文": "主持市级课题一项，指导青年教师八名。"},
        {"小标题": "工作实绩明显", "正文": "所带年级连续三年质量检测居全区前列。"},
    )
    heads = [row["小标题"] for row in told["德"]]  # type: ignore[attr-defined]
    assert heads == ["政治立场坚定", ""]
    assert told["其他"] == ()


def test_the_assessment_adds_up_and_is_withheld_where_voters_could_be_inferred() -> None:
    """Shares are together 100.0; of fewer voters than may be shown nothing is told but that."""
    told = of("K1")["测评"]
    assert isinstance(told, dict)
    grades = told["等次"]
    assert sum(Decimal(row["比率"].rstrip("%")) for row in grades) == 100
    assert (told["有效票数"], told["优秀率"], told["优称率"]) == (37, "86.5%", "97.3%")
    assert told["开始日期"] == told["结束日期"] == date(2020, 11, 9)
    few = sheets()
    few["测评票"] = [row for row in few["测评票"] if row["票序号"] in (1, 2, 3)]
    hidden = of("K1", few)["测评"]
    assert isinstance(hidden, dict)
    assert hidden["人数过少"]
    assert hidden["等次"] == ()
    assert hidden["有效票数"] is None
    assert of("K1", without("测评票"))["测评"] is None


def test_the_groups_members_are_told_one_by_one() -> None:
    """Blanks within a name are typing; the leader is marked, and comes first where the cell leaves the leader out."""
    rows = of("K1")["考察组成员名单"]
    assert [(row["姓名"], row["是否组长"]) for row in rows] == [("周强", True), ("吴桂兰", False), ("郑伟", False)]  # type: ignore[attr-defined]
    assert [row["姓名"] for row in tables.members("周 强", "吴桂兰，郑伟")] == ["周强", "吴桂兰", "郑伟"]
    assert tables.members(None, None) == ()


# ---------------------------------------------------------------- all together


def test_every_name_is_known_even_where_a_sheet_has_no_row() -> None:
    """A candidate of whom only the own row is there shows blanks, not unknown names; with the rows nothing is added."""
    bare = {"候选人": sheets()["候选人"]}
    full = of("K1")
    assert of("K1", bare).keys() == full.keys()
    person, several = known_values(terms())
    assert person.keys() == full.keys()
    assert several.keys() == batch().keys()


def test_fields_of_the_candidates_row_are_meant_by_shared_names() -> None:
    """The kind of appointment stands in 岗位方案 too."""
    rows = sheets()
    rows["岗位方案"] = [{**row, "任用类型": "改任"} for row in rows["岗位方案"]]
    assert of("K1", rows)["任用类型"] == "提拔"


def test_a_name_is_written_without_blanks_and_lined_up_apart() -> None:
    """In sentences as it is, in tables with a space between two signs; the dot of a minority's name stays."""
    told = of("K1", changed("候选人", "K1", 姓名="王 伟"))
    assert (told["姓名"], told["姓名排版"], told["称呼"]) == ("王伟", "王　伟", "王伟同志")
    assert of("K3")["姓名排版"] == "阿依古丽·买买提"


def test_a_batch_tells_only_what_all_agree_on() -> None:
    """A day that is not the same for all is left to be filled."""
    told = batch()
    assert (told["公示开始日期"], told["批次"], told["考察组组长"]) == (date(2020, 11, 26), BATCH, "周强")
    assert batch(changed("审核记录", "K2", 公示开始日期=date(2020, 12, 1)))["公示开始日期"] is None


def test_a_batch_knows_no_identity_numbers_and_its_public_list_only_what_is_public() -> None:
    """What no paper about several may print is not there to be named, by construction."""
    told = batch()
    rows, public = told["候选人名单"], told["公示名单"]
    assert isinstance(rows, tuple)
    assert isinstance(public, tuple)
    assert WITHHELD.isdisjoint(told)
    assert all(WITHHELD.isdisjoint(row) for row in rows)
    assert [tuple(row) for row in public] == [PUBLIC] * 5
    for secret in ("370811", "孙丽华", "山东曲阜", "教学能力较强"):
        assert secret not in repr(told)
        assert secret in repr([values(one) for one in people().values()])


def test_people_stand_by_post_then_by_the_strokes_of_the_surname() -> None:
    """Posts in the workbook's order; 王 (4) before 李 (7); namesakes of a post as they came."""
    assert [one.code for one in in_order()] == ["K1", "K5", "K4", "K2", "K3"]
    rows = sheets()
    rows["候选人"] = [{**row, "拟任职务": "兴东小学校长"} for row in reversed(rows["候选人"])]
    assert [one.code for one in in_order(rows)] == ["K2", "K1", "K5", "K4", "K3"]
    rows["岗位方案"] = []
    rows["候选人"][0]["姓名"] = None
    assert [one.code for one in in_order(rows)] == ["K2", "K1", "K4", "K3", "K5"]


def test_a_character_that_nobody_knows_stops_the_list() -> None:
    """As in every list by strokes the office is asked for its strokes."""
    rows = changed("候选人", "K4", 姓名="张\U0002b5af")
    with pytest.raises(PbreportsError, match=r"考察人选.*不在字序表里"):
        in_order(rows, known="")


def test_without_progress_and_tally_the_lists_are_empty() -> None:
    """The values can be made before there is either."""
    told = person_values(people()["K1"], day=DAY, terms=terms())
    assert (told["全程纪实"], told["测评"], told["测评优秀率"], told["照片"]) == ((), None, "", None)
    assert voted(people()["K1"]).total.valid == 37
