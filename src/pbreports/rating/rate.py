"""Rates a year: points, rounds, lines, ceilings, places, decisions, in this order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pbreports.rating.awarding import awarded, quota_findings, quota_of
from pbreports.rating.closing import closed, last_stars, with_last_star, without_last_stars
from pbreports.rating.deciding import approval_of, approved_otherwise, decisions_of
from pbreports.rating.evidence import evidence_rows
from pbreports.rating.formulas import compile_formulas
from pbreports.rating.gaps import gaps
from pbreports.rating.indicators import indicators_of
from pbreports.rating.reading import Reading, await_groups, read_bonuses, read_points
from pbreports.rating.results import result_records
from pbreports.rating.scoring import Ground, round_rows, scored
from pbreports.rating.starring import ranked, starred, strangers
from pbreports.rating.values import Outcome, Rating
from pbreports.scheme.language import Facts, Frame, Vocabulary
from pbreports.scheme.model.rating import RatingRule
from pbreports.scheme.vocabulary import APPROVED, INDICATOR_POINTS, RESULTS, ROUND_SCORES
from pbreports.sweeping import without_sweeps
from pbreports.values import Finding, Record


@without_sweeps()
def rate(rule: RatingRule, vocabulary: Vocabulary, facts: Facts, names: Mapping[str, Any], year: int) -> Outcome:
    """Return the ratings of a year with what is wrong about them, and the derived tables that rest on them.

    ``facts`` hold the sheets that the rule names, ``names`` the fixed names in force.
    """
    ground = Ground(rule, compile_formulas(rule, vocabulary, names), facts, names, vocabulary.unit_field)
    rows = _rated_rows(ground)
    indicators = indicators_of(rule.indicators, facts)
    codes, last = tuple(indicators), last_stars(ground, year)
    reading = _reading(ground, rows)
    read_points(reading, facts, indicators)
    await_groups(reading, facts)
    read_bonuses(reading, facts)
    ratings = with_last_star(scored(ground, rows, reading, codes), last)
    evidence, rounds = evidence_rows(ground, ratings, codes), round_rows(ground, ratings)
    ground = replace(ground, facts=Facts({ROUND_SCORES: rounds}, facts))
    final, found = _decided(ground, reading, ratings)
    ratings = closed(ground, final, last)
    approval, quota = approval_of(ground, year), quota_of(ground)
    return Outcome(
        ratings=tuple(ratings),
        findings=(
            *reading.found,
            *gaps(reading, ratings, codes),
            *strangers(ground, reading.names, reading.roster),
            *found,
            *approved_otherwise(ground, approval, ratings),
            *without_last_stars(ground, ratings, last, year),
        ),
        approved=approval is not None,
        places=quota.places if quota else None,
        shared=sum(quota.shares.values()) if quota and quota.shares is not None else None,
        tables={
            INDICATOR_POINTS: evidence,
            ROUND_SCORES: rounds,
            RESULTS: result_records(ground, ratings),
            APPROVED: result_records(ground, ratings, approved=True) if approval else (),
        },
    )


def _reading(ground: Ground, rows: Sequence[Record]) -> Reading:
    rated = ground.rule.rated
    names = {str(row.get(rated.code)): str(row.get(rated.name)) for row in rows}
    roster = frozenset(str(row.get(rated.code)) for row in ground.facts.rows(rated.sheet))
    return Reading(ground.rule, names, roster)


def _rated_rows(ground: Ground) -> list[Record]:
    """Return the rows that are rated, in official order."""
    frame = Frame(ground.facts, ground.names)
    rated = ground.formulas.rated
    rows = ground.facts.rows(ground.rule.rated.sheet)
    chosen = [row for row in rows if rated is None or rated(frame.at(row.values)) is True]
    return sorted(chosen, key=lambda row: _official(ground, frame.at(row.values)))


def _official(ground: Ground, frame: Frame) -> tuple[tuple[bool, Any], ...]:
    """Return what rows are put into official order by; blanks come last."""
    values = [run(frame) for run in ground.formulas.order]
    return tuple((value is None, 0 if value is None else value) for value in values)


def _decided(ground: Ground, reading: Reading, ratings: Sequence[Rating]) -> tuple[list[Rating], list[Finding]]:
    """Return the ratings with rank and final star, and what is wrong about ceilings, places and decisions."""
    stars, found = starred(ground, ratings)
    placed, keys = ranked(ground, stars)
    quota = quota_of(ground)
    decisions = decisions_of(ground, reading, placed)
    final = awarded(placed, keys, quota, decisions)
    if quota:
        found += quota_findings(ground, quota, placed)
    return final, [*found, *decisions.found]
