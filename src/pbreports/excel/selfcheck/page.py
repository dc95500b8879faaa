"""The sheet 自检: every rule that the workbook checks, its state, the first place, and room to explain warnings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from openpyxl.formatting.rule import Rule as Colouring
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pbreports.excel import styles
from pbreports.excel.layout import CHECK, SELF_CHECK
from pbreports.excel.measures import protect, set_print
from pbreports.excel.selfcheck.compiled import Compiled
from pbreports.excel.selfcheck.entries import REMEDIES
from pbreports.excel.selfcheck.marking import ERROR_FILL, WARNING_FILL
from pbreports.excel.selfcheck.verdicts import Line
from pbreports.excel.sheets import Drawing
from pbreports.excel.styles import Style
from pbreports.excel.text import cell_at, line_count, write_formula, write_text
from pbreports.findings import CATALOGUE
from pbreports.scheme.model import Rule, Scheme
from pbreports.values import Severity

BROKEN, KEPT, IDLE = "未通过", "通过", "不适用"
"""The states of a rule."""

COLUMNS = ("序号", "编码", "检查内容", "级别", "状态", "处数", "第一处", "怎么改", "说明")
_WIDTHS = (6, 9, 30, 8, 10, 8, 30, 58, 40)
_HEADER = 4
_EXPLANATION = COLUMNS.index("说明") + 1
_LONGEST_EXPLANATION = 200
_HOW = (
    "边填边看：这里和各表的颜色随填随变（红为错误，黄为警告）。错误要改好再报；警告要核对，确实如此的在“说明”里写明原因。"
    "“不适用”是有关的格还没有填，或这条规则与本单位无关。"
)
_REST = "由教育工委收到后检查（表格软件算不了的）"
_PARTLY = "（部分情形）"
_ENTRY = Style("报送自检说明", open=True)
_SECTION = Style("报送自检小标题", size=12, font=styles.HEI, boxed=False, wrap=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule on the page: where its lines stand on the helper sheet, and whether some of it is left to the bureau."""

    code: str
    first: int
    last: int
    number: int = 0
    partly: bool = False


