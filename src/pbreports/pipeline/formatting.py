"""Checks the form of papers: their files against the format profile, whoever made them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pbreports.errors import TemplateError, WorkbookError, WorkspaceError
from pbreports.faults import Fault
from pbreports.ooxml.package import contents_of
from pbreports.scheme.profile import OVERRIDE, Profile, load_profile
from pbreports.values import Severity
from pbreports.word.format import check_paper, paper_of
from pbreports.word.format.texts import check_texts

ENDS = frozenset({".docx", ".dotx", ".docm"})
"""The files that are looked for in a folder."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with the form of a paper; ``kind`` is the kind it was checked as, ``trouble`` why it was not.

    ``pages`` is the number of its pages where they were measured, ``unmeasured`` why they were not though it was asked.
    """

    file: Path
    kind: str = ""
    faults: tuple[Fault, ...] = ()
    trouble: str = ""
    pages: int = 0
    unmeasured: str = ""

    @property
    def must_be_mended(self) -> bool:
        """Whether something is not as the standard lays down."""
        return any(one.severity is Severity.ERROR for one in self.faults)


def profile_for(root: Path, asked: Path | None) -> Profile:
    """Return the profile to check against: with the file that was asked for, else the workspace's own if it has one.

    Raises:
        WorkspaceError: when the file asked for is not there.
        FormatProfileError: with every mistake of the file.
    """
    if asked is not None and not asked.is_file():
        raise WorkspaceError(str(asked), "没有这个文件", "请核对 --profile 的路径")
    own = root / "templates" / OVERRIDE
    return load_profile(override=asked or (own if own.is_file() else None))


def files_of(named: Iterable[Path]) -> Iterator[Path]:
    """Yield the files named, of a folder the papers that stand in it and below.

    Raises:
        WorkspaceError: when something named is not there.
    """
    for path in named:
        if path.is_dir():
            found = sorted(
                one for one in path.rglob("*") if one.suffix.lower() in ENDS and not one.name.startswith("~$")
            )
            yield from (one for one in found if one.is_file())
        elif path.exists():
            yield path
        else:
            raise WorkspaceError(str(path), "没有这个文件", "请核对路径")


def check_file(file: Path, profile: Profile) -> Checked:
    """Return what is wrong with the form of a file; of one that cannot be read, why."""
    try:
        return check_data(file, contents_of(file, file.name), profile)
    except (TemplateError, WorkbookError) as error:
        return Checked(file, trouble=str(error))


def check_data(file: Path, data: bytes, profile: Profile) -> Checked:
    """Return what is wrong with the form of a paper in bytes; raises ``TemplateError`` when it cannot be read."""
    paper = paper_of(data, file.name)
    return Checked(file, paper.kind.value, (*check_paper(paper, profile), *check_texts(paper, profile)))


def as_json(checked: Iterable[Checked]) -> list[dict[str, Any]]:
    """Return what was found as plain values."""
    return [
        {
            "file": str(one.file),
            "kind": one.kind,
            "trouble": one.trouble,
            "pages": one.pages or None,
            "unmeasured": one.unmeasured,
            "faults": [_fault_as_json(fault) for fault in one.faults],
        }
        for one in checked
    ]


def _fault_as_json(fault: Fault) -> dict[str, Any]:
    return {
        "code": fault.code,
        "severity": fault.severity.value,
        "element": fault.element,
        "place": fault.place,
        "parameter": fault.parameter,
        "found": fault.found,
        "expected": fault.expected,
        "clause": fault.clause,
        "strength": fault.strength.value,
        "own": fault.own,
        "message": fault.message,
        "remedy": fault.remedy,
        "mendable": fault.mendable,
        "count": fault.count,
    }
