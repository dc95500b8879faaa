"""The papers of an inspection: what they say, what they leave out, what never stands in them, how their pages look."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest

from cadre.panel import ROOT, Rows, batch, changed, people, scheme, sheets, terms, values
from pbreports.cadre.values import known_values
from pbreports.tags.check import unknown
from pbreports.word.read import text_of
from pbreports.word.shipped import CADRE_DRAFTS, make_template
from pbreports.word.template import WordTemplate, compile_template

if TYPE_CHECKING:
    from office import Office

RECORD, PROCESS, TABLE, NOTICE, APPOINTMENT = CADRE_DRAFTS
OF_ONE, OF_SEVERAL = (RECORD, PROCESS), (TABLE, NOTICE, APPOINTMENT)
FILLED_LATER = re.compile("【待填：[^】]*】")


@cache
def template(name: str) -> WordTemplate:
    """Return a shipped template, compiled."""
    return compile_template(ROOT / "templates" / "考察" / f"{name}.docx")


def about(name: str, code: str = "K1", rows: Rows | None = None, **changed_names: object) -> str:
    """Return the text of a paper about one candidate, a paragraph or cell a line."""
    return "\n".join(text_of(template(name).render(values(people(rows)[code], **changed_names))))


def of_batch(name: str, rows: Rows | None = None) -> str:
    """Return the text of a paper about the batch."""
    return "\n".join(text_of(template(name).render(batch(rows))))


def line_of(text: str, start: str) -> str:
    """Return the line that begins so."""
    return next(line for line in text.split("\n") if line.startswith(start))


@pytest.mark.parametrize("name", CADRE_DRAFTS)
def test_the_templates_are_made_from_their_drafts(name: str) -> None:
    """Who changes a draft or the profile makes the template anew; nothing in it is to be mended."""
    path = ROOT / "templates" / "考察" / f"{name}.docx"
    assert path.read_bytes() == make_template(name)
    assert template(name).problems == ()


@pytest.mark.parametrize("name", CADRE_DRAFTS)
def test_the_templates_use_only_names_that_there_are(name: str) -> None:
    """Names and columns, of the filled values and of those known before there is a candidate."""
    one = name in OF_ONE
    filled = values(people()["K1"]) if one else batch()
    assert unknown(template(name).names(), filled) == ()
    assert unknown(template(name).names(), known_values(terms())[not one]) == ()


@pytest.mark.parametrize("name", CADRE_DRAFTS)
def test_each_paper_is_declared_with_its_template(name: str) -> None:
    """The scheme has the paper, with what one copy is about."""
    rule = scheme().cadre
    assert rule
    paper = next(one for one in rule.papers if one.name == name)
    assert paper.template == f"考察/{name}.docx"
    assert (paper.each.value == "人") == (name in OF_ONE)


# ---------------------------------------------------------------- 考察材料


def test_the_record_begins_with_the_person_in_the_fixed_order() -> None:
    """Name, sex, nation, origin, birth, schooling, work, party, title, post, each once, ages with their day."""
    title, person = about(RECORD).split("\n")[:2]
    assert title == "王伟同志考察材料"
    assert person == (
        "王伟，男，汉族，山东济宁人，1978年5月出生（42岁），大学学历、教育学学士，1998年7月参加工作，1999年6月加入中国共产党，"
        "高级教师，现任兴东小学副校长（2016年8月起，4年3个月），拟任兴东小学校长。年龄、任职年限计算至2020年11月20日。"
    )


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("K2", "参加工作，群众，"),
        ("K3", "参加工作，民盟盟员，"),
        ("K4", "2003年7月加入中国共产党（预备党员），"),
        ("K5", "全日制大学学历、教育学学士，在职研究生学历、教育硕士，"),
    ],
)
def test_the_record_tells_standing_and_schooling(code: str, said: str) -> None:
    """Who is in another party or none is told so; study beside work stands apart."""
    rows = changed("候选人", "K2", 入党年月=None)
    assert said in about(RECORD, code, rows).split("\n")[1]


def test_the_record_tells_votes_as_they_fell() -> None:
    """Both recommendations with their rates, the assessment with shares that add up to a hundred."""
    text = about(RECORD)
    assert line_of(text, "民主推荐") == (
        "民主推荐：2020年11月5日会议推荐，应到60人、实到58人，发票58张、收回58张、有效57张，得票49张，得票率86.0%，居第1位；"
        "11月5日谈话推荐，参加20人，同意18人，同意率90.0%。"
    )
    assert line_of(text, "民主测评") == (
        "民主测评：2020年11月9日测评，应到40人、实到38人，发票38张、收回38张、有效37张，其中优秀32票、占86.5%，"
        "称职4票、占10.8%，基本称职0票、占0.0%，不称职0票、占0.0%，弃权1票、占2.7%。"
    )
    assert line_of(text, "近三年年度考核") == "近三年年度考核：2017年优秀，2018年合格，2019年优秀。"


def test_one_form_of_recommendation_alone_makes_a_sentence() -> None:
    """Without the other there is no empty half."""
    rows = sheets()
    meeting = {**rows, "民主推荐": [row for row in rows["民主推荐"] if row["推荐形式"] == "会议推荐"]}
    talks = {**rows, "民主推荐": [row for row in rows["民主推荐"] if row["推荐形式"] == "谈话推荐"]}
    assert line_of(about(RECORD, rows=meeting), "民主推荐").endswith("居第1位。")
    assert line_of(about(RECORD, rows=talks), "民主推荐") == (
        "民主推荐：2020年11月5日谈话推荐，参加20人，同意18人，同意率90.0%。"
    )


def test_the_record_gives_conclusions_and_document_numbers_alone() -> None:
    """What was found stays in the files."""
    assert line_of(about(RECORD), "干部档案审核") == (
        "干部档案审核：无问题；个人有关事项报告核查：无问题；听取纪检监察机关意见：无问题（任教纪函〔2020〕9号）；"
        "信访举报核查：有问题已了结（任教访〔2020〕3号）。所在单位党组织廉洁自律结论性意见已经书记、纪检负责人双签字。"
        "逐项对照，没有不得列为考察对象的情形。"
    )


def test_a_publicity_after_the_records_own_day_is_not_told() -> None:
    """A paper does not know what comes later; one that is dated behind the publicity tells its result."""
    assert "任前公示" not in about(RECORD)
    rows = sheets()
    rows["考察组"] = [{**row, "考察材料日期": date(2020, 12, 3)} for row in rows["考察组"]]
    assert "任前公示：无反映（任教工公〔2020〕2号）。" in about(RECORD, rows=rows)


def test_empty_parts_vanish_and_required_ones_are_left_to_be_filled() -> None:
    """主要特点 and 其他 may be empty; good and weak sides, votes and conclusions must not."""
    bare = {name: rows for name, rows in sheets().items() if name in {"候选人", "岗位方案"}}
    text = about(RECORD, rows=bare)
    assert "主要特点" not in text
    assert "其他需要说明的情况" not in text
    wanted = ("德", "能勤绩", "廉", "不足", "近三年年度考核", "民主推荐情况", "民主测评情况", "考察组成员")
    concluded = ("干部档案审核结论", "不得列为考察对象情形", "书记、纪检负责人双签字")
    assert {f"【待填：{one}】" for one in (*wanted, *concluded)} <= set(FILLED_LATER.findall(text))


def test_the_group_signs_with_its_leader_marked() -> None:
    """Each name once, then the day."""
    assert about(RECORD).split("\n")[-2:] == ["考察组：周强（组长）、吴桂兰、郑伟", "2020年11月20日"]


def test_a_complete_record_leaves_nothing_to_be_filled() -> None:
    """No mark is printed where nothing is missing."""
    assert not FILLED_LATER.search(about(RECORD))


def test_parts_that_are_there_are_printed_word_for_word() -> None:
    """The program adds nothing to what the group wrote, and leaves nothing out."""
    rows = sheets()
    more = {"候选人编号": "K1", "评语段落": "其他", "评语序号": None, "小标题": None, "正文": "本人服从组织安排。"}
    rows["考察评语"] = [*rows["考察评语"], more]
    text = about(RECORD, rows=rows)
    for row in rows["考察评语"]:
        if row["候选人编号"] == "K1":
            assert all(part in text for part in str(row["正文"]).split("\n"))
    assert "五、其他需要说明的情况\n本人服从组织安排。" in text


def test_too_few_voters_are_not_told_by_numbers() -> None:
    """A sentence says why no votes stand there."""
    rows = sheets()
    rows["测评票"] = [row for row in rows["测评票"] if row["票序号"] in (1, 2, 3)]
    assert line_of(about(RECORD, rows=rows), "民主测评") == "民主测评：参加测评的人数过少，不列票数。"


def test_the_resume_is_attached_on_request() -> None:
    """The parameter says whether; study beside work is marked."""
    assert "简历" not in about(RECORD, 考察材料含简历="否")
    text = about(RECORD, "K5", 考察材料含简历="是")
    assert "附件：简历" in text
    assert "其间：2005.09--2008.06\n某大学教育管理专业在职研究生学习" in text
    assert text.endswith("2016.08--\n兴东小学副校长")


@pytest.mark.parametrize("name", [RECORD, PROCESS])
def test_papers_of_one_have_neither_identity_number_nor_relatives(name: str) -> None:
    """These stand in the appointment form alone."""
    text = about(name, 考察材料含简历="是")
    for secret in ("370811", "王建国", "孙丽华", "王小萌", "赵秀英", "山东曲阜"):
        assert secret not in text


# ---------------------------------------------------------------- 全程纪实表


def test_the_record_of_the_process_has_every_step_with_day_and_number() -> None:
    """All steps of the scheme, whether done or not."""
    rule = scheme().cadre
    assert rule
    table = docx.Document(BytesIO(template(PROCESS).render(values(people()["K1"])))).tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert {step.name for step in rule.steps} <= {row[1] for row in rows}
    appointed = next(row for row in rows if row[1] == "任职")
    assert appointed[2:4] == ["2020.12.7", "任教工任〔2020〕5号"]
    assert next(row for row in rows if row[1] == "试用期满考核")[2:4] == ["—", "—"]


# ---------------------------------------------------------------- 考察人选一览表


def test_the_table_of_candidates_stands_in_order_with_padded_names() -> None:
    """By post, then by strokes; two-character names line up, ages stand below the months."""
    table = docx.Document(BytesIO(template(TABLE).render(batch()))).tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    assert [(row[0], row[1]) for row in rows] == [
        ("1", "王　伟"),
        ("2", "李　敏"),
        ("3", "张　䶮"),
        ("4", "王　伟"),
        ("5", "阿依古丽·买买提"),
    ]
    assert rows[0] == [
        *("1", "王　伟", "男", "1978.05\n（42岁）", "山东济宁", "大学学历、教育学学士", "高级教师", "兴东小学副校长"),
        *("2016.08", "兴东小学校长", "提拔", "86.0%", "86.5%", ""),
    ]


def test_the_table_of_candidates_lies_across() -> None:
    """A4 on its side, the table as wide as the type area is high."""
    document = docx.Document(BytesIO(make_template(TABLE)))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert abs(sum(column.width.mm for column in document.tables[0].columns) - 225) < 0.5


# ---------------------------------------------------------------- 任前公示


def test_the_public_notice_has_what_may_be_public() -> None:
    """Name, sex, birth month, schooling, standing, present and proposed post; days, office, telephone."""
    text = of_batch(NOTICE)
    assert line_of(text, "李敏") == (
        "李敏，女，1977年1月出生，全日制大学学历、教育学学士，在职研究生学历、教育硕士，中共党员，"
        "现任兴东小学副校长，拟任兴东小学校长。"
    )
    assert line_of(text, "公示时间") == "公示时间：2020年11月26日至12月3日。"
    assert line_of(text, "联系电话") == f"联系电话：{terms().names['联系电话']}"
    assert not FILLED_LATER.search(text)


def secrets(rows: Mapping[str, list[dict[str, object]]]) -> set[str]:
    """Return what of the workbook must not come before the public."""
    people_rows = rows["候选人"]
    found = {str(row[name]) for row in people_rows for name in ("身份证号", "籍贯", "出生地") if row.get(name)}
    found |= {str(row["成员姓名"]) for row in rows["家庭成员"]} | {
        str(row["成员单位及职务"]) for row in rows["家庭成员"]
    }
    found |= {str(row["正文"]) for row in rows["考察评语"]}
    return found | {"得票", "票", "%", "测评", "推荐", "考核", "健康"}


def test_the_public_notice_has_nothing_else() -> None:
    """No identity number, relative, origin, vote, assessment or judgement, and the office's telephone alone."""
    text = of_batch(NOTICE)
    for secret in secrets(sheets()):
        assert secret not in text
    digits = re.findall(r"\d[\d-]{6,}", text)
    assert digits == [terms().names["联系电话"]]


