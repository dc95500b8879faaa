"""What goes beside a paper and not into it: the basis of each figure, who is missing, the switches in force."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from fractions import Fraction

from pbreports.excel.reports import TableSheet
from pbreports.faults import Fault
from pbreports.pipeline.quality import corrections_page
from pbreports.pipeline.rating_steps import TABLES, rests_on_rating, steps_page
from pbreports.pipeline.summarising import Summary, change_of
from pbreports.scheme.language.arithmetic import round_half_up
from pbreports.scheme.model import FigureRule, Scheme
from pbreports.scheme.vocabulary import APPROVED
from pbreports.values import Figure, Finding, Scalar
from pbreports.versions import NOT_SENT, State

SHOWN_SOURCES = 3
"""How many source cells a proof sheet names for a figure, so that it can be printed; ``figures NAME`` lists all."""

SHOWN_UNITS = 20
"""How many of the units that did not report a proof sheet names for a figure."""

NO_NUMBER = "—"
"""Stands where a number cannot be given (not reported, divisor zero, no last year)."""

Number = Decimal | Fraction | None


def shown(value: Number, places: int) -> str:
    """Return a number with its decimals, a dash for a blank."""
    return NO_NUMBER if value is None else f"{round_half_up(value, places):f}"


def basis_of(rule: FigureRule, figure: Figure, scheme: Scheme) -> str:
    """Return the basis of a figure in words: how many units of how many, the bureau's own books, or a ruling."""
    if figure.ruling:
        return f"认定（计算值{shown(figure.computed, rule.places)}）"
    follows = f"，按认定的{'、'.join(figure.follows)}算" if figure.follows else ""
    return _reported(rule, figure, scheme) + follows


def _reported(rule: FigureRule, figure: Figure, scheme: Scheme) -> str:
    sheet = scheme.sheets.get(rule.sheet)
    if rule.sheet == APPROVED:
        return "已审定" if figure.reported else "还没有审定"
    if sheet and not sheet.of_school:
        return "局端" if figure.reported else "局端（未填）"
    return f"已报{figure.reported}/{figure.expected}" if figure.expected else NO_NUMBER


def absence_note(summary: Summary) -> str:
    """Return the sentence for a paper about the units that are not counted, empty when all are."""
    if not summary.absent:
        return ""
    return f"另有{len(summary.absent)}个单位未报送或未通过校验，上述数据未计入。"


def main_figures(scheme: Scheme, summary: Summary) -> list[dict[str, object]]:
    """Return the rows of the table of main figures: number, figure, unit, two years, change, per cent, basis, source."""
    rules = [rule for rule in scheme.figures.values() if rule.main]
    return [_main_figure(number, rule, summary.figures[rule.name], scheme) for number, rule in enumerate(rules, 1)]


def _main_figure(number: int, rule: FigureRule, figure: Figure, scheme: Scheme) -> dict[str, object]:
    change, percent = change_of(figure)
    return {
        "序号": number,
        "指标": rule.name,
        "单位": rule.unit,
        "本年": shown(figure.value, rule.places),
        "上年": shown(figure.last_year, rule.places),
        "增减": shown(change, rule.places),
        "增幅": NO_NUMBER if percent is None or rule.unit == "%" else f"{shown(percent, 1)}%",
        "口径": rule.note,
        "来源": f"{_source_of(rule, scheme)}（{basis_of(rule, figure, scheme)}）",
    }


def _source_of(rule: FigureRule, scheme: Scheme) -> str:
    """Return the sheet that a figure is taken from as staff know it."""
    if rule.sheet in scheme.sheets:
        return scheme.sheets[rule.sheet].title
    return rule.sheet if rule.sheet in TABLES else "派生"


def proof_sheets(
    scheme: Scheme,
    summary: Summary,
    unfilled: Sequence[str],
    found: Sequence[Finding] = (),
    uses: Collection[str] = (),
    faults: Sequence[Fault] = (),
) -> tuple[TableSheet, ...]:
    """Return the pages of a paper's proof workbook; ``found`` is what the rules on papers find in it.

    ``uses`` are the names that it uses: where one rests on the rating, the steps of the rating have a page.
    """
    return (
        _figures_page(scheme, summary),
        _checks_page("本文核对", found),
        _format_page(faults),
        _checks_page("全区核对", (*summary.bureau, *summary.findings)),
        _absent_page(summary),
        _rulings_page(scheme, summary),
        corrections_page(summary.corrections, summary.units),
        _switches_page(scheme),
        _unfilled_page(unfilled),
        *((steps_page(summary.rating),) if summary.rating and rests_on_rating(scheme, uses) else ()),
    )


