"""What a draft of a workbook template says: pages, their tables, the tables' columns.

A draft is TOML: ``page`` are the pages, ``table`` in them the tables; ``shared`` are columns that several tables have,
before their own (``lead``) or after (``tail``). A table's columns stand one a line, as
``组 | 列名 | 宽 | 类 | 来源``: the head above it (or nothing), the column's name, its width in characters, its kind, and
where its value is from: a column of the list (its own name when left out), with filters or not, a whole tag, or a
formula. In a formula ``[列]`` is the cell of the row, ``{列}`` the column's rows, ``{页!列}`` those of another page's
first table, ``«页!列»`` their total.

``paper`` is the size of the pages, ``footer`` what stands at the right of every page's foot; a page's ``mark`` stands
there in its place and at its head too. ``frozen`` is how many columns of a page stay in sight, ``whole`` prints it on
one sheet of paper.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from pbreports.errors import TemplateError


class Kind(Enum):
    """What a column holds, which says how it looks and whether it is added up."""

    TEXT = "文"
    WORD = "中"
    NUMBER = "数"
    MARK = "记"
    MONEY = "元"
    HOURS = "时"
    POINTS = "分"
    DATE = "日"
    SHARE = "率"

    @property
    def adds(self) -> bool:
        """Whether the column has a sum."""
        return self in (Kind.NUMBER, Kind.MARK, Kind.MONEY, Kind.HOURS)


class Paper(Enum):
    """The size of a page, which stands across."""

    A3 = "A3"
    A4 = "A4"


Known = TypeVar("Known", Kind, Paper)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the head it stands under with others (or empty), its name, width, kind, and where it is from."""

    group: str
    name: str
    width: float
    kind: Kind
    source: str


@dataclass(frozen=True, slots=True)
class Count:
    """A line under a table's total: its label, how its value looks, its formula."""

    label: str
    kind: Kind
    formula: str


@dataclass(frozen=True, slots=True)
class Flag:
    """Which word in a column stands out in which colour; ``*`` is any."""

    column: str
    word: str
    color: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: the list whose rows it repeats, its columns, whether subtotals and counts follow.

    ``rows`` are fixed rows in place of a list. A table without ``totals`` has no total row.
    """

    title: str
    rows_of: str
    columns: tuple[Column, ...]
    subtotals: bool
    totals: bool
    counts: tuple[Count, ...] = ()
    flags: tuple[Flag, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def grouped(self) -> bool:
        """Whether some columns stand under a common head."""
        return any(column.group for column in self.columns)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the workbook: its name on the tab, its title, the note below it, lines of text, its tables.

    ``mark`` says in the page's head and foot who may see it; ``frozen`` columns stay in sight; ``whole`` has it printed
    on one sheet of paper.
    """

    name: str
    title: str
    note: str
    texts: tuple[str, ...]
    tables: tuple[Table, ...]
    mark: str = ""
    frozen: int = 2
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole draft: what groups of rows are subtotalled by (column and list), the pages, their paper and foot."""

    name: str
    groups: tuple[tuple[str, str], ...]
    pages: tuple[Page, ...]
    paper: Paper = Paper.A3
    footer: str = ""


def read_draft(text: str, name: str) -> Draft:
    """Return the draft that a text says.

    Raises:
        TemplateError: when it is no TOML, or a line of it has no known form.
    """
    try:
        told = tomllib.loads(text)
        groups = tuple((one["column"], one["list"]) for one in told["groups"])
        pages = tuple(_page(one, told, name) for one in told["page"])
        return Draft(name, groups, pages, _word(Paper, told.get("paper", "A3"), name), told.get("footer", ""))
    except tomllib.TOMLDecodeError as fault:
        raise TemplateError(name, f"底稿不是 TOML：{fault}", "请核对写法") from fault
    except KeyError as fault:
        raise TemplateError(name, f"底稿里缺{fault}", "请补上") from fault


def _page(told: Mapping[str, Any], whole: Mapping[str, Any], name: str) -> Page:
    tables = tuple(_table(one, whole, f"{name} → {told['name']}") for one in told.get("table", ()))
    return Page(
        name=told["name"],
        title=told["title"],
        note=told.get("note", ""),
        texts=tuple(told.get("texts", ())),
        tables=tables,
        mark=told.get("mark", ""),
        frozen=told.get("frozen", 2),
        whole=told.get("whole", False),
    )


def _table(told: Mapping[str, Any], whole: Mapping[str, Any], where: str) -> Table:
    shared = whole["shared"]
    texts = (shared[told[end]] if end in told else "" for end in ("lead", "tail"))
    lines = "\n".join((next(texts), told.get("columns", ""), next(texts)))
    columns = tuple(_column(line, where) for line in _lines(lines, 4))
    return Table(
        title=told.get("title", ""),
        rows_of=told.get("list", ""),
        columns=tuple(_added_up(one, told["sums"], told["by"]) for one in columns) if "sums" in told else columns,
        subtotals=told.get("subtotals", False),
        totals=told.get("totals", True),
        counts=tuple(Count(one[0], _word(Kind, one[1], where), one[2]) for one in _cells(told, "counts", 3, where)),
        flags=tuple(Flag(*one) for one in _cells(told, "flags", 3, where)),
        rows=tuple(tuple(line) for line in _lines(told.get("rows", ""))),
    )


def _cells(told: Mapping[str, Any], key: str, count: int, where: str) -> Iterator[list[str]]:
    for line in _lines(told.get(key, "")):
        if len(line) != count:
            raise TemplateError(where, f"“{' | '.join(line)}”不是{count}项", f"{key} 的每行要写{count}项")
        yield line


def _lines(text: str, most: int = -1) -> list[list[str]]:
    """Return the parts of each line that is not blank, divided ``most`` times at most: a tag's filters have bars too."""
    return [[part.strip() for part in line.split("|", most)] for line in text.splitlines() if line.strip()]


def _column(line: list[str], where: str) -> Column:
    if len(line) not in (4, 5):
        raise TemplateError(where, f"“{' | '.join(line)}”不是一列", "请写 组 | 列名 | 宽 | 类 | 来源")
    group, name, width, kind = line[:4]
    return Column(group, name, float(width), _word(Kind, kind, where), line[4] if len(line) == 5 else name)


def _added_up(column: Column, page: str, key: str) -> Column:
    """Return a column as the sum over the rows of another page that have the row's key."""
    if not column.kind.adds or column.source.startswith("="):
        return column
    return replace(column, source=f"={sum_of(f'{{{page}!{key}}}', f'[{key}]', f'{{{page}!{column.source}}}')}")


def sum_of(keys: str, key: str, numbers: str) -> str:
    """Return the formula of the sum over the rows that have a key; blank, not 0, where none of them has a number."""
    return f'IF(COUNTIFS({keys},{key},{numbers},">-1E+99")=0,"",SUMIF({keys},{key},{numbers}))'


def _word(known: type[Known], word: str, where: str) -> Known:
    """Return what a word means of those that are known."""
    try:
        return known(word)
    except ValueError:
        words = "、".join(str(one.value) for one in known)
        what = {Kind: "类", Paper: "纸张"}[known]
        raise TemplateError(where, f"没有叫“{word}”的{what}", f"可以写：{words}") from None
