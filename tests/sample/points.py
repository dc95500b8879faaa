"""Rewrites one of the assessment groups' points in a copy of the sample, found through the cells of the rating itself."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from pbreports.excel.edit import SetCells, edited
from pbreports.rating import Rating
from pbreports.values import CellRef


def cell_of(rating: Rating, number: int, indicator: str) -> CellRef:
    """Return the cell with a branch's points for an indicator in a round (0 the first)."""
    return rating.rounds[number].points[indicator].where


def rewrite(inputs: Path, where: CellRef, points: Decimal) -> None:
    """Type points into the cell of a group's workbook below the year's folder."""
    path = inputs / where.file
    path.write_bytes(edited(path.read_bytes(), [SetCells(where.sheet, {where.cell: points})]))


def lower(inputs: Path, rating: Rating, number: int, by: Decimal) -> list[CellRef]:
    """Take so much from a branch's score of a round, from as few indicators as it needs; return the cells changed.

    Points that the program makes of measured values are left alone.
    """
    changed: list[CellRef] = []
    given = [one for one in rating.rounds[number].points.values() if one.field == "考评分"]
    for one in sorted(given, key=lambda one: -one.points):
        if by <= 0:
            return changed
        taken = min(by, one.points)
        rewrite(inputs, one.where, one.points - taken)
        changed.append(one.where)
        by -= taken
    return changed
