"""The papers of the star rating: what they state, in which genre, what they leave open, and how their pages look."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from pbreports.ooxml.write import unpack
from pbreports.scheme import Scheme, load_scheme
from pbreports.scheme.papers import OFFICIAL
from pbreports.scheme.profile import load_profile
from pbreports.scheme.vocabulary import BUILT_IN
from pbreports.tags.check import unknown
from pbreports.values import Scalar
from pbreports.word.read import text_of, unfilled
from pbreports.word.template import WordTemplate, compile_template
from word.filling.chart import C
from word.star_values import OFFICIAL as ROW
from word.star_values import Rows, branch, figures, lists, named, star_values

if TYPE_CHECKING:
    from office import Office

ROOT = Path(__file__).resolve().parents[2]
DECISION, CIRCULAR, LETTER, REPORT, NOTICE = PAPERS = (
    "表彰决定",
    "星级评定情况通报",
    "征求意见函",
    "上会汇报",
    "拟命名名单公示",
)
WITH_NAMES = (DECISION, LETTER, REPORT, NOTICE)
STAMP = datetime(2020, 12, 31)  # noqa: DTZ001 - a day of the office, no moment
SHORT = "中共{}小学支部"


@cache
def template(name: str) -> WordTemplate:
    """Return a shipped template, compiled."""
    return compile_template(ROOT / "templates" / f"{name}.docx")


def paper(
    name: str,
    official: dict[str, Scalar] | None = None,
    rows: dict[str, Rows] | None = None,
    **changed: Decimal | None,
) -> bytes:
    """Return a paper of the invented year: with other items of its row, other lists, other figures."""
    return template(name).render(star_values(official, rows, **changed), stamp=STAMP)


def text(
    name: str,
    official: dict[str, Scalar] | None = None,
    rows: dict[str, Rows] | None = None,
    **changed: Decimal | None,
) -> str:
    """Return the text of such a paper, a paragraph or cell a line."""
    return "\n".join(text_of(paper(name, official, rows, **changed)))


@pytest.fixture(scope="session")
def scheme() -> Scheme:
    """Return the shipped year."""
    return load_scheme(ROOT / "inputs" / "2020" / "方案")


@pytest.mark.parametrize("name", PAPERS)
def test_the_templates_use_only_names_that_the_scheme_has(scheme: Scheme, name: str) -> None:
    """Nothing to mend in the template: every figure, list, column, constant and item of the paper's row is declared."""
    official = scheme.heading.official
    assert official
    known: dict[str, object] = dict.fromkeys((*scheme.figures, *scheme.parameters, *scheme.switches, *BUILT_IN))
    known |= {one.name: [dict.fromkeys(one.columns)] for one in scheme.lists.values()}
    known[OFFICIAL] = dict.fromkeys(field.name for field in scheme.sheets[official.sheet].fields)
    compiled = template(name)
    assert compiled.problems == ()
    assert unknown(compiled.names(), known) == ()


@pytest.mark.parametrize("name", PAPERS)
def test_each_paper_is_declared_with_its_template(scheme: Scheme, name: str) -> None:
    """The scheme has the paper under the name by which rules and the bureau's sheet know it."""
    assert scheme.papers[name].template == f"{name}.docx"


@pytest.mark.parametrize("name", PAPERS)
def test_the_invented_values_keep_step_with_the_templates(name: str) -> None:
    """No name is missing in the test data, no column either, and no figure or list stands there for nothing."""
    values = star_values()
    assert unknown(template(name).names(), values) == ()
    used = {use.name for one in PAPERS for _, use in template(one).names()}
    assert figures().keys() | lists().keys() <= used


@pytest.mark.parametrize("name", PAPERS)
def test_every_figure_of_a_paper_shows(name: str) -> None:
    """Changing one figure changes the text, and a figure not reported shows as a gap with its name."""
    used = {use.name for _, use in template(name).names()} & figures().keys()
    before = text(name)
    for one in used:
        assert text(name, **{one: Decimal(7919)}) != before, one
        assert f"【待填：{one}】" in text(name, **{one: None}), one