def _format_page(faults: Sequence[Fault]) -> TableSheet:
    rows = tuple(
        (
            one.severity.value,
            one.code,
            one.element,
            one.parameter,
            one.place,
            one.found,
            one.expected,
            one.basis,
            one.remedy,
        )
        for one in faults
    )
    heads = ("级别", "编码", "要素", "项目", "位置", "现状", "应为", "依据", "怎么改")
    return TableSheet("格式核对", heads, rows, (8, 10, 16, 16, 40, 30, 30, 36, 40))


def _checks_page(title: str, found: Sequence[Finding]) -> TableSheet:
    rows = tuple(
        (one.severity.value, one.code, str(one.where), one.message, one.remedy, one.explanation) for one in found
    )
    return TableSheet(title, ("级别", "编码", "位置", "问题", "怎么改", "说明"), rows, (8, 10, 40, 70, 40, 40))


def _figures_page(scheme: Scheme, summary: Summary) -> TableSheet:
    headers = ("数字", "编号", "数值", "单位", "依据", "上年", "口径", "来源行数", "来源", "未报单位")
    rows = [_figure_row(rule, scheme, summary) for rule in scheme.figures.values()]
    return TableSheet("数字依据", headers, tuple(rows), (24, 8, 10, 8, 10, 10, 40, 10, 60, 30))


def _figure_row(rule: FigureRule, scheme: Scheme, summary: Summary) -> tuple[Scalar, ...]:
    figure = summary.figures[rule.name]
    names = {unit.code: unit.short_name for unit in summary.units.all}
    missing = "、".join(names.get(code, "区里") for code in figure.missing[:SHOWN_UNITS])
    return (
        rule.name,
        rule.number,
        shown(figure.value, rule.places),
        rule.unit,
        basis_of(rule, figure, scheme),
        shown(figure.last_year, rule.places),
        rule.note,
        Decimal(len(figure.sources)),
        _sources(figure),
        missing,
    )


def _rulings_page(scheme: Scheme, summary: Summary) -> TableSheet:
    """Return the page of figures fixed by decision, each with what was counted."""
    rows = tuple(
        (
            rule.name,
            shown(figure.computed, rule.places),
            shown(figure.value, rule.places),
            rule.unit,
            *_ruling_words(figure),
        )
        for rule in scheme.figures.values()
        if (figure := summary.figures[rule.name]).ruling
    )
    headers = ("数字", "计算值", "认定值", "单位", "理由", "认定人", "依据")
    return TableSheet("数字认定", headers, rows, (24, 12, 12, 8, 50, 12, 30))


def _ruling_words(figure: Figure) -> tuple[str, str, str]:
    ruling = figure.ruling
    return (ruling.reason, ruling.by, str(ruling.source)) if ruling else ("", "", "")


def _sources(figure: Figure) -> str:
    named = [str(source) for source in figure.sources[:SHOWN_SOURCES]]
    if len(figure.sources) > SHOWN_SOURCES:
        named.append(f"等，列全请运行 pbreports figures {figure.name}")
    return "\n".join(named)


def _absent_page(summary: Summary) -> TableSheet:
    sent = {version.unit for version in summary.versions}
    rows = tuple(
        (Decimal(number), unit.group, unit.full_name, State.RETURNED.value if unit.code in sent else NOT_SENT)
        for number, unit in enumerate(summary.absent, 1)
    )
    return TableSheet("未计入单位", ("序号", "所属", "单位", "情形"), rows, (8, 16, 36, 12))


def _switches_page(scheme: Scheme) -> TableSheet:
    rows = tuple((name, one.default, "、".join(one.options), one.note) for name, one in scheme.switches.items())
    return TableSheet("口径", ("口径", "本次采用", "可选", "说明"), rows, (24, 20, 30, 60))


def _unfilled_page(unfilled: Sequence[str]) -> TableSheet:
    rows = tuple((Decimal(number), text) for number, text in enumerate(unfilled, 1))
    return TableSheet("待填", ("序号", "位置和内容"), rows, (8, 80))
