"""Checks how the year is rated: the sheets and fields that are named, every expression, lines, weights, bands."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol, cast

from pbreports.scheme.declare import Expression, Problems, shape_of, suggest
from pbreports.scheme.language import ExpressionError, Facts, Frame, Scene, Type, Vocabulary, bind, parse, sheets_named
from pbreports.scheme.model import ConstantTable, FieldKind, Scheme, Sheet
from pbreports.scheme.model.rating import BonusPoints, Ceiling, Indicators, RatingRule, bands_of
from pbreports.scheme.vocabulary import RESULTS, ROUND_SCORES

OPTIONAL_COLUMNS = ("单位扣分", "下限", "分档")
"""Columns of the indicators that a scheme may do without, as long as it does not name others for them."""

KINDS = ("扣减", "按率", "分档", "是否")
"""The scoring kinds that the rating knows."""


class Binder(Protocol):
    """What tries expressions and notes those that do not bind."""

    vocabulary: Vocabulary

    def expect(self, expression: Expression | None, scene: Scene, wanted: Type | None = None) -> None:
        """Note an expression that does not bind to the wanted type."""


def check_rating(scheme: Scheme, binder: Binder, problems: Problems) -> None:
    """Note what is wrong with the section 评定."""
    rule = scheme.rating
    if rule is None:
        return
    for part in _parts(rule):
        _check_part(part, scheme, problems)
    if rule.rated.sheet in scheme.sheets:
        _check_expressions(rule, binder)
    for clause in rule.ceilings:
        _check_details(clause, scheme, problems)
    _check_stars(rule, problems)
    _check_weights(rule, scheme, binder.vocabulary, problems)
    if rule.bonus:
        _check_cases(rule.bonus, scheme, problems)
    _check_bands(rule.indicators, scheme, problems)
    _check_kinds(rule.indicators, scheme, problems)


def _check_details(clause: Ceiling, scheme: Scheme, problems: Problems) -> None:
    """Note what a clause tells of the rows that it rests on and that none of the sheets in its condition has."""
    asked = [scheme.sheets[name] for name in sheets_named(parse(clause.condition.text)) if name in scheme.sheets]
    of_rows = {field for sheet in asked for field in sheet.by_name}
    of_tables = {f"{table.name}.{field}" for table in scheme.tables.values() for field in table.by_name}
    for name in clause.details:
        if name not in of_rows | of_tables:
            what = f"条件所问的表没有字段“{name}”"
            problems.unknown(clause.place.of("明细"), name, what, suggest(name, sorted(of_rows)))


def _check_cases(bonus: BonusPoints, scheme: Scheme, problems: Problems) -> None:
    """Note the table of bonus cases, or a column of it, that is not there."""
    table = scheme.tables.get(bonus.table)
    if table is None:
        what = f"没有清单“{bonus.table}”"
        problems.unknown(bonus.place.of("项目表"), bonus.table, what, suggest(bonus.table, list(scheme.tables)))
        return
    for word, field in (("代码", bonus.code), ("分值", bonus.most)):
        if field not in table.by_name:
            what = f"清单“{bonus.table}”没有字段“{field}”"
            problems.unknown(bonus.place.of(word), field, what, suggest(field, list(table.by_name)))


def _check_kinds(declared: Indicators, scheme: Scheme, problems: Problems) -> None:
    """Note indicators of an unknown scoring kind, or without what their kind needs."""
    table = scheme.tables.get(declared.table)
    needed = {"扣减": declared.each, "分档": declared.bands}
    for row in table.rows if table else ():
        kind = row.get(declared.kind)
        if kind is None:
            continue
        lacking = needed.get(kind.text)
        if kind.text not in KINDS:
            problems.add(kind.place, f"没有计分方式“{kind.text}”", f"请写{'、'.join(KINDS)}之一")
        elif lacking and lacking not in row:
            problems.add(kind.place, f"计分方式是“{kind.text}”，没有写“{lacking}”", "请补上，否则核查值算不出得分")


def _parts(rule: RatingRule) -> Iterator[Any]:
    """Go through the parts that name a sheet or table and its fields."""
    shares = rule.places.shares if rule.places else None
    given = (rule.rated, rule.indicators, rule.points, rule.bonus, shares, rule.adjustments, rule.settled)
    yield from (one for one in (*given, rule.groups, rule.approval, rule.last, rule.self_rating) if one)


def _check_part(part: Any, scheme: Scheme, problems: Problems) -> None:
    name = part.table if isinstance(part, Indicators) else part.sheet
    declared: Sheet | ConstantTable | None = scheme.sheets.get(name) or scheme.tables.get(name)
    if declared is None:
        problems.unknown(part.place.of("表"), name, f"没有表“{name}”", suggest(name, [*scheme.sheets, *scheme.tables]))
        return
    for word, field in _fields_of(part):
        if field not in declared.by_name and not (word in OPTIONAL_COLUMNS and field == word):
            what = f"表“{name}”没有字段“{field}”"
            problems.unknown(part.place.of(word), field, what, suggest(field, list(declared.by_name)))


def _fields_of(part: Any) -> Iterator[tuple[str, str]]:
    """Go through the words and fields of a part that are fields of its own sheet."""
    for slot in shape_of(cast(Any, type(part))).slots:
        value = getattr(part, slot.attribute)
        if isinstance(value, str) and value and slot.key not in {"表", "项目表", "分值"}:
            yield slot.key, value


def _check_expressions(rule: RatingRule, binder: Binder) -> None:
    vocabulary = binder.vocabulary
    nowhere, results = Scene(vocabulary, district=True), Scene(vocabulary, RESULTS, district=True)
    rated = Scene(vocabulary, rule.rated.sheet, district=True)
    binder.expect(rule.rated.condition, rated, Type.TRUTH)
    for text in rule.rated.order:
        binder.expect(text, rated)
    for one in rule.rounds:
        binder.expect(one.weight, nowhere, Type.NUMBER)
    binder.expect(rule.round_score, Scene(vocabulary, ROUND_SCORES, district=True), Type.NUMBER)
    binder.expect(rule.single_round, nowhere, Type.TRUTH)
    for line in rule.lines.values():
        binder.expect(line, nowhere, Type.NUMBER)
    for clause in rule.ceilings:
        binder.expect(clause.condition, results, Type.TRUTH)
        binder.expect(clause.star, results, Type.NUMBER)
    for field in rule.extra:
        binder.expect(field.formula, results)
    _check_places(rule, binder, nowhere, results)


def _check_places(rule: RatingRule, binder: Binder, nowhere: Scene, results: Scene) -> None:
    places = rule.places
    if places is None:
        return
    binder.expect(places.number, nowhere, Type.NUMBER)
    binder.expect(places.plaque, results, Type.TEXT)
    for text in places.order:
        binder.expect(text, results)
    if places.shares:
        binder.expect(places.shares.applies, nowhere, Type.TRUTH)
    if places.shares and places.shares.sheet in binder.vocabulary.tables:
        binder.expect(places.shares.condition, Scene(binder.vocabulary, places.shares.sheet, district=True), Type.TRUTH)


def _check_stars(rule: RatingRule, problems: Problems) -> None:
    for star in rule.lines:
        if not star.isdecimal():
            problems.add(rule.place.of("等次线", star), f"等次线的“{star}”不是星级", '请写数字，如 "5": 五星分数线')
    stars = [int(star) for star in rule.lines if star.isdecimal()]
    if not stars:
        problems.add(rule.place.of("等次线"), "没有等次线", '请写 "5": 五星分数线 等')
    elif rule.places and rule.places.star not in stars:
        problems.add(rule.places.place.of("星级"), f"名额的星级{rule.places.star}不在等次线里", "请核对")
    if rule.places and rule.places.otherwise >= rule.places.star:
        problems.add(rule.places.place.of("落选星级"), "落选星级应低于名额的星级", "请核对")


def _check_weights(rule: RatingRule, scheme: Scheme, vocabulary: Vocabulary, problems: Problems) -> None:
    """Note weights of the rounds that do not add up to one."""
    scene = Scene(vocabulary, district=True)
    names = scheme.fixed_names(scheme.heading.periods[0]) if scheme.heading.periods else {}
    try:
        values = [bind(one.weight.text, scene, Type.NUMBER).run(Frame(Facts({}), names)) for one in rule.rounds]
    except ExpressionError:
        return  # noted where every expression is tried
    if all(isinstance(value, Decimal | Fraction) for value in values):
        total = sum((Fraction(value) for value in values), Fraction(0))
        if total != 1:
            problems.add(rule.place.of("轮次"), f"各轮权重合计是{float(total):g}，应是1", "请改权重")


def _check_bands(declared: Indicators, scheme: Scheme, problems: Problems) -> None:
    """Note bands that are not written as limits and points."""
    table = scheme.tables.get(declared.table)
    field = table.by_name.get(declared.bands) if table else None
    if table is None or field is None or field.kind is not FieldKind.TEXT:
        return
    for row in table.rows:
        text = row.get(field.name)
        if text is not None and bands_of(text.text) is None:
            problems.add(text.place, f"分档“{text.text}”看不懂", "请写成“90:5 80:4 60:2”，前面是界限，后面是得分")
