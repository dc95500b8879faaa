"""The people inspected: what must be among them, that all they tell agrees, that only what is planted is found."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import PurePosixPath

import chinese_calendar
import pytest

from pbreports.cadre.comparing import compare
from pbreports.cadre.lrmx import read_lrmx
from pbreports.pipeline.cadre.inspecting import Inspection, inspect
from pbreports.pipeline.cadre.office import opened
from pbreports.pipeline.issuing import set_up
from pbreports.pipeline.year import open_year
from pbreports.sample.bureau_cadres import cadre_workbook
from pbreports.sample.cadre_forms import form_files
from pbreports.sample.cadre_trouble import STRANGER, TROUBLES, Trouble, troubled
from pbreports.sample.reports import open_desk
from pbreports.sample.rows import Row, Sheets
from pbreports.sample.story import Story, tell
from pbreports.sample.writing import cadre_files
from pbreports.values import Finding, Severity, YearMonth

DAY = date(2020, 12, 31)
SEEDS = (2020, 7, 1, 2)


@pytest.fixture(scope="module", params=SEEDS)
def story(request: pytest.FixtureRequest) -> Story:
    """The sample's year, and years of other seeds."""
    return tell(request.param)


@pytest.fixture(scope="module")
def sheets(story: Story) -> Sheets:
    """The records of its inspections."""
    return cadre_workbook(story)


def by_code(rows: Sequence[Row]) -> Mapping[object, list[Row]]:
    """Return the rows of each candidacy."""
    found: dict[object, list[Row]] = defaultdict(list)
    for one in rows:
        found[one["候选人编号"]].append(one)
    return found


# ---------------------------------------------------------------- what must be there


def test_the_awkward_are_there(sheets: Sheets) -> None:
    """Namesakes, a name with a point, characters beyond GB 2312, a civil servant, a democratic party's member."""
    people = sheets["候选人"]
    numbers = defaultdict(set)
    for one in people:
        numbers[one["姓名"], one["批次"]].add(one["身份证号"])
    assert [name for (name, _), some in numbers.items() if len(some) > 1] == ["刘海燕"]
    assert [one["民族"] for one in people if "·" in str(one["姓名"])] == ["维吾尔族"]
    assert {"周䶮", "谢喆"} <= {one["姓名"] for one in people}
    assert Counter(one["人员类别"] for one in people)["公务员"] == 1
    assert [one["入党年月"] for one in people if one["政治面貌"] == "民盟"] == [None]
    assert len({one["身份证号"] for one in people}) == len(people) - 1  # one stands twice


def test_resumes_are_short_and_long(sheets: Sheets) -> None:
    """There are resumes of 5, 12 and 25 lines, and part-time degrees stand in them as 其间."""
    careers = by_code(sheets["简历"])
    assert {5, 12, 25} <= {len(lines) for lines in careers.values()}
    for one in sheets["候选人"]:
        beside = [line for line in careers[one["候选人编号"]] if line["是否其间"] and "函授" in str(line["单位及职务"])]
        assert len(beside) == bool(one["在职学历"])


def test_some_parents_have_died(sheets: Sheets) -> None:
    """Somebody has lost a parent, and everybody has family."""
    families = by_code(sheets["家庭成员"])
    assert families.keys() == {one["候选人编号"] for one in sheets["候选人"]}
    died = [one for one in sheets["家庭成员"] if "已去世" in str(one["成员单位及职务"])]
    assert {one["称谓"] for one in died} == {"父亲", "母亲"}


def test_ballots_come_in_every_shape(sheets: Sheets) -> None:
    """One candidacy is told by totals alone; one kind of ballots was cast by fewer than five."""
    totals = {one["候选人编号"] for one in sheets["测评票数"]}
    assert len(totals) == 1
    assert totals.isdisjoint(one["候选人编号"] for one in sheets["测评票"])
    assert min(one["测评收票数"] for one in sheets["测评组织"]) == 4  # type: ignore[type-var]


# ---------------------------------------------------------------- what must agree


def test_resumes_have_no_gaps(sheets: Sheets) -> None:
    """From the first study on each span begins when the last ended; the last is the present post; 其间 lies within."""
    careers = by_code(sheets["简历"])
    for one in sheets["候选人"]:
        lines = careers[one["候选人编号"]]
        main = [line for line in lines if not line["是否其间"]]
        assert all(first["结束年月"] == second["起始年月"] for first, second in pairwise(main))
        assert all(line["起始年月"] < line["结束年月"] for line in main[:-1])  # type: ignore[operator]
        assert (main[-1]["起始年月"], main[-1]["结束年月"]) == (one["任现职年月"], None)
        assert main[-1]["单位及职务"] == one["现任职务"]
        assert one["参加工作年月"] in {line["起始年月"] for line in main}
        for before, line in pairwise(lines):
            if line["是否其间"]:
                assert before["起始年月"] <= line["起始年月"] <= line["结束年月"] <= before["结束年月"]  # type: ignore[operator]


