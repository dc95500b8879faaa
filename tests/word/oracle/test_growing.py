"""Random templates, random values: what comes out is what the template says, whole, in order and nothing else."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from word.oracle.case import Case
from word.oracle.engines import by_docxtpl, by_us
from word.oracle.growing import Block, Style, lines_of, markup_of
from word.oracle.reading import stories_of
from word.oracle.strategies import templates, values

seeds = st.integers(0, 2**16)
Blocks = tuple[Block, ...]


def case_of(blocks: Blocks, given_values: dict[str, object], style: Style) -> Case:
    """Return a random template as a case."""
    return Case("随机", "a random template", markup_of(blocks, style), given_values)


def told(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Return lines as ``stories_of`` tells them: a story of nothing but empty lines is none."""
    return lines if any(lines) else ()


@given(blocks=templates, given_values=values, seed=seeds)
@settings(max_examples=settings().max_examples // 2)
def test_the_model_agrees_with_docxtpl(blocks: Blocks, given_values: dict[str, object], seed: int) -> None:
    """Where a template keeps to docxtpl's prefixes, docxtpl gives the lines of the model: the model is no invention.

    But docxtpl takes escaped braces in a value for the template's own.
    """
    paper = by_docxtpl(case_of(blocks, given_values, Style(seed, natural=False, pieces=False)))
    meant = (line.replace("{_{", "{{") for line in lines_of(blocks, given_values))
    assert stories_of(paper).get("document", ()) == told(tuple(meant))


@given(blocks=templates, given_values=values, seed=seeds, natural=st.booleans(), pieces=st.booleans())
def test_every_text_and_every_value_comes_out_in_order(
    *, blocks: Blocks, given_values: dict[str, object], seed: int, natural: bool, pieces: bool
) -> None:
    """Our engine gives the lines of the model, however the template is written and cut into runs."""
    paper = by_us(case_of(blocks, given_values, Style(seed, natural=natural, pieces=pieces)))
    assert stories_of(paper).get("document", ()) == told(lines_of(blocks, given_values))
