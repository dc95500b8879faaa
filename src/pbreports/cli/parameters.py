"""What may be written on the command line, and what is said in Chinese when it cannot be read."""

from __future__ import annotations

import os
import re
import unicodedata
from datetime import date
from pathlib import Path

import click

FIRST_YEAR, LAST_YEAR = 2015, 2100
MOST_PROCESSES = 64

_DAYS = (r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})", r"(\d{4})年(\d{1,2})月(\d{1,2})日?", r"(\d{4})(\d{2})(\d{2})")


def day(text: str) -> date:
    """Return the day written as ``2020-09-01``, ``2020.9.1``, ``2020/9/1``, ``20200901`` or ``2020年9月1日``.

    Raises:
        click.BadParameter: when it is none of these, or no day of the calendar.
    """
    for pattern in _DAYS:
        if found := re.fullmatch(pattern, _plain(text)):
            year, month, number = map(int, found.groups())
            try:
                return date(year, month, number)
            except ValueError:
                raise click.BadParameter(f"没有“{text}”这一天") from None
    raise click.BadParameter(f"“{text}”不是日期，请写成 2020-12-31、2020.12.31 或 2020年12月31日")


def working_year(text: str) -> int:
    """Return the year written as ``2020``, ``2020年`` or ``2020年度``.

    Raises:
        click.BadParameter: when it is none of these, or out of range.
    """
    found = re.fullmatch(r"(\d{4})(?:年度?)?", _plain(text))
    if not found:
        raise click.BadParameter(f"“{text}”不是年度，请写四位数字，如 2020")
    year = int(found.group(1))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise click.BadParameter(f"“{text}”超出范围，年度应在 {FIRST_YEAR} 到 {LAST_YEAR} 之间")
    return year


def processes(text: str) -> int:
    """Return the number of processes to work with, none of them of their own when it is zero.

    Raises:
        click.BadParameter: when it is no number, or out of range.
    """
    if not re.fullmatch(r"[0-9]{1,2}", _plain(text)) or int(_plain(text)) > MOST_PROCESSES:
        raise click.BadParameter(f"“{text}”不行，请写 0 到 {MOST_PROCESSES} 的整数")
    return int(_plain(text))


def folder(text: str) -> Path:
    """Return the path of a folder that is there or can be made.

    Raises:
        click.BadParameter: when a file stands there.
    """
    if os.path.isfile(text):  # noqa: PTH113 Path.is_file raises where the folder above may not be read
        raise click.BadParameter(f"“{text}”是文件，不是文件夹")
    return Path(text)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
