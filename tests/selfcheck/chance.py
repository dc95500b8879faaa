"""Chance changes of a draft: the slips of hand that no case thought of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from pbreports.scheme.model import Field, FieldKind, Scheme, Sheet
from pbreports.values import Scalar, YearMonth
from selfcheck.drafts import Add, Change, Draft, Drop, InForce, Put, TurnDeclaration

_UNCLEAR = "待核实"
"""What stands in a cell when its value is not known yet: neither number nor date nor choice, whoever reads it."""

_PHRASES = ("由王老师负责", "扎实开展开展", "原因另附,待补", "一名党员长期病休", "已完成", "无")
_LAST_DAYS = (date(2020, 6, 30), date(2020, 9, 29), date(2020, 9, 30), date(2020, 11, 30), date(2020, 12, 30))


def slips(scheme: Scheme, draft: Draft, dice: Random) -> Iterator[Change]:
    """Yield some slips: many cells, now and then a record left out, doubled or added, a declaration turned round."""
    names = [name for name, entries in draft.sheets.items() if entries]
    for _ in range(dice.randrange(6, 30)):
        name = dice.choice(names)
        yield _slip(scheme.sheets[name], draft, dice)
    if dice.random() < 0.15:
        yield TurnDeclaration(dice.choice([name for name in draft.sheets if scheme.sheets[name].can_be_declared_none]))
    if dice.random() < 0.12:
        yield InForce("统计截止日", dice.choice(_LAST_DAYS))
    if dice.random() < 0.12:
        name = dice.choice(("党课频次口径", "评议优秀基数", "社区报到要求"))
        yield InForce(name, dice.choice(scheme.switches[name].options))


def _slip(sheet: Sheet, draft: Draft, dice: Random) -> Change:
    entries = draft.sheets[sheet.name]
    number = dice.randrange(len(entries))
    kind = dice.random()
    if kind < 0.05:
        return Drop(sheet.name, (number,))
    if kind < 0.10:
        return Add(sheet.name, entries[number].values)
    field = dice.choice([one for one in sheet.shown if not one.computed])
    others = [entry.values.get(field.name) for entry in entries]
    return Put(sheet.name, number, field.name, _other(field, others[number], others, dice))


def _other(field: Field, value: Scalar, others: list[Scalar], dice: Random) -> Scalar:
    """Return something else for a field: mostly what could be right, sometimes nothing, seldom nonsense."""
    fate = dice.random()
    if fate < 0.12:
        return None
    if fate < 0.16 and field.kind is not FieldKind.TEXT and field.kind is not FieldKind.LONG_TEXT:
        return _UNCLEAR
    return _CHANGES[field.kind](field, value, others, dice)


def _number(field: Field, value: Scalar, others: list[Scalar], dice: Random) -> Scalar:
    number = value if isinstance(value, Decimal) else Decimal(dice.randrange(20))
    step = Decimal(1) if field.kind is FieldKind.INTEGER else Decimal("0.5")
    changed = (number + step, number - step, number * 10, Decimal(0), number // 2, number + dice.randrange(40))
    if dice.random() < 0.04:
        return dice.choice((Decimal("3.25"), Decimal(-1), Decimal(999)))
    return max(Decimal(0), dice.choice(changed))


def _day(field: Field, value: Scalar, others: list[Scalar], dice: Random) -> Scalar:
    day = value if isinstance(value, date) else date(2020, dice.randrange(1, 13), dice.randrange(1, 29))
    if dice.random() < 0.2:
        return dice.choice((date(2020, 12, 31), date(2021, 1, 1), date(2020, 1, 1), date(2019, 12, 31)))
    return day + timedelta(days=dice.choice((-1, 1, -7, 9, -31, 31, -92, 184, -365, 366, -1096, -2000)))


def _month(field: Field, value: Scalar, others: list[Scalar], dice: Random) -> Scalar:
    month = value if isinstance(value, YearMonth) else YearMonth(1985, 6)
    count = month.year * 12 + month.month - 1 + dice.choice((-1, 1, -12, 12, 120, 216, 300, 420, -240))
    return YearMonth(*min((count // 12, count % 12 + 1), (2021, 3)))


def _choice(field: Field, value: Scalar, others: list[Scalar], dice: Random) -> Scalar:
    return dice.choice(field.options)


def _yes_no(field: Field, value: Scalar, others: list[Scalar], dice: Random) -> Scalar:
    return not value


def _text(field: Field, value: Scalar, others: list[Scalar], dice: Random) -> Scalar:
    choices = [*(other for other in others if other is not None), *_PHRASES, f"{value or ''}一"]
    return dice.choice(choices)


_CHANGES: Mapping[FieldKind, Callable[[Field, Scalar, list[Scalar], Random], Scalar]] = {
    FieldKind.INTEGER: _number,
    FieldKind.DECIMAL: _number,
    FieldKind.DATE: _day,
    FieldKind.MONTH: _month,
    FieldKind.CHOICE: _choice,
    FieldKind.YES_NO: _yes_no,
    FieldKind.TEXT: _text,
    FieldKind.LONG_TEXT: _text,
}
