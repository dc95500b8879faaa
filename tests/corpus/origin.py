"""Whose workbook it is and of which collection, said wrongly; and what files are called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial

from corpus.case import Base, Case, Maker, cases_of
from corpus.raw import BOOK, Raw
from excel.blanks import COVER
from pbreports.excel.edit import DeleteSheet
from pbreports.excel.identity import META
from pbreports.excel.limits import LISTS

CONTENTS = "目录"
FAMILY, NAMES = "归属", "文件名"

_META: Mapping[str, Mapping[str, str | None]] = {
    "去年的工作簿": {"B2": "2030"},
    "年度写坏": {"B2": "二〇三一"},
    "别的期次": {"B3": "上半年"},
    "不存在的期次": {"B3": "第三学期"},
    "旧版模板": {"B4": "2030.9"},
    "没有写版本": {"B4": None},
    "不在名册的单位": {"B5": "Z99"},
    "不报送的单位": {"B5": "C03"},
    "代码是空的": {"B5": None},
    "代码全角": {"B5": "Ａ０１"},
    "代码有空格": {"B5": " A01 "},
    "代码小写": {"B5": "a01"},
    "改成了别的单位": {"B5": "B02", "B6": "临河区柳堤阅读站"},
    "表单名不对": {"B1": "工资表"},
    "识别信息全清空": {f"{letter}{row}": None for letter in "AB" for row in range(1, 7)},
    "识别信息里单位改了名": {"B6": "临河区第一图书馆（新馆）"},
    "识别信息里表名改了": {"B10": "02_一列一条", "B11": "01_一行一条"},
}


def cases(base: Base) -> Iterator[Case]:
    """Go through the cases of this family."""
    meta: dict[str, Maker] = {name: partial(_told, META, cells) for name, cells in _META.items()}
    yield from cases_of(FAMILY, base, meta | _SEEN | _HIDDEN_SHEET)
    yield from _named(base)


def _told(sheet: str, cells: Mapping[str, str | None], base: Base) -> Raw:
    return base.raw.typed(sheet, cells)


_SEEN: dict[str, Maker] = {
    "封面是别的单位": partial(_told, COVER, {"C4": "B02", "C5": "临河区柳堤阅读站"}),
    "封面只改了全称": partial(_told, COVER, {"C5": "临河区柳堤阅读站"}),
    "封面是别名": partial(_told, COVER, {"C5": "老一馆"}),
    "封面单位清空": partial(_told, COVER, {"C4": None, "C5": None}),
    "封面代码全角": partial(_told, COVER, {"C4": "Ａ０１"}),
    "目录写着别的单位": partial(_told, CONTENTS, {"C4": "B02"}),
}

_META_ENTRY = re.compile(r'<sheet [^>]*name="_meta"[^>]*/>')


def _meta_state(base: Base, state: str) -> Raw:
    entry = _META_ENTRY.search(base.raw.text(BOOK))
    assert entry
    return base.raw.changed(BOOK, entry[0], entry[0].replace("veryHidden", state))


_HIDDEN_SHEET: dict[str, Maker] = {
    "识别信息表删了": lambda base: base.edited(DeleteSheet(META)),
    "识别信息表露出来": lambda base: _meta_state(base, "visible"),
    "识别信息表改名": lambda base: base.raw.changed(BOOK, 'name="_meta"', 'name="meta"'),
    "隐藏表全删了": lambda base: base.edited(DeleteSheet(LISTS)),
    "程序的隐藏表被改": lambda base: base.raw.cell("_check", "C1", "<v>99</v>"),
    "程序的隐藏表成了大数组": lambda base: base.raw.in_sheet(
        "_check",
        "</sheetData>",
        "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(100, 30_100)) + "</sheetData>",
    ),
}

_FILE_NAMES: Mapping[str, str] = {
    "名写着别的单位": "2031_下半年_B02_柳堤站_v1.xlsx",
    "名写着两个单位": "一馆 柳堤站.xlsx",
    "名有六十字": f"{'长' * 60}.xlsx",
    "名长到极限": f"{'a' * 250}.xlsx",
    "名是保留设备名": "CON.xlsx",
    "名是带扩展的设备名": "aux.2031.xlsx",
    "名有表情": "📚读书😀.xlsx",
    "名结尾是点": "一馆.xlsx.",
    "名结尾是空格": "一馆.xlsx ",
    "名开头是空格": "  一馆.xlsx",
    "名有换行": "一\n馆.xlsx",
    "名有制表符": "一\t馆.xlsx",
    "名有终端控制": "一\x1b[31m馆.xlsx",
    "名有双向覆盖": "一馆\u202excod.xlsx",
    "名有零宽空格": "一\u200b馆.xlsx",
    "名有反斜杠": "一\\馆.xlsx",
    "名有引号和尖括号": '<"一馆">.xlsx',
    "名有通配符": "一馆*?.xlsx",
    "名有冒号": "一馆:旧.xlsx",
    "名有花括号": "{原因}{单位}%s.xlsx",
    "名以减号开头": "-rf.xlsx",
    "名以等号开头": "=1+1.xlsx",
    "名是分解的字": "e\u0301cole.xlsx",
    "名是GBK字节": b"\xd2\xbb\xb9\xdd.xlsx".decode("utf-8", "surrogateescape"),
    "名没有扩展名": "一馆",
    "名扩展名大写": "一馆.XLSX",
    "名扩展名是文本": "一馆.txt",
    "名扩展名是旧的": "一馆.xls",
    "名扩展名是WPS的": "一馆.et",
    "名有两个扩展名": "一馆.pdf.xlsx",
    "名带副本字样": "一馆 - 副本 (2).xlsx",
    "名像网址": "http___example.com_一馆.xlsx",
    "藏在很深的文件夹": f"{'/'.join('深' for _ in range(30))}/一馆.xlsx",
    "文件夹名像工作簿": "一馆.xlsx/里面.xlsx",
}


def _named(base: Base) -> Iterator[Case]:
    for place, (name, file) in enumerate(_FILE_NAMES.items()):
        own = base.raw.typed(COVER, {"C7": f"0537-20000{place:02d}"}).packed()
        yield Case(NAMES, name, {file: own})
    own = base.raw.typed(COVER, {"C7": "0537-3000000"}).packed()
    yield Case(NAMES, "锁文件在旁边", {"一馆.xlsx": own, "~$一馆.xlsx": b"\x03abc" + bytes(160)})
    own = base.raw.typed(COVER, {"C7": "0537-3000001"}).packed()
    yield Case(NAMES, "另一种锁文件在旁边", {"一馆.xlsx": own, ".~lock.一馆.xlsx#": ",甲,PC,,;".encode()})
    own = base.raw.typed(COVER, {"C7": "0537-3000002"}).packed()
    yield Case(
        NAMES, "系统的小文件在旁边", {"一馆.xlsx": own, "Thumbs.db": b"1", "desktop.ini": b"1", ".DS_Store": b"1"}
    )
    own = base.raw.typed(COVER, {"C7": "0537-3000003"}).packed()
    yield Case(NAMES, "同一份两个名字", {"一馆.xlsx": own, "一馆（终稿）.xlsx": own})
    book = base.raw.typed(COVER, {"C7": "0537-4000000"})
    later = book.with_part("customXml/item1.xml", "<later/>")
    yield Case(NAMES, "同一单位两个版本", {"一馆1.xlsx": book.packed(), "一馆2.xlsx": later.packed()})
