"""A workbook that is filled in bit by bit: nothing is an error before its step has come, and nothing makes a check fail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cadre.inspected import DAY, names_of, records, scheme, steps_of
from pbreports.cadre.checks import examine
from pbreports.cadre.dossier import dossiers
from pbreports.cadre.workdays import workdays_of
from pbreports.scheme.language import Facts
from pbreports.scheme.model import Field, FieldKind
from pbreports.scheme.tables import constant_records
from pbreports.scheme.vocabulary import vocabulary_of
from pbreports.validation import RuleBook, check_cadres, compile_rules
from pbreports.values import CellRef, Finding, Record, Scalar, YearMonth

HOME = CellRef("干部考察.xlsx")


def _rules() -> RuleBook:
    return compile_rules(scheme(), vocabulary_of(scheme()))


RULES = _rules()
SHEETS = scheme().bureau["干部考察"].sheets


def _found(sheets: Mapping[str, Sequence[Record]]) -> tuple[Finding, ...]:
    people = tuple(dossiers(sheets))
    names = names_of({})
    facts = Facts({**constant_records(scheme()), **{name: tuple(rows) for name, rows in sheets.items()}})
    return (
        *check_cadres(RULES, facts, names, HOME),
        *examine(
            people,
            days={},
            as_of=DAY,
            names=names,
            steps=steps_of(people),
            workdays=workdays_of(sheets.get("工作日调整", ())),
            sheets=sheets,
        ),
    )


PERSON = {
    "候选人编号": "C1",
    "批次": "甲批",
    "姓名": "郑一鸣",
    "身份证号": "370811198006150011",
    "性别": "男",
    "出生年月": "1980-06",
    "参加工作年月": "2001-08",
    "入党年月": "2003-06",
    "政治面貌": "中共党员",
    "人员类别": "事业单位人员",
    "学历": "大学本科",
    "全日制学历": "大学",
    "现任职务": "任城区青禾小学副校长",
    "任现职年月": "2015-08",
    "拟任职务": "任城区青禾小学校长",
    "任用类型": "提拔",
}
SPRING = {
    "岗位方案": [{"批次": "甲批", "拟任职务": "任城区青禾小学校长", "任用类型": "提拔", "动议日期": "2020-03-02"}],
    "候选人": [PERSON],
}


def test_a_workbook_in_spring_has_nothing_wrong() -> None:
    """Posts and candidates are there, nobody is recommended yet: no finding of any gravity."""
    assert [str(one) for one in _found(records(SPRING))] == []


def test_a_workbook_during_the_inspection_has_nothing_wrong() -> None:
    """The team is at work, some records are half made, nothing is decided: no finding of any gravity."""
    sheets = {
        **SPRING,
        "民主推荐": [{"候选人编号": "C1", "推荐形式": "会议推荐", "推荐日期": "2020-03-20", "推荐应到人数": "60"}],
        "考察组": [
            {
                "批次": "甲批",
                "考察组组长": "高松涛",
                "考察组成员": "高松涛、何清源",
                "考察公告日期": "2020-04-10",
                "考察开始日期": "2020-04-13",
                "考察结束日期": "2020-04-15",
            }
        ],
        "年度考核": [{"候选人编号": "C1", "考核年度": str(year), "考核等次": "合格"} for year in (2017, 2018, 2019)],
        "测评组织": [{"候选人编号": "C1", "测评票种": "A", "测评收票数": "8", "测评无效票数": "0"}],
        "考察评语": [{"候选人编号": "C1", "评语段落": "德", "评语序号": "1", "正文": "政治立场坚定。"}],
        "审核记录": [{"候选人编号": "C1", "档案审核日期": "2020-04-14", "纪检意见日期": "2020-04-14"}],
    }
    assert [str(one) for one in _found(records(sheets))] == []


_TEXTS = st.one_of(
    st.sampled_from(
        ["C1", "C2", "甲批", "乙批", "郑一鸣", "丁兰", "370811198006150011", "37081119800615002X", "无", " "]
    ),
    st.text(max_size=30),
)


def _values(one: Field) -> st.SearchStrategy[Scalar]:
    """Return values as reading gives them for a field, blanks among them."""
    if one.kind is FieldKind.CHOICE:
        given: st.SearchStrategy[Scalar] = st.sampled_from(one.options)
    elif one.kind in (FieldKind.INTEGER, FieldKind.DECIMAL):
        given = st.integers(0, 3000).map(Decimal)
    elif one.kind is FieldKind.DATE:
        given = st.dates(date(1, 1, 1), date(9999, 12, 31))
    elif one.kind is FieldKind.MONTH:
        given = st.builds(YearMonth, st.integers(1, 9999), st.integers(1, 12))
    elif one.kind is FieldKind.YES_NO:
        given = st.booleans()
    else:
        given = _TEXTS
    return st.one_of(st.none(), given)


def _rows(name: str) -> st.SearchStrategy[tuple[Record, ...]]:
    fields = scheme().sheets[name].fields
    cells = {one.name: one.name for one in fields}
    row = st.fixed_dictionaries({one.name: _values(one) for one in fields})
    return st.lists(row.map(lambda values: Record(name, "", values, cells, "干部考察.xlsx", name)), max_size=3).map(
        tuple
    )


_BOOKS = st.fixed_dictionaries({sheet.name: _rows(sheet.name) for sheet in SHEETS})


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(_BOOKS)
def test_whatever_stands_in_the_workbook_is_answered(sheets: Mapping[str, tuple[Record, ...]]) -> None:
    """No combination of values and blanks makes a check fail; all that is found is personal, whole, and somewhere."""
    for one in _found(sheets):
        assert one.personal
        assert one.message
        assert one.where.sheet