@pytest.mark.parametrize(
    ("genre", "title", "decision"),
    [
        ("决定", "关于表彰\n2020年度“五星级党组织”的决定", "决定授予{}等38个党组织“五星级党组织”称号，颁发奖牌。"),
        (
            "通报",
            "关于通报表扬\n2020年度“五星级党组织”的通报",
            "决定对{}等38个党组织予以通报表扬，颁发“五星级党组织”奖牌。",
        ),
        ("通知", "关于命名\n2020年度“五星级党组织”的通知", "决定命名{}等38个党组织为“五星级党组织”，予以授牌。"),
    ],
)
def test_the_genre_turns_title_and_decision(genre: str, title: str, decision: str) -> None:
    """A bureau that may not commend commends by circular, or names and gives plaques."""
    made = text(DECISION, {"文种": genre})
    assert f"中共任城区委教育工作委员会{title}" in made
    assert decision.format(branch(0)) in made
    assert ("表彰" in made.replace("受表彰", "")) == (genre == "决定")


def test_a_genre_that_no_decision_has_is_left_open() -> None:
    """A genre not filled in, or one such as 函, is not taken for a decision."""
    for genre in (None, "函"):
        assert any("【待填：文种】" in gap for gap in unfilled(paper(DECISION, {"文种": genre})))


def test_the_decision_states_basis_steps_and_days() -> None:
    """Basis with its number, the meeting, the publicity from day to day, the meeting that approved; the year once."""
    made = text(DECISION)
    assert "根据《任城区教育系统五星级党组织评定办法》（任教工委〔2018〕9号）" in made
    steps = (
        "2020年12月16日区委教育工委第12次会议研究，12月17日至23日公示无异议，12月24日区委教育工委第13次会议审定，决定"
    )
    assert steps in made
    assert "对151个党支部开展了2轮次星级评定" in made


def test_the_approving_meeting_is_the_one_on_record() -> None:
    """Decision and circular name the meeting that approved, never the paper's row; the same meeting is said once."""
    assert "评定结果已经2020年12月24日区委教育工委第13次会议审定。" in text(CIRCULAR, {"审议会议": "别的会议"})
    same = [{"会议": "区委教育工委第12次会议", "日期": date(2020, 12, 16), "五星数": Decimal(38)}]
    assert "公示无异议，决定" in text(DECISION, rows={"评定审定情况": same})
    for name in (DECISION, CIRCULAR):
        assert "【待填：审定日期】【待填：审定会议】审定" in text(name, rows={"评定审定情况": []})


def annexed(made: str) -> list[str]:
    """Return the lines of the annex, its headings and the imprint left out."""
    return re.findall(r"^中国共产党.*会$", made.partition("\n附件\n")[2], re.MULTILINE)


def test_the_annex_holds_every_name_once_grouped_in_roster_order() -> None:
    """Groups in the official order, within a group the roster's; the first name is the one in the text."""
    made, rows = text(DECISION), named(38)
    wanted = [str(row["党组织全称"]) for kind in ("局直属", "镇街", "民办") for row in rows if row["隶属"] == kind]
    assert annexed(made) == wanted
    assert [line for line in made.splitlines() if re.match(r"[一二三]、", line)] == [
        "一、局直属（10个）",
        "二、镇街（26个）",
        "三、民办（2个）",
    ]
    assert f"授予{wanted[0]}等38个" in made


def test_the_first_named_is_the_first_of_the_annex() -> None:
    """Where the roster begins with a township's school the text names the first of the first group all the same."""
    rows = named(38)[::-1]
    made = text(DECISION, rows={"五星级党组织名单": rows})
    assert annexed(made)[0] == branch(10)
    assert f"授予{branch(10)}等38个" in made


def test_schools_of_no_known_kind_are_not_lost() -> None:
    """A group that nobody has named stands last, so that text and annex agree."""
    rows = [{**row, "隶属": None, "隶属序": Decimal(4)} if at == 3 else row for at, row in enumerate(named(5))]
    made = text(DECISION, rows={"五星级党组织名单": rows}, 五星级党组织数=Decimal(5))
    assert len(annexed(made)) == 5
    assert annexed(made)[-1] == branch(3)


