"""Publish: the year's papers filled, written beside what staff changed, each with its proof sheet."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from pbreports import shipped
from pbreports.errors import PbreportsError, WorkspaceError
from pbreports.excel.reports import table_workbook
from pbreports.faults import Fault
from pbreports.journal import Journal, WrittenPaper
from pbreports.ooxml.files import write_atomically
from pbreports.pipeline import proof
from pbreports.pipeline.agreeing import DRAFT, Copy, said_in
from pbreports.pipeline.filling import FilledPaper, filled, is_word
from pbreports.pipeline.formatting import check_data, profile_for
from pbreports.pipeline.official import official_record, official_sheet, official_values
from pbreports.pipeline.placing import FRESH, Shelf
from pbreports.pipeline.rating_papers import stopped_by_rating
from pbreports.pipeline.summarising import Summary
from pbreports.pipeline.vetting import Candidate, vetted
from pbreports.pipeline.year import Year, make_folder
from pbreports.scheme.language import Frame, Scene, bind_message
from pbreports.scheme.language.facts import Facts
from pbreports.scheme.model import PaperRule
from pbreports.scheme.papers import OFFICIAL, THIS_RUN, TITLE
from pbreports.tags.values import paper_values
from pbreports.values import Finding, Severity
from pbreports.workspace import safe_name

FIRST = "初稿"
"""The state in a paper's file name besides drafts."""
REFUSED = "未写出"
"""The state in the name of the proof sheet of a paper that is not written."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One written paper: its title, where it stands, what people must still fill in, what to tell them, what is wrong."""

    title: str
    path: Path
    proof: Path
    unfilled: tuple[str, ...]
    notices: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A paper that is not written because a rule on it is broken: why, its proof sheet, and the older copies that stay."""

    title: str
    findings: tuple[Finding, ...]
    proof: Path
    older: tuple[Path, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """What came of the papers: those written, and those that are not."""

    papers: tuple[Paper, ...]
    refused: tuple[Refusal, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules on papers find in all of them."""
        written = (found for paper in self.papers for found in paper.findings)
        return (*written, *(found for refusal in self.refused for found in refusal.findings))


def publish(year: Year, summary: Summary, as_of: date, names: Sequence[str] = (), *, draft: bool = False) -> Published:
    """Return the papers written: those named, or all that the scheme declares.

    A paper that staff have changed or have open is left alone; the new one goes beside it. One in which a rule on papers
    finds an error is not written, unless it is to be a draft.

    Raises:
        PbreportsError: when a paper is not declared, a template cannot be filled, or nothing can be written.
    """
    stamp = datetime.combine(as_of, time())
    ready = _ready(year, summary, _wanted(year, names), stamp)
    findings = vetted(year, summary, [one.candidate(year) for one in ready])
    make_folder(year.workspace.papers)
    journal = Journal(year.workspace.journal)
    shelf = Shelf(journal.papers(), year.workspace.shown)
    writing = _Writing(year, summary, journal, shelf, stamp, DRAFT if draft else FIRST)
    written, refused = [], []
    for one, said in zip(ready, findings, strict=True):
        found = (*stopped_by_rating(year, summary, one.title, one.made.uses), *said)
        if not draft and any(finding.severity is Severity.ERROR for finding in found):
            refused.append(_refuse(one, found, writing))
        else:
            written.append(_write(one, found, writing))
    return Published(tuple(written), tuple(refused))


@dataclass(frozen=True, slots=True)
class _Ready:
    """A paper filled and not yet written."""

    paper: PaperRule
    title: str
    made: FilledPaper
    faults: tuple[Fault, ...] = ()

    def candidate(self, year: Year) -> Candidate:
        """Return the paper as the rules on papers look at it."""
        said = said_in(Path(self.paper.template), self.made.data, self.made.links, year.scheme.figures)
        return Candidate(self.paper.name, Copy(self.title, THIS_RUN, said))


