"""A guard over what filling must not lose: what a template holds besides its cells is counted before and after."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from pbreports.tags.problems import Place, Problem

_CALLED = {
    "sheet": "工作表",
    "definedName": "名称",
    "cfRule": "条件格式",
    "dataValidation": "数据有效性",
    "hyperlink": "超链接",
    "mergeCell": "合并单元格",
    "brk": "分页符",
    "sparkline": "迷你图",
    "ignoredError": "忽略错误的设置",
    "protectedRange": "可编辑区域",
    "comment": "批注",
    "threadedComment": "批注对话",
    "ClientData": "批注框",
    "autoFilter": "筛选",
    "pane": "冻结窗格",
    "sheetProtection": "工作表保护",
    "col": "列宽",
    "pageSetup": "页面设置",
    "pageMargins": "页边距",
    "printOptions": "打印选项",
    "oddHeader": "页眉",
    "oddFooter": "页脚",
    "evenHeader": "页眉",
    "evenFooter": "页脚",
    "firstHeader": "页眉",
    "firstFooter": "页脚",
    "tablePart": "表格",
    "tableColumn": "表格的列",
    "drawing": "图形",
    "legacyDrawing": "批注框",
    "legacyDrawingHF": "页眉图片",
    "picture": "背景图片",
    "oleObject": "嵌入对象",
    "control": "控件",
    "customSheetView": "自定义视图",
    "scenario": "方案",
    "ext": "扩展功能",
    "sp": "文本框或图形",
    "pic": "图片",
    "graphicFrame": "图表",
    "cxnSp": "连接线",
    "ser": "图表的系列",
    "title": "图表标题",
    "property": "自定义属性",
    "Relationship": "内部链接",
}
_IN_ROWS = frozenset(
    "cfRule dataValidation hyperlink mergeCell brk sparkline ignoredError protectedRange comment ClientData".split()
)
"""What belongs to rows, and goes with them where a condition takes them away."""
_ELEMENT = re.compile(rf"<(?:\w+:)?({'|'.join(_CALLED)})[\s/>]".encode())
_UNCOUNTED = ("xl/sharedStrings.xml", "xl/styles.xml", "xl/calcChain.xml", "xl/_rels/workbook.xml.rels")

Features = Mapping[str, Mapping[str, int]]


def features(parts: Mapping[str, bytes]) -> Features:
    """Return how often each part of a workbook holds what must not be lost."""
    return {part: _counted(data) if _is_counted(part) else {} for part, data in parts.items()}


def lost(before: Features, parts: Mapping[str, bytes], loose: Collection[str], names: int) -> Iterator[Problem]:
    """Yield a problem for each kind of thing that a filled workbook has fewer of than its template.

    In ``loose`` parts rows were taken away on purpose, with what belongs to them; ``names`` are asked for by rows that
    repeat and are not kept.
    """
    for part, counts in before.items():
        if part not in parts:
            if not part.endswith("calcChain.xml"):
                yield _problem(part, "部件", 1)
            continue
        after = _counted(parts[part]) if counts else {}
        for feature, number in counts.items():
            kept = number - (names if feature == "definedName" else 0)
            if after.get(feature, 0) < kept and not (feature in _IN_ROWS and part in loose):
                yield _problem(part, _CALLED[feature], kept - after.get(feature, 0))


def _problem(part: str, what: str, number: int) -> Problem:
    return Problem("T-47", Place("", "", part), f"填好以后少了{number}处{what}", "请把模板和这句话一起交给维护人员")


def _is_counted(part: str) -> bool:
    return part.endswith((".xml", ".rels", ".vml")) and part not in _UNCOUNTED


def _counted(data: bytes) -> Mapping[str, int]:
    return Counter(name.decode() for name in _ELEMENT.findall(data))
