"""The form's older file is read into the same form, and can go on as the newer one."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre.forms import FATHER, JPEG, WIFE
from pbreports.cadre.elements import FormError, Relative
from pbreports.cadre.lrm import FIELDS, read_lrm
from pbreports.cadre.lrmx import read_lrmx

FILE = "考察/张三.lrm"
GIVEN = {
    0: "张三",
    1: "男",
    2: "197506",
    3: "汉族",
    4: "山东乐陵",
    5: "199907",
    6: "健康",
    7: "山东乐陵",
    8: "199607",
    9: "大专#@大学#文学学士",
    10: "某师范专科学校中文系#@某大学#某大学文学院",
    11: "高级教师",
    16: "小学教育",
    17: "1993.09--1996.07  某师范专科学校学习\r\n1996.07--         某小学教师",
    18: "无",
    19: "2019年年度考核优秀",
    20: "妻子@父亲@",
    21: "李四@张大@",
    22: "197608@194903@",
    23: "中共党员@群众@",
    24: "某小学教师@已去世@",
    25: "某小学副校长",
    26: "某小学校长",
    27: "某小学副校长",
    28: "工作需要",
    29: "某区教育局",
    30: "20200901",
    31: "王五",
    32: "20200903",
}
ELEMENTS_OF = {
    "XingMing": 0,
    "ChuShengNianYue": 2,
    "RuDangShiJian": 5,
    "ChuShengDi": 7,
    "CanJiaGongZuoShiJian": 8,
    "ZhuanYeJiShuZhiWu": 11,
    "ShuXiZhuanYeYouHeZhuanChang": 16,
    "XianRenZhiWu": 25,
    "NiRenZhiWu": 26,
    "NiMianZhiWu": 27,
    "RenMianLiYou": 28,
    "ChengBaoDanWei": 29,
    "JiSuanNianLingShiJian": 30,
    "TianBiaoRen": 31,
    "TianBiaoShiJian": 32,
}


def lrm(given: dict[int, str] | None = None, joint: str = ",") -> bytes:
    """Return an old file with some fields other than usual."""
    fields = GIVEN | (given or {})
    return joint.join(f'"{fields.get(place, "")}"' for place in range(FIELDS)).encode("gb18030")


def test_every_field_is_read() -> None:
    """All fields, both kinds of schooling, the relatives by columns, the photo of the .pic."""
    form = read_lrm(lrm(), FILE, JPEG)
    assert {name: form.get(name) for name in ELEMENTS_OF} == {name: GIVEN[place] for name, place in ELEMENTS_OF.items()}
    assert form.get("JianLi") == GIVEN[17].replace("\r\n", "\n")
    assert form.get("QuanRiZhiJiaoYu_XueLi") == "大专"
    assert form.get("QuanRiZhiJiaoYu_XueWei") == ""
    assert form.get("ZaiZhiJiaoYu_XueLi") == "大学"
    assert form.get("ZaiZhiJiaoYu_XueWei") == "文学学士"
    assert form.get("QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi") == "某师范专科学校中文系"
    assert form.get("ZaiZhiJiaoYu_XueWei_BiYeYuanXiaoXi") == "某大学文学院"
    assert form.relatives == (WIFE, FATHER)
    assert form.photo == JPEG
    assert "ShenFenZheng" not in form.values
    assert form.others == {}


def test_it_goes_on_as_the_newer_file() -> None:
    """The source is the same form as .lrmx."""
    form = read_lrm(lrm(), FILE, JPEG)
    again = read_lrmx(form.source, FILE)
    assert again.values == {**form.values, "ShenFenZheng": ""}
    assert (again.relatives, again.photo) == (form.relatives, form.photo)


@pytest.mark.parametrize("joint", [",", ", ", ",\r\n"])
def test_blanks_between_fields_do_not_matter(joint: str) -> None:
    """The comma may have blanks or a line break about it."""
    assert read_lrm(lrm(joint=joint) + b"\r\n\x00", FILE).get("TianBiaoRen") == "王五"


def test_quotes_and_unnamed_fields_are_kept() -> None:
    """A quotation mark inside a field, doubled or not; fields that the form has no name for."""
    form = read_lrm(lrm({18: '获""先进""称号', 12: "备注"}), FILE)
    assert form.get("JiangChengQingKuang") == '获"先进"称号'
    assert form.others == {"字段13": "备注"}


def test_columns_of_relatives_may_differ_in_length() -> None:
    """Some writers leave the blanks at the end of a column out."""
    assert read_lrm(lrm({22: "197608", 23: "中共党员"}), FILE).relatives[1] == Relative(
        "父亲", "张大", "", "", "已去世"
    )


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", lrm()[:-400], b'"' + b'","' * 10 + b'"', b"\xff\xfe\xff\xff", "任免表".encode()],
    ids=["nothing", "zip", "cut off", "too few", "no text", "no fields"],
)
def test_what_is_no_old_form_is_refused(data: bytes) -> None:
    """One sentence that names the file."""
    with pytest.raises(FormError, match=r"^考察/张三\.lrm：.*。$"):
        read_lrm(data, FILE)


@given(st.binary(max_size=300))
def test_no_bytes_break_it(data: bytes) -> None:
    """Whatever the bytes, a form or a sentence."""
    with suppress(FormError):
        assert read_lrm(data, FILE).file == FILE
