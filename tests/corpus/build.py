"""The corpus of nasty workbooks, built anew each time: ``python -m corpus.build FOLDER`` from ``tests/`` to look at it."""

from __future__ import annotations

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
    refused = []
    for case in cases:
        try:
            for name, data in case.files.items():
                path = folder / case.place / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        except (OSError, UnicodeError):
            refused.append(case.place)
    return tuple(refused)


def main() -> None:
    """Write the corpus into the folder named on the command line."""
    with tempfile.TemporaryDirectory() as place:
        cases = corpus(District(Path(place) / "年度").base())
    drop(cases, Path(sys.argv[1]))


if __name__ == "__main__":
    main()
