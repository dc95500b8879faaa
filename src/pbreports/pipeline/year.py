"""A year opened for work: its workspace, scheme, compiled rules and formulas, and the lock of a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from pbreports.errors import PbreportsError, WorkspaceError, reason_of
from pbreports.pipeline.explaining import Answered
from pbreports.scheme import Scheme, load_scheme
from pbreports.scheme.computed import ComputedField, computed_fields
from pbreports.scheme.identity import Same
from pbreports.scheme.language import Vocabulary
from pbreports.scheme.model import Period
from pbreports.scheme.vocabulary import vocabulary_of
from pbreports.validation import RuleBook, compile_rules
from pbreports.values import Scalar
from pbreports.workspace import Workspace

READER = "11"
"""Part of every key in the ledger: raise it when reading or checking changes, so that all files are read again."""


@dataclass(frozen=True, slots=True)
class LastYear:
    """What last year's own inputs say: its figures, and by bureau sheet and field the values that rows start from.

    ``values`` are by the key of the bureau's row. ``told`` is how each unit explained its findings, by what it
    explained. ``stars`` are the approved results by branch, each with its plaque's number; ``digest`` is of all values.
    """

    figures: Mapping[str, Any]
    values: Mapping[tuple[str, str], Mapping[tuple[Scalar, ...], Scalar]]
    digest: str
    told: Mapping[str, Mapping[Answered, str]]
    stars: Mapping[str, tuple[int, str | None]] = field(default_factory=dict)


@dataclass(frozen=True)
class Year:
    """One year's workspace with everything compiled from its scheme; ``last`` where last year's inputs are there."""

    workspace: Workspace
    scheme: Scheme
    vocabulary: Vocabulary
    computed: tuple[ComputedField, ...]
    rules: RuleBook
    jobs: int = field(default=0, kw_only=True)
    """How many processes of their own may read submissions; with none they are read in this one."""
    last: LastYear | None = None

    def __getstate__(self) -> dict[str, Any]:
        """Return what another process makes the same year from: the declaration, since what is compiled cannot travel."""
        return {name: value for name, value in vars(self).items() if name not in _COMPILED}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state, **_compiled(state["scheme"]))

    def period(self, name: str = "") -> Period:
        """Return a period of the year, the first when none is named.

        Raises:
            PbreportsError: when the scheme has no such period.
        """
        try:
            return self.scheme.period(name)
        except KeyError:
            names = "、".join(period.name for period in self.scheme.heading.periods)
            raise PbreportsError("期次", f"方案里没有“{name}”", f"可以写：{names}") from None

    def received_in(self, period: Period) -> Path:
        """Return the folder of a period's submissions."""
        return self.workspace.received_in(period.name, only_period=len(self.scheme.heading.periods) == 1)

    def names(self, period: Period) -> Mapping[str, Any]:
        """Return the fixed names of a period."""
        return self.scheme.fixed_names(period)

    def names_of_year(self) -> Mapping[str, Any]:
        """Return the fixed names for figures and papers: the last period's, from the start of the first."""
        periods = self.scheme.heading.periods
        return {**self.names(periods[-1]), "统计起始日": periods[0].start}


_COMPILED = ("vocabulary", "computed", "rules")


def _compiled(scheme: Scheme) -> dict[str, Any]:
    return dict(zip(_COMPILED, _made_from(Same(scheme)), strict=True))


@lru_cache(maxsize=8)
def _made_from(same: Same[Scheme]) -> tuple[Vocabulary, tuple[ComputedField, ...], RuleBook]:
    scheme = same.value
    vocabulary = vocabulary_of(scheme)
    return vocabulary, computed_fields(scheme, vocabulary), compile_rules(scheme, vocabulary)


def open_year(workspace: Workspace, jobs: int = 0) -> Year:
    """Return a workspace's year, its scheme loaded and compiled.

    Raises:
        SchemeError: when the scheme holds mistakes.
    """
    scheme = load_scheme(workspace.scheme)
    if scheme.year != workspace.year:
        where = f"{workspace.shown(workspace.scheme)}（{scheme.heading.place}）"
        raise PbreportsError(
            where, f"方案写的是{scheme.year}年度，却放在{workspace.year}的文件夹里", "请改正年度或移动文件夹"
        )
    return Year(workspace, scheme, **_compiled(scheme), jobs=jobs)


@contextmanager
def locked(workspace: Workspace) -> Iterator[None]:
    """Hold the year's outputs for one run.

    Raises:
        WorkspaceError: when another run holds them, or the folder cannot be written.
    """
    lock = FileLock(make_folder(workspace.outputs) / ".运行中.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise WorkspaceError(str(workspace.outputs), "另一个 pbreports 正在运行", "请等它结束后再试") from None
    except OSError as error:
        raise WorkspaceError(str(workspace.outputs), f"文件夹不能写入（{reason_of(error)}）", "请检查权限") from None
    try:
        yield
    finally:
        lock.release()


def make_folder(path: Path) -> Path:
    """Return a folder, made when it is not there.

    Raises:
        WorkspaceError: when it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(str(path), f"文件夹建不起来（{reason_of(error)}）", "请检查权限和磁盘空间") from None
    return path