def _ready(year: Year, summary: Summary, wanted: Sequence[PaperRule], stamp: datetime) -> list[_Ready]:
    profile = profile_for(year.workspace.root, None)
    values = template_values(year, summary)
    linked = {*summary.figures, *summary.lists}
    found = []
    for paper in wanted:
        title = _title(paper, year, summary)
        row = official_record(year.scheme, summary.asked.facts, paper.name)
        own = {TITLE: title, **official_values(year.scheme, row)}
        made = filled(template_of(year, paper), {**values, **own}, linked, stamp)
        file = Path(paper.template)
        faults = check_data(file, made.data, profile).faults if is_word(file) else ()
        found.append(_Ready(paper, title, made, faults))
    return found


def template_values(year: Year, summary: Summary) -> dict[str, object]:
    """Return what the templates of all papers may name: figures, lists and constants of the year."""
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
        **official_values(year.scheme),
        TITLE: "",
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
    shelf: Shelf
    stamp: datetime
    state: str


def _write(one: _Ready, found: tuple[Finding, ...], writing: _Writing) -> Paper:
    year, made = writing.year, one.made
    notices = list(made.notices)
    name = f"{safe_name(one.title)}_{writing.state}{Path(one.paper.template).suffix}"
    path = writing.shelf.put(year.workspace.papers / name, made.data, notices)
    digest = hashlib.sha256(made.data).hexdigest()
    shown = year.workspace.shown(path)
    writing.journal.wrote(WrittenPaper(shown, digest, made.run, "", made.template, made.links, one.title))
    notices += _remarks(one, writing)
    proof_path = path.with_name(f"{path.stem}_校对单.xlsx")
    _write_proof(proof_path, one, found, writing, notices)
    with contextlib.suppress(OSError):
        _refusal_path(one, year).unlink(missing_ok=True)
    return Paper(one.title, path, proof_path, made.unfilled, tuple(notices), found)


def _remarks(one: _Ready, writing: _Writing) -> Iterator[str]:
    """Yield what to tell about a written paper: whose template it is, what the bureau has not said of it, a signed copy."""
    year, paper = writing.year, one.paper
    if template_of(year, paper).parent != year.workspace.templates:
        yield f"templates/{paper.template} 不在工作区里，用的是程序自带的模板。"
    sheet = official_sheet(year.scheme)
    if (
        sheet
        and OFFICIAL in one.made.uses
        and not official_record(year.scheme, writing.summary.asked.facts, paper.name)
    ):
        yield f"“{sheet.name}”表里没有“{paper.name}”这一行，《{one.title}》里的文号、主送等都空着；请在{sheet.workbook}簿里补上。"
    if wrong := sum(fault.severity is Severity.ERROR for fault in one.faults):
        yield f"《{one.title}》有{wrong}处不合公文格式的规定，见校对单的“格式核对”。"
    if year.workspace.final_of(one.title):
        yield f"inputs/{year.scheme.year}/定稿/ 里已有《{one.title}》，以定稿为准；本次生成的只供核对。"


def _refuse(one: _Ready, found: tuple[Finding, ...], writing: _Writing) -> Refusal:
    notices: list[str] = []
    proof_path = _refusal_path(one, writing.year)
    _write_proof(proof_path, one, found, writing, notices)
    return Refusal(one.title, found, proof_path, _older(one, writing.year), tuple(notices))


def _refusal_path(one: _Ready, year: Year) -> Path:
    return year.workspace.papers / f"{safe_name(one.title)}_{REFUSED}_校对单.xlsx"


def _older(one: _Ready, year: Year) -> tuple[Path, ...]:
    """Return the copies of a paper that earlier runs have written and that are not drafts."""
    name = re.compile(
        rf"{re.escape(safe_name(one.title))}_({FIRST}|{FIRST}_{FRESH}\d+){re.escape(Path(one.paper.template).suffix)}"
    )
    return tuple(sorted(path for path in year.workspace.papers.iterdir() if name.fullmatch(path.name)))


def _write_proof(path: Path, one: _Ready, found: tuple[Finding, ...], writing: _Writing, notices: list[str]) -> None:
    """Write a proof sheet; it is only for looking at, so one that is open is not worth stopping for."""
    sheets = proof.proof_sheets(
        writing.year.scheme, writing.summary, one.made.unfilled, found, one.made.uses, one.faults
    )
    try:
        write_atomically(path, table_workbook(f"《{one.title}》校对单", sheets, stamp=writing.stamp))
    except WorkspaceError as error:
        notices.append(str(error))
