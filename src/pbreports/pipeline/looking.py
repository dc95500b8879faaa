"""Looking at a year: with its outputs held or, where that cannot be, at a copy of them that is thrown away.

A question must be answered while another run is under way, and on a workspace that may only be read.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from pbreports.errors import WorkspaceError, reason_of
from pbreports.journal import Journal
from pbreports.ledger import copy_ledger
from pbreports.pipeline.year import Year, locked, make_folder
from pbreports.workspace import Workspace

Tell = Callable[[str], None]


@contextmanager
def looked_at(year: Year, tell: Tell | None = None) -> Iterator[Year]:
    """Give the year with its outputs held; where they cannot be held or written, with a copy of what it rests on.

    Then nothing that is written lasts, and ``tell`` is told why. What only the copy has seen is not noted as received.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(locked(year.workspace))
            _must_be_writable(year.workspace)
        except WorkspaceError as error:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="pbreports-"))
            year = replace(year, workspace=_copied(year.workspace, Path(folder)))
            if tell:
                tell(f"{error.what}，这次只看，不写 outputs。")
        yield year


def _must_be_writable(workspace: Workspace) -> None:
    """Raise when no file can be made among the outputs, though the lock could be."""
    try:
        tempfile.TemporaryFile(dir=workspace.outputs).close()
    except OSError as error:
        raise WorkspaceError(str(workspace.outputs), f"文件夹不能写入（{reason_of(error)}）", "请检查权限") from None


def _copied(workspace: Workspace, folder: Path) -> Workspace:
    aside = replace(workspace, aside=folder)
    make_folder(aside.outputs)
    Journal(workspace.journal).copy_to(aside.journal)
    copy_ledger(workspace.ledger, aside.ledger)
    return aside
