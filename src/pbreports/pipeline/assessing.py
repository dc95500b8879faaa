"""Issue to groups of assessors: for each group and round the wide sheet of points, with what schools and data say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from pbreports import findings
from pbreports.errors import PbreportsError
from pbreports.excel.scoring import Advice, Assessed, ScoringPlan, scoring_name, scoring_plan, scoring_workbook
from pbreports.ledger import Ledger
from pbreports.pipeline.bureau import Bureau, blocking, load_bureau
from pbreports.pipeline.collecting import collect
from pbreports.pipeline.scoring import assignment_of
from pbreports.pipeline.settling import settle_period
from pbreports.pipeline.shelf import Shelf
from pbreports.pipeline.year import Year
from pbreports.scheme.language import Facts, Frame, Scene, Type, bind
from pbreports.scheme.language.arithmetic import round_half_up
from pbreports.scheme.model import BureauWorkbook
from pbreports.scheme.scoring import Asked, asked_of
from pbreports.scheme.tables import expressions
from pbreports.values import Finding, Record, Scalar
from pbreports.versions import Version

_Advice = dict[tuple[str, str], Advice]


@dataclass(frozen=True, slots=True)
class Handed:
    """What was written for the groups: the files, the rounds, what is wrong with the bureau's workbooks.

    ``notices`` say which files were left as they are, because somebody has filled or opened them.
    """

    files: tuple[Path, ...]
    rounds: tuple[str, ...]
    findings: tuple[Finding, ...]
    notices: tuple[str, ...] = ()


def scoring_book(year: Year, name: str) -> BureauWorkbook:
    """Return the declaration of a workbook that groups of assessors fill.

    Raises:
        PbreportsError: when the scheme has none of that name.
    """
    books = {one.name: one for one in year.scheme.bureau.values() if one.scoring}
    if name not in books:
        told = f"可以写：{'、'.join(books)}" if books else "方案里没有由考评组填的工作簿"
        raise PbreportsError("下发", f"没有可以下发的“{name}”", told)
    return books[name]


def issue_scoring(year: Year, ledger: Ledger, book: BureauWorkbook, as_of: date, round_name: str = "") -> Handed:
    """Return the workbooks written for every group, of the round named or of all that are still to be assessed.

    What schools have sent is taken in first, so that self-scores and suggestions are those of the versions that count.
    None is written while the sheets that say who assesses what hold errors.

    Raises:
        PbreportsError: when the round is not declared, none is left, or no group has been given anything to assess.
    """
    bureau = load_bureau(year, ledger)
    asked = asked_of(year.scheme, book)
    found = (*bureau.findings, *_strangers(bureau, asked))
    if any(_rests_on(one, asked) for one in blocking(found)):
        return Handed((), (), found)
    rounds = _rounds(year, bureau, asked, round_name)
    assignment = assignment_of(year.scheme, book, bureau.records)
    if not assignment.groups:
        raise PbreportsError(f"《{asked.scoring.groups}》表", "还没有分组", "请先写明每个考评组考评哪些对象")
    versions = _versions(year, ledger, as_of)
    suggested = _suggestions(year, bureau, asked, versions)
    shelf = Shelf(year.workspace.issued / book.name, year.workspace)
    for name in rounds:
        advice = _advice(bureau, asked, versions, name, suggested)
        for group in dict.fromkeys(assignment.groups.values()):
            objects = [Assessed(code, assignment.names.get(code, "")) for code in assignment.of(group)]
            plan = scoring_plan(year.scheme, book, name, group, _in_order(objects, assignment.names), advice=advice)
            _put(shelf, year.workspace.issued / book.name, plan)
    return Handed(tuple(shelf.files), rounds, found, tuple(shelf.notices))


def _put(shelf: Shelf, folder: Path, plan: ScoringPlan) -> None:
    """Put a workbook into the folder, unless the one there has been filled since."""
    data = scoring_workbook(plan)
    shelf.put(folder / scoring_name(plan), hashlib.sha256(data).hexdigest(), lambda: (data, ""))


def _in_order(objects: Sequence[Assessed], names: Mapping[str, str]) -> list[Assessed]:
    """Return a group's objects in the order of the sheet that names them; those that it does not name come last."""
    order = {code: number for number, code in enumerate(names)}
    return sorted(objects, key=lambda one: order.get(one.code, len(order)))


def _strangers(bureau: Bureau, asked: Asked) -> Iterator[Finding]:
    """Yield a finding for each object of a group that the sheet which names them does not have."""
    sheet, _ = asked.name
    known = {one.get(asked.object) for one in bureau.records.get(sheet, ())}
    for one in bureau.records.get(asked.scoring.groups, ()):
        code = one.get(asked.object)
        if code is not None and code not in known:
            yield findings.finding("F-32", one.cell(asked.object), 列=asked.object, 值=code, 表=sheet)