@pytest.mark.parametrize(
    ("name", "listed", "figure"),
    [
        (DECISION, "五星级党组织名单", "五星级党组织数"),
        (LETTER, "拟命名名单", "拟命名党组织数"),
        (NOTICE, "拟命名名单", "拟命名党组织数"),
    ],
)
def test_a_single_one_is_not_counted(name: str, listed: str, figure: str) -> None:
    """One organisation is named, without 等1个."""
    made = text(name, rows={listed: named(1)}, **{figure: Decimal(1)})
    assert branch(0) in made
    assert "等1个" not in made
    assert "（1个）" in made


@pytest.mark.parametrize("name", [LETTER, REPORT, NOTICE])
def test_the_proposed_are_all_there_in_order(name: str) -> None:
    """Each once in the annex, as the list has them."""
    names = [str(row["党组织全称"]) for row in named(38)]
    after = re.split(r"\n附件1?\n", text(name))[1].partition("\n附件2\n")[0]
    assert re.findall(r"^中国共产党.*$", after, re.MULTILINE) == names


def test_the_letter_names_its_deadline_and_the_notice_its_days() -> None:
    """Working days, the telephone and whom to tell come from the parameters and the paper's row."""
    assert "请于收到本函之日起5个工作日内" in text(LETTER)
    made = text(NOTICE)
    assert "公示时间：2020年12月17日至23日（5个工作日）。" in made
    assert "联系电话：0537-0000000" in made
    assert "现随函附上名单" in text(LETTER)
    assert "反馈中共任城区委教育工作委员会党建工作办公室（联系电话：0537-0000000）" in text(LETTER)
    assert "区纪委监委" in text(LETTER, {"主送机关": None})


def test_names_only_are_made_public() -> None:
    """The notice has neither scores nor stars nor what happens to plaques; no paper that goes out has ranks."""
    assert {use.column for _, use in template(NOTICE).names() if use.name == "拟命名名单"} == {"", "学校", "党组织全称"}
    for name in PAPERS:
        used = {part for _, use in template(name).names() for part in (use.name, use.column)}
        assert not [part for part in used if "名次" in part]
    for name in (DECISION, CIRCULAR, LETTER, NOTICE):
        assert "年度得分" not in {use.column for _, use in template(name).names()}


def test_the_report_to_the_meeting_is_internal_and_lays_open_what_is_to_be_decided() -> None:
    """Ties with their data, hits, changes with reason and meeting; without any of them it says so."""
    made = text(REPORT)
    assert made.lstrip().startswith("内部资料")
    for said in (branch(40), branch(41), "90.4", "党员受党纪处分", "任纪〔2020〕7号", "评定后查实年度台账补记"):
        assert said in made
    none = text(
        REPORT,
        rows={"待研究名单": [], "负面清单命中名单": [], "人工调整名单": [], "封顶名单": [], "研究决定名单": []},
        待研究党组织数=Decimal(0),
    )
    for said in ("名额线上没有并列", "没有党组织命中负面清单", "没有人工调整"):
        assert said in none
    assert "并列、待会议研究" not in none


def test_what_the_meeting_itself_decides_is_put_before_it() -> None:
    """Ties and changes settled on the meeting's day or later are proposals, those settled before are told as done."""
    settled, lowered = (lists()[one].rows[0] for one in ("研究决定名单", "人工调整名单"))
    done = text(REPORT)
    assert f"已经研究确定的：{branch(44)}，五星名额线并列，2020年12月9日区委教育工委第11次会议研究，入选" in done
    assert "区委教育工委第11次会议 2020.12.9" in done
    assert "提请" not in done.partition("四、建议")[0]
    rows: dict[str, Rows] = {
        "研究决定名单": [{**settled, "会前已定": "否"}],
        "人工调整名单": [{**lowered, "会前已定": "否"}],
    }
    open_yet = text(REPORT, rows=rows)
    assert f"提请会议研究确定的：{branch(44)}，五星名额线并列，建议入选（承担全区现场教学任务）。" in open_yet
    assert "其中没有写明会议的1个，提请会议研究确定。" in open_yet
    assert "第11次会议" not in open_yet


