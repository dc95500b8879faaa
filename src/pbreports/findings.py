"""The catalogue of what reading a workbook can find: code, gravity, what to say, how to mend it.

The codes of rules stand in the year's scheme (规则.yaml); a scheme may also give the codes here another level or
other words, by declaring them with scope 读取. F codes are faults of a whole file, V-G codes of its contents, P codes of the rating.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pbreports.values import CellRef, Finding, Repair, Severity

SUBJECT_JOINT = "、"
"""What stands between the parts of a record's key in words."""

ERROR, WARNING, NOTICE = Severity.ERROR, Severity.WARNING, Severity.NOTICE


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of finding; the message's braces name the words it is filled with.

    ``repair`` is what became of a value that this is said of, ``personal`` tells that the message names a person.
    """

    code: str
    severity: Severity
    name: str
    message: str
    remedy: str = ""
    repair: Repair = Repair.NONE
    personal: bool = False


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
    Kind("P-01", ERROR, "没有这项指标", "方案里没有指标“{指标}”，这一行没有计入。", "请核对指标代码。"),
    Kind("P-02", ERROR, "得分超出范围", "指标{指标}得分{分}，应在0—{满分}之间，没有计入。", "请核对后改正。"),
    Kind(
        "P-03",
        ERROR,
        "不在参评之列",
        "“{对象}”不是本年参评的党组织，这一行没有计入。",
        "请核对代码；应参评的，改名册里的“是否参评”、类型和状态。",
    ),
    Kind("P-04", ERROR, "没有这一轮", "方案里没有“{轮次}”，这一行没有计入。", "请核对轮次。"),
    Kind(
        "P-05",
        ERROR,
        "两处得分不同",
        "{支部}{轮次}指标{指标}有两个得分：{甲}和{乙}（另一处在{另一处}），都没有计入。",
        "请核对后只留一个。",
    ),
    Kind(
        "P-06",
        ERROR,
        "核查值不能用",
        "指标{指标}的计分方式是{方式}，核查值{核查值}算不出得分，没有计入。",
        "请改核查值，或直接填考评分。",
    ),
    Kind(
        "P-07",
        ERROR,
        "核查值与考评分不符",
        "指标{指标}按核查值{核查值}应得{应得}分，考评分填的是{分}，没有计入。",
        "请核对，两个只留一个。",
    ),
    Kind("P-08", ERROR, "没有这项加分", "方案里没有加分代码“{代码}”，没有计入。", "请核对加分代码。"),
    Kind("P-09", ERROR, "加分超出分值", "加分{代码}认定{分}分，方案规定最多{分值}分，没有计入。", "请核对认定加分。"),
    Kind(
        "P-10",
        NOTICE,
        "同一事项不重复加分",
        "{支部}{轮次}“{事项}”认定了不止一次，只取最高的{分}分（{另一处}）。",
        "不用改；不是同一事项的，请把认定事项写清楚。",
    ),
    Kind(
        "P-11",
        ERROR,
        "考评分不全",
        "{轮次}有{个数}个支部缺指标的考评分，这一轮没有得分：{支部}。",
        "请考评组补齐。",
    ),
    Kind(
        "P-12", NOTICE, "这一轮还没有打分", "{轮次}还没有考评分。", "打分后再算；只评一轮的，按口径“单轮年度得分”办。"
    ),
    Kind(
        "P-13",
        WARNING,
        "缺一轮考评分",
        "{轮次}有{个数}个参评支部没有考评分：{支部}。",
        "请考评组补报；确实没有参加这一轮的，按口径“单轮年度得分”办。",
    ),
    Kind("P-14", ERROR, "一个支部两个决定", "{支部}有两行决定（另一处在{另一处}），都没有采用。", "请只留一行。"),
    Kind(
        "P-15",
        ERROR,
        "两张表的决定冲突",
        "{支部}既有待研究决定，又有人工调整（{另一处}），都没有采用。",
        "请只留一处。",
    ),
    Kind(
        "P-16",
        ERROR,
        "调整超过封顶",
        "{支部}{原因}，最高{最高}星，不能调整为{星级}星，没有采用。",
        "请删去这一行，或核对封顶的依据。",
    ),
    Kind(
        "P-17",
        ERROR,
        "调整超过名额",
        "{支部}调整为最高星级，超过名额{名额}个，没有采用。",
        "请核对名额分配，或减少调整。",
    ),
    Kind("P-18", ERROR, "没有得分不能调整", "{支部}{原因}，不能调整。", "请先按所说的补齐或改正。"),
    Kind(
        "P-19",
        WARNING,
        "名额线处并列",
        "{支部}在名额线处并列，程序不取舍，列为待研究。",
        "请会议研究，在“待研究决定”里逐个写明是否入选和理由。",
    ),
    Kind(
        "P-20",
        WARNING,
        "决定没有用上",
        "{支部}不在名额线的并列之中，这一行待研究决定没有用上，结果与决定一致。",
        "请核对得分是否改动过；会议的决定不要删去，留着备查。",
    ),
    Kind(
        "P-21", ERROR, "入选多于名额", "{支部}并列，选“入选”的比剩下的名额多，都列为待研究。", "请重新研究，减少入选。"
    ),
    Kind("P-22", ERROR, "分配的名额超过总数", "名额分配合计{合计}个，超过总数{总数}个。", "请核对名额分配和名额比例。"),
    Kind("P-23", NOTICE, "单位没有名额", "{支部}达到最高星级，但所在单位（{单位}）没有分到名额。", "请核对名额分配。"),
    Kind(
        "P-24",
        ERROR,
        "每轮得分算不出",
        "{轮次}有{个数}个支部指标分齐全，但每轮得分要用的别的数（如评议分）没有填，没有得分：{支部}。",
        "请补齐轮次评议。",
    ),
    Kind(
        "P-25",
        ERROR,
        "封顶的后果不明",
        "{支部}符合“{条款}”，但查不出最高星级，列为待研究。",
        "请核对这一行的代码和方案里的最高星级。",
    ),
    Kind(
        "P-26",
        WARNING,
        "封顶条款没有数据",
        "有{个数}个支部缺数据，没有核对“{条款}”：{支部}。",
        "请补齐；确实没有的，请人工核对。",
    ),
    Kind(
        "P-27",
        NOTICE,
        "名额还没有定数",
        "还有{个数}个支部没有年度得分，五星名额暂为{总数}个，少于名额分配的合计{合计}个。",
        "不用改，考评分齐了再看。",
    ),
    Kind(
        "P-28",
        WARNING,
        "审定数与计算不符",
        "会议审定最高星级{审定}个，现在算出{现在}个。",
        "审定以后数据有改动的，请重新审定；填错的请改正。",
    ),
    Kind("P-29", ERROR, "不在名册", "“{对象}”不在名册里，这一行没有计入。", "请核对党组织代码。"),
    Kind(
        "P-30",
        ERROR,
        "名次变了，与会议的决定不一致",
        "会议决定{支部}{决定}，而按现在的得分{支部}{现在}。",
        "请核对并列各支部的考评分是否有误或缺漏；没有错的，请会议重新研究，改写这一行。",
    ),
    Kind(
        "P-31",
        ERROR,
        "已有会议决定的支部没有得分",
        "会议决定{支部}{决定}，而{支部}现在没有年度得分；决定入选的，名额先留着。",
        "请先补齐或改正该支部的考评分，不要删去这一行。",
    ),
    Kind(
        "P-32",
        ERROR,
        "考评组这一轮没有报分",
        "{轮次}没有收到“{组}”的考评分，该组{个数}个支部都不评：{支部}。",
        "请把该组的考评簿放进 inputs 年度文件夹下的“考评”；已在那里的，先改正读取时指出的错。",
    ),
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
