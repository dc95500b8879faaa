"""What goes wrong with the records of an inspection in a real year: the workbook says otherwise than the forms.

Each trouble stands with somebody of their own. Nothing here knows how the program finds it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pbreports.cadre.form import blank_form
from pbreports.cadre.lrmx import write_lrmx
from pbreports.sample.cadre_forms import FOLDER
from pbreports.sample.cadre_people import later
from pbreports.sample.people import Person, identity_number
from pbreports.sample.plan import YEAR
from pbreports.sample.rows import Row, Sheets
from pbreports.values import Scalar, YearMonth


@dataclass(frozen=True, slots=True)
class Trouble:
    """One trouble: what it is about, what should be found, of which candidacy, in which field of which of its rows.

    ``place`` counts the candidacy's rows in the sheet from 0, from the end when it is negative.
    """

    about: str
    found: tuple[str, ...]
    code: str
    sheet: str
    field: str
    change: Callable[[Scalar], Scalar]
    place: int = 0


def _month_later(value: Scalar) -> Scalar:
    return later(value, 1 if value.month < 12 else -1) if isinstance(value, YearMonth) else value


def _year_earlier(value: Scalar) -> Scalar:
    return later(value, -12) if isinstance(value, YearMonth) else value


def _misprinted(value: Scalar) -> Scalar:
    """Return an identity number with another check digit."""
    text = str(value)
    return text[:-1] + ("1" if text[-1] == "0" else "0")


def _one_more(value: Scalar) -> Scalar:
    return value + 1 if isinstance(value, Decimal) else value


TROUBLES = (
    Trouble("出生年月与身份证号、任免表不一致", ("K-03",), f"KC{YEAR}02", "候选人", "出生年月", _month_later),
    Trouble("简历断了一年", ("K-11",), f"KC{YEAR}05", "简历", "结束年月", _year_earlier, place=-2),
    Trouble("身份证号校验码不对，任免表也对不上了", ("K-01", "K-45"), f"KC{YEAR}10", "候选人", "身份证号", _misprinted),
    Trouble("测评收票数比票多一张", ("K-21", "V-K13"), f"KC{YEAR}12", "测评组织", "测评收票数", _one_more),
    Trouble("不足之处写“无”", ("K-34",), f"KC{YEAR}13", "考察评语", "正文", lambda _: "无", place=-1),
)
"""Every trouble in the workbook."""

STRANGER = ("K-44",)
"""What should be found about the form of somebody whom the workbook does not know."""


def troubled(sheets: Sheets) -> Sheets:
    """Return the inspection's records with every trouble planted."""
    found = dict(sheets)
    for one in TROUBLES:
        found[one.sheet] = _planted(one, found[one.sheet])
    return found


def _planted(trouble: Trouble, rows: Sequence[Row]) -> list[Row]:
    found = list(rows)
    places = [place for place, values in enumerate(found) if values["候选人编号"] == trouble.code]
    place = places[trouble.place]
    found[place] = {**found[place], trouble.field: trouble.change(found[place][trouble.field])}
    return found


def unknown_form(sheets: Sheets) -> Mapping[str, bytes]:
    """Return the form of somebody whom the workbook does not know, by its path below the year's folder."""
    stranger = Person("袁来福", "男", "汉族", YearMonth(YEAR - 42, 4))
    number = identity_number(stranger, 21, len(sheets["候选人"]) + 1)
    texts = {
        "XingMing": stranger.name,
        "XingBie": stranger.sex,
        "ChuShengNianYue": f"{stranger.born.year}{stranger.born.month:02d}",
        "MinZu": stranger.ethnicity,
        "ShenFenZheng": number,
        "JiSuanNianLingShiJian": f"{date(YEAR, 9, 1):%Y%m%d}",
    }
    name = f"{stranger.name}{number}.lrmx"
    return {f"{FOLDER}/{name}": write_lrmx(blank_form(file=name), texts)}
