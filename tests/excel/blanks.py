"""The tiny year's blank, filled rightly, and what intake says of it after edits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

import tiny
from pbreports.excel.edit import Edit, edited
from pbreports.excel.fill import Filling
from pbreports.excel.intake import Received, read_submission
from pbreports.excel.issue import issue_workbook
from pbreports.scheme import Scheme
from pbreports.values import Finding, Scalar, YearMonth

COVER, LIST, UPRIGHT, FORM, PRESET = "00_封面", "01_一行一条", "02_一列一条", "03_只填一份", "04_小组季度"

ONE: dict[str, Scalar] = {
    "短文": "007",
    "长文": "=读完即算",
    "个数": Decimal(0),
    "差额": Decimal(-3),
    "金额": Decimal("1234.5"),
    "均分": Decimal("99.9"),
    "办理日期": date(2031, 9, 1),
    "出生年月": YearMonth(1985, 3),
    "等次": "优秀",
    "去向": "第30阅览室及其附属的借阅处",
    "是否公示": False,
}
GOOD: dict[str, list[dict[str, Scalar]]] = {
    "封面": [{"填报人": "甲一", "联系电话": "0537-1234567"}],
    "一行一条": [{"编码": "L1", **ONE}, {"编码": "L2", "个数": Decimal(5)}],
    "一列一条": [{"小组代码": code, "次数": Decimal(3), **ONE} for code in ("A01-1", "A01-2")],
    "只填一份": [ONE],
    "小组季度": [
        {"小组代码": code, "季度": quarter, "读书会": Decimal(1)}
        for code in ("A01-1", "A01-2")
        for quarter in ("第一季度", "第二季度")
    ],
}

_RIGHT: list[tuple[Scheme, bytes]] = []
"""The rightly filled workbook of the scheme last asked for: nearly every test starts from it."""


def blank(scheme: Scheme) -> bytes:
    """Return the tiny library's blank for the second half of the year."""
    return issue_workbook(scheme, tiny.library(scheme), tiny.second_half(scheme), tiny.tiny_facts(scheme))


def filled(
    scheme: Scheme, records: Mapping[str, Sequence[Mapping[str, Scalar]]] = GOOD, none: Iterable[str] = ()
) -> bytes:
    """Return the tiny library's workbook filled in: as a school fills it when it makes no mistake, or as told."""
    usual = records is GOOD and not none
    made = next((data for one, data in _RIGHT if usual and one is scheme), None)
    if made is None:
        there = tiny.library(scheme), tiny.second_half(scheme), tiny.tiny_facts(scheme)
        made = issue_workbook(scheme, *there, Filling(records, frozenset(none)))
    if usual:
        _RIGHT[:] = [(scheme, made)]
    return made


def received(
    scheme: Scheme, data: bytes, name: str = "2031_下半年_A01_一馆_v1.xlsx", period: str = "下半年"
) -> Received:
    """Return what intake says of a workbook's bytes."""
    units, facts = tiny.tiny_units(scheme), tiny.tiny_facts(scheme)
    return read_submission(data, scheme, units, scheme.period(period), file=name, facts=facts)


def found(scheme: Scheme, edits: Iterable[Edit]) -> tuple[Finding, ...]:
    """Return the findings on the rightly filled blank after edits."""
    return received(scheme, edited(filled(scheme), edits)).findings


def told(findings: Iterable[Finding]) -> list[tuple[str, str, str, int]]:
    """Return code, sheet, cell and count of each finding."""
    return [(one.code, one.where.sheet, one.where.cell, one.count) for one in findings]
