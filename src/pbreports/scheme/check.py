"""Checks that a scheme's parts fit together: names, references, types of every expression."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pbreports.scheme import rulecheck
from pbreports.scheme.circles import check_circles
from pbreports.scheme.declare import Expression, Place, Problems, suggest
from pbreports.scheme.language import ExpressionError, Scene, Type, Vocabulary, bind, bind_message
from pbreports.scheme.language.types import type_of_field
from pbreports.scheme.model import Algorithm, ConstantTable, Field, FieldKind, FigureRule, Layout, Preset, Scheme, Sheet
from pbreports.scheme.names import fault_of
from pbreports.scheme.tables import check_rows
from pbreports.scheme.vocabulary import BUILT_IN, vocabulary_of


def check_scheme(scheme: Scheme, problems: Problems) -> None:
    """Note everything in a scheme that does not fit together."""
    _check_names(scheme, problems)
    for sheet in scheme.sheets.values():
        _check_sheet(sheet, scheme, problems)
    for table in scheme.tables.values():
        _check_fields(table, problems)
        _check_expression_columns(table, scheme, problems)
        check_rows(table, problems)
    _check_heading(scheme, problems)
    if problems.found:
        return  # expressions on top of broken sheets would only repeat the same causes
    vocabulary = vocabulary_of(scheme)
    checker = _Expressions(vocabulary, problems)
    for sheet in scheme.sheets.values():
        checker.sheet(sheet)
    for table in scheme.tables.values():
        checker.table(table)
    rulecheck.check_rules(scheme, checker, problems)
    checker.figures(scheme)
    checker.lists(scheme)
    checker.papers(scheme)
    if not problems.found:
        check_circles(scheme, vocabulary, problems)


def _check_names(scheme: Scheme, problems: Problems) -> None:
    for name, place in _all_names(scheme):
        fault = fault_of(name)
        if fault:
            problems.add(place, fault, "请改名")
    owners: dict[str, str] = dict.fromkeys(BUILT_IN, "内置名")
    fields = {field.name for sheet in scheme.sheets.values() for field in sheet.fields}
    for word, names in _global_names(scheme).items():
        for name, place in names.items():
            if name in owners or name in scheme.sheets or name in scheme.tables:
                problems.add(place, f"{word}“{name}”与{owners.get(name, '表名')}重名", "请改名")
            elif name in fields:
                problems.add(place, f"{word}“{name}”与一个字段同名", "请把名字写全，使它不与字段相同")
            owners[name] = word


def _all_names(scheme: Scheme) -> Iterable[tuple[str, Place]]:
    tables: list[Sheet | ConstantTable] = [*scheme.sheets.values(), *scheme.tables.values()]
    for declared in tables:
        yield declared.name, declared.place
        for field in declared.fields:
            yield field.name, field.place
    for names in _global_names(scheme).values():
        yield from names.items()


def _global_names(scheme: Scheme) -> Mapping[str, Mapping[str, Place]]:
    return {
        "参数": {name: one.place for name, one in scheme.parameters.items()},
        "口径": {name: one.place for name, one in scheme.switches.items()},
        "数字": {name: one.place for name, one in scheme.figures.items()},
        "名单": {name: one.place for name, one in scheme.lists.items()},
    }


def _check_fields(declared: Sheet | ConstantTable, problems: Problems) -> None:
    counts = Counter(field.name for field in declared.fields)
    for field in declared.fields:
        if counts[field.name] > 1:
            problems.add(field.place, f"“{declared.name}”里字段“{field.name}”重复", "请改名或删去一个")
        _check_field(field, problems)
    for name in declared.keys:
        if name not in declared.by_name:
            problems.add(declared.place, f"主键“{name}”不是表的字段", suggest(name, list(declared.by_name)))


def _check_field(field: Field, problems: Problems) -> None:
    if field.kind is FieldKind.CHOICE and not field.options:
        problems.add(field.place, f"选项字段“{field.name}”没有选项", "请写 选项: …")
    if field.kind is FieldKind.COMPUTED and (field.formula is None or field.result is None):
        problems.add(field.place, f"计算字段“{field.name}”缺公式或结果", "请写 公式 和 结果")
    if field.kind is FieldKind.EXPRESSION and (not field.sheet or field.result is None):
        problems.add(field.place, f"表达式字段“{field.name}”缺表或结果", "请写 表 和 结果")
    if field.holds in (FieldKind.COMPUTED, FieldKind.EXPRESSION):
        problems.add(field.place, f"“{field.name}”的结果不能是{field.holds.value}", "请写 整数、小数、文本、日期等")


def _check_sheet(sheet: Sheet, scheme: Scheme, problems: Problems) -> None:
    _check_fields(sheet, problems)
    _check_words(sheet, "单位种类", sheet.kinds, scheme.heading.unit_kinds, problems)
    periods = [period.name for period in scheme.heading.periods]
    _check_words(sheet, "期次", sheet.periods, periods, problems)
    if sheet.of_school and not sheet.number:
        problems.add(sheet.place, f"报表“{sheet.name}”没有编号", '请写 编号: "00"')
    if sheet.layout is Layout.FORM and sheet.keys:
        problems.add(sheet.place, f"单页表“{sheet.name}”只有一条，不要主键", "请删去 主键")
    if len(sheet.title) > 31 or any(mark in sheet.title for mark in "[]:*?/\\"):
        problems.add(sheet.place, f"工作表名“{sheet.title}”超过31个字或含 []:*?/\\", "请改短表名")
    for preset in sheet.presets:
        _check_preset(preset, sheet, scheme, problems)


def _check_words(sheet: Sheet, what: str, given: Sequence[str], known: Sequence[str], problems: Problems) -> None:
    for word in given:
        if word not in known:
            problems.add(sheet.place, f"没有{what}“{word}”", suggest(word, list(known)))


def _check_preset(preset: Preset, sheet: Sheet, scheme: Scheme, problems: Problems) -> None:
    if bool(preset.source) == bool(preset.option):
        problems.add(preset.place, "预设要写“来自”或“选项”中的一个", "请只写一个")
        return
    if preset.option:
        field = sheet.by_name.get(preset.option)
        if field is None or not field.options:
            problems.add(
                preset.place, f"“{preset.option}”不是本表的选项字段", suggest(preset.option, list(sheet.by_name))
            )
        return
    bureau = [name for name, one in scheme.sheets.items() if not one.of_school]
    if preset.source not in (*bureau, *scheme.tables):
        problems.add(preset.place, f"没有局端表或清单“{preset.source}”", suggest(preset.source, bureau))
    for name in preset.fill or {}:
        if name not in sheet.by_name:
            problems.add(preset.place, f"本表没有字段“{name}”", suggest(name, list(sheet.by_name)))


def _check_expression_columns(table: ConstantTable, scheme: Scheme, problems: Problems) -> None:
    for field in table.fields:
        if field.kind is FieldKind.EXPRESSION and field.sheet not in scheme.sheets:
            problems.add(field.place, f"没有表“{field.sheet}”", suggest(field.sheet, list(scheme.sheets)))


def _check_heading(scheme: Scheme, problems: Problems) -> None:
    heading = scheme.heading
    if not heading.periods:
        problems.add(heading.place, "没有期次", "至少写一个，如 {名称: 全年, 起始: 2020-01-01, 截止: 2020-12-31}")
    for period in heading.periods:
        if period.end < period.start:
            problems.add(period.place, f"期次“{period.name}”截止早于起始", "请核对日期")
    roster = heading.roster
    named = (
        roster.code,
        roster.full_name,
        roster.short_name,
        roster.aliases,
        roster.kind,
        roster.group,
        roster.reports,
    )
    _check_reference(roster.sheet, named, roster.place, scheme, problems)
    if heading.last_year:
        last = heading.last_year
        _check_reference(last.sheet, (last.name, last.value), last.place, scheme, problems)
    if heading.waivers:
        one = heading.waivers
        _check_reference(one.sheet, (one.unit, one.version, one.reason, one.period), one.place, scheme, problems)


def _check_reference(name: str, fields: Iterable[str], place: Place, scheme: Scheme, problems: Problems) -> None:
    sheet = scheme.sheets.get(name)
    if sheet is None or sheet.of_school:
        problems.add(
            place, f"没有局端表“{name}”", suggest(name, [one.name for one in scheme.sheets.values() if one.workbook])
        )
        return
    for field in fields:
        if field and field not in sheet.by_name:
            problems.add(place, f"表“{name}”没有字段“{field}”", suggest(field, list(sheet.by_name)))


class _Expressions:
    """Binds every expression of a scheme, only to note those that cannot be bound."""

    def __init__(self, vocabulary: Vocabulary, problems: Problems) -> None:
        self.vocabulary = vocabulary
        self.problems = problems

    def expect(self, expression: Expression | None, scene: Scene, wanted: Type | None = None) -> None:
        """Note an expression that does not bind to the wanted type."""
        if expression is None:
            return
        try:
            bind(expression.text, scene, wanted)
        except ExpressionError as fault:
            self.problems.add(expression.place, fault.what, fault.remedy)

    def expect_message(self, message: Expression | None, scene: Scene) -> None:
        """Note a message whose braces do not bind."""
        if message is None:
            return
        try:
            bind_message(message.text, scene)
        except ExpressionError as fault:
            self.problems.add(message.place, fault.what, fault.remedy)

    def sheet(self, sheet: Sheet) -> None:
        """Note the faulty expressions of a sheet."""
        scene = Scene(self.vocabulary, sheet.name, district=not sheet.of_school)
        for field in sheet.fields:
            self.expect(field.formula, scene, type_of_field(field) if field.computed else None)
            if isinstance(field.required, Expression):
                self.expect(field.required, scene, Type.TRUTH)
        for preset in sheet.presets:
            if preset.source:
                source = Scene(self.vocabulary, preset.source)
                self.expect(preset.condition, source, Type.TRUTH)
                for name, expression in (preset.fill or {}).items():
                    self.expect(expression, source, type_of_field(sheet.by_name[name]))

    def table(self, table: ConstantTable) -> None:
        """Note the faulty expressions of a constant table's expression columns."""
        for field in table.fields:
            if field.kind is FieldKind.EXPRESSION:
                for row in table.rows:
                    self.expect(row.get(field.name), Scene(self.vocabulary, field.sheet), type_of_field(field))

    def figures(self, scheme: Scheme) -> None:
        """Note the faulty figures."""
        for figure in scheme.figures.values():
            if figure.algorithm is Algorithm.EXPRESSION:
                self._need(figure, "式", figure.expression)
                self.expect(figure.expression, Scene(self.vocabulary, district=True, figures=True), Type.NUMBER)
            elif figure.sheet not in self.vocabulary.tables:
                known = list(self.vocabulary.tables)
                self.problems.add(figure.place, f"没有表“{figure.sheet}”", suggest(figure.sheet, known))
            else:
                self._figure_over_rows(figure)

    def _figure_over_rows(self, figure: FigureRule) -> None:
        scene = Scene(self.vocabulary, figure.sheet, district=True)
        self.expect(figure.condition, scene, Type.TRUTH)
        if figure.algorithm is not Algorithm.COUNT:
            self._need(figure, "字段", figure.field)
        numeric = figure.algorithm in (Algorithm.SUM, Algorithm.MEAN, Algorithm.LATEST)
        self.expect(figure.field, scene, Type.NUMBER if numeric else None)
        if figure.algorithm is Algorithm.THREE_YEARS:
            self._need(figure, "年份", figure.year)
            self.expect(figure.year, scene, Type.NUMBER)

    def _need(self, figure: FigureRule, word: str, given: Expression | None) -> None:
        if given is None:
            self.problems.add(
                figure.place, f"数字“{figure.name}”的算法是{figure.algorithm.value}，缺“{word}”", "请补上"
            )

    def lists(self, scheme: Scheme) -> None:
        """Note the faulty lists."""
        for rule in scheme.lists.values():
            if rule.sheet not in self.vocabulary.tables:
                known = list(self.vocabulary.tables)
                self.problems.add(rule.place, f"没有表“{rule.sheet}”", suggest(rule.sheet, known))
                continue
            scene = Scene(self.vocabulary, rule.sheet, district=True)
            self.expect(rule.condition, scene, Type.TRUTH)
            for expression in (*rule.columns.values(), *rule.order):
                self.expect(expression, scene)

    def papers(self, scheme: Scheme) -> None:
        """Note the faulty titles of papers."""
        for paper in scheme.papers.values():
            self.expect_message(paper.title, Scene(self.vocabulary, district=True, figures=True))
