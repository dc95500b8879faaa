"""Choices and yes/no as people type them: what differs in width and space alone is taken, the nearest is suggested."""

from __future__ import annotations

import difflib
from collections import Counter

from pbreports.excel.misread import Misread
from pbreports.excel.reader.values import Cell
from pbreports.excel.typed.characters import key_of
from pbreports.excel.typed.reading import BLANK, Reader, Reading, corrected, doubtful, shown
from pbreports.scheme.model import Field

CHOSEN = "与下拉不完全一致的选项"

_YES, _NO = Reading(value=True), Reading(value=False)
_TRUE = frozenset("是 是的 √ ✓ ✔ ☑ 对 Y YES TRUE".split())
_FALSE = frozenset("否 不是 × ✗ ✘ ☒ X 错 N NO FALSE".split())
_LIKELY = dict.fromkeys("有 已 1".split(), True) | dict.fromkeys("无 没有 未 0".split(), False)
_REMEDY = "请填“是”或“否”"


def choice_reader(field: Field, *, date1904: bool = False) -> Reader:
    """Return the reader of a field that holds one of its options."""
    del date1904
    known = {word: Reading(word) for word in field.options}
    times = Counter(key_of(word) for word in field.options)
    by_key = {key_of(word): word for word in field.options if times[key_of(word)] == 1}

    def read(cell: Cell) -> Reading:
        text = shown(cell)
        reading = known.get(text)
        if reading is not None:
            return reading
        wanted = key_of(text)
        if not wanted:
            return BLANK
        word = by_key.get(wanted)
        if word is None:
            raise Misread("不在选项中", text, _remedy(field, wanted, by_key))
        return corrected(word, CHOSEN)

    return read


def _remedy(field: Field, wanted: str, by_key: dict[str, str]) -> str:
    near = difflib.get_close_matches(wanted[:100], list(by_key), n=1, cutoff=0.6)
    if near:
        return f"是不是“{by_key[near[0]]}”，请从下拉中选"
    listed = "、".join(field.options[:8]) + ("……" if len(field.options) > 8 else "")
    return f"请从下拉中选：{listed}"


def truth_reader(_field: Field, *, date1904: bool = False) -> Reader:
    """Return the reader of a field that holds yes or no."""
    del date1904
    return _truth


def _truth(cell: Cell) -> Reading:
    text = shown(cell)
    if text == "是":
        return _YES
    if text == "否":
        return _NO
    word = key_of(text).upper()
    if not word:
        return BLANK
    if word in _TRUE or word in _FALSE:
        return corrected(word in _TRUE, CHOSEN)
    if word in _LIKELY:
        return doubtful(_LIKELY[word], CHOSEN)
    raise Misread("不是是否", text, _REMEDY)
