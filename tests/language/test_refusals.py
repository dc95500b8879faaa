"""What the language refuses when a scheme is loaded, with the word that is wrong in the message."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.places import VOCABULARY, T
from pbreports.scheme.language import ExpressionError, Scene, Type, bind, bind_message, parse
from pbreports.scheme.language.syntax import MAX_DEPTH, MAX_LENGTH

BRANCH = Scene(VOCABULARY, "支部")

FOREIGN = [
    "().__class__.__bases__[0].__subclasses__()",
    "支部.__class__",
    "支部.__init__.__globals__",
    "''.join(['a'])",
    "__import__('os').system('true')",
    "eval('1')",
    "open('x')",
    "getattr(支部, '代码')",
    "lambda: 1",
    "(lambda x: x)(1)",
    "[x for x in 支部]",
    "{x for x in 支部}",
    "{1: 2}",
    "{1, 2}",
    "f'{代码}'",
    "(x := 1)",
    "x = 1",
    "import os",
    "9**9**9",
    "'9' * 10**9",
    "'9' * 1000000000",
    "1 << 99",
    "1 | 2",
    "~1",
    "+1",
    "代码[0]",
    "代码[1:2]",
    "合计(*[1])",
    "合计(**{})",
    "合计(活动.次数, 条件=1)",
    "代码 is None",
    "None",
    "...",
    "b'x'",
    "1j",
    "1e400",
    "0.1234567890123456789",
    "12345678901234567890",
    "9" * 5000,
    "await x",
    "yield",
    "print(1)",
    "'\\d'",
    "1if 1 == 1 else 2",
    "1 # 说明",
    "1\x00",
    "",
    "   ",
    "(" * 300,
    "-" * 1500 + "1",
    "not " * 400 + "1 == 1",
    " + ".join(["1"] * 200),
    "1" + " if 1 == 1 else 2" * 100,
    "绝对值(" * 100 + "1" + ")" * 100,
    "'" + "长" * MAX_LENGTH + "'",
]


@pytest.mark.parametrize("text", FOREIGN, ids=lambda text: ascii(text[:24]))
def test_what_the_language_does_not_have_is_refused(text: str) -> None:
    """Tricks with attributes, other Python and texts of any length or depth end in a sentence, without hanging."""
    with pytest.raises(ExpressionError):
        bind(text, BRANCH)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("党员树 > 1", "党员树 是不是“党员数”"),
        ("活动.次树 > 1", "活动 次树 是不是“次数”"),
        ("合计(活动.次树) > 1", "次树 是不是“次数”"),
        ("合计(活懂.次数) > 1", "活懂 是不是“活动”"),
        ("计数(活懂) > 1", "活懂 是不是“活动”"),
        ("合记(活动.次数) > 1", "合记 是不是“合计”"),
        ("合计(活动.次数, 活动.季度) > 1", "活动.季度 文 这里要条件"),
        ("存在(活动, 活动.次数)", "活动.次数 数 这里要条件"),
        ("不关联(计数(活动), 计数(活动))", "不关联(汇总函数(…))"),
        ("合计(活动) > 1", "合计(表.字段)"),
        ("合计(党员数) > 1", "合计(表.字段)"),
        ("合计() > 1", "合计(表.字段)"),
        ("合计(活动.次数, 1 == 1, 2 == 2) > 1", "合计(表.字段)"),
        ("合计(活动.次数 + 党员.年限) > 1", "合计(表.字段)"),
        ("合计(活动.主题) > 1", "合计 不能用在文上"),
        ("平均(活动.日期) > 1", "平均 不能用在日期上"),
        ("活动.次数 > 1", "活动.次数 可能有多行 合计(活动.次数)"),
        ("会议.名称 == '甲'", "会议.名称 可能有多行"),
        ("党员.姓名 == '甲'", "党员.姓名 可能有多行"),
        ("成立日期 > 1", "日期和数"),
        ("成立日期 > '2020'", "日期和文"),
        ("成立日期 + '天' == 1", "日期和文"),
        ("党员数 == '3'", "数和文"),
        ("代码 > 'A'", "文不能比大小"),
        ("代码", "得到的是文 这里要是否"),
        ("党员数 and 1 == 1", "党员数 真假"),
        ("not 党员数", "党员数 真假"),
        ("1 if 党员数 else 2", "党员数 真假"),
        ("(1 if 1 == 1 else '二') == 1", "不同类 数和文"),
        ("-代码 == 1", "负号 代码"),
        ("代码 in '甲乙'", "in 的右边要列表"),
        ("代码 in [1, 2]", "在一列数里找文"),
        ("党员数 in 列出(活动.季度)", "在一列文里找数"),
        ("代码 in ['甲', 1]", "不同类"),
        ("代码 in [['甲']]", "不同类"),
        ("[1] == [1]", "列和列"),
        ("缺省(党员数, '无') == 1", "缺省 同一类 数和文"),
        ("空(列出(活动.季度))", "空 第1个参数"),
        ("字数(党员数) > 1", "字数 第1个参数要文 写的是数"),
        ("年(代码) > 1", "年 年月或日期"),
        ("字数(代码, 代码) > 1", "字数 要1个参数 写了2个"),
        ("期内(代码)", "期内"),
        ("期内()", "期内"),
        ("求值(指标.满分) > 1", "指标.满分 不是清单里的表达式列"),
        ("求值(指标) > 1", "求值(清单.表达式列)"),
        ("党员总数 > 1", "没有“党员总数”"),
        ("党员数 = 1", "写法有误 两个等号"),
        ("年龄（成立日期） > 1", "写法有误 （ 半角"),
        ("党员数 > 1 并且 党员数 < 5", "写法有误 并且 and"),
    ],
)
def test_a_mistake_is_named_with_its_remedy(text: str, words: str) -> None:
    """Unknown names with the nearest known one, types that do not go together, functions used otherwise."""
    with pytest.raises(ExpressionError) as caught:
        bind(text, BRANCH, Type.TRUTH)
    said = f"{caught.value.what}，{caught.value.remedy}"
    assert all(word in said for word in words.split()), said


@pytest.mark.parametrize(
    "text", ["{党员数", "党员数}", "{{党员数}}", "{党员数}人{", "{}", "{党员树}", "{党员数:.2f}", "{代码!r}"]
)
def test_a_message_with_wrong_braces_is_refused(text: str) -> None:
    """Braces must pair and hold an expression, nothing of Python's own formatting."""
    with pytest.raises(ExpressionError):
        bind_message(text, BRANCH)


