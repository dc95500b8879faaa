"""Five candidacies of one batch with everything that papers print, for tests; all people invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from pbreports.cadre.ballots.counting import Tally, tally
from pbreports.cadre.ballots.rule import grades_of
from pbreports.cadre.dossier import Dossier, dossiers
from pbreports.cadre.process import progress
from pbreports.cadre.values import Terms, batch_values, paper_order, person_values
from pbreports.cadre.workdays import Workdays
from pbreports.scheme import Scheme, load_scheme
from pbreports.strokes import Supplement, Supplements
from pbreports.values import Record, Scalar
from pbreports.values import YearMonth as Month

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2020, 11, 20)
"""The day that ages are told for."""
BATCH = "2020年第二批"
Rows = Mapping[str, Sequence[Mapping[str, Scalar]]]


@cache
def scheme() -> Scheme:
    """Return the shipped year."""
    return load_scheme(ROOT / "inputs" / "2020" / "方案")


def terms(**changed: object) -> Terms:
    """Return the shipped parameters and fields, with parameters as given."""
    rule = scheme().cadre
    assert rule
    names = {**scheme().fixed_names(next(iter(scheme().heading.periods))), "规定名称": rule.regulation, **changed}
    return Terms(names, {name: [one.name for one in sheet.fields] for name, sheet in scheme().sheets.items()})


def record(sheet: str, given: Mapping[str, Scalar]) -> Record:
    """Return a row that has every field of its sheet, blank where nothing is given."""
    names = [one.name for one in scheme().sheets[sheet].fields]
    assert given.keys() <= set(names), given.keys() - set(names)
    return Record(sheet, "", {name: given.get(name) for name in names}, {}, "干部考察.xlsx", sheet)


# ---------------------------------------------------------------- five people

_POSTS = ("兴东小学校长", "南池小学党支部书记", "第十三中学副校长")
_OWN: Sequence[Mapping[str, Scalar]] = (
    {
        "候选人编号": "K1",
        "姓名": "王伟",
        "身份证号": "370811197805120017",
        "性别": "男",
        "民族": "汉族",
        "籍贯": "山东济宁",
        "出生地": "山东曲阜",
        "出生年月": Month(1978, 5),
        "参加工作年月": Month(1998, 7),
        "入党年月": Month(1999, 6),
        "政治面貌": "中共党员",
        "全日制学历": "大学",
        "全日制学位": "教育学学士",
        "全日制学历院校专业": "某师范大学小学教育专业",
        "专业技术职务": "高级教师",
        "现任职务": "兴东小学副校长",
        "拟任职务": _POSTS[0],
        "拟免职务": "兴东小学副校长",
        "任用类型": "提拔",
    },
    {
        "候选人编号": "K2",
        "姓名": "王伟",
        "身份证号": "370811198003040035",
        "籍贯": "山东泰安",
        "出生年月": Month(1980, 12),
        "政治面貌": "群众",
        "拟任职务": _POSTS[2],
        "任用类型": "交流",
    },
    {
        "候选人编号": "K3",
        "姓名": "阿依古丽·买买提",
        "身份证号": "370811198206150028",
        "性别": "女",
        "民族": "维吾尔族",
        "籍贯": "新疆喀什",
        "出生年月": Month(1982, 6),
        "入党年月": None,
        "政治面貌": "民盟",
        "拟任职务": _POSTS[2],
    },
    {
        "候选人编号": "K4",
        "姓名": "张䶮",
        "身份证号": "370811197910020014",
        "籍贯": "山东兖州",
        "出生年月": Month(1979, 10),
        "入党年月": Month(2003, 7),
        "政治面貌": "预备党员",
        "拟任职务": _POSTS[1],
    },
    {
        "候选人编号": "K5",
        "姓名": "李敏",
        "身份证号": "370811197701230025",
        "性别": "女",
        "籍贯": "山东邹城",
        "出生年月": Month(1977, 1),
        "入党年月": Month(2001, 5),
        "在职学历": "研究生",
        "在职学位": "教育硕士",
        "在职学历院校专业": "某大学教育管理专业",
        "拟任职务": _POSTS[0],
    },
)


def _candidates() -> list[dict[str, Scalar]]:
    first = {**_OWN[0], "批次": BATCH, "任现职年月": Month(2016, 8), "职称": "高级", "学历": "大学本科"}
    blank = dict.fromkeys(("拟免职务", "任用类型"))
    return [first, *({**first, **blank, "任用类型": "重用", **own} for own in _OWN[1:])]


def _recommended(code: str) -> list[dict[str, Scalar]]:
    common: dict[str, Scalar] = {"候选人编号": code, "推荐日期": date(2020, 11, 5)}
    meeting = dict(zip(_MEETING, map(Decimal, (60, 58, 58, 58, 57, 49, 1)), strict=True))
    talks = dict(zip(("推荐应到人数", "推荐实到人数", "推荐得票数"), map(Decimal, (21, 20, 18)), strict=True))
    return [{**common, **meeting, "推荐形式": "会议推荐"}, {**common, **talks, "推荐形式": "谈话推荐"}]


_MEETING = ("推荐应到人数", "推荐实到人数", "推荐发票数", "推荐收票数", "推荐有效票数", "推荐得票数", "推荐位次")


def _polled(code: str) -> tuple[list[dict[str, Scalar]], list[dict[str, Scalar]]]:
    numbers = {"应到人数": 40, "实到人数": 38, "发票数": 38, "收票数": 38, "无效票数": 1}
    poll: dict[str, Scalar] = {f"测评{name}": Decimal(number) for name, number in numbers.items()}
    poll |= {"候选人编号": code, "测评票种": "A", "测评日期": date(2020, 11, 9)}
    slips = [_slip(code, number) for number in range(1, 38)]
    return [poll], slips


def _slip(code: str, number: int) -> dict[str, Scalar]:
    grade = "优秀" if number <= 32 else "称职" if number <= 36 else "弃权"
    parts = dict.fromkeys("德能勤绩廉", "优秀" if number <= 30 else "良好")
    return {"候选人编号": code, "测评票种": "A", "票序号": Decimal(number), "总体评价": grade, **parts}


_WRITTEN = (
    ("德", 1, "政治立场坚定", "带头学习党的理论，组织支部集中学习十二次。\n坚持讲好每一堂思政课。"),
    ("能勤绩", 2, "工作实绩明显", "所带年级连续三年质量检测居全区前列。"),
    ("能勤绩", 1, "教学能力较强。", "主持市级课题一项，指导青年教师八名。"),
    ("廉", 1, None, "遵守中央八项规定精神，没有收到违纪反映。"),
    ("主要特点", 1, None, "熟悉教学管理，处事稳重。"),
    ("不足", 1, None, "深入班级听课评课还不够经常。"),
)


def _written(code: str) -> list[dict[str, Scalar]]:
    return [
        {"候选人编号": code, "评语段落": part, "评语序号": Decimal(number), "小标题": head, "正文": text}
        for part, number, head, text in _WRITTEN
    ]


_CAREER: Sequence[tuple[Scalar, Scalar, str, bool]] = (
    (Month(1994, 9), Month(1998, 7), "某师范大学小学教育专业学习", False),
    (Month(1998, 7), Month(2016, 8), "兴东小学教师、教导主任", False),
    (Month(2005, 9), Month(2008, 6), "某大学教育管理专业在职研究生学习", True),
    (Month(2016, 8), None, "兴东小学副校长", False),
)
_FAMILY = (
    ("父亲", "王建国", Month(1950, 2), "中共党员", "兴东小学教师（已去世）"),
    ("岳母", "赵秀英", Month(1953, 4), "群众", "退休职工"),
    ("女儿", "王小萌", Month(2008, 12), "共青团员", "第十三中学学生"),
    ("妻子", "孙丽华", Month(1979, 11), "中共党员", "南池小学教师"),
)


def _people(code: str) -> dict[str, list[dict[str, Scalar]]]:
    poll, slips = _polled(code)
    grades = ((2017, "优秀"), (2018, "合格"), (2019, "优秀"))
    kin = ("称谓", "成员姓名", "成员出生年月", "成员政治面貌", "成员单位及职务")
    spans = ("起始年月", "结束年月", "单位及职务", "是否其间")
    return {
        "年度考核": [{"候选人编号": code, "考核年度": Decimal(year), "考核等次": grade} for year, grade in grades],
        "简历": [{"候选人编号": code, **dict(zip(spans, row, strict=True))} for row in _CAREER],
        "家庭成员": [{"候选人编号": code, **dict(zip(kin, row, strict=True))} for row in _FAMILY],
        "民主推荐": _recommended(code),
        "测评组织": poll,
        "测评票": slips,
        "谈话汇总": [
            {"候选人编号": code, "谈话日期": date(2020, 11, 10), "谈话人数": Decimal(22), "同意人数": Decimal(21)}
        ],
        "考察评语": _written(code),
        "审核记录": [{"候选人编号": code, **_REVIEWED}],
    }


_REVIEWED: Mapping[str, Scalar] = {
    "档案审核日期": date(2020, 11, 11),
    "档案审核结论": "无问题",
    "个人事项核查日期": date(2020, 11, 12),
    "个人事项核查结论": "无问题",
    "纪检意见日期": date(2020, 11, 13),
    "纪检意见文号": "任教纪函〔2020〕9号",
    "纪检意见结论": "无问题",
    "信访核查日期": date(2020, 11, 13),
    "信访核查结论": "有问题已了结",
    "信访核查文号": "任教访〔2020〕3号",
    "廉洁意见日期": date(2020, 11, 14),
    "廉洁意见书记签字": True,
    "廉洁意见纪检签字": True,
    "不得列为考察对象情形": "无",
    "讨论决定日期": date(2020, 11, 25),
    "讨论会议": "区委教育工委会议",
    "讨论应到人数": Decimal(9),
    "讨论实到人数": Decimal(9),
    "讨论同意票数": Decimal(9),
    "公示文号": "任教工公〔2020〕2号",
    "公示开始日期": date(2020, 11, 26),
    "公示结束日期": date(2020, 12, 3),
    "公示结果": "无反映",
    "任职文号": "任教工任〔2020〕5号",
    "任职日期": date(2020, 12, 7),
}


def sheets() -> dict[str, list[dict[str, Scalar]]]:
    """Return all rows of the workbook, to be changed at will."""
    found: dict[str, list[dict[str, Scalar]]] = {"候选人": _candidates()}
    for one in found["候选人"]:
        for name, rows in _people(str(one["候选人编号"])).items():
            found.setdefault(name, []).extend(rows)
    found["岗位方案"] = [
        {"批次": BATCH, "拟任职务": post, "动议日期": date(2020, 11, 2), "动议文号": "会议纪要第8期"} for post in _POSTS
    ]
    found["考察组"] = [
        {
            "批次": BATCH,
            "考察组名称": "区委教育工委第二考察组",
            "考察组组长": "周强",
            "考察组成员": "周强、吴桂 兰、郑伟",
            "考察公告日期": date(2020, 11, 6),
            "考察开始日期": date(2020, 11, 9),
            "考察结束日期": date(2020, 11, 13),
            "考察材料日期": DAY,
        }
    ]
    return found


def changed(sheet: str, code: str, **fields: Scalar) -> dict[str, list[dict[str, Scalar]]]:
    """Return the workbook with fields of one candidate's rows of a sheet changed."""
    rows = sheets()
    rows[sheet] = [{**row, **fields} if row.get("候选人编号") == code else row for row in rows[sheet]]
    return rows


