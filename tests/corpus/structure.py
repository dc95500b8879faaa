"""What people do to sheets: moved, inserted, renamed, deleted, pasted over, merged, hidden, filtered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial

from corpus.case import Base, Case, Maker, cases_of
from corpus.raw import BOOK, Raw
from excel.blanks import COVER, FORM, LIST, PRESET, UPRIGHT
from pbreports.excel.edit import (
    CopySheet,
    DeleteColumn,
    DeleteRows,
    DeleteSheet,
    DropValidations,
    Edit,
    FilterRows,
    HideColumn,
    HideRow,
    InsertColumn,
    InsertRows,
    MergeCells,
    RenameSheet,
    SetCells,
    SwapColumns,
    SwapTitles,
)

FAMILY = "结构"
CONTENTS = "目录"

_EDITS: Mapping[str, tuple[Edit, ...]] = {
    # sheets
    "改了表名": (RenameSheet(LIST, "活动"),),
    "表名去了编号": (RenameSheet(LIST, "一行一条"),),
    "表名全角": (RenameSheet(LIST, "０１＿一行一条"),),
    "全部改名": tuple(RenameSheet(one, f"表{n}") for n, one in enumerate((COVER, LIST, UPRIGHT, FORM, PRESET))),
    "改名并移动表头": (InsertRows(LIST, 1, 2), RenameSheet(LIST, "活动")),
    "对调两张表的名": (SwapTitles(LIST, PRESET),),
    "两张单页表名对调": (SwapTitles(COVER, FORM),),
    "复制一张表": (CopySheet(LIST),),
    "复制后改了原表的名": (CopySheet(LIST), RenameSheet(LIST, "旧")),
    "删了原表剩两个副本": (CopySheet(LIST), RenameSheet(f"{LIST} (2)", "旧"), CopySheet("旧"), DeleteSheet(LIST)),
    "删了一张表": (DeleteSheet(LIST),),
    "删了封面": (DeleteSheet(COVER),),
    "删了目录": (DeleteSheet(CONTENTS),),
    "删了两张表": (DeleteSheet(LIST), DeleteSheet(PRESET)),
    # headers
    "改了一个表头": (SetCells(LIST, {"D3": "数目"}),),
    "改了五个表头": (SetCells(LIST, {f"{letter}3": f"某{letter}" for letter in "DEFGH"}),),
    "删了一个表头": (SetCells(LIST, {"D3": None}),),
    "表头里有空格和换行": (SetCells(LIST, {"D3": "个 \n数"}),),
    "表头带了单位": (SetCells(LIST, {"D3": "个数（个）"}),),
    "表头是别名": (SetCells(COVER, {"A6": "填表人"}),),
    "表头写了两遍": (SetCells(LIST, {"E3": "个数"}),),
    "表头写了三遍": (SetCells(LIST, {"E3": "个数", "F3": "个数"}),),
    "表头对调": (SwapColumns(LIST, 4, 8, 3, 3),),
    "两列整个对调": (SwapColumns(LIST, 4, 8, 3),),
    "两列分不清是否对调": (SwapColumns(PRESET, 3, 4, 3, 3),),
    "表头全没有了": (DeleteRows(LIST, 1, 4),),
    "备注行删了": (DeleteRows(LIST, 4),),
    "整列删了": (DeleteColumn(LIST, 4),),
    "关键字列删了": (DeleteColumn(LIST, 1),),
    "整列重复": (SetCells(LIST, {"N3": "个数", "N5": "9"}),),
    "竖排表删了一行": (DeleteRows(UPRIGHT, 7),),
    "竖排表表头贴没了": (SetCells(UPRIGHT, {f"A{row}": None for row in range(4, 21)}),),
    "单页表改了一个表头": (SetCells(FORM, {"A6": "件数"}),),
    # moved
    "整表右移": (InsertColumn(LIST, 1),),
    "整表下移": (InsertRows(LIST, 1, 2),),
    "整表右移又下移": (InsertColumn(LIST, 1), InsertRows(LIST, 1, 3)),
    "中间插一列": (InsertColumn(LIST, 5),),
    "插了列还填了字": (InsertColumn(LIST, 5), SetCells(LIST, {"E3": "说明", "E5": "另有"})),
    "插了没有表头的列": (InsertColumn(LIST, 5), SetCells(LIST, {"E5": "另有"})),
    "记录中间插空行": (InsertRows(LIST, 6, 3),),
    "竖排表插一行": (InsertRows(UPRIGHT, 8),),
    "竖排表中间插空列": (InsertColumn(UPRIGHT, 4),),
    "单页表插一列": (InsertColumn(FORM, 3),),
    "三列轮换": (SwapColumns(LIST, 4, 5, 3), SwapColumns(LIST, 5, 6, 3)),
    # rows
    "合计行": (SetCells(LIST, {"A7": "合计", "D7": "5"}),),
    "小计行夹在中间": (InsertRows(LIST, 6), SetCells(LIST, {"A6": "小  计", "D6": "0"})),
    "表头重复在中间": (
        InsertRows(LIST, 6),
        SetCells(LIST, dict(zip(("A6", "B6", "C6", "D6"), ("编码", "短文", "长文", "个数"), strict=True))),
    ),
    "表下面写备注": (SetCells(LIST, {"A20": "备注：以上数据截至12月"}),),
    "表右边写备注": (SetCells(LIST, {"Q5": "这行待核"}),),
    "单页表填了第二份": (SetCells(FORM, {"D4": "乙", "D6": "9"}),),
    "竖排表自己加了一条": (SetCells(UPRIGHT, {"E4": "A01-9", "E7": "3"}),),
    "预填的行删了": (DeleteRows(PRESET, 5),),
    "预填的列删了": (DeleteColumn(UPRIGHT, 3),),
    "记录写到预留行之外": (SetCells(LIST, {"A60": "L60", "D60": "1"}),),
    "零散一格": (SetCells(LIST, {"D9": "4"}),),
    # hidden, merged, filtered
    "隐藏一行": (HideRow(LIST, 6),),
    "隐藏一列": (HideColumn(LIST, "D"),),
    "筛选": (FilterRows(LIST, "A3:M6", 1, "L1"),),
    "合并两行": (MergeCells(LIST, "A5:A6"),),
    "合并一片": (MergeCells(PRESET, "C5:C8"),),
    "合并表头": (MergeCells(LIST, "D3:E3"),),
    "合并空行": (MergeCells(LIST, "A10:M12"),),
    "下拉冲掉一张": (DropValidations(LIST),),
    "下拉全冲掉": tuple(DropValidations(one) for one in (COVER, LIST, UPRIGHT, FORM, PRESET)),
    "下拉剩一半": (DropValidations(LIST, kept=6),),
    # declarations
    "整簿没有填": (
        SetCells(COVER, {"C6": None, "C7": None}),
        SetCells(LIST, {f"{letter}{row}": None for letter in "ABCDEFGHIJKL" for row in (5, 6)}),
        SetCells(UPRIGHT, {f"{letter}{row}": None for letter in "CD" for row in range(7, 20)}),
        SetCells(FORM, {f"C{row}": None for row in range(4, 15)}),
        SetCells(PRESET, {f"C{row}": None for row in range(5, 9)}),
    ),
    "一张表没有填": (SetCells(LIST, {f"{letter}{row}": None for letter in "ABCDEFGHIJKL" for row in (5, 6)}),),
    "声明无又填了": (SetCells(CONTENTS, {"E10": "无"}),),
    "声明写成别的字": (SetCells(CONTENTS, {"E10": "没有了"}),),
    "封面声明无": (SetCells(CONTENTS, {"E9": "无"}),),
}


def cases(base: Base) -> Iterator[Case]:
    """Go through the cases of this family."""
    made: dict[str, Maker] = {name: partial(_edited, edits) for name, edits in _EDITS.items()}
    yield from cases_of(FAMILY, base, made | _RAW)


def _edited(edits: tuple[Edit, ...], base: Base) -> bytes:
    return base.edited(*edits)


def _state(base: Base, title: str, state: str) -> Raw:
    number = list(base.raw.sheets).index(title) + 1
    return base.raw.changed(BOOK, f'sheetId="{number}" state="visible"', f'sheetId="{number}" state="{state}"')


def _added_sheet(base: Base, rows: str) -> Raw:
    """Return the workbook with a sheet of the school's own."""
    part = "xl/worksheets/sheet99.xml"
    book = base.raw.with_part(part, base.raw.text(base.raw.sheets["_meta"]))
    book = book.with_part(part, re.sub(r"<sheetData>.*</sheetData>", f"<sheetData>{rows}</sheetData>", book.text(part)))
    book = book.linked(part, "worksheet", f"/{part}")
    key = re.search(r'Id="(rIdX\d+)"', book.text("xl/_rels/workbook.xml.rels"))
    assert key
    entry = (
        '<sheet xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        f'name="附表" sheetId="99" r:id="{key[1]}"/>'
    )
    return book.changed(BOOK, "</sheets>", f"{entry}</sheets>")


