"""What the workbook of one group for one round is made from, and the two sheets of it that are read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pbreports.scheme.model import BureauWorkbook, Field, FieldKind, Scheme, Sheet
from pbreports.scheme.scoring import Asked, Indicator, Measure, asked_of
from pbreports.values import Scalar
from pbreports.workspace import safe_name

Row = Mapping[str, Scalar]

TOTAL, STATE = "合计", "自查"
"""The columns of the sheet of points that are computed: the sum of the points, and what is still missing."""

COMPARED, SIGNED = "对照", "签字表"
"""The sheets that are only looked at: what the object and its data say beside the points, and the pages to sign."""

FIRST_VERSION = "v1"


@dataclass(frozen=True, slots=True)
class Assessed:
    """One object that a group assesses: its code and what it is called."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What is known of an indicator before the group comes: the object's own points, and those its data suggest."""

    own: Decimal | None = None
    suggested: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ScoringPlan:
    """What one workbook is made from: the scheme, what is asked, the round, the group, its objects in order, advice.

    ``advice`` is by object and indicator code; blank where nobody has reported.
    """

    scheme: Scheme
    asked: Asked
    round: str
    group: str
    objects: tuple[Assessed, ...]
    advice: Mapping[tuple[str, str], Advice] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What stands above its sheets."""
        return f"{self.scheme.year}年度{self.asked.scoring.indicators}{self.asked.sheet.name}表（{self.round}）"


def scoring_plan(
    scheme: Scheme,
    book: BureauWorkbook,
    round_name: str,
    group: str,
    objects: Sequence[Assessed],
    *,
    advice: Mapping[tuple[str, str], Advice] | None = None,
) -> ScoringPlan:
    """Return the plan of a group's workbook for a round; ``book`` is the declaration that has ``考评``."""
    return ScoringPlan(scheme, asked_of(scheme, book), round_name, group, tuple(objects), advice or {})


def scoring_name(plan: ScoringPlan) -> str:
    """Return the file name of a workbook as issued: year, workbook, round, group, first version."""
    parts = (plan.scheme.year, plan.asked.book.name, plan.round, plan.group, FIRST_VERSION)
    return safe_name("_".join(map(str, parts))) + ".xlsx"


def form_name(book: BureauWorkbook) -> str:
    """Return what a group's workbook calls itself on its hidden sheet."""
    return f"{book.name}簿"


def points_sheet(asked: Asked) -> Sheet:
    """Return the wide sheet: a line for each object, a column for each indicator, what is entered once behind them."""
    fields = (
        *_about(asked),
        *(_points_field(asked.points, one) for one in asked.indicators),
        Field(name=TOTAL, kind=FieldKind.COMPUTED, result=FieldKind.DECIMAL, unit=asked.points.unit),
        Field(name=STATE, kind=FieldKind.COMPUTED, result=FieldKind.TEXT),
        *(replace(one, required=False, locked=False) for fields in asked.reviews.values() for one in fields),
    )
    return Sheet(name=asked.sheet.name, fields=fields, keys=(asked.object,))


def measured_title(asked: Asked) -> str:
    """Return the title of the sheet of measured values, empty where no indicator has any."""
    return asked.checked.name if asked.checked and any(one.is_measured for one in asked.indicators) else ""


def measured_sheet(asked: Asked) -> Sheet | None:
    """Return the sheet of measured values, ``None`` where no indicator has any; behind them the points they give."""
    if asked.checked is None or not measured_title(asked):
        return None
    fields = (
        *_about(asked),
        *(_measured_field(asked.checked, one) for one in asked.indicators),
        *(_given_field(asked.points, one) for one in asked.indicators),
    )
    return Sheet(name=asked.checked.name, fields=fields, keys=(asked.object,))


def _about(asked: Asked) -> tuple[Field, Field]:
    """Return the fields that say which object a line is of."""
    code = Field(name=asked.object, kind=FieldKind.TEXT, length=20, locked=True, required=True)
    return code, Field(name=asked.name[1], kind=FieldKind.TEXT, length=60, locked=True)


def label_of(one: Indicator) -> str:
    """Return what an indicator's column is called: its code and its words."""
    return f"{one.code}{one.text}"


def header_of(one: Indicator) -> str:
    """Return the header of an indicator's column, its code in a line of its own."""
    return f"{one.code}\n{one.text}"


def _points_field(points: Field, one: Indicator) -> Field:
    least = points.minimum if points.minimum is not None else Decimal(0)
    return replace(
        points, name=label_of(one), aliases=(one.code,), minimum=least, maximum=one.full, required=False, note=""
    )


def _measured_field(checked: Field, one: Indicator) -> Field:
    most = {Measure.RATE: Decimal(100), Measure.YES_NO: Decimal(1)}.get(one.measure) if one.measure else None
    note = MEASURED_NOTES[one.measure] if one.measure and one.is_measured else "这一项直接打分。"
    kind = FieldKind.INTEGER if one.measure is Measure.YES_NO else checked.kind
    least = checked.minimum if one.measure is Measure.BANDS else Decimal(0)
    return replace(
        checked,
        name=label_of(one),
        kind=kind,
        aliases=(one.code,),
        minimum=least,
        maximum=most,
        required=False,
        note=note,
    )


MEASURED_NOTES = {
    Measure.DEDUCTION: "填没做到的次数。",
    Measure.RATE: "填百分数，如 95.5。",
    Measure.BANDS: "填核查到的数。",
    Measure.YES_NO: "做到的填1，没做到的填0。",
}


def _given_field(points: Field, one: Indicator) -> Field:
    return Field(name=f"{one.code}折算分", kind=FieldKind.COMPUTED, result=FieldKind.DECIMAL, unit=points.unit)
