"""The year in which the corpus is dropped: the tiny one, with more units whose workbooks must come to no harm."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import tiny
from corpus.case import Base
from excel.blanks import GOOD
from pbreports.excel.bureau import bureau_workbook
from pbreports.excel.fill import Filling
from pbreports.excel.issue import issue_workbook
from pbreports.scheme import Scheme, load_scheme
from pbreports.scheme.language import Facts
from pbreports.scheme.roster import units_of
from pbreports.values import Record, Scalar
from small_year import SmallYear, make_small_year

PERIOD = "下半年"
DAY = date(2031, 12, 31)
NEIGHBOURS = ("D04", "E05", "F06", "G07")

Rows = list[dict[str, Scalar]]


class District:
    """The year's workspace, and the workbooks of its units."""

    def __init__(self, root: Path) -> None:
        self.year: SmallYear = make_small_year(root)
        self.scheme: Scheme = load_scheme(self.year.inputs / "方案")
        self._roster = _roster(self.scheme)
        book = bureau_workbook(self.scheme, self.scheme.bureau["名册"], self._roster)
        (self.year.inputs / "名册.xlsx").write_bytes(book)
        self.folder = self.year.inputs / "报送" / PERIOD

    def send_neighbours(self) -> dict[str, dict[str, Rows]]:
        """Drop the innocent workbooks before, between and behind the nasty ones; return what each unit has sent."""
        sent = {unit: sent_by(unit, times) for times, unit in enumerate(NEIGHBOURS, 5)}
        for unit, place in zip(NEIGHBOURS, ("!最前", "值/!中间", "压缩包/中间/深处", "~最后"), strict=True):
            folder = self.folder / place
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{unit}.xlsx").write_bytes(self.workbook(unit, sent[unit]))
        return sent

    def base(self) -> Base:
        """Return what the cases are made from."""
        return Base(self.workbook("A01", GOOD), self.workbook("B02", sent_by("B02", 4)))

    def workbook(self, unit: str, records: dict[str, Rows]) -> bytes:
        """Return the workbook of a unit, filled in."""
        facts = {
            name: tuple(Record(name, "", row, {}, "名册.xlsx", name) for row in rows)
            for name, rows in self._roster.items()
        }
        sender = units_of(self.scheme, facts["单位"]).get(unit)
        assert sender is not None
        none = frozenset() if unit == "A01" else frozenset({"一行一条", "小组季度"})
        return issue_workbook(self.scheme, sender, self.scheme.period(PERIOD), Facts(facts), Filling(records, none))


def sent_by(unit: str, times: int) -> dict[str, Rows]:
    """Return what a unit of one group reports."""
    return {
        "封面": [{"填报人": f"{unit}填报人"}],
        "一列一条": [{"小组代码": f"{unit}-1", "次数": Decimal(times)}],
    }


def _roster(scheme: Scheme) -> dict[str, Rows]:
    roster: dict[str, Rows] = {
        name: [dict(record.values) for record in rows] for name, rows in tiny.tiny_records(scheme).items()
    }
    for place, code in enumerate(NEIGHBOURS, 1):
        unit = {
            "单位代码": code,
            "单位全称": f"临河区第{place}邻居阅读站",
            "种类": "站",
            "片区": "西片",
            "是否报送": True,
        }
        roster["单位"].append(unit)
        roster["小组"].append({"小组代码": f"{code}-1", "小组名称": "邻居小组", "单位代码": code, "状态": "正常"})
    return roster
