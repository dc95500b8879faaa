"""Roster and form are compared by what they say, not how they spell it; every difference names both and the cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre.forms import FATHER, WIFE
from cadre.people import CAREER_ROWS, FAMILY_ROWS, GRADES, PERSON, dossier
from pbreports.cadre.comparing import Difference, Side, compare
from pbreports.cadre.elements import ELEMENTS, FAMILY, Form, Relative
from pbreports.cadre.form import form_of
from pbreports.cadre.lrmx import read_lrmx, write_lrmx
from pbreports.cadre.rewriting import Change
from pbreports.cadre.sameness import grades_in
from pbreports.values import Scalar
from pbreports.values import YearMonth as Month

DAY = date(2020, 9, 1)


def changed(changes: Mapping[str, Change], *, revised_2025: bool = False) -> Form:
    """Return the form that agrees with the workbook, with some elements otherwise."""
    form = form_of(dossier(), day=DAY, revised_2025=revised_2025)
    return read_lrmx(write_lrmx(form, changes), form.file)


def told(found: Sequence[Difference]) -> list[tuple[str, str, str, Side]]:
    """Return the differences as people are shown them."""
    return [(one.field, one.roster, one.form, one.side) for one in found]


SPELLINGS = [
    ("XingMing", "张　三"),
    ("XingMing", "张\u200b三 "),
    ("ChuShengNianYue", "1975.06"),
    ("ChuShengNianYue", "19750612"),
    ("ChuShengNianYue", "1975年6月"),
    ("ChuShengNianYue", "１９７５．０６"),
    ("ChuShengNianYue", "1975-06-12"),
    ("ChuShengNianYue", "1975..06"),
    ("MinZu", "汉"),
    ("RuDangShiJian", "1999.07"),
    ("ShenFenZheng", "１１０１０５１９７５０６１２００１９"),
    ("QuanRiZhiJiaoYu_XueLi", "大学专科"),
    ("ZaiZhiJiaoYu_XueLi", "本科"),
    ("QuanRiZhiJiaoYu_XueWei", "无"),
    ("JiangChengQingKuang", "（无）"),
    ("JiangChengQingKuang", ""),
    ("NianDuKaoHeJieGuo", "2017年度优秀，2018年度合格，2019年度优秀。"),
    ("NianDuKaoHeJieGuo", "2017、2019年年度考核优秀；2018年年度考核合格"),
    ("NianDuKaoHeJieGuo", "2015年优秀；2016年优秀；2017年优秀；2018年合格；2019年优秀"),
    (
        "JianLi",
        """199309-199607 某师范专科学校学习
        1996.07—2012.08 某小学教师（其间：2003.09-2006.07某大学汉语言文学专业(函授)学习）
        2012.08至今 某小学副校长""",
    ),
    (FAMILY, (FATHER, WIFE)),
    (FAMILY, (replace(WIFE, title="妻", born="1976.08", politics="党员"), FATHER)),
    ("JiSuanNianLingShiJian", "202009"),
    ("JiSuanNianLingShiJian", "2020.9.1"),
]


@pytest.mark.parametrize(("element", "text"), SPELLINGS)
def test_other_spellings_are_no_differences(element: str, text: Change) -> None:
    """Months, widths, invisible characters, synonyms, order of relatives, 无 for nothing."""
    assert told(compare(dossier(), changed({element: text}), day=DAY)) == []


OTHERS = [
    ("XingMing", "张叁", ("姓名", "张三", "张叁", Side.DIFFERENT), "C4"),
    ("ChuShengNianYue", "197507", ("出生年月", "1975.06", "1975.07", Side.DIFFERENT), "I4"),
    ("ChuShengNianYue", "1975", ("出生年月", "1975.06", "1975", Side.DIFFERENT), "I4"),
    ("RuDangShiJian", "199907；民盟", ("入党年月", "1999.07", "1999.07；民盟", Side.DIFFERENT), "K4"),
    ("JianKangZhuangKuang", "", ("健康状况", "健康", "", Side.FORM_LACKS), "L4"),
    ("QuanRiZhiJiaoYu_XueWei", "文学学士", ("全日制学位", "", "文学学士", Side.ROSTER_LACKS), "A4"),
    ("ZaiZhiJiaoYu_XueLi", "研究生", ("在职学历", "大学", "研究生", Side.DIFFERENT), "P4"),
    (
        "NianDuKaoHeJieGuo",
        "2017年优秀；2018年优秀；2019年优秀",
        ("年度考核 2018年", "合格", "优秀", Side.DIFFERENT),
        "C5",
    ),
    ("NianDuKaoHeJieGuo", "2017年优秀；2018年合格", ("年度考核 2019年", "优秀", "", Side.FORM_LACKS), "C6"),
    (
        "NianDuKaoHeJieGuo",
        "近三年考核好",
        ("年度考核", "2017年年度考核优秀；2018年年度考核合格；2019年年度考核优秀", "近三年考核好", Side.DIFFERENT),
        "C6",
    ),
    (
        FAMILY,
        (replace(WIFE, born="197609"), FATHER),
        ("家庭成员 妻子李四 成员出生年月", "1976.08", "1976.09", Side.DIFFERENT),
        "D4",
    ),
    (
        FAMILY,
        (replace(WIFE, name="李肆"), FATHER),
        ("家庭成员 妻子李四 成员姓名", "李四", "李肆", Side.DIFFERENT),
        "C4",
    ),
    (
        FAMILY,
        (replace(WIFE, title="配偶"), FATHER),
        ("家庭成员 妻子李四 称谓", "妻子", "配偶", Side.DIFFERENT),
        "B4",
    ),
    ("JiSuanNianLingShiJian", "20200902", ("计算年龄日期", "2020.09.01", "20200902", Side.DIFFERENT), "A4"),
    (FAMILY, (WIFE,), ("家庭成员 父亲张大", "父亲，张大，1949.03，群众，已去世", "", Side.FORM_LACKS), "C5"),
    (
        FAMILY,
        (WIFE, FATHER, Relative("女儿", "张小", "200501")),
        ("家庭成员 女儿张小", "", "女儿，张小，2005.01", Side.ROSTER_LACKS),
        "A4",
    ),
    ("JiSuanNianLingShiJian", "20200801", ("计算年龄日期", "2020.09.01", "20200801", Side.DIFFERENT), "A4"),
    ("JiSuanNianLingShiJian", "", ("计算年龄日期", "2020.09.01", "", Side.FORM_LACKS), "A4"),
]


@pytest.mark.parametrize(("element", "text", "expected", "cell"), OTHERS)
def test_each_difference_names_both_sides_and_the_cell(
    element: str, text: Change, expected: tuple[str, str, str, Side], cell: str
) -> None:
    """One difference of one element: the roster's field, both texts, which side lacks it, the roster's cell."""
    found = compare(dossier(), changed({element: text}), day=DAY)
    assert told(found) == [expected]
    assert (found[0].element, found[0].where.cell) == (element, cell)
    assert found[0].label


RESUME = form_of(dossier(), day=DAY).get("JianLi")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            RESUME.replace("1996.07--2012.08", "1996.07--2012.07"),
            [
                (
                    "简历 1996.07",
                    "1996.07--2012.08  某小学教师",
                    "1996.07--2012.07  某小学教师",
                    Side.DIFFERENT,
                )
            ],
        ),
        (
            RESUME.replace("1996.07--2012.08  某小学教师", "1996.07--2012.07  某小学职员"),
            [("简历 1996.07", "1996.07--2012.08  某小学教师", "1996.07--2012.07  某小学职员", Side.DIFFERENT)],
        ),
        (
            RESUME.replace("2012.08--", "2012.09--").split("\n", 1)[1],
            [
                ("简历 1993.09", "1993.09--1996.07  某师范专科学校学习", "", Side.FORM_LACKS),
                ("简历 2012.08", "2012.08--  某小学副校长", "2012.09--  某小学副校长", Side.DIFFERENT),
            ],
        ),
        (
            RESUME.replace("副校长", "校长"),
            [("简历 2012.08", "2012.08--  某小学副校长", "2012.08--  某小学校长", Side.DIFFERENT)],
        ),
        (
            RESUME.replace("1993.09--1996.07  某师范专科学校学习\n", ""),
            [("简历 1993.09", "1993.09--1996.07  某师范专科学校学习", "", Side.FORM_LACKS)],
        ),
        (
            "1990.09--1993.07  某中学学习\n" + RESUME,
            [("简历 1990.09", "", "1990.09--1993.07  某中学学习", Side.ROSTER_LACKS)],
        ),
        (
            RESUME.replace("2003.09--2006.07", "2003--2006"),
            [
                (
                    "简历 2003.09",
                    "（其间：2003.09--2006.07  某大学汉语言文学专业（函授）学习）",
                    "（其间：2003--2006  某大学汉语言文学专业（函授）学习）",
                    Side.DIFFERENT,
                )
            ],
        ),
    ],
)
def test_the_resume_is_compared_line_by_line(text: str, expected: list[tuple[str, str, str, Side]]) -> None:
    """A line with another date or text is one difference, a line of one side only is lacking on the other."""
    assert told(compare(dossier(), changed({"JianLi": text}))) == expected


def test_the_end_of_an_identity_number_may_be_small() -> None:
    """A small x is an X."""
    person = dossier({"身份证号": "11010519491231002X"})
    form = changed({"ShenFenZheng": "11010519491231002x"})
    assert compare(person, form) == ()


def test_an_old_form_is_not_blamed_for_the_number_it_cannot_hold() -> None:
    """The older file has no identity number; a newer one that leaves it blank lacks it."""
    form = changed({})
    old = replace(form, values={name: text for name, text in form.values.items() if name != "ShenFenZheng"})
    assert compare(dossier(), old) == ()
    assert [one.side for one in compare(dossier(), changed({"ShenFenZheng": ""}))] == [Side.FORM_LACKS]


def test_party_and_month_may_stand_in_either_order() -> None:
    """The form has one cell for both."""
    person = dossier({"政治面貌": "民盟"})
    assert compare(person, changed({"RuDangShiJian": "民盟；1999.07"})) == ()


def test_relatives_of_one_title_are_not_taken_for_each_other() -> None:
    """Of several brothers the names decide; only who is the one of a title may have the name mistyped."""
    people = dossier(family=[("弟弟", name, None, None, "务农") for name in ("张甲", "张乙")])
    form = changed({FAMILY: (Relative("弟弟", "张丙", "", "", "务农"),)})
    assert [one.side for one in compare(people, form)] == [Side.FORM_LACKS, Side.FORM_LACKS, Side.ROSTER_LACKS]


def test_the_elements_of_2025_are_compared_when_the_form_has_them() -> None:
    """到龄年月 is computed from the roster; an old form is not blamed for lacking it."""
    form = changed({"DaoLingNianYue": "203806"}, revised_2025=True)
    assert told(compare(dossier(), form)) == [("到龄年月", "2038.02", "2038.06", Side.DIFFERENT)]
    assert compare(dossier(), changed({})) == ()


def test_a_political_status_that_only_some_programs_write_is_compared() -> None:
    """The element is foreign to the form, but says what the roster says too."""
    form = changed({})
    foreign = form.source.replace(b"</Person>", "  <ZhengZhiMianMao>群众</ZhengZhiMianMao>\r\n</Person>".encode())
    assert told(compare(dossier(), read_lrmx(foreign, "a.lrmx"))) == [("政治面貌", "中共党员", "群众", Side.DIFFERENT)]


def test_differences_come_in_the_order_of_the_form() -> None:
    """Whatever finds them, they are told from the name down."""
    form = changed({"RenMianLiYou": "", "JianLi": "", "XingMing": "张叁", FAMILY: ()})
    order = [one.name for one in ELEMENTS]
    places = [order.index(one.element) for one in compare(dossier(), form)]
    assert places == sorted(places)


@pytest.mark.parametrize("name", [one.field for one in ELEMENTS if one.field])
def test_every_field_of_the_roster_is_compared(name: str) -> None:
    """No field with an element on the form is passed over."""
    form = changed({})
    other: Scalar = Month(2001, 1) if isinstance(PERSON.get(name), Month) else "另"
    assert next(one.field for one in compare(dossier({name: other}), form)) == name


@pytest.mark.parametrize(
    ("sheet", "given"),
    [
        ("简历", {"career": CAREER_ROWS[:-1]}),
        ("家庭成员", {"family": FAMILY_ROWS[:-1]}),
        ("年度考核", {"grades": GRADES[:-1]}),
        ("年度考核", {"grades": ((Decimal(2017), "优秀"), (Decimal(2018), "合格"), (Decimal(2019), "未定等次"))}),
    ],
)
def test_rows_that_the_roster_lacks_are_told(sheet: str, given: dict[str, Sequence[Sequence[Scalar]]]) -> None:
    """A row that stands only on the form is a difference of its sheet."""
    found = compare(dossier(**given), changed({}))
    assert [one.field.split()[0] for one in found] == [sheet]


def test_values_do_not_stand_in_a_trace() -> None:
    """The text of a difference, as a traceback would show it, names no one."""
    (one,) = compare(dossier(), changed({"XingMing": "张叁"}))
    assert "张" not in repr(one)


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("2017-2019年年度考核均为合格", {2017: "合格", 2018: "合格", 2019: "合格"}),
        ("2017—2018年基本称职，2019年不称职", {2017: "基本称职", 2018: "基本称职", 2019: "不称职"}),
        ("２０１９年度：不定等次", {2019: "未定等次"}),
        ("近三年均为优秀", {}),
        ("", {}),
    ],
)
def test_grades_are_read_from_their_sentences(text: str, grades: dict[int, str]) -> None:
    """Year by year, spans of years, both kinds of staff."""
    assert grades_in(text) == grades


@given(
    st.dictionaries(st.sampled_from([one.name for one in ELEMENTS if one.name != FAMILY][:-2]), st.text(max_size=30))
)
def test_comparing_never_fails(texts: dict[str, str]) -> None:
    """Whatever stands on the form, differences are told."""
    compare(dossier(), changed(texts), day=DAY)
