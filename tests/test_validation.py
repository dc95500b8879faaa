"""The rules of a year applied to workbooks and to the district: where they look, what they say, where they point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pbreports.scheme import Scheme
from pbreports.scheme.language import Facts
from pbreports.scheme.vocabulary import INDICATORS, vocabulary_of
from pbreports.validation import RuleBook, check_district, check_submission, compile_rules, every_break, examine
from pbreports.values import CellRef, Finding, Record, Scalar, Severity, SheetData, SheetState, Submission
from tiny import SCHEME, tiny_records, tiny_scheme

HOME = CellRef("全区")


def scheme_with(folder: Path, rules: str) -> Scheme:
    """Return the tiny scheme with these rules in place of its own."""
    return tiny_scheme(folder, SCHEME.split("规则:\n")[0] + "规则:\n" + rules)


def rows(sheet: str, *values: Mapping[str, Any], unit: str = "A01") -> tuple[Record, ...]:
    """Return records of a unit; each field's cell is named by the field and the row."""
    return tuple(
        Record(sheet, unit, _decimals({"单位代码": unit, **one}), {n: f"{n}{row}" for n in one}, f"{unit}.xlsx", sheet)
        for row, one in enumerate(values, 1)
    )


def _decimals(row: Mapping[str, Any]) -> dict[str, Scalar]:
    return {
        name: Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
        for name, value in row.items()
    }


def check(scheme: Scheme, *records: Sequence[Record], unit: str = "A01") -> tuple[Finding, ...]:
    """Return what the scheme's rules find in one workbook that holds these records."""
    return check_submission(*asking(scheme, *records, unit=unit))


def asking(
    scheme: Scheme, *records: Sequence[Record], unit: str = "A01"
) -> tuple[RuleBook, Submission, Facts, dict[str, object]]:
    """Return what asking the scheme's rules about one workbook takes."""
    sheets = {one[0].sheet: SheetData(one[0].sheet, SheetState.FILLED, tuple(one)) for one in records if one}
    submission = Submission(f"{unit}.xlsx", "", unit, "下半年", "2031.1", sheets)
    names = {**scheme.fixed_names(scheme.period("下半年")), "本单位代码": unit, "本单位种类": "馆"}
    return compile_rules(scheme, vocabulary_of(scheme)), submission, Facts(tiny_records(scheme)), names


def said(found: Sequence[Finding]) -> list[str]:
    """Return each finding as its cell and its message."""
    return [f"{one.where.cell}:{one.message}" for one in found]


def test_a_rule_is_applied_to_every_row(tmp_path: Path) -> None:
    """Broken rows are found, each at its cell with its own numbers; kept rows and blanks are not."""
    scheme = scheme_with(
        tmp_path,
        '- {码: V-1, 级别: 警告, 表: 一行一条, 条件: 个数 <= 差额, 消息: "{编码}：{个数}＞{差额}。", 怎么改: 请核对。}\n',
    )
    records = rows(
        "一行一条",
        {"编码": "甲", "个数": 3, "差额": 2},
        {"编码": "乙", "个数": 1, "差额": 2},
        {"编码": "丙", "个数": None, "差额": 2},
        {"编码": "丁", "个数": 0, "差额": -1},
    )
    found = check(scheme, records)
    assert said(found) == ["个数1:甲：3＞2。", "个数4:丁：0＞-1。"]
    assert {(one.code, one.severity, one.remedy, one.unit) for one in found} == {
        ("V-1", Severity.WARNING, "请核对。", "A01")
    }


