"""Charts that show a named list in the look of the template's sample."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree

from pbreports.errors import TemplateError
from pbreports.ooxml.write import Parts
from pbreports.tags.display import PaperFigure
from pbreports.tags.program import Failed, Fill
from pbreports.values import Figure
from pbreports.word.filling.charts import ChartPlan, compile_chart, take_chart_tags
from word.filling.chart import BAR, CHART, LINE, PIE, WORKBOOK, A, C, chart, document, series
from word.filling.markup import BODY
from word.filling.paper import faults

TWO = BAR.format(series(0, "2018年") + series(1, "2019年"))
STARS = (
    {"星级": "五星级", "2018年": 20, "2019年": Decimal("25.50"), "2020年": Fraction(1, 2)},
    {"星级": "四星级", "2018年": None, "2019年": 31, "2020年": 40},
    {"星级": "=三星级 & <b>", "2018年": 9, "2019年": 0, "2020年": 38},
)


def plan_of(parts: Parts) -> ChartPlan:
    """Return the plan of a document's chart, its data from the alternative text."""
    tags = take_chart_tags(etree.fromstring(parts[BODY]), BODY, parts)
    return compile_chart(parts, CHART, tags[CHART])


def columns(rows: tuple[Mapping[str, object], ...], *names: str) -> list[dict[str, object]]:
    """Return some columns of a list."""
    return [{name: row[name] for name in names} for row in rows]


def shown(markup: bytes) -> dict[str, dict[str, str]]:
    """Return what a chart shows, as its caches have it: series → category → number."""
    found = {}
    for one in etree.fromstring(markup).iter(f"{C}ser"):
        [name] = [value.text for value in one.find(f"{C}tx").iter(f"{C}v")]
        categories = points(one.find(f"{C}cat"))
        found[name] = {categories[place]: value for place, value in points(one.find(f"{C}val")).items()}
    return found


def points(element: etree._Element) -> dict[str, str]:
    """Return the cached points by index; their count must be told rightly."""
    found = {each.get("idx"): each.findtext(f"{C}v") for each in element.iter(f"{C}pt")}
    [count] = element.iter(f"{C}ptCount")
    assert int(count.get("val")) >= len(found)
    return found


def behind(workbook: bytes, markup: bytes) -> dict[str, dict[str, str]]:
    """Return the same as ``shown``, but read from the workbook by the chart's references."""
    sheets = openpyxl.load_workbook(io.BytesIO(workbook))

    def cells(reference: str) -> list[Any]:
        sheet, _, place = reference.rpartition("!")
        got = sheets[sheet.strip("'").replace("''", "'")][place.replace("$", "")]
        return [cell.value for row in got for cell in row] if isinstance(got, tuple) else [got.value]

    found = {}
    for one in etree.fromstring(markup).iter(f"{C}ser"):
        name, categories, values = (
            cells(one.find(f"{C}{each}").find(f".//{C}f").text) for each in ("tx", "cat", "val")
        )
        pairs = zip(categories, values, strict=True)
        found[name[0]] = {str(category): _plain(value) for category, value in pairs if value is not None}
    return found


