"""The days before or after which a step of a candidacy is lawful, as far as they can be told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pbreports.cadre.dossier import Dossier
from pbreports.cadre.terms import SAME_DAY, probation_end, publicity_end, recommendation_end
from pbreports.cadre.workdays import Workdays
from pbreports.scheme.cadres import RECOMMENDATIONS, REVIEWS, WORKDAYS

DECIDED, ENDED, APPOINTED, PROBATION = (
    f"{REVIEWS}.{field}" for field in ("讨论决定日期", "公示结束日期", "任职日期", "试用期满日期")
)
"""The fields of the steps that have such a day."""


@dataclass(frozen=True, slots=True)
class Term:
    """A day that the rules reckon with: what it is, the day (``None`` when it cannot be told), and on what it rests.

    ``settled`` tells that the step it is for is done, so that it need not be watched any more.
    """

    name: str
    day: date | None
    told: str
    settled: bool = False


def terms_of(
    dossier: Dossier, steps: Sequence[str], done: Collection[str], *, names: Mapping[str, Any], workdays: Workdays
) -> tuple[Term, ...]:
    """Return the days that the rules set for a candidacy; ``steps`` and ``done`` are fields (``表.字段``) of steps.

    Where the day from which it is reckoned has not come there is none yet. One that rests on a year whose working days
    are not known is ``None``, and says what to fill in.
    """

    def found() -> Iterator[Term]:
        for place, (name, reckon) in _RECKONED.items():
            reckoned = reckon(dossier, names, workdays) if place in steps else None
            if reckoned:
                yield Term(name, *reckoned, settled=place in done)

    return tuple(found())


Reckoned = tuple[date | None, str] | None
"""The day, and on what it rests or why it cannot be told; ``None`` where there is nothing yet to reckon from."""


def _decision(dossier: Dossier, names: Mapping[str, Any], _workdays: Workdays) -> Reckoned:
    """Reckon from the first recommendation: where there are several, none of them may be out of date."""
    days = [day for row in dossier.of(RECOMMENDATIONS) if isinstance(day := row.get("推荐日期"), date)]
    if not days:
        return None
    first = min(days)
    return recommendation_end(first, names=names), f"{first}民主推荐起{names['民主推荐有效月数']}个月内有效"


def _publicity(dossier: Dossier, names: Mapping[str, Any], workdays: Workdays) -> Reckoned:
    start = _day(dossier, "公示开始日期")
    if start is None:
        return None
    end = publicity_end(start, names=names, workdays=workdays)
    counted = "当日" if names["公示起算"] == SAME_DAY else "次日"
    basis = f"{start}公示，{counted}起{names['公示工作日']}个工作日"
    return end, basis if end else f"{basis}；{_unknown(start)}"


def _appointment(dossier: Dossier, names: Mapping[str, Any], workdays: Workdays) -> Reckoned:
    """Reckon from the end of publicity, the announced one where that is later; what came of it must allow it."""
    publicity, result = _publicity(dossier, names, workdays), dossier.told(REVIEWS, "公示结果")
    if publicity is None:
        return None
    if result is not None and result not in names["可任职公示结果"]:
        return None, f"公示结果是“{result}”，还不能任职"
    end, told = publicity
    if end is None:
        return None, told
    last = max(end, _day(dossier, "公示结束日期") or end)
    return _next(last), "公示期满次日" + ("，以公示没有影响任职的反映为前提" if result is None else "")


def _probation(dossier: Dossier, names: Mapping[str, Any], _workdays: Workdays) -> Reckoned:
    appointed = _day(dossier, "任职日期")
    if appointed is None:
        return None
    return probation_end(appointed, names=names), f"{appointed}任职，试用期{names['试用期月数']}个月"


_RECKONED: Mapping[str, tuple[str, Callable[[Dossier, Mapping[str, Any], Workdays], Reckoned]]] = {
    DECIDED: ("讨论决定不晚于", _decision),
    ENDED: ("公示期满不早于", _publicity),
    APPOINTED: ("任职不早于", _appointment),
    PROBATION: ("试用期满", _probation),
}


def _day(dossier: Dossier, field: str) -> date | None:
    value = dossier.told(REVIEWS, field)
    return value if isinstance(value, date) else None


def _next(day: date) -> date | None:
    return day + timedelta(1) if day < date.max else None


def _unknown(start: date) -> str:
    """Return why a count from a day cannot be told: the year, or the next, is not announced."""
    return f"{start.year}年或下一年的放假安排还不知道，请在“{WORKDAYS}”里逐日填上"
