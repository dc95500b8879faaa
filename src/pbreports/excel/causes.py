"""What reading a workbook can find beyond the plain catalogue, and gathering it: one message per cause."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace

from pbreports.findings import CATALOGUE, Kind, common_subject, finding
from pbreports.scheme.model import Scheme, Scope
from pbreports.values import CellRef, Finding, Repair, Scalar, Severity

_ERROR, _WARNING, _NOTICE = Severity.ERROR, Severity.WARNING, Severity.NOTICE
_Key = tuple[str, str, str, Hashable]
Row = Mapping[str, Scalar]

UNREADABLE = CATALOGUE["F-01"]
DANGEROUS = Kind("F-17", _ERROR, "含有程序或链接", "文件里含有{什么}。", "请把内容填到下发的空白簿里再报。")
STRANGE_COVER = CATALOGUE["V-G01"]
STRANGE_NAME = Kind(
    "V-G01",
    _NOTICE,
    "文件名是别的单位的",
    "文件名写的是{文件名代码}，封面是{封面代码}，已按封面收下。",
    "请核对是否放错了文件；没有放错的不用改。",
)
PASTED = Kind(
    "F-20",
    _ERROR,
    "贴进了别的工作簿",
    "这不是下发的报送簿（没有识别信息），但认出了其中{n}张表（{表}）{谁}，没有读取。",
    "请把内容用“选择性粘贴→数值”放进下发给本单位的工作簿里再报。",
)
NO_CODE = Kind(
    "F-22",
    _ERROR,
    "没有单位代码",
    "工作簿的识别信息里没有单位代码，看不出是哪个单位的。",
    "请把内容填到下发给本单位的工作簿里再报。",
)
MISSING_SHEET = Kind("V-G03", _ERROR, "缺表", "缺少工作表“{表}”。", "请恢复这张表，或用下发的空白簿重填。")
SEVERAL_SHEETS = Kind(
    "V-G03",
    _ERROR,
    "分不清是哪张表",
    "缺少工作表“{表}”：{像}都像是它，没有读取。",
    "请把要报的那一张改名为“{表}”，其余的删去。",
)
MISSING_HEADERS = CATALOGUE["V-G03"]
DOUBLE_HEADER = Kind("V-G03", _ERROR, "表头重复", "表头“{列}”出现了两次，无法判断以哪一处为准。", "请删去多余的一处。")
CHANGED_HEADERS = Kind(
    "V-G03", _ERROR, "改了表头", "{改动}，没有读取。", "是的，请改回原来的表头；不是的，请删去，并补回缺的那一{类}。"
)
EXCHANGED_HEADERS = Kind(
    "V-G03",
    _ERROR,
    "表头对调",
    "表头“{甲}”与“{乙}”对调了，下面的内容没有跟着动，两{类}都没有读取。",
    "请把两个表头换回来。",
)
LOST_HEADERS = Kind(
    "V-G03",
    _ERROR,
    "表头没有了",
    "“{表}”的表头整{类}没有了，表里的内容没有读取。",
    "请在{处}恢复表头（{表头}），或把内容填到下发的空白簿里。",
)
LOST_COLUMN = Kind(
    "V-G03",
    _ERROR,
    "填报栏没有了",
    "“{表}”的“{栏}”一栏没有了，填在里面的内容也就没有了。",
    "请用下发的空白簿或退回的工作簿重填这张表；本来没有要填的，也请恢复这一栏。",
)
MAYBE_EXCHANGED = Kind(
    "V-G08",
    _WARNING,
    "两列对调",
    "“{甲}”与“{乙}”两{类}对调了，已按表头读取。",
    "请确认下面的内容也跟着换了；没有换的，请把表头换回来。",
    Repair.CONFIRM,
)
MOVED = Kind(
    "V-G08",
    _NOTICE,
    "移动了表格",
    "{动}（表头“{头}”在{在}，应在{应在}），已按表头读取。",
    "不影响读取；以后请勿插入、移动行列。",
)
RENAMED_SHEET = Kind("V-G08", _NOTICE, "改了表名", "工作表“{表}”被改名为“{现名}”，已按原表读取。", "请改回原来的表名。")
EXCHANGED_SHEETS = Kind(
    "V-G08", _NOTICE, "表名对调", "工作表“{表}”与“{现名}”的表名对调了，已按内容认出、照常读取。", "请把表名换回来。"
)
COPIED_SHEET = Kind(
    "V-G08", _WARNING, "副本", "“{现名}”是“{表}”的副本，没有读取。", "请核对以哪一张为准，内容放在“{表}”里，副本删去。"
)
HIDDEN_SHEET = Kind("V-G08", _WARNING, "隐藏的表", "工作表“{表}”被隐藏，已照常读取。", "请取消隐藏，核对后再报。")
EXTRA_SHEET = Kind(
    "V-G08", _WARNING, "多出的表", "多出工作表“{表}”，没有读取。", "请删去；里面有要报的数据，请填到下发的表里。"
)
NOT_ASKED = Kind(
    "V-G08", _WARNING, "不用填的表", "“{表}”不用本单位填，没有读取。", "不用改；应当由本单位填的，请与局里联系。"
)
EXTRA_HEADER = Kind(
    "V-G08", _WARNING, "多出的列", "多出“{列}”，不在报表里，没有读取。", "请删去；要说明的写在说明栏里。"
)
OUTSIDE = Kind(
    "V-G08",
    _WARNING,
    "表外内容",
    "{处}没有对应的表头，内容没有读取。",
    "请删去；是要报的数据，请填到有表头的格里。",
)
REPEATED_HEADERS = Kind("V-G08", _NOTICE, "重复的表头", "{处}又是表头，没有读取。", "请删去。")
REMARK = Kind(
    "V-G08",
    _WARNING,
    "表下的备注",
    "{处}像是备注，没有读取。",
    "请删去，要说明的写在备注、说明栏里；是要报的数据，请按表头填写。",
)
HIDDEN_LINES = Kind("V-G08", _WARNING, "隐藏的行列", "{处}被{怎样}，内容已照常读取。", "请取消隐藏，核对后再报。")
LOST_LIMITS = Kind(
    "V-G08",
    _NOTICE,
    "下拉被冲掉",
    "{处}的下拉和输入限制被粘贴冲掉{n}处，内容已照常检查。",
    "不用重填；以后请用“选择性粘贴→数值”。",
)
REQUIRED = CATALOGUE["V-G04"]
REQUIRED_NUMBER = replace(REQUIRED, remedy="请补填；确无数据的填 0。")
UNFILLED_RECORD = Kind("V-G04", _ERROR, "未填", "{条}还没有填。", "请填写；数字没有的填 0。")
GONE_PRESETS = Kind(
    "V-G04",
    _ERROR,
    "预填的不见了",
    "预填的{条}不见了{现}。",
    "请恢复这一{类}，没有数据的填 0；也可以用退回的工作簿填。",
)
ALTERED_PRESETS = Kind(
    "V-G04", _ERROR, "改了预填的", "预填的{条}被改成了“{现}”。", "请改回下发时的样子；也可以用退回的工作簿填。"
)
NOT_ISSUED = Kind(
    "V-G04",
    _ERROR,
    "名册上有，簿里没有",
    "名册上的{条}，各表里都没有。",
    "删掉了的请恢复；下发以后才列入名册的，请用退回的或新下发的工作簿补报。",
)
UNFILLED_SHEET = Kind("V-G04", _ERROR, "整表未填", "“{表}”还没有填。", "请填写；数字没有的填 0。")
BLANK_BOOK = Kind("V-G04", _ERROR, "整簿未填", "整个报送簿还没有填。", "请填写后再报；确无数据的表，在目录上选“无”。")
UNDECLARED = Kind(
    "V-G07", _ERROR, "未填也未声明", "“{表}”没有填，目录上也没有声明“无”。", "请填写；确无数据的在目录上选“无”。"
)
DECLARED_NONE = CATALOGUE["V-G07"]
MUST_REPORT = Kind(
    "V-G07", _ERROR, "必报表声明无", "“{表}”是必报表，目录上不能声明“无”。", "请如实填写，并把目录上改回“必报”。"
)
MISTYPED = CATALOGUE["V-G05"]
LOST = replace(MISTYPED, repair=Repair.LOST)
REPAIRED = CATALOGUE["V-G08"]
CONVERTED = replace(REPAIRED, name="换算", message="存在{什么}，原为“{原}”，读作 {值}。", repair=Repair.DONE)
DOUBTFUL = CATALOGUE["V-G13"]
RARE = CATALOGUE["V-G14"]
NEVER_CALCULATED = Kind(
    "V-G08",
    _ERROR,
    "公式没有结果",
    "有公式没有计算结果，读不到数值。",
    "请用 Excel 或 WPS 打开、保存后再报，或直接填数值。",
)
STRAY = Kind("V-G04", _ERROR, "零散内容", "{处}只填了{已填}，没有{缺}。", "请补填；不是要报的，请清空。")
TOTAL = Kind("V-G08", _ERROR, "合计行", "第{行}行是合计，没有读取。", "合计行请删去，程序自己会算。")
OVERWRITTEN = Kind(
    "V-G08", _NOTICE, "改了自动计算", "自动计算的“{列}”里手填了内容，已重新计算。", "不用填这一格，程序自己会算。"
)
OVERRULED = Kind(
    "V-G08",
    _WARNING,
    "手填与计算不符",
    "自动计算的“{列}”手填的是{填}，应为{算}，以算出的为准。",
    "请核对有关的数；这一格不用自己填。",
    Repair.CONFIRM,
)
STALE = Kind(
    "V-G08",
    _WARNING,
    "手动计算",
    "有公式，工作簿又设成了手动计算，结果可能是旧的，已按显示值读取。",
    "请按 F9 重新计算，核对后直接填数值。",
    Repair.CONFIRM,
)
LINKED = Kind(
    "V-G08",
    _WARNING,
    "引用别的文件",
    "公式引用了别的文件，已按上次的结果读取。",
    "请核对，直接填数值。",
    Repair.CONFIRM,
)
MERGED = Kind("V-G08", _ERROR, "合并单元格", "有合并单元格，只有左上角一格有值。", "请取消合并，逐格填写。")
DUPLICATE = CATALOGUE["V-G09"]
CONTRADICTED = replace(DUPLICATE, remedy="两行填的不同，请核对哪一行对，只留对的一行。")
DUPLICATE_ACROSS = Kind("V-G09", _ERROR, "重复", "与{列}列重复（{键}）。", "请删去重复的一列。")


@dataclass(slots=True)
class _Group:
    first: Finding
    count: int = 1
    hidden: int = 0


class Gatherer:
    """Collects the findings of one file; what has the same cause is one finding with its count.

    A finding may spoil a sheet (``表``) or a field of it (``表.字段``): it could not be read, so nothing else may be
    asked about it. It may blur fields in a row: the cells are unknown, so that no sum over them means anything. What is
    not said for that reason is counted as hidden behind the finding.
    """

    def __init__(self, scheme: Scheme, file: str, unit: str = "") -> None:
        self._scheme = scheme
        self._file = file
        self._groups: dict[_Key, _Group] = {}
        self._spoiled: dict[str, _Key] = {}
        self._blurred: dict[str, _Key] = {}
        self._rows: dict[str, list[Row]] = {}
        self.unit = unit

    def add(  # noqa: PLR0913 — a place, its cause, and what follows from it
        self,
        kind: Kind,
        sheet: str = "",
        cell: str = "",
        cause: Hashable = "",
        *,
        subject: str = "",
        spoils: Iterable[str] = (),
        blurs: Iterable[tuple[str, Row]] = (),
        **words: object,
    ) -> None:
        """Note one place; the first of a kind, sheet and cause stands for all, about what their records have in common."""
        key = (kind.code, kind.name, sheet, cause)
        for name in spoils:
            self._spoiled.setdefault(name, key)
        for name, row in blurs:
            self._blurred.setdefault(name, key)
            self._rows.setdefault(name, []).append(row)
        group = self._groups.get(key)
        if group is not None:
            group.count += 1
            if group.first.subject not in ("", subject):
                group.first = replace(group.first, subject=common_subject(group.first.subject, subject))
            return
        where = CellRef(self._file, sheet, cell)
        first = finding(kind.code, where, self.unit, kind=self._worded(kind), **words)
        self._groups[key] = _Group(replace(first, subject=subject))

    def hide(self, name: str, count: int = 1) -> None:
        """Count what is not said about a sheet or field because of the finding that has spoiled or blurred it."""
        key = self._spoiled.get(name) or self._blurred.get(name)
        if key is not None:
            self._groups[key].hidden += count

    def spoil(self, name: str, because: str) -> None:
        """Let what has spoiled one sheet or field have spoiled another too, which is counted as hidden behind it."""
        key = self._spoiled.get(because)
        if key is not None:
            self._spoiled.setdefault(name, key)
            self._groups[key].hidden += 1

    @property
    def unsound(self) -> frozenset[str]:
        """The sheets and fields that could not be read."""
        return frozenset(self._spoiled)

    @property
    def doubtful(self) -> dict[str, tuple[Row, ...]]:
        """The rows in which a field is unknown, by field."""
        return {name: tuple(rows) for name, rows in self._rows.items() if name not in self._spoiled}

    def blamed(self) -> dict[str, int]:
        """Return for every spoiled or blurred name which of the findings it is owed to."""
        places = {key: place for place, key in enumerate(self._groups)}
        return {name: places[key] for name, key in (self._blurred | self._spoiled).items()}

    def findings(self) -> tuple[Finding, ...]:
        """Return one finding per cause, in the order in which they were first met."""
        return tuple(replace(group.first, count=group.count, hidden=group.hidden) for group in self._groups.values())

    def _worded(self, kind: Kind) -> Kind:
        """Return the kind with the level and words that the scheme's rules of scope 读取 give its code."""
        rule, plain = self._scheme.rules.get(kind.code), CATALOGUE.get(kind.code)
        if rule is None or plain is None or rule.scope is not Scope.READING:
            return kind
        if kind.severity is plain.severity:
            kind = replace(kind, severity=rule.level)
        if kind.name == plain.name:
            kind = replace(
                kind,
                message=rule.message.text if rule.message else kind.message,
                remedy=rule.remedy or kind.remedy,
            )
        return kind
