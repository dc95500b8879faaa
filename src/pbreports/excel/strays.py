"""Lines that are no records: a stray note or number, a row of sums, a second line of headers, a remark below."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from pbreports.excel.cells import key_of, shown
from pbreports.excel.grid import Line
from pbreports.excel.reader.values import Kind
from pbreports.scheme.model import Field, Layout, Sheet

_TOTALS = frozenset({"合计", "总计", "小计"})
REMARKS = ("备注", "附注", "填表人", "填报人", "审核人")
"""The labels with which a text alone on its line is a remark or a signature, whatever follows."""

LABELS = (
    *REMARKS,
    *("注", "说明", "填表说明", "制表人", "制报人", "制表", "审核", "复核", "复核人", "经办人", "负责人", "单位负责人"),
    *("联系人", "联系电话", "填表日期", "填报日期", "填表时间", "填报时间", "填表单位", "填报单位"),
    *("单位（盖章）", "单位(盖章)"),
)
"""The labels that must have a colon behind them."""


def _spaced(words: Iterable[str]) -> str:
    """Return the pattern of words whose characters may stand apart."""
    return "|".join(r"\s*".join(map(re.escape, word)) for word in words)


_LABELLED = re.compile(rf"\s*(?:{_spaced(LABELS)})\s*[\d一二三]?\s*[:：]")
_REMARK = re.compile(rf"{_LABELLED.pattern}|\s*(?:{_spaced(REMARKS)})")
FEWEST = 3
"""How many filled cells make a record of a line without its key."""


def is_total(line: Line, rule: Sheet, fields: Iterable[tuple[int, Field]]) -> bool:
    """Return whether a line of a list is a row of sums: its first text says so, and is no choice of its field."""
    if rule.layout is not Layout.LIST:
        return False
    place = min((place for place, cell in line.items() if cell.kind is Kind.TEXT), default=0)
    word = key_of(shown(line[place])).rstrip(":") if place else ""
    return word in _TOTALS and not any(at == place and word in field.options for at, field in fields)


def is_heading(line: Line, fields: Sequence[tuple[int, Field]]) -> bool:
    """Return whether a line repeats the headers: most of what stands in it are the fields' own names."""
    if not fields or not any((cell := line.get(place)) and cell.value == one.name for place, one in fields[:2]):
        return False
    return 2 * sum((cell := line.get(place)) is not None and cell.value == one.name for place, one in fields) > len(
        line
    )


def is_remark(line: Line, rule: Sheet, fields: Iterable[tuple[int, Field]]) -> bool:
    """Return whether a line is a remark or a signature below the records, and not one of them.

    It begins with a label such as 备注： or 填表人：, and at least half of what stands in it are such labels; a text
    alone on its line needs no colon.
    """
    first = line[min(line)]
    if first.kind is not Kind.TEXT or rule.layout is Layout.FORM or not _REMARK.match(str(first.value)):
        return False
    texts = [shown(cell) for place, _ in fields if (cell := line.get(place)) and cell.kind is not Kind.BLANK]
    labels = sum(1 for text in texts if _LABELLED.match(text))
    return bool(texts) and (2 * labels >= len(texts) or len(texts) == 1)


def is_stray(rule: Sheet, found: Collection[str], held: Collection[str], unclear: int) -> bool:
    """Return whether a line lacks its key, holds next to nothing, and more than one of its cells had to be mended.

    ``found`` are the fields that could be filled, ``held`` those that something stands in, ``unclear`` of which
    could not be understood.
    """
    if rule.layout is Layout.FORM or len(held) >= FEWEST or not lacking(rule.keys, found, held):
        return False
    demanded = (field.name for field in rule.shown if field.required is True and not field.computed)
    return len(lacking(demanded, found, held)) + unclear > 1


def lacking(names: Iterable[str], found: Collection[str], held: Collection[str]) -> tuple[str, ...]:
    """Return those of some fields that could be filled and are blank."""
    return tuple(name for name in names if name in found and name not in held)
