"""Workbooks that staff edit as templates: compiled once, filled as often as wanted, nothing in them lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pbreports.errors import TemplateError, WorkbookError
from pbreports.excel.filling.compiling import CompiledBook, compiled
from pbreports.excel.filling.filled import fill_book
from pbreports.ooxml.package import open_package
from pbreports.ooxml.write import pack, with_properties
from pbreports.tags.problems import Problem, refused
from pbreports.tags.program import Failed
from pbreports.values import Severity


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled workbook: its bytes, and what was left out of values on the way."""

    data: bytes
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class WorkbookTemplate:
    """A compiled workbook template: immutable, to be filled by any number of threads."""

    name: str
    _book: CompiledBook = field(repr=False)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the template, in the order of its sheets; errors keep it from being filled."""
        return self._book.problems

    def render(self, values: Mapping[str, object], *, stamp: datetime, author: str = "") -> Filled:
        """Return the workbook filled with values; the same values and stamp give the same bytes.

        Raises:
            TemplateError: with all problems, of the template or of its names and values.
        """
        errors = [one for one in self.problems if one.severity is Severity.ERROR]
        if errors:
            raise refused(self.name, errors)
        try:
            parts, fill = fill_book(self._book, values)
        except Failed as failed:
            raise refused(self.name, failed.problems) from failed
        return Filled(pack(with_properties(parts, stamp, author)), tuple(fill.notices))


def compile_workbook_template(source: Path | bytes, name: str = "") -> WorkbookTemplate:
    """Return a workbook (.xlsx, .xlsm) compiled as a template; ``name`` is what messages call it.

    Raises:
        TemplateError: when it is no workbook that can be filled.
    """
    name = name or (source.name if isinstance(source, Path) else "")
    try:
        package = open_package(source, name=name)
        parts = {part: package.read(part) for part in package.names}
        return WorkbookTemplate(name, compiled(parts))
    except WorkbookError as error:
        raise TemplateError(f"模板 {name}", error.what, error.remedy) from error
