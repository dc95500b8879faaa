"""The rating for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pbreports.cli.printing import OF_A_PERSON, masked
from pbreports.pipeline.rating_explained import PointLine, point_lines
from pbreports.pipeline.summarising import Summary
from pbreports.pipeline.year import Year
from pbreports.rating import Outcome, Rating, RoundScore, Score
from pbreports.values import Finding


def rating_as_json(year: Year, outcome: Outcome, found: Sequence[Finding]) -> dict[str, Any]:
    """Return the results in official order, the places, whether a meeting approved them, and what is wrong."""
    return {
        "year": year.scheme.year,
        "approved": outcome.approved,
        "places": outcome.places,
        "shared": outcome.shared,
        "branches": [_branch(one) for one in outcome.ratings],
        "findings": [_finding(one) for one in found],
    }


def explained_as_json(year: Year, summary: Summary, one: Rating) -> dict[str, Any]:
    """Return one branch's result with its steps, their cells, and its points by round."""
    return {
        **_branch(one),
        "steps": [
            {"clause": step.clause, "text": masked(step.text), "cells": [str(cell) for cell in step.cells]}
            for step in one.steps
        ],
        "points": {score.name: _points(year, summary, one, score) for score in one.rounds if score.points},
    }


def _branch(one: Rating) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "short_name": one.short_name,
        "unit": one.unit,
        "rounds": {score.name: _number(score.score) for score in one.rounds},
        "score": _number(one.score),
        "rank": one.rank,
        "state": one.state.value,
        "remark": one.remark,
        "first": one.first,
        "capped": one.capped,
        "ceilings": list(one.ceilings),
        "placed": one.placed,
        "star": one.star,
        "last_star": one.last_star,
        "movement": one.movement.value if one.movement else None,
        "plaque": one.plaque.value if one.plaque else None,
        "plaque_number": one.plaque_number,
    }


def _points(year: Year, summary: Summary, one: Rating, score: RoundScore) -> list[dict[str, Any]]:
    return [_line(line) for line in point_lines(year, summary, one, score)]


def _line(line: PointLine) -> dict[str, Any]:
    return {
        "code": line.code,
        "full": _number(line.full),
        "points": _number(line.points),
        "suggested": _number(line.suggested),
        "own": _number(line.own),
        "cell": str(line.where) if line.where else None,
    }


def _finding(one: Finding) -> dict[str, Any]:
    message = OF_A_PERSON if one.personal else masked(one.message)
    return {"code": one.code, "severity": one.severity.value, "where": masked(str(one.where)), "message": message}


def _number(value: Score | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)
