"""One branch's rating explained: which branch is meant, and what its points, steps and result are."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pbreports.errors import PbreportsError
from pbreports.pipeline.summarising import Summary
from pbreports.pipeline.year import Year
from pbreports.rating import Outcome, Rating, RoundScore
from pbreports.scheme.language import names_used, parse
from pbreports.scheme.language.wording import as_text
from pbreports.scheme.model.rating import Indicators
from pbreports.scheme.vocabulary import INDICATOR_POINTS
from pbreports.values import CellRef, Record, Scalar

_NEAR = 3
"""How many names are proposed for one that is not known."""


@dataclass(frozen=True, slots=True)
class PointLine:
    """One indicator in a round: points of how many, what the data suggest, what the branch gave itself, where it stands.

    ``points`` is ``None`` where none were given.
    """

    code: str
    content: str
    full: Decimal
    points: Decimal | None
    suggested: Decimal | None
    own: Decimal | None
    where: CellRef | None

    @property
    def lost(self) -> Decimal:
        """How many points are missing to the full ones."""
        return Decimal(0) if self.points is None else self.full - self.points


def rating_of(year: Year, summary: Summary) -> Outcome:
    """Return the year's rating.

    Raises:
        PbreportsError: when the scheme declares none.
    """
    if summary.rating is None:
        raise PbreportsError("方案", "没有“评定”一节", f"{year.scheme.year}年度的方案里不评星级")
    return summary.rating


def find_branch(outcome: Outcome, text: str) -> Rating:
    """Return the branch of a full name, a short name or a code, spaces and widths of letters aside.

    Raises:
        PbreportsError: when there is none, or there are several; the nearest names are proposed.
    """
    wanted = _plain(text)
    found = [one for one in outcome.ratings if wanted in map(_plain, _names(one))]
    if len(found) == 1:
        return found[0]
    if found:
        raise PbreportsError("党组织", f"叫“{text}”的不止一个", f"请写代码：{_proposed(found)}")
    near = _nearest(outcome.ratings, wanted)
    remedy = f"是不是{_proposed(near)}" if near else "运行 pbreports rate 可列出全部"
    raise PbreportsError("党组织", f"参评的党组织里没有“{text}”", remedy)


def branch_of(year: Year, summary: Summary, text: str) -> Rating:
    """Return the branch of a full name, a short name or a code; of one on the roster that is not rated it is told why.

    Raises:
        PbreportsError: when it is not rated, there is none, or there are several.
    """
    outcome = rating_of(year, summary)
    try:
        return find_branch(outcome, text)
    except PbreportsError:
        _say_why_unrated(year, summary, text)
        raise


def _say_why_unrated(year: Year, summary: Summary, text: str) -> None:
    """Raise the better sentence when what is meant stands on the roster: the fields by which it is not rated."""
    rule = year.scheme.rating
    assert rule is not None  # else there were no rating
    rated, wanted = rule.rated, _plain(text)
    asked = names_used(parse(rated.condition.text)) if rated.condition else frozenset()
    for row in summary.asked.facts.rows(rated.sheet):
        names = [str(row.get(name)) for name in (rated.code, rated.name, rated.short) if name and row.get(name)]
        if wanted in map(_plain, names):
            told = "、".join(f"{name}“{as_text(row.get(name))}”" for name in sorted(asked & row.values.keys()))
            raise PbreportsError("党组织", f"“{text}”在名册上，不参评（{told}）", f"要参评的，改《{rated.sheet}》表")


def _names(one: Rating) -> tuple[str, ...]:
    return tuple(name for name in (one.code, one.name, one.short_name) if name)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _nearest(ratings: Sequence[Rating], wanted: str) -> list[Rating]:
    """Return the branches whose names hold what is wanted, else those whose names are most like it."""
    holding = [one for one in ratings if any(wanted in _plain(name) for name in _names(one))] if wanted else []
    if holding:
        return holding[:_NEAR]
    by_name = {_plain(name): one for one in ratings for name in _names(one)}
    near = difflib.get_close_matches(wanted, by_name, n=_NEAR, cutoff=0.5)
    return list({by_name[name].code: by_name[name] for name in near}.values())


def _proposed(ratings: Iterable[Rating]) -> str:
    return "、".join(f"“{one.short_name or one.name}”（{one.code}）" for one in ratings)


def point_lines(year: Year, summary: Summary, one: Rating, score: RoundScore) -> tuple[PointLine, ...]:
    """Return the indicators of a round in order, those without points too."""
    outcome, rule = rating_of(year, summary), year.scheme.rating
    assert rule is not None  # else there were no rating
    declared = rule.indicators
    own = {
        row.get(declared.code): row
        for row in outcome.tables[INDICATOR_POINTS]
        if row.get(rule.rated.code) == one.code and row.get(rule.points.round) == score.name
    }
    return tuple(_line(declared, row, score, own) for row in summary.asked.facts.rows(declared.table))


def _line(declared: Indicators, row: Record, score: RoundScore, own: Mapping[Scalar, Record]) -> PointLine:
    code, full = str(row.get(declared.code)), row.get(declared.full)
    given, data = score.points.get(code), own.get(code)
    return PointLine(
        code=code,
        content=str(row.get(declared.content) or ""),
        full=full if isinstance(full, Decimal) else Decimal(0),
        points=given.points if given else None,
        suggested=_number(data, "建议分"),
        own=_number(data, "自评分"),
        where=given.where if given else None,
    )


def _number(row: Record | None, name: str) -> Decimal | None:
    value = row.get(name) if row else None
    return value if isinstance(value, Decimal) else None
