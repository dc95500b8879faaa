"""The text of a template as people write it, read into blocks.

A draft is a text file. Each line is one paragraph:

    ; a remark, left out
    # 题名                      the title
    ## 一、…    ### （一）…     headings, down to #####
    {%p if … %}                 a control tag alone on its line
    @附件说明 附件：1.…          the list of annexes; a line that starts with a tab continues it aligned
    @署名 2 …                   a signature, so many characters from the right
    @附件 1 题名                an annex on a new page: its number (left out when it is the only one), its title
    @表注 单位：…                a small line to the right above a table
    | 序号 6c | 名称 30l |      a table's head: text, share of the width, alignment l, c or r
    | {{ a }} | {{ b }} |       its rows; a row with one cell takes the whole width
    @图表 柱形图 {{ a }} 系列 本年、上年 单位 个 高 7    a chart (柱形图 upright, 条形图 lying) of the list ``a``: the columns
                                it shows, the unit of their numbers, its height in centimetres
    @图注 图1　题名             the caption below a chart
    @横排    @竖排              from here on the pages lie across, for wide tables, or stand upright again

and, for official papers:

    @份号 …  @密级 …  @紧急程度 …    lines at the top left, in this order
    @版头 …文件                 the issuing mark of a paper with a red head; 甲⏎乙⏎文件 of one that organs issue together
    @纪要 …会议纪要             the mark of minutes
    @签发人 甲、乙              of a paper to superiors, who has signed; its number goes on the last line of them
    @发文字号 …                 the number, above the red rule
    @函头 …    @函号 …          the mark of a letter above its double rule, its number below at the right
    @主送 …：                   the addressees
    @落款 机关⏎日期             organ and date of a sealed paper, in the middle of where the seal stands
    @署名 机关⏎日期             the same without a seal
    @签名章 职务                the post of who signs by stamp, and the place of the stamp; ``@签章日期 …`` its date
    @附注 （…）                 a note in brackets below the date
    @出席 出席：…               who was there, at the end of minutes; 请假 and 列席 in the same way
    @题注 （排名不分先后）      a line in the middle below an annex's title
    @名单 甲<tab>乙             a line of a list of names in one column, or in two with a tab between
    @版记                       copies and print: rows as in a table, without a head, at the foot of the page

``⏎`` in a text begins a new line in the same paragraph.

Every other line is a body paragraph. Blank lines separate, nothing more; ``@空行`` sets a blank line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from pbreports.errors import TemplateError


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: what it is (``正文``, ``标题1`` …), its text, and how many characters stay free at the right."""

    kind: str
    text: str
    right: float = 0


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: head, share of the width, alignment (``left``, ``center``, ``right``)."""

    head: str
    share: int
    align: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns and its rows of texts; a row with one text spans all columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its kind (``柱形图``, ``条形图``), the tag of its list, the columns shown, their unit, height in mm."""

    kind: str
    tag: str
    series: tuple[str, ...]
    unit: str
    height: float


@dataclass(frozen=True, slots=True)
class Imprint:
    """The copies and the print at the foot of the last page: rows of one text, or of one at the left, one at the right."""

    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Table | Chart | Imprint

_ALIGN = {"l": "left", "c": "center", "r": "right"}
_HEAD = re.compile(r"(?P<head>.+?)\s+(?P<share>\d+)(?P<align>[lcr])")
_SIGNATURE = re.compile(r"(?s)@署名\s+(?P<right>\d+(?:\.\d+)?)\s+(?P<text>.+)")
_PAIR = re.compile(r"@(?P<kind>落款|署名)\s+(?P<organ>[^\n]+)\n(?P<day>[^\n]+)")
_ANNEX = re.compile(r"(?s)@附件\s+(?:(?P<number>\d+)\s+)?(?P<title>.+)")
_HEADING = re.compile(r"(?s)(?P<level>#{1,5})\s+(?P<text>.+)")
_NOTED = re.compile(
    r"(?s)@(?P<kind>附件说明|表注|图注|份号|密级|紧急程度|版头|纪要|签发人|发文字号|函头|函号|主送|题注|名单|签名章|签章日期|附注|出席)"
    r"\s+(?P<text>.+)"
)
_IMPRINT = "@版记"
ACROSS, UPRIGHT = "横排", "竖排"
"""The kinds of the lines that stand for no paragraph: how the pages lie from there on."""
_BARE = ("@空行", f"@{ACROSS}", f"@{UPRIGHT}")
_CHART = re.compile(
    r"@图表\s+(?P<kind>柱形图|条形图)\s+(?P<tag>\{\{[^{}]+\}\})"
    r"\s+系列\s+(?P<series>\S+)\s+单位\s+(?P<unit>\S+)\s+高\s+(?P<height>\d+(?:\.\d+)?)"
)