def without(sheet: str) -> dict[str, list[dict[str, Scalar]]]:
    """Return the workbook with a sheet empty."""
    return {**sheets(), sheet: []}


def people(rows: Rows | None = None) -> dict[str, Dossier]:
    """Return the candidacies by code, in the workbook's order."""
    given = {name: [record(name, row) for row in found] for name, found in (rows or sheets()).items()}
    return {one.code: one for one in dossiers(given)}


# ---------------------------------------------------------------- what templates see


def voted(dossier: Dossier) -> Tally:
    """Return the tally of a candidacy by the shipped parameters."""
    return tally(dossier, grades=grades_of(scheme().sheets), names=terms().names)


def values(dossier: Dossier, **changed: object) -> dict[str, object]:
    """Return what the papers of one candidate see, with parameters as given."""
    rule = scheme().cadre
    assert rule
    given = terms(**changed)
    steps = progress(dossier, rule.steps, names=given.names, as_of=date(2020, 12, 31), workdays=Workdays({}))
    return person_values(dossier, day=DAY, terms=given, tally=voted(dossier), progress=steps)


def batch(rows: Rows | None = None) -> dict[str, object]:
    """Return what the papers of the batch see."""
    ordered = in_order(rows)
    return batch_values([values(one) for one in ordered], terms=terms())


def in_order(rows: Rows | None = None, known: str = "䶮") -> tuple[Dossier, ...]:
    """Return the candidacies in the order of papers; the strokes of one character the office has written down."""
    given = rows or sheets()
    posts = [record("岗位方案", row) for row in given["岗位方案"]]
    strokes = (Supplement(known, "41431251121115154151", "字序补充"),) if known else ()
    return paper_order(tuple(people(given).values()), posts, Supplements("字序补充", strokes), "考察人选")
