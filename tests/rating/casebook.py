"""The cases of the rating: read from ``cases/*.yaml``, made into facts, rated by the year's own rule.

A case names branches and what they were given, and what must come of it::

    - 名称: 差一点到五星线
      查: [等次线]
      支部:
        甲: {得分: [90, 89.9]}
      结果:
        甲: {年度得分: 89.94, 星级: 4}

``查`` says which parts of the rule it is a case of: left out or turned round, a part must make one of its cases fail.
A branch has 得分 by round (``~``: none; two rounds of 80 where nothing is said), 单位, 成立日期, 满意率, 评议分, 上年
(stars) and other fields of the roster; it is coded by its name. Unless 指标 says otherwise there is one indicator Z of
100 points, so that points are scores; ``指标: 方案`` takes those of the scheme. ``轮次`` are the rounds, if not all. ``名额`` shares places out by unit,
``参数`` are fixed names that differ from the scheme's (all may have five stars where 五星名额比例 is not given), ``表``
are rows of other sheets. ``结果`` are fields of 评定结果, ``指标得分`` rows of that table; ``问题`` the codes of all
findings in order of their codes, ``消息`` what some of them say. All values are texts that the field's kind converts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from pbreports.rating import Outcome, rate
from pbreports.scheme import Scheme
from pbreports.scheme.computed import compute
from pbreports.scheme.language import Facts, Vocabulary
from pbreports.scheme.model import Sheet
from pbreports.scheme.model.rating import RatingRule
from pbreports.values import Record, Scalar
from rules.casebook import RulesOfYear, converted, year_of_rules

CASES = Path(__file__).parent / "cases"
YEAR = Path(__file__).resolve().parents[2] / "inputs/2020/方案"
ROUNDS = ("第一轮", "第二轮")
_WORDS = frozenset("名称 查 支部 指标 名额 参数 表 结果 轮次 指标得分 问题 消息 年度结果 空表".split())
_BRANCH = frozenset("得分 满意率 评议分 上年".split())
_ONE_INDICATOR = ({"指标代码": "Z", "满分": "100", "计分方式": "按率"},)
_EVERYBODY = {"五星名额比例": "1"}
_BLANKS = ("", "~", "null")


@dataclass(frozen=True)
class Case:
    """One case as it is written."""

    given: Mapping[str, Any]

    def __str__(self) -> str:
        return str(self.given["名称"])

    @property
    def about(self) -> frozenset[str]:
        """The parts of the rule that it is a case of."""
        return frozenset(self.given.get("查", ()))


def all_cases() -> tuple[Case, ...]:
    """Return the cases of every file."""
    return tuple(case for path in sorted(CASES.glob("*.yaml")) for case in _cases_of(path))


def _cases_of(path: Path) -> Iterator[Case]:
    for one in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader):  # noqa: S506  # texts only
        assert not set(one) - _WORDS, f"{path.name} {one['名称']}：不认识 {set(one) - _WORDS}"
        yield Case(one)


@dataclass(frozen=True, repr=False)
class Rater:
    """Rates cases by the year's rule, or by another put in its place."""

    year: RulesOfYear
    rule: RatingRule

    @property
    def scheme(self) -> Scheme:
        """The year's scheme."""
        return self.year.scheme

    @property
    def vocabulary(self) -> Vocabulary:
        """What its expressions may name."""
        return self.year.vocabulary

    def run(self, case: Case, **fixed: str) -> Outcome:
        """Return the rating of a case; ``fixed`` are names that differ from what the case says."""
        names = self._names({**_EVERYBODY, **_sharing(case), **case.given.get("参数", {}), **fixed})
        return rate(self._rule(case), self.vocabulary, self._facts(case, names), names, self.scheme.year)

    def _rule(self, case: Case) -> RatingRule:
        """Return the rule with the rounds of a case alone, where it names some."""
        wanted = case.given.get("轮次", ROUNDS)
        return replace(self.rule, rounds=tuple(one for one in self.rule.rounds if one.name in wanted))

    def _names(self, given: Mapping[str, str]) -> dict[str, Any]:
        names = self.scheme.fixed_names(self.scheme.period())
        for name, text in given.items():
            assert name in names, f"没有“{name}”这个参数或口径"
            known = names[name]
            kind = Decimal if isinstance(known, Decimal) else date.fromisoformat if isinstance(known, date) else str
            names[name] = kind(text)
        return names

    def _facts(self, case: Case, names: Mapping[str, Any]) -> Facts:
        constants = self.year.constants
        given = case.given.get("指标", _ONE_INDICATOR)
        if given != "方案":
            table = self.scheme.tables["星级指标"]
            constants = {**constants, "星级指标": tuple(_row(table.by_name, row, "星级指标") for row in given)}
        raw = {name: tuple(rows) for name, rows in self._rows(case).items()}
        own = {name: rows for name, rows in raw.items() if not self.scheme.sheets[name].of_school}
        return Facts({**constants, **raw, **compute(self.year.computed, own, names, Facts(constants))})

    def _rows(self, case: Case) -> dict[str, list[Record]]:
        rows: dict[str, list[Record]] = {}
        for number, (name, branch) in enumerate(case.given.get("支部", {}).items()):
            for sheet, row in _of_branch(number, name, branch):
                rows.setdefault(sheet, []).append(self._record(sheet, row))
        for unit, share in case.given.get("名额", {}).items():
            row = {"名额年度": "2020", "推荐类别": "五星级党组织", "学校代码": unit, "名额": share}
            rows.setdefault("名额分配", []).append(self._record("名额分配", row))
        if "上年星级" not in case.given.get("空表", ()):
            rows.setdefault("上年星级", []).append(self._record("上年星级", _SOMEBODY_LAST_YEAR))
        for sheet, some in case.given.get("表", {}).items():
            rows.setdefault(sheet, []).extend(self._record(sheet, row) for row in some)
        return rows

    def _record(self, sheet: str, row: Mapping[str, str]) -> Record:
        declared: Sheet = self.scheme.sheets[sheet]
        unit = row.get("学校代码", "") if declared.of_school else ""
        left = {name: text for name, text in row.items() if not (unit and name == "学校代码")}
        made = _row(declared.by_name, left, sheet)
        return Record(
            sheet, unit, {**made.values, "学校代码": unit} if unit else made.values, made.cells, made.file, sheet
        )


