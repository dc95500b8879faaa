"""Whole numbers in Chinese characters, in the strict way of writing them.

What is said short (一百五 for 150, 三万五 for 35000) is not read: written out, it is another number.
"""

from __future__ import annotations

import re

_DIGITS = "零一二三四五六七八九"
_TENS = ("", "十", "百", "千")
_SCALES = {"十": 10, "百": 100, "千": 1000}
_ANOTHER_WAY = str.maketrans("〇○◯两壹贰叁肆伍陆柒捌玖拾佰仟萬", "零零零二一二三四五六七八九十百千万")
_WEIGHT = re.compile("两(?![百千万佰仟萬])")  # 十两 is a weight
_LONGEST = 20


def number_of(text: str) -> int | None:
    """Return the whole number below 100 million that a text writes in Chinese, ``None`` when it does not.

    >>> number_of("十二"), number_of("两百"), number_of("一千零五"), number_of("一百五")
    (12, 200, 1005, None)
    """
    if len(text) > _LONGEST or (text != "两" and _WEIGHT.search(text)):
        return None
    plain = text.translate(_ANOTHER_WAY)
    if plain.startswith("十"):
        plain = f"一{plain}"
    number = _loosely(plain) if plain else None
    return number if number is not None and in_words(number) == plain else None


def in_words(number: int) -> str:
    """Return a whole number below 100 million in Chinese characters, such as 一千零五; ten is 一十."""
    high, low = divmod(number, 10_000)
    if not high:
        return _section(low) or _DIGITS[0]
    gap = _DIGITS[0] if 0 < low < 1000 else ""
    return f"{_section(high)}万{gap}{_section(low)}"


def year_of(text: str) -> int | None:
    """Return the year that four characters write digit by digit, as in 二〇二〇, ``None`` when they do not."""
    plain = text.translate(_ANOTHER_WAY).translate(str.maketrans("OoＯｏ", "零零零零"))
    if len(plain) != 4 or not set(plain) <= set(_DIGITS):
        return None
    return int("".join(str(_DIGITS.index(digit)) for digit in plain))


def _loosely(text: str) -> int | None:
    """Return what the characters amount to, whatever their order; the caller checks that it is written so."""
    total = section = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS.index(character)
        elif character in _SCALES:
            section, digit = section + digit * _SCALES[character], 0
        elif character == "万":
            total, section, digit = (total + section + digit) * 10_000, 0, 0
        else:
            return None
    return total + section + digit


def _section(number: int) -> str:
    """Return a number below 10,000 in characters, nothing for 0."""
    written, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            written += (_DIGITS[0] if gap and written else "") + _DIGITS[digit] + _TENS[place]
        gap = not digit
    return written