def _merges(base: Base, areas: list[str]) -> Raw:
    return base.raw.in_sheet(
        LIST, "</mergeCells>", "".join(f'<mergeCell ref="{one}"/>' for one in areas) + "</mergeCells>"
    )


def _reversed(base: Base) -> Raw:
    text = base.raw.text(BOOK)
    listed = re.findall(r"<sheet .*?/>", text)
    return base.raw.with_part(BOOK, text.replace("".join(listed), "".join(reversed(listed))))


_RAW: dict[str, Maker] = {
    "隐藏的表": lambda base: _state(base, LIST, "hidden"),
    "深藏的表": lambda base: _state(base, LIST, "veryHidden"),
    "表的次序颠倒": _reversed,
    "多出一张空表": lambda base: _added_sheet(base, ""),
    "多出一张有字的表": lambda base: _added_sheet(base, '<row r="1"><c r="A1"><v>1</v></c></row>'),
    "合并全表": lambda base: _merges(base, ["A1:XFD1048576"]),
    "合并范围写坏": lambda base: _merges(base, ["甲:乙"]),
    "合并范围倒着写": lambda base: _merges(base, ["B6:A5"]),
    "合并范围交叠": lambda base: _merges(base, ["A5:B6", "B6:C7"]),
    "合并一万处": lambda base: _merges(base, [f"A{row}:B{row}" for row in range(20, 10_020)]),
    "隐藏全部列": lambda base: base.raw.in_sheet(LIST, "<cols>", '<cols><col min="1" max="16384" hidden="1"/>'),
    "隐藏列号写坏": lambda base: base.raw.in_sheet(LIST, "<cols>", '<cols><col min="0" max="-1" hidden="1"/>'),
    "行高为零": lambda base: base.raw.in_sheet(LIST, '<row r="6" ht="19"', '<row r="6" ht="0"'),
    "列宽为零": lambda base: base.raw.with_part(
        base.raw.sheets[LIST], re.sub(r'<col width="[\d.]+"', '<col width="0"', base.raw.text(base.raw.sheets[LIST]))
    ),
    "只设了筛选没有筛": lambda base: base.raw.in_sheet(LIST, "<mergeCells", '<autoFilter ref="A3:M6"/><mergeCells'),
    "工作表设了密码": lambda base: base.raw.in_sheet(
        LIST,
        "<sheetProtection ",
        '<sheetProtection algorithmName="SHA-512" hashValue="AAAA" saltValue="AAAA" spinCount="100000" ',
    ),
    "空行一百万": lambda base: base.raw.in_sheet(LIST, "</sheetData>", "<row/>" * 1_000_000 + "</sheetData>"),
    "空格子带样式": lambda base: base.raw.in_sheet(
        LIST,
        "</sheetData>",
        "".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in range(20, 30_020)) + "</sheetData>",
    ),
}
