"""Identity numbers of GB 11643: their faults, and what they tell of birth, sex and region.

Check digit and table of regions are those of python-stdnum. The table lacks some counties, so that an unknown region is
never a fault; its own check is not used, which refuses such numbers and those of counties founded after the birth.
"""

from __future__ import annotations

import unicodedata
from datetime import date

from stdnum import numdb
from stdnum.cn import ric

LENGTH = 18
_OLD_LENGTH = 15
_SHOWN_FIRST, _SHOWN_LAST = 3, 2


def normal(text: str) -> str:
    """Return a number as it is compared: half-width, without white space and dashes, x in capitals."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(one for one in plain if not one.isspace() and one not in "-‐–—·").upper()


def fault(text: str) -> str:
    """Return what is wrong with a number, as the end of a sentence that begins with it; nothing when it is in order.

    Numbers of 15 digits are refused: GB 11643-1999 replaced them, and they are no longer issued (居民身份证法).
    """
    number = normal(text)
    if len(number) == _OLD_LENGTH and _is_digits(number):
        return "是15位的旧号码，须填18位的"
    if len(number) != LENGTH:
        return f"有{len(number)}位，应为18位"
    if not _is_digits(number[:-1]) or not (_is_digits(number[-1]) or number[-1] == "X"):
        return "有不是数字的字（只有末位可以是 X）"
    if born(number) is None:
        return "第7—14位不是一个日期"
    if ric.calc_check_digit(number) != number[-1]:
        return "的校验码不对，有一位填错了"
    return ""


def born(text: str) -> date | None:
    """Return the day of birth that a number tells, ``None`` when it tells none."""
    digits = normal(text)[6:14]
    if len(digits) != 8 or not _is_digits(digits):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def sex(text: str) -> str:
    """Return the sex that a number of 18 characters tells by its 17th digit: odd 男, even 女."""
    return "男" if int(normal(text)[16]) % 2 else "女"


def is_of_known_region(text: str) -> bool:
    """Whether the first six digits of a number are, or in some year were, a county of the table.

    The year is not looked at: a number carries the code of the day on which it was given, not of the day of birth.
    """
    told = numdb.get("cn/loc").info(normal(text)[:6])
    return any("county" in properties for _, properties in told)


def masked(text: str) -> str:
    """Return a number fit for a message: its first three and last two characters, stars between."""
    number = normal(text)
    hidden = len(number) - _SHOWN_FIRST - _SHOWN_LAST
    if hidden < _SHOWN_FIRST + _SHOWN_LAST:
        return "*" * len(number)
    return f"{number[:_SHOWN_FIRST]}{'*' * hidden}{number[-_SHOWN_LAST:]}"


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
