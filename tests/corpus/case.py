"""One nasty case: what its fault is, and the files that carry it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from corpus.raw import Raw
from pbreports.excel.edit import DeleteSheet, Edit, edited
from pbreports.excel.layout import CHECK, FACTS, SELF_CHECK
from pbreports.excel.seal import SEAL_DATA


@dataclass(frozen=True)
class Base:
    """What every case is made from: one unit's rightly filled workbook, and another unit's for where two are needed."""

    workbook: bytes
    other: bytes

    @cached_property
    def raw(self) -> Raw:
        """The workbook as its parts."""
        return Raw.of(self.workbook)

    def edited(self, *edits: Edit) -> bytes:
        """Return the workbook after edits as people make them by hand."""
        return edited(self._light, edits)

    @cached_property
    def _light(self) -> bytes:
        """The workbook without the program's own sheets, which reading passes over and editing would carry along."""
        return edited(self.workbook, [DeleteSheet(title) for title in (FACTS, CHECK, SEAL_DATA, SELF_CHECK)])


@dataclass(frozen=True, slots=True)
class Case:
    """A fault that no other case has: its name, its family, and the files to be dropped, by their names.

    A file's name may be a path; one that some file systems refuse is given all the same and then left out there.
    """

    family: str
    name: str
    files: Mapping[str, bytes]

    @property
    def place(self) -> str:
        """The folder that its files are dropped into."""
        return f"{self.family}/{self.name}"


Maker = Callable[[Base], Raw | bytes]


def cases_of(family: str, base: Base, made: Mapping[str, Maker], *, extension: str = ".xlsx") -> Iterator[Case]:
    """Go through the cases of one file each that a family's makers give, by their names."""
    for name, make in made.items():
        result = make(base)
        yield Case(family, name, {f"{name}{extension}": result if isinstance(result, bytes) else result.packed()})