@pytest.mark.parametrize(
    ("condition", "points_at", "cell"),
    [
        ("差额 >= 个数", "", "差额1"),
        ("5 > 个数 + 差额", "", "个数1"),
        ("个数 < 差额", "定位: [编码],", "编码1"),
        ("个数 < 合计(一列一条.次数)", "定位: [一列一条.次数],", "次数1"),
        ("个数 < 缺省(合计(只填一份.个数), 0)", "定位: [只填一份.个数, 个数],", "个数1"),
        ("合计(一列一条.次数) > 9", "", "编码1"),
    ],
)
def test_a_finding_points_at_the_cell_to_mend(tmp_path: Path, condition: str, points_at: str, cell: str) -> None:
    """At the field named, else at the first the condition names, else at the row's first cell."""
    scheme = scheme_with(
        tmp_path, f'- {{码: V-1, 级别: 错误, 表: 一行一条, 条件: "{condition}", {points_at} 消息: 错}}\n'
    )
    found = check(scheme, rows("一行一条", {"编码": "甲", "个数": 9, "差额": 1}), rows("一列一条", {"次数": 2}))
    assert [one.where.cell for one in found] == [cell]


def test_a_rule_applies_only_where_it_says(tmp_path: Path) -> None:
    """Where 适用 is false or blank, the rule is silent."""
    scheme = scheme_with(
        tmp_path, "- {码: V-1, 级别: 错误, 表: 一行一条, 适用: 等次 == '优秀', 条件: 个数 > 5, 消息: 少}\n"
    )
    given = ({"个数": 1, "等次": "优秀"}, {"个数": 1, "等次": "合格"}, {"个数": 1, "等次": None})
    assert said(check(scheme, rows("一行一条", *given))) == ["个数1:少"]


def test_a_rule_on_fields_looks_at_each_where_it_is_filled(tmp_path: Path) -> None:
    """值 is the field's value; the finding stands at the field; a blank is not looked at."""
    scheme = scheme_with(
        tmp_path,
        '- {码: V-1, 级别: 错误, 范围: 字段, 字段: {类型: [文本], 表: [一行一条]}, 条件: 字数(值) < 3, 消息: "“{值}”太长"}\n',
    )
    found = check(scheme, rows("一行一条", {"编码": "甲乙丙", "短文": "甲"}, {"编码": None, "短文": "长长长"}))
    assert said(found) == ["编码1:“甲乙丙”太长", "短文2:“长长长”太长"]


def test_a_rule_on_the_sheet_is_asked_once(tmp_path: Path) -> None:
    """It adds over all rows, points at the file when it names no cell, and is silent where the sheet has no rows."""
    rules = "- {码: V-1, 级别: 错误, 范围: 表, 表: 一行一条, 条件: 合计(一行一条.个数) > 9, 消息: 少}\n"
    scheme = scheme_with(tmp_path, rules)
    found = check(scheme, rows("一行一条", {"个数": 4}, {"个数": 5}))
    assert said(found) == [":少"]
    assert found[0].where == CellRef("A01.xlsx")
    assert check(scheme, rows("一行一条", {"个数": 4}, {"个数": 6})) == ()
    assert check(scheme) == ()


def test_a_rule_on_the_workbook_is_asked_for_each_of_the_units_rows(tmp_path: Path) -> None:
    """Over a bureau sheet it is asked once for every row of this unit, and links to what the unit reported."""
    scheme = scheme_with(
        tmp_path,
        '- {码: V-1, 级别: 错误, 范围: 簿, 表: 小组, 条件: 存在(一列一条), 消息: "缺{小组名称}"}\n'
        "- {码: V-2, 级别: 提示, 范围: 簿, 条件: 计数(一列一条) == 3, 消息: 不是三个}\n",
    )
    found = check(scheme, rows("一列一条", {"小组代码": "A01-1", "次数": 1}))
    assert [one.message for one in found] == ["缺夜读小组", "缺旧小组", "不是三个"]


def test_each_clause_of_a_rule_is_asked(tmp_path: Path) -> None:
    """Clauses take from the rule what they do not say themselves."""
    scheme = scheme_with(
        tmp_path,
        "- 码: V-1\n  级别: 错误\n  表: 一行一条\n  消息: 个数不对\n  子项:\n"
        "  - {条件: 个数 > 1}\n  - {条件: 差额 > 1, 级别: 提示, 消息: 差额不对}\n",
    )
    found = check(scheme, rows("一行一条", {"个数": 0, "差额": 0}))
    assert [(one.severity.value, one.message) for one in found] == [("错误", "个数不对"), ("提示", "差额不对")]


