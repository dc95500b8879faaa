"""Looks templates over: what is wrong with them, a mended copy, a copy with remarks at the places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pbreports.excel.annotating import annotated_workbook
from pbreports.excel.mending import mended_workbook
from pbreports.excel.template import WorkbookTemplate
from pbreports.ooxml.files import write_atomically
from pbreports.pipeline.filling import compiled, is_word
from pbreports.tags.problems import Problem
from pbreports.values import Severity
from pbreports.word.annotating import annotated_document
from pbreports.word.mending import mended_document
from pbreports.word.template import WordTemplate

MENDED, MARKED = "改好", "批注"
"""The ends of the names of copies."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a template: where it stands, and how many places are mended or remarked on in it."""

    path: Path
    places: int


@dataclass(frozen=True, slots=True)
class Linted:
    """What is wrong with a template, and the copies written beside it."""

    template: Path
    problems: tuple[Problem, ...]
    mended: Copy | None = None
    marked: Copy | None = None

    @property
    def must_be_mended(self) -> bool:
        """Whether the template cannot be filled as it is."""
        return any(one.severity is Severity.ERROR for one in self.problems)


def lint(
    template: Path, names: Mapping[str, object] | None, stamp: datetime, *, mend: bool = False, mark: bool = False
) -> Linted:
    """Return what is wrong with a template, and the copies written if they were asked for and are of use.

    ``names`` are those that templates may use; without them no name is looked up. ``mend`` has the spelling of tags
    mended where that is safe, ``mark`` has remarks written at the places of all problems.

    Raises:
        TemplateError: when the template cannot be read.
        WorkspaceError: when a copy cannot be written.
    """
    problems = problems_of(compiled(template), names)
    return Linted(
        template,
        problems,
        _mended(template) if mend else None,
        _marked(template, problems, stamp) if mark and problems else None,
    )


def problems_of(template: WordTemplate | WorkbookTemplate, names: Mapping[str, object] | None) -> tuple[Problem, ...]:
    """Return all problems of a template; what is unknown in several places is told at the first."""
    if names is None:
        return template.problems
    told = dict.fromkeys(template.problems)
    seen: set[str] = set()
    for one in template.told(names):
        if one not in told and one.what not in seen:
            seen.add(one.what)
            told[one] = None
    return tuple(told)


def _mended(template: Path) -> Copy | None:
    data = template.read_bytes()
    mended, places = (mended_document if is_word(template) else mended_workbook)(data)
    return Copy(written_beside(template, MENDED, mended), places) if places else None


def _marked(template: Path, problems: tuple[Problem, ...], stamp: datetime) -> Copy:
    data = template.read_bytes()
    marked = annotated_document(data, problems, stamp) if is_word(template) else annotated_workbook(data, problems)
    return Copy(written_beside(template, MARKED, marked), len(problems))


def written_beside(template: Path, end: str, data: bytes) -> Path:
    """Write a copy beside the template under a name that no other file has; return where."""
    number = 1
    while True:
        path = template.with_name(f"{template.stem}_{end}{'' if number == 1 else number}{template.suffix}")
        if not path.exists():
            write_atomically(path, data)
        elif path.read_bytes() != data:
            number += 1
            continue
        return path
