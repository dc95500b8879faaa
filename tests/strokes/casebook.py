"""The cases of the order by strokes, from ``cases.tsv``: why, the names in the right order, what the office wrote down."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pbreports.scheme.model import NameOrder
from pbreports.strokes import Key, Supplements, read_supplements, stroke_order
from pbreports.values import Record, Scalar

NAMES = NameOrder("名单排序", "笔画补充", "字", "笔画数", "笔顺")


@dataclass(frozen=True)
class Case:
    """Names in the order they must come in, and why."""

    why: str
    names: tuple[str, ...]
    supplements: Supplements

    def __str__(self) -> str:
        return self.why


def row(character: Scalar, count: Scalar, strokes: Scalar, number: int = 4) -> Record:
    """Return a row of the sheet in which the office writes strokes down."""
    values = {"字": character, "笔画数": count, "笔顺": strokes}
    cells = {name: f"{column}{number}" for name, column in zip(values, "ABC", strict=True)}
    return Record("笔画补充", "", values, cells, "配置.xlsx", "笔画补充")


def written(*pairs: str) -> Supplements:
    """Return what the office wrote down as ``字=笔顺``."""
    split = [pair.split("=") for pair in pairs]
    return read_supplements([row(one, Decimal(len(its)), its, n) for n, (one, its) in enumerate(split, 4)], NAMES)


def all_cases() -> list[Case]:
    """Return every case."""
    lines = (Path(__file__).parent / "cases.tsv").read_text(encoding="utf-8").splitlines()
    split = [line.split("\t") for line in lines]
    return [Case(why, tuple(names.split("、")), written(*pairs)) for why, names, *pairs in split]


def keys(*names: str, supplements: Supplements | None = None) -> dict[str, Key]:
    """Return what the names are sorted by."""
    return stroke_order(names, supplements or written(), "名单“甲”")


def ordered(*names: str, supplements: Supplements | None = None) -> list[str]:
    """Return the names in order."""
    found = keys(*names, supplements=supplements)
    return sorted(names, key=found.__getitem__)
