"""The series of a chart: rewritten with other data, more of them or fewer, each in the look of the sample's."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from pbreports.ooxml.smallest_workbook import column_letters
from pbreports.tags.program import Fill
from pbreports.word.filling.chart_data import ChartData
from pbreports.word.filling.content import Node
from pbreports.word.filling.text import stripped

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_ACCENTS = 6
_SHEET = re.compile(r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!]+))!")
_PLAIN_SHEET = re.compile(r"[^\W\d]\w*")


def c(name: str) -> str:
    """Return a name of chart markup as lxml writes it."""
    return f"{{{CHART}}}{name}"


SERIES = c("ser")
_ONE_SERIES = frozenset({c("pieChart"), c("pie3DChart"), c("ofPieChart")})
_CATEGORIES, _VALUES = (c("cat"), c("xVal")), (c("val"), c("yVal"))
# CT_BarSer and its kin, ECMA-376 part 1, 21.2.2: what stands before the name, and what behind the categories.
_BEFORE_NAME = frozenset({c("idx"), c("order")})


def series_of(root: Node) -> list[Node]:
    """Return the series of a chart in their order."""
    return list(root.iter(SERIES))


def name_of(series: Node) -> str:
    """Return what a series is called."""
    return "".join(value.text or "" for name in series.findall(c("tx")) for value in name.iter(c("v")))


def sheet_of(root: Node) -> str:
    """Return the name of the sheet that a chart's data stand in."""
    found = (_SHEET.match(formula.text or "") for formula in root.iter(c("f")))
    first = next((one for one in found if one), None)
    if first is None:
        return "Sheet1"
    return (first["quoted"] or first["plain"]).replace("''", "'").rpartition("]")[2]


def counts_categories(root: Node) -> bool:
    """Return whether a chart's categories are numbers or days, which have their place on the axis by what they are."""
    categories = (one for one in root.iter(*_CATEGORIES))
    return any(next(one.iter(c("numRef"), c("numLit")), None) is not None for one in categories)


def rewrite(root: Node, data: ChartData, fill: Fill) -> None:
    """Give a chart these data; each sample series takes the column of its name, the others what is left, in order."""
    writer = _Writer(sheet_of(root), data, counts_categories(root), fill)
    taken = _assigned(root, list(data.series))
    for order, (name, series) in enumerate(taken.items()):
        writer.write(series, name, order)
    for series in series_of(root):
        if not any(series is kept for kept in taken.values()):
            _remove(series)


def _assigned(root: Node, columns: Sequence[str]) -> dict[str, Node]:
    """Return the series for each column: the sample's, and copies of its last one where there are more columns."""
    samples = series_of(root)
    assigned: dict[str, Node] = {}
    for name in columns:
        found = next((one for one in samples if name_of(one) == name and one not in assigned.values()), None)
        if found is not None:
            assigned[name] = found
    left = [one for one in samples if one not in assigned.values()]
    for name in columns:
        if name in assigned:
            continue
        series = left.pop(0) if left else _another(root)
        if series is not None:
            assigned[name] = series
    return {name: assigned[name] for name in columns if name in assigned}


def _another(root: Node) -> Node | None:
    """Return a copy of the last series of the first kind of chart, behind it; ``None`` when it can show but one."""
    last = series_of(root)[-1]
    group = last.getparent()
    if group is None or group.tag in _ONE_SERIES:
        return None
    number = 1 + max(int(_value(one, "idx") or 0) for one in series_of(root))
    made = copy.deepcopy(last)
    last.addnext(made)
    _set(made, "idx", number)
    for only_its_own in [*made.findall(c("dPt")), *made.findall(c("extLst"))]:
        made.remove(only_its_own)
    for color in list(made.iter(f"{{{_DRAWING}}}schemeClr", f"{{{_DRAWING}}}srgbClr")):
        _recolor(color, number)
    return made


def _recolor(color: Node, number: int) -> None:
    """Give a copy the theme's next colour; those of texts and lines in grey stay."""
    own = f"accent{number % _ACCENTS + 1}"
    if color.tag.endswith("}srgbClr") and _is_of_series(color):
        color.tag = f"{{{_DRAWING}}}schemeClr"
        color.set("val", own)
    elif (color.get("val") or "").startswith("accent"):
        color.set("val", own)


