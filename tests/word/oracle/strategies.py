"""Draws random templates (see ``growing``) and random values for them."""

from __future__ import annotations

from hypothesis import strategies as st

from word.oracle.growing import (
    Choice,
    Chosen,
    ChosenRows,
    Loop,
    Looped,
    LoopedRows,
    Paragraph,
    Row,
    Table,
    Text,
    Value,
)

_FLAGS = ("真", "假", "flag")
_LISTS = ("名单", "rows", "空表")
_NAMES = ("总数", "单位", "name")

# No braces that make a tag: those are for values, which may hold anything.
_SIGNS = "党建局甲乙 ab09&<>\"'“”—、。　·é😀§\u00a0;]/\\"
literals = st.one_of(
    st.text(_SIGNS, min_size=1, max_size=6),
    st.sampled_from(["R&D", "<b>", "a < b", "50% ", "{a}", "&amp;", "]]>", "# 注", "{ 甲 }", "%d", "$x", "_"]),
)
texts = st.one_of(
    st.text(_SIGNS, max_size=6),
    st.sampled_from(["A&B <c>", "{{ 7*7 }}", "{% if x %}", "{#", "%}", "{_{", "}}", "</w:t>", "&#10;"]),
)
values = st.fixed_dictionaries(
    {name: st.booleans() for name in _FLAGS}
    | {name: st.lists(st.one_of(texts, st.integers(-5, 5)), max_size=3) for name in _LISTS[:2]}
    | {name: st.one_of(texts, st.integers(-99, 99999)) for name in _NAMES}
    | {"空表": st.just([])}
)


def _pieces(depth: int, names: tuple[str, ...]) -> st.SearchStrategy[tuple[object, ...]]:
    """Return pieces of a paragraph; a text stands at either end of each group, so that none is made of tags alone."""
    literal = st.builds(Text, literals)
    one = [literal, st.builds(Value, st.sampled_from(names))]
    if depth:
        inner = _pieces(depth - 1, names)
        item = f"项{depth}"
        one.append(st.builds(Choice, st.sampled_from(_FLAGS), inner, inner))
        one.append(st.builds(Loop, st.sampled_from(_LISTS), st.just(item), _pieces(depth - 1, (*names, item))))
    return st.tuples(literal, st.lists(st.one_of(one), max_size=3)).map(lambda parts: (parts[0], *parts[1]))


def _paragraphs(names: tuple[str, ...]) -> st.SearchStrategy[Paragraph]:
    return st.one_of(
        st.builds(Paragraph, _pieces(1, names)), st.builds(lambda n: Paragraph((Value(n),)), st.sampled_from(names))
    )


def _rows(depth: int, columns: int, names: tuple[str, ...]) -> st.SearchStrategy[tuple[object, ...]]:
    cell = st.lists(_paragraphs(names), min_size=1, max_size=2).map(tuple)
    row = st.builds(Row, st.lists(cell, min_size=columns, max_size=columns).map(tuple))
    one = [row]
    if depth:
        item = f"行{depth}"
        one.append(st.builds(ChosenRows, st.sampled_from(_FLAGS), _rows(depth - 1, columns, names)))
        one.append(
            st.builds(LoopedRows, st.sampled_from(_LISTS), st.just(item), _rows(depth - 1, columns, (*names, item)))
        )
    return st.tuples(row, st.lists(st.one_of(one), max_size=2)).map(lambda parts: (parts[0], *parts[1]))


def _tables(names: tuple[str, ...]) -> st.SearchStrategy[Table]:
    return st.integers(1, 3).flatmap(lambda columns: st.builds(Table, st.just(columns), _rows(1, columns, names)))


def _blocks(depth: int, names: tuple[str, ...]) -> st.SearchStrategy[tuple[object, ...]]:
    one = [_paragraphs(names), _tables(names)]
    if depth:
        inner, item = _blocks(depth - 1, names), f"段{depth}"
        one.append(st.builds(Chosen, st.sampled_from(_FLAGS), inner, inner))
        one.append(st.builds(Looped, st.sampled_from(_LISTS), st.just(item), _blocks(depth - 1, (*names, item))))
    return st.lists(st.one_of(one), min_size=1, max_size=3).map(tuple)


templates = _blocks(1, _NAMES)