def draw_selfcheck(page: Worksheet, compiled: Compiled, scheme: Scheme, drawing: Drawing) -> None:
    """Draw the page."""
    entries = list(_entries(compiled.lines))
    for letter, width in zip("ABCDEFGHI", _WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    _draw_heading(page, compiled.lines, drawing)
    for number, entry in enumerate(entries, start=1):
        numbered = replace(entry, number=number, partly=entry.code in compiled.left)
        _draw_entry(page, _HEADER + number, numbered, scheme.rules.get(entry.code), drawing)
    last = _HEADER + len(entries)
    _limit_explanations(page, last)
    _colour(page, last)
    _draw_rest(page, last + 2, compiled, scheme, drawing)
    _set_view(page)


def _entries(lines: Sequence[tuple[int, Line]]) -> Iterator[Entry]:
    for code, group in groupby(lines, key=lambda one: one[1].code):
        rows = [row for row, _ in group]
        yield Entry(code, rows[0], rows[-1])


def _draw_heading(page: Worksheet, lines: Sequence[tuple[int, Line]], drawing: Drawing) -> None:
    for row, style, height in ((1, styles.TITLE, 30.0), (2, styles.NOTES, 32.0), (3, styles.PLAIN, 26.0)):
        drawing.wear.merge(page, row, 1, len(COLUMNS))
        drawing.wear.dress(cell_at(page, row, 1), style)
        page.row_dimensions[row].height = height
    write_text(cell_at(page, 1, 1), SELF_CHECK)
    write_text(cell_at(page, 2, 1), _HOW)
    write_formula(cell_at(page, 3, 1), _sentence(lines))
    for column, text in enumerate(COLUMNS, start=1):
        write_text(cell_at(page, _HEADER, column), text)
        drawing.wear.dress(cell_at(page, _HEADER, column), styles.HEADER)
    page.row_dimensions[_HEADER].height = 24


def _sentence(lines: Sequence[tuple[int, Line]]) -> str:
    if not lines:
        return '="没有要检查的内容。"'
    first, last = lines[0][0], lines[-1][0]
    errors, warnings = (f"SUMIF({CHECK}!$E${first}:$E${last},{level},{CHECK}!$A${first}:$A${last})" for level in (2, 1))
    told = f'IF({errors}>0,"还有"&{errors}&"处错误、"&{warnings}&"处警告。错误改好以后再报。",{{}})'
    warned = f'IF({warnings}>0,"没有错误，还有"&{warnings}&"处警告，请核对，确实如此的写明原因。","全部通过。")'
    return f"={told.format(warned)}"


def _draw_entry(page: Worksheet, row: int, entry: Entry, rule: Rule | None, drawing: Drawing) -> None:
    level = rule.level if rule else CATALOGUE[entry.code].severity
    name, remedy = (rule.name, _remedy(rule)) if rule else ("", "")
    kind = CATALOGUE.get(entry.code)
    texts = {1: str(entry.number), 2: entry.code, 3: name or (kind.name if kind else ""), 4: level.value}
    texts[3] += _PARTLY if entry.partly else ""
    texts[8] = remedy or REMEDIES.get(entry.code, "")
    for column, text in texts.items():
        write_text(cell_at(page, row, column), text)
    for column, formula in zip((5, 6, 7), _formulas(entry, row), strict=True):
        write_formula(cell_at(page, row, column), formula)
    for column in range(1, len(COLUMNS) + 1):
        drawing.wear.dress(cell_at(page, row, column), _style(column, level))
    lines = max(line_count(texts[8], _WIDTHS[7] - 2), line_count(texts[3], _WIDTHS[2] - 2))
    page.row_dimensions[row].height = 8 + 15 * lines


def _style(column: int, level: Severity) -> Style:
    if column == _EXPLANATION:
        return _ENTRY if level is Severity.WARNING else styles.STATE
    return {3: styles.PLAIN, 7: styles.LINKED, 8: styles.PLAIN}.get(column, styles.CENTERED)


def _remedy(rule: Rule) -> str:
    return next((clause.remedy for clause in rule.whole_clauses() if clause.remedy), "")


def _formulas(entry: Entry, row: int) -> tuple[str, str, str]:
    """Return the formulas of state, number of places and first place."""
    of = {letter: f"{CHECK}!${letter}${entry.first}:${letter}${entry.last}" for letter in "ABCDF"}
    at = f"MATCH(1,{of['F']},0)"
    link = f"HYPERLINK(INDEX({of['C']},{at}),INDEX({of['D']},{at}))"
    return (
        f'=IF($F{row}>0,"{BROKEN}",IF(SUM({of["B"]})>0,"{KEPT}","{IDLE}"))',
        f"=SUM({of['A']})",
        f'=IF($F{row}=0,"",{link})',
    )


def _limit_explanations(page: Worksheet, last: int) -> None:
    if last == _HEADER:
        return
    limit = DataValidation(
        "textLength", operator="lessThanOrEqual", formula1=str(_LONGEST_EXPLANATION), allow_blank=True
    )
    limit.showErrorMessage = True
    limit.errorTitle, limit.error = "太长", f"说明最多{_LONGEST_EXPLANATION}个字。"
    limit.add(f"I{_HEADER + 1}:I{last}")
    page.add_data_validation(limit)


def _colour(page: Worksheet, last: int) -> None:
    if last == _HEADER:
        return
    row = _HEADER + 1
    broken = f'$E{row}="{BROKEN}"'
    looks = (
        (f'AND({broken},$D{row}="{Severity.ERROR.value}")', ERROR_FILL, "FF9C0006"),
        (f'AND({broken},$D{row}="{Severity.WARNING.value}")', WARNING_FILL, "FF7F6000"),
        (f'$E{row}="{IDLE}"', "", styles.MUTED),
    )
    for test, fill, ink in looks:
        paint = PatternFill(fill_type="solid", start_color=fill, end_color=fill, bgColor=fill) if fill else None
        rule = Colouring("expression", dxf=DifferentialStyle(fill=paint, font=Font(color=ink)), stopIfTrue=True)
        rule.formula = [test]
        page.conditional_formatting.add(f"D{row}:F{last}", rule)


def _draw_rest(page: Worksheet, row: int, compiled: Compiled, scheme: Scheme, drawing: Drawing) -> None:
    """Draw the list of what the bureau checks, with the reasons."""
    write_text(cell_at(page, row, 1), _REST)
    drawing.wear.dress(cell_at(page, row, 1), _SECTION)
    at = row
    for code, rule in scheme.rules.items():
        reasons = compiled.left.get(code)
        if not reasons:
            continue
        at += 1
        for column, text in ((2, code), (3, rule.name), (4, rule.level.value), (5, "；".join(reasons))):
            write_text(cell_at(page, at, column), text)
            drawing.wear.dress(cell_at(page, at, column), styles.PLAIN if column in (3, 5) else styles.CENTERED)
        drawing.wear.merge(page, at, 5, len(COLUMNS))
        page.row_dimensions[at].height = 8 + 15 * line_count(rule.name, _WIDTHS[2] - 2)


def _set_view(page: Worksheet) -> None:
    page.sheet_view.showGridLines = False
    page.freeze_panes = f"A{_HEADER + 1}"
    page.print_title_rows = f"{_HEADER}:{_HEADER}"
    protect(page)
    set_print(page, landscape=True)