def test_the_public_notice_cannot_name_what_is_not_public() -> None:
    """Its list has no such column: staff who add one are told by the template's check."""
    for name in ("身份证号", "籍贯", "会议推荐得票率", "考察评语"):
        assert name not in batch()["公示名单"][0]  # type: ignore[index]


def test_the_public_notice_leaves_open_what_is_not_the_same_for_all() -> None:
    """Two days of publicity are two notices."""
    rows = changed("审核记录", "K2", 公示开始日期=date(2020, 12, 1))
    assert "公示时间：【待填：公示开始日期】至2020年12月3日。" in of_batch(NOTICE, rows)


# ---------------------------------------------------------------- 任职通知


def test_the_notice_of_appointment_has_a_line_for_each() -> None:
    """Appointed, on probation where promoted, removed where a post is given up; the last line ends the sentence."""
    lines = of_batch(APPOINTMENT).split("\n")
    assert lines[1:5] == [
        "中共任城区委教育工作委员会文件",
        "任教工任〔2020〕5号",
        "中共任城区委教育工作委员会",
        "关于王伟等同志任免职的通知",
    ]
    at = lines.index("经2020年11月25日区委教育工委会议研究，决定：")
    assert lines[at + 1 : at + 6] == [
        "王伟同志任兴东小学校长（试用期一年），免去其兴东小学副校长职务；",
        "李敏同志任兴东小学校长；",
        "张䶮同志任南池小学党支部书记；",
        "王伟同志任第十三中学副校长；",
        "阿依古丽·买买提同志任第十三中学副校长。",
    ]