def _plain(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else str(value)


# ---------------------------------------------------------------- data


@pytest.mark.parametrize("names", [("2018年",), ("2018年", "2019年"), ("2018年", "2019年", "2020年"), ("2020年",)])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_chart_shows_the_list_whatever_its_size(names: tuple[str, ...], count: int) -> None:
    """Caches, references and the workbook behind agree with the list."""
    rows = columns(STARS[:count], "星级", *names)
    parts = document(chart(TWO))
    changed = plan_of(parts).fill({"星级分布": rows}, Fill())
    expected = {
        name: {str(row["星级"]): _plain(float(row[name])) for row in rows if row[name] is not None} for name in names
    }
    assert shown(changed[CHART]) == expected
    assert behind(changed[WORKBOOK], changed[CHART]) == expected


@pytest.mark.parametrize("plot", [TWO, TWO + LINE.format(series(2, "2020年")), PIE.format(series(0, "2018年"))])
def test_a_filled_chart_is_sound(plot: str, tmp_path: Path) -> None:
    """The independent validator finds no error in the chart that has grown."""
    parts = document(chart(plot))
    assert faults({**parts, **plan_of(parts).fill({"星级分布": STARS}, Fill())}, tmp_path) == []


def test_the_looks_of_the_sample_stay_with_their_names() -> None:
    """A series keeps its colour though the list has its column elsewhere; a further one has a colour of its own."""
    plan = plan_of(document(chart(TWO)))
    changed = plan.fill({"星级分布": columns(STARS, "星级", "2019年", "2020年", "2018年")}, Fill())
    found = {
        "".join(one.find(f"{C}tx").itertext()).partition("$1")[2]: one.find(f".//{A}schemeClr").get("val")
        for one in etree.fromstring(changed[CHART]).iter(f"{C}ser")
    }
    assert found == {"2019年": "accent2", "2018年": "accent1", "2020年": "accent3"}
    orders = [one.find(f"{C}order").get("val") for one in etree.fromstring(changed[CHART]).iter(f"{C}ser")]
    assert sorted(orders) == ["0", "1", "2"]


def test_every_series_has_an_index_of_its_own() -> None:
    """Word takes a file with two series of one index for damaged."""
    rows = [{"星级": "五", **{f"{year}年": year for year in range(2010, 2021)}}]
    changed = plan_of(document(chart(TWO))).fill({"星级分布": rows}, Fill())
    indices = [one.find(f"{C}idx").get("val") for one in etree.fromstring(changed[CHART]).iter(f"{C}ser")]
    assert len(set(indices)) == 11


def test_a_sample_with_other_names_is_filled_in_order() -> None:
    """What Word calls 系列 1 and 系列 2 takes the columns as they come."""
    sample = BAR.format(series(0, "系列 1") + series(1, "系列 2"))
    changed = plan_of(document(chart(sample))).fill({"星级分布": columns(STARS, "星级", "2018年", "2019年")}, Fill())
    assert list(shown(changed[CHART])) == ["2018年", "2019年"]


def test_columns_of_text_are_no_series() -> None:
    """A list may say more than the chart shows."""
    rows = [{"学校": "兴东小学", "书记": "张三", "得分": 95, "备注": None, "达标": True}]
    changed = plan_of(document(chart(TWO))).fill({"星级分布": rows}, Fill())
    assert shown(changed[CHART]) == {"得分": {"兴东小学": "95"}}


def test_a_list_without_rows_leaves_the_chart_empty(tmp_path: Path) -> None:
    """No number of the sample is ever taken for one of the district's."""
    parts = document(chart(TWO))
    changed = plan_of(parts).fill({"星级分布": ()}, Fill())
    assert shown(changed[CHART]) == {"2018年": {}, "2019年": {}}
    assert faults({**parts, **changed}, tmp_path) == []


def test_what_is_not_reported_is_a_gap() -> None:
    """An unreported figure is no point of the line, and not 0."""

    def figure(value: int | None) -> PaperFigure:
        return PaperFigure(Figure("数", None if value is None else Decimal(value), "个", 1, 1))

    rows = [{"年": "2018", "数": figure(3)}, {"年": "2019", "数": figure(None)}, {"年": "2020", "数": figure(0)}]
    changed = plan_of(document(chart(LINE.format(series(0, "数"))))).fill({"星级分布": rows}, Fill())
    assert shown(changed[CHART]) == {"数": {"2018": "3", "2020": "0"}}


def test_years_and_days_stay_numbers_where_the_sample_has_them_so() -> None:
    """Categories of numbers keep their place on the axis; days are counted as Excel counts them."""
    parts = document(chart(LINE.format(series(0, "数", years=True))))
    for first, cached in ((2020, "2020"), (date(2020, 12, 31), "44196")):
        changed = plan_of(parts).fill({"星级分布": [{"年": first, "数": 7}]}, Fill())
        assert shown(changed[CHART]) == behind(changed[WORKBOOK], changed[CHART]) == {"数": {cached: "7"}}
        assert etree.fromstring(changed[CHART]).find(f".//{C}cat/{C}numRef") is not None
    changed = plan_of(parts).fill({"星级分布": [{"年": "至今", "数": 7}]}, Fill())
    assert shown(changed[CHART]) == {"数": {"至今": "7"}}


def test_days_are_texts_where_the_sample_has_texts() -> None:
    """They are written as papers write them, in the workbook too."""
    changed = plan_of(document(chart(TWO))).fill({"星级分布": [{"日": date(2020, 7, 1), "数": 7}]}, Fill())
    assert shown(changed[CHART]) == behind(changed[WORKBOOK], changed[CHART]) == {"数": {"2020年7月1日": "7"}}


def test_a_pie_keeps_one_series_and_forgets_slices_that_are_no_more() -> None:
    """The looks of slices stay as far as there are slices."""
    looks = "".join(f'<c:dPt><c:idx val="{place}"/><c:bubble3D val="0"/></c:dPt>' for place in range(4))
    sample = PIE.format(series(0, "占比", points=looks))
    rows = columns(STARS[:2], "星级", "2019年", "2020年")
    changed = plan_of(document(chart(sample))).fill({"星级分布": rows}, Fill())
    assert shown(changed[CHART]) == {"2019年": {"五星级": "25.5", "四星级": "31"}}
    assert len(list(etree.fromstring(changed[CHART]).iter(f"{C}dPt"))) == 2


def test_kinds_of_charts_may_be_combined() -> None:
    """Columns go to the series of their names, in whichever kind of chart these stand."""
    sample = BAR.format(series(0, "2018年")) + LINE.format(series(1, "2019年"))
    changed = plan_of(document(chart(sample))).fill({"星级分布": STARS}, Fill())
    kinds = [
        (each.tag.removeprefix(C), len(each.findall(f"{C}ser"))) for each in etree.fromstring(changed[CHART])[0][2]
    ]
    assert ("barChart", 1) in kinds
    assert ("lineChart", 2) in kinds


@pytest.mark.parametrize("workbook", [True, False])
def test_without_a_workbook_behind_it_a_chart_is_filled_too(*, workbook: bool) -> None:
    """Charts saved by LibreOffice have none; one in another format is let go, since it would tell old numbers."""
    parts = dict(document(chart(TWO, workbook=workbook)))
    parts[WORKBOOK.replace(".xlsx", ".xlsb")] = parts.pop(WORKBOOK)
    rels = "word/charts/_rels/chart1.xml.rels"
    parts[rels] = parts[rels].replace(b".xlsx", b".xlsb")
    changed = plan_of(parts).fill({"星级分布": STARS}, Fill())
    assert changed.keys() == {CHART}
    assert b"externalData" not in changed[CHART]
    assert len(shown(changed[CHART])) == 3


def test_the_sheet_keeps_its_name() -> None:
    """References that need quotation marks have them."""
    sample = chart(TWO.replace("Sheet1!", "'数据 ''20'!"))
    changed = plan_of(document(sample)).fill({"星级分布": STARS[:1]}, Fill())
    assert b"'\xe6\x95\xb0\xe6\x8d\xae ''20'!$A$2:$A$2" in changed[CHART]
    assert behind(changed[WORKBOOK], changed[CHART]) == shown(changed[CHART])


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ([{"星级": "五", "2018年": "很多"}], "不是数"),
        ([{"星级": "五", "书记": "张三"}], "没有数"),
        ([{"星级": "五"}], "没有数"),
    ],
)
def test_a_list_that_no_chart_can_show_is_told(rows: list[dict[str, object]], what: str) -> None:
    """A wrong picture is worse than none."""
    with pytest.raises(TemplateError, match=what):
        plan_of(document(chart(TWO))).fill({"星级分布": rows}, Fill())


