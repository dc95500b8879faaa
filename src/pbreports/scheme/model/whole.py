"""The whole declaration of a year, and what one of its files may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from pbreports.scheme.declare import NOWHERE, Place, key
from pbreports.scheme.model.cadre import CadreRule
from pbreports.scheme.model.heading import Heading, Parameter, Period, Switch
from pbreports.scheme.model.rating import RatingRule
from pbreports.scheme.model.rules import FigureRule, ListRule, PaperRule, Rule
from pbreports.scheme.model.sealing import SealTotal
from pbreports.scheme.model.sheets import BureauWorkbook, ConstantTable, Sheet


@dataclass(frozen=True)
class SchemeFile:
    """What one YAML file may hold at its top."""

    heading: Heading | None = key("方案", default=None)
    choices: Mapping[str, tuple[str, ...]] = key("选项", default=None)
    parameters: Mapping[str, Parameter] = key("参数", default=None)
    switches: Mapping[str, Switch] = key("口径", default=None)
    tables: tuple[ConstantTable, ...] = key("清单", default=())
    sheets: tuple[Sheet, ...] = key("报表", default=())
    bureau: tuple[BureauWorkbook, ...] = key("局端", default=())
    rules: tuple[Rule, ...] = key("规则", default=())
    figures: tuple[FigureRule, ...] = key("数字", default=())
    lists: tuple[ListRule, ...] = key("名单", default=())
    papers: tuple[PaperRule, ...] = key("文书", default=())
    seal_totals: tuple[SealTotal, ...] = key("签章", default=())
    rating: RatingRule | None = key("评定", default=None)
    cadre: CadreRule | None = key("考察", default=None)
    place: Place = NOWHERE


@dataclass(frozen=True)
class Scheme:
    """The whole declaration of a year, checked; ``digest`` is the SHA-256 of its files."""

    heading: Heading
    choices: Mapping[str, tuple[str, ...]]
    parameters: Mapping[str, Parameter]
    switches: Mapping[str, Switch]
    tables: Mapping[str, ConstantTable]
    sheets: Mapping[str, Sheet]
    bureau: Mapping[str, BureauWorkbook]
    rules: Mapping[str, Rule]
    figures: Mapping[str, FigureRule]
    lists: Mapping[str, ListRule]
    papers: Mapping[str, PaperRule]
    seal_totals: tuple[SealTotal, ...] = ()
    rating: RatingRule | None = None
    cadre: CadreRule | None = None
    digest: str = field(default="")

    @property
    def year(self) -> int:
        """The year reported on."""
        return self.heading.year

    @property
    def school_sheets(self) -> tuple[Sheet, ...]:
        """The sheets that schools fill, in order."""
        return tuple(sheet for sheet in self.sheets.values() if sheet.of_school)

    @property
    def bureau_sheets(self) -> tuple[Sheet, ...]:
        """The bureau's own sheets, but for those of workbooks that are kept apart."""
        return tuple(one for one in self.sheets.values() if not one.of_school and one.name not in self.private_sheets)

    @property
    def desk_workbooks(self) -> tuple[BureauWorkbook, ...]:
        """The bureau's workbooks that it fills at its own desk, but for those kept apart."""
        return tuple(book for book in self.bureau.values() if book.scoring is None and not book.private)

    @property
    def private_workbooks(self) -> tuple[BureauWorkbook, ...]:
        """The bureau's workbooks that are kept apart."""
        return tuple(book for book in self.bureau.values() if book.private)

    @cached_property
    def private_sheets(self) -> frozenset[str]:
        """The names of the sheets that are kept apart."""
        return frozenset(sheet.name for book in self.private_workbooks for sheet in book.sheets)

    def period(self, name: str = "") -> Period:
        """Return the period of that name, the first when none is named.

        Raises:
            KeyError: when there is no such period.
        """
        for period in self.heading.periods:
            if not name or period.name == name:
                return period
        raise KeyError(name)

    def sheets_for(self, kind: str, period: str) -> tuple[Sheet, ...]:
        """Return the sheets that a unit of a kind fills in a period."""
        return tuple(
            sheet
            for sheet in self.school_sheets
            if (not sheet.kinds or kind in sheet.kinds) and (not sheet.periods or period in sheet.periods)
        )

    def fixed_names(self, period: Period) -> dict[str, Any]:
        """Return the values that expressions use by name in a period: built-in names, parameters, switches."""
        names: dict[str, Any] = {
            "年度": Decimal(self.year),
            "期次": period.name,
            "统计起始日": period.start,
            "统计截止日": period.end,
            "方案名称": self.heading.name,
            "方案版本": self.heading.version,
        }
        names.update({name: one.value for name, one in self.parameters.items()})
        names.update({name: one.default for name, one in self.switches.items()})
        return names