def read_draft(text: str, name: str) -> tuple[Block, ...]:
    """Return the blocks of a draft in order.

    Raises:
        TemplateError: when a line starts with ``@`` or ``|`` and is none of the known forms.
    """
    lines = [(number, line.rstrip()) for number, line in enumerate(text.splitlines(), 1)]
    used = [(number, line.replace("⏎", "\n")) for number, line in lines if line and not line.startswith(";")]
    blocks: list[Block] = []
    for kind, grouped in groupby(used, key=_Runs()):
        group = list(grouped)
        blocks += [_in_bars(group, name)] if kind.in_bars else _paragraphs(group, name)
    return tuple(blocks)


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of lines that make one table, or that are none of a table: the number of those before, and which it is."""

    number: int
    in_bars: bool


class _Runs:
    """Tells of lines in order which run each belongs to; ``@版记`` begins one below a table, too."""

    def __init__(self) -> None:
        self._current = _Run(0, in_bars=False)

    def __call__(self, item: tuple[int, str]) -> _Run:
        in_bars = item[1].startswith(("|", _IMPRINT))
        if in_bars != self._current.in_bars or item[1] == _IMPRINT:
            self._current = _Run(self._current.number + 1, in_bars)
        return self._current


def _in_bars(lines: list[tuple[int, str]], name: str) -> Table | Imprint:
    """Return what lines with bars make: a table, or below ``@版记`` the copies and the print."""
    if lines[0][1] == _IMPRINT:
        return Imprint(tuple(_cells(line) for _, line in lines[1:]))
    return _table(lines, name)


def _paragraphs(lines: list[tuple[int, str]], name: str) -> Iterator[Paragraph | Chart]:
    """Yield the paragraphs and charts of lines outside tables."""
    for number, line in lines:
        where = f"{name} 第{number}行"
        if line.startswith("@图表"):
            yield _chart(line, where)
        else:
            yield from _paragraph(line, where)


def _chart(line: str, where: str) -> Chart:
    """Return the chart that a line describes."""
    found = _CHART.fullmatch(line)
    if found is None:
        raise TemplateError(
            where, f"“{line}”不是图表的写法", "请写成“@图表 柱形图 {{ 名单 }} 系列 本年、上年 单位 个 高 7”的样子"
        )
    series = tuple(found["series"].split("、"))
    return Chart(found["kind"], found["tag"], series, found["unit"], float(found["height"]) * 10)


def _paragraph(line: str, where: str) -> Iterator[Paragraph]:
    """Yield what one line stands for (an annex is two paragraphs)."""
    if found := _HEADING.fullmatch(line):
        level = len(found["level"]) - 1
        yield Paragraph(f"标题{level}" if level else "题名", found["text"])
    elif found := _ANNEX.fullmatch(line):
        yield Paragraph("附件编号", f"附件{found['number'] or ''}")
        yield Paragraph("附件标题", found["title"])
    elif signed := tuple(_signed(line)):
        yield from signed
    elif found := _NOTED.fullmatch(line):
        yield Paragraph(found["kind"], found["text"])
    elif line in _BARE:
        yield Paragraph(line.removeprefix("@"), "")
    elif line.startswith("@"):
        raise TemplateError(where, f"不认识“{line}”", "可用的写法见 draft.py 的开头")
    elif line.startswith("{%p"):
        yield Paragraph("控制标签", line)
    else:
        yield Paragraph("附件说明续" if line.startswith("\t") else "正文", line.strip())


def _signed(line: str) -> Iterator[Paragraph]:
    """Yield organ and date of a line that signs, or a signature so many characters from the right."""
    if found := _PAIR.fullmatch(line):
        yield Paragraph(found["kind"], found["organ"])
        yield Paragraph(f"{found['kind']}日期", found["day"])
    elif found := _SIGNATURE.fullmatch(line):
        yield Paragraph("署名", found["text"], float(found["right"]))


def _table(lines: list[tuple[int, str]], name: str) -> Table:
    """Return the table that consecutive lines with bars make."""
    (number, head), *rows = lines
    columns = tuple(_column(cell, f"{name} 第{number}行") for cell in _cells(head))
    return Table(columns, tuple(_cells(line) for _, line in rows))


def _cells(line: str) -> tuple[str, ...]:
    """Return the texts between the bars; a bar inside a tag (a filter) separates nothing."""
    parts = re.split(r"\|(?![^{]*[}%]\})", line.strip().strip("|"))
    return tuple(part.strip() for part in parts)


def _column(cell: str, where: str) -> Column:
    """Return a column from its head such as ``序号 6c``."""
    found = _HEAD.fullmatch(cell)
    if found is None:
        raise TemplateError(where, f"表头“{cell}”没有写列宽和对齐", "请写成“序号 6c”的样子")
    return Column(found["head"], int(found["share"]), _ALIGN[found["align"]])
