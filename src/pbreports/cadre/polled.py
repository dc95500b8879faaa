"""The democratic assessment of one candidate as papers tell it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from pbreports.cadre.ballots import Tally
from pbreports.cadre.ballots.box import Box, Split, as_percent
from pbreports.cadre.ballots.rule import OVERALL
from pbreports.cadre.dossier import Dossier
from pbreports.scheme.cadres import POLLS
from pbreports.tags.display import shown_number

Row = dict[str, object]

_BALLOTS: Mapping[str, str] = {
    "应到人数": "invited",
    "实到人数": "present",
    "发票数": "issued",
    "收票数": "returned",
    "无效票数": "invalid",
    "有效票数": "valid",
}
_NOTHING: Row = {**dict.fromkeys(_BALLOTS), "等次": (), "优秀率": "", "优称率": "", "分项": ()}


def polled(dossier: Dossier, tally: Tally | None) -> Row | None:
    """Return the assessment: ballots, 等次 and 分项 with votes and shares; ``None`` where there is no valid ballot.

    Where too few voted for numbers to be shown, 人数过少 is true and there are none. The shares of one question are
    together 100.0; 优秀率 and 优称率 are the shares of the first grade, and of the first two, rounded half up.
    """
    if tally is None or not tally.total.valid:
        return None
    days = [day for row in dossier.of(POLLS) if isinstance(day := row.get("测评日期"), date)]
    return {
        "人数过少": not tally.groups,
        "开始日期": min(days, default=None),
        "结束日期": max(days, default=None),
        **(_shown(tally.total) if tally.groups else _NOTHING),
    }


def _shown(box: Box) -> Row:
    overall = box.overall
    excellent, good = (as_percent(overall.best(grades)) or Decimal() for grades in (1, 2))
    others = {item: split for item, split in box.splits.items() if item != OVERALL and split.cast}
    return {
        **{name: getattr(box, attribute) for name, attribute in _BALLOTS.items()},
        "等次": _graded(overall),
        "优秀率": shown_number(excellent, "%"),
        "优称率": shown_number(good, "%"),
        "分项": tuple({"项目": item, "等次": _graded(split)} for item, split in others.items()),
    }


def _graded(split: Split) -> tuple[Row, ...]:
    shares = split.percentages
    return tuple(
        {"等次": grade, "票数": count, "比率": shown_number(shares.get(grade, Decimal()), "%")}
        for grade, count in split.counts.items()
    )
