"""The kinds of faults that the words of a paper show (W-50 to W-79); how grave one is its basis says."""

from __future__ import annotations

from pbreports.kinds.kind import ERROR, NOTICE, WARNING, Kind
from pbreports.values import Severity


def _of(code: str, severity: Severity, name: str, remedy: str) -> Kind:
    """Return such a kind; what is said of it is made of what was found and what is asked."""
    return Kind(code, severity, name, "{什么}", remedy)


OF_WORDING = (
    _of("W-50", ERROR, "发文字号写法", "请用六角括号〔〕和四位年份，不加“第”，不补零。"),
    _of("W-51", WARNING, "文中引用的文号", "请用六角括号〔〕，不加“第”，不补零。"),
    _of("W-52", NOTICE, "标题序号的次序", "请按“一、”“（一）”“1.”“（1）”的次序连续编号。"),
    _of("W-53", WARNING, "标题序号的标点", "请写成“一、”“（一）”“1.”“（1）”，括号后不加顿号。"),
    _of("W-54", NOTICE, "标题末尾的句号", "单独成行的标题末尾不用句号。"),
    _of("W-55", ERROR, "附件的序号和名称", "请让附件说明与附件的序号、标题一致。"),
    _of("W-56", ERROR, "附件名称后的标点", "请删去附件名称后的标点。"),
    _of("W-57", ERROR, "成文日期写法", "请写全年月日，年份四位，月日不补零，用阿拉伯数字。"),
    _of("W-58", WARNING, "文中日期", "请核对日期，年份四位，月日不补零。"),
    _of("W-59", WARNING, "日期的先后", "请核对成文日期和文中的日期。"),
    _of("W-60", WARNING, "半角标点", "中文里请用全角标点。"),
    _of("W-61", WARNING, "标点重复", "请删去多余的标点。"),
    _of("W-62", WARNING, "括号、引号", "请补上缺的一半，或删去多余的。"),
    _of("W-63", WARNING, "起止号", "请用一字线“—”或浪纹线“～”。"),
    _of("W-64", WARNING, "重复的字", "请核对，多余的删去。"),
    _of("W-65", WARNING, "重复的词语", "请核对，多余的删去。"),
    _of("W-66", WARNING, "重复的句子", "请核对，多余的删去。"),
    _of("W-67", WARNING, "前后不一的数字", "请核对以哪一个为准。"),
    _of("W-68", WARNING, "百分比", "请核对百分比和它的两个数。"),
    _of("W-69", WARNING, "个数与列举的不符", "请核对个数和列举的项目。"),
    _of("W-70", WARNING, "个数与名单不符", "请核对个数和名单。"),
    _of("W-71", WARNING, "没有填的内容", "请填好，或删去这一处。"),
)
