"""The row of a rating as expressions, figures and lists see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pbreports.rating.scoring import Ground
from pbreports.rating.values import BASIS_PAGE, EMPTY_CELLS, Rating
from pbreports.scheme.vocabulary import APPROVED, RESULTS, round_field
from pbreports.values import Record, Scalar


def result_row(ground: Ground, one: Rating) -> dict[str, Scalar]:
    """Return the fields of a result; what is not known yet is blank."""
    row = ground.keys(one.code, one.unit)
    for score in one.rounds:
        row[round_field(score.name)] = score.score
    row.update(
        年度得分=one.score,
        是否单轮=one.single if one.score is not None else None,
        名次=_whole(one.rank),
        初定星级=_whole(one.first),
        封顶星级=_whole(one.capped),
        封顶原因="、".join(one.ceilings) or None,
        名额后星级=_whole(one.placed),
        星级=_whole(one.star),
        状态=one.state.value,
        状态说明=one.remark or None,
        上年星级=_whole(one.last_star),
        变动=one.movement.value if one.movement else None,
        授牌=one.plaque.value if one.plaque else None,
        奖牌编号=one.plaque_number,
    )
    row.update(_decided(one))
    row.update(one.extra)
    return row


def _decided(one: Rating) -> Iterator[tuple[str, Scalar]]:
    decision = one.adjustment or one.settled
    yield "调整前星级", _whole(one.placed) if one.adjustment else None
    yield "调整理由", decision.reason if decision else None
    yield "审议会议", decision.meeting if decision else None
    yield "审议日期", decision.day if decision else None


def _whole(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def result_records(ground: Ground, ratings: Sequence[Rating], *, approved: bool = False) -> tuple[Record, ...]:
    """Return the derived table of results in official order."""
    name = APPROVED if approved else RESULTS
    return tuple(Record(name, one.unit, result_row(ground, one), EMPTY_CELLS, BASIS_PAGE, one.name) for one in ratings)