@pytest.mark.parametrize("sample", [BAR.format(""), f"<c:bubbleChart>{series(0, '甲')}</c:bubbleChart>"])
def test_a_sample_that_cannot_be_filled_is_told(sample: str) -> None:
    """There must be a series to go by, and its points must have two numbers."""
    with pytest.raises(TemplateError, match="图表"):
        plan_of(document(chart(sample))).fill({"星级分布": STARS}, Fill())


def test_the_alternative_text_must_give_a_list() -> None:
    """The place and the remedy are told."""
    with pytest.raises(Failed, match=r"图表.*“\{\{ 星级分布 \}\}”：替代文字里的标签不是名单"):
        plan_of(document(chart(TWO))).fill({"星级分布": 7}, Fill())


def test_filling_twice_gives_the_same_bytes() -> None:
    """A plan is not changed by what it is filled with."""
    plan = plan_of(document(chart(TWO)))
    first = plan.fill({"星级分布": STARS}, Fill())
    plan.fill({"星级分布": STARS[:1]}, Fill())
    assert plan.fill({"星级分布": STARS}, Fill()) == first


# ---------------------------------------------------------------- titles and tags


def title_of(markup: bytes) -> list[str] | None:
    """Return the texts of the runs of a chart's title; ``None`` when it has none."""
    title = etree.fromstring(markup).find(f"{C}chart/{C}title")
    return None if title is None else [text.text or "" for text in title.iter(f"{A}t")]


