"""Where things stand in a workspace: the folders that staff see, by year."""

from __future__ import annotations

import glob
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from pbreports.errors import WorkspaceError

PRIVATE = "考察"
"""The folder of the year's inputs and outputs that holds the records of the people under inspection."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folders of one year in a workspace; ``aside`` is where the outputs stand for a run that only looks."""

    root: Path
    year: int
    aside: Path | None = None

    @property
    def templates(self) -> Path:
        """The papers' templates."""
        return self.root / "templates"

    @property
    def inputs(self) -> Path:
        """What staff put in: scheme, bureau workbooks, submissions, final papers."""
        return self.root / "inputs" / str(self.year)

    @property
    def scheme(self) -> Path:
        """The year's declaration."""
        return self.inputs / "方案"

    @property
    def received(self) -> Path:
        """What schools have sent."""
        return self.inputs / "报送"

    @property
    def finals(self) -> Path:
        """Papers as they were signed."""
        return self.inputs / "定稿"

    @property
    def outputs(self) -> Path:
        """What the program writes."""
        return (self.aside or self.root / "outputs") / str(self.year)

    @property
    def issued(self) -> Path:
        """Blank workbooks for the units."""
        return self.outputs / "下发"

    @property
    def returned(self) -> Path:
        """Workbooks to be mended, sent back to the units."""
        return self.outputs / "退回"

    @property
    def papers(self) -> Path:
        """The finished papers."""
        return self.outputs / "文书"

    @property
    def ledger(self) -> Path:
        """The ledger's file."""
        return self.outputs / "台账.db"

    @property
    def journal(self) -> Path:
        """What happened: receipts, runs, written papers."""
        return self.outputs / "运行记录"

    @property
    def private_inputs(self) -> Path:
        """What staff put in about the people under inspection: nothing outside its own outputs tells of it."""
        return self.inputs / PRIVATE

    @property
    def private_outputs(self) -> Path:
        """What the program writes about them, with a ledger and a journal of its own; for its owner alone."""
        return self.outputs / PRIVATE

    def bureau_workbook(self, name: str) -> Path:
        """Return the path of one of the bureau's own workbooks."""
        return self.inputs / f"{name}.xlsx"

    def private_workbook(self, name: str) -> Path:
        """Return the path of a workbook of the bureau that is kept apart."""
        return self.private_inputs / f"{name}.xlsx"

    def received_in(self, period: str, *, only_period: bool) -> Path:
        """Return the folder of a period's submissions: 报送/ itself when the year has only one."""
        return self.received if only_period else self.received / period

    def final_of(self, title: str) -> Path | None:
        """Return the signed copy of a paper that staff have put into 定稿/, ``None`` when there is none."""
        return next(iter(sorted(self.finals.glob(f"{glob.escape(safe_name(title))}*"))), None)

    def shown(self, path: Path) -> str:
        """Return a path as staff read it: from the workspace on, with forward slashes."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()


def years_of(root: Path) -> tuple[int, ...]:
    """Return the years that have a scheme in a workspace, ascending."""
    folders = (root / "inputs").glob("*/方案") if (root / "inputs").is_dir() else ()
    names = (folder.parent.name for folder in folders if folder.is_dir())
    return tuple(sorted(int(name) for name in names if re.fullmatch(r"[0-9]{4}", name)))


def open_workspace(root: Path, year: int | None = None) -> Workspace:
    """Return the workspace of a folder for a year, the latest with a scheme when none is named.

    Raises:
        WorkspaceError: when the folder holds no scheme, or none of that year.
    """
    years = years_of(root)
    if not years:
        raise WorkspaceError(str(root), "这里不是工作区（没有 inputs/<年度>/方案）", "请先运行 pbreports init")
    if year is None:
        year = years[-1]
    if year not in years:
        raise WorkspaceError(str(root), f"没有{year}年度的方案", f"现有年度：{'、'.join(map(str, years))}")
    return Workspace(root, year)


_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)")
_MOST_BYTES = 200
"""Linux takes names of 255 bytes, Windows of 255 characters; the rest is for what we put behind a name."""


def safe_name(text: str) -> str:
    """Return a text as a file name that Windows accepts too: no reserved marks or names, nothing invisible.

    It has at most 200 bytes in UTF-8, which is 66 Chinese characters.
    """
    name = "".join("_" if unicodedata.category(mark) in _INVISIBLE else mark for mark in _FORBIDDEN.sub("_", text))
    name = name.strip(_EDGES)
    name = f"_{name}" if not name or _RESERVED.match(name) else name
    return name.encode()[:_MOST_BYTES].decode(errors="ignore").rstrip(_EDGES)


_EDGES = " .\u00a0\u3000"
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Controls, marks that turn the reading direction (they hide an ending), lone halves of pairs, line ends."""
