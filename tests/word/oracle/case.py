"""One template of the examination: what it holds, what it is filled with, and where we are meant to differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from word.oracle.markup import package
from word.oracle.reading import Lines


@dataclass(frozen=True, slots=True)
class Differs:
    """Why our paper is not docxtpl's, and the lines that ours has instead, by story."""

    reason: str
    lines: Mapping[str, Lines]


@dataclass(frozen=True, slots=True)
class Case:
    """A template with a feature that no other has: body and further parts (see ``package``), and its values.

    ``differs`` lists the lines by which we differ from docxtpl on purpose; ``looks`` compares the runs' properties too.
    """

    name: str
    feature: str
    body: str
    values: Mapping[str, object] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    differs: Differs | None = None
    looks: bool = False
    undefined: str = "strict"

    @property
    def template(self) -> bytes:
        """The template as a Word file."""
        return package(self.body, self.parts)


def differs(reason: str, *lines: str, **stories: Lines) -> Differs:
    """Return a difference: the lines of the document's own story, and those of others by name."""
    return Differs(
        reason, ({"document": lines} if lines else {}) | {name.replace("_", "-"): s for name, s in stories.items()}
    )
