"""What the tag language's engine says of a mistake, in Chinese where its wording is known."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

_SAID = (
    (re.compile(r"No filter named '(.+?)'"), "没有“{}”这个写法"),
    (re.compile(r"No test named '(.+?)'"), "没有“{}”这个判断"),
    (re.compile(r"Encountered unknown tag '(.+?)'"), "不认识“{}”，它可能多余，或与前面的 if、for 不配对"),
    (re.compile(r"block that needs to be closed is '(\w+)'"), "“{0}”没有结束标签 end{0}"),
    (re.compile(r"Expected an expression, got 'end of print"), "花括号里没有内容"),
    (re.compile(r"[Uu]nexpected '?end of "), "没有写完"),
    (re.compile(r"got 'end of (?:print statement|statement block)'"), "没有写完"),
    (re.compile(r"unexpected '[}\]]'"), "括号不配对"),
    (re.compile(r"unexpected char (?:\"'\"|'\"')"), "引号不配对"),
    (re.compile(r"unexpected '(.+?)'"), "多了“{}”"),
    (re.compile(r"unexpected char '(.+?)'"), "不能用“{}”"),
    (re.compile(r"expected token .*got '(.+?)'"), "“{}”附近写得不对"),
    (re.compile(r"expected name or number"), "点号后面没有名字"),
    (re.compile(r"expected call"), "call 后面要写宏的名字和括号"),
    (re.compile(r"can't assign to"), "等号左边要写名字"),
    (re.compile(r"invalid syntax for function call"), "括号里写得不对"),
    (re.compile(r"special loop variable"), "循环的名字不能叫 loop"),
    (re.compile(r"non-namespace object"), "点号左边要先用 set 写成 namespace()"),
    (re.compile(r"access to attribute '(.+?)'"), "{}"),
    (re.compile(r"'(?:dict|tuple) object' has no (?:attribute|element) '?(.+?)'?$"), "没有“{}”这一列"),
    (re.compile(r"has no (?:attribute|element) '?(.+?)'?$"), "没有“{}”这一项"),
    (re.compile(r"'([^']+?)' is undefined"), "没有“{}”"),
    (re.compile(r"No (?:first|last) item|(?:min|max)\(\) (?:arg|iterable)"), "名单是空的"),
    (re.compile(r"division by zero|modulo by zero|DivisionByZero|DivisionUndefined"), "除数是零"),
    (
        re.compile(r"unsupported operand type\(s\) for (\S+?):? .*'PaperFigure'"),
        "汇总数字不能在标签里用 {} 计算，请在方案里声明一个数字",
    ),
    (re.compile(r"unsupported operand type\(s\) for (\S+): '(.+?)' and '(.+?)'"), "{1}与{2}不能用 {0} 计算"),
    (re.compile(r"can only concatenate (str|list|tuple) \(not \"(.+?)\"\)"), "{0}与{1}不能用 + 连接，请改用 ~"),
    (re.compile(r"not supported between instances of '(.+?)' and '(.+?)'"), "{0}与{1}不能比大小"),
    (re.compile(r"bad operand type for unary (\S): '(.+?)'"), "{1}前面不能写 {0}"),
    (re.compile(r"can't multiply sequence by non-int of type '(.+?)'"), "文字或名单不能与{0}相乘"),
    (re.compile(r"'(.+?)' object is not callable"), "{0}后面不能写括号"),
    (re.compile(r"(?:argument of type )?'(.+?)' (?:object )?is not iterable"), "{0}不是名单，不能逐项取用"),
    (re.compile(r"object of type '(.+?)' has no len|type (\S+) doesn't define __round__"), "{0}不能这样算"),
    (
        re.compile(r"cannot be interpreted as an integer|ConversionSyntax|invalid literal|not convert string"),
        "这里要写数",
    ),
    (re.compile(r"a real number is required, not (\S+)|must be real number, not (\S+)"), "这里要写数，不是{0}"),
    (re.compile(r"values to unpack"), "循环的名字个数与名单的列数不同"),
    (re.compile(r"index out of range|not enough arguments|not all arguments"), "花括号或 % 的个数与内容不同"),
    (re.compile(r"parameter '(.+?)' was not provided"), "宏的括号里缺少“{}”"),
    (re.compile(r"macro '(.+?)' takes no"), "宏“{}”的括号里写多了"),
    (
        re.compile(r"positional argument|unexpected keyword argument|got multiple values|arguments? \(\d+ given\)"),
        "括号里的项数不对",
    ),
)
_KINDS = {
    "str": "文字",
    "Markup": "文字",
    "int": "数",
    "float": "数",
    "Decimal": "数",
    "decimal.Decimal": "数",
    "Fraction": "数",
    "PaperFigure": "汇总数字",
    "bool": "是否",
    "NoneType": "空白",
    "list": "名单",
    "tuple": "名单",
    "dict": "名单的一行",
    "date": "日期",
    "datetime.date": "日期",
}
"""What staff call the kinds of values."""


def in_chinese(error: Exception) -> str:
    """Return what an error of the engine says."""
    message = str(error)
    for pattern, told in _SAID:
        if found := pattern.search(message):
            return told.format(*(_KINDS.get(group, group) for group in found.groups() if group))
    return message or type(error).__name__


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the question whether a known name is meant that is much like this one, empty when none is."""
    close = difflib.get_close_matches(name, list(known), n=3, cutoff=0.5)
    return f"是不是“{'”或“'.join(close)}”" if close else ""
