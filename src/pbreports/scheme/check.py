"""Checks that a scheme's parts fit together: names, references, types of every expression."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pbreports.scheme import rulecheck
from pbreports.scheme.cadrecheck import check_cadre
from pbreports.scheme.circles import check_circles
from pbreports.scheme.declare import Expression, Place, Problems, suggest
from pbreports.scheme.headcheck import check_heading, check_links
from pbreports.scheme.language import ExpressionError, Scene, Type, Vocabulary, bind, bind_message
from pbreports.scheme.language.scene import WORKBOOK_NAMES
from pbreports.scheme.language.types import OF_KIND
from pbreports.scheme.listcheck import check_lists
from pbreports.scheme.model import Algorithm, ConstantTable, Field, FieldKind, FigureRule, Layout, Preset, Scheme, Sheet
from pbreports.scheme.names import fault_of
from pbreports.scheme.ratingcheck import check_rating
from pbreports.scheme.scoringcheck import check_scoring
from pbreports.scheme.sealcheck import check_seal
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
    check_heading(scheme, problems)
    check_links(scheme, problems)
    check_seal(scheme, problems)
    if problems.blind:
        return  # an expression is not to blame for names whose file could not be read
    vocabulary = vocabulary_of(scheme)
    checker = _Expressions(vocabulary, problems)
    for sheet in scheme.sheets.values():
        checker.sheet(sheet)
    for table in scheme.tables.values():
        checker.table(table)
    rulecheck.check_rules(scheme, checker, problems)
    checker.figures(scheme)
    check_lists(scheme, checker, problems)
    check_rating(scheme, checker, problems)
    check_scoring(scheme, checker, problems)
    check_cadre(scheme, checker, problems)
    checker.papers(scheme)
    if not problems.found:
        check_circles(scheme, vocabulary, problems)


def _check_names(scheme: Scheme, problems: Problems) -> None:
    for name, place in _all_names(scheme):
        fault = fault_of(name)
        if fault:
            problems.add(place, fault, "请改名")
    owners: dict[str, str] = dict.fromkeys((*BUILT_IN, *WORKBOOK_NAMES, "值"), "内置名")
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
        yield declared.name, declared.place.of("名称")
        for field in declared.fields:
            yield field.name, field.place.of("名称")
    for names in _global_names(scheme).values():
        yield from names.items()
    for rule in scheme.lists.values():
        for name in rule.columns:
            yield name, rule.place.of("列", name)


def _global_names(scheme: Scheme) -> Mapping[str, Mapping[str, Place]]:
    return {
        "参数": {name: one.place for name, one in scheme.parameters.items()},
        "口径": {name: one.place for name, one in scheme.switches.items()},
        "数字": {name: one.place for name, one in scheme.figures.items()},
        "名单": {name: one.place for name, one in scheme.lists.items()},
    }


def _check_fields(declared: Sheet | ConstantTable, problems: Problems) -> None:
    seen: set[str] = set()
    for field in declared.fields:
        if field.name.casefold() in seen:  # the ledger's columns are not told apart by case
            problems.add(field.place.of("名称"), f"“{declared.name}”里字段“{field.name}”重复", "请改名或删去一个")
        seen.add(field.name.casefold())
        _check_field(field, problems)
    for name in declared.keys:
        if name not in declared.by_name:
            place, remedy = declared.place.of("主键"), suggest(name, list(declared.by_name))
            problems.unknown(place, name, f"主键“{name}”不是表的字段", remedy)


def _check_field(field: Field, problems: Problems) -> None:
    if field.kind is FieldKind.CHOICE and not field.options:
        problems.add(field.place, f"选项字段“{field.name}”没有选项", "请写 选项: …")
    if field.kind is FieldKind.COMPUTED and (field.formula is None or field.result is None):
        problems.add(field.place, f"计算字段“{field.name}”缺公式或结果", "请写 公式 和 结果")
    if field.kind is FieldKind.EXPRESSION and (not field.sheet or field.result is None):
        problems.add(field.place, f"表达式字段“{field.name}”缺表或结果", "请写 表 和 结果")
    if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
        problems.add(field.place.of("最小"), f"“{field.name}”的最小比最大还大", "请核对最小和最大")
    if field.holds in (FieldKind.COMPUTED, FieldKind.EXPRESSION):
        problems.add(
            field.place.of("结果"), f"“{field.name}”的结果不能是{field.holds.value}", "请写 整数、小数、文本、日期等"
        )


def _check_sheet(sheet: Sheet, scheme: Scheme, problems: Problems) -> None:
    _check_fields(sheet, problems)
    _check_words(sheet, "填报", sheet.kinds, scheme.heading.unit_kinds, problems)
    periods = [period.name for period in scheme.heading.periods]
    _check_words(sheet, "期次", sheet.periods, periods, problems)
    if sheet.of_school and not sheet.number:
        problems.add(sheet.place, f"报表“{sheet.name}”没有编号", '请写 编号: "00"')
    if sheet.layout is Layout.FORM and sheet.keys:
        problems.add(sheet.place.of("主键"), f"单页表“{sheet.name}”只有一条，不要主键", "请删去 主键")
    if sheet.number and [one.number for one in scheme.sheets.values()].count(sheet.number) > 1:
        problems.add(sheet.place.of("编号"), f"编号“{sheet.number}”不止一张表在用", "请改编号")
    if len(sheet.title) > 31 or any(mark in sheet.title for mark in "[]:*?/\\"):
        problems.add(sheet.place, f"工作表名“{sheet.title}”超过31个字或含 []:*?/\\", "请改短表名")
    for preset in sheet.presets:
        _check_preset(preset, sheet, scheme, problems)
    for field in sheet.fields:
        if field.last_year:
            _check_last_year(field, sheet, scheme, problems)


def _check_words(sheet: Sheet, key: str, given: Sequence[str], known: Sequence[str], problems: Problems) -> None:
    what = "单位种类" if key == "填报" else key
    for word in given:
        if word not in known:
            problems.unknown(sheet.place.of(key), word, f"没有{what}“{word}”", suggest(word, list(known)))


def _check_preset(preset: Preset, sheet: Sheet, scheme: Scheme, problems: Problems) -> None:
    if bool(preset.source) == bool(preset.option):
        problems.add(preset.place, "预设要写“来自”或“选项”中的一个", "请只写一个")
        return
    if preset.option:
        field = sheet.by_name.get(preset.option)
        if field is None or field.kind is not FieldKind.CHOICE:
            what, known = f"“{preset.option}”不是本表的选项字段", _choices_of(sheet)
            problems.unknown(preset.place.of("选项"), preset.option, what, suggest(preset.option, known))
        return
    bureau = [name for name, one in scheme.sheets.items() if not one.of_school]
    if preset.source not in (*bureau, *scheme.tables):
        what, remedy = f"没有局端表或清单“{preset.source}”", suggest(preset.source, [*bureau, *scheme.tables])
        problems.unknown(preset.place.of("来自"), preset.source, what, remedy)
    for name in preset.fill or {}:
        if name not in sheet.by_name:
            what, remedy = f"本表没有字段“{name}”", suggest(name, list(sheet.by_name))
            problems.unknown(preset.place.of("填入", name), name, what, remedy)


def _check_last_year(field: Field, sheet: Sheet, scheme: Scheme, problems: Problems) -> None:
    """Note a field that starts from nothing: last year's scheme is taken to ask what this one asks."""
    name, _, source = field.last_year.partition(".")
    there, place = scheme.sheets.get(name), field.place.of("上年")
    if sheet.of_school or not sheet.keys:
        problems.add(place, f"“{field.name}”不在有主键的局端表里，不能取上年的数", "请删去 上年")
    elif there is None or not there.of_school or source not in there.by_name:
        problems.unknown(place, field.last_year, f"没有报表字段“{field.last_year}”", "请写 报表.字段")
    elif not set(sheet.keys) <= set(there.by_name):
        problems.add(place, f"“{name}”没有本表的主键{'、'.join(sheet.keys)}，对不上", "请核对主键")
    elif OF_KIND.get(there.by_name[source].holds) is not OF_KIND.get(field.holds):
        problems.add(place, f"“{field.last_year}”和“{field.name}”不是同一类的值", "请核对类型")


