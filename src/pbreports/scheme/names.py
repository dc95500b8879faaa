"""What a name may be: the one word that is header, rule operand, figure and template tag."""

from __future__ import annotations

import keyword
import unicodedata

MAX_LENGTH = 24


def fault_of(name: str) -> str:
    """Return what is wrong with a name, empty when it is sound.

    A name is NFKC-normal, a valid identifier without a leading underscore and at most 24 characters, so that the header of a column,
    the operand of a rule and the tag of a template can be the same word.
    """
    if unicodedata.normalize("NFKC", name) != name:
        return f"名称“{name}”含全角字母、数字或符号"
    if name.startswith("_"):
        return f"名称“{name}”以下划线开头，这样的名字程序自己要用"
    if not name.isidentifier() or keyword.iskeyword(name):
        return f"名称“{name}”只能用汉字、字母、数字和下划线，不能以数字开头，不能有空格、括号和标点"
    if len(name) > MAX_LENGTH:
        return f"名称“{name}”有{len(name)}个字，超过{MAX_LENGTH}个"
    return ""
