"""Translates the functions on single values."""

from __future__ import annotations

import ast
from collections.abc import Callable
from decimal import Decimal

from pbreports.excel.selfcheck.lists import nothing_missing
from pbreports.excel.selfcheck.terms import BLANK, UNKNOWN, Inexpressible, Term, literal, quoted
from pbreports.excel.selfcheck.translate import CALLS, Translator
from pbreports.excel.selfcheck.workdays import HOLIDAYS, MADE_UP, covered
from pbreports.scheme.language import Type
from pbreports.scheme.language.calendar import SPANS

_WHITE = ('" "', '"\u3000"', '"\u00a0"', "CHAR(9)", "CHAR(10)", "CHAR(13)")


def _blank(here: Translator, node: ast.Call) -> Term:
    argument = node.args[0]
    if isinstance(argument, ast.Call) and isinstance(argument.func, ast.Name) and argument.func.id == "缺少":
        return nothing_missing(here, argument)
    term = here.term(argument)
    if term.type is Type.TRUTH:
        return Term(f"({term.text}={UNKNOWN})*1", Type.TRUTH)
    return Term(f'({term.cell}="")*1' if term.cell else f"ISERROR({term.text})*1", Type.TRUTH)


def _filled(here: Translator, node: ast.Call) -> Term:
    return Term(f"(1-{_blank(here, node).text})", Type.TRUTH)


def _default(here: Translator, node: ast.Call) -> Term:
    first, second = (here.term(one) for one in node.args)
    if first.type is Type.TRUTH:
        first = here.block.keep(first)
        return Term(f"IF({first.text}={UNKNOWN},{second.text},{first.text})", first.type)
    return Term(f"IFERROR({first.text},{second.text})", first.type)


def _year(here: Translator, node: ast.Call) -> Term:
    day = here.term(node.args[0])
    return _number(f"INT({day.text}/12)" if day.type is Type.MONTH else f"YEAR({day.text})")


def _month(here: Translator, node: ast.Call) -> Term:
    day = here.term(node.args[0])
    return _number(f"(MOD({day.text},12)+1)" if day.type is Type.MONTH else f"MONTH({day.text})")


def _date(here: Translator, node: ast.Call) -> Term:
    year, month, day = (here.kept(one).text for one in node.args)
    whole = f"DATE({year},{month},{day})"
    sound = f"AND({year}>=1900,YEAR({whole})=INT({year}),MONTH({whole})=INT({month}),DAY({whole})=INT({day}))"
    return Term(f"IF({sound},{whole},{BLANK})", Type.DATE)


def _add_months(months: str) -> Callable[[Translator, ast.Call], Term]:
    def translate(here: Translator, node: ast.Call) -> Term:
        day, count = here.term(node.args[0]), here.term(node.args[1])
        shift = f"TRUNC({count.text}{months})"
        return Term(f"({day.text}+{shift})" if day.type is Type.MONTH else f"EDATE({day.text},{shift})", day.type)

    return translate


def _add_days(here: Translator, node: ast.Call) -> Term:
    day, count = here.term(node.args[0]), here.term(node.args[1])
    return Term(f"({day.text}+TRUNC({count.text}))", Type.DATE)


def _age(here: Translator, node: ast.Call) -> Term:
    born, on = (here.kept(one) for one in node.args)
    if Type.MONTH in (born.type, on.type):
        return _number(f"INT(({_months(on)}-({_months(born)}))/12)")
    before = f"(MONTH({on.text})*100+DAY({on.text})<MONTH({born.text})*100+DAY({born.text}))*1"
    return _number(f"(YEAR({on.text})-YEAR({born.text})-{before})")


def _months(day: Term) -> str:
    return day.text if day.type is Type.MONTH else f"(YEAR({day.text})*12+MONTH({day.text})-1)"


def _working_days(here: Translator, node: ast.Call) -> Term:
    first, last = (here.kept(one) for one in node.args)
    start, end = covered()
    holidays = here.world.facts.range("", HOLIDAYS, here.world.counts[HOLIDAYS])
    made_up = here.world.facts.range("", MADE_UP, here.world.counts[MADE_UP])
    a, b = first.text, last.text
    extra = f'COUNTIFS({made_up},">="&{a},{made_up},"<="&{b})'
    days = f"IF(OR({a}<{literal(start, Type.DATE)},{b}>{literal(end, Type.DATE)}),{BLANK},NETWORKDAYS({a},{b},{holidays})+{extra})"
    return _number(f"IF({b}<{a},0,{days})")


