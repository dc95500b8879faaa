"""Invented values for every name that the papers of the star rating use; no school or person in it is real."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pbreports.tags.values import paper_values
from pbreports.values import Figure, NamedList, Scalar

GOLDEN = """
应评支部数 152 个 未评支部数 1 个 单轮评定支部数 2 个 参评支部数 151 个 五星名额数 45 个 五星分配名额数 45 个 五星名额剩余数 7 个 五星初定数 52 个
五星封顶数 4 个 封顶党组织数 9 个 名额落选党组织数 8 个 待研究党组织数 2 个 人工调整党组织数 1 个 负面清单命中党组织数 6 个
拟命名党组织数 38 个 拟评四星级数 59 个 拟评三星级数 44 个 拟评二星及以下数 8 个 拟增星党组织数 17 个 拟摘星党组织数 4 个
拟收牌党组织数 3 个 拟命名公示工作日数 5 个工作日 星级评定轮次数 2 轮次 五星级党组织数 38 个 五星级占比 3800/151 %
四星级党组织数 59 个 三星级党组织数 46 个 二星及以下党组织数 8 个 增星党组织数 17 个 保星党组织数 127 个 摘星党组织数 4 个
首次定星党组织数 3 个 新授牌党组织数 8 个 续牌党组织数 30 个 收牌党组织数 3 个 年度平均得分 1723/20 分
第一轮平均得分 8478/100 分 第二轮平均得分 8714/100 分
"""
OFFICIAL: dict[str, Scalar] = {
    "文书名称": "表彰决定",
    "文种": "决定",
    "署名机关": "中共任城区委教育工作委员会",
    "发文字号": "任教工委〔2020〕31号",
    "密级": None,
    "紧急程度": None,
    "签发人": None,
    "主送机关": "各镇街党总支，各中小学校、幼儿园党组织，机关各党支部",
    "抄送机关": "区委组织部，区委宣传部，济宁市委教育工委",
    "依据文件": "任城区教育系统五星级党组织评定办法",
    "依据文号": "任教工委〔2018〕9号",
    "表彰项目依据": None,
    "审议会议": "区委教育工委第12次会议",
    "审议日期": date(2020, 12, 16),
    "公示开始日期": date(2020, 12, 17),
    "公示结束日期": date(2020, 12, 23),
    "成文日期": date(2020, 12, 28),
    "印发机关": "中共任城区委教育工作委员会办公室",
    "印发日期": date(2020, 12, 28),
}
CONSTANTS: dict[str, object] = {
    "年度": 2020,
    "统计截止日": date(2020, 12, 31),
    "发文机关": "中共任城区委教育工作委员会",
    "发文机关简称": "任城区委教育工委",
    "印发单位": "中共任城区委教育工作委员会办公室",
    "主送机关通用": "各镇街党总支，各中小学校、幼儿园党组织，机关各党支部",
    "五好标准": "领导班子好、党员队伍好、组织生活好、基础工作好、作用发挥好",
    "五星称号": "五星级党组织",
    "星级办法名称": "任城区教育系统五星级党组织评定办法",
    "排名附注": "（排名不分先后）",
    "联系科室": "党建工作办公室",
    "联系电话": "0537-0000000",
    "五星分数线": Decimal(90),
    "四星分数线": Decimal(80),
    "三星分数线": Decimal(70),
    "二星分数线": Decimal(60),
    "五星名额比例": Decimal("0.30"),
    "第一轮权重": Decimal("0.4"),
    "第二轮权重": Decimal("0.6"),
    "公示工作日": Decimal(5),
    "征求意见工作日": Decimal(5),
    "征求意见对象": "区纪委监委派驻区教体局纪检监察组，区教体局组织人事、信访、师德师风工作科室",
    "整改星级线": Decimal(2),
    "星级分母": "参评支部",
}
_PLACES = ("金城街道", "阜桥街道", "越河街道", "安居镇", "喻屯镇", "唐口镇")
_KINDS = ("局直属", "镇街", "民办")
Rows = list[dict[str, Scalar]]


def figures(**changed: Decimal | None) -> dict[str, Figure]:
    """Return every figure, some of them changed."""
    words = GOLDEN.split()
    made = {
        name: _figure(name, Fraction(value), unit)
        for name, value, unit in zip(words[::3], words[1::3], words[2::3], strict=True)
    }
    return made | {name: _figure(name, value, made[name].unit) for name, value in changed.items()}


def _figure(name: str, value: Decimal | Fraction | None, unit: str) -> Figure:
    if isinstance(value, Fraction) and value.denominator == 1:
        value = Decimal(int(value))
    return Figure(name, value, unit, reported=1, expected=1, places=1 if unit == "分" else None)


def branch(at: int) -> str:
    """Return the full name of an invented branch."""
    return f"中国共产党任城区{'东西南北中'[at % 5]}{'门街池园桥'[at // 5 % 5]}{'一二三四'[at // 25]}小学支部委员会"


def named(count: int) -> Rows:
    """Return so many branches with five stars, in roster order; the private ones stand among the others."""
    return [
        {
            "党组织全称": branch(at),
            "学校": f"任城区{'东西南北中'[at % 5]}{'门街池园桥'[at // 5 % 5]}{'一二三四'[at // 25]}小学",
            "镇街": _PLACES[at % len(_PLACES)],
            "隶属": _KINDS[_kind(at)],
            "隶属序": Decimal(_kind(at) + 1),
            "类型": "党支部",
            "类型序": Decimal(3),
            "年度得分": Decimal("93.2"),
            "上年星级": Decimal(5 - at % 2),
            "授牌": "新授牌" if at % 2 else "续牌",
            "变动": "新授牌" if at % 2 else "续牌",
        }
        for at in range(count)
    ]


def _kind(at: int) -> int:
    return 2 if at % 19 == 7 else int(at >= 11)


def lists(**changed: Rows) -> dict[str, NamedList]:
    """Return every list, some of them with other rows."""
    rows = {**_results(), **_before(), **changed}
    return {name: NamedList(name, tuple(some), 1, 1) for name, some in rows.items()}


def _results() -> dict[str, Rows]:
    stars = (("五星级", 38, 33), ("四星级", 59, 61), ("三星级", 46, 45), ("二星级", 8, 10), ("一星级", 0, 2))
    points = (
        ("C1", "组织生活好", "“三会一课”达标", "8", "6.4", "20.0"),
        ("D3", "基础工作好", "台账档案", "6", "4.9", "18.3"),
        ("A2", "领导班子好", "书记履职、“双带头”、述职评议", "5", "4.2", "16.0"),
        ("E4", "作用发挥好", "品牌与示范", "4", "3.4", "15.0"),
        ("B1", "党员队伍好", "党员教育培训（人均不少于32学时）", "5", "4.4", "12.0"),
        ("D4", "基础工作好", "报送及时准确", "6", "5.4", "10.0"),
    )
    return {
        "五星级党组织名单": named(38),
        "评定审定情况": [{"会议": "区委教育工委第13次会议", "日期": date(2020, 12, 24), "五星数": Decimal(38)}],
        "星级分布": [{"星级": star, "本年": Decimal(now), "上年": Decimal(last)} for star, now, last in stars],
        "镇街星级分布": [
            {
                "镇街": name,
                **dict(zip(_COUNTS, map(Decimal, (25, 6, 10, 8, 1, 3, at % 2, 0)), strict=True)),
            }
            for at, name in enumerate(("局直属", *_PLACES))
        ],
        "失分指标一览": [
            {
                "指标代码": code,
                "一级指标": group,
                "指标": name,
                "满分": Decimal(full),
                "平均得分": Decimal(mean),
                "平均失分": Decimal(full) - Decimal(mean),
                "失分率": Decimal(rate),
                "失分支部数": Decimal(61),
            }
            for code, group, name, full, mean, rate in points
        ],
    }


_COUNTS = ("参评", "五星", "四星", "三星", "二星及以下", "增星", "摘星", "收牌")


def _before() -> dict[str, Rows]:
    meeting: dict[str, Scalar] = {"会议": "区委教育工委第11次会议", "日期": date(2020, 12, 9), "会前已定": "是"}
    return {
        "拟命名名单": named(38),
        "待研究名单": [
            {
                "党组织全称": branch(40 + at),
                "镇街": "安居镇",
                "本单位名额": Decimal(1),
                "年度得分": Decimal("90.4"),
                "第一轮得分": Decimal("90.1"),
                "第二轮得分": Decimal("90.6"),
                "评议分": Decimal(95),
                "上年星级": Decimal(4),
                "说明": "名额线处并列，待会议研究",
            }
            for at in range(2)
        ],
        "研究决定名单": [
            {
                "党组织全称": branch(44),
                "事项": "五星名额线并列",
                "入选": "入选",
                "理由": "承担全区现场教学任务",
                **meeting,
            }
        ],
        "负面清单命中名单": [
            {
                "党组织全称": branch(50),
                "轮次": "第二轮",
                "项目代码": "X08",
                "最高星级": Decimal(4),
                "情形": "党员受党纪处分",
                "后果": "不得五星",
                "起数": Decimal(1),
                "文号": "任纪〔2020〕7号",
                "初定星级": Decimal(5),
                "封顶星级": Decimal(4),
            }
        ],
        "封顶名单": [
            {
                "党组织全称": branch(50),
                "年度得分": Decimal("91.3"),
                "初定星级": Decimal(5),
                "封顶星级": Decimal(4),
                "原因": "命中负面清单",
            }
        ],
        "名额落选名单": [
            {"党组织全称": branch(55 + at), "镇街": "喻屯镇", "年度得分": Decimal("90.2"), "说明": "超出名额"}
            for at in range(8)
        ],
        "人工调整名单": [
            {
                "党组织全称": branch(60),
                "调整前": Decimal(4),
                "调整后": Decimal(3),
                "理由": "评定后查实年度台账补记",
                **meeting,
            }
        ],
        "未评名单": [{"党组织全称": branch(70), "镇街": "唐口镇", "原因": "两轮都没有完整的得分"}],
        "五星名额使用情况": [
            {
                "单位": f"{name}党总支",
                "名额": Decimal(5),
                "可评五星": Decimal(6),
                "拟命名": Decimal(5),
                "待研究": Decimal(0),
                "余额": Decimal(0),
                "依据": "任教工委〔2020〕24号",
            }
            for name in _PLACES
        ],
    }


def star_values(
    official: Mapping[str, Scalar] | None = None,
    rows: Mapping[str, Rows] | None = None,
    **changed: Decimal | None,
) -> dict[str, object]:
    """Return the values of all names, some of them changed: items of the paper's row, lists, figures."""
    constants = CONSTANTS | {"公文": OFFICIAL | dict(official or {})}
    return paper_values(figures(**changed), lists(**dict(rows or {})), constants)
