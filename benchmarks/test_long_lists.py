"""How long lists are filled: in time that grows with the rows alone, in Word tables and in workbooks."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import docx
import openpyxl
from dialects import JINJA, table
from filling_engines import STAMP, texts_in
from inspection import Table
from measuring import Pair, in_turn, processor_seconds
from openpyxl.styles import Alignment, Border, Font, Side

from pbreports.excel.template import compile_workbook_template
from pbreports.word.template import compile_template

Row = dict[str, Any]
COLUMNS = 20
_FIRST = 3  # row of the sheet in which the list begins
_DAYS = 4  # of five columns the one that holds days
_NAMES = tuple(f"column{number}" for number in range(COLUMNS))


def rows(count: int) -> tuple[Row, ...]:
    """Return rows of texts, whole numbers, broken numbers and days."""
    return tuple({name: _value(row, column) for column, name in enumerate(_NAMES)} for row in range(count))


def _value(row: int, column: int) -> object:
    kinds = (f"第{row}人", row * column, row / 8, f"第{row % 7}组", date(2020, 1, 1) + timedelta(days=row % 365))
    return kinds[column % len(kinds)]


def growth(run: Callable[[int], object], counts: tuple[int, int], rounds: int = 9) -> Pair:
    """Return the seconds for a row, of few rows and of many, run in turn."""
    few, many = counts
    runs = {str(count): (lambda count=count: processor_seconds(lambda: run(count)) / count) for count in counts}
    times = in_turn(runs, rounds)
    return Pair(times[str(few)], times[str(many)])


def told(pair: Pair) -> dict[str, object]:
    """Return what is kept of two things measured in turn."""
    return {
        "ratio": round(pair.ratio, 2),
        "ratios": [round(one, 2) for one in pair.ratios],
        "ours": pair.ours,
        "theirs": pair.theirs,
    }


def word_template() -> bytes:
    """Return a paper of one table whose row is repeated."""
    document = docx.Document()
    repeated = Table((_NAMES[:5],), "people", tuple(f"«.{name}»" for name in _NAMES[:5]))
    document.element.body.insert(0, table(repeated, JINJA))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_long_table_in_word(benchmark: Any) -> None:
    """A row of 20,000 costs at most 1.2 times what one of 2,000 costs."""
    template = compile_template(word_template(), name="长表.docx")
    lists = {count: rows(count) for count in (2_000, 20_000)}

    def fill(count: int) -> bytes:
        return template.render({"people": lists[count]}, stamp=STAMP)

    assert len(texts_in(fill(2_000), stories=("word/document.xml",))) == 5 * 2_001
    pair = growth(fill, (2_000, 20_000))
    benchmark.extra_info.update(told(pair))
    benchmark.pedantic(lambda: fill(2_000), rounds=3)
    assert pair.ratio <= 1.2


def workbook_template() -> bytes:
    """Return a workbook with a title, headings, and a row of tags that has a look."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "党员名册"
    line = Side(style="thin")
    for column, name in enumerate(_NAMES, 1):
        sheet.cell(_FIRST - 1, column, name).font = Font(name="黑体")
        cell = sheet.cell(_FIRST, column, f"{{{{ 名单.{name} }}}}")
        cell.font, cell.border = Font(name="宋体", size=11), Border(line, line, line, line)
        cell.alignment = Alignment(horizontal="center")
        if (column - 1) % 5 == _DAYS:
            cell.number_format = "yyyy-mm-dd"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def by_openpyxl(template: bytes, given: Sequence[Row]) -> bytes:
    """Return the list written by openpyxl into the same template, its cells looking like the row of tags."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    sheet = book.active
    looks = [cell._style for cell in sheet[_FIRST]]
    for number, row in enumerate(given, _FIRST):
        for column, (value, look) in enumerate(zip(row.values(), looks, strict=True), 1):
            sheet.cell(number, column, value)._style = look
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def values_in(data: bytes) -> Iterator[tuple[object, ...]]:
    """Yield the rows of a workbook's list, days as days."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    for row in book.active.iter_rows(min_row=_FIRST, values_only=True):
        yield tuple(value.date() if isinstance(value, datetime) else value for value in row)


def test_a_long_list_in_a_workbook(benchmark: Any) -> None:
    """10,000 rows of 20 columns take at most a third of what openpyxl takes to write them into the same template.

    A row of 10,000 costs at most 1.2 times what one of 1,000 costs.
    """
    data = workbook_template()
    template = compile_workbook_template(data, name="名册.xlsx")
    lists = {count: rows(count) for count in (1_000, 10_000)}

    def fill(count: int) -> bytes:
        return template.render({"名单": lists[count]}, stamp=STAMP)

    given = lists[10_000]
    wanted = [tuple(row.values()) for row in given]
    assert list(values_in(fill(10_000))) == wanted
    assert list(values_in(by_openpyxl(data, given))) == wanted
    grown = growth(fill, (1_000, 10_000))
    runs = {"ours": lambda: fill(10_000), "openpyxl": lambda: by_openpyxl(data, given)}
    times = in_turn({name: (lambda run=run: processor_seconds(run)) for name, run in runs.items()})
    pair = Pair(times["ours"], times["openpyxl"])
    benchmark.extra_info.update(told(pair), growth=told(grown))
    benchmark.pedantic(lambda: fill(10_000), rounds=3)
    assert pair.ratio >= 3
    assert grown.ratio <= 1.2
