"""Workbooks that staff edit as templates: compiled once, filled as often as wanted, nothing in them lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from pbreports.errors import TemplateError, WorkbookError
from pbreports.excel.filling.checks import unknown_names, uses_of
from pbreports.excel.filling.compiling import CompiledBook, compiled
from pbreports.excel.filling.filled import fill_book
from pbreports.ooxml.custom import with_custom
from pbreports.ooxml.package import open_package
from pbreports.ooxml.sealed import Sealed, seal
from pbreports.ooxml.write import pack, with_properties
from pbreports.tags.names import Use
from pbreports.tags.problems import UNPAIRED, Place, Problem, refused
from pbreports.tags.program import Failed
from pbreports.values import Severity

_LONG, _QUICK = 1 << 19, 4
"""Parts of so many bytes are packed at this level."""
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled workbook: its bytes, and what staff should know of the way there."""

    data: bytes = field(repr=False)
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class WorkbookTemplate:
    """A compiled workbook template: immutable, to be filled by any number of threads.

    ``problems`` are all that is wrong with it, in the order of its sheets; one of them an error, and it cannot be filled.
    """

    name: str
    problems: tuple[Problem, ...]
    _book: CompiledBook = field(repr=False)
    _sealed: Mapping[str, Sealed] = field(repr=False)

    def names(self) -> tuple[tuple[Place, Use], ...]:
        """Return every use of a name from outside, with its place; lists with the columns that are taken from them.

        A column of a list in a list is told with its way from the outer one: ``组``, ``名单.姓名``.
        """
        return tuple(uses_of(self._book))

    def unknown(self, values: Mapping[str, object]) -> tuple[Problem, ...]:
        """Return a problem for each name or column that the template uses and the values lack."""
        return unknown_names(self._book, values)

    def told(self, values: Mapping[str, object]) -> tuple[Problem, ...]:
        """Return all problems of the template, and of its names beside values.

        Where a block is not paired, the names that its loop gives would seem unknown: on that sheet none is looked up.
        """
        unpaired = {one.place.part for one in self.problems if one.code == UNPAIRED}
        if "" in unpaired:  # of the workbook as a whole
            return self.problems
        return (*self.problems, *(one for one in self.unknown(values) if one.place.part not in unpaired))

    def require_sound(self, values: Mapping[str, object] | None = None) -> None:
        """Return nothing when the template can be filled, with these values if any are given.

        Raises:
            TemplateError: naming every error: unreadable tags, unknown names and columns, each with sheet and cell.
        """
        problems = self.problems if values is None else self.told(values)
        errors = [one for one in problems if one.severity is Severity.ERROR]
        if errors:
            raise refused(self.name, errors)

    def render(self, values: Mapping[str, object], *, stamp: datetime | None = None, author: str = "") -> bytes:
        """Return the workbook as bytes: what ``fill`` gives, without what else there is to say of it."""
        return self.fill(values, stamp=stamp, author=author).data

    def fill(
        self,
        values: Mapping[str, object],
        *,
        stamp: datetime | None = None,
        author: str = "",
        custom: Mapping[str, str] = NOTHING,
    ) -> Filled:
        """Return the workbook: the template with its tags replaced by values; equal arguments give equal bytes.

        ``stamp`` is written into the file as the time it was made, else the template's own stays;
        ``author`` as its author; ``custom`` are custom document properties.

        Raises:
            TemplateError: when the template cannot be filled; every problem is told at once, with sheet and cell.
        """
        self.require_sound(values)
        try:
            parts, fill = fill_book(self._book, values)
        except Failed as failed:
            raise refused(self.name, failed.problems) from failed
        except TemplateError as error:
            raise TemplateError(f"模板 {self.name} › {error.where}", error.what, error.remedy) from error
        finished = with_properties(with_custom(parts, custom), stamp, author)
        return Filled(pack(dict(self._packed(finished))), tuple(fill.notices))

    def _packed(self, parts: Mapping[str, bytes]) -> Iterator[tuple[str, bytes | Sealed]]:
        """Yield the parts; those that the filling has not touched keep their packed bytes."""
        for part, data in parts.items():
            sealed = self._sealed.get(part)
            if sealed is not None and sealed.data is data:
                yield part, sealed
            else:
                yield part, seal(data, _QUICK) if len(data) > _LONG else data


def compile_workbook_template(source: str | Path | bytes, name: str = "") -> WorkbookTemplate:
    """Return a workbook (.xlsx, .xlsm) compiled as a template; ``name`` is what messages call it.

    Raises:
        TemplateError: when it is no workbook that can be filled.
    """
    source = Path(source) if isinstance(source, str) else source
    name = name or (source.name if isinstance(source, Path) else "")
    try:
        package = open_package(source, name=name)
        book = compiled({part: package.read(part) for part in package.names})
    except WorkbookError as error:
        raise TemplateError(f"模板 {name}", error.what, error.remedy) from error
    except TemplateError as error:
        raise TemplateError(f"模板 {name}", error.what, error.remedy) from error
    return WorkbookTemplate(name, book.problems, book, {part: seal(data) for part, data in book.parts.items()})
