"""The kinds of faults of form that the file of a paper shows (W-01 to W-49); how grave one is its clause says."""

from __future__ import annotations

from pbreports.kinds.kind import ERROR, NOTICE, WARNING, Kind
from pbreports.values import Severity


def _of(code: str, severity: Severity, name: str, remedy: str) -> Kind:
    """Return such a kind; ``severity`` is that of the gravest of its parameters."""
    return Kind(code, severity, name, "{什么}", remedy)


OF_FORMAT = (
    _of("W-01", ERROR, "纸张大小", "请在页面设置里把纸张改成A4。"),
    _of("W-02", ERROR, "页边距", "请在页面设置里改页边距。"),
    _of("W-05", ERROR, "字体", "请选中这些文字，改中文字体。"),
    _of("W-06", NOTICE, "西文和数字的字体", "请改西文字体；本单位另有习惯的不用改。"),
    _of("W-07", WARNING, "引号、破折号、省略号的字体", "请选中这些符号，改为中文字体。"),
    _of("W-08", ERROR, "字号", "请选中这些文字，改字号。"),
    _of("W-09", ERROR, "颜色", "请选中这些文字，改颜色。"),
    _of("W-10", NOTICE, "加粗、倾斜、划线", "请选中这些文字，取消加粗、倾斜、划线；本单位另有习惯的不用改。"),
    _of("W-11", WARNING, "行距", "请在段落设置里改行距（固定值）。"),
    _of("W-12", WARNING, "字距", "请在字体的“高级”里改字符间距。"),
    _of("W-13", WARNING, "段前段后", "请在段落设置里把段前、段后改为0。"),
    _of("W-14", ERROR, "缩进", "请在段落设置里改缩进，不要用空格。"),
    _of("W-15", WARNING, "份号、密级、紧急程度的写法", "请照标准的写法改。"),
    _of("W-16", ERROR, "份号、密级、紧急程度的位置", "请顶格，自上而下各占一行。"),
    _of("W-17", ERROR, "发文机关标志的位置", "请居中，调整标志的段前间距。"),
    _of("W-18", ERROR, "发文字号的位置", "请改对齐方式和缩进。"),
    _of("W-19", ERROR, "要素之间的空行", "请增减空行。"),
    _of("W-20", ERROR, "签发人", "请改位置和标点。"),
    _of("W-21", ERROR, "红色分隔线", "请改红线的颜色、长度和与发文字号的距离。"),
    _of("W-22", ERROR, "标题的位置", "请居中，取消缩进。"),
    _of("W-23", ERROR, "主送机关", "请顶格，最后标全角冒号。"),
    _of("W-24", ERROR, "附件说明的位置", "请改缩进，让序号、名称上下对齐。"),
    _of("W-25", WARNING, "页码", "请在页脚插入页码，两侧各加一条一字线，奇偶页不同。"),
    _of("W-26", ERROR, "附件的编号、标题和另面", "请另起一面，“附件”顶格在第一行，标题居中在第三行。"),
    _of("W-27", ERROR, "署名和成文日期的位置", "请改右缩进。"),
    _of("W-28", ERROR, "版记", "请照标准的写法和位置改。"),
    _of("W-29", ERROR, "版记的分隔线", "请改分隔线的长度和粗细。"),
    _of("W-30", WARNING, "缺要素", "请补上；确实没有的不用改。"),
    _of("W-31", ERROR, "信函的双线、首页页码和版记", "请照信函格式改。"),
    _of("W-32", ERROR, "纪要的出席、请假、列席", "请照纪要格式改。"),
    _of("W-33", ERROR, "附注", "请居左空二字，加全角圆括号。"),
)
