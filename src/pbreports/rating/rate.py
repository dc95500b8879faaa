"""Rates a year: points, rounds, lines, ceilings, places, decisions, in this order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pbreports.rating.awarding import awarded, quota_of
from pbreports.rating.closing import closed, last_stars, with_last_star
from pbreports.rating.deciding import approval_of, decisions_of, drop_idle_adjustments
from pbreports.rating.evidence import evidence_rows
from pbreports.rating.formulas import compile_formulas
from pbreports.rating.indicators import indicators_of
from pbreports.rating.reading import Reading, note_gaps, read_bonuses, read_points
from pbreports.rating.results import result_records
from pbreports.rating.scoring import Ground, round_rows, scored
from pbreports.rating.starring import ranked, starred
from pbreports.rating.values import Outcome, Rating, State
from pbreports.scheme.language import Facts, Frame, Vocabulary
from pbreports.scheme.model.rating import RatingRule
from pbreports.scheme.vocabulary import APPROVED, INDICATOR_POINTS, RESULTS, ROUND_SCORES
from pbreports.values import Finding, Record


def rate(rule: RatingRule, vocabulary: Vocabulary, facts: Facts, names: Mapping[str, Any], year: int) -> Outcome:
    """Return the ratings of a year with what is wrong about them, and the derived tables that rest on them.

    ``facts`` hold the sheets that the rule names, ``names`` the fixed names in force.
    """
    outcome, ground = rate_rows(rule, vocabulary, facts, names, year)
    codes = tuple(indicators_of(rule.indicators, facts))
    evidence = evidence_rows(ground, outcome.ratings, codes)
    return replace(outcome, tables={**outcome.tables, INDICATOR_POINTS: evidence})


def rate_rows(
    rule: RatingRule, vocabulary: Vocabulary, facts: Facts, names: Mapping[str, Any], year: int
) -> tuple[Outcome, Ground]:
    """Return the ratings without the evidence of the data, and what they stand on."""
    ground = Ground(rule, compile_formulas(rule, vocabulary), facts, names, vocabulary.unit_field)
    rows = _rated_rows(ground)
    indicators = indicators_of(rule.indicators, facts)
    reading = Reading(rule, {str(row.get(rule.rated.code)): str(row.get(rule.rated.name)) for row in rows})
    read_points(reading, facts, indicators)
    read_bonuses(reading, facts)
    note_gaps(reading, indicators)
    last = last_stars(ground, year)
    ratings = with_last_star(scored(ground, rows, reading, tuple(indicators)), last)
    rounds = round_rows(ground, ratings)
    ground = replace(ground, facts=Facts({ROUND_SCORES: rounds}, facts))
    ratings, found = _decided(ground, starred(ground, ratings))
    ratings = closed(ground, ratings, last)
    approved = approval_of(ground, year) is not None
    tables = {
        ROUND_SCORES: rounds,
        RESULTS: result_records(ground, ratings),
        APPROVED: result_records(ground, ratings, approved=True) if approved else (),
        INDICATOR_POINTS: (),
    }
    quota = quota_of(ground, rule.places) if rule.places else None
    findings = (*reading.found, *found)
    return Outcome(tuple(ratings), findings, approved, quota.places if quota else None, tables), ground


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


def _decided(ground: Ground, ratings: Sequence[Rating]) -> tuple[list[Rating], Sequence[Finding]]:
    """Return the ratings with rank and final star, and what is wrong about places and decisions."""
    placed, keys = ranked(ground, ratings)
    decisions = decisions_of(ground, placed)
    drop_idle_adjustments(placed, decisions)
    quota = quota_of(ground, ground.rule.places) if ground.rule.places else None
    final = awarded(placed, keys, quota, decisions)
    found = (*(quota.found if quota else ()), *decisions.found)
    return [one if one.score is not None else replace(one, state=State.UNRATED) for one in final], found
