"""A cell that cannot be understood as its field."""

from __future__ import annotations

from pbreports.values import Repair


class Misread(Exception):  # noqa: N818 — a slip in a school's cell, caught where it is met
    """Why a cell was refused: a short cause, what stands there, how to mend it, and whether anything is lost for good."""

    def __init__(self, cause: str, shown: str, remedy: str, repair: Repair = Repair.NONE) -> None:
        super().__init__(cause, shown, remedy)
        self.cause = cause
        self.shown = shown
        self.remedy = remedy
        self.repair = repair