def test_an_expression_may_run_over_lines_and_as_deep_as_people_write() -> None:
    """Line breaks are white space; forty additions and twenty brackets are no trouble."""
    assert bind("党员数\n  + 1\n", BRANCH).type is Type.NUMBER
    assert bind(" + ".join(["党员数"] * 40), BRANCH).type is Type.NUMBER
    assert bind("(" * 20 + "党员数" + ")" * 20, BRANCH).type is Type.NUMBER
    assert MAX_DEPTH >= 40


def test_a_mark_within_quotes_is_text() -> None:
    """What looks like a comment within quotes belongs to the text."""
    assert bind("代码 == '#1'", BRANCH).type is Type.TRUTH


def test_a_list_that_evaluates_itself_is_refused() -> None:
    """An expression of a list that asks for the same list's value would never end."""
    column = VOCABULARY.columns["指标", "自动核对"]
    texts = {key: type(text)("求值(指标.自动核对)", text.place) for key, text in column.expressions.items()}
    looped = type(column)(column.sheet, column.keys, texts, column.result)
    vocabulary = type(VOCABULARY)(
        VOCABULARY.tables, VOCABULARY.links, VOCABULARY.unit_field, VOCABULARY.fixed, {}, {("指标", "自动核对"): looped}
    )
    with pytest.raises(ExpressionError, match="自己"):
        bind("求值(指标.自动核对)", Scene(vocabulary, "自评"))


def test_the_value_looked_at_is_a_name_only_where_there_is_one() -> None:
    """值 stands for the field that a rule on single fields looks at, and for nothing elsewhere."""
    assert bind("字数(值) > 1", Scene(VOCABULARY, "支部", value=T)).type is Type.TRUTH
    with pytest.raises(ExpressionError, match="值"):
        bind("字数(值) > 1", BRANCH)


def test_the_unit_is_a_name_only_in_one_workbook() -> None:
    """本单位代码 exists while a workbook is looked at, not over the district; figures the other way round."""
    whole = Scene(VOCABULARY, "支部", district=True, figures=True)
    assert bind("本单位代码 == 学校代码", BRANCH).type is Type.TRUTH
    assert bind("党员总数 > 1", whole).type is Type.TRUTH
    with pytest.raises(ExpressionError, match="本单位代码"):
        bind("本单位代码 == 学校代码", whole)


def fault_of(action: Callable[[], object]) -> str | None:
    """Return the sentence with which the language refuses something, ``None`` when it does not."""
    try:
        action()
    except ExpressionError as fault:
        return fault.what
    return None


@given(st.text(max_size=80))
def test_no_text_makes_parsing_fail(text: str) -> None:
    """Whatever is typed is an expression or an error with a sentence."""
    assert fault_of(lambda: parse(text)) != ""


_PIECES = st.sampled_from(
    "支部 活动 代码 党员数 次数 成立日期 上限 豁免月 年度 值 合计 计数 取 列出 不关联 求值 空 年龄 四舍五入 ( ) [ ] , . + - * / // % ** == < > in not and or if else 1 2.5 'A' True".split()
)


@given(st.lists(_PIECES, max_size=14).map(" ".join))
def test_no_jumble_of_words_makes_binding_fail(text: str) -> None:
    """Words of the language in any order bind or are refused with a sentence."""
    assert fault_of(lambda: bind(text, BRANCH)) != ""
