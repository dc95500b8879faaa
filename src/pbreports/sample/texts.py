"""The texts of the sample, from the file beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from random import Random
from typing import Any


@dataclass(frozen=True, slots=True)
class Activity:
    """A kind of activity that units hold in a month; ``share`` of those of the named stages (all when none is)."""

    kind: str
    title: str
    place: str
    month: int
    audience: str
    share: float = 1.0
    stages: tuple[str, ...] = ()

    def held_by(self, stage: str, chance: Random) -> bool:
        """Whether a unit of a stage holds it; organs of the bureau hold what is for members."""
        if stage == "机关及直属单位":
            return self.audience == "党员"
        return (not self.stages or stage in self.stages) and chance.random() < self.share


@dataclass(frozen=True, slots=True)
class Project:
    """A project in which members take the lead, with how its outcome is measured."""

    kind: str
    title: str
    brief: str
    name: str
    low: int
    high: int
    unit: str
    places: int

    def measure(self, chance: Random) -> tuple[str, Decimal, str]:
        """Return name, value and unit of the outcome."""
        scale = 10**self.places
        return self.name, Decimal(chance.randint(self.low * scale, self.high * scale)) / scale, self.unit


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a unit's summary."""

    part: str
    heading: str
    body: str


@dataclass(frozen=True, slots=True)
class Case:
    """A typical case the summary may name."""

    school: str
    kind: str
    title: str
    brief: str


@dataclass(frozen=True, slots=True)
class Appraisal:
    """A paragraph about somebody inspected: how it opens, its headings, groups of sentences and how many of each."""

    part: str
    opening: str
    take: int
    headings: tuple[str, ...]
    sentences: tuple[tuple[str, ...], ...]

    def heading(self, number: int) -> str:
        """Return the heading of the one with that number."""
        return self.headings[number % len(self.headings)]

    def body(self, number: int, **words: str) -> str:
        """Return the text for the one with that number; groups of different lengths keep any two people apart."""
        chosen = (group[(number + step) % len(group)] for group in self.sentences for step in range(self.take))
        return (self.opening + "".join(chosen)).format(**words)


@dataclass(frozen=True, slots=True)
class Texts:
    """All texts."""

    experiences: tuple[str, ...]
    meanings: tuple[str, ...]
    carriers: tuple[str, ...]
    effects: tuple[str, ...]
    nomination_stories: tuple[str, ...]
    deductions: Mapping[str, str]
    bonus: Mapping[str, str]
    activities: tuple[Activity, ...]
    projects: tuple[Project, ...]
    summary: tuple[Paragraph, ...]
    last_year: Mapping[str, float]
    cases: tuple[Case, ...]
    works: tuple[str, ...]
    appraisals: tuple[Appraisal, ...]


def _read() -> Texts:
    given: dict[str, Any] = {}
    for name in ("texts.toml", "cadres.toml"):
        given |= tomllib.loads(files("pbreports.sample").joinpath(name).read_text(encoding="utf-8"))
    listed = {name: tuple(value) for name, value in given.items() if isinstance(value, list)}
    return Texts(
        **given
        | listed
        | {
            "activities": tuple(
                Activity(**one | {"stages": tuple(one.get("stages", ()))}) for one in given["activities"]
            ),
            "projects": tuple(_project(one) for one in given["projects"]),
            "summary": tuple(Paragraph(**one) for one in given["summary"]),
            "cases": tuple(Case(**one) for one in given["cases"]),
            "appraisals": tuple(_appraisal(one) for one in given["appraisals"]),
        }
    )


def _project(given: Mapping[str, Any]) -> Project:
    name, low, high, unit = given["measure"]
    return Project(given["kind"], given["title"], given["brief"], name, low, high, unit, given["places"])


def _appraisal(given: dict[str, Any]) -> Appraisal:
    groups = tuple(map(tuple, given["sentences"]))
    return Appraisal(given["part"], given["opening"], given["take"], tuple(given["headings"]), groups)


TEXTS = _read()
"""The texts, read once."""
