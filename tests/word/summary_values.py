"""Invented values for every name that the annual summary uses; no person in it lives."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from pbreports.tags.values import paper_values
from pbreports.values import Figure, NamedList, Scalar

GOLDEN = """
市级示范校命名数 11 所 区级示范校命名数 5 所 三年市级示范校数 32 所 三年区级示范校数 16 所
新成立党总支数 1 个 新成立党支部数 7 个 换届涉农镇街党总支数 7 个 换届党支部数 67 个
参评支部数 151 个 星级评定轮次数 2 轮次 五星级党组织数 38 个 五星级占比 3800/151 %
区级观摩点数 10 个 观摩学校数 3 所 典型发言书记数 3 名 发展党员数 52 名 选拔任用交流干部数 14 人
市级品牌数 5 个 省级先进基层党组织数 1 个 区级创新案例数 1 个
"""
OTHERS = """
全区党委数 2 个 全区党总支数 19 个 全区党支部数 151 个 全区党员总数 4236 名 全区预备党员数 71 名 全区女党员数 2398 名
在职教师党员数 3120 名 党员占教职工比例 3312/89 % 骨干教师党员占比 4651/100 % 三十五岁及以下党员占比 2874/100 %
本科及以上党员占比 9313/100 % 四星级党组织数 59 个 增星党组织数 17 个 摘星党组织数 4 个 包保联系点学校数 22 所 包保领导数 9 名
应换届党组织数 76 个 换届完成率 7400/76 % 三会一课达标率 14500/151 % 组织生活参与率 9645/100 % 主题党日总次数 1812 次
党课总次数 702 次 标准化达标支部数 141 个 参加述职书记数 151 名 述职评议好占比 4100/151 % 书记讲党课总次数 388 次
重点工作项目数 126 个 重点工作参与党员数 1984 人次 大班额项目数 12 个 师德师风项目数 31 个 教育扶贫项目数 14 个
教学质量项目数 36 个 群众满意度项目数 15 个 文明城市创建项目数 18 个 疫情防控项目数 0 个 党员示范岗总数 812 个
党员先锋岗总数 640 个 党员责任区总数 415 个 上岗党员总数 3344 人次 承诺事项总数 5128 件 践诺率 9781/100 %
一帮一结对总数 2216 对 家访教师总数 7420 名 家访教师参与率 9852/100 % 家访总户数 61230 户 家访解决问题总数 1873 件
家访问题解决率 9237/100 % 驻村联户干部总数 36 名 驻村联户村数合计 18 个 联系农户总数 540 户 社区报到党员数 3102 名
社区报到率 9942/100 % 志愿服务总场次 1264 场 志愿服务总人次 9860 人次 量化积分覆盖率 9873/100 % 量化积分平均分 9124/100 分
党员人均学时 3641/100 学时 学时达标率 9722/100 % 党费足额率 100 % 民主评议参评率 9885/100 % 民主评议优秀率 2931/100 %
支部书记总数 151 名 双带头书记数 96 名 双带头书记占比 9600/151 % 骨干发展为党员总数 52 名 党员培养成骨干总数 83 名
党员培养成干部总数 41 名 发展党员总数 71 名 骨干发展占比 5200/71 % 全区积极分子数 214 名 任用女干部占比 300/7 %
四十五岁及以下任用占比 450/7 % 本科及以上任用占比 100 % 校长负责制学校数 98 所 党组织领导学校数 6 所 党务工作者总数 265 名
师德教育总场次 412 场 师德教育总人次 18620 人次 师德宣誓达标校数 104 所 学生德育总场次 2315 场 学生德育总人次 186400 人次
升国旗仪式场次 1890 场 成人仪式场次 6 场 入团入队场次 152 场 思政课场次 266 场 群团活动场次 231 场 重大节日活动场次 340 场
参观红色场馆场次 87 场 责任体系建立校数 107 所 责任体系建立率 10700/109 % 意识形态专题研究总次数 436 次
意识形态研判总次数 428 次 意识形态培训总场次 251 场 意识形态培训总人次 16830 人次 学生主题教育总场次 604 场
风险排查总次数 654 次 发现风险点总数 37 个 整改风险点总数 35 个 风险点整改率 3500/37 % 论坛讲座举办总数 188 场
社团备案率 100 % 校外机构摸排数 246 家 校外机构问题数 58 个 校外机构整改数 54 个 校外机构整改率 5400/58 %
校外机构取缔数 7 家 廉政会议总次数 318 次 廉政教育总场次 402 场 廉政教育总人次 15870 人次 廉政谈话总人次 1260 人次
廉政责任书总份数 2140 份 廉政风险点总数 486 个 廉政防控措施总数 902 条 信访受理总件数 63 件 信访办结总件数 62 件
有品牌学校数 92 所 品牌覆盖率 9200/109 % 超期未换届数 2 个 三会一课未达标支部数 6 个 未报到党员数 18 名 未整改风险点数 2 个
整改未完成组织数 3 个 迟报单位数 9 个 报送准时率 9174/100 % 无品牌学校数 17 所 二星及以下党组织数 8 个
明年到期换届数 41 个 培育中示范校数 13 所
"""
CONSTANTS: dict[str, object] = {
    "发文机关": "中共任城区委教育工作委员会",
    "发文机关简称": "任城区委教育工委",
    "上级机关": "济宁市委教育工委",
    "上级地区": "济宁市",
    "本级党委": "区委",
    "五个方面": "思想政治建设、意识形态、组织建设、干部队伍建设和党风廉政建设",
    "年度": 2020,
    "统计起始日": date(2020, 1, 1),
    "统计截止日": date(2020, 12, 31),
    "未报说明": "另有2个单位未按期报送，有关数据未计入。",
    "发展党员口径": "中青年骨干",
}
_PLACES = ("金城", "阜桥", "越河", "古槐", "仙营", "观音阁", "南张", "安居", "喻屯", "唐口")
_WORK = (
    ("师德师风", "“润心铸魂”师德提升行动", 26, ""),
    ("教育教学质量提升", "党员名师课堂引领工程", 18, "优质课获奖12节"),
    ("群众满意度", "校门口“民声驿站”", 9, "群众满意率98.6%"),
    ("教育扶贫", "党员教师送教上门", 12, "送教156人次"),
    ("全国文明城市创建", "护学岗志愿服务", 31, ""),
)
Rows = list[dict[str, Scalar]]


def figures(**changed: Decimal | None) -> dict[str, Figure]:
    """Return every figure of the summary, some of them changed."""
    words = (GOLDEN + OTHERS).split()
    made = {name: _figure(name, Fraction(value), unit) for name, value, unit in _triples(words)}
    return made | {name: _figure(name, value, made[name].unit) for name, value in changed.items()}


def _triples(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + 3]) for at in range(0, len(words), 3)]


def _figure(name: str, value: Decimal | Fraction | None, unit: str) -> Figure:
    if isinstance(value, Fraction) and unit != "%" and value.denominator == 1:
        value = Decimal(int(value))
    return Figure(name, value, unit, reported=109, expected=111)


def lists() -> dict[str, NamedList]:
    """Return every list of the summary, about as long as in a real year."""
    return {name: NamedList(name, tuple(rows), 109, 111) for name, rows in {**_short(), **_long()}.items()}


def _short() -> dict[str, Rows]:
    brands: Rows = [
        {"学校": "东门大街小学", "品牌": "党旗映彩虹　师生共成长"},
        {"学校": "永丰街中心小学", "品牌": "礼仪花开党旗红"},
        {"学校": "兴东小学", "品牌": "党旗引领成长　匠心铸就幸福"},
        {"学校": "和平街小学", "品牌": "筑坚强堡垒　树先锋形象"},
        {"学校": "运河实验小学", "品牌": "争做先锋　传承文化"},
    ]
    bright: Rows = [
        {"学校": "十三中", "品牌": "德心育桃李·卓越党旗红"},
        {"学校": "南池小学", "品牌": "社区共建　廉开南池"},
    ]
    case: Rows = [{"主体": "任城区教育和体育局机关", "品牌": "党建领航·立德树人"}]
    return {
        "书记突破项目名单": [{"项目名称": "党建领航·立德树人"}],
        "推进会名单": [
            {
                "会议名称": "全区教体系统全面从严治党暨基层党建工作观摩推进会议",
                "日期": date(2020, 12, 18),
                "地点": "区教体局",
            }
        ],
        "观摩学校名单": [{"学校": name} for name in ("东门大街小学", "永丰街中心小学", "运河实验小学")],
        "创建阶段名单": [{"阶段": name} for name in ("重点培育", "示范引领", "整体推进")],
        "市级品牌名单": brands,
        "亮点品牌名单": bright,
        "区级创新案例名单": case,
        "党建品牌一览": [
            *({**row, "级别": "区级", "称号": "基层党建工作创新案例"} for row in case),
            *({"主体": r["学校"], "品牌": r["品牌"], "级别": "市级", "称号": "“一校一品”党建文化品牌"} for r in brands),
            *({"主体": row["学校"], "品牌": row["品牌"], "级别": None, "称号": None} for row in bright),
        ],
        "省级荣誉名单": [
            {"主体": "任城实验小学", "荣誉名称": "山东省教育系统先进基层党组织", "文号": "鲁教工委〔2020〕12号"}
        ],
    }


def _long() -> dict[str, Rows]:
    return {
        "市级示范校名单": _named(11, "济教工委"),
        "区级示范校名单": _named(5, "任教工委"),
        "星级分布": [
            {"星级": star, "本年": Decimal(now), "上年": Decimal(before)}
            for star, now, before in (
                ("五星级", 38, 33),
                ("四星级", 59, 61),
                ("三星级", 46, 45),
                ("二星级", 8, 10),
                ("一星级", 0, 2),
            )
        ],
        "三年示范校名单": _three_years(),
        "五星级党组织名单": [
            {
                "党组织全称": f"中共{school}支部委员会",
                "学校": school,
                "镇街": f"{_PLACES[at % 10]}街道",
                "上年星级": Decimal(3 + at % 3) if at else None,
                "变动": "续牌" if at % 3 == 2 else "新授牌",
            }
            for at, school in enumerate(_schools(38))
        ],
        "换届情况一览": [_election(at, school) for at, school in enumerate(_schools(74))],
        "重点工作一览": [_project(at, school) for at, school in enumerate(_schools(126))],
        "主要指标表": [_index(at, figure) for at, figure in enumerate(figures().values(), 1) if at <= 40],
    }


def _schools(count: int) -> list[str]:
    kinds = ("第一小学", "中心小学", "实验中学", "第二中学", "实验小学", "第三小学", "幼儿园")
    return [f"{_PLACES[at % 10]}{kinds[at // 10 % 7]}{'东校区' if at >= 70 else ''}" for at in range(count)]


def _named(count: int, organ: str) -> Rows:
    day, number = date(2020, 11, 26), f"{organ}〔2020〕31号"
    return [{"学校": school, "命名日期": day, "文号": number} for school in _schools(count)]


def _three_years() -> Rows:
    return [
        {
            "学校": school,
            "级别": "市级" if at < 32 else "区级",
            "命名年份": Decimal(2018 + at % 3),
            "文号": f"{'济' if at < 32 else '任'}教工委〔{2018 + at % 3}〕{20 + at}号",
        }
        for at, school in enumerate(_schools(48))
    ]


def _election(at: int, school: str) -> dict[str, Scalar]:
    general = at < 7
    return {
        "党组织全称": f"中共{_PLACES[at]}镇教育总支部委员会" if general else f"中共{school}支部委员会",
        "类型": "党总支" if general else "党支部",
        "选举类型": "届满换届",
        "选举大会日期": date(2020, 3 + at % 9, 1 + at % 28),
        "当选委员数": Decimal(5 if general else 3),
        "结果批复文号": f"任教工委〔2020〕{at + 9}号",
    }


def _project(at: int, school: str) -> dict[str, Scalar]:
    kind, title, members, result = _WORK[at % len(_WORK)]
    return {
        "学校": school,
        "工作类别": kind,
        "项目名称": title,
        "参与党员数": Decimal(members),
        "成效": result or None,
    }


def _index(at: int, figure: Figure) -> dict[str, Scalar]:
    value = str(round(float(figure.value or 0), 1)) if figure.unit == "%" else str(int(figure.value or 0))
    return {
        "序号": Decimal(at),
        "指标": figure.name,
        "单位": figure.unit,
        "本年": value,
        "上年": "" if at % 4 == 0 else value,
        "增减": "—" if at % 4 == 0 else "0",
        "增幅": "—" if at % 4 == 0 else "0.0%",
        "口径": "",
        "来源": "",
    }


def summary_values(constants: dict[str, object] | None = None, **changed: Decimal | None) -> dict[str, object]:
    """Return all that the summary's template asks for, some figures and constants changed."""
    return paper_values(figures(**changed), lists(), CONSTANTS | (constants or {}))
