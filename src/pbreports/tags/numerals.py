"""Filters that write numbers: percentages, changes, hanzi, amounts for vouchers, numbers of headings."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from pbreports.errors import TemplateError
from pbreports.scheme.language.arithmetic import round_half_up
from pbreports.tags.display import PaperFigure, shown, shown_number, unfilled_mark

_DIGITS = "〇一二三四五六七八九"
_NUMERALS = "零一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_PLACES, _FORMAL_PLACES = ("", "十", "百", "千"), ("", "拾", "佰", "仟")
_GREATEST = 10**16
_MOST_PLACES = 6
_LEVELS = ("{}、", "（{}）", "{}.", "（{}）")


def is_zero(value: object) -> bool:
    """Return whether a value is the number nought; not reported is not zero."""
    return isinstance(value, PaperFigure | int | float | Decimal | Fraction) and value == 0


def percentage(value: object) -> str:
    """Return a number of hundredths with its sign: ``25.2`` as ``25.2%``, one decimal, half up."""
    if isinstance(value, PaperFigure):
        return str(PaperFigure(replace(value.figure, unit="%")))
    number = number_of(value)
    return unfilled_mark("此处") if number is None else shown_number(number, "%")


def with_decimals(value: object, least: object = 1) -> str:
    """Return a number with at least so many decimals: ``93`` as ``93.0``, so that a column of points looks alike.

    Decimals beyond them stay: rounded, ``89.96`` would stand there as if it had reached 90.

    Raises:
        TemplateError: when the number of decimals is no whole number from 1 to 6, or the value is no number.
    """
    if not isinstance(least, int) or not 1 <= least <= _MOST_PLACES:
        raise TemplateError("", "“小数”要写至少几位小数", "如 得分|小数(1)，一位到六位")
    number = number_of(value)
    if number is None:
        return _unreported(value)
    places = value.figure.places if isinstance(value, PaperFigure) else None
    whole, _, decimals = shown_number(number, places=places).partition(".")
    return f"{whole}.{decimals.ljust(least, '0')}"


def change(value: object, before: object, measure: str = "") -> str:
    """Return by how much a number has grown or shrunk: ``增加3个``, ``减少2个``, ``持平``.

    Percentages differ by ``个百分点``, of their printed values, so that who subtracts what is printed gets the same.
    What is not reported is to be filled by a person.
    """
    now, then = number_of(value), number_of(before)
    if now is None or then is None:
        return unfilled_mark("与上年相比增减")
    is_share = _unit(value) == "%" or _unit(before) == "%"
    if is_share:
        now, then = Fraction(round_half_up(now, _places(value))), Fraction(round_half_up(then, _places(before)))
    difference = Fraction(now) - Fraction(then)
    if not difference:
        return "持平"
    word = "增加" if difference > 0 else "减少"
    return f"{word}{_amount(abs(difference))}{'个百分点' if is_share and not measure else measure}"


def _amount(difference: Fraction) -> str:
    """Return a difference; one of decimals is a decimal."""
    denominator = difference.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    exact = Decimal(difference.numerator) / difference.denominator if denominator == 1 else difference
    return shown_number(exact)


def _unit(value: object) -> str:
    return value.figure.unit if isinstance(value, PaperFigure) else ""


def _places(value: object) -> int:
    places = value.figure.places if isinstance(value, PaperFigure) else None
    return 1 if places is None else places


def hanzi(value: object) -> str:
    """Return a whole number in hanzi: ``12`` as ``十二``, ``2020`` as ``二千零二十``; decimals digit by digit."""
    number = number_of(value)
    if number is None:
        return _unreported(value)
    sign, whole, decimals = _parts(number)
    text = _whole(whole, _NUMERALS, _PLACES)
    text = text.removeprefix("一") if text.startswith("一十") else text
    return sign + text + (f"点{''.join(_NUMERALS[int(digit)] for digit in decimals)}" if decimals else "")


def by_digits(number: int) -> str:
    """Return a year digit by digit: ``二〇二〇``."""
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def formal_amount(value: object) -> str:
    """Return an amount of yuan as vouchers write it: ``1200`` as ``壹仟贰佰元整``.

    Where the rules leave a choice, 零 is written behind 元 and left out before 仟, and 整 is not written behind 角
    (《支付结算办法》银发〔1997〕393号附件一《正确填写票据和结算凭证的基本规定》第一、二、四条). 人民币 before it is the form's.

    Raises:
        TemplateError: when the value is no amount, has a fraction of a fen or is too great.
    """
    number = number_of(value)
    if number is None:
        return _unreported(value)
    sign, whole, decimals = _parts(number)
    if len(decimals) > 2 or whole >= _GREATEST:
        raise TemplateError("", f"“{shown(value)}”不能写成大写金额", "金额最多到分，整数最多16位")
    jiao, fen = (int(digit) for digit in decimals.ljust(2, "0"))
    yuan = f"{_whole(whole, _FORMAL, _FORMAL_PLACES)}元" if whole or not (jiao or fen) else ""
    return sign + yuan + _small(whole, jiao, fen)


def _small(yuan: int, jiao: int, fen: int) -> str:
    """Return what stands behind 元."""
    if not jiao and not fen:
        return "整"
    zero = "零" if yuan and (not jiao or yuan % 10 == 0) else ""
    return zero + (f"{_FORMAL[jiao]}角" if jiao else "") + (f"{_FORMAL[fen]}分" if fen else "")


def _whole(number: int, digits: str, places: tuple[str, ...]) -> str:
    """Return a whole number in hanzi, with 零 for a gap between its digits."""
    for size, name in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            high, low = divmod(number, size)
            gap = digits[0] if 0 < low < size // 10 else ""
            return _whole(high, digits, places) + name + gap + (_whole(low, digits, places) if low else "")
    text = ""
    for place, digit in zip(reversed(places), f"{number:04d}", strict=True):
        if digit != "0":
            text += digits[int(digit)] + place
        elif text and not text.endswith(digits[0]):
            text += digits[0]
    return text.rstrip(digits[0]) or digits[0]


def ordinal(value: object, level: int = 1) -> str:
    """Return the number of a heading: ``一、``, ``（一）``, ``1.``, ``（1）`` (GB/T 9704-2012 7.3.3).

    Raises:
        TemplateError: when there is no such level or the value is no whole number above zero.
    """
    number = number_of(value)
    if level not in {1, 2, 3, 4} or number is None or number < 1 or number != int(number):
        raise TemplateError("", f"“{shown(value)}”不能写成第{shown(level)}层的序号", "序号从1起，层次是1到4")
    return _LEVELS[level - 1].format(hanzi(number) if level < 3 else int(number))


def number_of(value: object) -> Decimal | Fraction | None:
    """Return a value as an exact number, ``None`` when it is blank or not reported.

    Raises:
        TemplateError: when it is no number.
    """
    if isinstance(value, PaperFigure):
        return value.figure.value
    if value is None or value == "":
        return None
    if isinstance(value, Decimal | Fraction):
        return value
    try:
        number = None if isinstance(value, bool) else Decimal(str(value))
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite():
        raise TemplateError("", f"“{shown(value)}”不是数", "请改用数字的名字")
    return number


def _unreported(value: object) -> str:
    return str(value) if isinstance(value, PaperFigure) else ""


def _parts(number: Decimal | Fraction) -> tuple[str, int, str]:
    """Return the sign, the whole part and the decimals of a number, without zeros at the end."""
    exact = number if isinstance(number, Decimal) else Decimal(shown_number(number))
    whole, _, decimals = f"{abs(exact):f}".partition(".")
    return "负" if exact < 0 else "", int(whole), decimals.rstrip("0")
