"""Checks the named lists: their sheets, their expressions, and the reports that a list over units draws on."""

from __future__ import annotations

from typing import Protocol

from pbreports.scheme.declare import Expression, Problems, suggest
from pbreports.scheme.language import Scene, Type, Vocabulary
from pbreports.scheme.model import BY_STROKES, LEVEL, REPORTED, ListRule, Scheme
from pbreports.scheme.papers import kinds_of_columns


class Binder(Protocol):
    """What tries expressions and notes those that do not bind."""

    vocabulary: Vocabulary

    def expect(self, expression: Expression | None, scene: Scene, wanted: Type | None = None) -> None:
        """Note an expression that does not bind to the wanted type."""


def check_lists(scheme: Scheme, binder: Binder, problems: Problems) -> None:
    """Note the faulty lists."""
    for rule in scheme.lists.values():
        if rule.sheet not in binder.vocabulary.tables:
            known = list(binder.vocabulary.tables)
            problems.unknown(rule.place.of("表"), rule.sheet, f"没有表“{rule.sheet}”", suggest(rule.sheet, known))
            continue
        scene = Scene(binder.vocabulary, rule.sheet, district=True)
        binder.expect(rule.condition, scene, Type.TRUTH)
        for expression in (*rule.columns.values(), *rule.order):
            binder.expect(expression, scene)
        _check_counting(rule, binder, problems)
        _check_tree(rule, binder, scene, problems)
        _check_by_name(rule, scheme, binder, scene, problems)
        _check_reports(rule, scheme, scene, problems)
        _check_then(rule, scheme, binder, problems)


def _check_counting(rule: ListRule, binder: Binder, problems: Problems) -> None:
    for sheet, condition in (rule.counting or {}).items():
        if sheet not in binder.vocabulary.tables:
            what, remedy = f"没有表“{sheet}”", suggest(sheet, list(binder.vocabulary.tables))
            problems.unknown(rule.place.of("计入", sheet), sheet, what, remedy)
        else:
            binder.expect(condition, Scene(binder.vocabulary, sheet, district=True), Type.TRUTH)


def _check_tree(rule: ListRule, binder: Binder, scene: Scene, problems: Problems) -> None:
    if rule.tree is None:
        return
    binder.expect(rule.tree.code, scene, Type.TEXT)
    binder.expect(rule.tree.superior, scene, Type.TEXT)
    if rule.tree.indented and rule.tree.indented not in rule.columns:
        place, remedy = rule.tree.place.of("缩进"), suggest(rule.tree.indented, list(rule.columns))
        problems.unknown(place, rule.tree.indented, f"名单没有“{rule.tree.indented}”这一列", remedy)
    if LEVEL in rule.columns:
        problems.add(rule.place.of("列", LEVEL), f"“{LEVEL}”这一列由程序写", "请改列名")


def _check_by_name(rule: ListRule, scheme: Scheme, binder: Binder, scene: Scene, problems: Problems) -> None:
    if rule.by_name is None:
        return
    binder.expect(rule.by_name.name, scene, Type.TEXT)
    for expression in rule.by_name.groups:
        binder.expect(expression, scene)
    if scheme.heading.name_order is None:
        what = "方案没有说哪个口径管个人名单的次序"
        problems.add(rule.by_name.place, what, f"请在 方案.yaml 的“方案”里写上“{BY_STROKES}”，或删去这一项")


def _check_reports(rule: ListRule, scheme: Scheme, scene: Scene, problems: Problems) -> None:
    place = rule.place.of("填报")
    known = [sheet.name for sheet in scheme.school_sheets]
    for sheet in rule.reports:
        if sheet not in known:
            problems.unknown(place, sheet, f"学校没有叫“{sheet}”的表", suggest(sheet, known))
    if rule.reports and scene.vocabulary.unit_field not in scene.fields():
        what = f"表“{rule.sheet}”没有“{scene.vocabulary.unit_field}”，不知道各行是哪个单位"
        problems.add(place, what, "请改用有单位代码的表，或删去 填报")
    if rule.reports and REPORTED in rule.columns:
        problems.add(rule.place.of("列", REPORTED), f"“{REPORTED}”这一列由程序写", "请改列名")


def _check_then(rule: ListRule, scheme: Scheme, binder: Binder, problems: Problems) -> None:
    place = rule.place.of("接着")
    for name in rule.then:
        other = scheme.lists.get(name)
        if other is None or other is rule:
            known = [one for one in scheme.lists if one != rule.name]
            problems.unknown(place, name, f"没有别的名单叫“{name}”", suggest(name, known))
        elif other.then:
            problems.add(place, f"名单“{name}”自己也接着别的名单", f"请把它接着的也写在“{rule.name}”里")
        elif odd := _odd_columns(rule, other, binder.vocabulary):
            problems.add(place, f"“{name}”和“{rule.name}”的列不同：{'、'.join(odd)}", "请写成同样的列，没有的取空")


def _odd_columns(rule: ListRule, other: ListRule, vocabulary: Vocabulary) -> list[str]:
    """Return the columns that only one of two lists has, and those that hold values of other kinds.

    What cannot be bound is told where it is declared, not here again.
    """
    if other.sheet not in vocabulary.tables:
        return []
    here, there = (kinds_of_columns(one, vocabulary) for one in (rule, other))
    broken = (rule.columns.keys() & other.columns.keys()) - (here.keys() & there.keys())
    return [name for name in {**here, **there} if name not in broken and here.get(name) is not there.get(name)]
