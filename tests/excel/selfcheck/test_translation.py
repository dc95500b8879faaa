"""What formulas compute is what the language means: every operator and function, on records with and without blanks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from random import Random

import pytest

import tiny
from excel.selfcheck.agreement import Said, verdicts
from office import Office
from pbreports.excel.fill import Filling
from pbreports.excel.issue import issue_workbook
from pbreports.scheme import Scheme
from pbreports.scheme.computed import compute, computed_fields
from pbreports.scheme.language import Facts, Frame, Scene, bind
from pbreports.scheme.vocabulary import vocabulary_of
from pbreports.values import Record, Scalar, YearMonth

LIST_CONDITIONS = """
个数 + 差额 == 合计数
个数 - 差额 > 3
个数 * 差额 >= 10
个数 / 差额 < 2
个数 // 差额 == 1
个数 % 3 == 1
-差额 < 个数
金额 + 0.1 == 均分 + 0.2
金额 * 10 >= 均分 * 3
0 < 个数 < 7
个数 in [1, 3, 5]
个数 not in [1, 差额]
个数 != 差额
等次 == '优秀'
等次 in ['优秀', '合格']
等次 not in ['优秀', '不合格']
短文 == 'ab'
短文 != 长文
短文 + '馆' == 长文
是否公示
not 是否公示
是否公示 == (个数 > 3)
是否公示 != (个数 > 3)
是否公示 and 个数 > 3
是否公示 or 个数 > 3
not (是否公示 and 等次 == '优秀' or 差额 > 2)
空(个数) == 空(差额)
非空(短文) and 非空(长文)
空(个数 > 差额)
缺省(个数, 0) + 缺省(差额, 0) > 4
缺省(是否公示, 个数 > 2)
缺省(等次, '优秀') == '优秀'
(个数 if 是否公示 else 差额) > 2
(个数 > 2 if 等次 == '优秀' else 是否公示)
年(办理日期) == 2031
月份(办理日期) in [1, 2, 12]
日(办理日期) > 28
年(出生年月) < 1980
月份(出生年月) <= 6
日期(2031, 个数, 30) > 日期(2031, 2, 27)
加月(办理日期, 个数) > 统计截止日
加月(办理日期, 1) - 1 < 日期(2031, 10, 30)
加年(办理日期, 差额) >= 统计起始日
加月(出生年月, 个数) < 加年(出生年月, 1)
加日(办理日期, 个数) <= 统计截止日
办理日期 - 统计起始日 > 30
办理日期 + 个数 > 统计截止日
年龄(出生年月, 办理日期) >= 51
年龄(办理日期, 统计截止日) == 0
年龄(加年(办理日期, -20), 加日(办理日期, 差额)) == 20
工作日数(加年(办理日期, -11), 加日(加年(办理日期, -11), 个数)) >= 4
工作日数(办理日期, 加日(办理日期, 9)) > 3
工作日数(加年(办理日期, -11), 加日(加年(办理日期, -11), 差额)) == 0
应计月数('全年', 办理日期, [2, 8]) > 8
应计月数('下半年', 加月(办理日期, 1), []) == 3
向上取整(金额) == 向下取整(金额) + 1
向上取整(金额 / 3) * 3 >= 金额
向下取整(差额 / 2) == 差额 / 2
四舍五入(金额, 1) == 金额
四舍五入(金额 / 3, 0) > 个数
绝对值(差额) == 差额
较大(个数, 差额) == 个数
较小(个数, 0) == 0
字数(长文) >= 3
包含(长文, 短文)
期内(办理日期)
本单位种类 == '馆' and 个数 > 1
合计(一行一条.个数) > 20
合计(一行一条.金额, 一行一条.等次 == 等次) > 100
平均(一行一条.个数, 一行一条.是否公示) >= 个数
最大(一行一条.办理日期) == 办理日期
最小(一行一条.差额, 一行一条.等次 == 等次) == 差额
最大(一行一条.差额, 一行一条.差额 < 0) < 差额
计数(一行一条) == 12
计数(一行一条.个数) == 计数(一行一条.差额)
计数(一行一条, 一行一条.短文 == 短文) <= 1
计数(一行一条, 一行一条.个数 < 个数) > 3
计数(一行一条, 一行一条.办理日期 >= 办理日期 and 一行一条.等次 != 等次) > 1
计数(一行一条, 一行一条.个数 > 2 or 一行一条.差额 == 差额) > 4
计数(一行一条, not (一行一条.个数 > 个数 or 一行一条.短文 == 短文)) > 2
计数(一行一条, 一行一条.是否公示 == 是否公示) > 4
存在(一行一条, 一行一条.出生年月 == 出生年月 and 一行一条.编码 != 编码)
取(一行一条.等次, 一行一条.个数 == 个数) == 等次
取(一行一条.是否公示, 一行一条.差额 > 差额)
缺省(取(一行一条.个数, 一行一条.短文 == 长文), 0) == 0
短文 in 列出(一行一条.长文, 一行一条.个数 > 2)
短文 not in 列出(一行一条.长文)
空(缺少(列出(一行一条.短文, 一行一条.个数 > 4), 列出(一行一条.短文, 一行一条.个数 > 2)))
空(缺少(列出(一行一条.短文), 列出(一列一条.短文)))
存在(一列一条, 一列一条.次数 > 个数)
合计(一列一条.次数) > 个数
只填一份.个数 > 个数
只填一份.等次 == 等次
""".strip().splitlines()

GROUP_CONDITIONS = """
小组.人数 >= 次数
小组.成立日期 < 统计起始日
存在(小组)
存在(小组, 小组.状态 == '正常')
合计(小组季度.读书会) >= 次数
合计(小组季度.读书会, 小组季度.季度 == '第一季度') > 1
计数(小组季度, 小组季度.读书会 == 0) == 0
应计月数(取(小组季度.季度), 统计截止日, []) == 3
合计数 > 3
""".strip().splitlines()

QUARTER_CONDITIONS = """
一列一条.次数 >= 读书会
一列一条.等次 == '优秀'
应计月数(季度, 统计截止日, [2]) == 2
应计月数(季度, 一列一条.办理日期, []) >= 1
小组.人数 > 读书会
""".strip().splitlines()

SHEETS = {"一行一条": LIST_CONDITIONS, "一列一条": GROUP_CONDITIONS, "小组季度": QUARTER_CONDITIONS}
CODES = {
    (sheet, text): f"T-{place}{number:03d}"
    for place, (sheet, texts) in enumerate(SHEETS.items())
    for number, text in enumerate(texts)
}


def _rules() -> str:
    lines = [
        f'- {{码: {code}, 级别: 错误, 表: {sheet}, 条件: "{text}", 消息: 不符。, 怎么改: 请核对。}}'
        for (sheet, text), code in CODES.items()
    ]
    return "\n".join(lines) + "\n"


def _one(chance: Random) -> dict[str, Scalar]:
    """Return the values of one record, some of them blank."""
    values: dict[str, Scalar] = {
        "短文": chance.choice(("ab", "Ab", "ab馆", "甲", "乙*", "~乙")),
        "长文": chance.choice(("ab", "ab馆", "甲 乙", "乙*", "长 长\n的　文")),
        "个数": Decimal(chance.randint(0, 9)),
        "差额": Decimal(chance.randint(-5, 9)),
        "金额": Decimal(chance.randint(0, 9999)) / 100,
        "均分": Decimal(chance.randint(0, 999)) / 10,
        "办理日期": date(2031, chance.randint(1, 12), chance.choice((1, 15, 28)))
        if chance.random() < 0.7
        else date(2031, 10, 31),
        "出生年月": YearMonth(chance.randint(1970, 1985), chance.randint(1, 12)),
        "等次": chance.choice(("优秀", "合格", "不合格")),
        "是否公示": chance.random() < 0.5,
    }
    return {name: value for name, value in values.items() if chance.random() < 0.8}


def _filling(chance: Random) -> dict[str, list[dict[str, Scalar]]]:
    groups = ("A01-1", "A01-2")
    return {
        "一行一条": [{"编码": f"L{number}", **_one(chance)} for number in range(12)],
        "一列一条": [{"小组代码": code, "次数": Decimal(chance.randint(0, 9)), **_one(chance)} for code in groups],
        "只填一份": [{"个数": Decimal(4), **_one(chance)}],
        "小组季度": [
            {"小组代码": code, "季度": quarter, "读书会": Decimal(chance.randint(0, 4))}
            for code in groups
            for quarter in ("第一季度", "第二季度")
        ],
    }


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Scheme:
    """Return the tiny scheme with a rule for every condition."""
    return tiny.tiny_scheme(tmp_path_factory.mktemp("asking"), tiny.SCHEME + _rules())


FILLINGS = range(3)


@pytest.fixture(scope="module")
def said(
    asking: Scheme, office: Office, tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[Mapping[str, Said], Mapping[str, Said]]]:
    """Return what language and workbook say of each condition, for a few workbooks filled at random."""
    folder = tmp_path_factory.mktemp("said")
    unit, period = tiny.library(asking), tiny.second_half(asking)
    fillings, sources = [_filling(Random(seed)) for seed in FILLINGS], []
    for number, filling in enumerate(fillings):
        path = folder / f"{number}.xlsx"
        path.write_bytes(issue_workbook(asking, unit, period, tiny.tiny_facts(asking), Filling(filling)))
        sources.append(path)
    theirs = verdicts(office, sources, folder / "out")
    return [(_meant(asking, filling), there) for filling, there in zip(fillings, theirs, strict=True)]


def _meant(scheme: Scheme, filling: Mapping[str, Sequence[Mapping[str, Scalar]]]) -> dict[str, Said]:
    """Return what the language says of each condition: at how many records it does not hold."""
    period, vocabulary = tiny.second_half(scheme), vocabulary_of(scheme)
    names = {**scheme.fixed_names(period), "本单位代码": "A01", "本单位种类": "馆"}
    raw = {name: [Record(name, "A01", row, {}, "", "") for row in rows] for name, rows in filling.items()}
    facts = tiny.tiny_facts(scheme)
    records = compute(computed_fields(scheme, vocabulary), raw, names, facts, "A01")
    frame = Frame(Facts(records, facts), names, unit="A01")
    found = {}
    for (sheet, text), code in CODES.items():
        run = bind(text, Scene(vocabulary, sheet)).run
        truths = [run(frame.at(record.values)) for record in records[sheet]]
        broken = truths.count(False)
        found[code] = Said("未通过" if broken else "通过" if True in truths else "不适用", broken)
    return found


@pytest.mark.render
@pytest.mark.parametrize(("sheet", "text"), CODES, ids=lambda one: one)
def test_a_condition_is_computed_as_it_is_meant(
    sheet: str, text: str, said: list[tuple[Mapping[str, Said], Mapping[str, Said]]]
) -> None:
    """The office finds a condition broken at as many records as the language does, in every workbook."""
    code = CODES[sheet, text]
    assert [there.get(code) for _, there in said] == [here[code] for here, _ in said]


@pytest.mark.render
def test_the_conditions_are_broken_and_kept_often_enough_to_tell(
    said: list[tuple[Mapping[str, Said], Mapping[str, Said]]],
) -> None:
    """Hardly a condition says the same of all workbooks, so that agreement means something."""
    states = {code: {(one[code].state, one[code].places) for one, _ in said} for code in CODES.values()}
    assert sum(len(seen) > 1 for seen in states.values()) > len(states) * 2 // 3
