"""How far a character moves the pen, in ems: in the Chinese fonts, and in those that stand in for them."""

from __future__ import annotations

from functools import cache
from unicodedata import category, east_asian_width

_WIDE = frozenset("WFA")
"""Characters as wide as a Chinese one (UAX #11); of the ambiguous ones (·, “, —) Chinese fonts make wide ones."""
_STAND_IN = {
    **dict.fromkeys("ijlIJ.,:;'|! ", 0.41),
    **dict.fromkeys("-/\\()[]frt", 0.42),
    **dict.fromkeys("mwMW%@", 1.0),
    **dict.fromkeys("+=<>~#^", 0.84),
    **dict.fromkeys("0123456789", 0.6365),
}
_CAPITAL, _SMALL = 0.79, 0.65


@cache
def advances(sign: str) -> tuple[float, float]:
    """Return the width of a character in ems: in 仿宋 and 宋体, and the widest that the usual stand-ins give it.

    In the Chinese fonts half-width signs are half an em; DejaVu, Noto and Liberation, which programs take where those
    are missing, make letters and digits wider and stops narrower. Chinese characters are one em in both.
    """
    if east_asian_width(sign) in _WIDE:
        return 1.0, 1.0
    if category(sign) in {"Mn", "Me", "Cf"}:
        return 0.0, 0.0
    if not sign.isascii():
        return 1.0, 1.0
    return 0.5, _STAND_IN.get(sign, _CAPITAL if sign.isupper() or sign == "&" else _SMALL)
