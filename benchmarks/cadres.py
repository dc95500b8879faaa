"""Writes the papers of many candidates and tells how long it took and how memory went: ``python cadres.py FOLDER``.

A process of its own, so that its memory is the batch's alone; prints one line of JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from stdnum.cn.ric import calc_check_digit

from pbreports.excel.bureau import bureau_workbook
from pbreports.pipeline.cadre.inspecting import Inspection, inspect
from pbreports.pipeline.cadre.office import Office, opened
from pbreports.pipeline.cadre.publishing import Order, WrittenCopy, publish
from pbreports.pipeline.year import open_year
from pbreports.sample.bureau_cadres import cadre_workbook
from pbreports.sample.rows import Row, Sheets
from pbreports.sample.story import Story
from pbreports.scheme import Scheme
from pbreports.workspace import open_workspace

PAPERS = ("考察材料", "干部任免审批表")
DAY = date(2020, 12, 31)
_COMMON = ("岗位方案", "考察组", "班子测评票", "任免表确认")
"""Sheets whose rows are about batches, or about files that are not there."""
_PAGE = 4096


def many(sample: Sheets, candidates: int) -> Sheets:
    """Return the sample's candidacies over and over under new codes and identity numbers, in its two batches."""
    own = len(sample["候选人"])
    copies = range(candidates // own)
    common = {name: list(sample[name]) for name in _COMMON if name != "任免表确认"}
    return common | {
        name: [_renamed(row, copy) for copy in copies for row in rows]
        for name, rows in sample.items()
        if name not in _COMMON
    }


def _renamed(row: Row, copy: int) -> Row:
    new = dict(row) | {"候选人编号": f"{row['候选人编号']}{copy:03d}"}
    if "身份证号" in row:
        body = f"{str(row['身份证号'])[:14]}{int(str(row['身份证号'])[14:17]) + 4 * copy:03d}"
        new["身份证号"] = body + calc_check_digit(body)
    return new


def lay_out(root: Path, scheme: Scheme, story: Story, candidates: int) -> None:
    """Write the inspection's workbook of so many candidates."""
    book = scheme.bureau["干部考察"]
    sheets: Mapping[str, list[Row]] = many(cadre_workbook(story), candidates)
    path = root / "inputs/2020/考察/干部考察.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bureau_workbook(scheme, book, sheets))


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE


def measured(root: Path) -> Mapping[str, object]:
    """Return what it takes to check all candidates and to write the record and the form of each."""
    year = open_year(open_workspace(root, 2020))
    with opened(year, DAY) as office:
        start = time.process_time()
        inspection = inspect(office)
        checked = time.process_time()
        memory = list(_written(office, inspection))
        done = time.process_time()
    return {
        "candidates": len(inspection.cases),
        "papers": len(memory),
        "checking": checked - start,
        "writing": done - checked,
        "early": max(memory[: len(memory) // 10]),
        "whole": max(memory),
    }


def _written(office: Office, inspection: Inspection) -> Iterator[int]:
    """Yield the memory in use after each paper, in bytes."""
    for one in publish(office, inspection, Order(PAPERS, draft=True)):
        assert isinstance(one, WrittenCopy), one
        yield _resident()


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measured(Path(sys.argv[1]))))
