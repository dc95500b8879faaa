"""The first sheet of a return: what is left to do, cell by cell, what was put right, what could not be carried over."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from pbreports.excel import styles
from pbreports.excel.layout import CONTENTS, PROBLEMS
from pbreports.excel.measures import protect, set_print
from pbreports.excel.returning.carry import Leftover
from pbreports.excel.returning.marks import Gravity, gravity_of
from pbreports.excel.styles import Style, Wardrobe
from pbreports.excel.text import cell_at, line_count, shortened, write_text
from pbreports.values import Correction, Finding, Severity

HEADERS = ("序号", "级别", "编码", "工作表", "单元格", "对象", "问题", "怎么改", "同类处数", "说明")
_WIDTHS = (6, 11, 9, 20, 9, 14, 42, 34, 9, 26)
_HEADER_ROW = 6
_LINK, _EXPLAINED = 5, 10
_LEAD = Style("退回情况", size=12, boxed=False)
_SECTION = Style("退回小标题", size=12, font=styles.HEI, boxed=False, wrap=False)
_ANSWER = Style("退回说明", open=True)
_UNASKED = Style("退回免说明", fill=styles.LOCKED_FILL)
_LINE_HEIGHT, _HIGHEST = 15.5, 400
_LONGEST = 2_000
WHOLE = "整表"
"""What stands in place of an address where a finding is about a whole sheet."""

_ADVICE = (
    "请逐条点“单元格”一栏跳到那一格：红色的必须改；黄色的改正，或在本表最右“说明”一栏写明原因；"
    "橙色的请核对，不对的改正；蓝色的已替您改好。都改好后保存，把这一份报回来，文件名不用改。"
)
_ON_ORIGINAL = (
    "这是您报来的原文件，只加了颜色和批注，内容没有动。红色的必须改；黄色的改正，或在本表最右“说明”一栏写明原因；"
    "橙色和蓝色的是程序读取时换算过的，请核对。改好后保存，把这一份报回来，文件名不用改。"
)
_WHAT_TO_SAY = "数字确实如此、不用改的，请写明原因，如“新校区9月启用，教师增加12名”。"
_NOTHING = "没有要改的了。请核对蓝色的格和下面列出的内容，没有问题就把这一份报回来。"
_DONE = "已经改好的（不用再改，请看一眼）"
_LEGEND = (
    (Gravity.ERROR, 2, "错误：必须改"),
    (Gravity.WARNING, 4, "警告：改正或说明"),
    (Gravity.CONFIRM, 6, "请确认：请核对"),
    (Gravity.DONE, 7, "已自动更正：请看一眼"),
)


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a return is about: whose workbook, which version, when it came in, by when it is wanted back.

    Without a ``deadline`` it is wanted as soon as may be. Version 0 is one that was only looked at. ``on_original`` tells that the marks stand in the unit's own file, in
    which nothing was put right.
    """

    unit: str
    code: str
    version: int
    received: date
    deadline: date | None = None
    on_original: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """What a return tells: what is left to do, and what was done.

    The places of ``problems``, ``done`` and ``restored`` are those of the return. ``problems`` must be mended,
    explained or confirmed; ``done`` are values put right on reading, ``restored`` faults that the fresh issue does
    not have; ``corrections`` come from the bureau, ``leftover`` could not be carried over.
    """

    problems: tuple[Finding, ...]
    done: tuple[Finding, ...] = ()
    restored: tuple[Finding, ...] = ()
    corrections: tuple[Correction, ...] = ()
    leftover: tuple[Leftover, ...] = ()

    def only(self, titles: Collection[str], *, rest: bool) -> Account:
        """Return what is told of the sheets of some titles, and with ``rest`` of what belongs to no sheet."""

        def here(title: str) -> bool:
            return title in titles or (rest and not title)

        return Account(
            problems=tuple(one for one in self.problems if here(one.where.sheet)),
            done=tuple(one for one in self.done if here(one.where.sheet)),
            restored=tuple(one for one in self.restored if here(one.where.sheet)),
            corrections=tuple(one for one in self.corrections if here(one.where.sheet)),
            leftover=tuple(one for one in self.leftover if here(one.sheet)),
        )

    def count(self, gravity: Gravity) -> int:
        """Return how many of the problems are of a gravity."""
        return sum(gravity_of(one) is gravity for one in self.problems)