def _months_due(here: Translator, node: ast.Call) -> Term:
    span, cut_off, exempt = node.args
    months = [str(month) for month in range(1, 13) if month not in _exempt(here, exempt)]
    first, last = (_bound(here, span, at) for at in (0, 1))
    day = here.kept(cut_off).text
    over = here.block.keep(_number(f"(MONTH({day})-(DAY({day}+1)<>1)*1)")).cell
    listed = f"{{{','.join(months)}}}" if months else "{0}"
    counted = f"SUMPRODUCT(({listed}>={first})*({listed}<={last})*({listed}<={over}))"
    return _number(f'IF(OR({first}="",{last}="",{over}=""),{BLANK},{counted})')


def _exempt(here: Translator, node: ast.expr) -> tuple[Decimal, ...]:
    """Return the exempt months; a list of numbers that depends on no cell."""
    if isinstance(node, ast.List) and all(isinstance(one, ast.Constant) for one in node.elts):
        return tuple(Decimal(str(one.value)) for one in node.elts if isinstance(one, ast.Constant))
    months = here.world.names.get(node.id) if isinstance(node, ast.Name) and not here.is_open(node.id) else None
    if not isinstance(months, tuple):
        raise Inexpressible("豁免的月份不是固定的")
    return tuple(month for month in months if isinstance(month, Decimal))


def _bound(here: Translator, span: ast.expr, at: int) -> str:
    """Return the first or last month of a named span."""
    name = here.kept(span)
    found = BLANK
    for word, months in SPANS.items():
        found = f"IF(EXACT({name.text},{quoted(word)}),{months[at]},{found})"
    return here.block.keep(_number(found)).cell


def _ceiling(here: Translator, node: ast.Call) -> Term:
    return _number(f"(-INT(-ROUND({here.term(node.args[0]).text},9)))")


def _floor(here: Translator, node: ast.Call) -> Term:
    return _number(f"INT(ROUND({here.term(node.args[0]).text},9))")


def _round(here: Translator, node: ast.Call) -> Term:
    value, places = (here.term(one) for one in node.args)
    return _number(f"ROUND({value.text},{places.text})")


def _simple(formula: str, kind: Type) -> Callable[[Translator, ast.Call], Term]:
    def translate(here: Translator, node: ast.Call) -> Term:
        return Term(formula.format(*(here.term(one).text for one in node.args)), kind)

    return translate


def _length(here: Translator, node: ast.Call) -> Term:
    text = here.term(node.args[0]).text
    for white in _WHITE:
        text = f'SUBSTITUTE({text},{white},"")'
    return _number(f"LEN({text})")


def _contains(here: Translator, node: ast.Call) -> Term:
    text, part = (here.kept(one) for one in node.args)
    return Term(
        f"IF(OR(ISERROR({text.text}),ISERROR({part.text})),{UNKNOWN},ISNUMBER(FIND({part.text},{text.text}))*1)",
        Type.TRUTH,
    )


def _within_period(here: Translator, node: ast.Call) -> Term:
    day = here.kept(node.args[0]).text
    start, end = (literal(here.world.names[name], Type.DATE) for name in ("统计起始日", "统计截止日"))
    return Term(f"IFERROR(({day}>={start})*({day}<={end}),{UNKNOWN})", Type.TRUTH)


def _number(text: str) -> Term:
    return Term(text, Type.NUMBER)


def _never(reason: str) -> Callable[[Translator, ast.Call], Term]:
    def translate(_here: Translator, _node: ast.Call) -> Term:
        raise Inexpressible(reason)

    return translate


CALLS.update(
    {
        "空": _blank,
        "非空": _filled,
        "缺省": _default,
        "年": _year,
        "月份": _month,
        "日": _simple("DAY({})", Type.NUMBER),
        "日期": _date,
        "加年": _add_months("*12"),
        "加月": _add_months(""),
        "加日": _add_days,
        "年龄": _age,
        "工作日数": _working_days,
        "应计月数": _months_due,
        "向上取整": _ceiling,
        "向下取整": _floor,
        "四舍五入": _round,
        "绝对值": _simple("ABS({})", Type.NUMBER),
        "较大": _simple("MAX({},{})", Type.NUMBER),
        "较小": _simple("MIN({},{})", Type.NUMBER),
        "字数": _length,
        "包含": _contains,
        "期内": _within_period,
        "归一": _never("要统一空格、标点和全半角，公式做不到"),
        "叠词": _never("要逐字看有没有重复，公式做不到"),
        "含称谓": _never("要认人名和称谓，公式做不到"),
        "出现": _never("要在文字里找人名，公式做不到"),
        "缺少": _never("要列出缺的各项，公式做不到"),
        "差": _never("要数不重复的各项，公式做不到"),
        "去重计数": _never("要数不重复的各项，公式做不到"),
        "列出": _never("要列出各行，公式做不到"),
        "文字": _never("要把值写成文字，公式做不到"),
    }
)
