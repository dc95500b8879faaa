"""The form that the workbook tells: every field in the spelling of the editor, and nothing of an older form lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cadre.forms import FATHER, JPEG, WIFE, lrmx
from cadre.people import CAREER_ROWS, dossier
from pbreports.cadre.comparing import compare
from pbreports.cadre.elements import ELEMENTS, FAMILY, PHOTO, Relative
from pbreports.cadre.form import Origin, blank_form, form_of
from pbreports.cadre.lrmx import read_lrmx, write_lrmx
from pbreports.cadre.retirement import retirement_month
from pbreports.cadre.roster import unplaced_relatives
from pbreports.values import Scalar
from pbreports.values import YearMonth as Month

DAY = date(2020, 9, 1)


def test_the_blank_form_has_every_element_in_order() -> None:
    """All elements, blank, on Windows line ends; the two of 2025 only on request."""
    for revised in (False, True):
        form = blank_form(revised)
        names = [one.name for one in ELEMENTS if revised or not one.revised]
        places = [form.source.index(f"<{name}>".encode()) for name in names]
        assert places == sorted(places)
        assert len(names) == (36 if revised else 34)
        assert b"\n" not in form.source.replace(b"\r\n", b"")
        assert {name: text for name, text in form.values.items() if text} == {"Version": "3.2.1.6"}
        assert (form.revised, form.relatives, form.photo) == (revised, (), None)


def test_every_field_is_spelt_as_the_editor_spells_it() -> None:
    """Months in six digits, the resume in columns, grades in words, the identity number in capitals."""
    form = form_of(dossier({"姓名": "张　\u200b三", "身份证号": "１１010519750612001x "}), day=DAY, photo=JPEG)
    assert form.get("XingMing") == "张三"
    assert form.get("ChuShengNianYue") == "197506"
    assert form.get("RuDangShiJian") == "199907"
    assert form.get("ShenFenZheng") == "11010519750612001X"
    assert form.get("NianDuKaoHeJieGuo") == "2017年年度考核优秀；2018年年度考核合格；2019年年度考核优秀"
    assert form.get("JiSuanNianLingShiJian") == "20200901"
    assert form.get("JianLi").split("\n") == [
        "1993.09--1996.07  某师范专科学校学习",
        "1996.07--2012.08  某小学教师",
        "                  （其间：2003.09--2006.07  某大学汉语言文学专业（函授）学习）",
        "2012.08--         某小学副校长",
    ]
    assert form.relatives == (WIFE, FATHER)
    assert form.photo == JPEG
    assert form.file == "K01_张三.lrmx"


@pytest.mark.parametrize(
    ("politics", "month", "text"),
    [
        ("中共党员", Month(1999, 7), "199907"),
        ("民盟", None, "民盟"),
        ("民盟", Month(1999, 7), "199907；民盟"),
        ("群众", None, ""),
    ],
)
def test_a_democratic_party_stands_with_the_month_of_joining(politics: str, month: Scalar, text: str) -> None:
    """The form has one cell for both."""
    assert form_of(dossier({"政治面貌": politics, "入党年月": month}), day=DAY).get("RuDangShiJian") == text


def test_the_last_three_years_are_assessed_oldest_first() -> None:
    """Whatever the order and number of the rows."""
    grades = [(Decimal(year), "合格") for year in (2019, 2016, 2018, 2017)]
    text = form_of(dossier(grades=grades), day=DAY).get("NianDuKaoHeJieGuo")
    assert text == "2017年年度考核合格；2018年年度考核合格；2019年年度考核合格"


def test_no_reward_is_said_so() -> None:
    """The form says 无 rather than nothing."""
    assert form_of(dossier({"奖惩情况": None}), day=DAY).get("JiangChengQingKuang") == "无"


def test_who_hands_it_in_is_written_when_told() -> None:
    """呈报单位, 填表人 and 填表时间 are not of the workbook."""
    form = form_of(dossier(), day=DAY, origin=Origin("某区教育局", "王五", date(2020, 9, 3)))
    assert (form.get("ChengBaoDanWei"), form.get("TianBiaoRen")) == ("某区教育局", "王五")
    assert form.get("TianBiaoShiJian") == "20200903"


def test_relatives_without_a_row_are_told() -> None:
    """The form takes ten relatives; who is left out is not silently lost."""
    crowd = dossier(family=[("弟弟", f"张{n}", None, None, "务农") for n in range(12)])
    assert len(form_of(crowd, day=DAY).relatives) == 10
    assert [row.get("成员姓名") for row in unplaced_relatives(crowd)] == ["张10", "张11"]


def test_the_form_made_from_the_workbook_agrees_with_it() -> None:
    """Comparing a form with the workbook it was made from finds nothing."""
    for revised in (False, True):
        assert compare(dossier(), form_of(dossier(), day=DAY, revised_2025=revised), day=DAY) == ()


def test_a_form_to_base_on_keeps_what_the_workbook_does_not_say() -> None:
    """Unknown elements, photo, other spellings and what the workbook leaves blank stay; what differs is changed."""
    old = read_lrmx(
        write_lrmx(
            read_lrmx(lrmx(tail="  <BeiZhu>留</BeiZhu>", end="\r\n").encode(), "张三.lrmx"),
            {
                "ChuShengNianYue": "1975.06",
                "JianKangZhuangKuang": "良好",
                "XianRenZhiWu": "某小学教师",
                PHOTO: JPEG,
                FAMILY: (WIFE, replace(FATHER, post="务农")),
            },
        ),
        "张三.lrmx",
    )
    form = form_of(dossier({"健康状况": None}), day=DAY, based_on=old)
    assert form.get("ChuShengNianYue") == "1975.06"
    assert form.get("JianKangZhuangKuang") == "良好"
    assert form.get("XianRenZhiWu") == "某小学副校长"
    assert form.relatives == (WIFE, FATHER)
    assert (form.photo, form.others, form.file) == (JPEG, {"BeiZhu": "留"}, "张三.lrmx")
    assert not form.revised


def test_a_form_based_on_one_that_agrees_is_that_form_but_for_the_dates() -> None:
    """Making it twice changes nothing."""
    once = form_of(dossier(), day=DAY, photo=JPEG)
    assert form_of(dossier(), day=DAY, based_on=once).source == once.source


@pytest.mark.parametrize("text", ["（其间：某大学学习）", "(其间某大学学习)", "其间：某大学学习", "某大学学习"])
def test_a_row_that_is_meanwhile_need_not_say_so_again(text: str) -> None:
    """The column and the cell say it; the form says it once."""
    career = [*CAREER_ROWS[:1], (Month(1994, 9), Month(1995, 7), text, True)]
    lines = form_of(dossier(career=career), day=DAY).get("JianLi").split("\n")
    assert lines[1].strip() == "（其间：1994.09--1995.07  某大学学习）"


def test_a_resume_row_that_tells_the_meanwhile_itself_is_two_lines() -> None:
    """（其间：…） inside a cell stands beneath its line on the form."""
    career = [*CAREER_ROWS[:1], (Month(1996, 7), None, "某小学教师（其间：2003.09-2006.07某大学学习）", None)]
    lines = form_of(dossier(career=career), day=DAY).get("JianLi").split("\n")
    assert lines[2].strip() == "（其间：2003.09--2006.07  某大学学习）"


# 国务院关于渐进式延迟法定退休年龄的办法, tables 1 to 3: first, turning and last rows.
@pytest.mark.parametrize(
    ("born", "limit", "retires"),
    [
        (Month(1964, 12), 60, Month(2024, 12)),
        (Month(1965, 1), 60, Month(2025, 2)),
        (Month(1965, 4), 60, Month(2025, 5)),
        (Month(1965, 5), 60, Month(2025, 7)),
        (Month(1976, 8), 60, Month(2039, 7)),
        (Month(1976, 9), 60, Month(2039, 9)),
        (Month(1985, 1), 60, Month(2048, 1)),
        (Month(1970, 1), 55, Month(2025, 2)),
        (Month(1981, 9), 55, Month(2039, 9)),
        (Month(1975, 1), 50, Month(2025, 2)),
        (Month(1975, 3), 50, Month(2025, 5)),
        (Month(1984, 11), 50, Month(2039, 11)),
        (Month(1970, 1), 63, Month(2033, 1)),
    ],
)
def test_the_retirement_month_follows_the_tables(born: Month, limit: int, retires: Month) -> None:
    """One month later for every four (two) months begun, up to the end of the table; other ages stay."""
    assert retirement_month(born, limit) == retires


@pytest.mark.parametrize(
    ("given", "month", "words"),
    [
        ({}, "203802", "改革前任职年龄界限为60岁"),
        ({"性别": "女", "职称": "一级", "出生年月": Month(1981, 9)}, "203909", "改革前任职年龄界限为55岁"),
        ({"性别": "女", "职称": "高级", "出生年月": Month(1976, 9)}, "203909", "改革前任职年龄界限为60岁"),
        ({"性别": "女", "职称": "一级", "出生年月": Month(1960, 1)}, "201501", "已到龄人员"),
        ({"改革前任职年龄界限": Decimal(63)}, "203806", "改革前任职年龄界限为63岁"),
    ],
)
def test_the_elements_of_2025_are_computed(given: dict[str, Scalar], month: str, words: str) -> None:
    """到龄年月 and the former age, which a field that staff add may settle."""
    form = form_of(dossier(given), day=DAY, revised_2025=True)
    assert (form.get("DaoLingNianYue"), form.get("GaiGeQianRenZhiNianLingJieXian")) == (month, words)


def test_a_blank_row_of_relatives_is_none() -> None:
    """What the editor keeps ready is not a relative."""
    assert Relative().is_blank()
    assert not WIFE.is_blank()
