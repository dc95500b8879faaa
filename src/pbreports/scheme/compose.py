"""Reads the text of a scheme file into YAML nodes, which know their lines."""

from __future__ import annotations

import yaml

from pbreports.scheme.declare import Place, Problems

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def compose(text: str, file: str, problems: Problems) -> yaml.Node | None:
    """Return the YAML document as nodes with lines, ``None`` when it is empty or broken (noted)."""
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        problems.blind = True
        problems.add(Place(file, _line_of(error, text)), "YAML 写法有误", _YAML_REMEDY)
        return None
    return node


_YAML_REMEDY = "请检查缩进（不用 Tab）、冒号后的空格、引号是否成对；以 { [ * & ! % @ 开头或含“: ”的文字要加引号"


def _line_of(error: yaml.YAMLError, text: str) -> int:
    mark = getattr(error, "problem_mark", None)
    if mark:
        return int(mark.line) + 1
    forbidden = yaml.reader.Reader.NON_PRINTABLE.search(text)  # a character that YAML does not allow has no mark
    return text.count("\n", 0, forbidden.start() if forbidden else 0) + 1
