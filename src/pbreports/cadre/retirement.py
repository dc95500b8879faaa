"""When a person reaches the retirement age (到龄年月), by the reform that began in January 2025."""

from __future__ import annotations

from decimal import Decimal

from pbreports.cadre.codes import codes
from pbreports.cadre.dossier import Dossier
from pbreports.values import YearMonth

LIMIT = "改革前任职年龄界限"


def limit_of(dossier: Dossier) -> int | None:
    """Return the age to which the person served before the reform, ``None`` when the sex is not known.

    A field 改革前任职年龄界限 that staff have added to the sheet 候选人 comes before the table.
    """
    told = dossier.get(LIMIT)
    if isinstance(told, Decimal):
        return int(told)
    sex = dossier.text("性别")
    senior = f"{sex}高级职称" if dossier.text("职称") in codes().senior else sex
    return codes().limits.get(senior, codes().limits.get(sex))


def former_month(born: YearMonth, limit: int) -> YearMonth:
    """Return the month in which the person reaches the former age."""
    return YearMonth(born.year + limit, born.month)


def retirement_month(born: YearMonth, limit: int) -> YearMonth:
    """Return the month in which a person born in a month reaches the retirement age.

    From January 2025 the ages 60 and 55 are put off by one month for every four months begun, to 63 and 58 at most,
    the age 50 by one for every two, to 55 (国务院关于渐进式延迟法定退休年龄的办法, tables 1 to 3). Other ages stay.
    """
    former = former_month(born, limit)
    since = (former.year - codes().reform) * 12 + former.month - 1
    if since < 0 or limit not in codes().steps:
        return former
    delay = min(since // codes().steps[limit] + 1, codes().most[limit])
    years, month = divmod(former.month - 1 + delay, 12)
    return YearMonth(former.year + years, month + 1)


def limit_words(born: YearMonth, limit: int) -> str:
    """Return the sentence that the form of 2025 says of the former age."""
    if former_month(born, limit) < (codes().reform, 1):
        return "已到龄人员"
    return f"{LIMIT}为{limit}岁"