def test_the_notice_about_one_person_is_about_one() -> None:
    """No 等 in the title, and no removal where nothing is given up."""
    rows = sheets()
    rows["候选人"] = [{**rows["候选人"][4]}]
    text = of_batch(APPOINTMENT, rows)
    assert "关于李敏同志任职的通知" in text
    assert "免去" not in text


# ---------------------------------------------------------------- pages


@pytest.mark.render
def test_the_papers_pages(office: Office, tmp_path: Path) -> None:
    """LibreOffice lays out each paper on few pages, with every name on them."""
    made = {name: template(name).render(values(people()["K5"], 考察材料含简历="是")) for name in OF_ONE}
    made |= {name: template(name).render(batch()) for name in OF_SEVERAL}
    for name, data in made.items():
        (tmp_path / f"{name}.docx").write_bytes(data)
    for pdf in office.convert_all([tmp_path / f"{name}.docx" for name in made], "pdf", tmp_path / "pdf"):
        text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
        assert "李敏" in text.replace("　", "").replace(" ", "")
        assert text.count("\f") <= 4


def test_nothing_is_filled_from_a_blank_workbook_without_a_mark() -> None:
    """Every paper about several of whom nothing is known shows gaps instead of empty sentences."""
    bare = {"候选人": [{"候选人编号": "K1", "批次": "甲", "姓名": "某甲"}], "岗位方案": []}
    for name in (NOTICE, APPOINTMENT):
        assert FILLED_LATER.search(of_batch(name, bare))


def test_the_manual_lists_every_name_that_is_no_field() -> None:
    """What templates may name stands in docs/cadre.md, and nothing that they may not."""
    manual = (ROOT / "docs" / "cadre.md").read_text(encoding="utf-8").partition("## 模板里的名字")[2]
    cells = [line.split("|")[1] for line in manual.splitlines() if line.startswith("| `")]
    listed = {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}
    fields = {one.name for sheet in scheme().sheets.values() for one in sheet.fields}
    known = {name for names in known_values(terms()) for name in names}
    assert known - terms().names.keys() - fields <= listed
    assert listed <= known