def test_the_report_tells_hits_by_code_and_what_is_left_of_the_places() -> None:
    """Who was hit by which item stands in the text; places add up in a last row, and those left over are told."""
    made = text(REPORT)
    assert f"命中负面清单：{branch(50)}，X08党员受党纪处分，不得五星、最高评四星。" in made
    assert "已分到各单位45个，拟用38个、剩余7个" in made
    assert "剩余的7个名额" in made
    assert "\n—\n合计\n30\n36\n30\n0\n0\n" in made
    assert "剩余的" not in text(REPORT, 五星名额剩余数=Decimal(0))
    assert "合计" not in text(REPORT, rows={"五星名额使用情况": []})


def test_points_have_one_decimal_at_least() -> None:
    """93 stands as 93.0 beside 96.3, and no point is rounded across a line."""
    rows = [{**row, "年度得分": Decimal(score)} for row, score in zip(named(2), ("93", "89.96"), strict=True)]
    made = text(REPORT, rows={"拟命名名单": rows})
    assert "\n93.0\n" in made
    assert "\n89.96\n" in made


def test_the_circular_tells_the_five_indicators_that_lost_most() -> None:
    """Five of the list, the first ones, and no sixth."""
    made = text(CIRCULAR)
    rows = lists()["失分指标一览"].rows
    assert all(f"{row['指标']}（满分{row['满分']}分" in made for row in rows[:5])
    assert str(rows[5]["指标"]) not in made
    assert "“三会一课”达标（满分8分，失分率20.0%，61个党支部失分）；" in made


def test_the_circular_shows_the_stars_in_a_chart_of_its_own() -> None:
    """Categories and numbers of the chart are the list's; without results there is none."""
    made = paper(CIRCULAR)
    [chart] = (etree.fromstring(data) for part, data in unpack(made).items() if part.startswith("word/charts/chart"))
    shown = {one.findtext(f"{C}tx//{C}v"): texts(one) for one in chart.iter(f"{C}ser")}
    rows = lists()["星级分布"].rows
    assert shown == {year: [str(row[year]) for row in rows] for year in ("本年", "上年")}
    assert "图1" not in text(CIRCULAR, rows={"星级分布": []})


def texts(series: etree._Element) -> list[str]:
    """Return the numbers that a series shows."""
    return [one.text for one in series.iterfind(f"{C}val//{C}v")]


def prose(made: bytes) -> Iterator[str]:
    """Yield the sentences of a paper: its paragraphs that end as sentences do."""
    yield from (line for line in text_of(made) if line.endswith("。"))


@pytest.mark.parametrize("name", [CIRCULAR, REPORT])
def test_clauses_about_nothing_are_dropped(name: str) -> None:
    """Where there is no rise, no fall, no cut and no tie no sentence says nought, and none hangs on its punctuation."""
    kept = {
        "应评支部数",
        "参评支部数",
        "星级评定轮次数",
        "五星名额数",
        "五星分配名额数",
        "五星初定数",
        "拟命名党组织数",
    }
    kept |= {"五星级党组织数", "五星级占比", "年度平均得分", "第一轮平均得分", "第二轮平均得分"}
    nought = dict.fromkeys(figures().keys() - kept, Decimal(0))
    empty: dict[str, Rows] = {one: [] for one in lists() if one not in {"拟命名名单", "五星名额使用情况", "星级分布"}}
    empty |= {one: list(lists()[one].rows) for one in ("失分指标一览", "镇街星级分布")}  # type: ignore[arg-type]
    for line in prose(paper(name, rows=empty, **nought)):
        assert not re.search(r"(?<![\d.])0(?![\d.])", line), line
        assert not re.search(r"[，、；：（][，、；：。）]|。。", line), line


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_without_its_row_tells_what_is_to_be_filled(name: str) -> None:
    """What neither the row nor a parameter says is a gap with its name, in the list of gaps too; the rest stands in."""
    gaps = "".join(unfilled(paper(name, dict.fromkeys(ROW))))
    wanted = {
        DECISION: "文种 发文字号 依据文号 审议日期 审议会议 公示开始日期 公示结束日期 成文日期 印发日期",
        CIRCULAR: "发文字号 依据文号 成文日期 印发日期",
        LETTER: "发文字号 成文日期",
        REPORT: "主送机关 成文日期",
        NOTICE: "公示开始日期 公示结束日期 成文日期",
    }
    for one in wanted[name].split():
        assert f"【待填：{one}】" in gaps
    assert "中共任城区委教育工作委员会" in text(name, dict.fromkeys(ROW))


