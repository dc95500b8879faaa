"""Checks the named lists: their sheets, their expressions, and the reports that a list over units draws on."""

from __future__ import annotations

from typing import Protocol

from pbreports.scheme.declare import Expression, Problems, suggest
from pbreports.scheme.language import Scene, Type, Vocabulary
from pbreports.scheme.model import BY_STROKES, LEVEL, REPORTED, ListRule, Scheme


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
