"""What templates see of ballots that were counted: rows of columns, percentages with one decimal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pbreports.cadre.ballots.box import Box, Split, as_percent
from pbreports.cadre.ballots.counting import Tally, TeamTally, places, team_tallies
from pbreports.cadre.ballots.rule import ABSTAINED, OVERALL, Grades, ballot_rule
from pbreports.cadre.dossier import Dossier
from pbreports.scheme.cadres import POLLS
from pbreports.scheme.language.arithmetic import round_half_up
from pbreports.values import Record

Row = dict[str, object]

ALL, BY_WEIGHT = "合计", "加权合计"
GOOD = "优称率"
_VERDICTS = {True: "相符", False: "不符", None: "缺数"}


def tally_values(
    dossiers: Sequence[Dossier],
    tallies: Iterable[Tally],
    *,
    grades: Grades,
    names: Mapping[str, Any],
    team_ballots: Iterable[Record] = (),
    schools: Mapping[str, str] | None = None,
) -> dict[str, object]:
    """Return what the workbook 民主测评汇总 of a batch sees: a list for each of its pages.

    ``tallies`` are those of the candidacies, ``team_ballots`` the rows of 班子测评票 of the batch, ``schools`` the names of
    units by code. The lists: 测评总体, 测评分项, 测评票种, 测评班子, 测评核验, 测评废票; besides 批次,
    测评首日, 测评末日 (``None`` without a day) and 总体等次, the grades without the abstention.

    Raises:
        PbreportsError: when the scheme's parameters do not fit its grades.
    """
    by_code = {one.code: one for one in tallies}
    people = [(dossier, by_code[dossier.code]) for dossier in dossiers]
    rank = places(by_code.values())
    teams = team_tallies(team_ballots, grades=grades, names=names)
    rule = ballot_rule(grades, names)
    days = sorted(day for one in dossiers for row in one.of(POLLS) if isinstance(day := row.get("测评日期"), date))
    return {
        "批次": "、".join(dict.fromkeys(one.batch for one in dossiers)),
        "测评首日": days[0] if days else None,
        "测评末日": days[-1] if days else None,
        "总体等次": tuple(word for word in grades[OVERALL] if word != ABSTAINED),
        "测评总体": tuple(
            {**_person(number, dossier), **_overall(one), "位次": rank.get(one.code), "备注": _remark(one)}
            for number, (dossier, one) in enumerate(people, 1)
        ),
        "测评分项": _numbered(people, lambda one: _divisions(one, rule.weights)),
        "测评票种": _numbered(people, lambda one: _kinds(one, rule.kinds)),
        "测评班子": tuple({"序号": number, **row} for number, row in enumerate(_teams(teams, dict(schools or {})), 1)),
        "测评核验": _numbered(people, _checked),
        "测评废票": _numbered(people, _spoilt),
    }


def _overall(tally: Tally) -> Row:
    """Return what a candidate's row of the first page says of all ballots together."""
    score, flags = _points(tally.score), "；".join(tally.flags)
    return {**_numbers(tally.total), **_split(tally.total.overall), "加权得分": score, "提示": flags}


def _numbered(people: Sequence[tuple[Dossier, Tally]], rows_of: Callable[[Tally], Iterable[Row]]) -> tuple[Row, ...]:
    """Return the rows of all candidates, each with its candidate's number and name."""
    return tuple(
        {**_person(number, dossier), **row} for number, (dossier, one) in enumerate(people, 1) for row in rows_of(one)
    )


def _person(number: int, dossier: Dossier) -> Row:
    return {
        "序号": number,
        "姓名": dossier.name,
        "现任职务": dossier.text("现任职务"),
        "拟任职务": dossier.text("拟任职务"),
    }


def _numbers(box: Box) -> Row:
    return {
        "应到": box.invited,
        "实到": box.present,
        "发票": box.issued,
        "收票": box.returned,
        "无效": box.invalid,
        "有效": box.valid if box.kinds else None,
    }


def _split(split: Split) -> Row:
    """Return the counts of the grades, each with its rate; where nobody answered all are blank, not nought.

    A rate is in percent with one decimal; all together are 100.0. The first grade's and 优称率, that of the first two,
    are rounded half up, so that 优称率 is also the sum of the two that it is made of.
    """
    rates = split.percentages
    row: Row = {}
    for word, count in split.counts.items():
        row |= {word: count if split.cast else None, f"{word}率": rates.get(word)}
    return {**row, GOOD: as_percent(split.best(2))}


