"""A district written as tables of text: its records, who reported what, and the figures and lists made of it.

A table has its fields in the first line and a record in each other one, split at white space; ``~`` is a blank, what
follows ``#`` a remark. A school's sheet says in ``单位`` who reports the row. A column ``计`` says whether the figure
in question must count the row (``+``) or must not (``-``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from pbreports.figures import Basis, Coverage, compute_figures, compute_lists
from pbreports.scheme import Scheme, load_scheme
from pbreports.scheme.computed import ComputedField, compute, computed_fields
from pbreports.scheme.language import Facts, Vocabulary
from pbreports.scheme.language.types import Type
from pbreports.scheme.tables import constant_records
from pbreports.scheme.vocabulary import APPROVED, INDICATOR_POINTS, RESULTS, ROUND_SCORES, vocabulary_of
from pbreports.values import Figure, NamedList, Record, Scalar
from rules.casebook import converted

SCHEME = Path(__file__).parents[2] / "inputs" / "2020" / "方案"
CASES = Path(__file__).parent / "cases"
UNIT, COUNTS, BLANK = "单位", "计", "~"

RATED = (INDICATOR_POINTS, ROUND_SCORES, RESULTS, APPROVED)
"""The tables that the rating makes."""

Tables = Mapping[str, str]
"""Tables of text by sheet."""


@dataclass(frozen=True)
class District:
    """A scheme with what its figures need, compiled once."""

    scheme: Scheme
    vocabulary: Vocabulary
    computed: tuple[ComputedField, ...]

    def figures(self, tables: Tables, **given: Any) -> dict[str, Figure]:
        """Return every figure of the tables; see ``basis`` for what else can be given."""
        return compute_figures(self.scheme, self.vocabulary, self.basis(tables, **given))

    def lists(self, tables: Tables, **given: Any) -> dict[str, NamedList]:
        """Return every list of the tables; see ``basis`` for what else can be given."""
        return self.lists_of(self.basis(tables, **given))

    def lists_of(self, basis: Basis) -> dict[str, NamedList]:
        """Return every list made from a basis."""
        return compute_lists(self.scheme, self.vocabulary, basis)

    def basis(
        self,
        tables: Tables,
        *,
        absent: Sequence[str] = (),
        last_period: str = "",
        names: Mapping[str, Any] | None = None,
    ) -> Basis:
        """Return what figures are made from.

        Every unit named in a table has reported every school sheet, save the ``absent``, who are expected too. The
        bureau's sheets and the rating's tables that have no table are not there. ``names`` are fixed names that differ from the scheme's.
        """
        fixed = self.scheme.fixed_names(self.scheme.heading.periods[-1])
        fixed.update({name: _like(fixed[name], one) for name, one in (names or {}).items()})
        raw = {sheet: tuple(self._records(sheet, text)) for sheet, text in tables.items()}
        facts = Facts(compute(self.computed, {**constant_records(self.scheme), **raw}, fixed))
        units = tuple(dict.fromkeys(one.unit for rows in raw.values() for one in rows if one.unit))
        school = Coverage((*units, *absent), frozenset(units))
        coverage = {
            sheet.name: school if sheet.of_school else Coverage(("",), frozenset({""} if sheet.name in tables else ()))
            for sheet in self.scheme.sheets.values()
        }
        coverage["收件登记"] = Coverage(("",), frozenset({""}))
        coverage |= {name: Coverage(("",), frozenset({""} if name in tables else ())) for name in RATED}
        return Basis(facts, coverage, fixed, dict.fromkeys(units, last_period))

    def _records(self, sheet: str, text: str) -> Iterator[Record]:
        unit_field = self.scheme.heading.roster.code
        for number, row in enumerate(rows_of(text), 1):
            unit = row.pop(UNIT, "")
            period = row.pop("期次", "")
            row.pop(COUNTS, None)
            values = {name: self._value(sheet, name, text) for name, text in row.items()}
            if unit:
                values[unit_field] = unit
            yield Record(sheet, unit, values, {"": f"A{number}"}, sheet, sheet, period)

    def _value(self, sheet: str, name: str, text: str) -> Scalar:
        if text == BLANK:
            return None
        declared = self.scheme.sheets.get(sheet)
        if declared is None:  # a table that the program makes, such as the receipts
            return _of_type(self.vocabulary.tables[sheet].fields[name], text)
        assert not declared.by_name[name].computed, f"“{sheet}.{name}”由程序计算"
        return converted(declared.by_name[name], text)


def _of_type(kind: Type, text: str) -> Scalar:
    if kind is Type.DATE:
        return date.fromisoformat(text)
    if kind is Type.TRUTH:
        return text == "是"
    return Decimal(text) if kind is Type.NUMBER else text


def _like(known: Any, given: str) -> Any:
    return date.fromisoformat(given) if isinstance(known, date) else given


def rows_of(text: str) -> list[dict[str, str]]:
    """Return the rows of a table as texts by field."""
    lines = [words for line in text.splitlines() if (words := line.partition("#")[0].split())]
    return [dict(zip(lines[0], words, strict=True)) for words in lines[1:]]


def district_of(folder: Path = SCHEME) -> District:
    """Return the scheme in a folder, compiled."""
    scheme = load_scheme(folder)
    vocabulary = vocabulary_of(scheme)
    return District(scheme, vocabulary, computed_fields(scheme, vocabulary))


@dataclass(frozen=True)
class Case:
    """One case of a figure: the tables, what it must be, under which switches.

    The ``absent`` did not report at all; the ``silent`` left blank what the figure is made from.
    """

    figure: str
    name: str
    value: str
    tables: Tables
    absent: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.figure}-{self.name}"

    def marked(self) -> list[int] | None:
        """Return the numbers of the rows marked ``+``, ``None`` where no table has marks."""
        for text in self.tables.values():
            rows = rows_of(text)
            if rows and COUNTS in rows[0]:
                return [number for number, row in enumerate(rows, 1) if row[COUNTS] == "+"]
        return None


def number_of(text: str) -> Decimal | Fraction | None:
    """Return the value a case gives: a number, a fraction such as ``3800/151``, or 空 for not reported."""
    if text == "空":
        return None
    return Fraction(text) if "/" in text else Decimal(text)


def all_cases() -> tuple[Case, ...]:
    """Return the cases of every file; a case takes the tables it does not give from the one before it."""
    found: list[Case] = []
    for path in sorted(CASES.glob("*.yaml")):
        # texts only: no value is converted before its field is known
        for figure, cases in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader).items():  # noqa: S506
            tables: Tables = {}
            for given in cases:
                tables = {**tables, **given.get("表", {})}
                found.append(_case(figure, given, tables))
    return tuple(found)


def _case(figure: str, given: Mapping[str, Any], tables: Tables) -> Case:
    return Case(
        figure=figure,
        name=given["名称"],
        value=given["值"],
        tables=tables,
        absent=tuple(given.get("未报", ())),
        silent=tuple(given.get("未答", ())),
        names=given.get("口径", {}),
    )
