"""The catalogue of what reading a workbook can find: code, gravity, what to say, how to mend it.

The codes of rules stand in the year's scheme (规则.yaml); a scheme may also give the codes here another level or
other words, by declaring them with scope 读取. F codes are faults of a whole file, V-G codes of its contents, P codes of the rating.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from pbreports.kinds import (
    ERROR,
    NOTICE,
    OF_CADRES,
    OF_FORMAT,
    OF_FORMS,
    OF_PAGES,
    OF_RATING,
    OF_WORDING,
    WARNING,
    Kind,
)
from pbreports.values import CellRef, Finding, Repair

__all__ = [
    "CATALOGUE",
    "ERROR",
    "NOTICE",
    "SUBJECT_JOINT",
    "WARNING",
    "Kind",
    "common_subject",
    "finding",
    "merged",
]

SUBJECT_JOINT = "、"
"""What stands between the parts of a record's key in words."""


_KINDS = (
    Kind("F-01", ERROR, "打不开", "{原因}。", "{怎么改}。"),
    Kind(
        "F-18",
        ERROR,
        "读取中断",
        "读取时{什么}，已跳过，不影响其他文件。",
        "请用 Excel 或 WPS 打开，另存为新的 .xlsx 再报。",
    ),
    Kind(
        "F-19", NOTICE, "旧格式", "这是 {格式} 格式，{什么}看不到，按显示的内容读取。", "下次请在下发的 .xlsx 里填报。"
    ),
    Kind("F-20", ERROR, "不是下发的工作簿", "这不是下发的报送簿（没有识别信息）。", "请把内容填到下发的工作簿里再报。"),
    Kind(
        "F-21",
        ERROR,
        "年度不符",
        "这是{簿年度}年度的工作簿，现在收的是{年度}年度。",
        "请用{年度}年度下发的工作簿填报。",
    ),
    Kind("F-22", ERROR, "单位不在名册", "单位代码“{代码}”不在名册中。", "请核对工作簿是否用错，或联系区里补入名册。"),
    Kind("F-23", WARNING, "不是报送单位", "“{单位}”在名册中不是报送单位。", "请核对名册中的“报送”一栏。"),
    Kind("F-24", ERROR, "期次不符", "这是“{簿期次}”的工作簿，放在了“{期次}”里。", "请放到对应期次的文件夹。"),
    Kind(
        "F-25",
        NOTICE,
        "还开着",
        "“{文件}”可能正开着，最近的改动也许还没有存盘。",
        "请在 Excel 或 WPS 中保存、关闭后再运行；没有人开着的，删去这个文件。",
    ),
    Kind(
        "F-30",
        ERROR,
        "局端工作簿缺失",
        "没有找到工作簿“{簿}”。",
        "请放到 inputs/{年度}/ 下，空白簿由 pbreports init 生成。",
    ),
    Kind("F-31", WARNING, "决定对不上", "{事}的{什么}。", "请核对“{表}”表里的{列}。"),
    Kind("F-32", WARNING, "所指不存在", "“{列}”的“{值}”在《{表}》表里没有。", "请改正，或在《{表}》表里补上。"),
    Kind("F-33", WARNING, "更正没有用上", "{单位}的更正没有用上：{什么}。", "请核对“{表}”表；已不需要的，删去这一行。"),
    Kind("F-34", WARNING, "认定没有用上", "认定的数字“{名称}”方案里没有。", "{怎么改}。"),
    Kind(
        "F-35",
        WARNING,
        "盖章件认不出单位",
        "看不出这是哪个单位的盖章件。",
        "请把文件名改成“单位代码_签章页.pdf”这样，写有校验码更好。",
    ),
    Kind(
        "F-36",
        WARNING,
        "盖章后改数",
        "盖章件是校验码{盖章}的那一版，现在统计的是{现在}。",
        "请核对改了什么，重新打印签章页盖章；盖章件已是新的，在文件名里写上校验码。",
    ),
    Kind(
        "F-39",
        ERROR,
        "缺个人信息簿",
        "个人信息簿还没有收到（{表}）。",
        "请把与主册一起下发的个人信息簿填好报来，两份放在同一个文件夹里；勿用微信、QQ 发送。",
    ),
    Kind("F-41", ERROR, "缺主册", "只收到了个人信息簿，主册还没有收到。", "请把主册也放进来。"),
    Kind(
        "F-42",
        ERROR,
        "考评簿对不上",
        "方案里{什么}，这份考评簿没有读取。",
        "请核对轮次和分组，用 pbreports issue {簿} 下发的工作簿填。",
    ),
    Kind(
        "F-43",
        ERROR,
        "不由本组考评",
        "“{对象}”{什么}，不由“{组}”考评，这一行没有读取。",
        "请填到该组的考评簿里；分组有变的，先改“{表}”表再重新下发。",
    ),
    Kind("F-44", WARNING, "没有打分", "“{对象}”{什么}，这一轮不计分。", "请补打；还没有考评到的，不用改。"),
    Kind(
        "F-45",
        ERROR,
        "两份考评簿不一致",
        "“{对象}”{轮次}填的与“{另一份}”不同，两份都不计。",
        "请确认以哪一份为准，删去另一份；或者把改后的一份在文件名里写上版次，如 _v2。",
    ),
    Kind("F-46", NOTICE, "考评簿有新版", "“{组}”{轮次}以“{新}”为准，这一份不计。", "不用改；不对的，删去不要的一份。"),
    Kind(
        "F-47",
        WARNING,
        "交来的数与考察簿不一致",
        "“{名称}”交来的是{交来}，按本机的考察簿算出是{算出}，以考察簿为准。",
        "请核对；本机有考察簿的，删去“干部数”表里的行。",
    ),
    Kind(
        "F-48",
        WARNING,
        "考察簿有错误",
        "考察簿{什么}，有关的数可能不准。",
        "请由办理考察的同志运行 pbreports cadre check，按核查结果改正。",
    ),
    Kind(
        "F-49",
        NOTICE,
        "考察簿另查",
        "这是干部考察的工作簿，不和别的一起查。",
        "请运行 pbreports cadre check，结果只写在 考察 文件夹里。",
    ),
    Kind(
        "F-50",
        ERROR,
        "任免表放错了地方",
        "这是干部任免审批表，不是报送簿，没有读取，文件名也没有记下。",
        "请移到 inputs/<年度>/考察/ 里，不要留在这里。",
    ),
    Kind(
        "F-38",
        WARNING,
        "不是盖章扫描件",
        "“盖章”文件夹里的这个文件不是 PDF 或图片（或者太大），没有登记。",
        "是报送簿的请移到 报送/ 里，其他的请扫描成 PDF 或图片。",
    ),
    Kind(
        "F-37",
        WARNING,
        "疑似照搬",
        "有{n}条内容与“{单位}”的报送簿完全相同（本簿共{m}条可比的内容）。",
        "请核对是否填了别的单位的数据；确是共同开展的，在说明里写明。",
        Repair.CONFIRM,
    ),
    Kind(
        "V-G01",
        ERROR,
        "封面与识别信息不一致",
        "“{表}”上写的单位是“{现值}”，与工作簿识别信息（{代码} {单位}）不一致，不能计入。",
        "是{单位}的数据，请改回下发时的样子；是别的单位的，请填到该单位自己的工作簿里再报。",
    ),
    Kind("V-G02", ERROR, "模板版本", "使用了旧版模板（{旧版}），请用{当期版}版重新填报，不要复制粘贴表头。", ""),
    Kind(
        "V-G03", ERROR, "表和表头", "表“{表}”缺少{缺}，请勿增删改{类}。", "请恢复下发时的表头，或用下发的空白簿重填。"
    ),
    Kind("V-G04", ERROR, "必填", "“{列}”为必填项。", "请补填。"),
    Kind("V-G05", ERROR, "类型", "“{列}”应为{型}，当前为“{值}”。", "{怎么改}"),
    Kind("V-G07", ERROR, "零报送", "目录声明“{表}”无数据，但表内有{n}行。", "请更正声明或清空该表。"),
    Kind("V-G08", WARNING, "公式、隐藏行、空格", "存在{什么}，已按显示值读取。", "请核对。"),
    Kind("V-G09", ERROR, "重复", "与第{行}行重复（{键}）。", "请删去重复的一行。"),
    Kind("V-G10", NOTICE, "新版覆盖旧版", "已收到第{n}版，以最后一次校验通过的版本为准。", ""),
    Kind(
        "V-G13", WARNING, "请确认", "“{列}”填的是“{原}”，{什么}，读作 {值}。", "请确认；不对的请改正。", Repair.CONFIRM
    ),
    Kind("V-G14", NOTICE, "生僻字", "{字}不在 GB2312 字库内，打印时可能换成别的字体。", "请核对打印稿，不用改。"),
    *OF_RATING,
    *OF_CADRES,
    *OF_FORMS,
    *OF_FORMAT,
    *OF_WORDING,
    *OF_PAGES,
)

