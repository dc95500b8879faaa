"""Looks templates over: what is wrong with them, a mended copy, a copy with remarks at the places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pbreports.errors import TemplateError
from pbreports.excel.annotating import annotated_workbook
from pbreports.excel.mending import mended_workbook
from pbreports.excel.template import WorkbookTemplate, compile_workbook_template
from pbreports.ooxml.files import write_atomically
from pbreports.tags.problems import Problem
from pbreports.values import Severity
from pbreports.word.annotating import annotated_document
from pbreports.word.mending import mended_document
from pbreports.word.template import WordTemplate, compile_template

_UNPAIRED = "T-06"
_WORD, _EXCEL = frozenset({".docx", ".docm", ".dotx"}), frozenset({".xlsx", ".xlsm", ".xltx"})
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


def compiled(template: Path) -> WordTemplate | WorkbookTemplate:
    """Return a template compiled, whichever office program it is for.

    Raises:
        TemplateError: when it is neither a Word document nor a workbook, or cannot be read.
    """
    kind = template.suffix.casefold()
    if kind in _WORD:
        return compile_template(template)
    if kind in _EXCEL:
        return compile_workbook_template(template)
    raise TemplateError(f"模板 {template.name}", "不是 .docx 或 .xlsx", "请在 Word、Excel 或 WPS 里另存为这两种格式")


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
    """Return all problems of a template, what is unknown at its first place.

    While blocks are unpaired no name is looked up: those that loops give would seem unknown.
    """
    problems = template.problems
    if names is None or any(one.code == _UNPAIRED for one in problems):
        return problems
    unknown = {each.what: each for each in reversed(template.unknown(names))}
    return (*problems, *reversed(unknown.values()))


def _mended(template: Path) -> Copy | None:
    data = template.read_bytes()
    mended, places = (mended_document if template.suffix.casefold() in _WORD else mended_workbook)(data)
    return Copy(_written(template, MENDED, mended), places) if places else None


def _marked(template: Path, problems: tuple[Problem, ...], stamp: datetime) -> Copy:
    data = template.read_bytes()
    is_word = template.suffix.casefold() in _WORD
    marked = annotated_document(data, problems, stamp) if is_word else annotated_workbook(data, problems)
    return Copy(_written(template, MARKED, marked), len(problems))


def _written(template: Path, end: str, data: bytes) -> Path:
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
