"""Random templates whose tags stand anywhere read and look as docxtpl's papers do."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from word.oracle.case import Case
from word.oracle.engines import by_docxtpl, by_us
from word.oracle.reading import looks_of, stories_of
from word.oracle.wild import held, wild_table, wild_text

seeds = st.integers(0, 2**32)


def their(case: Case) -> bytes:
    """Return docxtpl's paper; what docxtpl cannot fill is no example."""
    try:
        return by_docxtpl(case)
    except Exception:
        assume(False)
        raise


@given(seeds)
def test_blocks_that_begin_and_end_anywhere_read_as_docxtpls(seed: int) -> None:
    """The same texts in the same looks; but paragraphs that control tags leave empty are not there in ours."""
    case = wild_text(seed)
    ours, theirs = by_us(case), their(case)
    assert [line for line in stories_of(ours)["document"] if line] == [x for x in stories_of(theirs)["document"] if x]
    assert looks_of(ours) == looks_of(theirs)


@given(seeds, st.sampled_from(("cell", "header", "footnote", "box", "old box", "control")))
def test_blocks_read_the_same_whatever_holds_them(seed: int, holder: str) -> None:
    """In cells, headers, notes, text boxes and content controls tags do what they do in the body."""
    case = held(wild_text(seed), holder)
    theirs = their(case)
    assert written(by_us(case)) == written(theirs)


def written(data: bytes) -> dict[str, list[str]]:
    """Return the lines of all stories that hold a text, those of a cell singly."""
    stories = stories_of(data).items()
    return {name: [part for line in lines for part in line.split("¶") if part.strip("|")] for name, lines in stories}


@given(seeds)
def test_rows_and_cells_anywhere_read_as_docxtpls(seed: int) -> None:
    """The same rows, cells, widths, grounds and merges."""
    case = wild_table(seed)
    theirs = their(case)
    assert stories_of(by_us(case)) == stories_of(theirs)
