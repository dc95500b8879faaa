"""Candidacies for tests, as the bureau's workbook tells them; all people invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from pbreports.cadre.dossier import Dossier, dossiers
from pbreports.scheme.cadres import ASSESSMENTS, CANDIDATES, CAREER, CODE, CONFIRMED, RELATIVES
from pbreports.values import Record, Scalar
from pbreports.values import YearMonth as Month

WORKBOOK = "干部考察.xlsx"

PERSON: Mapping[str, Scalar] = {
    CODE: "K01",
    "批次": "一",
    "姓名": "张三",
    "身份证号": "110105197506120019",
    "性别": "男",
    "民族": "汉族",
    "籍贯": "山东乐陵",
    "出生地": "山东乐陵",
    "出生年月": Month(1975, 6),
    "参加工作年月": Month(1996, 7),
    "入党年月": Month(1999, 7),
    "健康状况": "健康",
    "政治面貌": "中共党员",
    "全日制学历": "大专",
    "全日制学历院校专业": "某师范专科学校中文系汉语言文学专业",
    "在职学历": "大学",
    "在职学位": "文学学士",
    "在职学历院校专业": "某大学汉语言文学专业",
    "职称": "高级",
    "专业技术职务": "高级教师",
    "熟悉专业特长": "小学教育",
    "现任职务": "某小学副校长",
    "拟任职务": "某小学校长",
    "拟免职务": "某小学副校长",
    "奖惩情况": "无",
    "任免理由": "工作需要",
}
CAREER_ROWS: Sequence[tuple[Scalar, ...]] = (
    (Month(1993, 9), Month(1996, 7), "某师范专科学校学习", False),
    (Month(1996, 7), Month(2012, 8), "某小学教师", None),
    (Month(2003, 9), Month(2006, 7), "某大学汉语言文学专业（函授）学习", True),
    (Month(2012, 8), None, "某小学副校长", None),
)
GRADES: Sequence[tuple[Scalar, ...]] = (
    (Decimal(2017), "优秀"),
    (Decimal(2018), "合格"),
    (Decimal(2019), "优秀"),
)
FAMILY_ROWS: Sequence[tuple[Scalar, ...]] = (
    ("妻子", "李四", Month(1976, 8), "中共党员", "某小学教师"),
    ("父亲", "张大", Month(1949, 3), "群众", "已去世"),
)


def rows_of(sheet: str, fields: Sequence[str], rows: Sequence[Sequence[Scalar]]) -> tuple[Record, ...]:
    """Return a sheet's records; the address of a field is its column by its place, its row from 4 on."""
    found = []
    for number, row in enumerate(rows, 4):
        values = dict(zip(fields, row, strict=True))
        cells = {name: f"{chr(65 + place)}{number}" for place, name in enumerate(fields)}
        found.append(Record(sheet, "", values, cells, WORKBOOK, sheet))
    return tuple(found)


def dossier(
    given: Mapping[str, Scalar] | None = None,
    *,
    career: Sequence[Sequence[Scalar]] = CAREER_ROWS,
    grades: Sequence[Sequence[Scalar]] = GRADES,
    family: Sequence[Sequence[Scalar]] = FAMILY_ROWS,
) -> Dossier:
    """Return a candidacy, with fields of the candidate's own row as given."""
    person = {**PERSON, **(given or {})}
    code = person[CODE]
    sheets = {
        CANDIDATES: rows_of(CANDIDATES, list(person), [list(person.values())]),
        CAREER: rows_of(
            CAREER, [CODE, "起始年月", "结束年月", "单位及职务", "是否其间"], [(code, *row) for row in career]
        ),
        ASSESSMENTS: rows_of(ASSESSMENTS, [CODE, "考核年度", "考核等次"], [(code, *row) for row in grades]),
        RELATIVES: rows_of(
            RELATIVES,
            [CODE, "称谓", "成员姓名", "成员出生年月", "成员政治面貌", "成员单位及职务"],
            [(code, *row) for row in family],
        ),
    }
    return next(dossiers(sheets))


def confirmed(*rows: tuple[Scalar, Scalar, Scalar]) -> tuple[Record, ...]:
    """Return rows of 任免表确认: the file, the candidacy, who confirms."""
    return rows_of(CONFIRMED, ["任免表文件", CODE, "确认人"], rows)
