"""What groups of assessors are asked: the declaration of their workbook resolved, the indicators with their scoring kinds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from pbreports.scheme.model import BureauWorkbook, Field, Scheme, Scoring, Sheet
from pbreports.scheme.model.rating import Indicators, bands_of
from pbreports.scheme.tables import constant_records
from pbreports.values import Scalar

TEXT, PART = "指标内容", "一级指标"
"""The columns of a list of indicators that are printed, where there are any."""


class Measure(Enum):
    """How the measured value of an indicator gives points; without one it is the group alone that gives them."""

    DEDUCTION = "扣减"
    RATE = "按率"
    BANDS = "分档"
    YES_NO = "是否"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: its code and words, its full points, and how a measured value becomes points.

    ``bands`` are the lowest values of each band with its points, the highest first.
    """

    code: str
    text: str
    part: str
    full: Decimal
    measure: Measure | None = None
    deduction: Decimal | None = None
    floor: Decimal = Decimal(0)
    bands: tuple[tuple[Decimal, Decimal], ...] = ()

    @property
    def is_measured(self) -> bool:
        """Whether a measured value gives points: the kind is declared with all that it needs."""
        if self.measure is Measure.DEDUCTION:
            return self.deduction is not None
        return bool(self.bands) if self.measure is Measure.BANDS else self.measure is not None


@dataclass(frozen=True, slots=True)
class Asked:
    """The declaration resolved: the sheets and fields that a group's workbook is about, and the indicators in order."""

    book: BureauWorkbook
    scoring: Scoring
    sheet: Sheet
    points: Field
    checked: Field | None
    group: str
    round: str
    object: str
    indicator: str
    name: tuple[str, str]
    indicators: tuple[Indicator, ...]
    reviews: Mapping[str, tuple[Field, ...]]
    """The fields beside the points that are entered once for each object, by sheet; the sheet of points comes last."""


def asked_of(scheme: Scheme, book: BureauWorkbook) -> Asked:
    """Return what the groups' workbooks are about; the declaration has been checked."""
    scoring = book.scoring
    assert scoring is not None  # only asked of workbooks that groups fill
    sheet_name, points = _parts(scoring.points)
    sheet, checked = scheme.sheets[sheet_name], _parts(scoring.checked)[1]
    table, columns = scheme.tables[scoring.indicators], columns_of(scheme, scoring)
    entered = {points, checked, scoring.group}
    others = [scheme.sheets[one.name] for one in book.sheets if one.name != sheet_name]
    reviews = {one.name: tuple(field for field in one.shown if field.name not in one.keys) for one in others}
    reviews[sheet.name] = tuple(one for one in sheet.shown if one.name not in {*sheet.keys, *entered})
    return Asked(
        book=book,
        scoring=scoring,
        sheet=sheet,
        points=sheet.by_name[points],
        checked=sheet.by_name.get(checked),
        group=scoring.group,
        round=scheme.sheets[scoring.rounds].keys[0],
        object=scheme.sheets[scoring.groups].keys[0],
        indicator=table.keys[0],
        name=_parts(scoring.name),
        indicators=tuple(_indicator(one.values, columns) for one in constant_records(scheme)[table.name]),
        reviews=reviews,
    )


def _parts(text: str) -> tuple[str, str]:
    sheet, _, field = text.partition(".")
    return sheet, field


def columns_of(scheme: Scheme, scoring: Scoring) -> Indicators:
    """Return which columns of the list of indicators say what: as the rating declares them, else under their names."""
    rating = scheme.rating
    if rating and rating.indicators.table == scoring.indicators:
        return rating.indicators
    table = scheme.tables[scoring.indicators]
    return Indicators(table=table.name, code=table.keys[0])


def _indicator(row: Mapping[str, Scalar], columns: Indicators) -> Indicator:
    kind = row.get(columns.kind)
    return Indicator(
        code=str(row[columns.code]),
        text=str(row.get(TEXT) or ""),
        part=str(row.get(PART) or ""),
        full=_number(row[columns.full]) or Decimal(0),
        measure=Measure(kind) if kind in {one.value for one in Measure} else None,
        deduction=_number(row.get(columns.each)),
        floor=_number(row.get(columns.floor)) or Decimal(0),
        bands=bands_of(str(row.get(columns.bands) or "")) or (),
    )


def _number(value: Scalar) -> Decimal | None:
    return value if isinstance(value, Decimal) else None
