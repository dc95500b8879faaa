"""What is lacking for a rating: rounds nobody has points of, branches without points, points that are not whole.

However many branches lack the same, it is one finding for a round or a clause: they have one cause.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pbreports.rating.reading import Reading
from pbreports.rating.saying import listed, said
from pbreports.rating.values import Rating
from pbreports.values import CellRef, Finding


def gaps(reading: Reading, ratings: Sequence[Rating], codes: Sequence[str]) -> Iterator[Finding]:
    """Go through what is lacking, round by round; ``codes`` are the indicators in order."""
    for number, one in enumerate(reading.rule.rounds):
        with_points = [rating for rating in ratings if rating.rounds[number].points]
        if not with_points:
            if not any(key[1] == one.name for key in reading.told):
                yield said("P-12", CellRef(reading.rule.points.sheet), 轮次=one.name)
            continue
        yield from _absent(reading, ratings, number)
        yield from _incomplete(reading, with_points, number, codes)
        yield from _without_score(reading, with_points, number)


def _absent(reading: Reading, ratings: Sequence[Rating], number: int) -> Iterator[Finding]:
    """Give a finding for the branches that have nothing in a round, but for those told of otherwise."""
    turn = reading.rule.rounds[number].name
    told = {code for code, name, *_ in (*reading.told, *reading.awaited) if name == turn}
    names = [one.name for one in ratings if not one.rounds[number].points and one.code not in told]
    if names:
        where = CellRef(reading.rule.points.sheet)
        yield said("P-13", where, 轮次=turn, 个数=len(names), 支部=listed(names))


def _incomplete(reading: Reading, ratings: Sequence[Rating], number: int, codes: Sequence[str]) -> Iterator[Finding]:
    """Give a finding for the branches that lack indicators, but for points that were given and told of."""
    lacking = []
    for one in ratings:
        score = one.rounds[number]
        if len(score.points) < len(codes):
            missing = [
                code for code in codes if code not in score.points and (one.code, score.name, code) not in reading.told
            ]
            if missing:
                lacking.append((one, f"{one.name}（{'、'.join(missing)}）"))
    if lacking:
        first = next(iter(lacking[0][0].rounds[number].points.values())).record
        words = {"个数": len(lacking), "支部": listed([text for _, text in lacking])}
        where = first.cell(reading.rule.rated.code)
        yield said("P-11", where, 轮次=reading.rule.rounds[number].name, **words)


def _without_score(reading: Reading, ratings: Sequence[Rating], number: int) -> Iterator[Finding]:
    """Give a finding for the branches whose points are whole and yet make no score."""
    names = [one.name for one in ratings if one.rounds[number].base is not None and one.rounds[number].score is None]
    if names:
        where = CellRef(reading.rule.points.sheet)
        words = {"个数": len(names), "支部": listed(names)}
        yield said("P-24", where, 轮次=reading.rule.rounds[number].name, **words)
