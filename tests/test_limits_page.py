"""The page of limits says what the program does."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from pbreports.excel.legacy.xls import UNSEEN as UNSEEN_IN_XLS
from pbreports.excel.legacy.xlsb_ods import UNSEEN
from pbreports.ooxml.limits import LIMITS, MEGABYTE
from pbreports.ooxml.package import Flag

PAGE = (Path(__file__).resolve().parents[1] / "docs/limits.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [field.name for field in fields(LIMITS)])
def test_each_limit_stands_on_the_page_with_its_value(name: str) -> None:
    """A changed or new limit is explained where staff look for it."""
    value = getattr(LIMITS, name)
    shown = value // MEGABYTE if isinstance(value, int) and value % MEGABYTE == 0 else value
    line = next((line for line in PAGE.splitlines() if f"`{name}`" in line), "")
    assert re.search(rf"(?<![\d.]){re.escape(f'{shown:g}' if isinstance(shown, float) else str(shown))}(?![\d.])", line)


def test_what_is_flagged_and_what_cannot_be_seen_stands_on_the_page() -> None:
    """Each flag of a workbook, and each blind spot of another format, is named."""
    assert [flag for flag in Flag if flag not in PAGE] == []
    assert "、".join(UNSEEN_IN_XLS) in PAGE
    assert "、".join(UNSEEN) in PAGE
