"""Writes the papers about candidates, one after the other: nothing of one stays in memory when the next is made."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path

from pbreports import shipped
from pbreports.cadre.checks import length_findings
from pbreports.errors import PbreportsError, WorkspaceError
from pbreports.journal import WrittenPaper
from pbreports.pipeline.cadre.inspecting import Case, Inspection
from pbreports.pipeline.cadre.office import Office
from pbreports.pipeline.cadre.papers import Copy, copies, wanted
from pbreports.pipeline.cadre.values import Values
from pbreports.pipeline.filling import FilledPaper, Prepared, is_word, prepared
from pbreports.pipeline.placing import FRESH, Shelf
from pbreports.pipeline.year import Year, make_folder
from pbreports.private import write_private
from pbreports.scheme.model.cadre import CadrePaper
from pbreports.values import Finding, Severity
from pbreports.word.fitting import FittedCell, fit
from pbreports.workspace import safe_name

DRAFT = "草稿"
_WITH_AGES = frozenset({"计算年龄日期", "年龄", "出生年月格", "任现职年限", "家庭成员"})
"""The names by which templates print what is reckoned by the day of ages."""

Lock = Callable[[bytes], bytes]
"""Locks a paper with a password, or leaves it as it is."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: which papers (all when none is named), whose, whether as drafts, how they are locked."""

    papers: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    draft: bool = False
    lock: Lock | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class WrittenCopy:
    """One paper as it was written: whom it is about, what is left to fill in, what to tell, how its cells were fitted."""

    paper: str
    path: Path
    codes: tuple[str, ...]
    unfilled: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    cells: tuple[FittedCell, ...] = ()


@dataclass(frozen=True, slots=True)
class RefusedCopy:
    """A paper that was not written: whom it is about, and the errors or the sentence that say why."""

    paper: str
    path: Path
    codes: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    reason: str = ""


Made = WrittenCopy | RefusedCopy


def publish(office: Office, inspection: Inspection, order: Order) -> Iterator[Made]:
    """Write the papers, and go through what came of each.

    A paper about a candidate of whom something is wrong is not written, unless it is to be a draft. One that staff have
    changed or have open is left alone; the new one goes beside it.

    Raises:
        PbreportsError: when a paper or candidate is not known, a template cannot be filled, nothing can be written.
    """
    about = chosen(inspection, order.candidates)
    faults = {} if order.draft else inspection.faults()
    shelf = Shelf(office.journal.papers(), office.shown, write_private)
    values, facts = Values(office, inspection), inspection.desk.facts(office.year)
    ready = [(one, prepared(template_of(office.year, one))) for one in wanted(office.year, order.papers)]
    for paper, template in ready:
        writing = _Writing(office, inspection, order, shelf, template, values)
        for copy in copies(office.year, facts, inspection.names, paper, inspection.cases):
            if about.isdisjoint(one.dossier.code for one in copy.cases):
                continue
            wrong = tuple(dict.fromkeys(found for one in copy.cases for found in faults.get(one.dossier.code, ())))
            yield _refused(office, copy, wrong) if wrong else writing.write(copy)


def template_of(year: Year, paper: CadrePaper) -> Path:
    """Return a paper's template: the workspace's own, else the one that came with the program.

    Raises:
        WorkspaceError: when there is neither.
    """
    for folder in (year.workspace.templates, shipped.templates()):
        if (folder / paper.template).exists():
            return folder / paper.template
    raise WorkspaceError(f"templates/{paper.template}", "没有这个模板", "请放回模板，或核对方案里的文件名")


def chosen(inspection: Inspection, named: Sequence[str]) -> set[str]:
    """Return the codes of the candidacies that are meant: by code, or by a name that only one person has."""
    if not named:
        return {one.dossier.code for one in inspection.cases}
    return {code for name in named for code in codes_of(inspection, name)}


def codes_of(inspection: Inspection, name: str) -> tuple[str, ...]:
    """Return the codes of the candidacies that a code or a name means.

    Raises:
        PbreportsError: nobody has it, or several people do.
    """
    dossiers = [one.dossier for one in inspection.cases]
    if any(one.code == name for one in dossiers):
        return (name,)
    namesakes = [one for one in dossiers if one.name == name]
    if not namesakes:
        raise PbreportsError("候选人", "没有这个姓名或候选人编号", "请核对考察簿的候选人表")
    if len({one.identity for one in namesakes}) > 1:
        codes = "、".join(one.code for one in namesakes)
        raise PbreportsError("候选人", "叫这个名字的不止一人", f"请改写候选人编号：{codes}")
    return tuple(one.code for one in namesakes)


