"""The sample charts that templates are built with."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import openpyxl
import pytest
from lxml import etree

from ooxml.audit import audit
from pbreports.errors import TemplateError
from pbreports.ooxml.write import unpack
from pbreports.scheme.profile import load_profile
from pbreports.word.build import build_template
from pbreports.word.draft import Chart
from word.filling.chart import A, C

PROFILE = load_profile()
FOUR = ("一", "二", "三", "四")


def template(*charts: Chart) -> bytes:
    """Return a template with these charts."""
    return build_template(charts, PROFILE, "试")


def upright(*series: str, unit: str = "个") -> Chart:
    """Return an upright chart of so many series."""
    return Chart("柱形图", "{{ 甲 }}", series, unit, 70)


def parts(document: bytes, folder: str) -> list[bytes]:
    """Return the parts in one folder of a document."""
    return [data for name, data in sorted(unpack(document).items()) if Path(name).parent.name == folder]


def chart_of(*charts: Chart) -> etree._Element:
    """Return the markup of the first of these charts."""
    return etree.fromstring(parts(template(*charts), "charts")[0])


@pytest.mark.parametrize(
    "chart", [upright("数"), upright(*FOUR), Chart("条形图", "{{ 甲|sort }}", ("A&B", "<乙>"), "人/年", 55.5)]
)
def test_a_template_with_a_chart_is_sound(chart: Chart, tmp_path: Path) -> None:
    """The independent validator finds no error, whatever the names; two charts do not get into each other's way."""
    (tmp_path / "甲.docx").write_bytes(template(chart, chart))
    assert audit(tmp_path / "甲.docx") == []
    assert len(parts((tmp_path / "甲.docx").read_bytes(), "charts")) == 2


def test_a_chart_is_as_wide_as_the_type_area_and_not_cut_off() -> None:
    """156 mm by the height wanted, in a centred line that grows with it and stays with the caption below."""
    document = docx.Document(io.BytesIO(template(upright("数"))))
    [extent] = document.element.xpath(".//wp:inline/wp:extent")
    assert [round(int(extent.get(side)) / 36000) for side in ("cx", "cy")] == [156, 70]
    layout = document.paragraphs[0].style.paragraph_format
    assert layout.line_spacing_rule.name == "AT_LEAST"
    assert layout.alignment.name == "CENTER"
    assert layout.keep_with_next


def test_nothing_in_a_chart_is_lost_in_black_print() -> None:
    """There are greys alone, no theme colour; each series has a fill of its own and a black outline."""
    chart = chart_of(upright(*FOUR))
    colors = {one.get("val") for one in chart.iter(f"{A}srgbClr")}
    assert all(color[:2] == color[2:4] == color[4:] for color in colors)
    assert not list(chart.iter(f"{A}schemeClr"))
    looks = [one.find(f"{C}spPr") for one in chart.iter(f"{C}ser")]
    assert len({etree.tostring(look[0]) for look in looks}) == 4
    assert [look.find(f"{A}ln//{A}srgbClr").get("val") for look in looks] == ["000000"] * 4


def test_more_series_than_can_be_told_apart_are_refused() -> None:
    """A fifth fill would be taken for another."""
    with pytest.raises(TemplateError, match="5个系列"):
        template(upright(*FOUR, "五"))


@pytest.mark.parametrize(("series", "legends"), [(("数",), 0), (("本年", "上年"), 1)])
def test_there_is_a_legend_only_where_series_are_to_be_told_apart(series: tuple[str, ...], legends: int) -> None:
    """One series is explained by the caption."""
    assert len(list(chart_of(upright(*series)).iter(f"{C}legend"))) == legends


def test_all_texts_are_in_the_fonts_of_the_profile() -> None:
    """Chinese and Latin letters, of the size that the profile says, in the title of the axis too."""
    chart = chart_of(upright("数", unit="万人"))
    font, size = PROFILE.text("chart_font"), str(round(PROFILE.pt("chart_size") * 100))
    looks = [*chart.iter(f"{A}defRPr"), *chart.iter(f"{A}rPr")]
    assert len(looks) == 2
    for look in looks:
        assert look.get("sz") == size
        assert {look.find(f"{A}{kind}").get("typeface") for kind in ("latin", "ea")} == {font}
    assert "".join(chart.find(f".//{C}valAx/{C}title").itertext()) == "单位：万人"


def test_bars_begin_at_nought_and_have_their_numbers() -> None:
    """A bar is as long as its number, which stands at its end."""
    chart = chart_of(upright("本年", "上年"))
    assert chart.find(f".//{C}valAx/{C}scaling/{C}min").get("val") == "0"
    assert [one.find(f"{C}dLbls/{C}showVal").get("val") for one in chart.iter(f"{C}ser")] == ["1", "1"]


def test_the_workbook_behind_has_what_the_sample_shows() -> None:
    """Who opens the data of the sample in Word sees the numbers of its bars, under the names of its series."""
    made = template(upright("本年", "上年"))
    [chart], [behind] = (parts(made, folder) for folder in ("charts", "embeddings"))
    sheet = openpyxl.load_workbook(io.BytesIO(behind)).active
    for one in etree.fromstring(chart).iter(f"{C}ser"):
        for data in one.iter(f"{C}strRef", f"{C}numRef"):
            place = data.findtext(f"{C}f").partition("!")[2].replace("$", "")
            cells = [sheet[place]] if ":" not in place else [row[0] for row in sheet[place]]
            assert [str(cell.value) for cell in cells] == [value.text for value in data.iter(f"{C}v")]


def test_a_lying_chart_reads_from_the_top() -> None:
    """The first row of the list is the uppermost bar; the numbers stand below, with their unit."""
    chart = chart_of(Chart("条形图", "{{ 甲 }}", ("数",), "个", 70))
    assert chart.find(f".//{C}barDir").get("val") == "bar"
    assert chart.find(f".//{C}catAx/{C}scaling/{C}orientation").get("val") == "maxMin"
    assert chart.find(f".//{C}valAx/{C}crosses").get("val") == "max"
    assert chart.find(f".//{C}valAx/{C}title/{C}layout") is None
    assert chart_of(upright("数")).find(f".//{C}valAx/{C}title/{C}layout") is not None