@pytest.mark.parametrize("name", WITH_NAMES)
def test_before_there_are_results_the_paper_shows_gaps_and_no_noughts(name: str) -> None:
    """Lists that are empty because nothing is decided leave gaps; nothing is named."""
    empty: dict[str, Rows] = {one: [] for one in lists()}
    made = text(name, rows=empty, **dict.fromkeys(figures()))
    assert "【待填：" in made
    assert "中国共产党" not in made
    assert not re.search(r"(?<![\d.])0个", made)


def test_markings_and_copies_stand_only_where_they_are_given() -> None:
    """密级 and 紧急程度 keep their lines; the row 抄送 goes when there is nobody to copy to."""
    marked = text_of(paper(DECISION, {"密级": "秘密★1年", "紧急程度": "特急"}))
    assert marked[:4] == ["", "秘密★1年", "特急", "中共任城区委教育工作委员会文件"]
    assert "抄送：区委组织部，区委宣传部，济宁市委教育工委。" in text(DECISION)
    assert "抄送" not in text(DECISION, {"抄送机关": None})


def test_short_names_stand_in_two_columns() -> None:
    """Two to a line where all fit in half of it, else one to a line."""
    rows = [{**row, "党组织全称": SHORT.format(at)} for at, row in enumerate(named(5))]
    lines = text_of(paper(DECISION, rows={"五星级党组织名单": rows}, 五星级党组织数=Decimal(5)))
    assert [line for line in lines if re.match(r"中共\d", line)] == [
        f"{SHORT.format(0)}\t{SHORT.format(1)}",
        f"{SHORT.format(2)}\t{SHORT.format(3)}",
        SHORT.format(4),
    ]


@pytest.mark.parametrize("name", PAPERS)
def test_templates_and_papers_are_sound_packages(tmp_path: Path, name: str) -> None:
    """An independent validator finds no error in either."""
    (tmp_path / f"{name}.docx").write_bytes(paper(name))
    for path in (ROOT / "templates" / f"{name}.docx", tmp_path / f"{name}.docx"):
        assert OpenXmlValidator().validate(path).errors == []


def placed(pdf: Path, page: int) -> list[tuple[str, float, float]]:
    """Return the words of a page with their upper and lower edge in millimetres from the top of the paper."""
    command = ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), str(pdf), "-"]
    found = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode("utf-8")
    words = re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(.*?)</word>', found)
    return [(word, float(top) / 72 * 25.4, float(bottom) / 72 * 25.4) for top, bottom, word in words]


@pytest.mark.render
def test_the_pages_of_the_decision_keep_to_the_standard(office: Office, tmp_path: Path) -> None:
    """Mark 35 mm below the type area's edge (7.2.4), body on page 1 (7.3.3), copies and print at the foot of the last."""
    (tmp_path / "决定.docx").write_bytes(paper(DECISION))
    pdf = office.convert(tmp_path / "决定.docx", "pdf", tmp_path / "pdf")
    first = placed(pdf, 1)
    mark = next(one for one in first if one[0].endswith("文件"))
    profile = load_profile()
    assert abs(mark[1] - (profile.mm("top_white") + profile.mm("mark_top"))) < 3
    assert any("习近平新时代" in word for word, _, _ in first)
    last = placed(pdf, 5)
    copies, printed = (next(one for one in last if one[0].startswith(start)) for start in ("抄送", "中共"))
    edge = profile.mm("page_height") - profile.mm("margin_bottom")
    assert copies[1] < printed[1]
    assert 0 <= edge - printed[2] < 3
    assert "".join(word for word, top, _ in last if abs(top - printed[1]) < 1).endswith("2020年12月28日印发")