def ordered(findings: Iterable[Finding], sheets: Sequence[str]) -> tuple[Finding, ...]:
    """Return findings by gravity, then by sheet in the given order, then as they were found."""
    place = {title: index for index, title in enumerate(sheets)}
    gravities = list(Gravity)
    return tuple(sorted(findings, key=lambda one: (gravities.index(gravity_of(one)), place.get(one.where.sheet, -1))))


def draw_problems(workbook: Workbook, occasion: Occasion, account: Account, wear: Wardrobe) -> None:
    """Put the list of problems before all other sheets and show it first when the workbook is opened."""
    page = workbook.create_sheet(PROBLEMS, 0)
    for column, width in enumerate(_WIDTHS, start=1):
        page.column_dimensions[get_column_letter(column)].width = width
    _draw_head(page, occasion, account, wear)
    writer = _Writer(page, wear, set(workbook.sheetnames))
    writer.headers()
    for one in account.problems:
        writer.finding(one, gravity_of(one).value, gravity_of(one))
    _draw_done(writer, account, "读取时换算过的（请核对）" if occasion.on_original else _DONE)
    _draw_leftover(writer, account.leftover)
    writer.finish()
    workbook.active = 0
    for other in workbook.worksheets[1:]:
        other.sheet_view.tabSelected = False
    page.sheet_view.showGridLines = False
    page.freeze_panes = f"A{_HEADER_ROW + 1}"
    page.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
    page.sheet_properties.tabColor = styles.ALERT
    protect(page)
    set_print(page, landscape=True)


def _draw_head(page: Worksheet, occasion: Occasion, account: Account, wear: Wardrobe) -> None:
    came = f"第{occasion.version}版，{_day(occasion.received)}收到" if occasion.version else "检查结果（没有收件）"
    whose = f"{occasion.unit}（{occasion.code}）　{came}"
    if occasion.version:
        whose += f"　请{f'于{_day(occasion.deadline)}前' if occasion.deadline else '尽快'}改好报回"
    advice = _ADVICE if account.problems else _NOTHING
    if occasion.on_original:
        advice = _ON_ORIGINAL
    lines = (
        (PROBLEMS, styles.TITLE, 30.0),
        (whose, _LEAD, 20.0),
        (told(account), _LEAD, 20.0),
        (advice, styles.PLAIN, 6 + _LINE_HEIGHT * line_count(advice, sum(_WIDTHS))),
    )
    for row, (text, style, height) in enumerate(lines, start=1):
        page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(HEADERS))
        _put(page, row, 1, text, style, wear)
        page.row_dimensions[row].height = height
    for gravity, column, text in _LEGEND:
        _put(page, _HEADER_ROW - 1, column, text, styles.CENTERED, wear)
        if column < 6:
            page.merge_cells(start_row=5, start_column=column, end_row=5, end_column=column + 1)
        _colour(cell_at(page, _HEADER_ROW - 1, column), gravity)
    page.row_dimensions[_HEADER_ROW - 1].height = 20


def told(account: Account) -> str:
    """Return in words how many problems there are and what has been done already."""
    counts = (
        (account.count(Gravity.ERROR), "处错误要改"),
        (account.count(Gravity.WARNING), "处警告要改正或说明"),
        (account.count(Gravity.CONFIRM), "处请核对"),
        (len(account.done) + len(account.restored), "处已自动更正或恢复"),
        (len(account.corrections), "处区里已更正"),
        (len(account.leftover), "处内容没有带过来（见表末）"),
    )
    return "，".join(f"{count}{words}" for count, words in counts if count) + "。"


def _draw_done(writer: _Writer, account: Account, title: str) -> None:
    if not account.done and not account.restored and not account.corrections:
        return
    writer.section(title)
    for one in account.done:
        writer.finding(one, Gravity.DONE.value, Gravity.DONE)
    for one in account.restored:
        writer.finding(one, "已恢复", None)
    for change in account.corrections:
        told = f"“{change.field}”原为“{change.old}”，区里更正为“{change.new}”：{change.reason}"
        writer.line(("区里更正", "", change.where.sheet, change.where.cell, "", told, "", "", ""), None)


