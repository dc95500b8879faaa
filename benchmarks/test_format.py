"""How fast the form of papers is checked, beside filling them with docxtpl: 151 papers of two pages, one for each branch."""

from __future__ import annotations

import io
import time
from statistics import median
from typing import Any

import docx
import docxtpl
from docx.document import Document
from measuring import Pair, in_turn

from pbreports.scheme.profile import load_profile
from pbreports.word.format import check_format
from pbreports.word.shipped import make_template

PAPERS = 151
_TEXT = (
    "为深入贯彻上级有关部署，{{ 支部 }}坚持把政治建设摆在首位，全年召开支部党员大会{{ 次数 }}次、支部委员会会议12次，"
    "组织主题党日12次，党员参加率{{ 比率 }}，“三会一课”制度落实到位，党员教育管理更加规范，服务群众更加有力。"
)


def _template() -> bytes:
    """Return a general paper of two pages with tags: the shipped sample, its text drawn out by further paragraphs."""
    document: Document = docx.Document(io.BytesIO(make_template("通用")))
    body = next(one for one in document.paragraphs if one.style is not None and one.style.name == "Body Text")
    for _ in range(9):
        body.insert_paragraph_before(_TEXT, style="Body Text")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _filled(template: bytes, number: int) -> bytes:
    paper = docxtpl.DocxTemplate(io.BytesIO(template))
    paper.render({"支部": f"第{number}党支部", "次数": number % 7 + 4, "比率": f"{90 + number % 10}%"})
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def test_checking_beside_filling(benchmark: Any) -> None:
    """A paper is checked in a fifth of the time at most that docxtpl took to fill it, and each one is right."""
    template, profile = _template(), load_profile()
    papers = [_filled(template, number) for number in range(PAPERS)]
    assert not any(check_format(one, profile) for one in papers)

    def check() -> float:
        before = time.process_time()
        for one in papers:
            check_format(one, profile)
        return (time.process_time() - before) / PAPERS

    def fill() -> float:
        before = time.process_time()
        for number in range(PAPERS):
            _filled(template, number)
        return (time.process_time() - before) / PAPERS

    times = in_turn({"pbreports": check, "docxtpl": fill}, 3)
    pair = Pair(times["pbreports"], times["docxtpl"])
    milliseconds = {name: round(median(seconds) * 1000, 2) for name, seconds in times.items()}
    benchmark.extra_info.update({"papers": PAPERS, "ratio": round(pair.ratio, 2), "milliseconds": milliseconds})
    benchmark.pedantic(check, rounds=1)
    assert pair.ratio >= 5