def _refused(office: Office, copy: Copy, wrong: tuple[Finding, ...], reason: str = "") -> RefusedCopy:
    return RefusedCopy(copy.paper.name, office.outputs / copy.path, _codes(copy.cases), wrong, reason)


def _codes(cases: Sequence[Case]) -> tuple[str, ...]:
    return tuple(one.dossier.code for one in cases)


@dataclass(frozen=True, slots=True)
class _Writing:
    """What the copies of one paper are written with."""

    office: Office
    inspection: Inspection
    order: Order
    shelf: Shelf
    template: Prepared
    values: Values

    def write(self, copy: Copy) -> Made:
        """Fill and write one copy; one whose texts cannot be put in order is refused."""
        notices = [self._undated()] if not_dated(copy.cases) and not _WITH_AGES.isdisjoint(self.template.uses) else []
        try:
            values = self.values.of(copy, self.template.uses, notices)
        except PbreportsError as error:
            return _refused(self.office, copy, (), str(error))
        stamp = datetime.combine(self.office.as_of, time())
        made = self.template.fill(values, stamp)
        fitted = fit(made.data) if copy.paper.fitted and is_word(copy.path) else None
        data = fitted.data if fitted else made.data
        findings = self._of_length(copy, made)
        if not self.order.draft and any(one.severity is Severity.ERROR for one in findings):
            return _refused(self.office, copy, findings)
        notices += made.notices
        path = self._put(copy, data, made, notices)
        cells = fitted.cells if fitted else ()
        if fitted:
            notices += fitted.notices
        return WrittenCopy(copy.paper.name, path, _codes(copy.cases), made.unfilled, tuple(notices), findings, cells)

    def _undated(self) -> str:
        return f"考察材料还没有落款日期，年龄、年限暂按{self.office.as_of}计算；填了“考察材料日期”以后请再生成。"

    def _of_length(self, copy: Copy, made: FilledPaper) -> tuple[Finding, ...]:
        if not copy.paper.counted or not is_word(copy.path):
            return ()
        return length_findings(copy.cases[0].dossier, made.characters, self.inspection.names)

    def _put(self, copy: Copy, data: bytes, made: FilledPaper, notices: list[str]) -> Path:
        name = f"{copy.path.stem}_{DRAFT}{copy.path.suffix}" if self.order.draft else copy.path.name
        folder = make_folder(self.office.outputs / copy.path.parent)
        written = self.order.lock(data) if self.order.lock else data
        path = self.shelf.put(folder / name, written, notices)
        digest, shown = hashlib.sha256(written).hexdigest(), self.office.shown(path)
        day = self.office.as_of.isoformat()
        self.office.journal.wrote(WrittenPaper(shown, digest, made.run, template=made.template, written=day))
        return path


def left_over(office: Office, made: Sequence[Made]) -> tuple[Path, ...]:
    """Return the papers of earlier runs that are still there although a whole run neither made nor refused them.

    Nobody on the list is called so any more, or the paper is not due; drafts and copies beside a changed one count as
    the paper itself.
    """
    folders = {safe_name(one.name) for one in office.rule.papers}
    current = {_bare(one.path) for one in made}
    earlier = (office.year.workspace.root / path for path in office.journal.papers())
    below = (path for path in earlier if path.parent.name in folders and path.parent.parent == office.outputs)
    return tuple(path for path in below if _bare(path) not in current and path.exists())


def _bare(path: Path) -> Path:
    return path.with_stem(re.sub(rf"(?:_{DRAFT})?(?:_{FRESH}\d+)?$", "", path.stem))


def not_dated(cases: Sequence[Case]) -> bool:
    """Whether the ages of some candidate are reckoned by the day of the run, for want of another."""
    return any(not one.dated for one in cases)


def summary_of(made: Sequence[Made]) -> Mapping[str, tuple[int, int]]:
    """Return by paper how many copies were written and how many refused."""
    found: dict[str, tuple[int, int]] = {}
    for one in made:
        written, refused = found.get(one.paper, (0, 0))
        found[one.paper] = (written + isinstance(one, WrittenCopy), refused + isinstance(one, RefusedCopy))
    return found
