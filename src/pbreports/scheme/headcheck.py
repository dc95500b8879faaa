"""Checks what the heading of a scheme names: periods, roster, switches, the fields that link sheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, cast

from pbreports.scheme.declare import Place, Problems, shape_of, suggest
from pbreports.scheme.language.types import OF_KIND
from pbreports.scheme.model import (
    BY_STROKES,
    Amendments,
    ConstantTable,
    Deadlines,
    Exemptions,
    FieldKind,
    Official,
    Rulings,
    Scheme,
    Sheet,
    Waivers,
)
from pbreports.scheme.papers import OF_PAPERS


def check_heading(scheme: Scheme, problems: Problems) -> None:
    """Note what the heading names and the scheme does not have."""
    _check_periods(scheme, problems)
    heading = scheme.heading
    roster = heading.roster
    words = {"代码": roster.code, "全称": roster.full_name, "简称": roster.short_name, "别名": roster.aliases}
    words |= {"种类": roster.kind, "分组": roster.group, "报送": roster.reports}
    _check_reference(roster.sheet, words, roster.place, scheme, problems)
    if heading.last_year:
        last = heading.last_year
        _check_reference(last.sheet, {"名称": last.name, "数值": last.value}, last.place, scheme, problems)
    _check_decisions(scheme, problems)
    _check_words_of_papers(scheme, problems)
    _check_name_order(scheme, problems)
    for name, switch in scheme.switches.items():
        if switch.default not in switch.options:
            what, remedy = (
                f"口径“{name}”的默认“{switch.default}”不在选项里",
                suggest(switch.default, list(switch.options)),
            )
            problems.add(switch.place.of("默认"), what, remedy)


def _check_words_of_papers(scheme: Scheme, problems: Problems) -> None:
    """Note what has a name that means something of its own in papers and in the rules on them."""
    named: list[Mapping[str, Any]] = [scheme.sheets, scheme.tables, scheme.parameters, scheme.switches]
    for name, one in (pair for some in (*named, scheme.figures, scheme.lists) for pair in some.items()):
        if name in OF_PAPERS:
            problems.add(one.place, f"“{name}”是文书里的内置名", "请改名")


def _check_decisions(scheme: Scheme, problems: Problems) -> None:
    """Note where the sheets that hold the bureau's decisions are not as the heading says."""
    heading = scheme.heading
    decisions = (heading.waivers, heading.exemptions, heading.amendments, heading.rulings)
    for one in (*decisions, heading.deadlines, heading.official):
        if one:
            _check_reference(one.sheet, _columns_of(one), one.place, scheme, problems)
    if heading.exemptions:
        _check_kind(heading.exemptions, "有效期", (FieldKind.DATE,), scheme, problems)
        subject = heading.exemptions.subject
        if subject and subject not in heading.links:
            what = f"豁免的对象“{subject}”不是关联字段"
            problems.add(heading.exemptions.place.of("对象"), what, "请写“关联”里的字段，如党组织代码")
    if heading.deadlines:
        for word in ("截止", "退回限期", "二次截止"):
            _check_kind(heading.deadlines, word, (FieldKind.DATE,), scheme, problems)
    if heading.rulings:
        _check_kind(heading.rulings, "值", (FieldKind.INTEGER, FieldKind.DECIMAL), scheme, problems)


def _check_name_order(scheme: Scheme, problems: Problems) -> None:
    """Note a switch that cannot order people by their surnames' strokes, and a sheet of strokes that is not there."""
    one = scheme.heading.name_order
    if one is None:
        return
    columns = {"字": one.character, "笔画数": one.count, "笔顺": one.strokes}
    _check_reference(one.sheet, columns, one.place, scheme, problems)
    switch = scheme.switches.get(one.switch)
    if switch is None:
        what, remedy = f"没有口径“{one.switch}”", suggest(one.switch, list(scheme.switches))
        problems.unknown(one.place.of("口径"), one.switch, what, remedy)
    elif BY_STROKES not in switch.options:
        problems.add(switch.place.of("选项"), f"口径“{one.switch}”没有“{BY_STROKES}”这一选项", "请补上")


Decisions = Waivers | Exemptions | Amendments | Rulings | Deadlines | Official


def _columns_of(decisions: Decisions) -> dict[str, str]:
    """Return the columns that a declaration names, by its words."""
    slots = shape_of(cast(Any, type(decisions))).slots
    return {slot.key: getattr(decisions, slot.attribute) for slot in slots if slot.attribute != "sheet"}


def _check_kind(
    decisions: Decisions, word: str, kinds: tuple[FieldKind, ...], scheme: Scheme, problems: Problems
) -> None:
    """Note a column that does not hold what the program reads from it."""
    sheet, name = scheme.sheets.get(decisions.sheet), _columns_of(decisions)[word]
    field = sheet.by_name.get(name) if sheet else None
    if field and field.kind not in kinds:
        what = f"“{decisions.sheet}.{name}”是{field.kind.value}"
        problems.add(decisions.place.of(word), what, f"请改成{'或'.join(kind.value for kind in kinds)}")


def _check_periods(scheme: Scheme, problems: Problems) -> None:
    heading = scheme.heading
    if not heading.periods:
        example = "至少写一个，如 {名称: 全年, 起始: 2020-01-01, 截止: 2020-12-31}"
        problems.add(heading.place.of("期次"), "没有期次", example)
    counts = Counter(period.name for period in heading.periods)
    for period in heading.periods:
        if period.end < period.start:
            problems.add(period.place.of("截止"), f"期次“{period.name}”截止早于起始", "请核对日期")
        if counts[period.name] > 1:
            problems.add(period.place.of("名称"), f"期次“{period.name}”重复", "请改名或删去一个")


def _check_reference(name: str, fields: dict[str, str], place: Place, scheme: Scheme, problems: Problems) -> None:
    sheet = scheme.sheets.get(name)
    if sheet is None or sheet.of_school:
        known = [one.name for one in scheme.sheets.values() if one.workbook]
        problems.unknown(place.of("表"), name, f"没有局端表“{name}”", suggest(name, known))
        return
    for key, field in fields.items():
        if field and field not in sheet.by_name:
            what, remedy = f"表“{name}”没有字段“{field}”", suggest(field, list(sheet.by_name))
            problems.unknown(place.of(key), field, what, remedy)


def check_links(scheme: Scheme, problems: Problems) -> None:
    """Note a linking field that no sheet has, or that is of one type here and of another there: it would link nothing."""
    for name in dict.fromkeys((*scheme.heading.links, scheme.heading.roster.code)):
        kinds = list(_kinds_of(name, scheme))
        if not kinds:
            known = sorted({field.name for sheet in scheme.sheets.values() for field in sheet.fields})
            problems.unknown(
                scheme.heading.place.of("关联"), name, f"关联“{name}”不是任何表的字段", suggest(name, known)
            )
        for place, kind in kinds[1:]:
            if OF_KIND.get(kind) is not OF_KIND.get(kinds[0][1]):
                what = f"关联字段“{name}”这里是{kind.value}，{kinds[0][0]}是{kinds[0][1].value}，连不起来"
                problems.add(place, what, "请改成同一类型")


def _kinds_of(name: str, scheme: Scheme) -> Iterable[tuple[Place, FieldKind]]:
    tables: list[Sheet | ConstantTable] = [*scheme.sheets.values(), *scheme.tables.values()]
    for declared in tables:
        field = declared.by_name.get(name)
        if field:
            yield field.place.of("类型"), field.holds