def _draw_leftover(writer: _Writer, leftover: Sequence[Leftover]) -> None:
    if not leftover:
        return
    writer.section("没有带到这份簿里的内容（位置是您原来那份文件里的；还要的请填到该填的格里，不要的不用管）")
    for one in leftover:
        texts = shortened("；".join(one.texts), _LONGEST)
        writer.line(("未带过来", "", one.sheet, one.where, "", texts, "", "", ""), None)


class _Writer:
    """Writes the rows of the list one below the other."""

    def __init__(self, page: Worksheet, wear: Wardrobe, sheets: set[str]) -> None:
        self._page, self._wear, self._sheets = page, wear, sheets
        self._row, self._number = _HEADER_ROW, 0
        self._prompt = DataValidation("textLength", str(_LONGEST), allow_blank=True, operator="lessThanOrEqual")
        self._prompt.promptTitle, self._prompt.prompt = "说明", _WHAT_TO_SAY
        self._prompt.showInputMessage = self._prompt.showErrorMessage = True

    def finish(self) -> None:
        """Offer the words that tell what to write in the cells for explanations."""
        if self._prompt.sqref:
            self._page.add_data_validation(self._prompt)

    def headers(self) -> None:
        """Write the line of headers."""
        for column, text in enumerate(HEADERS, start=1):
            _put(self._page, self._row, column, text, styles.HEADER, self._wear)
        self._page.row_dimensions[self._row].height = 24

    def section(self, text: str) -> None:
        """Begin a block under a heading of its own."""
        self._row += 2
        _put(self._page, self._row, 1, text, _SECTION, self._wear)
        self._page.row_dimensions[self._row].height = 24

    def finding(self, one: Finding, level: str, gravity: Gravity | None) -> None:
        """Write a finding; its address leads to the cell, a warning has a cell for the explanation."""
        open_still = gravity not in (None, Gravity.DONE)
        hidden = f"（另有{one.hidden}个问题由它引起，改好后会一并消除。）" if one.hidden and open_still else ""
        remedy = one.remedy if open_still else ""
        where = one.where.cell or (WHOLE if one.where.sheet else CONTENTS)
        words = (level, one.code, one.where.sheet, where, one.subject, one.message + hidden, remedy)
        self.line((*words, str(one.count), one.explanation), gravity)
        self._link(one)
        if one.severity is Severity.WARNING and gravity in (Gravity.WARNING, Gravity.CONFIRM):
            cell = cell_at(self._page, self._row, _EXPLAINED)
            self._wear.dress(cell, _ANSWER)
            self._prompt.add(cell.coordinate)

    def line(self, words: Sequence[str], gravity: Gravity | None) -> None:
        """Write one line under the last."""
        self._row, self._number = self._row + 1, self._number + 1
        for column, text in enumerate((str(self._number), *words), start=1):
            _put(self._page, self._row, column, shortened(text, _LONGEST), _style_of(column), self._wear)
        lines = [line_count(text, width - 2) for text, width in zip(words, _WIDTHS[1:], strict=True)]
        self._page.row_dimensions[self._row].height = min(6 + _LINE_HEIGHT * max(lines), _HIGHEST)
        if gravity is not None:
            _colour(cell_at(self._page, self._row, 2), gravity)

    def _link(self, one: Finding) -> None:
        title = one.where.sheet or CONTENTS
        if title not in self._sheets:
            return
        cell = cell_at(self._page, self._row, _LINK)
        target = f"{quote_sheetname(title)}!{one.where.cell or 'A1'}"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target, tooltip="点击跳到这一格")
        self._wear.dress(cell, styles.LINKED)


def _style_of(column: int) -> Style:
    if column == _EXPLAINED:
        return _UNASKED
    return styles.CENTERED if column in (1, 2, 3, 9) else styles.PLAIN


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _put(page: Worksheet, row: int, column: int, text: str, style: Style, wear: Wardrobe) -> None:
    cell = cell_at(page, row, column)
    write_text(cell, text)
    wear.dress(cell, style)


def _colour(cell: Cell, gravity: Gravity) -> None:
    cell.fill = PatternFill("solid", start_color=gravity.fill, end_color=gravity.fill)
