"""The office that inspects cadres, open for work: its folders for the owner alone, its lock, its ledger and journal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout

from pbreports.errors import PbreportsError, WorkspaceError, reason_of, sentence
from pbreports.journal import Journal
from pbreports.ledger import Ledger
from pbreports.pipeline.year import Year
from pbreports.private import exposed, make_private, owner_only
from pbreports.scheme.model.cadre import CadreRule

REPORT = "核查结果.xlsx"
LEDGER, JOURNAL = "台账.db", "运行记录"
_WORKBOOKS = {".xlsx", ".xls", ".xlsm", ".et"}
_IN_MEMORY = Path(":memory:")


@dataclass(frozen=True)
class Office:
    """One year's inspection, open: what is declared, the day, the ledger and journal kept apart, what to tell of safety.

    ``sealed`` tells that papers are locked with a password, so that nothing readable is kept beside them.
    """

    year: Year
    rule: CadreRule
    as_of: date
    ledger: Ledger
    journal: Journal
    warnings: tuple[str, ...]
    sealed: bool = False

    @property
    def outputs(self) -> Path:
        """The folder of everything written here."""
        return self.year.workspace.private_outputs

    def shown_below(self, path: Path) -> str:
        """Return a path of the inspection's inputs as findings name it: from the inspection's folder on."""
        folder = self.year.workspace.private_inputs
        return f"{folder.name}/{path.relative_to(folder).as_posix()}"

    def shown(self, path: Path) -> str:
        """Return a path as the journal keeps it."""
        return self.year.workspace.shown(path)


@contextmanager
def opened(year: Year, as_of: date, *, sealed: bool = False) -> Iterator[Office]:
    """Hold the inspection's outputs for one command; all that is made meanwhile is its owner's alone.

    Raises:
        PbreportsError: the scheme declares no inspection, another run is under way, or the folder cannot be made.
    """
    rule = year.scheme.cadre
    if rule is None:
        raise PbreportsError("方案", "没有“考察”一节，不办干部考察", "请照 docs/cadre.md 在方案里写上")
    folder = year.workspace.private_outputs
    told = (make_private(folder), exposed(year.workspace.private_inputs), _unread(year, rule))
    warnings = tuple(one for one in told if one)
    with owner_only(), held(year), _ledger(year, folder, sealed=sealed) as ledger:
        yield Office(year, rule, as_of, ledger, Journal(folder / JOURNAL), warnings, sealed)


def _unread(year: Year, rule: CadreRule) -> str | None:
    """Return in Chinese that other workbooks lie beside the one that is read, without their names."""
    folder, ours = year.workspace.private_inputs, f"{rule.workbook}.xlsx"
    others = [
        path
        for path in (folder.iterdir() if folder.is_dir() else ())
        if path.suffix.casefold() in _WORKBOOKS and path.name != ours and not path.name.startswith(("~", "."))
    ]
    if not others:
        return None
    what = f"只读 {ours}，另有{len(others)}个 Excel 文件没有读取"
    return sentence(year.workspace.shown(folder), what, f"请确认最新的内容都在 {ours} 里，把多余的移走")


@contextmanager
def held(year: Year) -> Iterator[None]:
    """Hold the inspection's outputs for one run.

    Raises:
        WorkspaceError: another run holds them.
    """
    folder = year.workspace.private_outputs
    if not folder.exists():
        yield
        return
    lock = FileLock(folder / ".运行中.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise WorkspaceError(str(folder), "另一个 pbreports 正在办干部考察", "请等它结束后再试") from None
    except OSError as error:
        raise WorkspaceError(str(folder), f"文件夹不能写入（{reason_of(error)}）", "请检查权限") from None
    try:
        yield
    finally:
        lock.release()


def _ledger(year: Year, folder: Path, *, sealed: bool) -> Ledger:
    """Return the ledger kept apart; with a password it is not kept at all, and an older one goes."""
    path = folder / LEDGER
    if not sealed:
        return Ledger(path, year.scheme, private=True)
    try:
        for one in folder.glob(f"{LEDGER}*"):
            one.unlink()
    except OSError:
        raise WorkspaceError(str(path), "删不掉不加密的台账", "请关闭打开它的程序后重试") from None
    return Ledger(_IN_MEMORY, year.scheme, private=True)
