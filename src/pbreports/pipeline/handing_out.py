"""Handing files out by township: where they go, the register to sign, the text for the work group."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Protocol, TypeVar

from pbreports.excel.reports import TableSheet, table_workbook
from pbreports.pipeline.shelf import Shelf
from pbreports.pipeline.year import Year
from pbreports.scheme.model import Period

NO_GROUP = "其他"
"""The folder of units that belong to no township."""

SIGN_SHEET, MESSAGES = "签收表.xlsx", "群消息.txt"
"""The register to sign, and the text for the work group, beside the files of a township."""


class Grouped(Protocol):
    """What belongs to a township."""

    @property
    def group(self) -> str:
        """The township's name, empty for none."""
        ...


T = TypeVar("T", bound=Grouped)


def by_group(items: Iterable[T]) -> dict[str, list[T]]:
    """Return items by township, in the order in which townships and items come."""
    groups: dict[str, list[T]] = defaultdict(list)
    for one in items:
        groups[one.group or NO_GROUP].append(one)
    return groups


def folder_for(folder: Path, year: Year, period: Period) -> Path:
    """Return where a period's files go below a folder: straight into it when the year has only one period."""
    return folder if len(year.scheme.heading.periods) == 1 else folder / period.name


def put_sign_sheet(
    shelf: Shelf, path: Path, title: str, headers: Sequence[str], rows: Sequence[Sequence[str | int]], period: Period
) -> None:
    """Put a register to be signed when the files are handed out: what lies there, and room for name and day."""
    numbered = [(number, *row) for number, row in enumerate(rows, 1)]
    sheet = TableSheet("签收表", ("序号", *headers), numbered)
    stamp = datetime.combine(period.start, time())
    _put(shelf, path, repr((title, headers, numbered)), lambda: table_workbook(title, [sheet], stamp=stamp))


def put_text(shelf: Shelf, path: Path, text: str) -> None:
    """Put a text as Windows shows it in any editor: with its mark and line ends."""
    _put(shelf, path, text, lambda: text.replace("\n", "\r\n").encode("utf-8-sig"))


def _put(shelf: Shelf, path: Path, made_from: str, make: Callable[[], bytes]) -> None:
    shelf.put(path, hashlib.sha256(made_from.encode()).hexdigest(), lambda: (make(), ""))
