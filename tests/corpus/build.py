"""The corpus of nasty workbooks, built anew each time: ``python -m corpus.build FOLDER`` from ``tests/`` to look at it."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from corpus import archives, attachments, formats, formulas, markup, origin, packages, structure, values
from corpus.case import Base, Case
from corpus.district import District

Family = Callable[[Base], Iterator[Case]]
FAMILIES: tuple[Family, ...] = tuple(
    one.cases for one in (packages, markup, structure, values, formulas, origin, archives, attachments, formats)
)


def corpus(base: Base) -> tuple[Case, ...]:
    """Return every case, in the order of the families."""
    return tuple(case for family in FAMILIES for case in family(base))


def drop(cases: Iterable[Case], folder: Path) -> tuple[str, ...]:
    """Drop the files of each case into a folder of its own; return the cases that this file system refuses."""
    return tuple(case.place for case in cases if not _dropped(case, folder / case.place))


def _dropped(case: Case, folder: Path) -> bool:
    """Return whether all files of a case lie in a folder under their own names; what a system makes of others goes."""
    try:
        is_there = all(_is_written(folder / name, data) for name, data in case.files.items())
    except (OSError, UnicodeError):
        is_there = False
    if not is_there:
        shutil.rmtree(folder, ignore_errors=True)
    return is_there


def _is_written(path: Path, data: bytes) -> bool:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path.name in {one.name for one in path.parent.iterdir()}


def main() -> None:
    """Write the corpus into the folder named on the command line."""
    with tempfile.TemporaryDirectory() as place:
        cases = corpus(District(Path(place) / "年度").base())
    drop(cases, Path(sys.argv[1]))


if __name__ == "__main__":
    main()