CATALOGUE: Mapping[str, Kind] = {kind.code: kind for kind in _KINDS}
"""Every kind of finding that reading gives, by code."""


def merged(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings with those of one cause as one: same code, same sheet, same words; the first place stands.

    A branch code mistyped once is then said once for each sheet that uses it, not once for each row. Of several
    records the subject keeps what they have in common.
    """
    first: dict[tuple[str, str, str, str], Finding] = {}
    for one in found:
        cause = (one.code, one.where.file, one.where.sheet, one.message)
        before = first.get(cause)
        first[cause] = _together(before, one) if before else one
    return tuple(first.values())


def _together(before: Finding, one: Finding) -> Finding:
    count, hidden = before.count + one.count, before.hidden + one.hidden
    return replace(before, count=count, hidden=hidden, subject=common_subject(before.subject, one.subject))


def common_subject(one: str, other: str) -> str:
    """Return what two records' keys in words have in common: of DZ0101、第一季度 and DZ0101、第二季度 DZ0101."""
    theirs = other.split(SUBJECT_JOINT)
    return SUBJECT_JOINT.join(part for part in one.split(SUBJECT_JOINT) if part in theirs)


_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that turn the direction of writing: what a cell holds must not play on a screen."""


def finding(code: str, where: CellRef, unit: str = "", *, kind: Kind | None = None, **words: object) -> Finding:
    """Return a finding of the catalogue with its words filled in; ``kind`` replaces the catalogue's entry."""
    chosen = kind or CATALOGUE[code]
    message, remedy = (_filled(text, words) for text in (chosen.message, chosen.remedy))
    return Finding(code, chosen.severity, where, message, remedy, unit, repair=chosen.repair, personal=chosen.personal)


def _filled(text: str, words: Mapping[str, object]) -> str:
    filled = re.sub(r"\{([^{}]*)\}", lambda found: str(words.get(found.group(1), found.group())), text)
    return _UNPRINTABLE.sub("□", filled)
