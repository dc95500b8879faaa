"""The arithmetic of moved rows, compared with a model that builds the sheet row by row."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbreports.excel.filling.references import Book, View, moved_areas
from pbreports.excel.filling.shift import Growth, RowMap, removals
from pbreports.excel.reader.address import LAST_ROW, position

ROWS = 24


@st.composite
def growths(draw: st.DrawFn) -> list[Growth]:
    """Return blocks on the first rows of a sheet that do not overlap, in any order; some are gone when empty."""
    found, row = [], draw(st.integers(1, 6))
    while row < ROWS - 4 and len(found) < 4:
        height = draw(st.integers(1, 4))
        found.append(Growth(row, height, draw(st.integers(0, 4)), gone=draw(st.booleans())))
        row += height + draw(st.integers(0, 4))
    return draw(st.permutations(found))


def model(blocks: list[Growth]) -> list[int]:
    """Return for each row of the result, in order, which row of the template it is."""
    made, row = [], 1
    by_first = {block.first_row: block for block in blocks}
    while row <= ROWS:
        block = by_first.get(row)
        if block is None:
            made.append(row)
            row += 1
            continue
        copies = block.count if block.gone else max(block.count, 1)
        made += [*range(row, row + block.height)] * copies
        row += block.height
    return made


def places(blocks: list[Growth], row: int) -> list[int]:
    """Return where a row of the template stands in the model."""
    return [place for place, origin in enumerate(model(blocks), start=1) if origin == row]


@given(growths())
def test_rows_stand_where_the_model_puts_them(blocks: list[Growth]) -> None:
    """Every row's copies, first and last place agree with a sheet that is built row by row."""
    rows = RowMap.of(blocks)
    for row in range(1, ROWS + 1):
        assert list(rows.copies(row)) == places(blocks, row)
        if found := places(blocks, row):
            assert (rows.moved(row), rows.last(row)) == (found[0], found[-1])


@given(growths(), st.integers(1, ROWS), st.integers(1, ROWS))
def test_a_range_becomes_exactly_the_rows_of_the_model(blocks: list[Growth], one: int, other: int) -> None:
    """A range covers all copies of its rows and nothing else, in as few runs as there are gaps."""
    top, bottom = sorted((one, other))
    expected = [place for place, origin in enumerate(model(blocks), start=1) if top <= origin <= bottom]
    runs = RowMap.of(blocks).runs(top, bottom)
    assert [row for first, last in runs for row in range(first, last + 1)] == expected
    assert all(first[1] + 1 < second[0] for first, second in itertools.pairwise(runs))


@given(growths(), st.integers(1, ROWS), st.integers(1, ROWS), st.data())
def test_a_range_seen_from_a_copy_takes_only_the_copies_asked_for(
    blocks: list[Growth], one: int, other: int, data: st.DataObject
) -> None:
    """Of the block it is seen from, a range takes the copies from one to another; of other blocks all."""
    rows = RowMap.of(blocks)
    own = data.draw(st.sampled_from([block for block in blocks if block.copies] or [None]))
    if own is None:
        return
    first = data.draw(st.integers(0, own.copies - 1))
    only = range(first, data.draw(st.integers(first + 1, own.copies)))
    top, bottom = sorted((one, other))
    expected = [
        place
        for row in range(top, bottom + 1)
        for copy, place in enumerate(places(blocks, row))
        if row not in own or copy in only
    ]
    runs = rows.runs(top, bottom, own, only)
    assert sorted(row for start, end in runs for row in range(start, end + 1)) == sorted(expected)


@given(growths(), st.integers(1, ROWS), st.integers(1, ROWS))
def test_a_span_reaches_from_the_first_row_kept_to_the_last(blocks: list[Growth], one: int, other: int) -> None:
    """What can only be one area runs from the first of its rows to the last, and is never empty."""
    top, bottom = sorted((one, other))
    kept = [place for place, origin in enumerate(model(blocks), start=1) if top <= origin <= bottom]
    first, last = RowMap.of(blocks).span(top, bottom)
    assert first <= last
    if kept:
        assert (first, last) == (kept[0], kept[-1])


@given(growths(), st.integers(1, ROWS), st.integers(0, 5))
def test_the_areas_of_a_rule_hold_the_same_cells_as_the_model(blocks: list[Growth], top: int, more: int) -> None:
    """A rule's areas, as text, name exactly the rows of the model."""
    bottom = min(top + more, ROWS)
    told = moved_areas(f"B{top}:C{bottom}", View(Book(("表",), {"表": blocks}), "表"))
    rows = [position(end) for area in told.split() for end in area.split(":")]
    ends = [found[0] for found in rows if found]
    named = [row for first, last in zip(ends[::2], ends[1::2], strict=True) for row in range(first, last + 1)]
    assert named == [place for place, origin in enumerate(model(blocks), start=1) if top <= origin <= bottom]


def test_an_empty_list_keeps_one_row() -> None:
    """A count of 0 leaves the block once, so that nothing refers to rows that are gone."""
    rows = RowMap.of([Growth(5, 1, 0)])
    assert (list(rows.copies(5)), rows.moved(6), rows.moves) == ([5], 6, False)


def test_a_whole_column_stays_whole() -> None:
    """A range to the last row of a sheet does not reach past it."""
    assert RowMap.of([Growth(5, 1, 100)]).runs(2, LAST_ROW) == ((2, LAST_ROW),)


def test_a_span_of_rows_that_are_gone_is_the_row_that_follows() -> None:
    """What can only be one area is never empty."""
    assert RowMap.of(removals([5, 6])).span(5, 6) == (5, 5)


def test_rows_taken_away_are_gathered() -> None:
    """Rows to be deleted become blocks that are gone, neighbours together."""
    assert removals([7, 5, 6, 9]) == [Growth(5, 3, 0, gone=True), Growth(9, 1, 0, gone=True)]


@pytest.mark.parametrize("blocks", [[Growth(5, 2, 1), Growth(6, 1, 1)], [Growth(0, 1, 1)], [Growth(3, 0, 1)]])
def test_what_is_no_block_is_refused(blocks: list[Growth]) -> None:
    """Blocks that overlap, begin above the sheet or have no rows are a fault of ours."""
    with pytest.raises(ValueError, match="no blocks"):
        RowMap.of(blocks)
