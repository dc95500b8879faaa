"""What figures and lists are made from: the facts, and who was to report them and did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pbreports.scheme.language import Facts


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which units are expected to report a sheet, and which did (the bureau is the one unit of its own sheets)."""

    expected: tuple[str, ...]
    reported: frozenset[str]

    @property
    def missing(self) -> tuple[str, ...]:
        """The units that did not report, in roster order."""
        return tuple(unit for unit in self.expected if unit not in self.reported)


@dataclass(frozen=True)
class Basis:
    """What figures are made from: the facts, who reported which sheet, the names in force, each unit's last period.

    ``last_period`` maps a unit to the last period it reported; stocks are taken from that period alone.
    """

    facts: Facts
    coverage: Mapping[str, Coverage]
    names: Mapping[str, Any]
    last_period: Mapping[str, str]


NOBODY = Coverage((), frozenset())