def test_rules_over_the_district_see_every_unit_and_the_figures(tmp_path: Path) -> None:
    """Rows of all units, each finding under its own; the table of figures; nothing of it in a single workbook."""
    scheme = scheme_with(
        tmp_path,
        "- {码: V-1, 级别: 错误, 范围: 全区, 表: 一列一条, 条件: 次数 >= 3, 消息: 少}\n"
        '- {码: V-2, 级别: 提示, 范围: 全区, 表: 主要指标, 条件: 增幅 < 50, 消息: "{名称}增{增幅}%"}\n'
        "- {码: V-3, 级别: 提示, 范围: 全区, 条件: 合计(一列一条.次数) > 100, 消息: 全区少}\n",
    )
    school = (*rows("一列一条", {"次数": 1}), *rows("一列一条", {"次数": 9}, {"次数": 2}, unit="B02"))
    main = (Record(INDICATORS, "", {"名称": "总数", "增幅": Decimal(60)}, {}, "全区", INDICATORS),)
    facts = Facts({**tiny_records(scheme), "一列一条": school, INDICATORS: main})
    book = compile_rules(scheme, vocabulary_of(scheme))
    found = check_district(book, facts, scheme.fixed_names(scheme.period("下半年")), HOME)
    assert [(one.code, one.unit, one.where.file, one.where.cell) for one in found] == [
        ("V-1", "A01", "A01.xlsx", "次数1"),
        ("V-1", "B02", "B02.xlsx", "次数2"),
        ("V-2", "", "全区", ""),
        ("V-3", "", "全区", ""),
    ]
    assert found[2].message == "总数增60%"
    assert check(scheme, rows("一列一条", {"次数": 1})) == ()


CODES = (
    "- {码: V-1, 级别: 错误, 范围: 字段, 字段: {列: [一列一条.小组代码]}, 条件: 存在(小组), 消息: '“{值}”不在名册。'}\n"
    "- {码: V-2, 级别: 错误, 范围: 字段, 字段: {列: [小组季度.小组代码]}, 条件: 存在(一列一条), 消息: '“{值}”不在02表。'}\n"
    "- {码: V-3, 级别: 错误, 范围: 簿, 表: 小组, 适用: \"状态 != '撤销'\", 条件: 存在(一列一条), 消息: '“{小组代码}”没报。'}\n"
    "- {码: V-4, 级别: 错误, 表: 一列一条, 条件: 计数(小组季度) >= 1, 消息: '“{小组代码}”没有季度。'}\n"
    "- {码: V-5, 级别: 错误, 范围: 簿, 条件: \"去重计数(一列一条.小组代码, 一列一条.小组代码 == 'A01-9') == 0\", 消息: 多出}\n"
)


def quarters(*codes: str) -> tuple[Record, ...]:
    """Return a record of each group's first quarter."""
    return rows("小组季度", *({"小组代码": code, "季度": "第一季度", "读书会": 1} for code in codes))


def groups(*codes: str) -> tuple[Record, ...]:
    """Return a record of each group."""
    return rows("一列一条", *({"小组代码": code, "次数": 3} for code in codes))


def test_a_mistyped_code_is_said_once(tmp_path: Path) -> None:
    """What follows on other sheets and in the roster is counted behind the finding about the code itself."""
    scheme = scheme_with(tmp_path, CODES)
    given = (groups("A01-1", "A01-9"), quarters("A01-1", "A01-2"))
    found = check(scheme, *given)
    assert len(tuple(every_break(*asking(scheme, *given)))) == 5
    assert [(one.code, one.message, one.hidden) for one in found] == [("V-1", "“A01-9”不在名册。", 4)]


def test_a_code_mistyped_on_another_sheet_is_said_there(tmp_path: Path) -> None:
    """The rules that miss its rows elsewhere are counted behind it."""
    scheme = scheme_with(tmp_path, CODES)
    found = check(scheme, groups("A01-1", "A01-2"), quarters("A01-1", "A01-9"))
    assert [(one.code, one.where.sheet, one.hidden) for one in found] == [("V-2", "小组季度", 1)]


