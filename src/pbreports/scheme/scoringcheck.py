"""Checks what the workbooks of groups of assessors are declared with: sheets, their keys, fields, the list of indicators."""

from __future__ import annotations

from pbreports.scheme.declare import Problems, suggest
from pbreports.scheme.language import Scene, Type
from pbreports.scheme.listcheck import Binder
from pbreports.scheme.model import BureauWorkbook, ConstantTable, FieldKind, Scheme, Scoring, Sheet
from pbreports.scheme.model.rating import Indicators, bands_of
from pbreports.scheme.scoring import columns_of

_NUMBERS = (FieldKind.INTEGER, FieldKind.DECIMAL)


def check_scoring(scheme: Scheme, binder: Binder, problems: Problems) -> None:
    """Note where the workbooks that groups fill name what the scheme does not have, or what does not fit together."""
    for book in scheme.bureau.values():
        if book.scoring:
            _Checker(book, book.scoring, scheme, problems).check()
            if book.scoring.rounds in scheme.sheets:
                scene = Scene(binder.vocabulary, book.scoring.rounds, district=True)
                binder.expect(book.scoring.pending, scene, Type.TRUTH)


class _Checker:
    """Checks the declaration of one workbook."""

    def __init__(self, book: BureauWorkbook, scoring: Scoring, scheme: Scheme, problems: Problems) -> None:
        self._book, self._scoring, self._scheme, self._problems = book, scoring, scheme, problems
        self._place = scoring.place

    def check(self) -> None:
        """Note everything that is wrong with it."""
        scoring = self._scoring
        groups, rounds = self._keyed("分组表", scoring.groups), self._keyed("轮次表", scoring.rounds)
        table = self._scheme.tables.get(scoring.indicators)
        if table is None:
            self._unknown("指标", scoring.indicators, f"没有清单“{scoring.indicators}”", list(self._scheme.tables))
            return
        self._check_table(table)
        if groups and scoring.group not in groups.by_name:
            self._unknown("组", scoring.group, f"“{groups.name}”没有“{scoring.group}”", list(groups.by_name))
        for word, text in (("名称", scoring.name), ("自评", scoring.own)):
            if text:
                self._field(word, text)
        points = self._number("打分", scoring.points)
        if scoring.checked:
            self._check_checked(points)
        if groups and rounds and points:
            self._check_keys(points, (rounds.keys[0], groups.keys[0]), table.keys[0] if table.keys else "")

    def _keyed(self, word: str, name: str) -> Sheet | None:
        """Return a sheet of the bureau with a single key, noting when it is none."""
        sheet = self._scheme.sheets.get(name)
        if sheet is None or sheet.of_school:
            known = [one.name for one in self._scheme.sheets.values() if not one.of_school]
            self._unknown(word, name, f"没有局端表“{name}”", known)
            return None
        if len(sheet.keys) != 1:
            self._problems.add(self._place.of(word), f"“{name}”的主键应当是一个字段", "请核对 主键")
            return None
        return sheet

    def _field(self, word: str, text: str) -> tuple[Sheet, str] | None:
        """Return the sheet and the field of a text ``表.字段``, noting when there is none."""
        name, _, field = text.partition(".")
        sheet = self._scheme.sheets.get(name)
        if sheet is None or field not in sheet.by_name:
            known = [f"{name}.{one}" for one in sheet.by_name] if sheet else list(self._scheme.sheets)
            self._unknown(word, text, f"没有字段“{text}”", known)
            return None
        return sheet, field

    def _number(self, word: str, text: str) -> Sheet | None:
        """Return the workbook's own sheet of a field that holds numbers, noting when it is none."""
        found = self._field(word, text)
        if found is None:
            return None
        sheet, field = found
        if sheet.workbook != self._book.name:
            self._problems.add(self._place.of(word), f"“{text}”不在簿“{self._book.name}”里", "请核对")
        elif sheet.by_name[field].kind not in _NUMBERS:
            self._problems.add(self._place.of(word), f"“{text}”不是数", "请写类型是整数或小数的字段")
        else:
            return sheet
        return None

    def _check_checked(self, points: Sheet | None) -> None:
        checked = self._number("核查", self._scoring.checked)
        if points and checked and checked is not points:
            what = f"“{self._scoring.checked}”与“{self._scoring.points}”不在同一张表里"
            self._problems.add(self._place.of("核查"), what, "请核对")

    def _check_keys(self, points: Sheet, shared: tuple[str, str], indicator: str) -> None:
        for sheet in (self._scheme.sheets[one.name] for one in self._book.sheets):
            wanted = {*shared, indicator} if sheet is points else set(shared)
            if set(sheet.keys) != wanted:
                what = f"“{sheet.name}”的主键应当是 {'、'.join(sorted(wanted))}"
                self._problems.add(sheet.place.of("主键"), what, "请核对 主键")

    def _check_table(self, table: ConstantTable) -> None:
        if len(table.keys) != 1:
            self._problems.add(table.place.of("主键"), f"“{table.name}”的主键应当是一个字段", "请核对 主键")
        columns = columns_of(self._scheme, self._scoring) if table.keys else None
        if columns:
            self._check_columns(table, columns)
        column = table.by_name.get(self._scoring.suggested)
        if self._scoring.suggested and (column is None or column.kind is not FieldKind.EXPRESSION):
            known = [one.name for one in table.fields if one.kind is FieldKind.EXPRESSION]
            what = f"“{table.name}.{self._scoring.suggested}”不是表达式列"
            self._unknown("建议", self._scoring.suggested, what, known)

    def _check_columns(self, table: ConstantTable, columns: Indicators) -> None:
        for name in (columns.full, columns.kind):
            if name not in table.by_name:
                self._problems.add(table.place, f"指标清单“{table.name}”没有“{name}”这一列", "请补上")
        for row in table.rows:
            if columns.full in table.by_name and columns.full not in row:
                self._problems.add(table.place.of("行"), f"指标清单“{table.name}”有一行没有{columns.full}", "请补上")
            bands = None if self._scheme.rating else row.get(columns.bands)  # else it is the rating's to say
            if bands is not None and bands_of(bands.text) is None:
                what = f"分档“{bands.text}”看不懂"
                self._problems.add(bands.place, what, "请写成 90:5 80:4 这样：下限、冒号、得分")

    def _unknown(self, word: str, name: str, what: str, known: list[str]) -> None:
        self._problems.unknown(self._place.of(word), name, what, suggest(name, known))