def _is_of_series(color: Node) -> bool:
    """Return whether a colour is that of the series or its marks, not of its labels."""
    return next(color.iterancestors(c("dLbls")), None) is None


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes data into series, with references to the sheet that will stand behind the chart.

    ``counts`` tells whether categories are numbers or days wherever they can be.
    """

    sheet: str
    data: ChartData
    counts: bool
    fill: Fill

    def write(self, series: Node, name: str, order: int) -> None:
        """Write name, categories and numbers of one series, which stands in this place."""
        _set(series, "order", order)
        self._name(series, name, order)
        numbers = self.data.series[name]
        self._categories(series)
        values = next((one for one in series if one.tag in _VALUES), None)
        if values is None:
            values = etree.SubElement(series, _VALUES[0])
        _refill(values, self._numbers(self._range(order + 2, len(numbers)), numbers, _format(values)))
        _drop_points(series, len(numbers))

    def _name(self, series: Node, name: str, order: int) -> None:
        named = series.find(c("tx"))
        if named is None:
            named = etree.Element(c("tx"))
            series.insert(sum(each.tag in _BEFORE_NAME for each in series), named)
        _refill(named, self._texts(f"{self._quoted}!${column_letters(order + 2)}$1", (name,)))

    def _categories(self, series: Node) -> None:
        """Write the categories as the sample has them: as numbers when they are numbers, otherwise as texts."""
        categories = next((one for one in series if one.tag in _CATEGORIES), None)
        if categories is None:
            values = next((one for one in series if one.tag in _VALUES), None)
            if values is None:
                return
            categories = etree.Element(_CATEGORIES[_VALUES.index(str(values.tag))])
            values.addprevious(categories)
        place = self._range(1, len(self.data.categories))
        numbers = self.data.numeric_categories() if self.counts else None
        if numbers is None:
            _refill(categories, self._texts(place, self.data.named_categories()))
        else:
            _refill(categories, self._numbers(place, numbers, _format(categories)))

    @property
    def _quoted(self) -> str:
        return self.sheet if _PLAIN_SHEET.fullmatch(self.sheet) else "'{}'".format(self.sheet.replace("'", "''"))

    def _range(self, column: int, count: int) -> str:
        letters = column_letters(column)
        return f"{self._quoted}!${letters}$2:${letters}${max(count, 1) + 1}"

    def _texts(self, place: str, texts: Sequence[str]) -> Node:
        return _reference("str", place, [stripped(text, self.fill) for text in texts])

    def _numbers(self, place: str, numbers: Sequence[str | None], code: str) -> Node:
        return _reference("num", place, numbers, code)


def _reference(kind: str, place: str, values: Sequence[str | None], code: str = "") -> Node:
    """Return the reference to cells, with what they hold (CT_StrRef, CT_NumRef)."""
    reference = etree.Element(c(f"{kind}Ref"))
    etree.SubElement(reference, c("f")).text = place
    cache = etree.SubElement(reference, c(f"{kind}Cache"))
    if code:
        etree.SubElement(cache, c("formatCode")).text = code
    etree.SubElement(cache, c("ptCount"), val=str(len(values)))
    for number, value in enumerate(values):
        if value is not None:
            point = etree.SubElement(cache, c("pt"), idx=str(number))
            etree.SubElement(point, c("v")).text = value
    return reference


def _format(values: Node) -> str:
    return next((each.text or "" for each in values.iter(c("formatCode"))), "") or "General"


def _drop_points(series: Node, count: int) -> None:
    """Take away the looks and labels of points that are no more."""
    for single in list(_single_points(series)):
        if int(_value(single, "idx") or 0) >= count:
            _remove(single)


def _single_points(series: Node) -> Iterator[Node]:
    yield from series.findall(c("dPt"))
    yield from series.findall(f"{c('dLbls')}/{c('dLbl')}")


def _refill(element: Node, content: Node) -> None:
    for child in list(element):
        element.remove(child)
    element.append(content)


def _value(element: Node, name: str) -> str | None:
    found = element.find(c(name))
    return None if found is None else found.get("val")


def _set(element: Node, name: str, number: int) -> None:
    found = element.find(c(name))
    if found is None:
        found = etree.Element(c(name))
        element.insert(0 if name == "idx" else 1, found)
    found.set("val", str(number))


def _remove(element: Node) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
