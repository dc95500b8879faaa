"""Signature and date (7.3.5): with room for a seal, without one, or with a signature stamp."""

from __future__ import annotations

from dataclasses import dataclass

from pbreports.word.format import signs
from pbreports.word.format.checks.white import blank_lines
from pbreports.word.format.collecting import Collected
from pbreports.word.format.fonts import width_of
from pbreports.word.format.paper import Element, Kind, Paper, Paragraph, Where
from pbreports.word.format.spaces import before_of, index_of, right_white, section_of

_NEAR = 0.75
"""Blanks and digits leave that much of a character open."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the signature: its width in characters and how many are white behind it."""

    width: float
    right: float

    @property
    def middle(self) -> float:
        """Return how far its middle stands from the right edge."""
        return self.right + self.width / 2

    @property
    def start(self) -> float:
        """Return how far its first character stands from the right edge."""
        return self.right + self.width


def check_signature(paper: Paper, found: Collected) -> None:
    """Note what is wrong with the places of signature and date."""
    dates, organs = paper.of(Element.DATE), paper.of(Element.ORGAN)
    if not dates:
        if paper.kind in {Kind.GENERAL, Kind.UPWARD, Kind.LETTER, Kind.ORDER}:
            found.missing("主体", Element.DATE.value)
        return
    if paper.kind in {Kind.ORDER, Kind.MINUTES}:
        return
    date = _line(paper, dates[0])
    if date is None or signs.TO_FILL.search(dates[0].text):
        return
    organ = _line(paper, organs[-1]) if len(organs) == 1 and not signs.TO_FILL.search(organs[0].text) else None
    if _is_sealed(date, organ) or _is_unsealed(date, organ):
        if not _is_sealed(date, organ):
            _lines_above(paper, organs[0] if organs else dates[0], found)
        return
    _say(date, organ, dates[0], organs, found)


def _line(paper: Paper, one: Paragraph) -> _Line | None:
    if one.where is not Where.BODY or one.frame:
        return None
    white = right_white(one, section_of(paper, one))
    return None if white is None else _Line(width_of(one.text.strip(signs.BLANKS)), white)


def _is_sealed(date: _Line, organ: _Line | None) -> bool:
    """Whether the date is four characters in and the organ centred on it; so long a one moves the date to the left."""
    if organ is None:
        return abs(date.right - 4) <= _NEAR
    if abs(organ.middle - date.middle) > _NEAR:
        return False
    return abs(date.right - 4) <= _NEAR or (organ.width > date.width + 8 - 2 * _NEAR and abs(organ.right) <= _NEAR)


def _is_unsealed(date: _Line, organ: _Line | None) -> bool:
    """Whether the organ is two characters in and the date begins two further right; a longer date is two in."""
    if organ is None:
        return date.right >= 0
    wanted = _unsealed(date, organ)
    return abs(organ.right - wanted[0]) <= _NEAR and abs(date.right - wanted[1]) <= _NEAR


def _unsealed(date: _Line, organ: _Line) -> tuple[float, float]:
    """Return how many characters in organ and date end without a seal (7.3.5.2)."""
    if date.width > organ.width:
        return date.width - organ.width + 4, 2
    return 2, organ.width - date.width


def _sealed(date: _Line, organ: _Line) -> tuple[float, float]:
    """Return how many characters in organ and date end with a seal (7.3.5.1); a long organ moves the date to the left."""
    right = 4 + (date.width - organ.width) / 2
    return (right, 4) if right >= 0 else (0, (organ.width - date.width) / 2)


def _say(
    date: _Line, organ: _Line | None, paragraph: Paragraph, organs: tuple[Paragraph, ...], found: Collected
) -> None:
    """Note what is furthest from the arrangement that the signature is nearer to."""
    if organ is None:
        said = f"{round(date.right, 1):g}字"
        found.say("W-27", "sealed_date_right", paragraph, said, called="右空", mendable=True)
        return
    sealed, unsealed = _sealed(date, organ), _unsealed(date, organ)
    off = [abs(organ.right - wanted[0]) + abs(date.right - wanted[1]) for wanted in (sealed, unsealed)]
    is_sealed = off[0] <= off[1]
    wanted = sealed if is_sealed else unsealed
    if abs(date.right - wanted[1]) > abs(organ.right - wanted[0]):
        key = "sealed_date_right" if is_sealed else "unsealed_date_shift"
        _say_right(paragraph, date.right, wanted[1], key, found)
    else:
        key = "sealed_organ_alignment" if is_sealed else "unsealed_organ_right"
        _say_right(organs[-1], organ.right, wanted[0], key, found)


def _say_right(one: Paragraph, shown: float, wanted: float, key: str, found: Collected) -> None:
    whose = "加盖印章" if key.startswith("sealed") else "不加盖印章"
    words = f"{round(wanted, 1):g}字（{whose}）"
    found.say("W-27", key, one, f"{round(shown, 1):g}字", expected=words, called="右空", mendable=True)


def _lines_above(paper: Paper, first: Paragraph, found: Collected) -> None:
    """Judge the blank line above a signature without a seal."""
    at = index_of(paper, first)
    above = before_of(paper, at)
    if above is not None and paper.kind is not Kind.INTERNAL:
        blank_lines(paper, (above, at), "unsealed_lines_below_body", found)