def test_titles_are_filled_like_any_text() -> None:
    """Tags may be spread over runs; what stands in other runs keeps its look, signs are signs."""
    parts = document(chart(TWO, "全区|{{ 年|份 }}年{% if 年份 > 1 %}星级{% endif %}|分布"), "柱形图")
    changed = plan_of(parts).fill({"年份": "2020 <&>"} | {"年份": 2020}, Fill())
    assert title_of(changed[CHART]) == ["全区", "2020", "年星级", "分布"]
    assert changed.keys() == {CHART}
    escaped = document(chart(TWO, "{{ 名 }}"), "")
    assert title_of(plan_of(escaped).fill({"名": "A & <b>"}, Fill())[CHART]) == ["A & <b>"]


def test_a_list_in_the_title_gives_the_data() -> None:
    """What else the title says stays; a title of nothing else disappears."""
    for title, left in (("分布{{ 名单 }}", ["分布"]), ("{{ 名单 }}", None)):
        plan = plan_of(document(chart(TWO, title), ""))
        changed = plan.fill({"名单": STARS}, Fill())
        assert title_of(changed[CHART]) == left
        assert len(shown(changed[CHART])) == 3


def test_a_chart_without_tags_stays_as_it_is() -> None:
    """Its parts are not touched."""
    plan = plan_of(document(chart(TWO), "一张图"))
    assert plan.program is None
    assert plan.fill({}, Fill()) == {}


def test_wrong_tags_are_told_with_the_chart() -> None:
    """All at once, with the place."""
    plan = plan_of(document(chart(TWO, "{{ 甲|{% if 乙 %}|{{ 丙| }}"), ""))
    assert [problem.code for problem in plan.problems] == ["T-01", "T-06"]
    assert all("图表" in str(problem.place) for problem in plan.problems)


def test_names_of_a_chart_are_known() -> None:
    """Those of the title and that of the list."""
    program = plan_of(document(chart(TWO, "{{ 年份 }}"))).program
    assert program is not None
    assert {use.name for _, use in program.uses} == {"年份", "星级分布"}


def test_the_alternative_text_of_the_finished_chart_tells_its_list() -> None:
    """No brace is left in it; a description that is no tag stays."""
    parts = document(chart(TWO), "图：{{ 星级分布 }}")
    root = etree.fromstring(parts[BODY])
    [tag] = take_chart_tags(root, BODY, parts).values()
    assert tag is not None
    assert (tag.body, [each.get("descr") for each in root.iter("{*}docPr")]) == ("星级分布", ["图：星级分布"])
    plain = document(chart(TWO), "一张图")
    assert take_chart_tags(etree.fromstring(plain[BODY]), BODY, plain) == {CHART: None}