_SOMEBODY_LAST_YEAR = {"星级年度": "2019", "党组织代码": "不在例中", "星级": "3"}
"""The year before was rated, unless a case says that its sheet is empty (空表)."""


def _sharing(case: Case) -> dict[str, str]:
    """Return the switch by which all compete together in a case that shares no places out, unless it says that the sheet is empty."""
    shared = "名额" in case.given or "名额分配" in {*case.given.get("表", {}), *case.given.get("空表", ())}
    return {} if shared else {"五星名额口径": "全区统算"}


def _row(fields: Mapping[str, Any], row: Mapping[str, str], sheet: str) -> Record:
    values: dict[str, Scalar] = {}
    for name, text in row.items():
        assert name in fields, f"表“{sheet}”没有字段“{name}”"
        values[name] = None if text in _BLANKS else converted(fields[name], text)
    return Record(sheet, "", values, {name: name for name in values}, f"{sheet}.xlsx", sheet)


def _of_branch(number: int, name: str, branch: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Go through the rows that a branch of a case stands for."""
    roster = {
        "序号": str(number + 1),
        "党组织代码": name,
        "党组织全称": f"{name}支部",
        "类型": "党支部",
        "学校代码": "S1",
        "状态": "正常",
        "成立日期": "2010-01-01",
        "是否参评": "是",
    }
    own = {{"单位": "学校代码"}.get(field, field): text for field, text in branch.items() if field not in _BRANCH}
    yield "党组织", {**roster, **own}
    for turn, points in zip(ROUNDS, branch.get("得分", ("80", "80")), strict=True):
        if points not in _BLANKS:
            yield "考评打分", {"轮次": turn, "党组织代码": name, "指标代码": "Z", "考评分": points}
    yield from _reviews(name, branch)
    if "上年" in branch:
        yield "上年星级", {"星级年度": "2019", "党组织代码": name, "星级": branch["上年"]}


def _reviews(name: str, branch: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, str]]]:
    content = branch.get("满意率", ("95", "95"))
    votes = branch.get("评议分", ("90", "90"))
    for turn, rate_, vote in zip(ROUNDS, content, votes, strict=True):
        yield "轮次评议", {"轮次": turn, "党组织代码": name, "评议分": vote, "群众满意率": rate_}


def rater() -> Rater:
    """Return what rates by the year's own rule."""
    year = year_of_rules(YEAR)
    assert year.scheme.rating is not None
    return Rater(year, year.scheme.rating)


def shown(value: Scalar) -> str:
    """Return a value as cases write it."""
    if value is None:
        return "~"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return f"{value.numerator}/{value.denominator}" if isinstance(value, Fraction) else str(value)


def differences(case: Case, outcome: Outcome) -> list[str]:
    """Return in words how an outcome differs from what a case says."""
    rows = {str(row.get("党组织代码")): row for row in outcome.tables["评定结果"]}
    found = [
        text for name, wanted in case.given.get("结果", {}).items() for text in _unlike(name, rows.get(name), wanted)
    ]
    for wanted in case.given.get("指标得分", ()):
        key = {name: wanted[name] for name in ("轮次", "党组织代码", "指标代码")}
        row = next((one for one in outcome.tables["指标得分"] if all(one.get(k) == v for k, v in key.items())), None)
        found += _unlike("、".join(key.values()), row, wanted)
    codes = sorted(one.code for one in outcome.findings)
    if codes != sorted(case.given.get("问题", ())):
        found.append(f"问题是{[str(one) for one in outcome.findings]}")
    messages = "".join(str(one) for one in outcome.findings)
    found += [f"没有说“{text}”" for text in case.given.get("消息", ()) if text not in messages]
    if "年度结果" in case.given and str(len(outcome.tables["年度结果"])) != case.given["年度结果"]:
        found.append(f"年度结果有{len(outcome.tables['年度结果'])}行")
    return found


def _unlike(name: str, row: Record | None, wanted: Mapping[str, str]) -> Sequence[str]:
    if row is None:
        return [f"没有{name}的结果"]
    return [
        f"{name}的{field}是{shown(row.get(field))}，应是{text}"
        for field, text in wanted.items()
        if shown(row.get(field)) != text
    ]
