"""Writes copies of checked papers beside them: one mended, one with a comment at each fault."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pbreports.faults import Fault
from pbreports.ooxml.package import contents_of
from pbreports.pipeline.formatting import Checked
from pbreports.pipeline.linting import MARKED, MENDED, written_beside
from pbreports.scheme.profile import Profile
from pbreports.word.format.marking import marked
from pbreports.word.format.mending import mended


@dataclass(frozen=True, slots=True)
class MendedCopy:
    """A mended copy: where it stands, what was put right in it, what is left for people."""

    path: Path
    done: tuple[Fault, ...]
    left: tuple[Fault, ...]


def mended_copy(checked: Checked, profile: Profile) -> MendedCopy | None:
    """Return the mended copy that was written beside a paper; ``None`` when nothing in it can be put right safely.

    Raises:
        WorkspaceError: when the copy cannot be written.
    """
    data = contents_of(checked.file, checked.file.name)
    result = mended(data, profile, checked.file.name)
    if result.data == data:
        return None
    return MendedCopy(written_beside(checked.file, MENDED, result.data), result.done, result.left)


def marked_copy(checked: Checked, stamp: datetime) -> Path | None:
    """Return the copy with comments that was written beside a paper; ``None`` when there is nothing to remark.

    Raises:
        WorkspaceError: when the copy cannot be written.
    """
    if not checked.faults:
        return None
    data = contents_of(checked.file, checked.file.name)
    return written_beside(checked.file, MARKED, marked(data, checked.faults, stamp))