def test_a_group_left_out_is_no_mistyped_code(tmp_path: Path) -> None:
    """Without a strange code nothing is hidden; a code that stands on several sheets is a new one, not a slip."""
    scheme = scheme_with(tmp_path, CODES)
    left_out = check(scheme, groups("A01-1"), quarters("A01-1"))
    assert [(one.code, one.hidden) for one in left_out] == [("V-3", 0)]
    new = check(scheme, groups("A01-1", "A01-9"), quarters("A01-1", "A01-9"))
    assert [(one.code, one.hidden) for one in new] == [("V-1", 0), ("V-3", 0), ("V-5", 0)]


@pytest.mark.parametrize(
    ("rule", "unsound", "doubtful", "asked"),
    [
        ("表: 一行一条, 条件: 个数 > 9", ("一行一条.个数",), (), False),
        ("表: 一行一条, 条件: 个数 > 9", ("一行一条.差额",), (), True),
        ("表: 一行一条, 条件: 个数 > 9", (), ("一行一条.个数",), True),
        ("表: 一行一条, 条件: 合计数 > 9", ("一行一条.差额",), (), False),
        ("表: 一行一条, 适用: 差额 > 0, 条件: 个数 > 9", ("一行一条.差额",), (), False),
        ("范围: 簿, 条件: 合计(一行一条.个数) > 9", (), ("一行一条.个数",), False),
        ("范围: 簿, 条件: 合计(一行一条.合计数) > 9", (), ("一行一条.个数",), False),
        ("范围: 簿, 条件: 取(一行一条.个数) > 9", (), ("一行一条.个数",), True),
        ("范围: 簿, 条件: 计数(一行一条) > 9", ("一行一条",), (), False),
        ("表: 一列一条, 条件: 合计(小组季度.读书会) > 9", ("小组季度.小组代码",), (), False),
        ("表: 一列一条, 条件: 合计(小组季度.读书会) > 9", (), ("小组季度.小组代码",), False),
        ("表: 一列一条, 条件: 合计(小组季度.读书会) > 9", ("小组季度.备注",), ("一行一条.个数",), True),
    ],
)
def test_a_rule_is_not_asked_about_what_could_not_be_read(
    tmp_path: Path,
    rule: str,
    unsound: tuple[str, ...],
    doubtful: tuple[str, ...],
    asked: bool,  # noqa: FBT001
) -> None:
    """Whether directly, through a computed field, a condition or a link; what it would have said is counted."""
    scheme = scheme_with(tmp_path, f"- {{码: V-1, 级别: 错误, {rule}, 消息: 少}}\n")
    records = {
        "一行一条": rows("一行一条", {"编码": "甲", "个数": 1, "差额": 1, "合计数": 2}),
        "一列一条": groups("A01-1"),
        "小组季度": quarters("A01-1"),
    }
    sheets = {name: SheetData(name, SheetState.FILLED, given) for name, given in records.items()}
    submission = Submission(
        "A01.xlsx", "", "A01", "下半年", "", sheets, frozenset(unsound), doubtful={name: ({},) for name in doubtful}
    )
    book, facts = compile_rules(scheme, vocabulary_of(scheme)), Facts(tiny_records(scheme))
    names = {**scheme.fixed_names(scheme.period("下半年")), "本单位代码": "A01", "本单位种类": "馆"}
    checked = examine(book, submission, facts, names)
    assert len(checked.findings) == asked
    assert checked.hidden == ({} if asked else {(*unsound, *doubtful)[0]: 1})


