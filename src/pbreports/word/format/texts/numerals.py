"""Whole numbers below a hundred as hanzi."""

from __future__ import annotations

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
HANZI = "零〇一二三四五六七八九十两"


def number_of(text: str) -> int | None:
    """Return the number that digits or hanzi say, ``None`` when they say none below a hundred."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.partition("十")
    if any(sign not in _DIGITS for sign in tens + ones) or len(tens) > 1 or len(ones) > 1 or not text:
        return None
    if not ten:
        return _DIGITS[text]
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def hanzi_of(number: int) -> str:
    """Return a number from 1 to 99 in hanzi."""
    signs = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return f"{signs[tens] if tens > 1 else ''}{'十' if tens else ''}{signs[ones] if ones else ''}"
