"""Charts of a template: the sample chart keeps its look, and shows a named list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from pbreports.errors import TemplateError
from pbreports.ooxml.markup import RELATIONSHIPS, parse_xml, serialize
from pbreports.ooxml.package import relationships_of, resolve
from pbreports.ooxml.smallest_workbook import Cell, smallest_workbook
from pbreports.ooxml.write import Parts
from pbreports.tags.problems import Place, Problem
from pbreports.tags.program import Fill, Program, Slot
from pbreports.tags.tokens import Broken, Kind, Tag, tags
from pbreports.word.filling.chart_data import ChartData, Rows, chart_data, is_rows
from pbreports.word.filling.content import Node
from pbreports.word.filling.inline import made_whole, written_plain
from pbreports.word.filling.markup import WP
from pbreports.word.filling.media import OFFICE_RELATIONSHIPS
from pbreports.word.filling.plain import compile_texts
from pbreports.word.filling.series import CHART, c, counts_categories, name_of, rewrite, series_of, sheet_of
from pbreports.word.filling.text import stripped

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_CHART, _ID = f"{{{CHART}}}chart", f"{{{OFFICE_RELATIONSHIPS}}}id"
_PARAGRAPH, _TEXT = f"{{{_DRAWING}}}p", f"{{{_DRAWING}}}t"
_TITLE = c("title")
_ROWS = "chart rows"


@dataclass(frozen=True, slots=True)
class ChartPlan:
    """A chart that a template has, ready to be filled by any number of threads.

    ``program`` gives its markup with the tags in its titles filled, ``problems`` what is wrong with them; ``workbook``
    is the part with the data behind it, empty when there is none that can be rewritten.
    """

    part: str
    program: Program | None
    problems: tuple[Problem, ...]
    workbook: str
    _markup: bytes

    def fill(self, values: Mapping[str, object], fill: Fill, *, blank: bool = False) -> Mapping[str, bytes]:
        """Return the changed parts: the chart, and the workbook behind it when a list has given it data.

        Raises:
            Failed: when a tag cannot be filled with these values.
            TemplateError: when the list is none that a chart can show.
        """
        if self.program is None:
            return {}
        fill.extra.pop(_ROWS, None)
        text = self.program.run(values, fill, blank=blank).encode()
        rows: Rows | None = fill.extra.pop(_ROWS, None)
        return {self.part: text} if rows is None else self.filled(rows, fill, text)

    def filled(self, rows: Rows, fill: Fill, markup: bytes = b"") -> Mapping[str, bytes]:
        """Return the parts of the chart with the rows of a list: as many points and series as these have.

        Raises:
            TemplateError: when the list holds no numbers, or texts where the chart has numbers.
        """
        root = parse_xml(markup or self._markup, self.part)
        _require_fillable(root)
        counts = counts_categories(root)
        data = chart_data(rows, [name_of(each) for each in series_of(root)])
        rewrite(root, data, fill)
        _drop_empty_title(root)
        if not self.workbook:
            _drop_workbook(root)
            return {self.part: serialize(root)}
        return {
            self.part: serialize(root),
            self.workbook: smallest_workbook(_cells(data, fill, counts=counts), sheet_of(root)),
        }


def compile_chart(parts: Parts, chart_part: str, source: Tag | None = None, place: Place | None = None) -> ChartPlan:
    """Return the plan of a chart part: tags in its titles are texts, one that gives a list gives the chart its data.

    ``source`` is the tag in the chart's alternative text (``take_chart_tags``), which gives it its data too; ``place``
    is what messages call the chart.
    """
    place = place or Place("图表")
    root = parse_xml(parts[chart_part], chart_part)
    for paragraph in root.iter(_PARAGRAPH):
        made_whole(list(paragraph.iter(_TEXT)))
    markup = serialize(root)
    texts = [
        (element, Place(place.part, place.heading, place.spot, element.text or "")) for element in root.iter(_TEXT)
    ]
    first = (
        None if source is None else Slot(Place(place.part, place.heading, place.spot, source.text), source.body, _taken)
    )
    program, problems = compile_texts(root, texts, _written, first)
    return ChartPlan(chart_part, program, problems, _workbook_of(parts, chart_part, root), markup)


def take_chart_tags(root: Node, part: str, parts: Parts) -> dict[str, Tag | None]:
    """Return the chart parts that a part shows, each with the tag that is its alternative text, if it is one.

    In the tree the tag gives way to what it says, so that the finished chart tells which list it shows.
    """
    charts = dict(_charts(root, _targets(parts, part)))
    return {name: _take_tag(frame) for name, frame in charts.items()}


def _charts(root: Node, targets: Mapping[str, str]) -> Iterator[tuple[str, Node]]:
    """Yield the part of each chart, and the element that names its drawing."""
    for chart in root.iter(_CHART):
        frame = next(chart.iterancestors(f"{{{WP}}}inline", f"{{{WP}}}anchor"), None)
        named = None if frame is None else frame.find(f"{{{WP}}}docPr")
        target = targets.get(chart.get(_ID, ""))
        if named is not None and target:
            yield target, named


def _take_tag(named: Node) -> Tag | None:
    for attribute in ("descr", "title"):
        text = named.get(attribute, "")
        found = tags(text)
        if len(found) != 1 or isinstance(found[0], Broken) or found[0].kind is not Kind.VALUE:
            continue
        tag = found[0]
        named.set(attribute, f"{text[: tag.start]}{tag.body}{text[tag.end :]}")
        return tag
    return None


def _targets(parts: Parts, part: str) -> dict[str, str]:
    """Return the parts that a part leads to by the ids of its relationships."""
    name = relationships_of(part)
    if name not in parts:
        return {}
    found = parse_xml(parts[name], name).iter(f"{{{RELATIONSHIPS}}}Relationship")
    inside = (each for each in found if each.get("TargetMode") != "External")
    return {each.get("Id", ""): resolve(part, each.get("Target", "")) for each in inside}


def _workbook_of(parts: Parts, part: str, root: Node) -> str:
    data = root.find(c("externalData"))
    name = "" if data is None else _targets(parts, part).get(data.get(_ID, ""), "")
    return name if name in parts and name.endswith(".xlsx") else ""


def _written(value: object, fill: Fill) -> str:
    """Return the text of a value; a list in a title is the data of the chart and no text."""
    return _taken(value, fill) if is_rows(value) else written_plain(value, fill)


def _taken(value: object, fill: Fill) -> str:
    if not is_rows(value):
        raise TemplateError("图表", "替代文字里的标签不是名单，图表没有数据", "请换成名单的名字")
    fill.extra[_ROWS] = value
    return ""


def _require_fillable(root: Node) -> None:
    if not series_of(root):
        raise TemplateError("图表", "示例图没有系列", "请在 Word 里给图表加上一个系列作样子")
    if root.find(f".//{c('bubbleChart')}") is not None:
        raise TemplateError("图表", "气泡图每个点要三个数，不能由名单填", "请换成柱形图、折线图、饼图或散点图")


def _drop_empty_title(root: Node) -> None:
    """Take away a title in which the list's tag was all there was."""
    chart = root.find(_CHART)
    title = None if chart is None else chart.find(_TITLE)
    if chart is None or title is None or not list(title.iter(_TEXT)):
        return
    if not "".join(text.text or "" for text in title.iter(_TEXT)).strip():
        chart.remove(title)
        deleted = chart.find(c("autoTitleDeleted"))
        if deleted is None:
            deleted = etree.Element(c("autoTitleDeleted"))
            chart.insert(0, deleted)
        deleted.set("val", "1")


def _drop_workbook(root: Node) -> None:
    """Take away the reference to data that are not in the package, and no longer those that the chart shows."""
    for reference in root.findall(c("externalData")):
        root.remove(reference)


def _cells(data: ChartData, fill: Fill, *, counts: bool) -> list[list[Cell]]:
    """Return the rows of the sheet behind a chart: heading and names, then each category with its numbers."""
    numbers = data.numeric_categories() if counts else None
    categories: tuple[Cell, ...] = data.named_categories() if numbers is None else tuple(map(Decimal, numbers))
    rows: list[list[Cell]] = [[data.heading, *data.series]]
    for place, category in enumerate(categories):
        rows.append([category, *(_cell(column[place]) for column in data.series.values())])
    return [[stripped(cell, fill) if isinstance(cell, str) else cell for cell in row] for row in rows]


def _cell(number: str | None) -> Decimal | None:
    return None if number is None else Decimal(number)