def test_everything_took_place_in_its_order(sheets: Sheets) -> None:
    """Every step of an appointment falls on a working day and none comes before an earlier one."""
    teams = {one["批次"]: one for one in sheets["考察组"]}
    posts = {(one["批次"], one["拟任职务"]): one for one in sheets["岗位方案"]}
    reviews = {one["候选人编号"]: one for one in sheets["审核记录"]}
    recommended = by_code(sheets["民主推荐"])
    for one in sheets["候选人"]:
        team, review = teams[one["批次"]], reviews[one["候选人编号"]]
        reviewed = sorted(review[f"{name}日期"] for name in _REVIEWS)  # type: ignore[type-var]
        course = [
            posts[one["批次"], one["拟任职务"]]["动议日期"],
            *(row["推荐日期"] for row in recommended[one["候选人编号"]]),
            team["考察公告日期"],
            team["考察开始日期"],
            *reviewed,
            team["考察材料日期"],
            *(review.get(name) for name in ("讨论决定日期", "公示开始日期", "公示结束日期", "任职日期")),
        ]
        days = [day for day in course if isinstance(day, date)]
        assert days == sorted(days)
        assert all(chinese_calendar.is_workday(day) for day in days)


_REVIEWS = ("档案审核", "个人事项核查", "纪检意见", "信访核查", "廉洁意见")


def test_what_is_shown_is_shown_long_enough(sheets: Sheets) -> None:
    """After the day of its posting a notice stands for five working days, and nobody is appointed before its end."""
    shown = [one for one in sheets["审核记录"] if one.get("公示开始日期")]
    assert len(shown) == 16
    for one in shown:
        first, last, appointed = one["公示开始日期"], one["公示结束日期"], one["任职日期"]
        assert isinstance(first, date)
        assert isinstance(last, date)
        assert len(chinese_calendar.get_workdays(first + timedelta(days=1), last)) >= 5
        assert appointed > last  # type: ignore[operator]


def test_ballots_add_up(sheets: Sheets) -> None:
    """The slips of each kind, or the totals of each item, are what was returned and valid."""
    slips = Counter((one["候选人编号"], one["测评票种"]) for one in sheets["测评票"])
    totals: Counter[tuple[object, ...]] = Counter()
    for one in sheets["测评票数"]:
        assert isinstance(one["票数"], Decimal)
        totals[one["候选人编号"], one["测评票种"], one["测评项目"]] += int(one["票数"])
    for one in sheets["测评组织"]:
        key = one["候选人编号"], one["测评票种"]
        valid = one["测评收票数"] - one["测评无效票数"]  # type: ignore[operator]
        counted = {slips[key]} if slips[key] else {count for of, count in totals.items() if of[:2] == key}
        assert counted == {valid}


def test_votes_for_a_post_are_no_more_than_the_voters(sheets: Sheets) -> None:
    """Those who stand for the same post were voted on at the same meeting."""
    wanted = {one["候选人编号"]: (one["批次"], one["拟任职务"]) for one in sheets["候选人"]}
    meetings: dict[object, list[Row]] = defaultdict(list)
    for one in sheets["民主推荐"]:
        if one["推荐形式"] == "会议推荐":
            meetings[wanted[one["候选人编号"]]].append(one)
    assert Counter(map(len, meetings.values())) == {1: 12, 2: 4}
    for some in meetings.values():
        assert len({one["推荐有效票数"] for one in some}) == 1
        assert sum(one["推荐得票数"] for one in some) <= some[0]["推荐有效票数"]  # type: ignore[misc,operator]


def test_ages_in_families_are_possible(sheets: Sheets) -> None:
    """Parents are at least twenty years older, children as much younger."""
    born = {one["候选人编号"]: one["出生年月"] for one in sheets["候选人"]}
    for one in sheets["家庭成员"]:
        own, theirs = born[one["候选人编号"]], one["成员出生年月"]
        assert isinstance(own, YearMonth)
        assert isinstance(theirs, YearMonth)
        years = theirs.year - own.year
        assert {"父亲": years <= -20, "母亲": years <= -20, "儿子": years >= 20, "女儿": years >= 20}.get(
            str(one["称谓"]), abs(years) < 10
        )


def test_no_relative_bears_a_name_of_the_district(story: Story, sheets: Sheets) -> None:
    """So a relative's name in a paper or ledger can only have come from the inspection."""
    known = {leader.person.name for some in story.leaders.values() for leader in some}
    known |= {one.person.name for some in story.applicants.values() for one in some}
    known |= {one.name for one in (*story.clerks.values(), *story.heads.values(), *story.cadres, *story.chiefs)}
    assert known.isdisjoint(one["成员姓名"] for one in sheets["家庭成员"])