def _points(score: Fraction | None) -> Decimal | None:
    return None if score is None else round_half_up(score, 2)


def _words(kinds: Iterable[str]) -> str:
    return "、".join(kinds)


# ---------------------------------------------------------------- rows of one candidate


def _divisions(tally: Tally, weights: Mapping[str, Decimal]) -> Iterator[Row]:
    for item, weight in weights.items():
        split = tally.total.splits[item]
        told = {"得分": _points(tally.scores[item]), "备注": _alike(split)}
        yield {"项目": item, "权重": weight, "有效": split.cast if tally.total.kinds else None, **_split(split), **told}
    blank = dict.fromkeys(_split(tally.total.splits[next(iter(weights))]))
    told = {"得分": _points(tally.score), "备注": ""}
    yield {"项目": BY_WEIGHT, "权重": sum(weights.values()), "有效": None, **blank, **told}


def _kinds(tally: Tally, weights: Mapping[str, Decimal]) -> Iterator[Row]:
    for box in tally.groups:
        known = all(kind in weights for kind in box.kinds)
        weight = sum((weights[kind] for kind in box.kinds), Decimal()) if known else None
        yield {"票种": _words(box.kinds), "权重": weight, **_box(box), "备注": _box_remark(box)}
    yield {"票种": ALL, "权重": None, **_box(tally.total), "备注": _remark(tally)}
    if len(tally.groups) > 1:
        first = next(iter(tally.total.overall.counts))
        one, two = tally.weighted
        blank = dict.fromkeys(_box(tally.total))
        yield {
            "票种": BY_WEIGHT,
            "权重": None,
            **blank,
            f"{first}率": as_percent(one),
            GOOD: as_percent(two),
            "备注": "",
        }


def _box(box: Box) -> Row:
    return {**_numbers(box), **_split(box.overall)}


def _checked(tally: Tally) -> Iterator[Row]:
    """Yield what adds up, by the groups that may be shown; of kinds put together all must."""
    for box in (*tally.groups, tally.total):
        if not box.kinds:
            continue
        returned, parts, answers = (_VERDICTS[one] for one in box.sound)
        rates = box.overall.percentages.values()
        yield {
            "票种": ALL if box is tally.total else _words(box.kinds),
            **_numbers(box),
            "各档合计": box.overall.cast,
            "收票不多于发票": returned,
            "有效加无效等于收票": parts,
            "各档合计等于有效": answers,
            "比例合计": sum(rates, Decimal()) if rates else None,
            "备注": "测评票、测评票数都填了，按测评票数统计" if tally.doubled else "",
        }


def _spoilt(tally: Tally) -> Iterator[Row]:
    for box in tally.groups or (tally.total,):
        if box.invalid:
            name = _words(box.kinds) if tally.groups else ALL
            yield {"票种": name, "收票": box.returned, "无效": box.invalid, "原因": "；".join(box.reasons)}


def _teams(teams: Iterable[TeamTally], schools: Mapping[str, str]) -> Iterator[Row]:
    for team in teams:
        for box in (*team.groups, team.total):
            is_total = box is team.total
            yield {
                "单位": schools.get(team.unit, team.unit),
                "票种": ALL if is_total else _words(box.kinds),
                "有效": box.valid,
                **_split(box.overall),
                "备注": _few(team.total, team.groups) if is_total else _box_remark(box),
            }


# ---------------------------------------------------------------- remarks


def _remark(tally: Tally) -> str:
    return "；".join(filter(None, (_few(tally.total, tally.groups), _alike(tally.total.overall))))


def _few(total: Box, groups: Sequence[Box]) -> str:
    if not total.kinds:
        return "尚未测评"
    if not total.valid:
        return "没有登记有效票"
    return "" if groups else "票数太少，只列合计"


def _box_remark(box: Box) -> str:
    merged = "人数少的票种合并展示" if len(box.kinds) > 1 else ""
    return "；".join(filter(None, (merged, _alike(box.overall))))


def _alike(split: Split) -> str:
    """Say that all answered alike: whoever was there knows then what each of the others answered.

    It is asked only of what the row shows, or the remark would tell more than the row.
    """
    return "意见完全一致，注意保密" if split.unanimous else ""
