"""The dictionary of templates: everything that a template may say, what it means, and which papers say it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pbreports.errors import WorkspaceError
from pbreports.excel.reports import TableSheet
from pbreports.pipeline.filling import compiled
from pbreports.pipeline.official import official_sheet, official_values
from pbreports.pipeline.publishing import template_of
from pbreports.pipeline.year import Year
from pbreports.scheme.model import LEVEL, REPORTED, ListRule, Parameter, Switch
from pbreports.scheme.papers import OFFICIAL, TITLE
from pbreports.tags.display import PaperFigure, shown
from pbreports.tags.filters import EXPLAINED


class Kind(StrEnum):
    """What a name stands for."""

    FIGURE = "数字"
    LIST = "名单"
    COLUMN = "名单的列"
    OFFICIAL = "公文"
    ITEM = "公文的项"
    CONSTANT = "参数"
    FILTER = "过滤器"


@dataclass(frozen=True, slots=True)
class Entry:
    """A name that templates may use; of a column ``名单.列``. ``papers`` are those whose templates use it."""

    kind: Kind
    name: str
    meaning: str
    unit: str = ""
    example: str = ""
    papers: tuple[str, ...] = ()


_BUILT_IN = {
    "年度": "方案的年度",
    "期次": "最后一期的名称",
    "统计起始日": "第一期开始的日子",
    "统计截止日": "最后一期结束的日子",
    "方案名称": "方案里写的名称",
    "方案版本": "方案里写的版本",
    TITLE: "这份文书的题名",
    "未报说明": "有单位没报时说明数字的依据，都报了时是空的",
}
_OWN_LISTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "未报单位名单": ("还没有报的单位", {"学校": "简称", "全称": "全称", "镇街": "所属镇街"}),
    "主要指标表": (
        "方案里标了“主要指标”的数字，一行一个",
        {
            "序号": "从1起",
            "指标": "数字的名字",
            "单位": "数字的单位",
            "本年": "本年的值",
            "上年": "上年的值",
            "增减": "本年比上年",
            "增幅": "增减占上年的百分比",
            "口径": "数字的说明",
            "来源": "取自哪张表，已报几个、应报几个",
        },
    ),
}
_COLUMNS = {LEVEL: "这一行在上下级里是第几层", REPORTED: "这一行的单位报了没有"}


def known_names(year: Year) -> dict[str, object]:
    """Return what templates may name: each list as one row of its columns, everything else as an empty text.

    The names are those of the values that papers are filled with (``publishing.template_values``).
    """
    lists = {rule.name: columns_of(rule) for rule in year.scheme.lists.values()}
    own = {name: tuple(columns) for name, (_, columns) in _OWN_LISTS.items()}
    rows = {name: (dict.fromkeys(columns, ""),) for name, columns in (lists | own).items()}
    plain = dict.fromkeys((*year.scheme.figures, *year.names_of_year(), *_BUILT_IN), "")
    return {**plain, **rows, **official_values(year.scheme)}


def columns_of(rule: ListRule) -> tuple[str, ...]:
    """Return the columns of a named list's rows."""
    return (*rule.columns, *([REPORTED] if rule.reports else []), *([LEVEL] if rule.tree else []))


def dictionary(year: Year, values: Mapping[str, object] | None = None) -> tuple[Entry, ...]:
    """Return an entry for every name, with an example where there are values, and for every filter."""
    papers = _papers(year)
    given = values or {}
    return tuple(
        Entry(one.kind, one.name, one.meaning, one.unit, _example(one, given), papers.get(one.name, ()))
        for one in (*_figures(year), *_lists(year), *_official(year), *_constants(year))
    ) + tuple(Entry(Kind.FILTER, name, meaning, "", tag) for name, (meaning, tag) in EXPLAINED.items())


def pages(entries: Sequence[Entry]) -> tuple[TableSheet, ...]:
    """Return the dictionary as tables: figures, lists with their columns, what the bureau says of papers, constants, filters."""
    headers = ("名字", "意思", "单位", "例子", "用它的文书")
    titles = (
        ("数字", {Kind.FIGURE}),
        ("名单", {Kind.LIST, Kind.COLUMN}),
        ("公文", {Kind.OFFICIAL, Kind.ITEM}),
        ("参数", {Kind.CONSTANT}),
        ("过滤器", {Kind.FILTER}),
    )
    note = "名字照样写在模板的标签里，如 {{ 名字 }}；名单的列写作 行.列名。写法见 docs/templates.md。"
    return tuple(
        TableSheet(
            title,
            headers,
            [
                (one.name, one.meaning, one.unit, one.example, "、".join(one.papers))
                for one in entries
                if one.kind in kinds
            ],
            widths=(30, 48, 8, 30, 24),
            note=note,
        )
        for title, kinds in titles
        if any(one.kind in kinds for one in entries)
    )


def _figures(year: Year) -> Iterator[Entry]:
    for rule in year.scheme.figures.values():
        yield Entry(Kind.FIGURE, rule.name, rule.note, rule.unit)


def _lists(year: Year) -> Iterator[Entry]:
    for rule in year.scheme.lists.values():
        yield Entry(Kind.LIST, rule.name, rule.note)
        for column in columns_of(rule):
            told = rule.columns[column].text if column in rule.columns else _COLUMNS[column]
            yield Entry(Kind.COLUMN, f"{rule.name}.{column}", told)
    for name, (meaning, columns) in _OWN_LISTS.items():
        yield Entry(Kind.LIST, name, meaning)
        for column, told in columns.items():
            yield Entry(Kind.COLUMN, f"{name}.{column}", told)


def _official(year: Year) -> Iterator[Entry]:
    sheet = official_sheet(year.scheme)
    if sheet:
        yield Entry(Kind.OFFICIAL, OFFICIAL, f"“{sheet.name}”表里这份文书的那一行，没有填的为空")
        for field in sheet.fields:
            yield Entry(Kind.ITEM, f"{OFFICIAL}.{field.name}", field.note, field.unit)


def _constants(year: Year) -> Iterator[Entry]:
    declared: dict[str, Parameter | Switch] = {**year.scheme.parameters, **year.scheme.switches}
    for name in dict.fromkeys((*_BUILT_IN, *year.names_of_year())):
        one = declared.get(name)
        yield Entry(Kind.CONSTANT, name, one.note if one else _BUILT_IN[name], getattr(one, "unit", ""))


def _papers(year: Year) -> dict[str, tuple[str, ...]]:
    """Return the papers whose templates use a name or column; a paper without a template uses none."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for paper in year.scheme.papers.values():
        try:
            template = template_of(year, paper)
        except WorkspaceError:
            continue
        for _, use in compiled(template).names():
            for name in (use.name, f"{use.name}.{use.column}") if use.column else (use.name,):
                found[name][paper.name] = None
    return {name: tuple(papers) for name, papers in found.items()}


def _example(entry: Entry, values: Mapping[str, object]) -> str:
    name, _, column = entry.name.partition(".")
    if name not in values:
        return ""
    value = values[name]
    if isinstance(value, Mapping):
        return ""
    if isinstance(value, PaperFigure) and value.figure.value is None:
        return ""
    if not isinstance(value, tuple | list):
        return str(shown(value))
    if not column:
        return f"{len(value)}行"
    return next((text for row in value if (text := str(shown(row.get(column))))), "")