def test_rules_that_read_a_missing_sheet_are_not_asked(tmp_path: Path) -> None:
    """A missing sheet is no sheet without rows."""
    scheme = scheme_with(tmp_path, "- {码: V-1, 级别: 错误, 范围: 簿, 条件: 存在(一行一条), 消息: 没有}\n")
    missing = Submission("A01.xlsx", "", "A01", "下半年", "", {"一行一条": SheetData("一行一条", SheetState.MISSING)})
    book, facts = compile_rules(scheme, vocabulary_of(scheme)), Facts(tiny_records(scheme))
    names = {**scheme.fixed_names(scheme.period("下半年")), "本单位代码": "A01", "本单位种类": "馆"}
    checked = examine(book, missing, facts, names)
    assert (checked.findings, checked.hidden) == ((), {"一行一条": 1})


def test_a_finding_names_its_record(tmp_path: Path) -> None:
    """By its key; by its line where there is none."""
    scheme = scheme_with(
        tmp_path,
        "- {码: V-1, 级别: 错误, 表: 小组季度, 条件: 读书会 > 9, 消息: 少}\n"
        "- {码: V-2, 级别: 错误, 表: 一行一条, 条件: 个数 > 9, 消息: 少}\n"
        "- {码: V-3, 级别: 错误, 表: 只填一份, 条件: 个数 > 9, 消息: 少}\n",
    )
    nameless = (Record("一行一条", "A01", {"个数": Decimal(1)}, {"编码": "A7"}, "A01.xlsx", "一行一条"),)
    found = check(scheme, quarters("A01-1"), nameless, rows("只填一份", {"个数": 1}))
    assert [one.subject for one in found] == ["A01-1、第一季度", "第7行", ""]


@pytest.mark.parametrize(
    ("condition", "row", "told"),
    [
        ("合计(小组季度.读书会) > 9", {"小组代码": "A01-1"}, ["A01-2"]),
        ("合计(小组季度.读书会) > 9", {"小组代码": None}, []),
        ("不关联(合计(小组季度.读书会)) > 9", {"小组代码": "A01-1"}, []),
    ],
)
def test_a_sum_is_doubted_only_where_the_unknown_cell_belongs(
    tmp_path: Path, condition: str, row: dict[str, Scalar], told: list[str]
) -> None:
    """A cell that could not be read makes the sums of its own group meaningless, not those of others."""
    scheme = scheme_with(
        tmp_path, f"- {{码: V-1, 级别: 错误, 表: 一列一条, 条件: {condition}, 消息: '{{小组代码}}少'}}\n"
    )
    given = {"一列一条": groups("A01-1", "A01-2"), "小组季度": quarters("A01-1", "A01-2")}
    sheets = {name: SheetData(name, SheetState.FILLED, records) for name, records in given.items()}
    submission = Submission("A01.xlsx", "", "A01", "下半年", "", sheets, doubtful={"小组季度.读书会": (row,)})
    book, facts = compile_rules(scheme, vocabulary_of(scheme)), Facts(tiny_records(scheme))
    names = {**scheme.fixed_names(scheme.period("下半年")), "本单位代码": "A01", "本单位种类": "馆"}
    checked = examine(book, submission, facts, names)
    assert [one.subject for one in checked.findings] == told
    assert checked.hidden == {"小组季度.读书会": 2 - len(told)}


def test_a_record_without_its_code_is_asked_nothing_about_others(tmp_path: Path) -> None:
    """That the code is missing has been said; its own sheet is still looked at."""
    scheme = scheme_with(
        tmp_path,
        "- {码: V-1, 级别: 错误, 表: 一列一条, 条件: 存在(小组季度), 消息: 没有季度}\n"
        "- {码: V-2, 级别: 错误, 表: 一列一条, 条件: 次数 > 9, 消息: 少}\n",
    )
    book, submission, facts, names = asking(scheme, rows("一列一条", {"小组代码": None, "次数": 3}), quarters("A01-1"))
    known = replace(submission, doubtful={"一列一条.小组代码": ({"小组代码": None},)})
    checked = examine(book, known, facts, names)
    assert [one.code for one in checked.findings] == ["V-2"]
    assert checked.hidden == {"一列一条.小组代码": 1}
    assert [one.code for one in check_submission(book, submission, facts, names)] == ["V-1", "V-2"]
