"""The valid workbooks that mutations start from, and the year that they are read in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

import tiny
from excel.blanks import GOOD, ONE
from fuzz.book import Book
from pbreports.excel.fill import Filling
from pbreports.excel.issue import issue_workbook
from pbreports.pipeline.background import Background
from pbreports.pipeline.year import Year, open_year
from pbreports.scheme.model import Field, FieldKind
from pbreports.values import Scalar, YearMonth
from pbreports.workspace import Workspace

Rows = Mapping[str, Sequence[Mapping[str, Scalar]]]

RULES = """- {码: R-1, 级别: 错误, 表: 一列一条, 条件: 次数 <= 50, 消息: "次数{次数}太多。", 怎么改: 请核对。}
- {码: R-2, 级别: 警告, 表: 一行一条, 条件: 个数 + 差额 <= 90, 消息: 个数太多。, 怎么改: 请说明。}
- {码: R-3, 级别: 错误, 范围: 簿, 条件: 合计(小组季度.读书会) <= 40, 消息: 读书会太多。, 怎么改: 请核对各季度。}
"""

OTHER: dict[str, Scalar] = {
    "短文": "〇一二 ABC",
    "长文": "第一行\n第二行：甲、乙；丙 & 丁 <戊>",
    "个数": Decimal(86),
    "差额": Decimal(3),
    "金额": Decimal("98765432.1"),
    "均分": Decimal("0.3"),
    "办理日期": date(2031, 12, 31),
    "出生年月": YearMonth(2000, 12),
    "等次": "不合格",
    "去向": "第1阅览室及其附属的借阅处",
    "是否公示": True,
}
MANY: Rows = {
    "封面": [{"填报人": "乙二"}],
    "一行一条": [{"编码": f"H{n}", **(OTHER if n % 2 else ONE), "个数": Decimal(n)} for n in range(1, 13)],
    "一列一条": [{"小组代码": code, "次数": Decimal(times), **OTHER} for code, times in (("A01-1", 40), ("A01-2", 7))],
    "只填一份": [OTHER],
    "小组季度": [
        {"小组代码": code, "季度": quarter, "读书会": Decimal(times), "备注": f"第{times}次"}
        for times, (code, quarter) in enumerate(
            [(c, q) for c in ("A01-1", "A01-2") for q in ("第一季度", "第二季度")], start=3
        )
    ],
}
EARLIER: Rows = {
    "封面": [{"填报人": "丙三"}],
    "一行一条": [{"编码": "E1", **OTHER}],
    "一列一条": [{"小组代码": code, "次数": Decimal(4), **ONE} for code in ("A01-1", "A01-2")],
    "只填一份": [ONE],
}
SMALL: Rows = {"封面": [{"填报人": "丁四"}], "一列一条": [{"小组代码": "B02-1", "次数": Decimal(9)}]}


@dataclass(frozen=True)
class Base:
    """One valid workbook: its name and bytes, whose it is and of which period, its parts by sheet title."""

    name: str
    data: bytes = field(repr=False)
    unit: str
    period: str
    book: Book = field(repr=False)
    parts: Mapping[str, str] = field(repr=False)
    """The part of each data sheet, by the sheet's title."""


class Bench:
    """The tiny year with a few rules, opened for reading, and the valid workbooks of its units."""

    def __init__(self, root: Path) -> None:
        workspace = Workspace(root, 2031)
        tiny.write_scheme(workspace.scheme, tiny.SCHEME + RULES)
        self.year: Year = open_year(workspace)
        self.scheme = self.year.scheme
        self.background = Background(tiny.tiny_units(self.scheme), tiny.tiny_facts(self.scheme))
        self.root = root
        plain = self._base("全填", "A01", "下半年", GOOD)
        self.bases = (
            plain,
            self._base("多行", "A01", "下半年", MANY),
            self._base("上期", "A01", "上半年", EARLIER),
            self._base("小站", "B02", "下半年", SMALL, none=("一行一条", "小组季度")),
            shared(plain),
        )

    def _base(self, name: str, unit: str, period: str, rows: Rows, none: Sequence[str] = ()) -> Base:
        sender = self.background.units.get(unit)
        assert sender is not None
        filling = Filling(rows, frozenset(none))
        facts = self.background.facts
        data = issue_workbook(self.scheme, sender, self.scheme.period(period), facts, filling)
        rules = self.scheme.sheets_for(sender.kind, period)
        return made(name, data, unit, period, [rule.title for rule in rules])

    def kinds(self) -> Mapping[tuple[str, str], Field]:
        """Return every field by its sheet's name and its own."""
        return {(rule.name, one.name): one for rule in self.scheme.school_sheets for one in rule.shown}


def made(name: str, data: bytes, unit: str, period: str, titles: Sequence[str]) -> Base:
    """Return a valid workbook with its parts found."""
    book = Book.of(data)
    listed = re.findall(r'<sheet [^>]*?name="([^"]*)"[^>]*?r:id="([^"]*)"', book.text("xl/workbook.xml"))
    links = book.text("xl/_rels/workbook.xml.rels")
    targets = {_attribute(one, "Id"): _attribute(one, "Target") for one in re.findall(r"<Relationship [^>]*>", links)}
    parts = {title: targets[key].removeprefix("/") for title, key in listed}
    return Base(name, data, unit, period, book, {title: parts[title] for title in titles})


def _attribute(element: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', element)
    assert found
    return found[1]


_INLINE = re.compile(r't="inlineStr"><is>(.*?)</is>', re.DOTALL)
_STRINGS = "xl/sharedStrings.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def shared(base: Base) -> Base:
    """Return a workbook with its texts in the shared strings, as the office programs write them."""
    book, strings = base.book.copy(), dict[str, int]()
    for name in [name for name in book.names() if name.startswith("xl/worksheets/sheet")]:
        book.write(name, _INLINE.sub(lambda found: _by_number(found[1], strings), book.text(name)))
    items = "".join(f"<si>{one}</si>" for one in strings)
    book.write(_STRINGS, f'<sst xmlns="{_MAIN}" count="{len(strings)}" uniqueCount="{len(strings)}">{items}</sst>')
    _add(
        book,
        "xl/_rels/workbook.xml.rels",
        f'<Relationship Id="rIdS" Type="{_LINKS}/sharedStrings" Target="sharedStrings.xml"/>',
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    _add(book, "[Content_Types].xml", f'<Override PartName="/{_STRINGS}" ContentType="{kind}"/>')
    return Base("共享字符串", book.pack(), base.unit, base.period, book, base.parts)


def _by_number(text: str, strings: dict[str, int]) -> str:
    return f't="s"><v>{strings.setdefault(text, len(strings))}</v>'


def _add(book: Book, part: str, element: str) -> None:
    text = book.text(part)
    end = text.rindex("</")
    book.write(part, text[:end] + element + text[end:])


VALID: Mapping[FieldKind, Sequence[str]] = {
    FieldKind.INTEGER: ("0", "1", "7", "19"),
    FieldKind.DECIMAL: ("0", "2.5", "88", "99.9"),
    FieldKind.TEXT: ("甲乙丙", "0123", "九号楼"),
    FieldKind.LONG_TEXT: ("甲乙丙。", "=A1", "换了一段话"),
    FieldKind.DATE: ("48000", "48100", "44000"),
    FieldKind.MONTH: ("1999-09", "1970-01", "2012-10"),
    FieldKind.YES_NO: ("是", "否"),
}
"""What may be written into a field of a kind without a word being said: numbers and days as the file holds them."""
