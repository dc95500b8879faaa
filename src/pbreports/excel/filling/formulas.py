"""Formulas taken apart once, to be written again wherever and as often as the rows they speak of stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError

from pbreports.excel.filling.references import Reference, Use, View, reference, stencilled, written

LONGEST = 8192
"""Characters that Excel takes in a formula (its specifications and limits)."""


class Place(Enum):
    """What kind of formula it is, which tells what a reference that stands alone in it may become."""

    CELL = Use.CELL, False
    ARRAY = Use.RANGE, True
    RANGE = Use.RANGE, False
    LIST = Use.LIST, False
    SPAN = Use.SPAN, False

    @property
    def use(self) -> Use:
        """How a reference outside all functions is used."""
        return self.value[0]

    @property
    def spreads(self) -> bool:
        """Whether every cell in it may become a range."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula without ``=``, as texts and references in order; ``legible`` tells whether it could be taken apart."""

    text: str
    pieces: tuple[str | Reference, ...]
    legible: bool = True

    def at(self, view: View) -> str:
        """Return the formula as it reads from a place after the rows have moved.

        Raises:
            TemplateError: when it cannot be taken apart, or nothing that Excel takes says what it means now.
        """
        if not self.legible and view.book.moves:
            raise view.trouble(f"公式“{self.text}”读不懂，行移动以后无法保证它仍然正确", "请检查公式的写法")
        told = "".join([piece if isinstance(piece, str) else written(piece, view) for piece in self.pieces])
        if len(told) > LONGEST >= len(self.text):
            raise view.trouble(f"公式“{self.text}”展开以后超过{LONGEST}个字符", "请改为引用整块的所有行")
        return told

    def down(self, view: View) -> Callable[[int], str]:
        """Return how the formula reads in each copy (from 0) of the view's block, which is taken apart only once.

        Raises:
            TemplateError: as ``at`` does, at the latest when a copy is asked for.
        """
        block = view.block
        pieces = [[one] if isinstance(one, str) else stencilled(one, view) for one in self.pieces]
        told = [part for piece in pieces if piece is not None for part in piece]
        if block is None or not self.legible or None in pieces or len("".join(map(str, told))) > LONGEST // 2:
            return lambda copy: self.at(view if block is None else view.in_copy(block, copy))
        step = block.height
        return lambda copy: "".join([part if isinstance(part, str) else str(part + copy * step) for part in told])


@lru_cache(maxsize=4096)
def formula(text: str, place: Place = Place.CELL) -> Formula:
    """Return a formula (without ``=``) taken apart."""
    try:
        tokens = Tokenizer(f"={_blank(text)}").items
    except (TokenizerError, IndexError):
        return Formula(text, (text,), legible=False)
    pieces: list[str | Reference] = []
    for piece in _taken_apart(text, tokens, place):
        if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += piece
        elif piece:
            pieces.append(piece)
    return Formula(text, tuple(pieces))


def _blank(text: str) -> str:
    return text.translate({9: " ", 13: " "})  # the tokenizer knows blanks and line feeds alone


@dataclass(slots=True)
class _Frame:
    """A function whose arguments are being read, or a bracket, which hands on what it stands in."""

    lists: Container[int]
    ranges: Container[int]
    spreads: bool
    argument: int = 1

    def use(self, *, alone: bool) -> Use:
        if alone and self.argument in self.lists:
            return Use.LIST
        return Use.RANGE if self.spreads or (alone and self.argument in self.ranges) else Use.CELL


def _taken_apart(text: str, tokens: Sequence[Token], place: Place) -> Iterator[str | Reference]:
    frames: list[_Frame] = []
    at = 0
    for token, alone in zip(tokens, _alone(tokens), strict=True):
        end = at + _length(text, at, token)
        source = text[at:end]
        at = end
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            yield from _operand(source, _use(frames, place, alone=alone))
            continue
        if token.type == Token.FUNC and token.subtype == Token.OPEN and ":" in source:
            start, colon, source = source.rpartition(":")
            yield reference(start, half=-1) or start
            yield colon
        _step(frames, token, place, alone=alone)
        yield source


def _length(text: str, at: int, token: Token) -> int:
    """Return how long a token is in the source; of blanks the tokenizer tells only that there are some."""
    if token.type != Token.WSPACE:
        return len(token.value)
    blanks = re.compile(r"\s+").match(text, at)
    return len(blanks[0]) if blanks else 0


def _operand(source: str, use: Use) -> Iterator[str | Reference]:
    if source.startswith(":"):
        yield ":"
        yield reference(source[1:], half=1) or source[1:]
    else:
        yield reference(source, use) or source


def _use(frames: Sequence[_Frame], place: Place, *, alone: bool) -> Use:
    if frames:
        return frames[-1].use(alone=alone)
    return place.use if alone or place.spreads else Use.CELL


def _step(frames: list[_Frame], token: Token, place: Place, *, alone: bool) -> None:
    """Follow a token into a function or bracket, out of it, or to its next argument."""
    if token.type == Token.SEP and token.subtype == Token.ARG and frames:
        frames[-1].argument += 1
    elif token.subtype == Token.CLOSE and frames:
        frames.pop()
    elif token.subtype == Token.OPEN:
        frames.append(_entered(frames, token, place, alone=alone))


