"""How papers about a candidate put single facts: months, ages, years in post, party, education, assessments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pbreports.cadre.ages import age, months_between
from pbreports.cadre.codes import codes
from pbreports.scheme.language.arithmetic import round_half_up
from pbreports.tags.display import shown_date, shown_number, unfilled_mark
from pbreports.values import Record, Scalar, YearMonth

_ASSESSED_YEARS = 3
"""The form and the record give the last three years' assessments."""


def text(value: Scalar) -> str:
    """Return a value of a cell as text without spaces at its ends, empty when it is blank."""
    return "" if value is None else str(value).strip()


def dotted(value: Scalar) -> str:
    """Return a month (or a day's month) as forms have it, ``1978.05``; a text as it is, a blank as nothing."""
    return f"{value.year:04d}.{value.month:02d}" if isinstance(value, date | YearMonth) else text(value)


def years_old(born: Scalar, day: date) -> str:
    """Return the whole years from a month to a day as text, empty without a month or for one that is still to come."""
    return str(age(born, day)) if isinstance(born, date | YearMonth) and months_between(born, day) >= 0 else ""


def time_in_post(since: Scalar, day: date) -> str:
    """Return how long a person has held a post: ``4年3个月``, ``5年``, ``8个月``; of this month ``不满1个月``."""
    months = months_between(since, day) if isinstance(since, date | YearMonth) else -1
    if months < 0:
        return ""
    years, rest = divmod(months, 12)
    said = (f"{years}年" if years else "") + (f"{rest}个月" if rest else "")
    return said or "不满1个月"


def born_and_age(born: Scalar, day: date) -> str:
    """Return the form's cell of the birth month: ``1978.05``, a new line, ``（42岁）``."""
    years = years_old(born, day)
    return f"{dotted(born)}\n（{years}岁）" if years else dotted(born)


def joined_party(month: Scalar, standing: Scalar) -> str:
    """Return the form's cell of joining: the month, a democratic party's name, or both as ``1999.06；民盟``."""
    party = text(standing)
    return "；".join(part for part in (dotted(month), party if party in codes().parties else "") if part)


def standing(word: Scalar) -> str:
    """Return what a person is by the form's word for the political standing: ``九三`` is a ``九三学社社员``."""
    return _MEMBERS.get(text(word), text(word))


_MEMBERS = {
    "民革": "民革党员",
    "民盟": "民盟盟员",
    "民建": "民建会员",
    "民进": "民进会员",
    "农工党": "农工党党员",
    "致公党": "致公党党员",
    "九三": "九三学社社员",
    "台盟": "台盟盟员",
    "无党派": "无党派人士",
}
"""What the members of each party are called by its own constitution."""


def education(person: Record) -> str:
    """Return schooling and degrees: ``大学学历、教育学学士``, with study beside work ``全日制…，在职…``."""
    whole, beside = (_schooling(text(person.get(f"{kind}学历")), text(person.get(f"{kind}学位"))) for kind in _KINDS)
    if whole and beside:
        return f"全日制{whole}，在职{beside}"
    return whole or (f"在职{beside}" if beside else "")


_KINDS = ("全日制", "在职")


def _schooling(level: str, degree: str) -> str:
    return "、".join(part for part in (f"{level}学历" if level else "", degree) if part)


def title_held(person: Record) -> str:
    """Return the professional post as the form has it, else the grade; empty when none has been given."""
    grade = text(person.get("职称"))
    return text(person.get("专业技术职务")) or ("" if grade == "未评" else grade)


def share(part: Scalar, whole: Scalar) -> str:
    """Return a share with one decimal, half up, as ``93.3%``; empty when either is blank or there is no whole."""
    if not isinstance(part, Decimal) or not isinstance(whole, Decimal) or not whole:
        return ""
    return shown_number(round_half_up(Fraction(part) / Fraction(whole) * 100, 1), "%")


def assessed(rows: Iterable[Record], started: Scalar, each: str, between: str) -> str:
    """Return the last three years' assessments in order of the years.

    ``each`` puts one year, with ``{year}`` and ``{grade}``. A year at work without an assessment is left to be filled;
    who began to work within the three years is told by the month. Empty when there is no assessment at all.
    """
    grades = {int(year): text(row.get("考核等次")) for row in rows if isinstance(year := row.get("考核年度"), Decimal)}
    if not grades:
        return ""
    last = max(grades)
    first_year = started.year if isinstance(started, YearMonth) else 0
    years = range(last - _ASSESSED_YEARS + 1, last + 1)
    said = [
        each.format(year=year, grade=grades[year]) if grades.get(year) else unfilled_mark(f"{year}年年度考核")
        for year in years
        if grades.get(year) or year > first_year
    ]
    began = len(said) < len(years) and isinstance(started, YearMonth)
    return between.join(said) + (
        f"（{shown_date(started)}参加工作）" if began and isinstance(started, YearMonth) else ""
    )
