"""Blank lines between elements."""

from __future__ import annotations

from pbreports.word.format.collecting import Collected
from pbreports.word.format.paper import Paper
from pbreports.word.format.spaces import gap_between

NEAR = 0.6
"""A difference of that many lines is one of rounding, or of a title's wider pitch."""


def blank_lines(paper: Paper, ends: tuple[int, int], key: str, found: Collected, wanted: float | None = None) -> None:
    """Note when other than the profile's number of blank lines stands between two paragraphs."""
    gap = gap_between(paper, *ends)
    lines = found.profile.number(key, "line") if wanted is None else wanted
    shown = None if gap is None else gap / found.profile.pt("line_pitch")
    if shown is not None and abs(shown - lines) > NEAR:
        below = paper.paragraphs[ends[1]]
        said = f"{round(shown, 1):g}行"
        found.say("W-19", key, below, said, expected=f"{lines:g}行", called="上面的空行", mendable=True)
