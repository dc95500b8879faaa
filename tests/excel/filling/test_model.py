"""Random templates filled with random values, held against a plain model of what rows should come out."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from excel.filling.templates import cells, rendered, template


@dataclass(frozen=True)
class Piece:
    """Some rows of a template: plain, of a list, under a condition, in a loop; and the rows that they make."""

    rows: tuple[tuple[object, ...], ...]
    made: tuple[tuple[object, ...], ...]
    values: tuple[tuple[str, object], ...] = ()


def plain(number: int) -> Piece:
    """Return a row of text and a number."""
    return Piece(((f"文{number}", number),), ((f"文{number}", number),))


def listed(number: int, given_values: Sequence[int]) -> Piece:
    """Return a row that repeats for a list."""
    name = f"名单{number}"
    rows = [{"数": value} for value in given_values]
    made = tuple((f"第{place}", value) for place, value in enumerate(given_values, 1)) or ((),)
    return Piece(((f"第{{{{ {name}.序号 }}}}", f"{{{{ {name}.数 }}}}"),), made, ((name, rows),))


def conditional(number: int, there: bool, inside: Piece) -> Piece:  # noqa: FBT001
    """Return rows that are there only under a condition."""
    name = f"有{number}"
    rows = ((f"{{% if {name} %}}",), *inside.rows, ("{% endif %}",))
    return Piece(rows, inside.made if there else (), ((name, there), *inside.values))


def looped(number: int, times: int, inside: Piece) -> Piece:
    """Return rows that are repeated by control tags."""
    name = f"次{number}"
    rows = ((f"{{% for _x{number} in {name} %}}",), *inside.rows, ("{% endfor %}",))
    blank = tuple(() for row in inside.rows if not str(row[0]).startswith("{%"))
    return Piece(rows, inside.made * times if times else blank, ((name, list(range(times))), *inside.values))


Kind = tuple[object, ...]
"""What rows to make: a word, what it needs, and the rows inside."""
LEAVES = st.one_of(st.just(("plain",)), st.tuples(st.just("list"), st.lists(st.integers(0, 9), max_size=3)))
KINDS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(st.just("if"), st.booleans(), st.lists(inner, min_size=1, max_size=3)),
        st.tuples(st.just("for"), st.integers(0, 3), st.lists(inner, min_size=1, max_size=3)),
    ),
    max_leaves=8,
)


def made(kind: Kind, numbers: Iterator[int]) -> Piece:
    """Return the rows of a kind, each name in them used once."""
    number = next(numbers)
    if kind[0] == "plain":
        return plain(number)
    if kind[0] == "list":
        return listed(number, kind[1])  # type: ignore[arg-type]
    inside = _joined([made(one, numbers) for one in kind[2]])  # type: ignore[attr-defined]
    if kind[0] == "if":
        return conditional(number, bool(kind[1]), inside)
    return looped(number, int(kind[1]), inside)  # type: ignore[call-overload]


def _joined(some: Sequence[Piece]) -> Piece:
    return Piece(
        tuple(row for one in some for row in one.rows),
        tuple(row for one in some for row in one.made),
        tuple(value for one in some for value in one.values),
    )


def _numbers(rows: Sequence[Sequence[object]]) -> Iterator[int]:
    yield from (row[1] for row in rows if len(row) > 1 and isinstance(row[1], int))


@settings(deadline=None)
@given(st.lists(KINDS, min_size=1, max_size=4))
def test_all_rows_come_out_in_order_and_nothing_else_does(kinds: list[Kind]) -> None:
    """The total over all rows of the template is that over all rows of the result, wherever they have moved."""
    numbers = count(1)
    whole = _joined([made(kind, numbers) for kind in kinds])
    rows = [["{{ 头 }}", None], *whole.rows, ["末", f"=SUM(B1:B{len(whole.rows) + 1})"]]
    data = rendered(template(rows), {"头": "首", **dict(whole.values)}).data
    expected = [["首"], *[list(row) for row in whole.made], ["末", sum(_numbers(whole.made))]]
    assert cells(load_workbook(io.BytesIO(data), data_only=True)) == expected
