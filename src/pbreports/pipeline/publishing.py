"""Publish: the year's papers filled, written beside what staff changed, each with its proof sheet."""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from pbreports import shipped
from pbreports.errors import PbreportsError, WorkspaceError
from pbreports.excel.reports import table_workbook
from pbreports.journal import Journal, WrittenPaper
from pbreports.ooxml.files import is_open, write_atomically
from pbreports.pipeline import proof
from pbreports.pipeline.filling import FilledPaper, filled
from pbreports.pipeline.summarising import Summary
from pbreports.pipeline.year import Year, make_folder
from pbreports.scheme.language import Frame, Scene, bind_message
from pbreports.scheme.language.facts import Facts
from pbreports.scheme.model import PaperRule
from pbreports.tags.values import paper_values
from pbreports.workspace import safe_name

DRAFT = "草稿"
FRESH = "新稿"
FIRST = "初稿"
"""The states in a paper's file name: from data not yet accepted, beside a copy that staff changed, as filled."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One written paper: its title, where it stands, what people must still fill in, and what to tell them."""

    title: str
    path: Path
    proof: Path
    unfilled: tuple[str, ...]
    notices: tuple[str, ...]


def publish(
    year: Year, summary: Summary, as_of: date, names: Sequence[str] = (), *, draft: bool = False
) -> tuple[Paper, ...]:
    """Return the papers written: those named, or all that the scheme declares.

    A paper that staff have changed or have open is left alone; the new one goes beside it.

    Raises:
        PbreportsError: when a paper is not declared, a template cannot be filled, or nothing can be written.
    """
    wanted = _wanted(year, names)
    values = template_values(year, summary)
    stamp = datetime.combine(as_of, time())
    linked = {*summary.figures, *summary.lists}
    ready = [
        (paper, _title(paper, year, summary), filled(template_of(year, paper), values, linked, stamp))
        for paper in wanted
    ]
    make_folder(year.workspace.papers)
    writing = _Writing(year, summary, Journal(year.workspace.journal), stamp, DRAFT if draft else FIRST)
    return tuple(_write(paper, title, made, writing) for paper, title, made in ready)


def template_values(year: Year, summary: Summary) -> dict[str, object]:
    """Return everything that templates may name: figures, lists and constants of the year."""
    return paper_values(summary.figures, summary.lists, _constants(year, summary))


def _wanted(year: Year, names: Sequence[str]) -> list[PaperRule]:
    papers = year.scheme.papers
    for name in names:
        if name not in papers:
            known = "、".join(papers) or "（没有）"
            raise PbreportsError("文书", f"方案里没有叫“{name}”的文书", f"可以写：{known}")
    return [papers[name] for name in names or papers]


def template_of(year: Year, paper: PaperRule) -> Path:
    """Return a paper's template: the workspace's own, else the one that came with the program.

    Raises:
        WorkspaceError: when there is neither.
    """
    own = year.workspace.templates / paper.template
    if own.exists():
        return own
    usual = shipped.templates() / paper.template
    if usual.exists():
        return usual
    raise WorkspaceError(
        f"templates/{paper.template}", "没有这个模板", "请把模板放到 templates 文件夹，或核对方案里的文件名"
    )


def _title(paper: PaperRule, year: Year, summary: Summary) -> str:
    names = {**year.names_of_year(), **{one.name: one.value for one in summary.figures.values()}}
    scene = Scene(year.vocabulary, district=True, figures=True)
    return bind_message(paper.title.text, scene)(Frame(Facts({}), names))


def _constants(year: Year, summary: Summary) -> Mapping[str, Any]:
    return {
        **year.names_of_year(),
        "年度": year.scheme.year,
        "未报说明": proof.absence_note(summary),
        "未报单位名单": [
            {"学校": unit.short_name, "全称": unit.full_name, "镇街": unit.group} for unit in summary.absent
        ],
        "主要指标表": proof.main_figures(year.scheme, summary),
    }


@dataclass(frozen=True, slots=True)
class _Writing:
    """What all papers of one run are written with."""

    year: Year
    summary: Summary
    journal: Journal
    stamp: datetime
    state: str


def _write(paper: PaperRule, title: str, made: FilledPaper, writing: _Writing) -> Paper:
    year = writing.year
    notices = list(made.notices)
    name = f"{safe_name(title)}_{writing.state}{Path(paper.template).suffix}"
    path = _place(year, name, made.data, writing.journal, notices)
    digest = hashlib.sha256(made.data).hexdigest()
    shown = year.workspace.shown(path)
    writing.journal.wrote(WrittenPaper(shown, digest, made.run, "", made.template, made.links))
    if template_of(year, paper).parent != year.workspace.templates:
        notices.append(f"templates/{paper.template} 不在工作区里，用的是程序自带的模板。")
    proof_path = path.with_name(f"{path.stem}_校对单.xlsx")
    sheets = proof.proof_sheets(year.scheme, writing.summary, made.unfilled)
    _write_proof(proof_path, table_workbook(f"《{title}》校对单", sheets, stamp=writing.stamp), notices)
    if final_of(year, title):
        notices.append(f"inputs/{year.scheme.year}/定稿/ 里已有《{title}》，以定稿为准；本次生成的只供核对。")
    return Paper(title, path, proof_path, made.unfilled, tuple(notices))


def final_of(year: Year, title: str) -> Path | None:
    """Return the signed copy of a paper that staff have put into 定稿/, ``None`` when there is none."""
    return next(iter(sorted(year.workspace.finals.glob(f"{glob.escape(safe_name(title))}*"))), None)


def _place(year: Year, name: str, data: bytes, journal: Journal, notices: list[str]) -> Path:
    """Write a paper under its name, or beside it when that copy was changed or is open; return where."""
    path = year.workspace.papers / name
    if _changed_by_staff(path, data, year, journal):
        notices.append(f"{name} 写出后被改动过，没有覆盖；新的一份另存在旁边。")
    elif is_open(path):
        notices.append(f"{name} 正在 Word 或 WPS 里打开，没有覆盖；新的一份另存在旁边。")
    elif _try_write(path, data):
        return path
    else:
        notices.append(f"{name} 写不进去（可能正打开着），新的一份另存在旁边。")
    beside = _free_name(path, data, year, journal)
    write_atomically(beside, data)
    return beside


def _changed_by_staff(path: Path, data: bytes, year: Year, journal: Journal) -> bool:
    if not path.exists():
        return False
    now = hashlib.sha256(path.read_bytes()).hexdigest()
    written = journal.papers().get(year.workspace.shown(path))
    return now not in (written, hashlib.sha256(data).hexdigest())


def _try_write(path: Path, data: bytes) -> bool:
    existed = path.exists()
    try:
        write_atomically(path, data)
    except WorkspaceError:
        if existed:
            return False
        raise
    return True


def _free_name(path: Path, data: bytes, year: Year, journal: Journal) -> Path:
    number = 1
    while True:
        found = path.with_name(f"{path.stem}_{FRESH}{number}{path.suffix}")
        if not _changed_by_staff(found, data, year, journal) and not is_open(found):
            return found
        number += 1


def _write_proof(path: Path, data: bytes, notices: list[str]) -> None:
    """Write a proof sheet; it is only for looking at, so one that is open is not worth stopping for."""
    try:
        write_atomically(path, data)
    except WorkspaceError as error:
        notices.append(str(error))