def test_texts_differ_between_people(sheets: Sheets) -> None:
    """No two candidacies share a paragraph, least of all that about shortcomings."""
    texts = Counter((one["评语段落"], one["正文"]) for one in sheets["考察评语"])
    assert set(texts.values()) == {1}


def test_forms_are_written_in_many_ways(story: Story, sheets: Sheets) -> None:
    """Byte order marks, Unix lines, blank-filled elements, GBK, the form of 2025, no photo, the old form with a picture."""
    files = form_files(story, sheets)
    read = [read_lrmx(data, name) for name, data in files.items() if name.casefold().endswith(".lrmx")]
    assert Counter(PurePosixPath(name).suffix for name in files) == {".lrmx": 18, ".Lrmx": 1, ".lrm": 1, ".pic": 1}
    traits = {
        "mark": [one.marked for one in read],
        "unix": [b"\r" not in one.source for one in read],
        "gbk": [one.encoding == "gbk" for one in read],
        "2025": [one.revised for one in read],
        "no photo": [one.photo is None for one in read],
        "unknown element": [bool(one.others) for one in read],
        "blanks": [b"<ZaiZhiJiaoYu_XueLi>\r\n    </" in one.source for one in read],
    }
    assert {name: sum(some) for name, some in traits.items()} == dict.fromkeys(traits, 1)
    named = [PurePosixPath(name).stem for name in files if name.endswith((".lrm", ".lrmx"))]
    assert sum(not stem[-1].isascii() for stem in named) == len(sheets["任免表确认"]) == 2


# ---------------------------------------------------------------- what the program finds


@pytest.fixture(scope="module")
def inspections(tmp_path_factory: pytest.TempPathFactory) -> Mapping[bool, Inspection]:
    """What the program knows of the clean sample and of the messy one (by whether it is messy)."""
    root = tmp_path_factory.mktemp("inspection")
    workspace = set_up(root, 2020)
    year = open_year(workspace)
    desk = open_desk(year, tell(2020))
    found = {}
    for messy in (False, True):
        for name, data in cadre_files(desk, messy=messy).items():
            path = workspace.inputs / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        with opened(year, DAY) as office:
            found[messy] = inspect(office)
    return found


def test_nothing_is_wrong_with_the_clean_sample(inspections: Mapping[bool, Inspection]) -> None:
    """Neither an error nor a warning; the notices are about invented regions, namesakes and rare characters."""
    found = inspections[False].findings
    assert [str(one) for one in found if one.severity is not Severity.NOTICE] == []
    assert {one.code for one in found} == {"K-02", "K-07", "V-G14"}


def test_every_form_agrees_with_the_workbook(inspections: Mapping[bool, Inspection]) -> None:
    """Each candidacy has its form, however it is written, and comparing finds nothing."""
    cases = inspections[False].cases
    assert len(cases) == 20
    forms = [case.form for case in cases if case.form]
    assert len({form.file for form in forms}) == 20
    assert {form.encoding for form in forms} >= {"utf-8", "gbk"}
    assert Counter(form.revised for form in forms)[True] == 1
    different = [
        (form.file, one.element)
        for case in cases
        if (form := case.form)
        for one in compare(case.dossier, form, day=case.day)
    ]
    assert different == []


def _new(inspections: Mapping[bool, Inspection]) -> Iterator[Finding]:
    """Go through what is found in the messy sample only."""
    before = {str(one) for one in inspections[False].findings}
    return (one for one in inspections[True].findings if str(one) not in before)


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda one: one.about)
def test_every_slip_is_found(inspections: Mapping[bool, Inspection], trouble: Trouble) -> None:
    """What was planted with somebody is found with that person, for what it is."""
    told = {one.code for one in _new(inspections) if trouble.code in one.message}
    assert set(trouble.found) == told


def test_nothing_else_is_found(inspections: Mapping[bool, Inspection]) -> None:
    """Beside what was planted there is only the form of a stranger."""
    planted = {code for trouble in TROUBLES for code in trouble.found}
    assert {one.code for one in _new(inspections)} == planted | set(STRANGER)


def test_slips_change_one_row_each() -> None:
    """Each trouble changes one field of one row of its candidacy and nothing else."""
    clean = cadre_workbook(tell(2020))
    messy = troubled(clean)
    changed = [
        (sheet, after["候选人编号"], name)
        for sheet, rows in clean.items()
        for before, after in zip(rows, messy[sheet], strict=True)
        for name in after
        if before.get(name) != after[name]
    ]
    assert sorted(changed) == sorted((one.sheet, one.code, one.field) for one in TROUBLES)
