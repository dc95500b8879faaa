"""What a 任免审批表 holds: its elements in the order of the blank form, and one form read or made.

The names are those that the editor of the organisation departments (任免表编辑器 V3.0) writes into ``.lrmx`` files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from pbreports.errors import PbreportsError

ROOT, FAMILY, ITEM, PHOTO = "Person", "JiaTingChengYuan", "Item", "ZhaoPian"


class FormError(PbreportsError):
    """A file is no 任免审批表, or one that cannot be read."""


class Shape(Enum):
    """How an element spells what the roster's field says."""

    TEXT = "文本"
    NAME = "姓名"
    MONTH = "年月"
    PARTY = "入党时间"
    NATION = "民族"
    SCHOOLING = "学历"
    IDENTITY = "身份证号"
    POLITICS = "政治面貌"
    TITLE = "称谓"
    ELSEWHERE = "另有来处"


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its name in the file, its words on the printed form, the roster's field that it repeats.

    ``field`` is empty where the roster has no such field in the candidate's own row; ``revised`` tells that only the
    form of 2025 has it.
    """

    name: str
    label: str
    field: str = ""
    shape: Shape = Shape.ELSEWHERE
    revised: bool = False


def _schooling(kind: str, front: str) -> tuple[Element, ...]:
    return (
        Element(f"{kind}_XueLi", f"{front}学历", f"{front}学历", Shape.SCHOOLING),
        Element(f"{kind}_XueWei", f"{front}学位", f"{front}学位", Shape.TEXT),
        Element(f"{kind}_XueLi_BiYeYuanXiaoXi", f"{front}学历毕业院校系及专业", f"{front}学历院校专业", Shape.TEXT),
        Element(f"{kind}_XueWei_BiYeYuanXiaoXi", f"{front}学位毕业院校系及专业", f"{front}学位院校专业", Shape.TEXT),
    )


ELEMENTS = (
    Element("XingMing", "姓名", "姓名", Shape.NAME),
    Element("XingBie", "性别", "性别", Shape.TEXT),
    Element("ChuShengNianYue", "出生年月", "出生年月", Shape.MONTH),
    Element("MinZu", "民族", "民族", Shape.NATION),
    Element("JiGuan", "籍贯", "籍贯", Shape.TEXT),
    Element("ChuShengDi", "出生地", "出生地", Shape.TEXT),
    Element("RuDangShiJian", "入党时间", "入党年月", Shape.PARTY),
    Element("CanJiaGongZuoShiJian", "参加工作时间", "参加工作年月", Shape.MONTH),
    Element("DaoLingNianYue", "到龄年月", revised=True),
    Element("JianKangZhuangKuang", "健康状况", "健康状况", Shape.TEXT),
    Element("ZhuanYeJiShuZhiWu", "专业技术职务", "专业技术职务", Shape.TEXT),
    Element("ShuXiZhuanYeYouHeZhuanChang", "熟悉专业有何专长", "熟悉专业特长", Shape.TEXT),
    *_schooling("QuanRiZhiJiaoYu", "全日制"),
    *_schooling("ZaiZhiJiaoYu", "在职"),
    Element("XianRenZhiWu", "现任职务", "现任职务", Shape.TEXT),
    Element("NiRenZhiWu", "拟任职务", "拟任职务", Shape.TEXT),
    Element("NiMianZhiWu", "拟免职务", "拟免职务", Shape.TEXT),
    Element("JianLi", "简历"),
    Element("JiangChengQingKuang", "奖惩情况", "奖惩情况", Shape.TEXT),
    Element("NianDuKaoHeJieGuo", "年度考核结果"),
    Element("RenMianLiYou", "任免理由", "任免理由", Shape.TEXT),
    Element(FAMILY, "家庭主要成员及重要社会关系"),
    Element("ChengBaoDanWei", "呈报单位"),
    Element("GaiGeQianRenZhiNianLingJieXian", "改革前任职年龄界限", revised=True),
    Element("JiSuanNianLingShiJian", "计算年龄时间"),
    Element("TianBiaoShiJian", "填表时间"),
    Element("TianBiaoRen", "填表人"),
    Element("ShenFenZheng", "身份证号", "身份证号", Shape.IDENTITY),
    Element(PHOTO, "照片"),
    Element("Version", "版本"),
)
"""Every element in the order of the blank form, the two of the form of 2025 at their places."""

BY_NAME: Mapping[str, Element] = {one.name: one for one in ELEMENTS}


@dataclass(frozen=True, slots=True)
class Relative:
    """One row of 家庭主要成员及重要社会关系, as the form spells it."""

    title: str = ""
    name: str = ""
    born: str = ""
    politics: str = ""
    post: str = ""

    def is_blank(self) -> bool:
        """Tell whether the row is one that the editor keeps ready and nobody filled."""
        return not any((self.title, self.name, self.born, self.politics, self.post))


RELATIVE_ELEMENTS: Mapping[str, str] = {
    "title": "ChengWei",
    "name": "XingMing",
    "born": "ChuShengRiQi",
    "politics": "ZhengZhiMianMao",
    "post": "GongZuoDanWeiJiZhiWu",
}
"""By attribute of ``Relative`` the element inside ``Item`` that holds it."""


@dataclass(frozen=True, slots=True)
class Form:
    """One 任免审批表: what its elements say, and the file it was read from or would be written to.

    ``values`` has the text of every element of ``ELEMENTS`` that the file has, lines parted by line feeds, empty where
    it holds only blanks; the relatives and the photo stand apart. ``photo`` are the picture's own bytes;
    ``damaged_photo`` tells that the file has something there that is no picture's text. ``others`` are the elements
    that the form does not know, kept when it is written. ``source`` is the whole document as it stood, in
    ``encoding``, with a byte order mark or not.
    """

    file: str
    values: Mapping[str, str] = field(repr=False)
    relatives: tuple[Relative, ...] = field(default=(), repr=False)
    photo: bytes | None = field(default=None, repr=False)
    damaged_photo: bool = False
    others: Mapping[str, str] = field(default_factory=dict, repr=False)
    source: bytes = field(default=b"", repr=False)
    encoding: str = "utf-8"
    marked: bool = False

    def get(self, name: str) -> str:
        """Return an element's text, empty when it is blank or the file has no such element."""
        return self.values.get(name, "")

    @property
    def revised(self) -> bool:
        """Whether it is the form of 2025."""
        return any(one.revised and one.name in self.values for one in ELEMENTS)
