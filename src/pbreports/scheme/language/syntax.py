"""Parses expression text to a tree of allowed nodes; nothing else of Python gets through."""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

ALLOWED = (
    ast.BoolOp,
    ast.And,
    ast.Or,
    ast.UnaryOp,
    ast.Not,
    ast.USub,
    ast.BinOp,
    ast.Add,
    ast.Sub,
    ast.Mult,
    ast.Div,
    ast.FloorDiv,
    ast.Mod,
    ast.Compare,
    ast.Eq,
    ast.NotEq,
    ast.Lt,
    ast.LtE,
    ast.Gt,
    ast.GtE,
    ast.In,
    ast.NotIn,
    ast.IfExp,
    ast.Call,
    ast.Name,
    ast.Load,
    ast.Attribute,
    ast.Constant,
    ast.List,
    ast.Tuple,
)
"""The node classes an expression may hold."""

MAX_LENGTH = 2000
MAX_DEPTH = 60
MAX_DIGITS = 15
"""More digits than these a workbook does not keep either, and the parser would round them."""
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_FULL_WIDTH = re.compile(r"[（），：＝＜＞！＋－＊／“”‘’]")


class ExpressionError(Exception):
    """An expression that cannot be used: what is wrong and how to mend it; ``name`` is the unknown name, if it is one."""

    def __init__(self, what: str, remedy: str = "", name: str = "") -> None:
        super().__init__(what, remedy)
        self.what = what
        self.remedy = remedy
        self.name = name


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a message: literal text, or an expression to be put in its place."""

    text: str
    tree: ast.expr | None = None


@lru_cache(maxsize=4096)
def parse(text: str) -> ast.expr:
    """Return the tree of an expression, the same for the same text: it is only read, and asked for several times.

    Raises:
        ExpressionError: when it is no expression, or uses what the language does not have.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError(f"表达式有{len(text)}个字，太长", "请拆成几条")
    if "#" in _QUOTED.sub("", text):
        raise ExpressionError(f"表达式“{text}”里有 #，其后的内容不会被计算", "请删去，说明写在 YAML 的注释里")
    tree = _tree(" ".join(text.split()))
    _check(tree, 0)
    return tree


def _tree(text: str) -> ast.expr:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # what Python only warns of (a backslash, 1if) nobody means here
            return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ExpressionError(f"表达式“{text}”写法有误", _syntax_remedy(text)) from None


def parse_message(text: str) -> tuple[Segment, ...]:
    """Return a message as stretches of text and of expressions in braces.

    Raises:
        ExpressionError: when a brace is not closed or an expression in braces is wrong.
    """
    segments: list[Segment] = []
    for part in re.split(r"(\{[^{}]*\})", text):
        if part.startswith("{") and part.endswith("}"):
            segments.append(Segment(part[1:-1], parse(part[1:-1])))
        elif "{" in part or "}" in part:
            raise ExpressionError(f"“{text}”里的花括号不成对", "请检查 { 和 }")
        elif part:
            segments.append(Segment(part))
    return tuple(segments)


def _syntax_remedy(text: str) -> str:
    outside = _QUOTED.sub("", text)
    wide = _FULL_WIDTH.search(outside)
    if wide:
        return f"“{wide.group()}”要用半角"
    if re.search(r"(?<![=!<>])=(?!=)", outside):
        return "比较相等用两个等号 =="
    if re.search("并且|而且|或者", outside):
        return "“并且”写 and，“或者”写 or"
    return "请检查括号、引号和运算符"


def _check(node: ast.AST, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise ExpressionError("表达式嵌套太深", "请拆成几条")
    if not isinstance(node, ALLOWED):
        raise ExpressionError(f"表达式里不能用 {_name_of(node)}", "能用的写法见方案说明“表达式”一节")
    if isinstance(node, ast.Call) and (node.keywords or not isinstance(node.func, ast.Name)):
        raise ExpressionError("函数只能写成 名字(参数, 参数)", "能用的函数见方案说明")
    if isinstance(node, ast.Attribute) and not isinstance(node.value, ast.Name):
        raise ExpressionError("点号只能用在 表.字段 里", "请写 表.字段")
    if isinstance(node, ast.Constant):
        _check_constant(node.value)
    for child in ast.iter_child_nodes(node):
        _check(child, depth + 1)


def _check_constant(value: object) -> None:
    if not isinstance(value, (str, int, float)):
        raise ExpressionError(f"不认识的常数 {value!r}", "常数只能是数、引号里的文字、True、False")
    if isinstance(value, str):
        return
    number = Decimal(repr(+value))
    if not number.is_finite() or len(number.as_tuple().digits) > MAX_DIGITS or abs(number.adjusted()) > MAX_DIGITS:
        raise ExpressionError("表达式里有一个数太长", f"数最多{MAX_DIGITS}位")


def _name_of(node: ast.AST) -> str:
    return {ast.Lambda: "lambda", ast.Subscript: "方括号取值", ast.Pow: "乘方 **"}.get(type(node), type(node).__name__)