def _choices_of(sheet: Sheet) -> list[str]:
    return [field.name for field in sheet.fields if field.kind is FieldKind.CHOICE]


def _check_expression_columns(table: ConstantTable, scheme: Scheme, problems: Problems) -> None:
    for field in table.fields:
        if field.kind is FieldKind.EXPRESSION and field.sheet not in scheme.sheets:
            what, remedy = f"没有表“{field.sheet}”", suggest(field.sheet, list(scheme.sheets))
            problems.unknown(field.place.of("表"), field.sheet, what, remedy)


def _type_or_none(field: Field) -> Type | None:
    """Return the type a field wants; none where the field itself is wrong, which has been noted."""
    unsaid = field.kind in (FieldKind.COMPUTED, FieldKind.EXPRESSION) and field.result is None
    return None if unsaid else OF_KIND.get(field.holds)


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
            self.problems.unknown(expression.place, fault.name, fault.what, fault.remedy)

    def expect_message(self, message: Expression | None, scene: Scene) -> None:
        """Note a message whose braces do not bind."""
        if message is None:
            return
        try:
            bind_message(message.text, scene)
        except ExpressionError as fault:
            self.problems.unknown(message.place, fault.name, fault.what, fault.remedy)

    def sheet(self, sheet: Sheet) -> None:
        """Note the faulty expressions of a sheet."""
        scene = Scene(self.vocabulary, sheet.name, district=not sheet.of_school)
        for field in sheet.fields:
            self.expect(field.formula, scene, _type_or_none(field) if field.computed else None)
            if isinstance(field.required, Expression):
                self.expect(field.required, scene, Type.TRUTH)
        for preset in sheet.presets:
            if preset.source in self.vocabulary.tables:
                source = Scene(self.vocabulary, preset.source)
                self.expect(preset.condition, source, Type.TRUTH)
                for name, expression in (preset.fill or {}).items():
                    if name in sheet.by_name:
                        self.expect(expression, source, _type_or_none(sheet.by_name[name]))

    def table(self, table: ConstantTable) -> None:
        """Note the faulty expressions of a constant table's expression columns."""
        for field in table.fields:
            if field.kind is FieldKind.EXPRESSION and field.sheet in self.vocabulary.tables:
                for row in table.rows:
                    self.expect(row.get(field.name), Scene(self.vocabulary, field.sheet), _type_or_none(field))

    def figures(self, scheme: Scheme) -> None:
        """Note the faulty figures."""
        for figure in scheme.figures.values():
            if figure.algorithm is Algorithm.EXPRESSION:
                self._need(figure, "式", figure.expression)
                self.expect(figure.expression, Scene(self.vocabulary, district=True, figures=True), Type.NUMBER)
            elif figure.sheet not in self.vocabulary.tables:
                known = list(self.vocabulary.tables)
                what = f"没有表“{figure.sheet}”"
                self.problems.unknown(figure.place.of("表"), figure.sheet, what, suggest(figure.sheet, known))
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
        if given is None and not figure.place.writes(word):
            self.problems.add(
                figure.place, f"数字“{figure.name}”的算法是{figure.algorithm.value}，缺“{word}”", "请补上"
            )

    def papers(self, scheme: Scheme) -> None:
        """Note the faulty titles of papers."""
        for paper in scheme.papers.values():
            self.expect_message(paper.title, Scene(self.vocabulary, district=True, figures=True))
