"""The form's tables of words, from ``codes.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Codes:
    """The tables: words for nothing, parties, grades (the longest first), what means the same by kind of word.

    ``steps`` and ``most`` give by former retirement age how many months of birth delay it by one, and the most months
    it is delayed by, for those who would have reached it from January of ``reform`` on. ``limits`` is the former age
    by sex, ``女高级职称`` for women with one of ``senior``.
    """

    nothing: frozenset[str]
    parties: tuple[str, ...]
    grades: tuple[str, ...]
    same: Mapping[str, Mapping[str, str]]
    reform: int
    steps: Mapping[int, int]
    most: Mapping[int, int]
    limits: Mapping[str, int]
    senior: frozenset[str]


@cache
def codes() -> Codes:
    """Return the tables."""
    read = tomllib.loads(files(__package__).joinpath("codes.toml").read_text(encoding="utf-8"))
    delay, limits = read["延迟退休"], dict(read["改革前任职年龄界限"])
    senior = limits.pop("高级职称")
    return Codes(
        nothing=frozenset(read["没有"]),
        parties=tuple(read["民主党派"]),
        grades=tuple(read["考核等次"]),
        same=read["同义"],
        reform=delay["起"],
        steps={int(age): months for age, months in delay["每几个月延一个月"].items()},
        most={int(age): months for age, months in delay["最多延几个月"].items()},
        limits=limits,
        senior=frozenset(senior),
    )