def _entered(frames: Sequence[_Frame], token: Token, place: Place, *, alone: bool) -> _Frame:
    spreads = frames[-1].spreads if frames else place.spreads
    if token.type == Token.FUNC:
        name = _name(token.value)
        return _Frame(LISTS.get(name, ()), RANGES.get(name, ()), spreads or name in _SPREADING)
    use = _use(frames, place, alone=alone)
    return _Frame(_ONE if use is Use.LIST else (), _ONE if use is Use.RANGE else (), spreads)


def _name(opening: str) -> str:
    name = opening.rpartition(":")[2].removesuffix("(").upper()
    return name.removeprefix("_XLFN.").removeprefix("_XLWS.")


def _alone(tokens: Sequence[Token]) -> list[bool]:
    """Return for each token whether it, or the bracket that it opens, is a whole argument and not computed with."""
    solid = [place for place, token in enumerate(tokens) if token.type != Token.WSPACE]
    ends = _ends(tokens)
    order = {place: rank for rank, place in enumerate(solid)}
    alone = [False] * len(tokens)
    for place in solid:
        before, after = order[place] - 1, order[ends.get(place, place)] + 1
        alone[place] = (before < 0 or _opens(tokens[solid[before]])) and (
            after == len(solid) or _closes(tokens[solid[after]])
        )
    return alone


def _ends(tokens: Sequence[Token]) -> dict[int, int]:
    """Return where what each token opens is closed."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for place, token in enumerate(tokens):
        if token.subtype == Token.OPEN:
            opened.append(place)
        elif token.subtype == Token.CLOSE and opened:
            ends[opened.pop()] = place
    return ends


def _opens(token: Token) -> bool:
    return token.subtype == Token.OPEN or token.type == Token.SEP or token.value == ","


def _closes(token: Token) -> bool:
    return token.subtype == Token.CLOSE or token.type == Token.SEP or token.value == ","


_ONE = frozenset({1})
_ALL = range(1, 256)
_EACH_OTHER = frozenset({1, *range(2, 256, 2)})
_SPREADING = frozenset({"SUMPRODUCT"})
"""Functions that compute with whole ranges what stands in their arguments."""

LISTS: Mapping[str, Container[int]] = {
    **dict.fromkeys(
        """SUM PRODUCT SUMSQ COUNT COUNTA AVERAGE AVERAGEA MAX MAXA MIN MINA MEDIAN MODE MODE.SNGL STDEV STDEV.S STDEV.P
        STDEVP STDEVA STDEVPA VAR VAR.S VAR.P VARP VARA VARPA GEOMEAN HARMEAN AVEDEV DEVSQ KURT SKEW""".split(),
        _ALL,
    ),
    **dict.fromkeys("SUBTOTAL NPV RANK RANK.EQ RANK.AVG".split(), range(2, 256)),
    **dict.fromkeys("LARGE SMALL".split(), _ONE),
    "AGGREGATE": range(3, 256),
}
"""The arguments, counted from 1, that take several ranges in brackets, by function (ECMA-376 part 1, 18.17.7)."""

RANGES: Mapping[str, Container[int]] = {
    **dict.fromkeys("AND OR XOR GCD LCM CONCAT TREND GROWTH MMULT MODE.MULT".split(), _ALL),
    **dict.fromkeys("SUMIFS AVERAGEIFS MAXIFS MINIFS SORTBY".split(), _EACH_OTHER),
    **dict.fromkeys("COUNTIFS".split(), range(1, 256, 2)),
    **dict.fromkeys("SUMIF AVERAGEIF DSUM DCOUNT DCOUNTA DAVERAGE DMAX DMIN DGET DPRODUCT".split(), range(1, 4, 2)),
    **dict.fromkeys("COUNTIF COUNTBLANK ROWS INDEX TRANSPOSE UNIQUE SORT IRR MIRR TRIMMEAN".split(), _ONE),
    **dict.fromkeys("PERCENTILE PERCENTILE.INC PERCENTILE.EXC QUARTILE QUARTILE.INC QUARTILE.EXC".split(), _ONE),
    **dict.fromkeys("PERCENTRANK PERCENTRANK.INC PERCENTRANK.EXC".split(), _ONE),
    **dict.fromkeys("VLOOKUP HLOOKUP MATCH XMATCH".split(), range(2, 3)),
    **dict.fromkeys("LOOKUP XLOOKUP FORECAST FORECAST.LINEAR XNPV".split(), range(2, 4)),
    **dict.fromkeys("CORREL PEARSON SLOPE INTERCEPT RSQ COVAR COVARIANCE.P COVARIANCE.S".split(), range(1, 3)),
    **dict.fromkeys("FREQUENCY FILTER SUMXMY2 SUMX2MY2 SUMX2PY2 XIRR LINEST LOGEST STEYX".split(), range(1, 3)),
    "TEXTJOIN": range(3, 256),
}
"""The arguments that take one range, by function."""
