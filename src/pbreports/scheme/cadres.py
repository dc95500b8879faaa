"""The sheets and fields of the inspection's workbook that the program knows by name."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

CANDIDATES, POSTS, ASSESSMENTS, CAREER, RELATIVES = "候选人", "岗位方案", "年度考核", "简历", "家庭成员"
RECOMMENDATIONS, POLLS, BALLOTS, TOTALS, TEAM_BALLOTS = "民主推荐", "测评组织", "测评票", "测评票数", "班子测评票"
TALKS, TEXTS, TEAMS, REVIEWS = "谈话汇总", "考察评语", "考察组", "审核记录"
WORKDAYS, CONFIRMED = "工作日调整", "任免表确认"

CODE, BATCH, NAME, IDENTITY, POST = "候选人编号", "批次", "姓名", "身份证号", "拟任职务"
"""The fields by which rows belong to a candidacy, a batch, a person and a post."""

REQUIRED: Mapping[str, tuple[str, ...]] = {
    CANDIDATES: (
        *(CODE, BATCH, NAME, IDENTITY, POST),
        *("性别", "民族", "籍贯", "出生地", "出生年月", "参加工作年月", "入党年月", "政治面貌", "健康状况", "人员类别"),
        *("全日制学历", "全日制学位", "全日制学历院校专业", "全日制学位院校专业"),
        *("在职学历", "在职学位", "在职学历院校专业", "在职学位院校专业", "专业技术职务", "熟悉专业特长"),
        *("现任职务", "任现职年月", "拟免职务", "任用类型", "奖惩情况", "任免理由"),
    ),
    POSTS: (BATCH, POST, "动议日期"),
    ASSESSMENTS: (CODE, "考核年度", "考核等次"),
    CAREER: (CODE, "起始年月", "结束年月", "单位及职务", "是否其间"),
    RELATIVES: (CODE, "称谓", "成员姓名", "成员出生年月", "成员政治面貌", "成员单位及职务"),
    RECOMMENDATIONS: (
        *(CODE, "推荐形式", "推荐日期", "推荐应到人数", "推荐实到人数", "推荐发票数", "推荐收票数", "推荐有效票数"),
        *("推荐得票数", "推荐位次"),
    ),
    POLLS: (CODE, "测评票种", "测评日期", "测评应到人数", "测评实到人数", "测评发票数", "测评收票数", "测评无效票数"),
    BALLOTS: (CODE, "测评票种", "票序号", "总体评价", "德", "能", "勤", "绩", "廉"),
    TOTALS: (CODE, "测评票种", "测评项目", "测评等次", "票数"),
    TEAM_BALLOTS: (BATCH, "测评票种", "票序号", "班子评价"),
    TALKS: (CODE, "谈话人数", "同意人数"),
    TEXTS: (CODE, "评语段落", "评语序号", "小标题", "正文"),
    TEAMS: (BATCH, "考察组名称", "考察组组长", "考察组成员", "考察开始日期", "考察结束日期", "考察材料日期"),
    REVIEWS: (
        *(CODE, "讨论决定日期", "讨论应到人数", "讨论同意票数", "公示开始日期", "公示结束日期", "公示结果"),
        *("任职文号", "任职日期", "试用期满日期", "程序终止日期", "程序终止原因"),
    ),
    WORKDAYS: ("调整日期", "上班或放假"),
    CONFIRMED: ("任免表文件", CODE),
}
"""What each sheet must have; a scheme may add fields, which templates may name."""

PARAMETERS: Mapping[type, tuple[str, ...]] = {
    Decimal: (
        *("不称职提示线", "优称率提示线", "票种合并人数", "民主推荐有效月数", "公示工作日", "试用期月数"),
        *("考察年龄下限", "考察年龄上限", "简历最大间隔月数", "考察组最少人数", "不足最少字数", "照搬最少字数"),
        *("考察材料最少字数", "考察材料最多字数"),
    ),
    str: ("公示起算",),
    tuple: ("测评分项权重", "测评分项分值", "测评票种权重", "可任职公示结果", "考察评语必有段落"),
}
"""The parameters that the program asks by name, by what they hold: a number, a text, a list."""