def _rests_on(one: Finding, asked: Asked) -> bool:
    return one.where.sheet in (asked.scoring.groups, asked.scoring.rounds, asked.name[0])


def _rounds(year: Year, bureau: Bureau, asked: Asked, wanted: str) -> tuple[str, ...]:
    rows = bureau.records.get(asked.scoring.rounds, ())
    known = tuple(str(one.get(asked.round)) for one in rows)
    if wanted:
        if wanted not in known:
            raise PbreportsError(
                f"《{asked.scoring.rounds}》表",
                f"没有“{wanted}”",
                f"可以写：{'、'.join(known)}" if known else "请先填好",
            )
        return (wanted,)
    pending = tuple(str(one.get(asked.round)) for one in rows if _is_pending(one, year, bureau, asked))
    if not pending:
        what = "各轮都已完成" if known else "还没有写轮次"
        remedy = "要再下发，请用 --round 写明轮次" if known else "请先填好"
        raise PbreportsError(f"《{asked.scoring.rounds}》表", what, remedy)
    return pending


def _is_pending(row: Record, year: Year, bureau: Bureau, asked: Asked) -> bool:
    condition = asked.scoring.pending
    if condition is None:
        return True
    run = bind(condition.text, Scene(year.vocabulary, asked.scoring.rounds, district=True), Type.TRUTH).run
    return run(Frame(bureau.facts, year.names_of_year()).at(row.values)) is not False


# ---------------------------------------------------------------- what is known beforehand


def _versions(year: Year, ledger: Ledger, as_of: date) -> tuple[Version, ...]:
    """Return the versions of the schools' workbooks that count, after taking in what has changed."""
    found = []
    for period in year.scheme.heading.periods:
        collect(year, ledger, period, as_of)
        bureau = load_bureau(year, ledger)
        found += [one for one in settle_period(year, ledger, bureau, period, as_of).versions if one.counts]
    return tuple(found)


def _advice(
    bureau: Bureau,
    asked: Asked,
    versions: Sequence[Version],
    round_name: str,
    suggested: Mapping[tuple[str, str], Decimal],
) -> _Advice:
    """Return what is known of each object and indicator before a round."""
    own = _own_points(bureau, asked, versions, round_name)
    return {key: Advice(own.get(key), suggested.get(key)) for key in (*own, *suggested)}


def _own_points(
    bureau: Bureau, asked: Asked, versions: Sequence[Version], round_name: str
) -> dict[tuple[str, str], Decimal]:
    sheet, _, field = asked.scoring.own.partition(".")
    if not sheet:
        return {}
    rows = bureau.ledger.records(sheet, [one.key for one in versions])
    return {
        (str(one.get(asked.object)), str(one.get(asked.indicator))): points
        for one in rows
        if one.get(asked.round) == round_name and isinstance(points := one.get(field), Decimal)
    }


def _suggestions(
    year: Year, bureau: Bureau, asked: Asked, versions: Sequence[Version]
) -> dict[tuple[str, str], Decimal]:
    """Return the points that the data suggest, by object and indicator, to one decimal; none where they say nothing."""
    table = year.scheme.tables[asked.scoring.indicators]
    column = table.by_name.get(asked.scoring.suggested)
    if column is None:
        return {}
    scene = Scene(year.vocabulary, column.sheet)
    runs = {key[0]: bind(text.text, scene, Type.NUMBER).run for key, text in expressions(table, column).items()}
    found = {}
    for facts, names, unit in _units(year, bureau, versions):
        for row in facts.rows(column.sheet):
            frame = Frame(facts, names, unit=unit).at(row.values)
            for indicator, run in runs.items():
                if (points := _points(run(frame), asked.points.places)) is not None:
                    found[str(row.get(asked.object)), indicator] = points
    return found


def _points(value: object, places: int) -> Decimal | None:
    return round_half_up(value, places) if isinstance(value, Decimal | Fraction) else None


def _units(
    year: Year, bureau: Bureau, versions: Sequence[Version]
) -> Iterator[tuple[Facts, dict[str, Scalar | object], str]]:
    """Yield each reporting unit's facts: its own sheets of what counts, the bureau's behind them."""
    last = {one.unit: one for one in versions}
    for code, latest in last.items():
        mine = [one for one in versions if one.unit == code]
        records = {
            sheet.name: bureau.ledger.records(sheet.name, [latest.key] if sheet.stock else [one.key for one in mine])
            for sheet in year.scheme.school_sheets
        }
        unit = bureau.units.get(code)
        names = {**year.names_of_year(), "本单位代码": code, "本单位种类": unit.kind if unit else ""}
        yield Facts(records, bureau.facts), names, code
