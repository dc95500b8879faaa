"""What the bureau's workbook says of a candidacy, spelt as the form spells it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from pbreports.cadre.career import Line, lines_of, text_of
from pbreports.cadre.codes import codes
from pbreports.cadre.dossier import Dossier
from pbreports.cadre.elements import Relative, Shape
from pbreports.cadre.identity import normal
from pbreports.cadre.retirement import limit_of, limit_words, retirement_month
from pbreports.scheme.cadres import ASSESSMENTS, CAREER, RELATIVES
from pbreports.values import Record, Scalar, YearMonth

MOST_RELATIVES = 10
"""The editor shows no more rows than these."""
MOST_ASSESSMENTS = 3
"""The form asks for the last three years."""
_WRAPPED = re.compile(r"[（(]\s*其间\s*[:：]?\s*(.*\S)\s*[）)]|其间\s*[:：]\s*(.*)")
"""What staff write into a cell that the column 是否其间 says already."""
DUE, LIMIT_WORDS = "DaoLingNianYue", "GaiGeQianRenZhiNianLingJieXian"
"""The two elements of the form of 2025."""


def told(dossier: Dossier, field: str, shape: Shape) -> str:
    """Return a field of the candidate's own row as the form spells it."""
    text = spelt(dossier.get(field), shape)
    if shape is Shape.PARTY and (party := dossier.text("政治面貌")) in codes().parties:
        return "；".join(part for part in (text, party) if part)
    return text


def spelt(value: Scalar, shape: Shape = Shape.TEXT) -> str:
    """Return a value as the form spells it: a month in six digits, a name without blanks, a number in capitals."""
    if value is None:
        return ""
    if isinstance(value, date | YearMonth):
        return f"{value.year:04d}{value.month:02d}"
    text = str(value).strip()
    if shape is Shape.NAME:
        return "".join(one for one in text if not one.isspace() and unicodedata.category(one) != "Cf")
    return normal(text) if shape is Shape.IDENTITY else text


def career_of(dossier: Dossier) -> tuple[tuple[Record, Line], ...]:
    """Return the resume's lines, each with the row that it is from; a row that itself tells 其间 gives several."""
    return tuple((row, line) for row in dossier.of(CAREER) for line in _lines(row))


def relatives_of(dossier: Dossier) -> tuple[tuple[Record, Relative], ...]:
    """Return the relatives as the form spells them, each with the row that it is from."""
    return tuple((row, _relative(row)) for row in dossier.of(RELATIVES))


def unplaced_relatives(dossier: Dossier) -> tuple[Record, ...]:
    """Return the rows of relatives for which the form has no place."""
    return dossier.of(RELATIVES)[MOST_RELATIVES:]


def grades_of(dossier: Dossier) -> tuple[tuple[Record, int, str], ...]:
    """Return the annual assessments by year, each with the row that it is from."""
    rows = ((row, row.get("考核年度"), spelt(row.get("考核等次"))) for row in dossier.of(ASSESSMENTS))
    found = [(row, int(year), grade) for row, year, grade in rows if isinstance(year, Decimal) and grade]
    return tuple(sorted(found, key=lambda one: one[1]))


def grades_text(dossier: Dossier) -> str:
    """Return 年度考核结果 as the form words it: the last three years, oldest first."""
    last = grades_of(dossier)[-MOST_ASSESSMENTS:]
    return "；".join(f"{year}年年度考核{grade}" for _, year, grade in last)


def revised_texts(dossier: Dossier) -> Mapping[str, str]:
    """Return the two elements of the form of 2025, blank when birth month or sex are not known."""
    born, limit = dossier.get("出生年月"), limit_of(dossier)
    if not isinstance(born, date | YearMonth) or not limit:
        return {DUE: "", LIMIT_WORDS: ""}
    month = YearMonth(born.year, born.month)
    return {DUE: spelt(retirement_month(month, limit)), LIMIT_WORDS: limit_words(month, limit)}


def _relative(row: Record) -> Relative:
    return Relative(
        title=spelt(row.get("称谓")),
        name=spelt(row.get("成员姓名"), Shape.NAME),
        born=spelt(row.get("成员出生年月")),
        politics=spelt(row.get("成员政治面貌")),
        post=spelt(row.get("成员单位及职务")),
    )


def _lines(row: Record) -> Iterator[Line]:
    start, end = _month(row.get("起始年月")), _month(row.get("结束年月"))
    text = re.sub(r"\s*\n\s*", "", spelt(row.get("单位及职务")))
    within = row.get("是否其间") is True
    if within and (wrapped := _WRAPPED.fullmatch(text)):
        text = wrapped[1] or wrapped[2]
    yield from lines_of(text_of([Line(start, end, text, within)]))


def _month(value: Scalar) -> YearMonth | None:
    return YearMonth(value.year, value.month) if isinstance(value, date | YearMonth) else None
