"""What the page to be signed and sealed says beside the names: a few totals of the school's own sheets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pbreports.scheme.declare import NOWHERE, Place, key


class Tally(Enum):
    """How a total of the page is made: the field's numbers added, or the cells that hold something counted."""

    SUM = "合计"
    COUNT = "计数"


@dataclass(frozen=True)
class SealTotal:
    """One total of the page to be sealed."""

    name: str = key("名称")
    sheet: str = key("表")
    field: str = key("字段")
    how: Tally = key("算法", default=Tally.SUM)
    unit: str = key("单位", default="")
    place: Place = NOWHERE
