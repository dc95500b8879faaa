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
    (re.compile(r"[Uu]nexpected end of template()|got 'end of (?:print statement|statement block)'()"), "没有写完"),
    (re.compile(r"Expected an expression, got ()"), "花括号里没有内容"),
    (re.compile(r"unexpected '(.+?)'"), "多了“{}”"),
    (re.compile(r"unexpected char '(.+?)'"), "不能用“{}”"),
    (re.compile(r"expected token .*got '(.+?)'"), "“{}”附近写得不对"),
    (re.compile(r"'(?:dict|tuple) object' has no (?:attribute|element) '?(.+?)'?$"), "没有“{}”这一列"),
    (re.compile(r"has no attribute '(.+?)'"), "没有“{}”这一项"),
    (re.compile(r"'(.+?)' is undefined"), "没有“{}”"),
    (re.compile(r"()division by zero"), "除数是零"),
)


def in_chinese(error: Exception) -> str:
    """Return what an error of the engine says."""
    message = str(error)
    for pattern, told in _SAID:
        if found := pattern.search(message):
            return told.format(next((group for group in found.groups() if group), ""))
    return message


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the question whether a known name is meant that is much like this one, empty when none is."""
    close = difflib.get_close_matches(name, list(known), n=3, cutoff=0.5)
    return f"是不是“{'”或“'.join(close)}”" if close else ""
