"""Translates what is asked of other rows: fields of the linked record, and the functions over rows."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace

from pbreports.excel.selfcheck.masks import asked_of, column_of, links_of, mask_of
from pbreports.excel.selfcheck.terms import (
    BLANK,
    MIXED,
    UNKNOWN,
    Column,
    Inexpressible,
    Term,
    chosen,
    known,
    literal,
    named,
    own,
)
from pbreports.excel.selfcheck.translate import CALLS, TRANSLATORS, Translator
from pbreports.scheme.language import Scene, Type, parse
from pbreports.scheme.language.aggregates import aggregated_sheet
from pbreports.scheme.tables import constant_records

_FAR = {Type.NUMBER: 10**6, Type.DATE: 10**5, Type.MONTH: 10**5}
"""Beyond every value of a kind, so that the largest of shifted values is never a row that does not count."""

_MOST_ROWS = 40  # of a constant table whose rows are written out one by one


def _attribute(here: Translator, node: ast.Attribute) -> Term:
    assert isinstance(node.value, ast.Name)  # syntax lets nothing else through
    table = node.value.id
    if table in here.rows:
        return known(here.rows[table].get(node.attr), here.world.type_of(table, node.attr))
    here.world.must_be_known(table)
    if table in here.scene.inner and table != here.inner:
        raise Inexpressible("条件里套着两层汇总")
    column = here.world.column(table, node.attr)
    return own(column) if table == here.inner else first_linked(here, table, column)


def first_linked(here: Translator, table: str, column: Column) -> Term:
    """Return the term of a field of the first record that a table links to the current one."""
    if not links_of(here, table) and column.first == column.last:
        return named(column.top, column.type)
    return own(_at(here, column, position_of(here, table)))


def position_of(here: Translator, table: str) -> Column:
    """Return the column of the number of the first linked record, blank where there is none."""
    return _first(here, table, mask_of(here, table, None))


def _first(here: Translator, table: str, mask: str) -> Column:
    block = here.world.block(table)
    from_behind = f"SUMPRODUCT(MAX({mask}*({block.count + 1}-{block.ordinals.range})))"
    found = here.block.add(from_behind, Type.NUMBER)
    return here.block.add(f'IF({found.here}=0,"",{block.count + 1}-{found.here})', Type.NUMBER)


def _at(here: Translator, column: Column, position: Column) -> Column:
    return here.block.add(f'IF({position.here}="","",INDEX({column.range},{position.here}))', column.type)


def asked(here: Translator, node: ast.Call) -> tuple[str, ast.expr, ast.expr | None]:
    """Return what a function over rows is asked: the table, what of it, under which condition."""
    condition = node.args[1] if len(node.args) == 2 else None
    return aggregated_sheet(node.args[0], here.bound_scene(), "汇总"), node.args[0], condition


def values_meant(here: Translator, node: ast.Call) -> tuple[str, Column]:
    """Return the product for the rows meant that hold a value, and the column of their values."""
    table, argument, condition = asked(here, node)
    if "outer" in asked_of(here, argument, table):
        raise Inexpressible("逐行相加的数里又用到本行的数")
    mask = mask_of(here, table, condition)
    column = column_of(here.of_inner(table), argument)
    blank = UNKNOWN if column.truth else '""'
    return f"{mask}*({column.range}<>{blank})", column


def _count(here: Translator, node: ast.Call) -> Term:
    return Term(f"SUMPRODUCT({_chosen(here, node)}*1)", Type.NUMBER)


def _exists(here: Translator, node: ast.Call) -> Term:
    table, _, condition = asked(here, node)
    return Term(f"(SUMPRODUCT({mask_of(here, table, condition)}*1)>0)*1", Type.TRUTH)


def _chosen(here: Translator, node: ast.Call) -> str:
    table, argument, condition = asked(here, node)
    return mask_of(here, table, condition) if isinstance(argument, ast.Name) else values_meant(here, node)[0]


def _sum(here: Translator, node: ast.Call) -> Term:
    mask, column = values_meant(here, node)
    total = f"SUMPRODUCT({mask}*1,{column.range})"
    return Term(f"IF(SUMPRODUCT({mask}*1)=0,{BLANK},{total})", Type.NUMBER)


def _mean(here: Translator, node: ast.Call) -> Term:
    mask, column = values_meant(here, node)
    return Term(f"(SUMPRODUCT({mask}*1,{column.range})/SUMPRODUCT({mask}*1))", Type.NUMBER)


def _extreme(largest: bool) -> Callable[[Translator, ast.Call], Term]:  # noqa: FBT001 — of two functions, which
    def translate(here: Translator, node: ast.Call) -> Term:
        try:
            return _extreme_of_ranges(here, node, largest=largest)
        except Inexpressible:
            return _extreme_of_rows(here, node, largest=largest)

    return translate


def _extreme_of_ranges(here: Translator, node: ast.Call, *, largest: bool) -> Term:
    table = asked(here, node)[0]
    mask, column = values_meant(here, node)
    far = _FAR[column.type]
    sign = 1 if largest else -1
    shifted = here.world.block(table).add(
        f'IF({column.here}="",0,{far}{"+" if largest else "-"}{column.here})', Type.NUMBER
    )
    found = here.block.add(f"SUMPRODUCT(MAX({mask}*{shifted.range}))", Type.NUMBER)
    return Term(f"IF({found.here}=0,{BLANK},{sign}*({found.here}-{far}))", column.type)


def _extreme_of_rows(here: Translator, node: ast.Call, *, largest: bool) -> Term:
    """Return the extreme over the rows of a constant table, written out one by one."""
    table, argument, condition = asked(here, node)
    kind, far = here.of_inner(table).type_of(argument), -(10**6) if largest else 10**6
    values = []
    for there in each_row(here, table):
        value = there.term(argument)
        test = there.term(condition) if condition is not None else known(True, Type.TRUTH)  # noqa: FBT003
        values.append(f"IF({test.text}=1,{value.text},{far})")
    found = here.block.add(f"{'MAX' if largest else 'MIN'}({','.join(values)})", kind)
    return Term(f"IF({found.here}={far},{BLANK},{found.here})", kind)


def each_row(here: Translator, table: str) -> list[Translator]:
    """Return for each row of a constant table the translator in which its fields are literals."""
    if not here.world.is_constant(table) or links_of(here, table):
        raise Inexpressible(MIXED)
    records = constant_records(here.world.scheme)[table]
    if len(records) > _MOST_ROWS:
        raise Inexpressible("要逐条核对的清单太长")
    return [replace(here, rows={**here.rows, table: record.values}) for record in records]


def _take(here: Translator, node: ast.Call) -> Term:
    table = asked(here, node)[0]
    mask, column = values_meant(here, node)
    return own(_at(here, column, _first(here, table, mask)))


def _apart(here: Translator, node: ast.Call) -> Term:
    return here.on(here.scene.apart()).term(node.args[0])


def _evaluate(here: Translator, node: ast.Call) -> Term:
    """Return 求值: of the expressions of a table, worked out on every row of the sheet they are about, the one meant."""
    argument = node.args[0]
    assert isinstance(argument, ast.Attribute)  # the binder has checked
    assert isinstance(argument.value, ast.Name)
    column = here.world.vocabulary.columns[argument.value.id, argument.attr]
    if len(column.keys) != 1:
        raise Inexpressible("清单的主键不止一列")
    there = _standing_on(here, column.sheet, here.scene.on(column.sheet, (argument.value.id, argument.attr)))
    position = position_of(here, column.sheet)
    key = own(here.world.column(here.scene.sheet, column.keys[0]))
    choices = []
    for (code,), text in column.expressions.items():
        values = column_of(there, parse(text.text))
        choices.append((literal(code, Type.TEXT), f"INDEX({values.range},{position.here})"))
    codes = ",".join(code for code, _ in choices)
    number = here.block.add(f'IFERROR(MATCH({key.cell},{{{codes}}},0),"")', Type.NUMBER)
    blank = f'OR({number.here}="",{position.here}="")'
    picked = chosen(number.here, [value for _, value in choices])
    return own(here.block.add(f'IF({blank},"",{picked})', column.result))


def _standing_on(here: Translator, sheet: str, scene: Scene) -> Translator:
    return Translator(here.world, scene, here.world.block(sheet))


CALLS.update(
    {
        "合计": _sum,
        "平均": _mean,
        "最大": _extreme(largest=True),
        "最小": _extreme(largest=False),
        "取": _take,
        "计数": _count,
        "存在": _exists,
        "不关联": _apart,
        "求值": _evaluate,
    }
)
TRANSLATORS[ast.Attribute] = _attribute
